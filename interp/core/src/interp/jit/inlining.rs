//! Which functions become part of a trace.
use haft_bytecode::flags;

use super::rec::Rec;
use crate::object::{CodeObject, Function, PayloadRef, Tuple};

/// Deepest nesting of functions in a trace.
pub(super) const MAX_DEPTH: usize = 12;
/// How often the same code may be open at once.
pub(super) const MAX_RECURSION: usize = 2;
/// Longest code, in words, of a function that becomes part of itself.
const MAX_RECURSIVE_WORDS: usize = 60;
/// The same where an argument is a number that is known, and another one each time: such a recursion has an end.
const MAX_COUNTED_RECURSION: usize = 6;
/// Longest trace, in instructions, in which a recursion goes so deep.
const MAX_COUNTED_TRACE: usize = 1500;
/// Longest code, in words, of a function that becomes part of a trace.
pub(super) const MAX_INLINE_WORDS: usize = 600;

impl Rec<'_, '_> {
    /// Does a call of this function with `n` positional arguments become part of the trace?
    pub(super) fn inlines(&self, function: PayloadRef<Function>, n: usize) -> bool {
        let code = function.code.get();
        let plain = &code.code;
        let n_defaults = self.d.vm.as_tuple(function.defaults.get()).map_or(0, Tuple::len);
        let arg_count = usize::from(plain.arg_count);
        plain.flags & flags::VARKEYWORDS == 0
            && plain.kw_only_count == 0
            && (n <= arg_count || plain.flags & flags::VARARGS != 0)
            && n + n_defaults >= arg_count
            && self.inlines_body(function)
    }
    /// The same once the arguments are bound.
    pub(super) fn inlines_body(&self, function: PayloadRef<Function>) -> bool {
        let code = function.code.get();
        let plain = &code.code;
        let special = flags::GENERATOR | flags::COROUTINE | flags::ASYNC_GENERATOR;
        let open = self.frames.iter().filter(|frame| frame.code == code).count()
            + usize::from(self.frames.is_empty() && self.d.code() == code);
        let is_open = open > 0 || self.root_code() == code;
        plain.flags & special == 0
            && self.frames.len() < MAX_DEPTH
            && (!is_open || plain.insns.len() < MAX_RECURSIVE_WORDS)
            && (open < MAX_RECURSION || open < MAX_COUNTED_RECURSION && self.counts(code))
            && plain.insns.len() < MAX_INLINE_WORDS
            && self.inlines_loops(code)
    }

    /// Is a parameter of the running function, which has this code, a small int that is known, and another one than that of
    /// its caller?
    fn counts(&self, code: PayloadRef<CodeObject>) -> bool {
        let [.., outer, inner] = self.frames.as_slice() else { return false };
        if outer.code != code || inner.code != code || self.out.len() > MAX_COUNTED_TRACE {
            return false;
        }
        (0..i32::from(code.code.arg_count)).any(|at| {
            let number = |base: i32| {
                let by = self.known_slot(base + at)?;
                self.fact(by).constant.filter(|value| value.is_fixnum())
            };
            let (outer, inner) = (number(outer.base), number(inner.base));
            outer.is_some() && inner.is_some() && outer != inner
        })
    }
}
