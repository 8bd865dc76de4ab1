//! Making objects from Rust data, and looking into them.
#![expect(
    clippy::self_only_used_in_recursion,
    reason = "looking into values is a service of the runtime"
)]
use std::borrow::Cow;

use dashu_int::{IBig, Sign};
use haft_heap::{Obj, Value};
use haft_text::int::magnitude::{Parts, trimmed};

use super::{R, Vm};
use crate::native::NativeDef;
use crate::object::extension;
use crate::object::{
    Array, BigInt, BoundMethod, Bytes, Complex, Dict, FloatBox, Instance, Kind, List,
    NativeFunction, NoTrace, Payload, PayloadRef, Set, ShapeId, Slice, Str, Tuple, Type,
    alloc_payload, alloc_payload_before,
};

/// Words of a number that is made outside the heap first, since it may turn out to be a fixnum.
const FEW_WORDS: usize = 4;

impl Vm {
    // ---- numbers

    /// An int.
    #[inline]
    pub fn int(&mut self, number: i64) -> Value {
        match Value::fixnum(number) {
            Some(value) => value,
            None => self.int_of_words(number < 0, &[number.unsigned_abs()]),
        }
    }
    /// An int from an unsigned number.
    pub fn int_u64(&mut self, number: u64) -> Value {
        match i64::try_from(number) {
            Ok(number) => self.int(number),
            Err(_) => self.int_of_words(false, &[number]),
        }
    }
    /// An int from a size.
    pub fn int_usize(&mut self, number: usize) -> Value {
        self.int_u64(number as u64)
    }
    /// An int from a 128-bit number.
    pub fn int_i128(&mut self, number: i128) -> Value {
        let magnitude = number.unsigned_abs();
        self.int_of_words(number < 0, &[magnitude as u64, (magnitude >> 64) as u64])
    }
    /// An int from a big one; a fixnum if it fits.
    pub fn big(&mut self, number: IBig) -> Value {
        let (sign, words) = number.as_sign_words();
        self.int_of_words(sign == Sign::Negative, words)
    }
    /// An int from the words of its magnitude, the lowest first; zeros may be at the top. A fixnum if it fits.
    pub fn int_of_words(&mut self, negative: bool, words: &[u64]) -> Value {
        let words = trimmed(words);
        if let Some(fixnum) = fixnum_of(negative, words) {
            return fixnum;
        }
        let made = BigInt::with_room(&mut self.heap, words.len());
        let mut made = made.expect("memory for a copy of a number");
        made.room(words.len()).copy_from_slice(words);
        made.finish(negative, words.len());
        made.value()
    }
    /// An int whose magnitude of `room` words (zeros may be at the top) `fill` writes, each of them; it gives the sign,
    /// true for below zero.
    pub fn int_filled(&mut self, room: usize, fill: impl FnOnce(&mut [u64]) -> bool) -> R {
        if room <= FEW_WORDS {
            let mut words = [0; FEW_WORDS];
            let negative = fill(&mut words[..room]);
            return Ok(self.int_of_words(negative, &words[..room]));
        }
        let Some(mut made) = BigInt::with_room(&mut self.heap, room) else {
            return Err(self.raise_with(self.exc.memory_error, &[]));
        };
        let words = made.room(room);
        if cfg!(debug_assertions) {
            words.fill(0xdead_beef_dead_beef);
        }
        let negative = fill(words);
        let words = trimmed(words);
        if let Some(fixnum) = fixnum_of(negative, words) {
            return Ok(fixnum);
        }
        let len = words.len();
        made.finish(negative, len);
        Ok(made.value())
    }
    /// A float.
    #[inline]
    pub fn float(&mut self, number: f64) -> Value {
        match Value::float(number) {
            Some(value) => value,
            None => FloatBox::new(&mut self.heap, number).value(),
        }
    }
    /// A complex.
    pub fn complex(&mut self, re: f64, im: f64) -> Value {
        Complex::new(&mut self.heap, re, im).value()
    }

    // ---- text and bytes

    /// A str.
    pub fn str(&mut self, text: &str) -> Value {
        self.str_wtf8(text.as_bytes())
    }
    /// A str of WTF-8 bytes.
    pub fn str_wtf8(&mut self, bytes: &[u8]) -> Value {
        match bytes {
            [] if !self.latin1.is_empty() => self.latin1[256].value(),
            &[byte] if byte < 128 && !self.latin1.is_empty() => {
                self.latin1[usize::from(byte)].value()
            }
            _ => Str::new(&mut self.heap, bytes).value(),
        }
    }
    /// A str of one code point (a surrogate, too).
    pub fn str_char(&mut self, code_point: u32) -> Value {
        if code_point < 256 {
            return self.latin1[code_point as usize].value();
        }
        let (buffer, len) = encode_wtf8(code_point);
        self.str_wtf8(&buffer[..len])
    }
    /// Address of the strs of the first 256 code points, which are objects for good.
    pub(crate) fn characters(&self) -> *const Str {
        self.latin1.as_ptr()
    }
    /// Address of the bytes of length one, which are objects for good.
    pub(crate) fn all_single_bytes(&self) -> *const Value {
        self.single_bytes.as_ptr()
    }
    /// A str of bytes that should be UTF-8; what is not becomes U+FFFD.
    pub fn str_lossy(&mut self, bytes: &[u8]) -> Value {
        let text = String::from_utf8_lossy(bytes);
        self.str(&text)
    }
    /// A str of OS bytes, as `os.fsdecode`: bytes that are not UTF-8 become surrogates U+DC80 to U+DCFF.
    pub fn str_os(&mut self, bytes: &[u8]) -> Value {
        let mut out = Vec::with_capacity(bytes.len());
        let mut rest = bytes;
        loop {
            match std::str::from_utf8(rest) {
                Ok(_) => {
                    out.extend_from_slice(rest);
                    return self.str_wtf8(&out);
                }
                Err(error) => {
                    let (good, bad) = rest.split_at(error.valid_up_to());
                    out.extend_from_slice(good);
                    let (buffer, len) = encode_wtf8(0xDC00 + u32::from(bad[0]));
                    out.extend_from_slice(&buffer[..len]);
                    rest = &bad[1..];
                }
            }
        }
    }
    /// The interned str of this text.
    pub fn intern(&mut self, text: &str) -> Value {
        self.intern_wtf8(text.as_bytes())
    }
    /// The interned str of these WTF-8 bytes. No str is made if there is one.
    pub fn intern_wtf8(&mut self, text: &[u8]) -> Value {
        if let Some(known) = self.interned.find_text(self.hash_bytes(text), text) {
            return self.interned.key(known);
        }
        let value = self.str_wtf8(text);
        self.intern_str(value)
    }
    /// The interned str equal to this exact str.
    pub fn intern_str(&mut self, value: Value) -> Value {
        let Some(str) = value.as_ptr().and_then(Str::of) else { return value };
        if str.is_interned() {
            return value;
        }
        let hash = self.hash_str(str);
        if let Some(known) = self.interned.get_simple(hash, value) {
            return known;
        }
        str.mark_interned();
        self.interned.insert_new(&mut self.heap, hash, value, value);
        value
    }
    /// A bytes.
    pub fn bytes(&mut self, data: &[u8]) -> Value {
        if let &[byte] = data
            && let Some(&shared) = self.single_bytes.get(usize::from(byte))
        {
            return shared;
        }
        Bytes::new(&mut self.heap, data).value()
    }
    /// The hash of a str.
    #[inline]
    pub fn hash_str(&mut self, str: Str) -> i64 {
        match str.cached_hash() {
            Some(hash) => hash,
            None => {
                let hash = self.hash_bytes(str.bytes());
                str.set_cached_hash(hash);
                hash
            }
        }
    }
    /// The hash of text or bytes: not 0 and not -1. Empty: 0 is shown by the callers.
    pub fn hash_bytes(&self, bytes: &[u8]) -> i64 {
        let hash = rapidhash::v3::rapidhash_v3_seeded(
            bytes,
            &rapidhash::v3::RapidSecrets::seed(self.hash_seed),
        ) as i64;
        if hash == 0 || hash == -1 { 2 } else { hash }
    }

    // ---- containers

    /// A tuple.
    pub fn tuple(&mut self, items: &[Value]) -> Value {
        if items.is_empty() && !self.empty_tuple.is_absent() {
            return self.empty_tuple;
        }
        Tuple::new(&mut self.heap, items).value()
    }
    /// A list.
    pub fn list(&mut self, items: &[Value]) -> Value {
        List::from_slice(&mut self.heap, items).value()
    }
    /// An empty list of a class.
    pub fn new_list_of(&mut self, class: Type) -> List {
        let shape = class.root_shape.get();
        match class.extension.get() {
            Some(layout) => {
                let obj = extension::new_list(&mut self.heap, layout, shape);
                List::of(obj).unwrap_or_else(|| List::new(&mut self.heap, 0))
            }
            None => List::with_shape(&mut self.heap, shape, 0),
        }
    }
    /// An empty list.
    pub fn new_list(&mut self) -> List {
        List::new(&mut self.heap, 0)
    }
    /// An empty dict.
    pub fn dict(&mut self) -> Dict {
        Dict::new(&mut self.heap)
    }
    /// An empty set.
    pub fn set(&mut self) -> Set {
        Set::new(&mut self.heap)
    }
    /// An array of ABSENT values.
    pub fn array(&mut self, len: usize) -> Array {
        Array::new(&mut self.heap, len)
    }
    /// A slice object.
    pub fn slice(&mut self, start: Value, stop: Value, step: Value) -> Value {
        self.new_payload(self.t.slice, Slice { start, stop, step })
    }
    /// An object of the native class `ty` (or a subclass of it) that holds `payload`.
    pub fn new_payload<T: Payload>(&mut self, ty: Type, payload: T) -> Value {
        self.new_payload_ref(ty, payload).value()
    }
    /// As [`Vm::new_payload`], typed.
    pub fn new_payload_ref<T: Payload>(&mut self, ty: Type, payload: T) -> PayloadRef<T> {
        let shape = ty.root_shape.get();
        let object = alloc_payload(&mut self.heap, shape, payload);
        if ty.slots.del.get().is_some() {
            self.heap.add_finalizer(object.obj());
        }
        object
    }
    /// As [`Vm::new_payload_ref`], with `room` zero bytes behind the struct.
    pub fn new_payload_with_room<T: Payload>(
        &mut self,
        ty: Type,
        payload: T,
        room: usize,
    ) -> PayloadRef<T> {
        let shape = ty.root_shape.get();
        alloc_payload_before(&mut self.heap, shape, payload, room)
    }
    /// A method bound to its object.
    pub fn bound_method(&mut self, function: Value, receiver: Value) -> Value {
        alloc_payload(&mut self.heap, ShapeId::BOUND_METHOD, BoundMethod { function, receiver })
            .value()
    }
    /// A native function object of a module or bound to an object.
    pub fn native_function(
        &mut self,
        def: &'static NativeDef,
        receiver: Value,
        module: Value,
    ) -> Value {
        self.native_function_of(self.t.native_function, def, receiver, Value::ABSENT, module)
    }
    /// A native function object of one of the classes that show them.
    pub fn native_function_of(
        &mut self,
        class: Type,
        def: &'static NativeDef,
        receiver: Value,
        owner: Value,
        module: Value,
    ) -> Value {
        let payload = NativeFunction {
            def: NoTrace(def),
            receiver: receiver.into(),
            owner: owner.into(),
            module: module.into(),
            home: NoTrace("".into()),
            signature: NoTrace(None.into()),
        };
        self.new_payload(class, payload)
    }
    /// A new instance of a class with plain or wrapped layout; for wrapped ones `native` is the native value.
    pub fn new_instance(&mut self, ty: Type, native: Value) -> Value {
        let shape = self.shapes.at(ty.root_shape.get());
        let obj = if let Some(layout) = ty.extension.get() {
            let bytes = shape.instance_bytes();
            extension::new_instance(&mut self.heap, layout, shape.id, bytes, native)
        } else {
            self.heap.alloc(ty.kind.0 as u8, shape.id.0, shape.instance_bytes())
        };
        if ty.kind.0 == Kind::Wrapped {
            obj.set_word(0, native.bits());
        }
        if ty.slots.del.get().is_some() {
            self.heap.add_finalizer(obj);
        }
        Value::from(obj)
    }

    // ---- looking into values

    /// The str in `value`, also of a subclass instance.
    #[inline]
    pub fn as_str(&self, value: Value) -> Option<Str> {
        Str::in_value(value)
    }
    /// The bytes in `value`, also of a subclass instance.
    pub fn as_bytes(&self, value: Value) -> Option<Bytes> {
        let obj = value.as_ptr()?;
        Bytes::of(obj).or_else(|| unwrap(obj).and_then(Value::as_ptr).and_then(Bytes::of))
    }
    /// The tuple in `value`, also of a subclass instance.
    #[inline]
    pub fn as_tuple(&self, value: Value) -> Option<Tuple> {
        let obj = value.as_ptr()?;
        Tuple::of(obj).or_else(|| unwrap(obj).and_then(Value::as_ptr).and_then(Tuple::of))
    }
    /// The list `value`, also of a subclass.
    pub fn as_list(&self, value: Value) -> Option<List> {
        value.as_ptr().and_then(List::of)
    }
    /// The dict `value`, also of a subclass.
    pub fn as_dict(&self, value: Value) -> Option<Dict> {
        value.as_ptr().and_then(Dict::of)
    }
    /// The set or frozenset `value`, also of a subclass.
    pub fn as_set(&self, value: Value) -> Option<Set> {
        value.as_ptr().and_then(Set::of)
    }
    /// The class `value`.
    pub fn as_type(&self, value: Value) -> Option<Type> {
        Type::of_value(value)
    }
    /// The float in `value`, also of a subclass instance; no conversion.
    #[inline]
    pub fn as_float(&self, value: Value) -> Option<f64> {
        if let Some(number) = value.as_float_imm() {
            return Some(number);
        }
        let obj = value.as_ptr()?;
        if let Some(boxed) = FloatBox::of(obj) {
            return Some(boxed.number());
        }
        unwrap(obj).and_then(|inner| self.as_float(inner))
    }
    /// The complex in `value`, also of a subclass instance; no conversion.
    pub fn as_complex(&self, value: Value) -> Option<(f64, f64)> {
        let obj = value.as_ptr()?;
        if let Some(complex) = Complex::of(obj) {
            return Some(complex.parts());
        }
        unwrap(obj).and_then(|inner| self.as_complex(inner))
    }
    /// The int in `value` (int, bool, or a subclass instance) if it fits; no conversion.
    #[inline]
    pub fn as_int(&self, value: Value) -> Option<i64> {
        if let Some(number) = value.as_fixnum() {
            return Some(number);
        }
        if let Some(b) = value.as_bool() {
            return Some(i64::from(b));
        }
        let parts = self.int_parts(value)?;
        match parts.words() {
            [] => Some(0),
            &[magnitude] if parts.negative => 0_i64.checked_sub_unsigned(magnitude),
            &[magnitude] => i64::try_from(magnitude).ok(),
            _ => None,
        }
    }
    /// The int in `value` (int, bool, or a subclass instance) of any size; no conversion.
    pub fn as_big(&self, value: Value) -> Option<IBig> {
        let parts = self.int_parts(value)?;
        let sign = if parts.negative { Sign::Negative } else { Sign::Positive };
        Some(IBig::from_sign_words(sign, parts.words()))
    }
    /// Sign and magnitude of the int in `value` (int, bool, or a subclass instance); no conversion, and no copy.
    #[inline]
    pub fn int_parts<'a>(&self, value: Value) -> Option<Parts<'a>> {
        if let Some(number) = value.as_fixnum() {
            return Some(Parts::small(number));
        }
        if let Some(b) = value.as_bool() {
            return Some(Parts::small(i64::from(b)));
        }
        let obj = value.as_ptr()?;
        if let Some(big) = BigInt::of(obj) {
            return Some(Parts::big(big.is_negative(), big.words()));
        }
        unwrap(obj).and_then(|inner| self.int_parts(inner))
    }
    /// Is `value` an int (bool and subclasses included)?
    #[inline]
    pub fn is_int(&self, value: Value) -> bool {
        value.is_fixnum()
            || value.is_bool()
            || (value.is_ptr() && self.type_of(value).has(crate::object::TypeFlags::INT))
    }
    /// The native value of an instance of a subclass of int, str and so on; anything else as it is.
    #[inline]
    pub fn unwrapped(&self, value: Value) -> Value {
        value.as_ptr().and_then(unwrap).unwrap_or(value)
    }
    /// Text of an exact or subclass str, for messages and keys; TypeError naming `what` if it is none.
    pub fn text_of(&mut self, value: Value, what: &str) -> R<Cow<'static, str>> {
        match self.as_str(value) {
            Some(str) => Ok(str.to_text()),
            None => {
                let name = self.type_name(value);
                Err(self.type_error(format!("{what} must be str, not {name}")))
            }
        }
    }
    /// `type(value).__name__`.
    pub fn type_name(&self, value: Value) -> String {
        self.type_of(value).shown_name()
    }
}

/// The int of this sign and magnitude, without zeros at the top, as a fixnum if it is one.
#[inline]
fn fixnum_of(negative: bool, words: &[u64]) -> Option<Value> {
    let number = match words {
        [] => 0,
        &[magnitude] => i64::try_from(magnitude).ok()?,
        _ => return None,
    };
    Value::fixnum(if negative { -number } else { number })
}

/// The native value in a wrapped instance.
#[inline]
fn unwrap(obj: Obj) -> Option<Value> {
    Instance(obj).wrapped()
}

/// A code point in WTF-8.
pub(super) fn encode_wtf8(code_point: u32) -> ([u8; 4], usize) {
    let c = code_point;
    let tail = |shift: u32| 0x80 | (c >> shift & 0x3F) as u8;
    match c {
        0..0x80 => ([c as u8, 0, 0, 0], 1),
        0x80..0x800 => ([0xC0 | (c >> 6) as u8, tail(0), 0, 0], 2),
        0x800..0x1_0000 => ([0xE0 | (c >> 12) as u8, tail(6), tail(0), 0], 3),
        _ => ([0xF0 | (c >> 18) as u8, tail(12), tail(6), tail(0)], 4),
    }
}
