//! C data: a type and an address, and what keeps the memory there.
mod attribute;
mod cast;
mod item;
mod operators;
mod own;
mod read;
mod repr;
mod write;

use std::cell::UnsafeCell;

pub(crate) use self::attribute::record_of;
pub(crate) use self::cast::cast;
pub(crate) use self::item::{CDataIter, append_items};
pub(crate) use self::operators::subtracted;
pub(crate) use self::own::{Allocator, collected, new, new_owned, release};
pub(crate) use self::read::{read, read_integer_value};
pub(crate) use self::repr::{enum_text, repr_text};
pub(crate) use self::write::{pointer_for_call, pointer_of, write};
use crate::prelude::*;

/// What stands behind an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Own {
    /// Somebody else's memory.
    Nothing,
    /// A primitive's value, in the object itself.
    Value,
    /// Memory of its own, in the object itself or in `owner`.
    Memory,
    /// The record object in `owner` has the memory.
    Record,
    /// `ffi.new_handle`: `owner` is the Python object.
    Handle,
    /// `ffi.callback`: `owner` has the closure.
    Callback,
    /// `ffi.from_buffer`: `owner` is a memoryview, `extra` the object.
    Buffer,
    /// `ffi.gc`: `owner` is the original, `extra` the destructor.
    Collected,
}

payload! {
    /// C data. The order of the fields is known to [`facts`](crate::facts).
    #[repr(C)]
    pub(crate) struct CData {
        /// Its type.
        pub(crate) ctype: CT,
        /// Its address; for pointers, the address they hold.
        pub(crate) at: NoTrace<Cell<*mut u8>>,
        /// Items of an array of open type; bytes of an owned record with an open array; else -1.
        pub(crate) length: Cell<i64>,
        /// What is owned.
        pub(crate) own: NoTrace<Own>,
        /// What keeps the memory.
        pub(crate) owner: Cell<Value>,
        /// See [`Own`].
        pub(crate) extra: Cell<Value>,
        /// So that what follows is aligned as `malloc` aligns.
        padding: u64,
        /// Memory of its own; more may follow.
        pub(crate) inline: NoTrace<UnsafeCell<[u64; 2]>>,
    }
}

/// A C data object.
pub(crate) type CD = PayloadRef<CData>;

/// Bytes that every object has room for.
pub(crate) const INLINE: usize = 16;
/// Most bytes of memory that an object has in itself.
pub(crate) const MOST_INLINE: usize = 512;

impl CData {
    fn with(ctype: CT, at: *mut u8, own: Own) -> CData {
        CData {
            ctype,
            at: NoTrace(Cell::new(at)),
            length: Cell::new(-1),
            own: NoTrace(own),
            owner: Cell::new(Value::ABSENT),
            extra: Cell::new(Value::ABSENT),
            padding: 0,
            inline: NoTrace(UnsafeCell::new([0; 2])),
        }
    }
    /// The address.
    #[inline]
    pub(crate) fn address(&self) -> *mut u8 {
        self.at.get()
    }
    /// Number of items of an array.
    pub(crate) fn n_items(&self) -> i64 {
        match *self.ctype.form {
            Form::Array(Some(length)) => length as i64,
            _ => self.length.get().max(0),
        }
    }
    /// Bytes of an owned record with an open array, also through the pointer to it; else -1.
    pub(crate) fn var_size(&self) -> i64 {
        match *self.own {
            Own::Record => CD::of_value(self.owner.get()).map_or(-1, |record| record.length.get()),
            Own::Memory if matches!(*self.ctype.form, Form::Record(_)) => self.length.get(),
            _ => -1,
        }
    }
    /// Bytes that it owns.
    pub(crate) fn owned_size(&self, vm: &mut Vm) -> R<i64> {
        let var_size = self.var_size();
        if var_size >= 0 {
            return Ok(var_size);
        }
        Ok(match *self.ctype.form {
            Form::Pointer(_) => self.ctype.item(vm)?.size(),
            Form::Array(_) => self.n_items() * self.ctype.item(vm)?.size(),
            _ => self.ctype.size(),
        })
    }
    /// Is it the result of `new`, a handle or a callback?
    pub(crate) fn is_owning(&self) -> bool {
        matches!(*self.own, Own::Memory | Own::Record | Own::Handle | Own::Callback)
    }
}

/// C data at an address that somebody else keeps.
#[inline]
pub(crate) fn view(vm: &mut Vm, ct: CT, at: *mut u8) -> Value {
    vm.new_payload(ct.state.classes.cdata, CData::with(ct, at, Own::Nothing))
}

/// A function of a library, which must stay as long.
pub(crate) fn function_in(vm: &mut Vm, ct: CT, at: *mut u8, home: Value, name: Value) -> Value {
    let cd = CData::with(ct, at, Own::Nothing);
    cd.owner.set(home);
    cd.extra.set(name);
    vm.new_payload(ct.state.classes.cdata, cd)
}

/// An array of open type at an address that somebody else keeps.
pub(crate) fn view_array(vm: &mut Vm, ct: CT, at: *mut u8, length: i64) -> Value {
    let array = vm.new_payload_ref(ct.state.classes.cdata, CData::with(ct, at, Own::Nothing));
    array.length.set(length);
    array.value()
}

/// A primitive with its own value, zero at first.
pub(crate) fn new_value(vm: &mut Vm, ct: CT) -> CD {
    let value = CData::with(ct, std::ptr::null_mut(), Own::Value);
    let value = vm.new_payload_ref(ct.state.classes.cdata, value);
    value.at.set(value.get().inline.get().cast());
    value
}

/// The C data argument of a function.
pub(crate) fn argument(vm: &mut Vm, value: Value) -> R<CD> {
    match CD::of_value(value) {
        Some(cd) => Ok(cd),
        None => Err(vm.type_error("expected a 'cdata' object")),
    }
}

/// The classes of C data.
pub(crate) struct CDataClasses {
    pub(crate) cdata: Type,
    pub(crate) owned: Type,
    pub(crate) owned_gc: Type,
    pub(crate) from_buffer: Type,
    pub(crate) collected: Type,
    pub(crate) iterator: Type,
}

natives! {
    static METHODS = {
        /// The names of the fields.
        __dir__ "($self, /)" => attribute::dir;
        /// Convert to complex.
        __complex__ "($self, /)" => operators::complex;
        ///
        __enter__ "($self, /)" => own::enter;
        ///
        __exit__ "($self, /, *args)" => own::exit;
    }
}

getsets! {
    static GETSETS = {
        /// The same for all C data.
        __name__ => |vm, _| Ok(vm.str("<cdata>"));
    }
}

const FLAGS: TypeFlags = TypeFlags::NO_NEW.with(TypeFlags::HAS_WEAKREFS);

fn subclass(vm: &mut Vm, base: Type, name: &'static str) -> Type {
    vm.new_builtin_type(&TypeSpec { base: Some(base), flags: FLAGS, ..TypeSpec::of::<CData>(name) })
}

pub(crate) fn make_classes(vm: &mut Vm) -> CDataClasses {
    let cdata = vm.new_builtin_type(&TypeSpec {
        doc: "The internal base type for CData objects.  Use FFI.CData to access it.",
        flags: FLAGS,
        slots: |s| {
            s.repr.set(Some(repr::repr));
            s.hash.set(Some(operators::hash));
            s.compare.set(Some(operators::compare));
            s.bool.set(Some(operators::truth));
            s.int.set(Some(operators::int));
            s.float.set(Some(operators::float));
            s.add.set(Some(operators::add));
            s.sub.set(Some(operators::sub));
            s.len.set(Some(item::length));
            s.getitem.set(Some(item::get));
            s.setitem.set(Some(item::set));
            s.iter.set(Some(item::iterate));
            s.append_all.set(Some(item::append_all));
            s.getattro.set(Some(attribute::get));
            s.setattro.set(Some(attribute::set));
            s.call.set(Some(crate::call::call));
        },
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<CData>("_cffi_backend._CDataBase")
    });
    let owned = subclass(vm, cdata, "_cffi_backend.__CDataOwn");
    let owned_gc = subclass(vm, owned, "_cffi_backend.__CDataOwnGC");
    let from_buffer = subclass(vm, cdata, "_cffi_backend.__CDataFromBuf");
    let collected = vm.new_builtin_type(&TypeSpec {
        base: Some(cdata),
        flags: FLAGS,
        slots: |s| s.del.set(Some(own::finalize)),
        ..TypeSpec::of::<CData>("_cffi_backend.__CDataGCP")
    });
    let iterator = vm.new_builtin_type(&TypeSpec {
        flags: TypeFlags::NO_NEW,
        slots: |s| {
            s.iter.set(Some(|_, this| Ok(this)));
            s.next.set(Some(item::next));
        },
        ..TypeSpec::of::<CDataIter>("_cffi_backend.__CData_iterator")
    });
    CDataClasses { cdata, owned, owned_gc, from_buffer, collected, iterator }
}

/// The function pointer of a callback.
pub(crate) fn callback_data(
    vm: &mut Vm,
    ct: CT,
    code: *mut u8,
    callback: Value,
    function: Value,
) -> Value {
    let cd = CData::with(ct, code, Own::Callback);
    cd.owner.set(callback);
    cd.extra.set(function);
    vm.new_payload(ct.state.classes.owned_gc, cd)
}

/// `ffi.new_handle`: a pointer whose address is that of its own object.
pub(crate) fn handle(vm: &mut Vm, void_pointer: CT, object: Value) -> Value {
    let cd = CData::with(void_pointer, std::ptr::null_mut(), Own::Handle);
    cd.owner.set(object);
    let cd = vm.new_payload_ref(void_pointer.state.classes.owned_gc, cd);
    cd.at.set(std::ptr::with_exposed_provenance_mut(cd.obj().address()));
    cd.value()
}

/// `ffi.from_buffer`: points into the memory that a memoryview shows.
pub(crate) fn buffer_data(
    vm: &mut Vm,
    ct: CT,
    at: *mut u8,
    length: i64,
    memoryview: Value,
    object: Value,
) -> Value {
    let cd = CData::with(ct, at, Own::Buffer);
    cd.length.set(length);
    cd.owner.set(memoryview);
    cd.extra.set(object);
    vm.new_payload(ct.state.classes.from_buffer, cd)
}
