//! Runs a case as recorded, plainly lowered and optimised, and compares what is left.
use std::collections::BTreeMap;
use std::fmt::Write;

use haft_jit::eval::{Exit, Left, Machine, Memory, NEW_OBJECTS, run};
use haft_jit::ir::{Callee, IrOp, Trace, print, verify};
use haft_jit::opt::{Options, optimize};
use haft_jit::word;

use super::generate::{Case, N_OLD, N_SLOTS, WINDOW};

/// The functions that programs call. `log` gets what they saw.
pub(crate) fn call(
    machine: &mut Machine,
    callee: &Callee,
    args: &[u64],
    log: &mut Vec<u64>,
) -> u64 {
    match callee.name.as_str() {
        "any" => {
            log.extend(
                (0..N_SLOTS)
                    .filter(|slot| *slot != WINDOW)
                    .map(|slot| machine.slots.get(&slot).copied().unwrap_or(0)),
            );
            log.extend(args);
            let mut sum = 0;
            for &arg in args {
                if word::is_object(arg) && machine.memory.float_at(arg).is_none() {
                    let (a, b) = (machine.memory.word(arg + 8), machine.memory.word(arg + 16));
                    log.extend([a, b]);
                    machine.memory.set_word(arg + 8, b);
                    machine.memory.set_word(arg + 16, a);
                    sum += add(machine, arg, 1);
                }
            }
            machine.slots.insert(5, word::of_int(sum & 0xff));
            if sum % 3 == 0 { args[0] } else { word::of_int(sum & 7) }
        }
        "window" => {
            log.push(machine.slots[&WINDOW]);
            machine.slots.insert(WINDOW, word::of_int(0xbad));
            word::of_int(9)
        }
        "read" => machine.memory.word(args[0] + 24) & 0xff,
        "write" => {
            add(machine, args[0], 3);
            0
        }
        _ => args[0].wrapping_mul(31).wrapping_add(args[1]) & 0xffff,
    }
}

fn add(machine: &mut Machine, object: u64, more: u64) -> i64 {
    let sum = machine.memory.word(object + 24).wrapping_add(more);
    machine.memory.set_word(object + 24, sum);
    sum.cast_signed()
}

/// The case as text.
pub(crate) fn describe(case: &Case) -> String {
    format!("{}\n{}", print(&case.trace), print(&optimize(&case.trace, &Options::default())))
}

/// Do all forms of a case the same?
pub(crate) fn check(case: &Case, seed: u64) {
    let plain = optimize(&case.trace, &Options { optimise: false, unroll: false });
    let optimised = optimize(&case.trace, &Options::default());
    let unrolled = optimize(&case.trace, &Options { unroll: true, ..Options::default() });
    for trace in [&case.trace, &plain, &optimised, &unrolled] {
        verify(trace).unwrap_or_else(|fault| panic!("seed {seed}: {fault}\n{}", print(trace)));
    }
    for (number, start) in std::iter::once(&case.start).chain(&case.others).enumerate() {
        // It looks at the poll word less often, so that it leaves later there.
        let (expected, found) =
            (outcome(&case.trace, start, 100_000), outcome(&unrolled, start, 100_000));
        assert!(
            found == expected,
            "seed {seed}, start {number}, unrolled:\n{found}expected\n{expected}{}",
            print(&unrolled)
        );
        for polls in [0, 1, 2, 3, 5, 9, 40] {
            let expected = outcome(&case.trace, start, polls);
            for (what, trace) in [("plain", &plain), ("optimised", &optimised)] {
                let found = outcome(trace, start, polls);
                assert!(
                    found == expected,
                    "seed {seed}, start {number}, {polls} polls, {what}:\n{found}expected\n{expected}"
                );
            }
        }
    }
}

/// Everything that can be seen after a run.
fn outcome(trace: &Trace, start: &Machine, polls: usize) -> String {
    let mut machine = Machine { polls, fuel: 20_000, ..start.clone() };
    let mut log = Vec::new();
    let mut exit;
    let mut entries = 0;
    loop {
        exit = run(trace, &mut machine, &mut |machine, callee, args| {
            Some(call(machine, callee, args, &mut log))
        });
        entries += 1;
        // An optimised trace may leave at the loop's head, from where it is entered again.
        if !matches!(exit.left, Left::Stop(_)) || entries > 100 || !again(trace, exit) {
            break;
        }
    }
    let mut text = String::new();
    let left = match exit.left {
        Left::Guard(_) | Left::Stop(_) => "guard".to_string(),
        Left::Poll(_) => "poll".to_string(),
        Left::Raised(_) => "raised".to_string(),
        Left::Link(number) => format!("link {number}"),
        Left::Finish(_) => "finish".to_string(),
        Left::NoFuel => return "no fuel".to_string(),
    };
    // A recorded `link` has a snapshot, an optimised one has brought the slots up to date.
    let resume = exit.resume.filter(|_| !matches!(exit.left, Left::Link(_)));
    let _ = writeln!(text, "{left} resume {resume:?}, {} polls left", machine.polls);
    let mut dump = Dump { machine: &mut machine, names: BTreeMap::new(), todo: Vec::new(), text };
    let _ = write!(dump.text, "log:");
    for &word in &log {
        dump.word(word);
    }
    if let Left::Finish(value) = exit.left {
        dump.word(value);
    } else {
        dump.text.push_str("\nslots:");
        for slot in (0..N_SLOTS).filter(|slot| *slot != WINDOW) {
            let word = dump.machine.slots.get(&slot).copied().unwrap_or(0);
            dump.word(word);
        }
    }
    dump.text.push('\n');
    (0..N_OLD).for_each(|index| dump.object(Memory::old_object(index)));
    while let Some(object) = dump.todo.pop() {
        dump.object(object);
    }
    dump.text
}

/// Did a `stop` lead to where the trace begins? The recorder's loops end at their last resume point.
fn again(trace: &Trace, exit: Exit) -> bool {
    let last = trace.insts.last().map(|inst| inst.op);
    last == Some(IrOp::Stop) && trace.name == "random" && exit.resume == Some(u32::MAX)
}

/// Writes words in a way that does not depend on addresses.
struct Dump<'m> {
    machine: &'m mut Machine,
    names: BTreeMap<u64, usize>,
    todo: Vec<u64>,
    text: String,
}

impl Dump<'_> {
    fn word(&mut self, word: u64) {
        if let Some(float) = self.machine.memory.float_at(word) {
            let _ = write!(self.text, " {float:?}");
        } else if word::is_float(word) {
            let _ = write!(self.text, " {:?}", word::to_float(word));
        } else if word::is_object(word) && word >= NEW_OBJECTS {
            let next = self.names.len();
            let name = *self.names.entry(word).or_insert_with(|| {
                self.todo.push(word);
                next
            });
            let _ = write!(self.text, " new{name}");
        } else {
            let _ = write!(self.text, " {word:#x}");
        }
    }
    fn object(&mut self, object: u64) {
        let _ = write!(self.text, "{:?}:", self.names.get(&object));
        let header = self.machine.memory.word(object);
        let _ = write!(self.text, " {header:#x}");
        for offset in [8, 16] {
            let word = self.machine.memory.word(object + offset);
            self.word(word);
        }
        let float = f64::from_bits(self.machine.memory.word(object + 32));
        let _ = write!(self.text, " {float:?}");
        for offset in [24, 40, 48, 56, 64, 72, 80] {
            let word = self.machine.memory.word(object + offset);
            let _ = write!(self.text, " {word:#x}");
        }
        self.text.push('\n');
    }
}
