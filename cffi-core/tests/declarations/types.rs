//! Single types, as in `ffi.typeof`.

use std::fmt::Write;

use haft_cffi_core::{Declarations, Options, Types};

const KNOWN: &str = "typedef int foo_t; typedef struct { int a; } rec_t; typedef int fn_t(int); \
typedef int arr_t[3]; typedef const char *str_t; enum { N = 4 }; struct s { int x; }; enum e { A };";

/// (text, name of the type)
const NAMES: &[(&str, &str)] = &[
    ("int", "int"),
    ("  int  ", "int"),
    ("unsigned", "unsigned int"),
    ("long", "long"),
    ("long int", "long"),
    ("int long unsigned", "unsigned long"),
    ("long long unsigned int", "unsigned long long"),
    ("short int", "short"),
    ("unsigned short", "unsigned short"),
    ("signed char", "signed char"),
    ("char signed", "signed char"),
    ("unsigned char", "unsigned char"),
    ("signed", "int"),
    ("long double", "long double"),
    ("double long", "long double"),
    ("_Bool", "_Bool"),
    ("bool", "_Bool"),
    ("void", "void"),
    ("void *", "void *"),
    ("float _Complex", "_cffi_float_complex_t"),
    ("double _Complex", "_cffi_double_complex_t"),
    ("size_t", "size_t"),
    ("wchar_t", "wchar_t"),
    ("char16_t", "char16_t"),
    ("int_fast16_t", "int_fast16_t"),
    ("FILE *", "FILE *"),
    ("struct _IO_FILE *", "struct _IO_FILE *"),
    ("foo_t", "int"),
    ("foo_t *", "int *"),
    ("rec_t", "rec_t"),
    ("rec_t *", "rec_t *"),
    ("str_t", "char *"),
    ("fn_t *", "int(*)(int)"),
    ("fn_t", "int(int)"),
    ("arr_t", "int[3]"),
    ("arr_t *", "int(*)[3]"),
    ("arr_t[2]", "int[2][3]"),
    ("int **", "int * *"),
    ("int *const *", "int * *"),
    ("const int *", "int *"),
    ("int const * volatile restrict", "int *"),
    ("int[5]", "int[5]"),
    ("int[]", "int[]"),
    ("int[N]", "int[4]"),
    ("int[N*2+1]", "int[9]"),
    ("int[(1<<3)|1]", "int[9]"),
    ("int[0x10]", "int[16]"),
    ("int[010]", "int[8]"),
    ("int['a']", "int[97]"),
    ("int[10-4-3]", "int[3]"),
    ("int[][5]", "int[][5]"),
    ("int[2][3]", "int[2][3]"),
    ("int *[5]", "int *[5]"),
    ("int (*)[5]", "int(*)[5]"),
    ("int (*)", "int *"),
    ("int ((*))", "int *"),
    ("int (*[3])[5]", "int(*[3])[5]"),
    ("int(*)(int)", "int(*)(int)"),
    ("int(*)(void)", "int(*)()"),
    ("int(*)()", "int(*)()"),
    ("int(int)", "int(int)"),
    ("int(*)(int, ...)", "int(*)(int, ...)"),
    ("int(*)(int a, char *b[])", "int(*)(int, char * *)"),
    ("int(*)(int[5])", "int(*)(int *)"),
    ("int(*)(int(int))", "int(*)(int(*)(int))"),
    ("int(*)(fn_t)", "int(*)(int(*)(int))"),
    ("int(*(*)(char))(long)", "int(*(*)(char))(long)"),
    ("void (*signal(int, void (*)(int)))(int)", "void(*(int, void(*)(int)))(int)"),
    ("int(*[5])(int)", "int(*[5])(int)"),
    ("char *(*)(void)", "char *(*)()"),
    ("struct s", "struct s"),
    ("struct s *", "struct s *"),
    ("struct unknown *", "struct unknown *"),
    ("union u", "union u"),
    ("enum e", "enum e"),
    ("int x", "int"),
    ("int (x)", "int"),
    ("int *x[3]", "int *[3]"),
    ("int /* comment */ *", "int *"),
    ("int __stdcall(int)", "int(int)"),
    ("int(__stdcall *)(int)", "int(*)(int)"),
    ("long (__cdecl*y)(void)", "long(*)()"),
    // The enum of `KNOWN` is $1.
    ("struct { int a; } *", "struct $2 *"),
];

/// (text, exception, message)
const ERRORS: &[(&str, &str, &str)] = &[
    ("", "CDefError", "cannot parse \"\"\n<cdef source string>:1:1: expected a type"),
    ("bar_t", "CDefError", "unknown identifier 'bar_t'"),
    (
        "bar_t *",
        "CDefError",
        "cannot parse \"bar_t *\"\n<cdef source string>:1:1: unknown type name 'bar_t'",
    ),
    (
        "int(*)(bar_t)",
        "CDefError",
        "cannot parse \"int(*)(bar_t)\"\n<cdef source string>:1:8: unknown type name 'bar_t'",
    ),
    (
        "int;",
        "CDefError",
        "cannot parse \"int;\"\n<cdef source string>:1:4: expected the end of the type, found ';'",
    ),
    (
        "int (*",
        "CDefError",
        "cannot parse \"int (*\"\n<cdef source string>:1:7: expected ')', found the end of the type",
    ),
    (
        "struct",
        "CDefError",
        "cannot parse \"struct\"\n<cdef source string>:1:7: expected a name after 'struct'",
    ),
    (
        "int[",
        "CDefError",
        "cannot parse \"int[\"\n<cdef source string>:1:5: expected an array length or ']', found the end of the type",
    ),
    ("int[x]", "FFIError", ":1: unsupported expression: expected a simple numeric constant"),
    ("int[-1]", "ValueError", "negative array length"),
    ("int[1/0]", "FFIError", ":1: integer division or modulo by zero"),
    ("int([5])(int)", "CDefError", "an array cannot have functions as elements"),
    ("int(*)(int)[5]", "TypeError", "invalid result type: 'int[5]'"),
    (
        "int(...)",
        "CDefError",
        "in expression: a function with only '(...)' as argument is not correct C",
    ),
    (
        "long float",
        "FFIError",
        "Unsupported type: 'long float'.  Please look at \
         http://cffi.readthedocs.io/en/latest/cdef.html#ffi-cdef-limitations \
         and file an issue if you think this type should really be supported.",
    ),
    (
        "int @",
        "CDefError",
        "cannot parse \"int @\"\n<cdef source string>:1:5: stray '@' in a declaration",
    ),
];

fn known() -> (Types, Declarations) {
    let (mut types, mut decls) = (Types::new(), Declarations::new());
    decls.parse(&mut types, KNOWN, &Options::default()).unwrap();
    (types, decls)
}

#[test]
fn names_of_types() {
    for &(text, name) in NAMES {
        let (mut types, mut decls) = known();
        match decls.parse_type(&mut types, text) {
            Ok((ty, _)) => assert_eq!(types.text(ty), name, "{text}"),
            Err(error) => panic!("{}", error.render(text)),
        }
    }
}

#[test]
fn a_name_is_a_type_again() {
    for &(text, name) in NAMES {
        if name.contains('$') {
            continue;
        }
        let (mut types, mut decls) = known();
        let (ty, _) = decls.parse_type(&mut types, text).unwrap();
        assert_eq!(decls.parse_type(&mut types, name).unwrap().0, ty, "{name}");
    }
}

#[test]
fn errors_in_types() {
    for &(text, exception, message) in ERRORS {
        let (mut types, mut decls) = known();
        match decls.parse_type(&mut types, text) {
            Ok((ty, _)) => panic!("{text} is {}", types.text(ty)),
            Err(error) => {
                assert_eq!(error.exception_message(text), message, "{text}");
                assert_eq!(format!("{:?}", error.kind.raises()), exception, "{text}");
            }
        }
    }
}

/// (type, declarator, `ffi.getctype(type, declarator)`)
const DECLARED: &[(&str, &str, &str)] = &[
    ("int", "", "int"),
    ("int", "x", "int x"),
    ("int", " *x ", "int *x"),
    ("int", "*", "int *"),
    ("int", "[5]", "int[5]"),
    ("int[3]", "*p", "int(*p)[3]"),
    ("int[3]", "p", "int p[3]"),
    ("int[3]", "[2]", "int[2][3]"),
    ("int(*)(char)", "f", "int(* f)(char)"),
    ("int(*)(char)", "[5]", "int(*[5])(char)"),
    ("char *", "(*)(int)", "char *(*)(int)"),
    ("int(*)[4]", "*", "int(* *)[4]"),
];

#[test]
fn names_with_declarators() {
    for &(text, declarator, expected) in DECLARED {
        let (mut types, mut decls) = known();
        let (ty, _) = decls.parse_type(&mut types, text).unwrap();
        assert_eq!(types.declare(ty, declarator), expected, "{text} {declarator}");
    }
}

#[test]
fn deep_nesting_is_an_error() {
    let (mut types, mut decls) = known();
    let deep = format!("int {}*{}", "(".repeat(5000), ")".repeat(5000));
    assert!(decls.parse_type(&mut types, &deep).is_err());
    let deep = format!("int[{}1{}]", "-".repeat(5000), "");
    assert!(decls.parse_type(&mut types, &deep).is_err());
}

#[test]
fn deep_declarations_are_an_error() {
    let texts = [
        format!("int {}x{};", "(".repeat(5000), ")".repeat(5000)),
        format!("int {}x;", "*".repeat(5000)),
        format!("int x[{}1];", "- ".repeat(5000)),
        format!("int x[1{}];", "+1".repeat(5000)),
        format!("{}int x;{};", "struct {".repeat(5000), "} a;".repeat(5000)),
        format!("int f({}int{});", "int (*)(".repeat(5000), ")".repeat(5000)),
    ];
    for text in texts {
        let (mut types, mut decls) = known();
        assert!(decls.parse(&mut types, &text, &Options::default()).is_err());
    }
}

#[test]
fn types_may_be_deep_by_many_steps() {
    let mut text = "struct s0 { int a; }; typedef int p0;\n".to_owned();
    for index in 1..2000 {
        let below = index - 1;
        writeln!(text, "struct s{index} {{ struct s{below} a; }}; typedef p{below} *p{index};")
            .unwrap();
    }
    let (mut types, mut decls) = (Types::new(), Declarations::new());
    decls.parse(&mut types, &text, &Options::default()).unwrap();
    let (deep, _) = decls.typedef("p1999").unwrap();
    assert_eq!(types.text(deep).len(), "int".len() + 1999 * " *".len());
    assert_eq!(types.check_usable(deep), Ok(()));
    let (record, _) = decls.parse_type(&mut types, "struct s1999").unwrap();
    assert_eq!(types.size(record).unwrap_err().message, "'struct s1799' is nested too deeply");
    // From below, each layout is there when the next needs it.
    for index in 0..2000 {
        let (record, _) = decls.parse_type(&mut types, &format!("struct s{index}")).unwrap();
        assert_eq!(types.size(record), Ok(Some(4)));
    }
}
