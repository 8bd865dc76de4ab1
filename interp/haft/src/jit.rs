//! Turning the tracing JIT on, as the `-X jit…` options say, and the module `_haft_jit`, through which programs ask it.
use std::fs::File;

use haft_core::interp::jit::{Foreign, Jit, Options, runtime};
use haft_core::object::Dict;
use haft_core::{R, Value, Vm, natives};
use haft_jit::backend::Backend;
use haft_jit_clif::{Clif, Generator};

use crate::jit_log::writer;
/// What the command line says.
#[derive(Debug)]
struct Wanted {
    on: bool,
    options: Options,
    log: Option<String>,
    perf_map: bool,
    gdb: bool,
    code_limit: Option<u32>,
    generator: Option<Generator>,
}

/// Turn the JIT on, unless the options say otherwise. An error is a text for standard error.
pub(crate) fn install(vm: &mut Vm) -> Result<(), String> {
    let wanted = wanted(&vm.config.x_options)?;
    vm.native_modules.insert("_haft_jit", init);
    if !wanted.on {
        return Ok(());
    }
    let (keep_disassembly, perf_map) = (wanted.log.is_some(), wanted.perf_map);
    let (generator, gdb, code_limit) = (wanted.generator, wanted.gdb, wanted.code_limit);
    let make = move || -> Option<Box<dyn Backend>> {
        let mut options =
            haft_jit_clif::Options { keep_disassembly, perf_map, gdb, ..Default::default() };
        options.generator = generator.unwrap_or(options.generator);
        options.code_limit = code_limit.map_or(options.code_limit, |bytes| bytes as usize);
        // A processor that no generator knows: the interpreter does it alone.
        let clif = Clif::new(runtime(), options).ok()?;
        Some(Box::new(clif))
    };
    let mut jit = Jit::new(wanted.options, Box::new(make));
    jit.foreign = Some(Foreign {
        call: |vm, value, args| {
            let of_cffi = (haft_ffi::FOREIGN.call)(vm, value, args);
            of_cffi.or_else(|| haft_hpy::recording::typed_call(vm, value, args))
        },
        extension: haft_hpy::recording::HOOKS,
        ..haft_ffi::FOREIGN
    });
    if let Some(path) = wanted.log {
        let file = File::create(&path).map_err(|e| format!("haft: -X jit-log={path}: {e}\n"))?;
        jit.log = Some(writer(file));
    }
    vm.install_jit(jit);
    Ok(())
}

fn wanted(given: &[(String, Option<String>)]) -> Result<Wanted, String> {
    let options = Options::default();
    let mut wanted = Wanted {
        on: true,
        options,
        log: None,
        perf_map: false,
        gdb: false,
        code_limit: None,
        generator: None,
    };
    // Without a second processor the interpreter would only wait for the other thread.
    wanted.options.background = haft_host::process::cpu_count().is_some_and(|count| count > 1);
    for (name, value) in given {
        let value = value.as_deref();
        let wrong = || Err(format!("haft: -X {name}: the value {value:?} is not possible\n"));
        let switch = match value {
            None | Some("on") => Some(true),
            Some("off") => Some(false),
            Some(_) => None,
        };
        let number = value.and_then(|text| text.parse::<u32>().ok());
        match (name.as_str(), switch, number) {
            ("jit", Some(on), _) => wanted.on = on,
            ("jit-optimiser", Some(on), _) => wanted.options.optimise = on,
            ("jit-threshold", _, Some(n)) if n > 0 => {
                wanted.options.threshold = n;
                wanted.options.exit_threshold = n.div_ceil(4);
                // Who wants it that early wants to see it.
                wanted.options.background &= n > 8;
            }
            ("jit-background", Some(on), _) => wanted.options.background = on,
            ("jit-exit-stress", _, Some(n)) => wanted.options.exit_stress = n,
            ("jit-perf-map" | "perf", Some(on), _) => wanted.perf_map = on,
            ("jit-gdb", Some(on), _) => wanted.gdb = on,
            ("jit-code-limit", _, Some(n)) => wanted.code_limit = Some(n),
            ("jit-generator", ..) => match value {
                Some("quick") => wanted.generator = Some(Generator::Quick),
                Some("cranelift") => wanted.generator = Some(Generator::Cranelift),
                _ => return wrong(),
            },
            ("jit-log", ..) => match value {
                Some(path) => wanted.log = Some(path.to_string()),
                None => return wrong(),
            },
            (
                "jit" | "jit-optimiser" | "jit-threshold" | "jit-background" | "jit-exit-stress"
                | "jit-perf-map" | "jit-gdb" | "jit-code-limit",
                ..,
            ) => return wrong(),
            _ => {}
        }
    }
    Ok(wanted)
}

/// At the end of the program: what the log wants to know last.
pub(crate) fn finish(vm: &mut Vm) {
    if let Some(jit) = vm.jit.as_mut() {
        jit.log_exits();
    }
}

natives! {
    static FUNCTIONS = {
        /// Figures of the compiler as a dict, or None if it is off.
        stats "()" => stats;
        /// Write what is compiled from now on to a file.
        log_to "(path, /)" => log_to;
        /// Write no more.
        log_off "()" => log_off;
    }
}

fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "_haft_jit", FUNCTIONS);
    Ok(())
}

fn stats(vm: &mut Vm, _: &[Value]) -> R {
    let Some(stats) = vm.jit.as_mut().map(|jit| jit.stats()) else { return Ok(Value::NONE) };
    let dict = vm.dict();
    for (name, number) in [
        ("roots", stats.roots as u64),
        ("sides", stats.sides as u64),
        ("code_bytes", stats.code_bytes as u64),
        ("exits_taken", stats.exits_taken),
        ("compiled", stats.compiled),
        ("aborted", stats.aborted),
        ("longest_pause_us", stats.longest_pause),
    ] {
        let number = vm.int_u64(number);
        vm.dict_set_str(dict, name, number);
    }
    Ok(dict.value())
}

fn log_to(vm: &mut Vm, args: &[Value]) -> R {
    let path = vm.text_of(args[0], "the path of the log")?.to_string();
    let file = match File::create(&path) {
        Ok(file) => file,
        Err(error) => return Err(vm.raise(vm.exc.os_error, error.to_string())),
    };
    if let Some(jit) = vm.jit.as_mut() {
        jit.log = Some(writer(file));
    }
    Ok(Value::NONE)
}

fn log_off(vm: &mut Vm, _: &[Value]) -> R {
    if let Some(jit) = vm.jit.as_mut() {
        jit.log_exits();
        jit.log = None;
    }
    Ok(Value::NONE)
}
