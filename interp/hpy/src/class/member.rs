//! Members: attributes that are pieces of the struct.
use std::ffi::{CStr, c_char, c_void};

use haft_builtins::number::float_of;
use haft_core::object::{Slots, extension};
use haft_hpy_abi::definition::Member;
use haft_hpy_abi::types::MemberType;

use crate::handle::str_of;
use crate::prelude::*;

payload! {
    /// A descriptor.
    pub(crate) struct Descriptor {
        /// The class it belongs to.
        owner: Value,
        /// Its name, a str.
        name: Value,
        /// `__doc__`
        doc: Value,
        /// What is there.
        ty: NoTrace<MemberType>,
        /// Bytes from the start of the struct.
        offset: usize,
        /// Can it not be set?
        readonly: bool,
    }
}

pub(crate) fn make_class(vm: &mut Vm) -> Type {
    vm.new_builtin_type(&TypeSpec {
        base: Some(vm.t.member_descriptor),
        flags: TypeFlags::NO_NEW,
        slots: set_slots,
        getsets: GETSETS,
        ..TypeSpec::of::<Descriptor>("member_descriptor")
    })
}

fn set_slots(slots: &Slots) {
    slots.repr.set(Some(repr));
    slots.descr_get.set(Some(get));
    slots.descr_set.set(Some(set));
}

getsets! {
    static GETSETS = {
        /// The attribute's name.
        __name__ => |vm, this| Ok(descriptor(vm, this)?.name);
        /// The class it belongs to.
        __objclass__ => |vm, this| Ok(descriptor(vm, this)?.owner);
        /// The docstring.
        __doc__ => |vm, this| Ok(descriptor(vm, this)?.doc);
        /// The name with that of the class.
        __qualname__ => |vm, this| {
            let descriptor = descriptor(vm, this)?;
            qualified(vm, descriptor.owner, descriptor.name)
        };
    }
}

fn descriptor(vm: &mut Vm, value: Value) -> R<PayloadRef<Descriptor>> {
    vm.this(value, "__get__", "member_descriptor")
}

/// Put a member into the namespace of a class.
pub(super) fn add(vm: &mut Vm, class: Type, row: &Member) {
    let name = vm.intern(&row.name.to_string_lossy());
    let doc = row.doc.map_or(Value::NONE, |doc| vm.str(&doc.to_string_lossy()));
    let descriptor = Descriptor {
        owner: class.value(),
        name,
        doc,
        ty: NoTrace(row.ty),
        offset: row.offset,
        readonly: row.readonly,
    };
    let of = state(vm).classes.member;
    let descriptor = vm.new_payload(of, descriptor);
    vm.dict_set_name(class.dict, name, descriptor);
}

/// `Class.name`
pub(super) fn qualified(vm: &mut Vm, owner: Value, name: Value) -> R {
    let owner = match Type::of_value(owner) {
        Some(owner) => vm.str_text(owner.qualname.get())?,
        None => String::new(),
    };
    let name = vm.shown(name);
    Ok(vm.str(&format!("{owner}.{name}")))
}

/// Where an object has the member that a descriptor is of its class, what is there, and whether it cannot be set.
pub(crate) fn place_in(
    descriptor: Value,
    object: haft_core::Obj,
) -> Option<(usize, MemberType, bool)> {
    let descriptor = PayloadRef::<Descriptor>::of_value(descriptor)?;
    let start = extension::struct_of(object)?;
    let offset = start.addr() - Value::from(object).bits() as usize + descriptor.offset;
    Some((offset, *descriptor.ty, descriptor.readonly))
}

/// The repr of a descriptor.
pub(super) fn shown(vm: &mut Vm, what: &str, owner: Value, name: Value) -> R {
    let owner = Type::of_value(owner).map_or_else(String::new, |owner| owner.shown_name());
    let name = vm.shown(name);
    Ok(vm.str(&format!("<{what} '{name}' of '{owner}' objects>")))
}

/// TypeError unless the object is an instance of the descriptor's class.
#[inline]
pub(super) fn check_object(vm: &mut Vm, owner: Value, name: Value, object: Value) -> R<()> {
    let class = vm.type_of(object);
    if owner.as_ptr().is_some_and(|owner| is_subtype(class, owner)) {
        return Ok(());
    }
    let owner = Type::of_value(owner).map_or_else(String::new, |owner| owner.shown_name());
    let (name, given) = (vm.shown(name), class.shown_name());
    Err(vm.type_error(format!(
        "descriptor '{name}' for '{owner}' objects doesn't apply to a '{given}' object"
    )))
}

fn repr(vm: &mut Vm, this: Value) -> R {
    let descriptor = descriptor(vm, this)?;
    shown(vm, "member", descriptor.owner, descriptor.name)
}

/// Where the member of an object is.
fn place(vm: &mut Vm, descriptor: PayloadRef<Descriptor>, object: Value) -> R<*mut c_void> {
    check_object(vm, descriptor.owner, descriptor.name, object)?;
    match object.as_ptr().and_then(extension::struct_of) {
        Some(start) => Ok(start.wrapping_byte_add(descriptor.offset)),
        None => Err(vm.system_error("an instance without the struct of its class")),
    }
}

fn get(vm: &mut Vm, this: Value, object: Value, _: Value) -> R {
    let descriptor = descriptor(vm, this)?;
    if object.is_absent() {
        return Ok(this);
    }
    let at = place(vm, descriptor, object)?;
    // SAFETY: the member lies in the struct of an instance of its class, as the definition was checked.
    let read = unsafe { read(vm, *descriptor.ty, at) }?;
    match read {
        Some(value) => Ok(value),
        None => Err(vm.no_attribute(object, descriptor.name)),
    }
}

/// The value of a member; `None` if it has none.
///
/// # Safety
/// There is a member of this type at `at`.
unsafe fn read(vm: &mut Vm, ty: MemberType, at: *mut c_void) -> R<Option<Value>> {
    macro_rules! load {
        ($ty:ty) => {{
            // SAFETY: the caller's duty.
            unsafe { at.cast::<$ty>().read_unaligned() }
        }};
    }
    let value = match ty {
        MemberType::Short => vm.int(load!(i16).into()),
        MemberType::Int => vm.int(load!(i32).into()),
        MemberType::Long | MemberType::LongLong | MemberType::SsizeT => vm.int(load!(i64)),
        MemberType::Byte => vm.int(load!(i8).into()),
        MemberType::UByte => vm.int(load!(u8).into()),
        MemberType::UShort => vm.int(load!(u16).into()),
        MemberType::UInt => vm.int(load!(u32).into()),
        MemberType::ULong | MemberType::ULongLong => vm.int_u64(load!(u64)),
        MemberType::Float => vm.float(load!(f32).into()),
        MemberType::Double => vm.float(load!(f64)),
        MemberType::Bool => Value::bool(load!(u8) != 0),
        MemberType::None => Value::NONE,
        MemberType::Char => {
            let char = load!(u8);
            str_of(vm, &[char])?
        }
        MemberType::String => {
            let text = load!(*const c_char);
            if text.is_null() {
                return Ok(Some(Value::NONE));
            }
            // SAFETY: the struct's own text.
            str_of(vm, unsafe { CStr::from_ptr(text) }.to_bytes())?
        }
        // SAFETY: the text in the struct ends in a zero.
        MemberType::StringInplace => str_of(vm, unsafe { CStr::from_ptr(at.cast()) }.to_bytes())?,
        MemberType::Object | MemberType::ObjectEx => {
            let value = Value::from_bits(load!(u64));
            match (value.is_absent(), ty) {
                (true, MemberType::ObjectEx) => return Ok(None),
                (true, _) => Value::NONE,
                (false, _) => value,
            }
        }
    };
    Ok(Some(value))
}

fn set(vm: &mut Vm, this: Value, object: Value, to: Value) -> R<()> {
    let descriptor = descriptor(vm, this)?;
    let at = place(vm, descriptor, object)?;
    if descriptor.readonly {
        return Err(vm.attribute_error("readonly attribute"));
    }
    let ty = *descriptor.ty;
    if matches!(ty, MemberType::Object | MemberType::ObjectEx) {
        return set_field(vm, descriptor, object, (at.cast(), to));
    }
    if to.is_absent() {
        return Err(vm.type_error("can't delete numeric/char attribute"));
    }
    let word = match ty {
        MemberType::String | MemberType::StringInplace => {
            return Err(vm.type_error("readonly attribute"));
        }
        MemberType::None => {
            let name = vm.shown(descriptor.name);
            return Err(vm.system_error(format!("bad memberdescr type for {name}")));
        }
        _ => word_for(vm, ty, to)?,
    };
    // SAFETY: there is a member of this type, see `get`.
    unsafe { write(ty, at, word) };
    Ok(())
}

/// Set a reference; ABSENT deletes it.
fn set_field(
    vm: &mut Vm,
    descriptor: PayloadRef<Descriptor>,
    object: Value,
    (at, to): (*mut u64, Value),
) -> R<()> {
    // SAFETY: there is a field, see `get`.
    let old = unsafe { at.read_unaligned() };
    if to.is_absent() && old == 0 && *descriptor.ty == MemberType::ObjectEx {
        return Err(vm.no_attribute(object, descriptor.name));
    }
    if let Some(object) = object.as_ptr() {
        vm.heap.barrier(object);
    }
    // SAFETY: as above.
    unsafe { at.write_unaligned(to.bits()) };
    Ok(())
}

/// What CPython says when a number is cut to fit, by the member's type.
fn truncated(vm: &mut Vm, what: &str) -> R<()> {
    let message = format!("Truncation of value to {what}");
    haft_builtins::error::warn(vm, vm.exc.runtime_warning, &message, 1)
}

/// A signed number for a member.
fn signed(vm: &mut Vm, value: Value) -> R<i64> {
    let index = vm.index_value(value)?;
    vm.as_int(index).ok_or_else(|| vm.overflow_error("Python int too large to convert to C long"))
}

/// An unsigned number for a member; a negative one is written with a warning.
fn unsigned(vm: &mut Vm, value: Value) -> R<u64> {
    let index = vm.index_value(value)?;
    if let Some(number) = vm.as_int(index) {
        if number < 0 {
            let message = "Writing negative value into unsigned field";
            haft_builtins::error::warn(vm, vm.exc.runtime_warning, message, 1)?;
        }
        return Ok(number.cast_unsigned());
    }
    let big = vm.as_big(index).and_then(|big| u64::try_from(&big).ok());
    big.ok_or_else(|| vm.overflow_error("Python int too large to convert to C long"))
}

/// A value as the bits of a member of this type, in the lowest bytes.
fn word_for(vm: &mut Vm, ty: MemberType, value: Value) -> R<u64> {
    let narrow = |vm: &mut Vm, min: i64, max: i64, what: &str| {
        let number = signed(vm, value)?;
        if !(min..=max).contains(&number) {
            truncated(vm, what)?;
        }
        Ok(number.cast_unsigned())
    };
    match ty {
        MemberType::Bool => match value.as_bool() {
            Some(truth) => Ok(u64::from(truth)),
            None => Err(vm.type_error("attribute value type must be bool")),
        },
        MemberType::Byte => narrow(vm, i8::MIN.into(), i8::MAX.into(), "char"),
        MemberType::UByte => narrow(vm, 0, u8::MAX.into(), "unsigned char"),
        MemberType::Short => narrow(vm, i16::MIN.into(), i16::MAX.into(), "short"),
        MemberType::UShort => narrow(vm, 0, u16::MAX.into(), "unsigned short"),
        MemberType::Int => narrow(vm, i32::MIN.into(), i32::MAX.into(), "int"),
        MemberType::UInt => {
            let number = unsigned(vm, value)?;
            if number > u64::from(u32::MAX) {
                truncated(vm, "unsigned int")?;
            }
            Ok(number)
        }
        MemberType::ULong | MemberType::ULongLong => unsigned(vm, value),
        MemberType::Float => Ok(u64::from((float_of(vm, value)? as f32).to_bits())),
        MemberType::Double => Ok(float_of(vm, value)?.to_bits()),
        MemberType::Char => match vm.as_str(value).map(Str::bytes) {
            Some(&[char]) => Ok(u64::from(char)),
            _ => Err(vm.type_error("bad argument type for built-in operation")),
        },
        _ => signed(vm, value).map(i64::cast_unsigned),
    }
}

/// Write the bits of a member.
///
/// # Safety
/// There is a member of this type at `at`.
unsafe fn write(ty: MemberType, at: *mut c_void, word: u64) {
    macro_rules! store {
        ($ty:ty) => {{
            // SAFETY: the caller's duty.
            unsafe { at.cast::<$ty>().write_unaligned(word as $ty) }
        }};
    }
    match ty {
        MemberType::Bool | MemberType::Byte | MemberType::UByte | MemberType::Char => store!(u8),
        MemberType::Short | MemberType::UShort => store!(u16),
        MemberType::Int | MemberType::UInt | MemberType::Float => store!(u32),
        _ => store!(u64),
    }
}
