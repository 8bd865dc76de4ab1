//! Instructions that make something: objects that the trace allocates itself, where it knows their layout, and else calls
//! that run no Python.
use haft_bytecode::Insn;
use haft_bytecode::opcode::{ALLOCATES, RAISES};
use haft_heap::Value;
use haft_jit::ir::{Alias, IrOp, Layout, Ref};

use super::machine::effects_of;
use super::rec::{Arg, Known, Rec};
use super::{layout, thunk};
use crate::interp::machine::{Helper2, Machine};
use crate::interp::simple;
use crate::object::{Kind, List, PayloadRef, ShapeId, Tuple, Type};
use crate::vm::R;

/// Most strings that a trace joins without bringing memory up to date.
const MOST_PARTS: u16 = 4;
/// Longest tuples and lists that are taken apart item by item.
const MOST_UNPACKED: usize = 8;

static FORMAT: Helper2 = Helper2 {
    name: "PlainFormat",
    effects: RAISES | ALLOCATES,
    call: |vm, value, spec| vm.format(value, spec),
};
static PLAIN_STR: Helper2 = Helper2 {
    name: "PlainStr",
    effects: RAISES | ALLOCATES,
    call: |vm, value, _| vm.str_of(value),
};
static PLAIN_REPR: Helper2 =
    Helper2 { name: "PlainRepr", effects: RAISES | ALLOCATES, call: |vm, value, _| vm.repr(value) };

impl Rec<'_, '_> {
    /// A new object of a fixed layout, whose fields the caller writes.
    fn made(&mut self, name: &str, kind: Kind, shape: ShapeId, bytes: u32) -> Ref {
        self.made_with(name, kind, shape, (bytes, Vec::new()))
    }
    fn made_with(
        &mut self,
        name: &str,
        kind: Kind,
        shape: ShapeId,
        (bytes, init): (u32, Vec<(u32, u64)>),
    ) -> Ref {
        let layout = Layout {
            name: name.to_string(),
            header: u64::from(shape.0) | (kind as u64) << 32,
            bytes,
            init,
            listed: false,
            inner: 0,
        };
        let made = self.out.alloc(&layout);
        self.learn_made(made, kind);
        made
    }
    fn field(&mut self, object: Ref, value: Ref, offset: i64, alias: Alias) {
        self.barrier(object, value);
        self.out.memory(IrOp::StoreV, &[object, value], offset, alias);
    }

    /// `r[a] = Cell(r[b])`
    pub(super) fn make_cell(&mut self, i: Insn) -> R<()> {
        let value = self.reg(i.b());
        let unbound = self.is_same(value, Value::UNBOUND);
        let contents = if unbound { self.constant_word(Value::ABSENT) } else { value.by };
        let cell = self.made("cell", Kind::Cell, ShapeId::CELL, 8);
        self.field(cell, contents, layout::CELL_CONTENTS, layout::CELL);
        self.run_again()?;
        let slot = self.slot_of(i.a());
        self.set_slot(slot, cell);
        Ok(())
    }

    /// `r[a] = [r[b], …]`
    pub(super) fn build_list(&mut self, i: Insn) -> R<()> {
        let items: Vec<Ref> =
            (i.b()..i.b() + i.c()).map(|register| self.reg(register).by).collect();
        let list = self.list_with(items);
        self.run_again()?;
        let slot = self.slot_of(i.a());
        self.set_slot(slot, list);
        Ok(())
    }
    /// A new list of these items.
    fn list_with(&mut self, items: Vec<Ref>) -> Ref {
        let n = items.len() as u32;
        let empty = Value::small(n as i32).bits();
        let bytes_and_init = (24, vec![(layout::LIST_LEN as u32, empty)]);
        let list = self.made_with("list", Kind::List, ShapeId::LIST, bytes_and_init);
        let known = items.clone();
        let mut inner = None;
        if n > 0 {
            let init = vec![(layout::LEN as u32, u64::from(n))];
            let array = self.made_with("items", Kind::Array, ShapeId::NONE, (8 + 8 * n, init));
            for (at, item) in items.into_iter().enumerate() {
                let offset = layout::FIRST_SLOT + 8 * at as i64;
                self.field(array, item, offset, layout::ITEMS);
            }
            self.field(list, array, layout::LIST_ITEMS, layout::LIST);
            inner = Some(array);
        }
        self.note_list(list, inner, &known);
        list
    }
    /// `r[a], … *r[a+lo], … = r[b]` of a tuple or list that is short; false, and nothing is done: it is something else.
    pub(super) fn unpack_starred(&mut self, i: Insn) -> R<bool> {
        let now = self.d.window(i.b(), 1)[0];
        let Some(obj) = now.as_ptr() else { return Ok(false) };
        let (before, after) = (usize::from(i.c() & 255), usize::from(i.c() >> 8));
        let n = match ShapeId(obj.shape()) {
            ShapeId::TUPLE => Tuple::of(obj).map_or(0, Tuple::len),
            ShapeId::LIST => List::of(obj).map_or(0, List::len),
            _ => return Ok(false),
        };
        if n < before + after || n > MOST_UNPACKED {
            return Ok(false);
        }
        let source = self.reg(i.b());
        self.shape_is(source, obj.shape());
        self.length_is(source, n);
        let items: Vec<Ref> = if obj.shape() == ShapeId::TUPLE.0 {
            (0..n).map(|at| self.tuple_field(source, at).by).collect()
        } else {
            let array = self.load(IrOp::LoadV, source.by, layout::LIST_ITEMS, layout::LIST);
            let offset = |at: usize| layout::FIRST_SLOT + 8 * at as i64;
            (0..n).map(|at| self.load(IrOp::LoadV, array, offset(at), layout::ITEMS)).collect()
        };
        let rest = self.list_with(items[before..n - after].to_vec());
        self.run_again()?;
        let starred = std::iter::once(rest);
        let all = items[..before].iter().copied().chain(starred);
        let all: Vec<Ref> = all.chain(items[n - after..].iter().copied()).collect();
        for (at, by) in all.into_iter().enumerate() {
            let slot = self.slot_of(i.a() + at as u16);
            self.set_slot(slot, by);
        }
        Ok(true)
    }

    /// `r[a]` = strings joined; false: too many.
    pub(super) fn build_string(&mut self, i: Insn) -> R<bool> {
        if i.c() > MOST_PARTS {
            return Ok(false);
        }
        let mut args: Vec<Arg> =
            (i.b()..i.b() + i.c()).map(|register| Arg::V(self.reg(register).by)).collect();
        let absent = self.constant_word(Value::ABSENT);
        args.resize(usize::from(MOST_PARTS), Arg::V(absent));
        let address = thunk::build_string as *const () as usize;
        let made = self.call("build_string", address, effects_of(RAISES | ALLOCATES), &args);
        self.run_again()?;
        let slot = self.slot_of(i.a());
        self.set_slot(slot, made);
        Ok(true)
    }

    /// `r[a] = format(r[b], r[c])` of a plain value; false: it is none.
    pub(super) fn format(&mut self, i: Insn) -> R<bool> {
        let value = self.reg(i.b());
        let spec = if i.x() & 4 == 0 { self.constant(Value::ABSENT) } else { self.reg(i.c()) };
        let plain_spec = spec.now.is_absent() || self.is_plain(spec);
        if i.x() & 3 == 3 || !plain_spec || !self.is_plain(value) {
            return Ok(false);
        }
        let none = self.constant(Value::NONE);
        let value = match i.x() & 3 {
            1 => self.call2(&PLAIN_STR, value, none)?,
            2 => self.call2(&PLAIN_REPR, value, none)?,
            _ => value,
        };
        let made = self.call2(&FORMAT, value, spec)?;
        self.set(i.a(), made);
        Ok(true)
    }

    /// `r[a]` = a function.
    pub(super) fn make_function(&mut self, i: Insn) -> R<()> {
        let code = self.ext().lo() as usize;
        let code = self.d.code().get().consts[code];
        let globals = self.d.frame().globals.value();
        self.guard_namespaces(2);
        let code = self.constant_word(code);
        let globals = self.constant_word(globals);
        let mut args = vec![Arg::V(code), Arg::V(globals)];
        args.extend((i.b()..i.b() + 4).map(|register| Arg::V(self.reg(register).by)));
        let address = thunk::make_function as *const () as usize;
        let made = self.call("make_function", address, effects_of(ALLOCATES), &args);
        self.learn_made(made, Kind::Function);
        self.run_again()?;
        let slot = self.slot_of(i.a());
        self.set_slot(slot, made);
        Ok(())
    }

    /// `super().name` of the builtin `super` where it is a method; false: it is something else.
    pub(super) fn load_super(&mut self, i: Insn) -> R<bool> {
        let ext = self.next_word();
        let name = self.d.code().get().names[ext.lo() as usize];
        let registers = [i.b(), i.b() + 1, i.b() + 2];
        let [what, class, receiver] = registers.map(|register| self.reg(register));
        let own = self.d.vm.type_of(receiver.now);
        let Some(ty) = Type::of_value(class.now) else { return Ok(false) };
        if i.x() != 0
            || what.now != self.d.vm.t.super_.value()
            || !receiver.now.is_ptr()
            || own.kind.0 == Kind::Type
            || PayloadRef::<crate::object::TypeData>::of_value(receiver.now).is_some()
        {
            return Ok(false);
        }
        let Some((found, true)) = self.d.vm.super_lookup(ty, receiver.now, name)? else {
            return Ok(false);
        };
        self.is_same(what, what.now);
        self.is_same(class, class.now);
        let shape = receiver.now.as_ptr().map_or(0, |obj| obj.shape());
        self.shape_is(receiver, shape);
        self.version_is(own.obj(), own.version.get());
        self.run_again()?;
        let (function, at) = (self.constant_word(found), self.slot_of(i.a()));
        self.set_slot(at, function);
        self.set_slot(at + 1, receiver.by);
        Ok(true)
    }

    /// `del` of a local that is bound; false: it is not.
    pub(super) fn del_local(&mut self, i: Insn) -> bool {
        let value = self.reg(i.a());
        if i.x() == 1 && self.is_same(value, Value::UNBOUND) {
            return false;
        }
        if simple::is_prompt(self.d.vm, value.now) {
            return false;
        }
        let unbound = Known { now: Value::UNBOUND, by: self.constant_word(Value::UNBOUND) };
        self.set(i.a(), unbound);
        true
    }
}
