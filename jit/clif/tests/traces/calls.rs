//! Calls: C types, dynamic targets, variadic functions, helpers that raise.
#![expect(clippy::format_push_string, reason = "texts of traces grow line by line")]

use std::cell::RefCell;
use std::ffi::{c_char, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;

use haft_jit::backend::{Context, ExitKind, Kept, Published};
use haft_jit::word;

use crate::machine::{Machine, Vm};

unsafe extern "C" {
    fn snprintf(to: *mut c_char, size: usize, format: *const c_char, ...) -> c_int;
}

/// The address of a function that overwrites the exit values of its context.
pub(crate) fn clobber_values() -> usize {
    extern "C" fn clobber(context: *mut Context) {
        // SAFETY: the test passes its own context.
        let context = unsafe { &mut *context };
        context.values.fill(0xdead);
    }
    (clobber as extern "C" fn(*mut Context)) as usize
}

/// Calls function 0 with these parameters of the given IR types; what does it return?
fn call(address: usize, types: &str, params: &str, result: (&str, char), args: &[u64]) -> u64 {
    let mut machine = Machine::new();
    let mut text = "trace \"t\"\n".to_string();
    let mut operands = String::new();
    for (at, ty) in types.chars().enumerate() {
        text += &format!("%{at} = param.{ty} {at}\n");
        operands += &format!(" %{at}");
    }
    let n = types.len();
    let (abi, ty) = result;
    text += &format!("%{n} = call.{ty}{operands} 0\nstop [s0]\nsnapshot s0 resume 1: 0=%{n}\n");
    text += &format!("call 0 \"f\" {address:#x} ({params}) {abi} keep foreign\n");
    machine.context.values[..n].copy_from_slice(args);
    let compiled = machine.root(&text);
    machine.run(&compiled).values[0]
}

#[test]
fn ints_of_each_width() {
    extern "C" fn mix(a: i8, b: u8, c: i16, d: u16, e: i32, f: u32, g: i64, h: u64) -> i64 {
        i64::from(a)
            + i64::from(b) * 2
            + i64::from(c) * 3
            + i64::from(d) * 5
            + i64::from(e) * 7
            + i64::from(f) * 11
            + g * 13
            + h as i64 * 17
    }
    let address = (mix as extern "C" fn(i8, u8, i16, u16, i32, u32, i64, u64) -> i64) as usize;
    let numbers: [i64; 8] = [-5, 250, -30000, 60000, -2_000_000_000, 4_000_000_000, -1, 9];
    let expected = mix(-5, 250, -30000, 60000, -2_000_000_000, 4_000_000_000, -1, 9);
    let args = numbers.map(i64::cast_unsigned);
    let value = call(address, "iiiiiiii", "i8,u8,i16,u16,i32,u32,i64,i64", ("i64", 'i'), &args);
    assert_eq!(value.cast_signed(), expected);
}

#[test]
fn results_are_extended() {
    extern "C" fn same(a: i64) -> i64 {
        a
    }
    let address = (same as extern "C" fn(i64) -> i64) as usize;
    let given = 0x8182_8384_8586_8788_u64;
    for (abi, expected) in [
        ("i8", 0xffff_ffff_ffff_ff88),
        ("u8", 0x88),
        ("i16", 0xffff_ffff_ffff_8788),
        ("u16", 0x8788),
        ("i32", 0xffff_ffff_8586_8788),
        ("u32", 0x8586_8788),
        ("i64", given),
        ("ptr", given),
        ("value", given),
    ] {
        assert_eq!(call(address, "i", "i64", (abi, 'i'), &[given]), expected, "{abi}");
    }
    assert_eq!(call(address, "i", "i64", ("bool", 'b'), &[0xff01]), 1);
    assert_eq!(call(address, "b", "bool", ("bool", 'b'), &[1]), 1);
}

#[test]
fn floats_of_both_widths() {
    extern "C" fn mix(a: f32, b: f64, n: i32, c: f32) -> f64 {
        f64::from(a) + b * 2.0 + f64::from(n) * 4.0 + f64::from(c) * 8.0
    }
    extern "C" fn half(a: f32) -> f32 {
        a / 2.0
    }
    let address = (mix as extern "C" fn(f32, f64, i32, f32) -> f64) as usize;
    let args = [0.1_f64.to_bits(), 0.2_f64.to_bits(), 3, 0.3_f64.to_bits()];
    let value = call(address, "ffif", "f32,f64,i32,f32", ("f64", 'f'), &args);
    assert_eq!(f64::from_bits(value), mix(0.1, 0.2, 3, 0.3));
    let address = (half as extern "C" fn(f32) -> f32) as usize;
    let value = call(address, "f", "f32", ("f32", 'f'), &[0.1_f64.to_bits()]);
    assert_eq!(f64::from_bits(value), f64::from(half(0.1)));
}

#[test]
fn arguments_on_the_stack() {
    type Many = extern "C" fn(i64, i64, i64, i64, i64, i64, i64, i64, f64, i64) -> i64;
    extern "C" fn many(
        a: i64,
        b: i64,
        c: i64,
        d: i64,
        e: i64,
        f: i64,
        g: i64,
        h: i64,
        x: f64,
        i: i64,
    ) -> i64 {
        [a, b, c, d, e, f, g, h, x as i64, i].iter().fold(0, |sum, n| sum * 10 + n)
    }
    let args = [1, 2, 3, 4, 5, 6, 7, 8, 9.0_f64.to_bits(), 0];
    let params = "i64,i64,i64,i64,i64,i64,i64,i64,f64,i64";
    let value = call(many as Many as usize, "iiiiiiiifi", params, ("i64", 'i'), &args);
    assert_eq!(value, 1_234_567_890);
}

#[test]
fn dynamic_targets_and_the_runtime_pointer() {
    extern "C" fn note(vm: *mut Vm, word: u64) -> u64 {
        // SAFETY: the context's runtime pointer is a `Vm`.
        unsafe { &mut *vm }.notes.push(word);
        word + 4
    }
    let mut machine = Machine::new();
    let address = (note as extern "C" fn(*mut Vm, u64) -> u64) as usize;
    let compiled = machine.root(
        r#"trace "t"
          %0 = param.p 0
          %1 = slot 0
          %2 = call.v %0 %1 0
          call.unit %0 %2 0
          finish %2
        call 0 "note" dynamic (vm,value) value keep"#,
    );
    machine.context.values[0] = address as u64;
    machine.slots[0] = word::of_int(1);
    assert_eq!(machine.result(&compiled), word::of_int(2));
    assert_eq!(machine.vm().notes, [word::of_int(1), word::of_int(2)]);
}

fn formatted(
    format: &std::ffi::CStr,
    types: &str,
    params: &str,
    dynamic: bool,
    args: &[u64],
) -> String {
    let mut machine = Machine::new();
    let mut buffer = [0_u8; 200];
    let address =
        snprintf as unsafe extern "C" fn(*mut c_char, usize, *const c_char, ...) -> c_int as usize;
    let mut text = "trace \"t\"\n%0 = param.p 0\n%1 = const_i 200\n%2 = param.p 1\n".to_string();
    let mut operands = String::new();
    for (at, ty) in types.chars().enumerate() {
        text += &format!("%{} = param.{ty} {}\n", at + 3, at + 2);
        operands += &format!(" %{}", at + 3);
    }
    let n = types.len() + 3;
    let (target, place) = if dynamic {
        (format!("%{n} "), "dynamic".into())
    } else {
        (String::new(), format!("{address:#x}"))
    };
    text +=
        &format!("%{n} = const_p {address:#x}\n%{} = call.i {target}%0 %1 %2{operands} 0\n", n + 1);
    text += &format!("stop [s0]\nsnapshot s0 resume 1: 0=%{}\n", n + 1);
    text +=
        &format!("call 0 \"snprintf\" {place} (ptr,i64,ptr{params}) i32 keep foreign variadic 3\n");
    let compiled = machine.root(&text);
    machine.context.values[0] = buffer.as_mut_ptr().expose_provenance() as u64;
    machine.context.values[1] = format.as_ptr().expose_provenance() as u64;
    machine.context.values[2..2 + args.len()].copy_from_slice(args);
    let length = machine.run(&compiled).values[0] as usize;
    String::from_utf8_lossy(&std::hint::black_box(buffer)[..length]).into_owned()
}

#[test]
fn variadic_functions() {
    let f = f64::to_bits;
    for dynamic in [false, true] {
        let text = formatted(
            c"%d %.2f %s",
            "ifp",
            ",i32,f64,ptr",
            dynamic,
            &[7, f(2.5), c"x".as_ptr().expose_provenance() as u64],
        );
        assert_eq!(text, "7 2.50 x");
        assert_eq!(formatted(c"plain", "", "", dynamic, &[]), "plain");
        let many: Vec<u64> =
            (1..=5).chain((1..=10).map(|i| f64::from(i).to_bits())).chain([9]).collect();
        let text = formatted(
            c"%ld %ld %ld %ld %ld %g %g %g %g %g %g %g %g %g %g %ld",
            "iiiiiffffffffffi",
            ",i64,i64,i64,i64,i64,f64,f64,f64,f64,f64,f64,f64,f64,f64,f64,i64",
            dynamic,
            &many,
        );
        assert_eq!(text, "1 2 3 4 5 1 2 3 4 5 6 7 8 9 10 9");
    }
}

extern "C" fn raising(_vm: *mut c_void, given: u64) -> u64 {
    if given == word::of_int(0) { word::RAISED } else { given }
}

#[test]
fn helpers_that_raise_leave_the_trace() {
    let mut machine = Machine::new();
    let address = (raising as extern "C" fn(*mut c_void, u64) -> u64) as usize;
    let compiled = machine.root(&format!(
        r#"trace "t"
          %0 = slot 0
          %1 = slot 1
          %2 = call_raising.v %0 0 [s0]
          call_raising.unit %1 0 [s0]
          finish %2
        snapshot s0 resume 1: 0=%1
        call 0 "raising" {address:#x} (vm,value) value keep"#
    ));
    let mut outcome = |a: i64, b: i64| {
        machine.slots[..2].copy_from_slice(&[word::of_int(a), word::of_int(b)]);
        let (kind, values) = machine.outcome(&compiled);
        (kind, word::to_int(values[0]))
    };
    assert_eq!(outcome(1, 2), (ExitKind::Finish, 1));
    assert_eq!(outcome(0, 2), (ExitKind::Raised, 2));
    assert_eq!(outcome(1, 0), (ExitKind::Raised, 0));
}

#[test]
fn tests_that_raise() {
    extern "C" fn truth(given: u64) -> u8 {
        given as u8
    }
    let mut machine = Machine::new();
    let address = (truth as extern "C" fn(u64) -> u8) as usize;
    let compiled = machine.root(&format!(
        r#"trace "t"
          %0 = param.i 0
          %1 = call_raising.b %0 0 [s0]
          stop [s1]
        snapshot s0 resume 1
        snapshot s1 resume 2: 0=%1
        call 0 "truth" {address:#x} (i64) bool keep"#
    ));
    let mut outcome = |given: u64| {
        machine.context.values[0] = given;
        machine.outcome(&compiled)
    };
    assert_eq!(outcome(0), (ExitKind::Guard, vec![0]));
    assert_eq!(outcome(1), (ExitKind::Guard, vec![1]));
    assert_eq!(outcome(2), (ExitKind::Raised, vec![]));
}

#[test]
fn panics_pass_through_compiled_code() {
    extern "C-unwind" fn panicking(given: u64) -> u64 {
        assert!(given != 3, "three");
        given
    }
    let mut machine = Machine::new();
    let address = (panicking as extern "C-unwind" fn(u64) -> u64) as usize;
    let compiled = machine.root(&format!(
        r#"trace "t"
          %0 = slot 0
          %1 = unbox_i %0
          %2 = call.i %1 0
          %3 = box_i %2
          finish %3
        call 0 "panicking" {address:#x} (i64) i64 keep"#
    ));
    machine.slots[0] = word::of_int(3);
    let payload = catch_unwind(AssertUnwindSafe(|| machine.run(&compiled))).expect_err("it panics");
    assert_eq!(payload.downcast_ref::<&str>(), Some(&"three"));
    machine.slots[0] = word::of_int(4);
    assert_eq!(machine.result(&compiled), word::of_int(4));
}

thread_local! {
    /// The frame of the code that called, and the words below its frame pointer.
    static FRAME: RefCell<(usize, Vec<u64>)> = const { RefCell::new((0, Vec::new())) };
}

/// Keep a copy of what the calling code has in its frame.
extern "C" fn look(context: *const Context) {
    const WORDS: usize = 32;
    // SAFETY: the test passes its own context.
    let frame = unsafe { (*context).frame };
    let low = frame.wrapping_sub(WORDS * 8);
    let word = |at| crate::machine::peek((low + at * 8) as u64);
    FRAME.set((low, if frame == 0 { Vec::new() } else { (0..WORDS).map(word).collect() }));
}

#[test]
fn published_values_are_there_during_the_call() {
    let mut machine = Machine::new();
    let area = Box::<Published>::default();
    let context = (&raw const *machine.context).expose_provenance();
    let compiled = machine.root(&format!(
        r#"trace "t"
          %0 = slot 0
          %1 = unbox_i %0
          %2 = const_i 0
          %3 = const_i 1
          %4 = const_p {context:#x}
          %5 = const_p {:#x}
          label
          %7 = phi.i %2 %10
          %8 = i_lt %7 %1
          guard %8 [s0]
          %10 = add %7 %3
          publish %5 [s1]
          call.unit %4 0
          returned %5 [s2]
          poll [s2]
          jump
        snapshot s0 resume 0: 1=%7
        snapshot s1 resume 1: 1=%7 2=%10 3=%0 4=%3
        snapshot s2 resume 2: 1=%10
        call 0 "look" {:#x} (ptr) void keep foreign
        "#,
        (&raw const *area).expose_provenance(),
        (look as extern "C" fn(*const Context)) as usize,
    ));
    machine.slots[0] = word::of_int(3);
    let left = machine.run(&compiled);
    assert_eq!((compiled.exits[left.exit].kind, left.values), (ExitKind::Guard, vec![3]));
    let exit = compiled.exits.iter().find(|exit| exit.kind == ExitKind::Published);
    let exit = exit.expect("there is a call");
    let value = |at: usize| match exit.kept.as_ref().map(|kept| kept[at]) {
        None => area.values[at].load(Ordering::Relaxed),
        Some(Kept::Constant(number)) => number,
        Some(Kept::InFrame { offset, plus }) => FRAME.with_borrow(|(low, words)| {
            let at = machine.context.frame.wrapping_add_signed(offset as isize) - low;
            words[at / 8].wrapping_add_signed(plus.into())
        }),
    };
    let values: Vec<u64> = (0..exit.live.len()).map(value).collect();
    assert_eq!(values, [2, 3, word::of_int(3)]);
    assert_eq!(area.site.load(Ordering::Relaxed), 0);
}
