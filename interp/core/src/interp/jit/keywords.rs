//! Calls with keyword arguments of Python functions that become part of the trace.
use haft_bytecode::{Insn, Op};
use haft_heap::Value;

use super::rec::{Known, Rec};
use super::resume::Inlined;
use crate::interp::machine::Machine;
use crate::object::{Function, PayloadRef, Tuple};
use crate::vm::{FrameFlags, R};

impl Rec<'_, '_> {
    /// `f(…, name=…)`; false, and nothing is done: it stays a call.
    pub(super) fn call_with_names(&mut self, i: Insn) -> R<bool> {
        let ext = self.next_word();
        let names = self.d.code().get().consts[ext.lo() as usize];
        let names = names.as_ptr().and_then(Tuple::of).map_or(&[][..], Tuple::items);
        let (mut first, mut n) = (i.b() + 1, i.c());
        let callee = self.reg(i.b());
        let Some(function) = PayloadRef::<Function>::of_value(callee.now) else { return Ok(false) };
        if i.op() == Op::CallMethodKw {
            let receiver = self.reg(i.b() + 1);
            if self.is_same(receiver, Value::ABSENT) {
                first += 1;
            } else {
                n += 1;
            }
        }
        let n_positional = usize::from(n) - names.len();
        let Some(places) = places(function, n_positional, names) else { return Ok(false) };
        if !self.inlines(function, n_positional) && !self.inlines(function, usize::from(n)) {
            return Ok(false);
        }
        let values: Vec<Known<Value>> =
            (first..first + n).map(|register| self.reg(register)).collect();
        self.guard_function(callee, function, n_positional as u16);
        self.enter_with_names(i, (callee, function), &places, &values)?;
        Ok(true)
    }

    fn enter_with_names(
        &mut self,
        i: Insn,
        (callee, function): (Known<Value>, PayloadRef<Function>),
        places: &[usize],
        values: &[Known<Value>],
    ) -> R<()> {
        let code = function.code.get();
        let call_at = self.d.here;
        self.run_again()?;
        let base = self.slot_at(self.d.base.addr());
        self.forget_from(base);
        for (&place, value) in places.iter().zip(values) {
            self.set_slot(base + place as i32, value.by);
        }
        self.frames.push(Inlined::called(
            callee.by,
            (code, base),
            call_at,
            (i.a(), FrameFlags::default()),
        ));
        // What was not given is a default, or unbound.
        for register in 0..code.code.n_locals {
            if !places.contains(&usize::from(register)) {
                self.enter_register(callee, code, base, usize::from(register));
            }
        }
        self.note_depth(code, base);
        Ok(())
    }
}

/// Number of the parameter that takes each argument; `None` if the call is not a plain one.
fn places(
    function: PayloadRef<Function>,
    n_positional: usize,
    names: &[Value],
) -> Option<Vec<usize>> {
    let code = function.code.get();
    let arg_count = usize::from(code.code.arg_count);
    let takes_rest = code.code.flags & haft_bytecode::flags::VARARGS != 0;
    if n_positional > arg_count || code.code.kw_only_count != 0 || takes_rest {
        return None;
    }
    let mut places: Vec<usize> = (0..n_positional).collect();
    for name in names {
        let place = code.get().varnames[..arg_count].iter().position(|known| known == name)?;
        if place < usize::from(code.code.pos_only_count) || places.contains(&place) {
            return None;
        }
        places.push(place);
    }
    let defaults = function.defaults.get().as_ptr().and_then(Tuple::of).map_or(0, Tuple::len);
    let given = |parameter: usize| places.contains(&parameter) || parameter + defaults >= arg_count;
    (0..arg_count).all(given).then_some(places)
}
