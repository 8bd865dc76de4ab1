//! Strings in traces: comparison, characters, iteration, and comparison of tuples of plain values.
//!
//! A str does not change, so what is loaded from one is loaded once. Short ASCII strings are compared by two words: lengths
//! and the eight bytes behind, which are zero where the string has none. Characters come from the table of those that all
//! share; what is known of one is its byte, and comparing it with another character is comparing numbers.
use haft_bytecode::{Insn, Op};
use haft_heap::{Header, Value};
use haft_jit::ir::{Alias, Effects, IrOp, Ref, Ty};

use super::rec::{Arg, Known, Rec};
use super::{layout, thunk};
use crate::interp::machine::Machine;
use crate::interp::special;
use crate::object::{CompareOp, PayloadRef, SeqIter, ShapeId, Str, Tuple};
use crate::vm::R;

/// The first word of a string of one ASCII character: a byte, a code point.
const ONE_CHARACTER: i64 = 1 | 1 << 32;
/// Strings with fewer bytes end in the word with their first one.
const SHORT: usize = 8;
/// Longest tuples that are compared item by item.
const MOST_ITEMS: usize = 4;
/// Longest sum of two constant strings that becomes a constant, in bytes.
const LONGEST_SUM: usize = 64;
/// Longest tuples of constants that are searched item by item.
const MOST_CHOICES: usize = 6;

impl Rec<'_, '_> {
    /// The running instruction, if it is one on strings (or tuples) that the trace does itself; false: it is not.
    pub(super) fn text_instruction(&mut self, i: Insn) -> R<bool> {
        if let Some((op, jumps)) = special::comparison(i) {
            return Ok(self.comparison_of_texts(i, op, jumps));
        }
        Ok(match i.op() {
            Op::LoadItem => self.load_character(i),
            Op::Add => self.sum_of_constants(i),
            Op::In | Op::NotIn => self.is_choice(i),
            _ => false,
        })
    }

    fn comparison_of_texts(&mut self, i: Insn, op: CompareOp, jumps: bool) -> bool {
        let (left, right) = if jumps {
            special::jump_operands(self.d, i)
        } else {
            (self.d.window(i.b(), 1)[0], self.d.window(i.c(), 1)[0])
        };
        if !right.is_ptr() || !left.is_ptr() {
            return false;
        }
        let (first, second) = if jumps { (i.a(), i.b()) } else { (i.b(), i.c()) };
        let (a, b) = (self.reg(first), self.reg(second));
        let outcome = if text_of(left).is_some() && text_of(right).is_some() {
            Some(self.compare_texts(op, a, b))
        } else {
            self.compare_tuples(op, a, b)
        };
        let Some(outcome) = outcome else { return false };
        if !jumps {
            let result = self.of_bool(outcome);
            self.set(i.a(), result);
        } else if outcome == (i.x() == 1) {
            self.jump(i32::from(i.c_int()));
        }
        true
    }

    // ---- comparison

    fn compare_texts(&mut self, op: CompareOp, a: Known<Value>, b: Known<Value>) -> bool {
        match op {
            CompareOp::Eq => self.equal_texts(a, b),
            CompareOp::Ne => !self.equal_texts(a, b),
            _ => self.order_texts(op, a, b),
        }
    }
    /// Are two exact strs equal?
    fn equal_texts(&mut self, a: Known<Value>, b: Known<Value>) -> bool {
        self.shape_is(a, ShapeId::STR.0);
        self.shape_is(b, ShapeId::STR.0);
        let (Some(x), Some(y)) = (text_of(a.now), text_of(b.now)) else { return false };
        let outcome = x.bytes() == y.bytes();
        if a.by == b.by || self.both_constant(a.by, b.by) {
            return outcome;
        }
        if let (Some(left), Some(right)) = (self.character(a), self.character(b)) {
            let condition = self.op(IrOp::IEq, &[left, right]);
            return self.test(outcome, condition);
        }
        let short = |rec: &Self, value: Known<Value>, text: Str| {
            rec.fact(value.by).constant.is_some() && text.is_ascii() && text.byte_len() < SHORT
        };
        if short(self, a, x) || short(self, b, y) {
            let same = self.same_short(a, b);
            return self.test(outcome, same);
        }
        if a.now == b.now {
            let condition = self.op(IrOp::Same, &[a.by, b.by]);
            return self.test(true, condition);
        }
        let (left, right) = (self.text_head(a), self.text_head(b));
        let same = self.op(IrOp::IEq, &[left, right]);
        let like = x.byte_len() == y.byte_len() && x.len() == y.len();
        if !self.test(like, same) {
            return false;
        }
        let order = self.order_by_call(a, b);
        let zero = self.int(0);
        let condition = self.op(IrOp::IEq, &[order, zero]);
        self.test(outcome, condition)
    }
    /// Do two strings, one of them short and ASCII, have the same two words?
    fn same_short(&mut self, a: Known<Value>, b: Known<Value>) -> Ref {
        let mut differ = Vec::new();
        for offset in [layout::TEXT_HEAD, layout::TEXT_BYTES] {
            let left = self.text_word(a, offset);
            let right = self.text_word(b, offset);
            differ.push(self.op(IrOp::Xor, &[left, right]));
        }
        let any = self.op(IrOp::Or, &differ);
        let zero = self.int(0);
        self.op(IrOp::IEq, &[any, zero])
    }
    fn text_word(&mut self, text: Known<Value>, offset: i64) -> Ref {
        let known = self.fact(text.by).constant.and_then(text_of);
        match known.filter(|text| text.byte_len() < SHORT && text.is_ascii()) {
            Some(known) => {
                let word = (offset - layout::word_offset(0)) / 8;
                self.int(known.obj().word(word as usize).cast_signed())
            }
            None => self.load(IrOp::LoadI64, text.by, offset, Alias::CONSTANT),
        }
    }
    fn order_texts(&mut self, op: CompareOp, a: Known<Value>, b: Known<Value>) -> bool {
        self.shape_is(a, ShapeId::STR.0);
        self.shape_is(b, ShapeId::STR.0);
        let (Some(x), Some(y)) = (text_of(a.now), text_of(b.now)) else { return false };
        let order = x.bytes().cmp(y.bytes()) as i64;
        let (left, right) = if is_character(x) && is_character(y) {
            let (left, right) = (self.character_of(a), self.character_of(b));
            let (x, y) = (i64::from(x.bytes()[0]), i64::from(y.bytes()[0]));
            (Known { now: x, by: left }, Known { now: y, by: right })
        } else {
            (Known { now: order, by: self.order_by_call(a, b) }, self.int_constant(0))
        };
        self.int_compare(op, left, right)
    }
    /// -1, 0 or 1: how two strs compare.
    fn order_by_call(&mut self, a: Known<Value>, b: Known<Value>) -> Ref {
        let args = [Arg::V(a.by), Arg::V(b.by)];
        let address = thunk::order_of_texts as *const () as usize;
        let abi = haft_jit::ir::AbiTy::I64;
        let callee = Self::callee("order_of_texts", address, Effects::PURE, &args, abi);
        self.out.call(callee, &[a.by, b.by], Ty::I)
    }

    /// Compare two exact tuples item by item, as far as they are plain values; `None`, and nothing was guarded that
    /// matters: they are something else.
    fn compare_tuples(&mut self, op: CompareOp, a: Known<Value>, b: Known<Value>) -> Option<bool> {
        let (x, y) = (tuple_of(a.now)?, tuple_of(b.now)?);
        let fits = x.len() == y.len()
            && x.len() <= MOST_ITEMS
            && x.items().iter().zip(y.items()).all(|(&x, &y)| comparable(x, y));
        if !fits {
            return None;
        }
        for value in [a, b] {
            self.shape_is(value, ShapeId::TUPLE.0);
            self.length_is(value, x.len());
        }
        for at in 0..x.len() {
            let (left, right) = (self.tuple_field(a, at), self.tuple_field(b, at));
            if !self.equal_plain(left, right)? {
                return match op {
                    CompareOp::Eq => Some(false),
                    CompareOp::Ne => Some(true),
                    _ => self.order_plain(op, left, right),
                };
            }
        }
        Some(matches!(op, CompareOp::Eq | CompareOp::Le | CompareOp::Ge))
    }
    /// `a is b or a == b` of two values that are comparable.
    fn equal_plain(&mut self, a: Known<Value>, b: Known<Value>) -> Option<bool> {
        if text_of(a.now).is_some() && text_of(b.now).is_some() {
            return Some(self.equal_texts(a, b));
        }
        if a.now.is_fixnum() && b.now.is_fixnum() && self.is_int(a) && self.is_int(b) {
            let (x, y) = (Machine::int(self, a), Machine::int(self, b));
            return Some(self.int_compare(CompareOp::Eq, x, y));
        }
        if a.now.is_float_imm() && b.now.is_float_imm() && self.is_float(a) && self.is_float(b) {
            let (x, y) = (self.float(a), self.float(b));
            return Some(self.float_compare(CompareOp::Eq, x, y));
        }
        // Of different kinds, or singletons.
        self.guard_class(a)?;
        self.guard_class(b)?;
        Some(a.now == b.now)
    }
    fn order_plain(&mut self, op: CompareOp, a: Known<Value>, b: Known<Value>) -> Option<bool> {
        if text_of(a.now).is_some() && text_of(b.now).is_some() {
            return Some(self.order_texts(op, a, b));
        }
        if a.now.is_fixnum() && b.now.is_fixnum() {
            let (x, y) = (Machine::int(self, a), Machine::int(self, b));
            return Some(self.int_compare(op, x, y));
        }
        if a.now.is_float_imm() && b.now.is_float_imm() {
            let (x, y) = (self.float(a), self.float(b));
            return Some(self.float_compare(op, x, y));
        }
        None
    }
    /// `x in (…)` of a tuple of constants and a plain value, or of a constant string and a character.
    fn is_choice(&mut self, i: Insn) -> bool {
        let container = self.reg(i.c());
        let text = self.fact(container.by).constant.and_then(text_of);
        if let Some(text) = text.filter(|text| text.is_ascii()) {
            let item = self.reg(i.b());
            let Some(found) = self.character_in(item, text.bytes()) else { return false };
            let result = self.of_bool(found == (i.op() == Op::In));
            self.set(i.a(), result);
            return true;
        }
        let Some(tuple) = self.fact(container.by).constant.and_then(tuple_of) else { return false };
        let item = self.reg(i.b());
        let fits = tuple.len() <= MOST_CHOICES
            && tuple.items().iter().all(|&choice| comparable(item.now, choice));
        if !fits {
            return false;
        }
        let mut found = false;
        for &choice in tuple.items() {
            let choice = self.constant(choice);
            match self.equal_plain(item, choice) {
                Some(true) => {
                    found = true;
                    break;
                }
                Some(false) => {}
                None => return false,
            }
        }
        let result = self.of_bool(found == (i.op() == Op::In));
        self.set(i.a(), result);
        true
    }

    // ---- characters

    /// Lengths of an exact str, in bytes and code points.
    fn text_head(&mut self, text: Known<Value>) -> Ref {
        self.shape_is(text, ShapeId::STR.0);
        self.load(IrOp::LoadI64, text.by, layout::TEXT_HEAD, Alias::CONSTANT)
    }
    /// Length of an exact str in code points.
    pub(super) fn text_counts(&mut self, text: Known<Value>) -> Ref {
        let head = self.text_head(text);
        let half = self.int(32);
        self.op(IrOp::ShrU, &[head, half])
    }
    /// The byte of a str that is known to be one ASCII character.
    fn character(&mut self, text: Known<Value>) -> Option<Ref> {
        let fact = self.fact(text.by);
        if fact.character.is_some() {
            return fact.character;
        }
        let known = fact.constant.and_then(text_of).filter(|&text| is_character(text))?;
        Some(self.int(i64::from(known.bytes()[0])))
    }
    /// The same as a number.
    pub(super) fn known_character(&mut self, text: Known<Value>) -> Option<Known<i64>> {
        let now = text_of(text.now).filter(|&text| is_character(text))?.bytes()[0];
        let by = self.character(text)?;
        Some(Known { now: i64::from(now), by })
    }
    /// The same of one that is now; guarded.
    fn character_of(&mut self, text: Known<Value>) -> Ref {
        if let Some(known) = self.character(text) {
            return known;
        }
        let head = self.text_head(text);
        let one = self.int(ONE_CHARACTER);
        let condition = self.op(IrOp::IEq, &[head, one]);
        self.test(true, condition);
        let byte = self.load(IrOp::LoadU8, text.by, layout::TEXT_BYTES, Alias::CONSTANT);
        self.learn(text.by, |fact| fact.character = Some(byte));
        byte
    }
    /// The string of one ASCII character that all share.
    fn shared_character(&mut self, byte: Ref, now: u8) -> Known<Value> {
        let table = self.out.const_p(self.d.vm.characters().addr());
        let at = self.out.imm(IrOp::Index, &[table, byte], 8);
        let by = self.load(IrOp::LoadV, at, 0, Alias::CONSTANT);
        self.learn(by, |fact| {
            fact.is_object = true;
            fact.kind = Some(crate::object::Kind::Str);
            fact.exact = Some(ShapeId::STR.0);
            fact.character = Some(byte);
        });
        Known { now: self.d.vm.str_char(u32::from(now)), by }
    }
    /// The object with the bytes of a string, and their offset in it; the layout is guarded.
    fn text_bytes(&mut self, text: Known<Value>, now: Str) -> (Ref, i64) {
        let flags = self.load(IrOp::LoadU16, text.by, Header::AUX_OFFSET as i64, Alias::CONSTANT);
        let mask = self.int(i64::from(Str::LAYOUT));
        let flags = self.op(IrOp::And, &[flags, mask]);
        let wanted = self.int(i64::from(now.obj().aux() & Str::LAYOUT));
        let same = self.op(IrOp::IEq, &[flags, wanted]);
        self.test(true, same);
        if now.is_view() {
            let buffer = self.load(IrOp::LoadV, text.by, layout::TEXT_BYTES, Alias::CONSTANT);
            return (buffer, layout::TEXT_BYTES);
        }
        (text.by, if now.is_ascii() { layout::TEXT_BYTES } else { layout::OTHER_TEXT_BYTES })
    }
    fn byte_at(&mut self, (bytes, offset): (Ref, i64), place: Ref) -> Ref {
        let at = self.out.imm(IrOp::Index, &[bytes, place], 1);
        self.load(IrOp::LoadU8, at, offset, Alias::CONSTANT)
    }
    /// `r[a] = r[b][r[c]]` of an ASCII string and an index that is inside.
    fn load_character(&mut self, i: Insn) -> bool {
        let (text, key) = (self.d.window(i.b(), 1)[0], self.d.window(i.c(), 1)[0]);
        let (Some(now), Some(index)) = (text_of(text), key.as_fixnum()) else { return false };
        let place = if index < 0 { index + now.len() as i64 } else { index };
        if !now.is_ascii() || !(0..now.len() as i64).contains(&place) {
            return false;
        }
        let byte_now = now.bytes()[place as usize];
        let (text, key) = (self.reg(i.b()), self.reg(i.c()));
        self.shape_is(text, ShapeId::STR.0);
        self.is_int(key);
        let key = Machine::int(self, key);
        let bytes = self.text_bytes(text, now);
        let len = self.text_counts(text);
        let Some(place) = self.index_in(len, key, true) else { return false };
        let byte = self.byte_at(bytes, place);
        let character = self.shared_character(byte, byte_now);
        self.set(i.a(), character);
        true
    }
    /// The next character of a string's iterator, if it is an ASCII one; false: the trace leaves that to the runtime.
    pub(super) fn next_character(&mut self, i: Insn, iter: Known<Value>) -> R<bool> {
        let Some(state) = PayloadRef::<SeqIter>::of_value(iter.now) else { return Ok(false) };
        if !matches!(self.native_name(iter.now), "str_ascii_iterator" | "str_iterator") {
            return Ok(false);
        }
        let Some(now) = text_of(state.seq.get()) else { return Ok(false) };
        let place_now = state.index.get();
        if place_now >= now.byte_len() {
            return Ok(false);
        }
        let byte_now = now.bytes()[place_now];
        if !byte_now.is_ascii() {
            return Ok(false);
        }
        let shape = iter.now.as_ptr().map_or(0, |obj| obj.shape());
        self.shape_is(iter, shape);
        let text = Known {
            now: now.value(),
            by: self.load(IrOp::LoadV, iter.by, layout::SEQ_ITER_SEQ, layout::ITERATOR),
        };
        self.shape_is(text, ShapeId::STR.0);
        let bytes = self.text_bytes(text, now);
        let place = self.load(IrOp::LoadI64, iter.by, layout::SEQ_ITER_INDEX, layout::ITERATOR);
        let (head, half) = (self.text_head(text), self.int(i64::from(u32::MAX)));
        let len = self.op(IrOp::And, &[head, half]);
        let inside = self.op(IrOp::ULt, &[place, len]);
        self.test(true, inside);
        let byte = self.byte_at(bytes, place);
        if !now.is_ascii() {
            let limit = self.int(128);
            let is_ascii = self.op(IrOp::ULt, &[byte, limit]);
            self.test(true, is_ascii);
        }
        let character = self.shared_character(byte, byte_now);
        state.index.set(place_now + 1);
        self.advance(iter.by, place, layout::SEQ_ITER_INDEX);
        // The extension is the way out of the loop.
        self.ext();
        self.set(i.a(), character);
        Ok(true)
    }

    /// `r[a] = r[b] + r[c]` of two strings that are the same each time.
    fn sum_of_constants(&mut self, i: Insn) -> bool {
        let (left, right) = (self.d.window(i.b(), 1)[0], self.d.window(i.c(), 1)[0]);
        let (Some(x), Some(y)) = (text_of(left), text_of(right)) else { return false };
        let (a, b) = (self.reg(i.b()), self.reg(i.c()));
        if !self.both_constant(a.by, b.by) || x.byte_len() + y.byte_len() > LONGEST_SUM {
            return false;
        }
        let sum = Str::concat(&mut self.d.vm.heap, x, y).value();
        let sum = self.constant(sum);
        self.set(i.a(), sum);
        true
    }

    // ---- functions

    /// `ord(text)` of one ASCII character.
    pub(super) fn ord(&mut self, text: Known<Value>) -> Option<Known<Value>> {
        let now = text_of(text.now).filter(|&text| is_character(text))?;
        self.shape_is(text, ShapeId::STR.0);
        let by = self.character_of(text);
        Some(self.of_int(Known { now: i64::from(now.bytes()[0]), by }))
    }
    /// `chr(number)` of an ASCII character.
    pub(super) fn chr(&mut self, number: Known<Value>) -> Option<Known<Value>> {
        let now = number.now.as_fixnum().filter(|code| (0..128).contains(code))?;
        self.is_int(number);
        let number = Machine::int(self, number);
        let limit = self.int(128);
        let ascii = self.op(IrOp::ULt, &[number.by, limit]);
        self.test(true, ascii);
        Some(self.shared_character(number.by, now as u8))
    }
}

/// The exact str `value`.
pub(super) fn text_of(value: Value) -> Option<Str> {
    value.as_ptr().filter(|obj| obj.shape() == ShapeId::STR.0).and_then(Str::of)
}

fn tuple_of(value: Value) -> Option<Tuple> {
    value.as_ptr().filter(|obj| obj.shape() == ShapeId::TUPLE.0).and_then(Tuple::of)
}

fn is_character(text: Str) -> bool {
    text.is_ascii() && text.byte_len() == 1
}

/// Can a trace tell by itself whether these are equal?
fn comparable(a: Value, b: Value) -> bool {
    let class = |value: Value| match value {
        _ if value.is_fixnum() => Some(0),
        _ if value.is_float_imm() => Some(1),
        _ if text_of(value).is_some() => Some(2),
        Value::NONE => Some(3),
        _ => None,
    };
    match (class(a), class(b)) {
        (Some(0 | 1), Some(0 | 1)) => class(a) == class(b),
        (Some(_), Some(_)) => true,
        _ => a.is_bool() && b.is_bool(),
    }
}
