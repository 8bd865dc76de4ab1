//! Call plans.
//!
//! The argument buffer of a call, which the caller provides (on its stack):
//!
//! ```text
//!   by libffi:
//!   0          8·n            result_offset        args[0].offset
//!   ├ pointers ┼ (padding) ───┼ result ───────────┼ argument 0 ┬ argument 1 …   buffer_size
//! ```
//! Most calls need no libffi: see [`registers`](super::registers). Either way an argument has eight bytes at least.

use std::ffi::c_void;
use std::fmt;

use libffi::low::{CodePtr, ffi_abi_FFI_DEFAULT_ABI, ffi_cif, ffi_type, prep_cif, prep_cif_var};
use libffi::raw::ffi_call;

use super::errno;
use super::ffi_type::FfiTypes;
use super::registers::{self, Registers};
use crate::error::{CTypeError, Raises};
use crate::types::{CType, CTypeId, Function, Primitive, PrimitiveKind, Types};

/// How a value travels between caller and callee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AbiType {
    /// No value.
    Void,
    /// Signed, 8 bits.
    I8,
    /// Unsigned, 8 bits.
    U8,
    /// Signed, 16 bits.
    I16,
    /// Unsigned, 16 bits.
    U16,
    /// Signed, 32 bits.
    I32,
    /// Unsigned, 32 bits.
    U32,
    /// Signed, 64 bits.
    I64,
    /// Unsigned, 64 bits.
    U64,
    /// `float`.
    F32,
    /// `double`.
    F64,
    /// `long double`, where it is wider than `double`.
    LongDouble,
    /// Two `float`s.
    ComplexF32,
    /// Two `double`s.
    ComplexF64,
    /// An address.
    Ptr,
    /// A struct or union by value.
    Struct(CTypeId),
}

/// The step from a Python value to the bytes of an argument, or back for a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convert {
    /// Nothing: `void`.
    Void,
    /// An integer with a range check.
    Integer(Primitive),
    /// `_Bool`.
    Bool,
    /// A character: bytes or a string of length 1.
    Char(Primitive),
    /// `float`, `double` or `long double`.
    Float(Primitive),
    /// A complex number.
    Complex(Primitive),
    /// An enum, stored as the primitive.
    Enum(CTypeId, Primitive),
    /// A pointer to the type: an address, or a Python value that becomes one for the call.
    Pointer(CTypeId),
    /// A struct or union.
    Record(CTypeId),
}

/// One argument or the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The declared type.
    pub ty: CTypeId,
    /// How it travels.
    pub abi: AbiType,
    /// How it is converted.
    pub convert: Convert,
    /// Byte offset in the argument buffer.
    pub offset: usize,
    /// Bytes of the value.
    pub size: usize,
    /// For integers, the smallest value; above `max` for everything else.
    pub min: i64,
    /// For integers, the largest value that a small Python int may have.
    pub max: i64,
    /// A pointer that a bytes object may stand for: `void *` or `char *`.
    pub takes_bytes: bool,
}

impl Slot {
    /// Extend a value smaller than a register to a whole one, in place.
    ///
    /// # Safety
    /// `at` must hold a value of the slot's type and be valid for 8 bytes if that is a small integer.
    pub unsafe fn widen(&self, at: *mut u8) {
        // SAFETY: the caller's promise.
        unsafe { super::widen(self.abi, at) };
    }
}

/// A prepared call.
pub struct NativeSig {
    cif: Box<ffi_cif>,
    /// What `cif` points to.
    _arg_types: Box<[*mut ffi_type]>,
    _types: FfiTypes,
    /// The arguments in order; for a variadic call, the additional ones too.
    pub args: Box<[Slot]>,
    /// The result.
    pub result: Slot,
    registers: Option<Registers>,
    /// Bytes of the argument buffer.
    pub buffer_size: usize,
    /// Arguments before the `...`; all of them if there is none.
    pub n_fixed: usize,
    /// Declared with `...`.
    pub variadic: bool,
    /// The function may read or set `errno`, so calls keep it.
    pub uses_errno: bool,
}

// SAFETY: what the pointers in here point to is owned by it (or libffi's constants) and never
// written after `prepare`; libffi only reads a prepared `ffi_cif`.
unsafe impl Send for NativeSig {}
// SAFETY: as above.
unsafe impl Sync for NativeSig {}

impl fmt::Debug for NativeSig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NativeSig")
            .field("args", &self.args)
            .field("result", &self.result)
            .field("buffer_size", &self.buffer_size)
            .field("variadic", &self.variadic)
            .finish_non_exhaustive()
    }
}

/// Alignment that a buffer must have.
const BUFFER_ALIGN: usize = 16;

impl NativeSig {
    /// Alignment of the argument buffer in bytes.
    pub const BUFFER_ALIGN: usize = BUFFER_ALIGN;

    /// The plan for a function type, or a pointer to one. A variadic function gets the plan of a
    /// call without additional arguments.
    pub fn new(types: &Types, function: CTypeId) -> Result<Self, CTypeError> {
        Self::for_variadic_call(types, function, &[])
    }

    /// The plan for one call of a variadic function with additional arguments of the given types,
    /// after C's promotions: small integers become `int`, `float` becomes `double`, arrays and
    /// functions become pointers.
    pub fn for_variadic_call(
        types: &Types,
        function: CTypeId,
        extra: &[CTypeId],
    ) -> Result<Self, CTypeError> {
        let signature = signature(types, function)?;
        let mut args = Vec::with_capacity(signature.args.len() + extra.len());
        for &arg in &signature.args {
            args.push(slot(types, arg)?);
        }
        for &arg in extra {
            args.push(slot(types, promoted(types, arg))?);
        }
        types.check_result(signature.result)?;
        let result = slot_of_result(types, signature.result)?;
        prepare(types, args, result, signature.args.len(), signature.variadic)
    }

    /// Call `target` with the arguments in `buffer`, swapping in the saved `errno`.
    ///
    /// # Safety
    /// `target` must be a C function of this signature. `buffer` must be valid for `buffer_size`
    /// bytes, aligned to [`BUFFER_ALIGN`](Self::BUFFER_ALIGN), with a value at each argument's offset.
    pub unsafe fn call(&self, target: *const c_void, buffer: *mut u8) {
        errno::restore();
        // SAFETY: the caller's promise is `call_raw`'s.
        unsafe { self.call_raw(target, buffer) };
        errno::save();
    }

    /// Call without caring for `errno`.
    ///
    /// # Safety
    /// As for [`call`](Self::call).
    #[expect(clippy::cast_ptr_alignment, reason = "the buffer is aligned to BUFFER_ALIGN")]
    pub unsafe fn call_raw(&self, target: *const c_void, buffer: *mut u8) {
        if let Some(registers) = &self.registers {
            // SAFETY: the caller's promise; the arguments were laid out for the registers.
            unsafe { registers.call(target, buffer) };
            return;
        }
        let pointers = buffer.cast::<*mut c_void>();
        for (index, arg) in self.args.iter().enumerate() {
            let value = buffer.wrapping_add(arg.offset).cast();
            let place = pointers.wrapping_add(index);
            // SAFETY: the buffer starts with one pointer per argument, and is aligned.
            unsafe { place.write(value) };
        }
        let result = buffer.wrapping_add(self.result.offset - self.result_padding()).cast();
        let code = CodePtr::from_ptr(target);
        // SAFETY: the caller vouches that `target` is a function.
        let function = *unsafe { code.as_safe_fun() };
        let cif = (&raw const *self.cif).cast_mut();
        // SAFETY: `cif` was prepared with the types of these arguments, which are in the buffer,
        // and the result has room for at least a register.
        unsafe { ffi_call(cif, Some(function), result, pointers) };
    }

    /// libffi writes small integers as whole registers: on big-endian machines the value is at the end.
    fn result_padding(&self) -> usize {
        let is_integer = !matches!(
            self.result.abi,
            AbiType::Void | AbiType::F32 | AbiType::Struct(_) | AbiType::ComplexF32
        );
        if cfg!(target_endian = "big") && is_integer && self.result.size < 8 {
            8 - self.result.size
        } else {
            0
        }
    }

    /// Do all arguments and the result travel in registers? Then the offsets are those of their picture.
    pub(super) fn is_in_registers(&self) -> bool {
        self.registers.is_some()
    }

    pub(super) fn cif(&self) -> *mut ffi_cif {
        (&raw const *self.cif).cast_mut()
    }
}

fn signature(types: &Types, function: CTypeId) -> Result<&Function, CTypeError> {
    if let CType::Function(signature) = types.ty(function) {
        return Ok(signature);
    }
    match types.function_pointee(function) {
        Some((_, signature)) => Ok(signature),
        None => {
            let name = types.text(function);
            Err(CTypeError::ty(format!("expected a function ctype, got '{name}'")))
        }
    }
}

/// The type that an additional argument is passed as.
fn promoted(types: &Types, ty: CTypeId) -> CTypeId {
    let Some(primitive) = types.stored_as(ty) else { return ty };
    let int = Types::primitive(Primitive::Int);
    match primitive.kind() {
        PrimitiveKind::Float if primitive == Primitive::Float => {
            Types::primitive(Primitive::Double)
        }
        PrimitiveKind::Float | PrimitiveKind::Complex => ty,
        _ if primitive.size() < Primitive::Int.size() => int,
        _ => ty,
    }
}

fn slot(types: &Types, ty: CTypeId) -> Result<Slot, CTypeError> {
    let (abi, convert) = match types.ty(ty) {
        CType::Pointer(to) => (AbiType::Ptr, Convert::Pointer(*to)),
        CType::Array { item, .. } => (AbiType::Ptr, Convert::Pointer(*item)),
        CType::Function(_) => (AbiType::Ptr, Convert::Pointer(ty)),
        CType::Record(_) => (AbiType::Struct(ty), Convert::Record(ty)),
        CType::Void | CType::Deferred { .. } => {
            types.check_usable(ty)?;
            return Err(CTypeError::ty(format!("ctype '{}' has incomplete type", types.text(ty))));
        }
        CType::Enum(_) => match types.enum_underlying(ty)? {
            Some(primitive) => (AbiType::of_primitive(primitive), Convert::Enum(ty, primitive)),
            None => return Err(CTypeError::ty("an enum is stored as an integer")),
        },
        CType::Primitive(primitive) => {
            let primitive = *primitive;
            let convert = match primitive.kind() {
                PrimitiveKind::Bool => Convert::Bool,
                PrimitiveKind::Signed | PrimitiveKind::Unsigned => Convert::Integer(primitive),
                PrimitiveKind::Char => Convert::Char(primitive),
                PrimitiveKind::Float => Convert::Float(primitive),
                PrimitiveKind::Complex => Convert::Complex(primitive),
            };
            (AbiType::of_primitive(primitive), convert)
        }
    };
    let size = match abi {
        AbiType::Ptr => size_of::<*const ()>(),
        _ => match types.size(ty)? {
            Some(size) => usize::try_from(size).expect("a size fits the address space"),
            None => {
                let name = types.text(ty);
                return Err(CTypeError::ty(format!("ctype '{name}' has incomplete type")));
            }
        },
    };
    let (min, max) = match convert {
        Convert::Integer(primitive) => primitive.range().map_or(NO_INTEGER, clamped),
        _ => NO_INTEGER,
    };
    let takes_bytes = match convert {
        Convert::Pointer(to) => {
            matches!(types.ty(to), CType::Void | CType::Primitive(Primitive::Char))
        }
        _ => false,
    };
    Ok(Slot { ty, abi, convert, offset: 0, size, min, max, takes_bytes })
}

/// No number is in this range.
const NO_INTEGER: (i64, i64) = (1, 0);

/// The part of a range that is in that of `i64`.
fn clamped((min, max): (i128, i128)) -> (i64, i64) {
    (i64::try_from(min).unwrap_or(i64::MIN), i64::try_from(max).unwrap_or(i64::MAX))
}

fn slot_of_result(types: &Types, ty: CTypeId) -> Result<Slot, CTypeError> {
    if ty == Types::VOID {
        let (min, max) = NO_INTEGER;
        let (abi, convert) = (AbiType::Void, Convert::Void);
        return Ok(Slot { ty, abi, convert, offset: 0, size: 0, min, max, takes_bytes: false });
    }
    slot(types, ty)
}

/// Lay out the buffer and describe the function to libffi.
fn prepare(
    types: &Types,
    mut args: Vec<Slot>,
    mut result: Slot,
    n_fixed: usize,
    variadic: bool,
) -> Result<NativeSig, CTypeError> {
    let mut ffi_types = FfiTypes::default();
    let result_type = ffi_types.describe(types, result.abi, "return value")?;
    let mut end = (args.len() * size_of::<*const ()>()).next_multiple_of(BUFFER_ALIGN);
    result.offset = end;
    // libffi writes at least a register, and structs in whole registers.
    end += result.size.next_multiple_of(8).max(BUFFER_ALIGN);
    let mut arg_types = Vec::with_capacity(args.len());
    for arg in &mut args {
        arg_types.push(ffi_types.describe(types, arg.abi, "argument")?);
        let align = if arg.size > 8 { BUFFER_ALIGN } else { 8 };
        arg.offset = end.next_multiple_of(align);
        end = arg.offset + arg.size;
    }
    let registers = Registers::lay_out(&mut args, &mut result);
    if registers.is_some() {
        end = registers::SIZE;
    }
    let mut arg_types = arg_types.into_boxed_slice();
    let mut cif = Box::<ffi_cif>::default();
    let (n_args, types_pointer) = (args.len(), arg_types.as_mut_ptr());
    let status = if variadic {
        // SAFETY: `cif` and the descriptions live as long as the plan, which owns them.
        unsafe {
            prep_cif_var(
                &raw mut *cif,
                ffi_abi_FFI_DEFAULT_ABI,
                n_fixed,
                n_args,
                result_type,
                types_pointer,
            )
        }
    } else {
        // SAFETY: as above.
        unsafe {
            prep_cif(&raw mut *cif, ffi_abi_FFI_DEFAULT_ABI, n_args, result_type, types_pointer)
        }
    };
    status.map_err(|_| {
        CTypeError::new(Raises::SystemError, "libffi failed to build this function type")
    })?;
    let sig = NativeSig {
        cif,
        _arg_types: arg_types,
        _types: ffi_types,
        args: args.into(),
        result,
        registers,
        buffer_size: end.next_multiple_of(BUFFER_ALIGN),
        n_fixed,
        variadic,
        uses_errno: true,
    };
    let padding = sig.result_padding();
    Ok(NativeSig { result: Slot { offset: result.offset + padding, ..result }, ..sig })
}
