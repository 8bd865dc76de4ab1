//! Structural pattern matching (PEP 634), where no method of a class has a say in it: what is asked is known by the shape of
//! the subject, and the attributes of a class pattern are loads.
use haft_bytecode::{Insn, Op};
use haft_heap::Value;

use super::rec::{Known, Rec};
use crate::interp::known::Purpose;
use crate::interp::machine::Machine;
use crate::interp::{names, ops};
use crate::object::{Cache, How, Str, Tuple, Type, TypeFlags, is_subtype};
use crate::vm::R;

impl Rec<'_, '_> {
    /// An instruction of pattern matching; false, and nothing is done: it is none, or there is more to do.
    pub(super) fn pattern(&mut self, i: Insn) -> R<bool> {
        match i.op() {
            Op::MatchSequence => self.is_collection(i, TypeFlags::SEQUENCE),
            Op::MatchMapping => self.is_collection(i, TypeFlags::MAPPING),
            Op::GetLen => {
                let subject = self.reg(i.b());
                let Some(len) = self.len(subject) else { return Ok(false) };
                self.set(i.a(), len);
            }
            Op::MatchClass => return self.class_pattern(i),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn is_collection(&mut self, i: Insn, flag: TypeFlags) {
        let subject = self.reg(i.b());
        let class = self.d.vm.type_of(subject.now);
        // Registering the class as a collection changes its version.
        self.guard_methods(subject);
        let answer = self.constant(Value::bool(class.has(flag)));
        self.set(i.a(), answer);
    }

    /// `r[a]` = the attributes, or None.
    fn class_pattern(&mut self, i: Insn) -> R<bool> {
        let [subject, class, keywords] = [i.b(), i.c(), i.c() + 1].map(|at| self.reg(at));
        let own = self.d.vm.type_of(subject.now);
        let Some(ty) = Type::of_value(class.now) else { return Ok(false) };
        if self.d.vm.type_of(class.now) != self.d.vm.t.r#type || self.pretends(own) {
            return Ok(false);
        }
        let is_it = is_subtype(own, ty.obj());
        let wanted = if is_it { self.pattern_names(i, ty, keywords.now) } else { Some(Vec::new()) };
        let Some(wanted) = wanted else { return Ok(false) };
        self.is_same(class, class.now);
        self.is_same(keywords, keywords.now);
        self.guard_methods(subject);
        if !is_it {
            let none = self.constant(Value::NONE);
            self.set(i.a(), none);
            return Ok(true);
        }
        self.version_is(ty.obj(), ty.version.get());
        let mut values = Vec::new();
        for name in wanted {
            let Some(value) = self.pattern_value(subject, name) else { return Ok(false) };
            values.push(value.by);
        }
        let made = self.tuple_with(&values);
        self.run_again()?;
        let slot = self.slot_of(i.a());
        self.set_slot(slot, made);
        Ok(true)
    }

    /// Has the class a `__class__` of its own?
    fn pretends(&mut self, class: Type) -> bool {
        let name = self.d.vm.names.__class__;
        let vm = &mut *self.d.vm;
        let plain = vm.t.object;
        vm.lookup_in_type(class, name) != vm.lookup_in_type(plain, name)
    }

    /// The names of the attributes that a class pattern asks for, ABSENT for the subject itself; `None`: the runtime has an
    /// error to raise.
    fn pattern_names(&mut self, i: Insn, class: Type, keywords: Value) -> Option<Vec<Value>> {
        let n = usize::from(i.x());
        let name = self.d.vm.names.__match_args__;
        let mut names: Vec<Value> = match self.d.vm.lookup_in_type(class, name) {
            _ if n == 0 => Vec::new(),
            None if class.has(TypeFlags::MATCH_SELF) && n == 1 => vec![Value::ABSENT],
            found => Tuple::exact(found?.as_ptr()?)?.items().get(..n)?.to_vec(),
        };
        names.extend_from_slice(Tuple::exact(keywords.as_ptr()?)?.items());
        for at in 0..names.len() {
            if !names[at].is_absent() {
                Str::of(names[at].as_ptr()?)?;
                names[at] = self.d.vm.intern_str(names[at]);
            }
            if names[..at].contains(&names[at]) {
                return None;
            }
        }
        Some(names)
    }

    /// An attribute of the subject, whose class is guarded.
    fn pattern_value(&mut self, subject: Known<Value>, name: Value) -> Option<Known<Value>> {
        if name.is_absent() {
            return Some(subject);
        }
        let cache = Cache::default();
        names::refresh(self.d.vm, Purpose::Load, &cache, subject.now, name);
        if cache.how.get() == How::Nothing {
            return None;
        }
        let value = ops::cached(self, &cache, subject)?;
        // An attribute that is not there, or not any more.
        (!self.is_same(value, Value::ABSENT)).then_some(value)
    }
}
