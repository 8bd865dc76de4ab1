//! Runs a file without any builtins but `print`; for work on the interpreter itself.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]
use haft_compiler::{Mode, Options};
use haft_core::vm::Config;
use haft_core::{R, Value, Vm, interp, natives};

natives! {
    static FUNCTIONS = {
        /// Print ints and strings.
        raw print "(*args)" => print;
    }
}

fn print(vm: &mut Vm, args: &haft_core::Args<'_>) -> R {
    for &value in args.vals {
        if let Some(n) = value.as_fixnum() {
            print!("{n} ");
        } else if let Some(x) = vm.as_float(value) {
            print!("{x} ");
        } else if let Some(s) = vm.as_str(value) {
            print!("{} ", s.to_text());
        } else {
            print!("<{}> ", vm.type_name(value));
        }
    }
    println!();
    Ok(Value::NONE)
}

fn main() {
    let path = std::env::args().nth(1).expect("a file");
    let source = std::fs::read_to_string(&path).expect("readable");
    let mut vm = Vm::new(Config::default()).expect("a runtime");
    haft_core::protocol::type_attributes::install(&mut vm);

    haft_core::protocol::descriptors::install(&mut vm);
    let builtins = vm.builtins;
    vm.add_functions(builtins, "builtins", FUNCTIONS);
    let options = Options::new(&path, Mode::Exec);
    let (code, _) = haft_compiler::compile(&source, &options).expect("compiles");
    if std::env::var("DIS").is_ok() {
        println!("{}", haft_bytecode::disassemble(&code));
    }
    let code = interp::load_code(&mut vm, code).expect("loads");
    let globals = vm.dict();
    if let Err(raised) = interp::exec_code(&mut vm, code, globals, globals.value()) {
        let exception = vm.take_raised(raised);
        println!("raised {}", vm.type_name(exception));
    }
}
