//! Which exits a trace has and which values each needs, before any code is made.
use haft_jit::backend::{CompileError, Exit, ExitKind, MAX_EXIT_VALUES, MAX_PUBLISHED};
use haft_jit::ir::{Class, Entry, Inst, IrOp, Ref, Snapshot, SnapshotId, Trace};

/// The exits of a trace.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// By index.
    pub(crate) exits: Vec<Exit>,
    /// For each instruction the index of the exit that it may take.
    of: Vec<Option<u32>>,
}

impl Plan {
    /// The exits of a trace: one for all instructions that leave for the same reason to the same state.
    pub(crate) fn new(trace: &Trace) -> Result<Plan, CompileError> {
        let mut plan = Plan::default();
        for inst in &trace.insts {
            let exit = kind(inst).map(|kind| plan.exit(trace, kind, inst));
            plan.of.push(exit);
        }
        let room = |exit: &Exit| match exit.kind {
            ExitKind::Published => MAX_PUBLISHED,
            _ => MAX_EXIT_VALUES,
        };
        let too_large = plan.exits.iter().any(|exit| exit.live.len() > room(exit));
        if too_large || plan.exits.len() > usize::from(u16::MAX) {
            return Err(CompileError::TooLarge);
        }
        Ok(plan)
    }

    /// The exit that instruction `at` may take.
    pub(crate) fn of(&self, at: usize) -> usize {
        self.of[at].expect("only instructions that may leave ask for their exit") as usize
    }

    /// The exit that instruction `at` may take, if it may leave.
    pub(crate) fn get(&self, at: usize) -> Option<usize> {
        self.of[at].map(|exit| exit as usize)
    }

    fn exit(&mut self, trace: &Trace, kind: ExitKind, inst: &Inst) -> u32 {
        let exit = match inst.snapshot {
            // The result of `finish` is stored even if it is a constant.
            None => {
                Exit { kind, snapshot: None, live: vec![live(trace, inst.args[0])], kept: None }
            }
            Some(id) => {
                let same = |exit: &Exit| exit.kind == kind && same(trace, exit.snapshot, id);
                // Where published values are kept may differ.
                let shared = kind != ExitKind::Published;
                if let Some(known) = self.exits.iter().position(same).filter(|_| shared) {
                    return known as u32;
                }
                let live = live_values(trace, trace.snapshot(id));
                Exit { kind, snapshot: Some(id), live, kept: None }
            }
        };
        self.exits.push(exit);
        self.exits.len() as u32 - 1
    }
}

fn kind(inst: &Inst) -> Option<ExitKind> {
    match inst.op {
        IrOp::Poll | IrOp::Returned => Some(ExitKind::Poll),
        IrOp::Publish => Some(ExitKind::Published),
        IrOp::CallRaising => Some(ExitKind::Raised),
        IrOp::Finish => Some(ExitKind::Finish),
        op if op.row().class == Class::Guard => Some(ExitKind::Guard),
        _ => None,
    }
}

fn same(trace: &Trace, a: Option<SnapshotId>, b: SnapshotId) -> bool {
    a.is_some_and(|a| a == b || trace.snapshot(a) == trace.snapshot(b))
}

fn live(trace: &Trace, value: Ref) -> (Ref, haft_jit::ir::Ty) {
    (value, trace.inst(value).ty)
}

/// The values that a snapshot names, those of its virtual objects included; constants are known without.
fn live_values(trace: &Trace, snapshot: &Snapshot) -> Vec<(Ref, haft_jit::ir::Ty)> {
    let mut work: Vec<Entry> = snapshot.slots.iter().map(|(_, entry)| *entry).collect();
    work.extend(snapshot.stores.iter().flat_map(|store| [store.object, store.field.value]));
    work.reverse();
    let mut values: Vec<Ref> = Vec::new();
    let mut virtuals: Vec<u32> = Vec::new();
    while let Some(entry) = work.pop() {
        match entry {
            Entry::Ref(value) => {
                if !trace.inst(value).op.is_constant() && !values.contains(&value) {
                    values.push(value);
                }
            }
            Entry::Virtual(number) => {
                if !virtuals.contains(&number) {
                    virtuals.push(number);
                    let fields = &trace.virtuals[number as usize].fields;
                    work.extend(fields.iter().rev().map(|field| field.value));
                }
            }
        }
    }
    values.into_iter().map(|value| live(trace, value)).collect()
}

#[cfg(test)]
mod tests {
    use haft_jit::ir::parse;

    use super::*;

    #[test]
    fn equal_states_share_an_exit_and_constants_are_not_live() {
        let trace = parse(
            r#"trace "t"
              %0 = slot 0
              %1 = is_int %0
              guard %1 [s0]
              %3 = unbox_i %0
              %4 = const_i 7
              %5 = is_float %0
              guard %5 [s1]
              guard_not %1 [s2]
              poll [s2]
              finish %0
            snapshot s0 resume 1
            snapshot s1 resume 2: 0=%3 1=%4 2=v0
            snapshot s2 resume 2: 0=%3 1=%4 2=v0
            layout 0 "pair" 0x7 16
            virtual 0 layout 0: 8:v@2=v0 16:v@2=%0 24:v@2=%3"#,
        )
        .unwrap();
        let plan = Plan::new(&trace).unwrap();
        let kinds: Vec<ExitKind> = plan.exits.iter().map(|exit| exit.kind).collect();
        assert_eq!(kinds, [ExitKind::Guard, ExitKind::Guard, ExitKind::Poll, ExitKind::Finish]);
        assert_eq!((plan.of(2), plan.of(6), plan.of(7), plan.of(8), plan.of(9)), (0, 1, 1, 2, 3));
        let live: Vec<u32> = plan.exits[1].live.iter().map(|(value, _)| value.0).collect();
        assert_eq!(live, [3, 0]);
    }
}
