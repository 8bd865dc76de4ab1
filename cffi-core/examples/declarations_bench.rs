//! Time to declare 3,000 functions, structs and typedefs, and to parse single types.
#![expect(clippy::print_stdout, reason = "the figures are the purpose")]

use std::fmt::Write;
use std::time::Instant;

use haft_cffi_core::{Declarations, Options, Types};

fn main() {
    let mut text = String::new();
    for index in 0..1000 {
        let line = writeln!(
            text,
            "typedef struct s{index} {{ int a; double b[4]; struct s{index} *next; unsigned c:3; }} s{index}_t;\n\
             int f{index}(s{index}_t *p, const char *name, size_t n, int (*cb)(void *, int));\n\
             enum e{index} {{ A{index} = {index}, B{index} = A{index} << 2, C{index} }};"
        );
        line.expect("a string can be written to");
    }
    for _ in 0..3 {
        let (mut types, mut decls) = (Types::new(), Declarations::new());
        let start = Instant::now();
        let result = decls.parse(&mut types, &text, &Options::default());
        println!("3000 declarations: {:?} ({})", start.elapsed(), result.is_ok());
        let start = Instant::now();
        let n_types = 10_000;
        let ok =
            (0..n_types).all(|_| decls.parse_type(&mut types, "int(*)(s5_t *, char *[5])").is_ok());
        println!("one type: {:?} ({ok})", start.elapsed() / n_types);
        let start = Instant::now();
        let environments: Vec<(Types, Declarations)> =
            (0..1000).map(|_| (Types::new(), Declarations::new())).collect();
        println!("an empty environment: {:?}", start.elapsed() / 1000);
        drop(environments);
    }
}
