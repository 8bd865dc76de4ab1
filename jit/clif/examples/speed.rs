//! How fast compiled loops run and how long compiling takes: `cargo run --release -p haft-jit-clif --example speed`.
#![expect(clippy::print_stdout, reason = "a program for people")]
use std::fmt::Write;

use haft_jit::backend::{Backend, Bump, Compiled, Context, MAX_EXIT_VALUES, Runtime};
use haft_jit::ir::{parse, verify};
use haft_jit::word;
use haft_jit_clif::{Clif, Options};

const SUM: &str = r#"trace "s += i"
  %0 = slot 0
  %1 = unbox_i %0
  %2 = slot 1
  %3 = unbox_i %2
  %4 = const_i 0
  %5 = const_i 1
  label
  %7 = phi.i %4 %14
  %8 = phi.i %1 %11
  %9 = i_lt %7 %3
  guard %9 [s0]
  %11 = add %8 %7
  %12 = fits %11
  guard %12 [s0]
  %14 = add %7 %5
  poll [s1]
  jump
snapshot s0 resume 1: 0=%8 2=%7
snapshot s1 resume 2: 0=%11 2=%14"#;

const CALL: &str = r#"trace "s += f(i, 1)"
  %0 = slot 0
  %1 = unbox_i %0
  %2 = slot 1
  %3 = unbox_i %2
  %4 = const_i 0
  %5 = const_i 1
  label
  %7 = phi.i %4 %15
  %8 = phi.i %1 %12
  %9 = i_lt %7 %3
  guard %9 [s0]
  %11 = call.i %7 %5 0
  %12 = add %8 %11
  %13 = fits %12
  guard %13 [s0]
  %15 = add %7 %5
  poll [s1]
  jump
snapshot s0 resume 1: 0=%8 2=%7
snapshot s1 resume 2: 0=%12 2=%15
call 0 "add" ADDRESS (i32,i32) i32 keep foreign"#;

const FLOATS: &str = r#"trace "x = x * a + b"
  %0 = slot 0
  %1 = unbox_f %0
  %2 = slot 1
  %3 = unbox_i %2
  %4 = const_i 0
  %5 = const_i 1
  %6 = const_f 0x3fefffff00000000
  %7 = const_f 0x3fe0000000000000
  label
  %9 = phi.i %4 %15
  %10 = phi.f %1 %14
  %11 = i_lt %9 %3
  guard %11 [s0]
  %13 = f_mul %10 %6
  %14 = f_add %13 %7
  %15 = add %9 %5
  poll [s1]
  jump
snapshot s0 resume 1: 0=%10 2=%9
snapshot s1 resume 2: 0=%14 2=%15"#;

const OBJECTS: &str = r#"trace "p = [i, p]"
  %0 = slot 0
  %1 = slot 1
  %2 = unbox_i %1
  %3 = const_i 0
  %4 = const_i 1
  label
  %6 = phi.i %3 %13
  %7 = phi.v %0 %10
  %8 = i_lt %6 %2
  guard %8 [s0]
  %10 = alloc 0
  %11 = box_i %6
  store_v %10 %11 8 @2
  %13 = add %6 %4
  poll [s1]
  jump
snapshot s0 resume 1: 0=%7 2=%6
snapshot s1 resume 2: 0=%10 2=%13
layout 0 "pair" 0x77 16"#;

extern "C" fn add(a: i32, b: i32) -> i32 {
    std::hint::black_box(a).wrapping_add(b)
}

extern "C" fn never(_vm: *mut (), _a: u64, _b: u64) -> u64 {
    std::process::abort()
}

/// Time that this thread ran: other programs do not count.
struct Time(f64);

impl Time {
    fn now() -> Time {
        let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
        // SAFETY: writes the time to a place of its type.
        unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
        Time(time.tv_sec as f64 * 1e9 + time.tv_nsec as f64)
    }

    /// Nanoseconds since then.
    fn elapsed(&self) -> f64 {
        Time::now().0 - self.0
    }
}

struct Bench {
    clif: Clif,
    context: Box<Context>,
    bump: Box<Bump>,
    slots: Vec<u64>,
    memory: Vec<u128>,
}

impl Bench {
    fn new() -> Bench {
        let helper = (never as extern "C" fn(*mut (), u64, u64) -> u64) as usize;
        let runtime =
            Runtime { box_float: helper, barrier: helper, barrier_test: (5, 3, 1), alloc: helper };
        let options = Options { keep_disassembly: true, verify: false, ..Options::default() };
        let mut bump = Box::<Bump>::default();
        let context = Box::new(Context {
            vm: std::ptr::null_mut(),
            poll: &raw const *Box::leak(Box::new(0)),
            front_end: [0; 14],
            bump: &raw mut *bump,
            frame: 0,
            values: [0; MAX_EXIT_VALUES],
        });
        let clif = Clif::new(runtime, options).expect("this platform has a back end");
        // The first sixteenth is the side table.
        let memory = vec![0; 5 << 20];
        Bench { clif, context, bump, slots: vec![0; 16], memory }
    }

    fn compile(&mut self, text: &str) -> Compiled {
        let trace = parse(text).expect("a trace");
        verify(&trace).expect("a correct trace");
        self.clif.compile(&trace, None).expect("compiles")
    }

    fn run(&mut self, compiled: &Compiled, slots: &[u64]) {
        let side = self.memory.as_ptr().expose_provenance();
        let hole = side + (4 << 20);
        *self.bump = Bump {
            cursor: hole,
            limit: hole + (64 << 20),
            side_bias: side.wrapping_sub(hole / 16),
        };
        self.slots[..slots.len()].copy_from_slice(slots);
        let enter = compiled.enter.expect("a root trace");
        let context = &raw mut *self.context;
        // SAFETY: code of this back end with its context and slots.
        unsafe { (enter.trampoline)(context, self.slots.as_mut_ptr(), enter.entry) };
    }

    fn loop_time(&mut self, text: &str, first: u64, rounds: i64) {
        let compiled = self.compile(text);
        let name = text.split('"').nth(1).unwrap_or_default();
        let mut best = f64::INFINITY;
        for _ in 0..5 {
            let start = Time::now();
            self.run(&compiled, &[first, word::of_int(rounds)]);
            best = best.min(start.elapsed() / rounds as f64);
        }
        let count = compiled.loop_instructions.unwrap_or_default();
        let bytes = compiled.code_bytes;
        println!("{name:24} {best:6.2} ns a round, {count} instructions, {bytes} bytes");
        if std::env::args().any(|arg| arg == "-v") {
            println!("{}", self.clif.disassembly(compiled.id).unwrap_or_default());
        }
    }

    fn entry_time(&mut self) {
        let compiled = self.compile("trace \"t\"\n%0 = slot 0\nfinish %0");
        let start = Time::now();
        for _ in 0..10_000_000 {
            self.run(&compiled, &[]);
        }
        println!("{:24} {:6.2} ns", "enter and leave", start.elapsed() / 1e7);
    }
}

/// A trace as recorders make them: loads, tests, arithmetic, exits with some live values.
fn large() -> String {
    let mut text =
        "trace \"large\"\n%0 = slot 0\n%1 = slot 1\n%2 = unbox_i %1\nlabel\n%4 = phi.i %2 %"
            .to_string();
    let (units, per_unit) = (30_usize, 10);
    let last = 5 + units * per_unit;
    let _ = writeln!(text, "{}", last - 2);
    let mut sum = 4;
    for unit in 0..units {
        let at = 5 + unit * per_unit;
        let offset = 8 + unit * 8;
        let _ = writeln!(text, "%{at} = load_v %0 {offset} @2");
        let _ = writeln!(text, "%{} = is_int %{at}", at + 1);
        let _ = writeln!(text, "guard %{} [s{unit}]", at + 1);
        let _ = writeln!(text, "%{} = unbox_i %{at}", at + 3);
        let _ = writeln!(text, "%{} = add %{} %{sum}", at + 4, at + 3);
        let _ = writeln!(text, "%{} = fits %{}", at + 5, at + 4);
        let _ = writeln!(text, "guard %{} [s{unit}]", at + 5);
        let _ = writeln!(text, "%{} = const_i {unit}", at + 7);
        let _ = writeln!(text, "%{} = xor %{} %{}", at + 8, at + 4, at + 7);
        let _ = writeln!(text, "store_i64 %0 %{} {offset} @3", at + 8);
        sum = at + 8;
    }
    let _ = writeln!(text, "poll [s{units}]\njump");
    for unit in 0..=units {
        let from = unit.saturating_sub(6);
        let live: Vec<String> =
            (from..unit).map(|u| format!("{u}=%{}", 5 + u * per_unit + 8)).collect();
        let _ = writeln!(text, "snapshot s{unit} resume {unit}: {}", live.join(" "));
    }
    text
}

fn main() {
    let mut bench = Bench::new();
    bench.loop_time(SUM, word::of_int(0), 100_000_000);
    let address = (add as extern "C" fn(i32, i32) -> i32) as usize;
    let call = CALL.replace("ADDRESS", &format!("{address:#x}"));
    bench.loop_time(&call, word::of_int(0), 100_000_000);
    bench.loop_time(FLOATS, word::of_float(1.0).unwrap_or_default(), 100_000_000);
    bench.loop_time(OBJECTS, word::of_int(0), 2_000_000);
    bench.entry_time();
    compile_time(Options { verify: false, ..Options::default() });
}

fn compile_time(options: Options) {
    let text = large();
    let trace = parse(&text).expect("a trace");
    verify(&trace).expect("a correct trace");
    let runtime = Runtime { box_float: 1, barrier: 1, barrier_test: (5, 3, 1), alloc: 1 };
    let mut clif = Clif::new(runtime, options).expect("this platform has a back end");
    let mut best = f64::INFINITY;
    let mut bytes = 0;
    for _ in 0..50 {
        let start = Time::now();
        let compiled = clif.compile(&trace, None).expect("compiles");
        best = best.min(start.elapsed() / 1e6);
        bytes = compiled.code_bytes;
        clif.free(compiled.id);
    }
    let n = trace.insts.len();
    println!("{:24} {best:6.3} ms for {n} instructions, {bytes} bytes", "compile");
}
