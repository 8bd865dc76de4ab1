//! Codecs made of a mapping.
use std::cell::RefCell;

use haft_builtins::text::Handling;
use haft_core::object::{NoTrace, PayloadRef, Str, Type, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{R, Raised, Value, Vm, natives, payload};
use haft_text::codecs::{
    CharmapTable, Decoded, Fault, Handler, Substitute, decode_charmap, decode_latin1,
    encode_charmap, encode_latin1,
};
use haft_text::wtf8;

use super::convert::{errors_of, pair};
use super::registry::map_class;
use crate::support::{bytes_argument, str_argument};

/// In a mapping: no character.
const NO_CHARACTER: i64 = 0xFFFE;

payload! {
    /// What `charmap_build` makes.
    struct EncodingMap {
        table: NoTrace<CharmapTable>,
    }
}

natives! {
    static METHODS = {
        /// Return the size (in bytes) of this object
        size "($self, /)" => |_, _| Ok(Value::small(256));
    }
}

/// Make the class.
pub(super) fn add(vm: &mut Vm) -> Type {
    vm.new_builtin_type(&TypeSpec {
        methods: METHODS,
        flags: TypeFlags::NO_NEW,
        ..TypeSpec::of::<EncodingMap>("EncodingMap")
    })
}

pub(super) fn build(vm: &mut Vm, args: &[Value]) -> R {
    let text = str_argument(vm, args[0], "charmap_build() argument")?;
    let table = NoTrace(CharmapTable::new(text.bytes()));
    let class = map_class(vm);
    Ok(vm.new_payload(class, EncodingMap { table }))
}

/// The runtime, used in turns by an error handler and by the look-up of a mapping.
struct Shared<'a> {
    vm: RefCell<&'a mut Vm>,
    object: Value,
    input: &'a [u8],
    errors: Option<Str>,
}

impl Shared<'_> {
    fn with_handler<T>(&self, then: impl FnOnce(&mut Handling<'_>) -> T) -> T {
        let vm = &mut **self.vm.borrow_mut();
        then(&mut Handling::new(vm, self.object, self.input, self.errors))
    }
}

impl Handler for &Shared<'_> {
    type Error = Raised;
    fn decode(&mut self, fault: &Fault) -> R<(Vec<u8>, usize)> {
        self.with_handler(|handler| handler.decode(fault))
    }
    fn encode(&mut self, fault: &Fault) -> R<(Substitute, usize)> {
        self.with_handler(|handler| handler.encode(fault))
    }
    fn fail(&mut self, fault: &Fault) -> Raised {
        self.with_handler(|handler| handler.fail(fault))
    }
}

/// The item of a mapping; nothing if there is none.
fn item(vm: &mut Vm, mapping: Value, key: i64) -> R<Option<Value>> {
    let key = vm.int(key);
    let found = vm.get_item(mapping, key);
    let found = vm.catch(found, vm.exc.lookup_error)?;
    Ok(found.filter(|value| !value.is_none()))
}

fn character(vm: &mut Vm, mapping: Value, byte: u8, out: &mut Vec<u8>) -> R<bool> {
    let Some(value) = item(vm, mapping, i64::from(byte))? else { return Ok(false) };
    if vm.is_int(value) {
        let cp = vm.as_int(value).filter(|cp| (0..0x11_0000).contains(cp));
        let Some(cp) = cp else {
            return Err(vm.type_error("character mapping must be in range(0x110000)"));
        };
        if cp == NO_CHARACTER {
            return Ok(false);
        }
        wtf8::push(out, cp as u32);
        return Ok(true);
    }
    let Some(text) = vm.as_str(value) else {
        return Err(vm.type_error("character mapping must return integer, None or str"));
    };
    if text.bytes() == "\u{FFFE}".as_bytes() {
        return Ok(false);
    }
    out.extend_from_slice(text.bytes());
    Ok(true)
}

pub(super) fn decode(vm: &mut Vm, args: &[Value]) -> R {
    let bytes = bytes_argument(vm, args[0])?;
    let errors = errors_of(vm, args[1])?;
    let mapping = args[2];
    let decoded = if mapping.is_none() {
        Decoded { text: decode_latin1(&bytes), consumed: bytes.len() }
    } else if let Some(text) = vm.as_str(mapping) {
        CharmapTable::new(text.bytes())
            .decode(&bytes, &mut Handling::new(vm, args[0], &bytes, errors))?
    } else {
        let shared = Shared { vm: RefCell::new(vm), object: args[0], input: &bytes, errors };
        decode_charmap(&bytes, &mut &shared, &mut |byte, out| {
            character(&mut shared.vm.borrow_mut(), mapping, byte, out)
        })?
    };
    let text = vm.str_wtf8(&decoded.text);
    pair(vm, text, decoded.consumed)
}

fn byte(vm: &mut Vm, mapping: Value, cp: u32, out: &mut Vec<u8>) -> R<bool> {
    let Some(value) = item(vm, mapping, i64::from(cp))? else { return Ok(false) };
    if vm.is_int(value) {
        let Some(byte) = vm.as_int(value).and_then(|byte| u8::try_from(byte).ok()) else {
            return Err(vm.type_error("character mapping must be in range(256)"));
        };
        out.push(byte);
        return Ok(true);
    }
    if let Some(bytes) = vm.as_bytes(value) {
        out.extend_from_slice(bytes.data());
        return Ok(true);
    }
    let name = vm.type_name(value);
    Err(vm.type_error(format!("character mapping must return integer, bytes or None, not {name}")))
}

pub(super) fn encode(vm: &mut Vm, args: &[Value]) -> R {
    let text = str_argument(vm, args[0], "charmap_encode() argument 1")?;
    let errors = errors_of(vm, args[1])?;
    let mapping = args[2];
    let encoded = if mapping.is_none() {
        encode_latin1(text.bytes(), &mut Handling::new(vm, text.value(), text.bytes(), errors))?
    } else if let Some(map) = PayloadRef::<EncodingMap>::of_value(mapping) {
        map.table
            .encode(text.bytes(), &mut Handling::new(vm, text.value(), text.bytes(), errors))?
    } else {
        let shared =
            Shared { vm: RefCell::new(vm), object: text.value(), input: text.bytes(), errors };
        encode_charmap(text.bytes(), &mut &shared, &mut |cp, out| {
            byte(&mut shared.vm.borrow_mut(), mapping, cp, out)
        })?
    };
    let bytes = vm.bytes(&encoded);
    pair(vm, bytes, text.len())
}
