//! Typed native signatures: how a host may call a method of a module with numbers of C instead of handles.
//!
//! A module exports a [`HaftTyped`] as `haft_typed_NAME` beside a definition (`headers/haft/typed.h`). Hosts that do not know
//! it see nothing of it.

use std::ffi::{CStr, c_char};

use crate::call::CFunction;
use crate::elf;
use crate::module::Module;
use crate::types::{HPyCFunction, HPyDef};

/// What a symbol `haft_typed_NAME` is.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct HaftTyped {
    /// The version of this structure.
    pub version: u32,
    /// Not 0: the sentinel may mean an exception.
    pub has_sentinel: u32,
    /// The method.
    pub def: *const HPyDef,
    /// The function, of the type that the signature says.
    pub function: HPyCFunction,
    /// The signature's text.
    pub signature: *const c_char,
    /// What the function returns after raising, as the result's type has it.
    pub sentinel: Sentinel,
}

impl std::fmt::Debug for HaftTyped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HaftTyped").field("version", &self.version).finish_non_exhaustive()
    }
}

/// A value of the result's type.
#[repr(C)]
#[derive(Clone, Copy)]
pub union Sentinel {
    /// Of an integer.
    pub integer: i64,
    /// Of a `double` or a `float`.
    pub number: f64,
}

impl std::fmt::Debug for Sentinel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sentinel")
    }
}

/// The version of the structure.
pub const VERSION: u32 = 1;
/// What the symbols begin with.
pub const PREFIX: &str = "haft_typed_";

/// A type in a typed signature.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NativeType {
    /// No result: None.
    Void,
    /// `bool`
    Bool,
    /// A signed integer of that many bytes.
    Int(u8),
    /// An unsigned integer of that many bytes.
    UInt(u8),
    /// `float`
    Float,
    /// `double`
    Double,
    /// `HPy`: a parameter is borrowed, a result new.
    Handle,
    /// The native structure of `self`.
    SelfStructure,
    /// The context.
    Context,
}

impl NativeType {
    /// The type of that name.
    fn named(name: &str) -> Option<NativeType> {
        Some(match name {
            "void" => NativeType::Void,
            "bool" => NativeType::Bool,
            "int8" => NativeType::Int(1),
            "int16" => NativeType::Int(2),
            "int32" | "int" => NativeType::Int(4),
            "int64" | "ssize" => NativeType::Int(8),
            "long" => NativeType::Int(size_of::<std::ffi::c_long>() as u8),
            "uint8" => NativeType::UInt(1),
            "uint16" => NativeType::UInt(2),
            "uint32" => NativeType::UInt(4),
            "uint64" | "size" => NativeType::UInt(8),
            "float" => NativeType::Float,
            "double" => NativeType::Double,
            "handle" => NativeType::Handle,
            "self" => NativeType::SelfStructure,
            "context" => NativeType::Context,
            _ => return None,
        })
    }
}

/// A typed signature.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TypedSignature {
    /// The result.
    pub result: NativeType,
    /// The parameters, [`NativeType::SelfStructure`] or [`NativeType::Context`] only first.
    pub parameters: Vec<NativeType>,
}

impl TypedSignature {
    /// Reads `result(parameter, parameter)`.
    pub fn parse(text: &str) -> Result<TypedSignature, String> {
        let wrong = |what: &str| format!("typed signature '{text}': {what}");
        let (result, rest) = text.split_once('(').ok_or_else(|| wrong("no '('"))?;
        let list = rest.trim_end().strip_suffix(')').ok_or_else(|| wrong("no ')' at the end"))?;
        let named = |name: &str| {
            let name = name.trim();
            NativeType::named(name).ok_or_else(|| wrong(&format!("unknown type '{name}'")))
        };
        let result = named(result)?;
        if matches!(result, NativeType::SelfStructure | NativeType::Context) {
            return Err(wrong("a result of that type is not possible"));
        }
        let parameters = match list.trim() {
            "" => Vec::new(),
            list => list.split(',').map(named).collect::<Result<Vec<_>, _>>()?,
        };
        for (index, parameter) in parameters.iter().enumerate() {
            let first_only = matches!(parameter, NativeType::SelfStructure | NativeType::Context);
            if *parameter == NativeType::Void || (first_only && index > 0) {
                return Err(wrong("a parameter of that type is not possible there"));
            }
        }
        Ok(TypedSignature { result, parameters })
    }

    /// The parameters that come from Python.
    pub fn arguments(&self) -> &[NativeType] {
        match self.parameters.as_slice() {
            [NativeType::SelfStructure | NativeType::Context, rest @ ..] => rest,
            all => all,
        }
    }

    /// Does the function get the context?
    pub fn takes_context(&self) -> bool {
        self.parameters.first() == Some(&NativeType::Context)
    }
}

/// What a function returns after raising, if that can be seen.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum ErrorSentinel {
    /// It never raises.
    Never,
    /// That integer, or the handle of that word; 0 and 1 stand for the values of `bool`.
    Integer(i64),
    /// That number.
    Number(f64),
    /// It may have raised whatever it returned.
    Any,
}

/// A method that can be called natively.
#[derive(Clone, Debug)]
pub struct Typed {
    /// What follows `haft_typed_`.
    pub name: String,
    /// The method: equal to [`crate::definition::Method::def`].
    pub def: *const HPyDef,
    /// The function, of the type that the signature says.
    pub function: CFunction,
    /// The signature.
    pub signature: TypedSignature,
    /// How it says that it raised.
    pub sentinel: ErrorSentinel,
}

impl Module {
    /// The typed signatures that the module has; those that cannot be read as messages.
    ///
    /// # Safety
    /// Symbols of that name are what `haft/typed.h` makes.
    pub unsafe fn typed(&self) -> Vec<Result<Typed, String>> {
        let symbols = elf::exported_symbols(self.path()).unwrap_or_default();
        let names = symbols.iter().filter_map(|symbol| symbol.strip_prefix(PREFIX));
        names
            .filter_map(|name| {
                let address = self.symbol(&format!("{PREFIX}{name}"))?;
                // SAFETY: the caller's duty.
                let typed = unsafe { address.cast::<HaftTyped>().as_ref() };
                // SAFETY: the caller's duty.
                unsafe { read(name, typed) }.transpose()
            })
            .collect()
    }
}

/// What a symbol says; `None` if there is no native function.
///
/// # Safety
/// It is what `haft/typed.h` makes.
unsafe fn read(name: &str, typed: &HaftTyped) -> Result<Option<Typed>, String> {
    if typed.version != VERSION {
        return Err(format!("{PREFIX}{name} has version {}, not {VERSION}", typed.version));
    }
    let Some(function) = typed.function else { return Ok(None) };
    // SAFETY: a typed signature has a text.
    let text = unsafe { CStr::from_ptr(typed.signature) };
    let signature = TypedSignature::parse(&text.to_string_lossy())?;
    let sentinel = match signature.result {
        _ if typed.has_sentinel == 0 => ErrorSentinel::Never,
        NativeType::Void => ErrorSentinel::Any,
        NativeType::Float | NativeType::Double => {
            // SAFETY: the sentinel is of the result's type.
            ErrorSentinel::Number(unsafe { typed.sentinel.number })
        }
        _ => {
            // SAFETY: likewise.
            ErrorSentinel::Integer(unsafe { typed.sentinel.integer })
        }
    };
    Ok(Some(Typed { name: name.to_owned(), def: typed.def, function, signature, sentinel }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures() {
        let parsed = TypedSignature::parse("double(self, int32, bool)").unwrap();
        assert_eq!(parsed.result, NativeType::Double);
        assert_eq!(parsed.arguments(), [NativeType::Int(4), NativeType::Bool]);
        assert!(!parsed.takes_context());
        assert!(TypedSignature::parse("void( context )").unwrap().takes_context());
        assert_eq!(TypedSignature::parse("handle()").unwrap().parameters, []);
        for (text, wrong) in [
            ("double", "no '('"),
            ("double(", "no ')'"),
            ("double(int128)", "unknown type 'int128'"),
            ("double(,)", "unknown type ''"),
            ("self()", "not possible"),
            ("double(void)", "not possible there"),
            ("double(int8, self)", "not possible there"),
        ] {
            let message = TypedSignature::parse(text).unwrap_err();
            assert!(message.contains(wrong), "{message}");
        }
    }
}
