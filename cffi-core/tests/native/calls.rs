//! Random functions, called through libffi: every argument must arrive, every result come back.

use std::ffi::c_void;
use std::fmt::Write;

use haft_cffi_core::{Declarations, Library, NativeSig, Raises, Types};

use super::random::Random;
use super::{compile, declare, masked, random_value, value_mask};

pub(crate) const N_RECORDS: usize = 80;
const N_FUNCTIONS: usize = 400;
/// Bytes kept for one value in the shared areas.
pub(crate) const SLOT: usize = 1024;

/// Random functions: text of the types, and (result, arguments) of each.
pub(crate) struct Signatures {
    pub(crate) records: String,
    pub(crate) functions: Vec<(String, Vec<String>)>,
}

pub(crate) fn signatures(seed: u64, n_functions: usize) -> Signatures {
    let mut random = Random::new(seed);
    let records = (0..N_RECORDS).map(|index| random.record(index, true)).collect();
    let ty = |random: &mut Random| match random.below(3) {
        0 => format!("r{}_t", random.below(N_RECORDS)),
        _ => random.number().to_owned(),
    };
    let functions = (0..n_functions)
        .map(|_| {
            let n_args = random.below(9);
            (ty(&mut random), (0..n_args).map(|_| ty(&mut random)).collect())
        })
        .collect();
    Signatures { records, functions }
}

/// Whether the records' layouts are all known to us.
pub(crate) fn is_known(
    types: &mut Types,
    decls: &mut Declarations,
    result: &str,
    args: &[String],
) -> bool {
    std::iter::once(result).chain(args.iter().map(String::as_str)).all(|text| {
        let (ty, _) = decls.parse_type(types, text).unwrap();
        types.size(ty).is_ok()
    })
}

/// An aligned buffer for a call.
pub(crate) fn buffer(size: usize) -> Vec<u128> {
    vec![0; size.div_ceil(16)]
}

pub(crate) fn copy_in(buffer: &mut [u128], offset: usize, value: &[u8]) {
    let place = buffer.as_mut_ptr().cast::<u8>().wrapping_add(offset);
    assert!(offset + value.len() <= size_of_val(buffer));
    // SAFETY: the range is inside the buffer, as checked.
    unsafe { place.copy_from_nonoverlapping(value.as_ptr(), value.len()) };
}

/// Copy bytes from an address that is valid for them.
pub(crate) fn copy_out(address: *const u8, size: usize) -> Vec<u8> {
    let mut bytes = vec![0; size];
    // SAFETY: callers pass areas of at least `size` bytes.
    unsafe { bytes.as_mut_ptr().copy_from_nonoverlapping(address, size) };
    bytes
}

#[test]
fn random_calls_pass_every_value() {
    let Signatures { records, functions } = signatures(0x00ca_115e_ed02, N_FUNCTIONS);
    let (mut types, mut decls) = declare(&records);
    let mut source = format!(
        "#include <string.h>\n#include <stdint.h>\n{records}\nunsigned char in_area[{SLOT}], out_area[{}];\n",
        16 * SLOT
    );
    for (index, (result, args)) in functions.iter().enumerate() {
        let params: Vec<String> =
            args.iter().enumerate().map(|(n, arg)| format!("{arg} a{n}")).collect();
        write!(source, "{result} f{index}({}) {{ ", params.join(", ")).unwrap();
        for n in 0..args.len() {
            write!(source, "memcpy(out_area + {}, &a{n}, sizeof a{n}); ", n * SLOT).unwrap();
        }
        writeln!(source, "{result} r; memcpy(&r, in_area, sizeof r); return r; }}").unwrap();
    }
    let file = compile("calls", &source, &["-shared", "-fPIC", "-O1"]);
    let library = Library::open(file.to_str(), Library::NOW).unwrap();
    let in_area = library.symbol("in_area").unwrap().as_ptr().cast::<u8>();
    let out_area = library.symbol("out_area").unwrap().as_ptr().cast::<u8>();
    let mut random = Random::new(77);
    let mut n_called = 0;
    for (index, (result, args)) in functions.iter().enumerate() {
        if !is_known(&mut types, &mut decls, result, args) {
            continue;
        }
        let text = format!("{result}(*)({})", args.join(", "));
        let (ty, _) = decls.parse_type(&mut types, &text).unwrap();
        let sig = match NativeSig::new(&types, ty) {
            Ok(sig) => sig,
            Err(error) if error.raises == Raises::NotImplementedError => continue,
            Err(error) => panic!("{text}: {error}"),
        };
        n_called += 1;
        let target = library.symbol(&format!("f{index}")).unwrap().as_ptr();
        let mut buffer = buffer(sig.buffer_size);
        let values: Vec<Vec<u8>> =
            sig.args.iter().map(|arg| random_value(&types, arg.ty, &mut random)).collect();
        for (arg, value) in sig.args.iter().zip(&values) {
            copy_in(&mut buffer, arg.offset, value);
        }
        let returned = random_value(&types, sig.result.ty, &mut random);
        // SAFETY: the C side keeps SLOT bytes here, more than any type has.
        unsafe { in_area.copy_from_nonoverlapping(returned.as_ptr(), returned.len()) };
        call(&sig, target, &mut buffer);
        for (n, (arg, value)) in sig.args.iter().zip(&values).enumerate() {
            let mask = value_mask(&types, arg.ty);
            let found = copy_out(out_area.wrapping_add(n * SLOT), value.len());
            assert_eq!(
                masked(&found, &mask),
                masked(value, &mask),
                "argument {n} of {text}\n{records}"
            );
        }
        let result = buffer.as_ptr().cast::<u8>().wrapping_add(sig.result.offset);
        let mask = value_mask(&types, sig.result.ty);
        let found = copy_out(result, returned.len());
        assert_eq!(masked(&found, &mask), masked(&returned, &mask), "result of {text}\n{records}");
    }
    assert!(n_called > N_FUNCTIONS / 2, "{n_called}");
}

/// Call `target` with a prepared buffer.
pub(crate) fn call(sig: &NativeSig, target: *const c_void, buffer: &mut [u128]) {
    assert!(size_of_val(buffer) >= sig.buffer_size);
    // SAFETY: the tests pair functions with signatures parsed from the same text; the buffer has
    // the signature's size and is aligned to 16.
    unsafe { sig.call(target, buffer.as_mut_ptr().cast()) };
}
