//! What a test needs to compile and run traces: a small runtime, slots, and expectations.
#![expect(clippy::format_push_string, reason = "texts of traces grow line by line")]

use std::ffi::c_void;

use haft_jit::backend::{
    Backend, Bump, Compiled, Context, Enter, ExitId, ExitKind, MAX_EXIT_VALUES, Runtime, TraceId,
};
use haft_jit::ir::{Trace, parse, verify};
use haft_jit_clif::{Clif, Options};

/// Bytes of the side table in front of the hole, one for 16 bytes of the hole.
const SIDE: usize = 64;

/// The runtime's state that compiled code and helpers see.
#[derive(Default)]
#[repr(C)]
pub(crate) struct Vm {
    /// Floats that were boxed.
    pub(crate) boxed: Vec<Box<[u128]>>,
    /// Objects whose barrier's slow path was called.
    pub(crate) remembered: Vec<u64>,
    /// Objects made by the helper.
    pub(crate) allocated: Vec<Box<[u128]>>,
    /// What tests' own helpers note.
    pub(crate) notes: Vec<u64>,
}

/// A back end with a runtime around it.
pub(crate) struct Machine {
    /// The back end.
    pub(crate) clif: Clif,
    /// The slots of the interpreter.
    pub(crate) slots: Vec<u64>,
    /// The execution context.
    pub(crate) context: Box<Context>,
    /// The poll word.
    pub(crate) poll: Box<u64>,
    /// The allocation state; no hole at first.
    pub(crate) bump: Box<Bump>,
    /// Side table and hole.
    pub(crate) memory: Box<[u128]>,
    _vm: Box<Vm>,
}

/// Where and how a run left.
#[derive(Debug, PartialEq)]
pub(crate) struct Left {
    /// The trace whose exit it was.
    pub(crate) trace: TraceId,
    /// The exit's index.
    pub(crate) exit: usize,
    /// Its live values, as they are.
    pub(crate) values: Vec<u64>,
}

impl Machine {
    /// With an empty runtime.
    pub(crate) fn new() -> Machine {
        Machine::with(Options { keep_disassembly: true, ..Options::default() })
    }

    /// With other options.
    pub(crate) fn with(options: Options) -> Machine {
        let runtime = Runtime {
            box_float: (box_float as extern "C" fn(*mut Vm, f64) -> u64) as usize,
            barrier: (barrier as extern "C" fn(*mut Vm, u64)) as usize,
            barrier_test: (5, 3, 1),
            alloc: (alloc as extern "C" fn(*mut Vm, u64, u64) -> u64) as usize,
        };
        let mut vm = Box::<Vm>::default();
        let poll = Box::new(0_u64);
        let mut bump = Box::<Bump>::default();
        let context = Box::new(Context {
            vm: (&raw mut *vm).cast::<c_void>(),
            poll: &raw const *poll,
            front_end: [0; 14],
            bump: &raw mut *bump,
            frame: 0,
            values: [0; MAX_EXIT_VALUES],
        });
        let options = Options { generator: crate::generator(), ..options };
        let clif = Clif::new(runtime, options).expect("this platform has a back end");
        let memory = vec![0; SIDE / 16 + SIDE].into_boxed_slice();
        Machine { clif, slots: vec![0; 64], context, poll, bump, memory, _vm: vm }
    }

    /// Let traces allocate inline, `bytes` at most. The hole begins behind the side table.
    pub(crate) fn open_hole(&mut self, bytes: usize) -> usize {
        let side = self.memory.as_ptr().expose_provenance();
        let hole = side + SIDE;
        *self.bump =
            Bump { cursor: hole, limit: hole + bytes, side_bias: side.wrapping_sub(hole / 16) };
        hole
    }

    /// The size code that the side table has for an object.
    pub(crate) fn size_code(&self, object: usize) -> u8 {
        let start = self.memory.as_ptr().expose_provenance();
        let index = (object - start - SIDE) / 16;
        self.memory[index / 16].to_ne_bytes()[index % 16]
    }

    /// The runtime's state.
    pub(crate) fn vm(&mut self) -> &mut Vm {
        // SAFETY: the runtime's own state, which nobody else uses between runs; compiled code and helpers know it by the
        // pointer in the context, so it is used by that pointer here too.
        unsafe { &mut *self.context.vm.cast::<Vm>() }
    }

    /// Compile a root trace.
    pub(crate) fn root(&mut self, text: &str) -> Compiled {
        self.compile(&read(text), None)
    }

    /// Compile a side trace.
    pub(crate) fn side(&mut self, text: &str, continues: ExitId) -> Compiled {
        self.compile(&read(text), Some(continues))
    }

    /// Compile a trace.
    pub(crate) fn compile(&mut self, trace: &Trace, continues: Option<ExitId>) -> Compiled {
        self.clif.compile(trace, continues).expect("the trace compiles")
    }

    /// Run a root trace.
    pub(crate) fn run(&mut self, compiled: &Compiled) -> Left {
        let base = self.slots.as_mut_ptr();
        let (trace, exit) = self.enter(compiled.enter.expect("a root trace"), base);
        let n = if trace == compiled.id { compiled.exits[exit].live.len() } else { 8 };
        Left { trace, exit, values: self.context.values[..n].to_vec() }
    }

    /// Run a root trace whose slot 0 is slot `first`.
    pub(crate) fn run_at(&mut self, compiled: &Compiled, first: usize) -> Left {
        let enter = compiled.enter.expect("a root trace");
        let base = self.slots[first..].as_mut_ptr();
        let (trace, exit) = self.enter(enter, base);
        let n = compiled.exits[exit].live.len();
        Left { trace, exit, values: self.context.values[..n].to_vec() }
    }

    /// Run a root trace; why did it leave, with which values?
    pub(crate) fn outcome(&mut self, compiled: &Compiled) -> (ExitKind, Vec<u64>) {
        let left = self.run(compiled);
        (compiled.exits[left.exit].kind, left.values)
    }

    /// Run a root trace; what is its result?
    pub(crate) fn result(&mut self, compiled: &Compiled) -> u64 {
        let (kind, values) = self.outcome(compiled);
        assert_eq!(kind, ExitKind::Finish);
        values[0]
    }

    fn enter(&mut self, enter: Enter, base: *mut u64) -> (TraceId, usize) {
        let context = &raw mut *self.context;
        // SAFETY: code of this machine's back end, with its context and slots.
        let number = unsafe { (enter.trampoline)(context, base, enter.entry) };
        let exit = ExitId(number);
        (exit.trace(), exit.index())
    }
}

/// A trace from text.
pub(crate) fn read(text: &str) -> Trace {
    let trace = parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    verify(&trace).unwrap_or_else(|fault| panic!("{fault}\n{text}"));
    trace
}

/// The value of `op`, given as the end of an instruction that names its operands `%0`, `%1`, … of these types, for each
/// list of raw inputs. Operands are unknown to the compiler in the first round and constants in the others.
pub(crate) fn check_op(op: &str, types: &str, cases: &[(Vec<u64>, u64)]) {
    let mut machine = Machine::new();
    let n = types.len();
    for constants in 0..1_u32 << n {
        let compiled = (constants == 0).then(|| machine.root(&operation(op, types, 0, &[])));
        // Compiling takes longer than running: enough is enough.
        let step = if constants == 0 { 1 } else { cases.len() / 40 + 1 };
        for (inputs, expected) in cases.iter().step_by(step) {
            let compiled = match &compiled {
                Some(compiled) => compiled,
                None => &machine.root(&operation(op, types, constants, inputs)),
            };
            machine.context.values[..n].copy_from_slice(inputs);
            let (kind, values) = machine.outcome(compiled);
            assert_eq!(
                (kind, values[0]),
                (ExitKind::Guard, *expected),
                "{op} of {inputs:x?} ({constants:b}): {:#x}, not {expected:#x}",
                values[0]
            );
            if constants != 0 {
                let id = compiled.id;
                machine.clif.free(id);
            }
        }
    }
}

/// The value of `op` with one unknown int and operands that `constants` defines.
pub(crate) fn check_op_with(op: &str, constants: &str, cases: &[(Vec<u64>, u64)]) {
    let mut machine = Machine::new();
    let n = 1 + constants.lines().count();
    let compiled = machine.root(&format!(
        "trace \"op\"\n%0 = param.i 0\n{constants}%{n} = {op}\nstop [s0]\nsnapshot s0 resume 1: 0=%{n}\n"
    ));
    for (inputs, expected) in cases {
        machine.context.values[0] = inputs[0];
        let value = machine.run(&compiled).values[0];
        assert_eq!(value, *expected, "{op} of {inputs:x?} with {constants}");
    }
}

fn operation(op: &str, types: &str, constants: u32, inputs: &[u64]) -> String {
    let mut text = "trace \"op\"\n".to_string();
    for (at, ty) in types.chars().enumerate() {
        text += &match (constants >> at & 1, ty) {
            (0, _) => format!("%{at} = param.{ty} {at}\n"),
            (_, 'i' | 'b') => format!("%{at} = const_{ty} {}\n", inputs[at].cast_signed()),
            _ => format!("%{at} = const_{ty} {:#x}\n", inputs[at]),
        };
    }
    let n = types.len();
    text + &format!("%{n} = {op}\nstop [s0]\nsnapshot s0 resume 1: 0=%{n}\n")
}

extern "C" fn box_float(vm: *mut Vm, number: f64) -> u64 {
    // SAFETY: the context's runtime pointer is a `Vm` (`Machine::with`).
    let vm = unsafe { &mut *vm };
    let object = vec![u128::from(number.to_bits()) << 64].into_boxed_slice();
    let address = object.as_ptr().expose_provenance() as u64;
    vm.boxed.push(object);
    address
}

extern "C" fn barrier(vm: *mut Vm, object: u64) {
    // SAFETY: the context's runtime pointer is a `Vm` (`Machine::with`).
    unsafe { &mut *vm }.remembered.push(object);
}

extern "C" fn alloc(vm: *mut Vm, header: u64, bytes: u64) -> u64 {
    // SAFETY: the context's runtime pointer is a `Vm` (`Machine::with`).
    let vm = unsafe { &mut *vm };
    let mut object = vec![0_u128; (bytes as usize + 8).div_ceil(16)].into_boxed_slice();
    object[0] = u128::from(header);
    let address = object.as_ptr().expose_provenance() as u64;
    vm.allocated.push(object);
    address
}

/// The word at an address.
pub(crate) fn peek(address: u64) -> u64 {
    // SAFETY: tests look at objects that they or the runtime made and keep.
    unsafe { std::ptr::with_exposed_provenance::<u64>(address as usize).read_unaligned() }
}
