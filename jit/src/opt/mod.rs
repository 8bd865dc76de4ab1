//! The optimiser: a recorded trace in, a good one out.
//!
//! ```text
//! recorded ──pass──► first iteration ──carry, peel──► label, phis, body ──finish──► optimised
//! ```
//! There is one forward pass, [`pass`], which emits the recorded instructions one by one into an [`emit::Emitter`]. What is
//! known is used at once: operations are folded by rules ([`fold`]) and by facts ([`facts`], [`learn`]), merged with equal
//! ones, loads are taken from what memory is known to hold ([`heap`]), objects that nobody else knows are tracked
//! ([`fresh`]). For a loop the pass runs a second time in the state that the first left, which gives the body
//! ([`peel`]). Then, backwards, [`finish`] drops what nobody needs; objects that only exits need are made there
//! ([`sink`]), and stores that only exits make visible are done there ([`defer`]).
//!
//! # What the front end promises
//! - A `box_i` has an operand that fits. A float that `box_f` must allocate behaves as an immediate one does.
//! - After a call that may write interpreter slots it reads them again by `load_slot` before `loop`.
//! - Snapshots list every slot that changed and matters; a slot that they do not list may be given an older value.
//! - Constant memory (class 0) of an object is written before the object can be seen by anybody else.
mod carry;
mod defer;
mod emit;
mod facts;
mod finish;
mod fold;
mod fresh;
mod heap;
mod learn;
mod pass;
mod peel;
mod sink;
mod slots;
mod table;

use crate::ir::Trace;
use emit::Emitter;
use slots::Slots;

/// What the optimiser does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Everything. Else only what correctness needs: `flush` and `loop` are lowered.
    pub optimise: bool,
    /// Write short loops several times.
    pub unroll: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { optimise: true, unroll: false }
    }
}

/// Make an optimised trace of a recorded one.
pub fn optimize(recorded: &Trace, options: &Options) -> Trace {
    let mut e = Emitter::new(&recorded.layouts, Slots::of(recorded), options.optimise);
    let mut map = Vec::new();
    let mut deferred = Vec::new();
    pass::read_inputs(&mut e, recorded);
    match peel::loops(recorded) {
        Some(at) if !options.optimise => peel::plain_body(&mut e, recorded, at, &mut map),
        _ => {
            if let pass::End::Loop(at) = pass::run(&mut e, recorded, &mut map) {
                deferred = peel::body(&mut e, recorded, at, &mut map, options.unroll);
            }
        }
    }
    finish::finish(e, recorded, deferred)
}
