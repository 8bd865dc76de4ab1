//! Variadic calls, `errno`, and what cannot be called.

use haft_cffi_core::abi::errno;
use haft_cffi_core::{AbiType, CTypeId, Library, NativeSig, Types};

use super::calls::{buffer, call, copy_in};
use super::declare;

#[test]
fn printf_gets_promoted_arguments() {
    let (mut types, mut decls) =
        declare("int snprintf(char *, size_t, const char *, ...); enum e { A };");
    let extra: Vec<CTypeId> =
        ["float", "short", "char *", "unsigned char", "long long", "double", "enum e"]
            .iter()
            .map(|text| decls.parse_type(&mut types, text).unwrap().0)
            .collect();
    let function = decls.global("snprintf").unwrap().ty;
    let sig = NativeSig::for_variadic_call(&types, function, &extra).unwrap();
    let abi: Vec<AbiType> = sig.args.iter().skip(sig.n_fixed).map(|arg| arg.abi).collect();
    let expected = [
        AbiType::F64,
        AbiType::I32,
        AbiType::Ptr,
        AbiType::I32,
        AbiType::I64,
        AbiType::F64,
        AbiType::U32,
    ];
    assert_eq!(abi, expected);
    let mut out = [0u8; 100];
    let format = c"%.2f %d %s %d %lld %g %u";
    let mut buffer = buffer(sig.buffer_size);
    let values: [&[u8]; 10] = [
        &out.as_mut_ptr().addr().to_ne_bytes(),
        &100usize.to_ne_bytes(),
        &format.as_ptr().addr().to_ne_bytes(),
        &1.5f64.to_ne_bytes(),
        &(-7i32).to_ne_bytes(),
        &c"text".as_ptr().addr().to_ne_bytes(),
        &200i32.to_ne_bytes(),
        &(-1i64 << 40).to_ne_bytes(),
        &0.1f64.to_ne_bytes(),
        &0u32.to_ne_bytes(),
    ];
    for (arg, value) in sig.args.iter().zip(values) {
        copy_in(&mut buffer, arg.offset, value);
    }
    let library = Library::open(None, Library::NOW).unwrap();
    call(&sig, library.symbol("snprintf").unwrap().as_ptr(), &mut buffer);
    let text = std::ffi::CStr::from_bytes_until_nul(&out).unwrap();
    assert_eq!(text.to_str(), Ok("1.50 -7 text 200 -1099511627776 0.1 0"));
}

#[test]
fn errno_is_kept_between_calls() {
    let (types, decls) = declare("int close(int);");
    let sig = NativeSig::new(&types, decls.global("close").unwrap().ty).unwrap();
    let library = Library::open(None, Library::NOW).unwrap();
    let close = library.symbol("close").unwrap().as_ptr();
    errno::set_saved(0);
    let mut buffer = buffer(sig.buffer_size);
    copy_in(&mut buffer, sig.args[0].offset, &(-1i32).to_ne_bytes());
    call(&sig, close, &mut buffer);
    // Something else that sets errno in between.
    assert!(std::fs::File::open("/no/such/file").is_err());
    assert_eq!(errno::saved(), libc_ebadf());
}

/// POSIX gives no numbers, but everybody has this one.
fn libc_ebadf() -> i32 {
    9
}

/// (declarations, why the function cannot be called)
const REFUSED: &[(&str, &str)] = &[
    ("struct s; void f(struct s);", "ctype 'struct s' has incomplete type"),
    ("struct s; struct s f(void);", "result type 'struct s' is opaque"),
    ("void f(int, void);", "ctype 'void' has incomplete type"),
    (
        "typedef int... foo_t; void f(foo_t);",
        "integer type 'foo_t' can only be used after compilation",
    ),
    ("struct s { int a; ...; }; void f(struct s);", "struct s"),
    ("struct s { int n; int a[]; }; void f(struct s);", "zero-length array"),
    (
        "struct __attribute__((packed)) s { char a; int b; }; void f(struct s);",
        "It is a 'packed' structure, with a different layout than expected by libffi",
    ),
];

#[test]
fn functions_that_cannot_be_called() {
    for &(text, expected) in REFUSED {
        let (types, decls) = declare(text);
        let error = NativeSig::new(&types, decls.global("f").unwrap().ty).unwrap_err();
        assert!(error.message.contains(expected), "{text}: {error}");
    }
    assert!(NativeSig::new(&Types::new(), Types::VOID).is_err());
}
