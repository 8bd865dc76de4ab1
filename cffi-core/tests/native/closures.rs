//! Random callbacks: C calls our function pointers with every kind of value.

use std::cell::RefCell;
use std::ffi::c_void;
use std::fmt::Write;
use std::sync::Arc;

use haft_cffi_core::{Closure, Library, NativeSig, Raises};

use super::calls::{SLOT, Signatures, buffer, call, copy_in, copy_out, is_known, signatures};
use super::random::Random;
use super::{compile, declare, masked, random_value, value_mask};

const N_FUNCTIONS: usize = 200;

/// What a callback got, and what it is to return.
struct Record {
    sizes: Vec<usize>,
    got: RefCell<Vec<Vec<u8>>>,
    result: Vec<u8>,
}

/// # Safety
/// `userdata` is a `Record` that fits the signature.
unsafe fn record(userdata: *mut c_void, args: *const *const c_void, result: *mut u8) {
    // SAFETY: the test passes a `Record`.
    let record = unsafe { &*userdata.cast::<Record>() };
    for (index, &size) in record.sizes.iter().enumerate() {
        let arg = args.wrapping_add(index);
        // SAFETY: there is one pointer for each size.
        let address = unsafe { arg.read() };
        record.got.borrow_mut().push(copy_out(address.cast(), size));
    }
    // SAFETY: the result is of this size.
    unsafe { result.copy_from_nonoverlapping(record.result.as_ptr(), record.result.len()) };
}

#[test]
fn random_callbacks_get_every_value() {
    let Signatures { records, functions } = signatures(0x0c11_bacc_0003, N_FUNCTIONS);
    let (mut types, mut decls) = declare(&records);
    let mut source = format!(
        "#include <string.h>\n#include <stdint.h>\n{records}\nunsigned char in_area[{}], out_area[{SLOT}];\n",
        16 * SLOT
    );
    for (index, (result, args)) in functions.iter().enumerate() {
        write!(source, "void f{index}({result} (*cb)({})) {{ ", args.join(", ")).unwrap();
        for (n, arg) in args.iter().enumerate() {
            write!(source, "{arg} a{n}; memcpy(&a{n}, in_area + {}, sizeof a{n}); ", n * SLOT)
                .unwrap();
        }
        let names: Vec<String> = (0..args.len()).map(|n| format!("a{n}")).collect();
        writeln!(
            source,
            "{result} r = cb({}); memcpy(out_area, &r, sizeof r); }}",
            names.join(", ")
        )
        .unwrap();
    }
    let file = compile("closures", &source, &["-shared", "-fPIC", "-O1"]);
    let library = Library::open(file.to_str(), Library::NOW).unwrap();
    let in_area = library.symbol("in_area").unwrap().as_ptr().cast::<u8>();
    let out_area = library.symbol("out_area").unwrap().as_ptr().cast::<u8>();
    let (caller_type, _) = decls.parse_type(&mut types, "void(*)(void *)").unwrap();
    let caller = NativeSig::new(&types, caller_type).unwrap();
    let mut random = Random::new(99);
    let mut n_called = 0;
    for (index, (result, args)) in functions.iter().enumerate() {
        if !is_known(&mut types, &mut decls, result, args) {
            continue;
        }
        let text = format!("{result}(*)({})", args.join(", "));
        let (ty, _) = decls.parse_type(&mut types, &text).unwrap();
        let sig = match NativeSig::new(&types, ty) {
            Ok(sig) => Arc::new(sig),
            Err(error) if error.raises == Raises::NotImplementedError => continue,
            Err(error) => panic!("{text}: {error}"),
        };
        n_called += 1;
        let values: Vec<Vec<u8>> =
            sig.args.iter().map(|arg| random_value(&types, arg.ty, &mut random)).collect();
        for (n, value) in values.iter().enumerate() {
            let place = in_area.wrapping_add(n * SLOT);
            // SAFETY: the C side keeps SLOT bytes for each argument.
            unsafe { place.copy_from_nonoverlapping(value.as_ptr(), value.len()) };
        }
        let record_of_call = Record {
            sizes: sig.args.iter().map(|arg| arg.size).collect(),
            got: RefCell::new(Vec::new()),
            result: random_value(&types, sig.result.ty, &mut random),
        };
        let userdata = (&raw const record_of_call).cast_mut().cast();
        // SAFETY: `record` is made for a `Record` of this signature, which outlives the closure.
        let closure = unsafe { Closure::new(Arc::clone(&sig), userdata, record, None) }.unwrap();
        let mut buffer = buffer(caller.buffer_size);
        copy_in(&mut buffer, caller.args[0].offset, &closure.code().addr().to_ne_bytes());
        call(&caller, library.symbol(&format!("f{index}")).unwrap().as_ptr(), &mut buffer);
        for (n, (arg, value)) in sig.args.iter().zip(&values).enumerate() {
            let mask = value_mask(&types, arg.ty);
            let got = &record_of_call.got.borrow()[n];
            assert_eq!(
                masked(got, &mask),
                masked(value, &mask),
                "argument {n} of {text}\n{records}"
            );
        }
        let mask = value_mask(&types, sig.result.ty);
        let found = copy_out(out_area, record_of_call.result.len());
        assert_eq!(
            masked(&found, &mask),
            masked(&record_of_call.result, &mask),
            "result of {text}\n{records}"
        );
    }
    assert!(n_called > N_FUNCTIONS / 2, "{n_called}");
}
