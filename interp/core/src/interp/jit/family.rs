//! A root trace and the traces that belong to it: what they have in common, and how many there may be.
use haft_bytecode::flags;
use haft_jit::backend::TraceId;

use super::rec::Rec;
use crate::interp::direct::Direct;
use crate::object::{CodeObject, PayloadRef};

/// Most side traces of one root trace.
const MAX_SIDES: usize = 64;
/// Side traces after which the next ones must be twice as hot.
const SIDES_A_STEP: usize = 4;
/// The same of those that end at joints, which are short.
const MAX_JOINED: usize = 512;
const JOINED_A_STEP: usize = 64;
/// With so many side traces a loop gets joints. With fewer it is faster without: a side path then costs one link, not two.
const SIDES_WITHOUT_JOINTS: usize = 2;

/// Functions whose frames are left in other ways than by returning.
const RESUMABLE: u32 = flags::GENERATOR | flags::COROUTINE | flags::ASYNC_GENERATOR;

/// What all traces that belong to a root trace have in common.
pub(super) struct Family {
    pub(super) root: TraceId,
    /// The code of the frame that the root trace is entered in.
    pub(super) code: PayloadRef<CodeObject>,
    /// Does the root trace end where its function returns?
    pub(super) finishes: bool,
    /// Does a side trace end there?
    side_finishes: bool,
    max_depth: usize,
    n_slots: usize,
    pub(super) has_joints: bool,
    /// Times an exit must be taken before it is recorded, if it will not end at a joint, or will.
    wanted: [u32; 2],
}

impl Family {
    /// That of root trace `root`.
    pub(super) fn of(m: &mut Direct<'_>, root: TraceId) -> Family {
        let code = m.code();
        let jit = m.vm.jit.as_mut().expect("the caller looked");
        let first_try = jit.options.exit_threshold;
        let is_choosy = jit.options.threshold > 2;
        let installed = jit.installed(root);
        let code = installed.header.map_or(code, |(code, _)| code);
        let n_long = installed.n_sides - installed.n_joined;
        // The more side traces a loop has, the hotter must be what gets another.
        let wanted = |n: usize, a_step: usize, most: usize| {
            if n >= most {
                return u32::MAX;
            }
            first_try.saturating_mul(1 << (n / a_step).min(16))
        };
        Family {
            root,
            code,
            finishes: installed.finishes,
            // Where the function returns, whoever runs the trace returns for it.
            side_finishes: installed.finishes || code.code.flags & RESUMABLE == 0,
            max_depth: installed.max_depth,
            n_slots: installed.n_slots,
            has_joints: !is_choosy || installed.n_sides >= SIDES_WITHOUT_JOINTS,
            wanted: [
                wanted(n_long, SIDES_A_STEP, MAX_SIDES),
                wanted(installed.n_joined, JOINED_A_STEP, MAX_JOINED),
            ],
        }
    }
    /// Times an exit must be taken before it is recorded.
    pub(super) fn wanted(&self, joins: bool) -> u32 {
        self.wanted[usize::from(joins)]
    }
    /// A recording that belongs to it begins.
    pub(super) fn begin(&self, rec: &mut Rec<'_, '_>) {
        rec.finishes = self.side_finishes;
        rec.is_side = true;
        (rec.max_depth, rec.n_slots) = (self.max_depth, self.n_slots);
    }
}
