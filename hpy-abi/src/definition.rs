//! The definitions of modules and types as C gives them, checked and in Rust's terms.
//!
//! What a definition points to lives as long as the module's library, which is never closed: hence `'static`.

use std::ffi::{CStr, c_char, c_int, c_ulong, c_void};

use crate::call::CFunction;
use crate::signature::Signature;
use crate::slots::TypeSlot;
use crate::types::{
    DefKind, HPy, HPyCFunction, HPyDef, HPyGetSet, HPyGlobal, HPyMember, HPyMeth, HPyModuleDef,
    HPyType_Spec, HPyType_SpecParam, MemberType, Shape, SpecParamKind, TPFLAGS_HAVE_GC,
};

/// The class of the exception that an unusable definition is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ErrorClass {
    /// SystemError.
    System,
    /// TypeError.
    Type,
    /// ValueError.
    Value,
}

/// A definition that cannot be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DefinitionError {
    /// The class of the exception.
    pub class: ErrorClass,
    /// Its message.
    pub message: String,
}

impl std::fmt::Display for DefinitionError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DefinitionError {}

fn error<T>(class: ErrorClass, message: impl Into<String>) -> Result<T, DefinitionError> {
    Err(DefinitionError { class, message: message.into() })
}

/// A method.
#[derive(Clone, Copy, Debug)]
pub struct Method {
    /// Its name, UTF-8.
    pub name: &'static CStr,
    /// The function.
    pub function: CFunction,
    /// One of the four signatures of methods.
    pub signature: Signature,
    /// Its docstring, UTF-8.
    pub doc: Option<&'static CStr>,
    /// The definition in C, by which a typed signature finds it.
    pub def: *const HPyDef,
}

/// An attribute that is a piece of the native structure.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Its name, UTF-8.
    pub name: &'static CStr,
    /// What is there.
    pub ty: MemberType,
    /// Where, in bytes.
    pub offset: usize,
    /// Can it not be set?
    pub readonly: bool,
    /// Its docstring, UTF-8.
    pub doc: Option<&'static CStr>,
}

impl Member {
    /// Bytes that it takes in the structure; at least one of a string inside it.
    pub fn size(&self) -> usize {
        match self.ty {
            MemberType::Char | MemberType::Byte | MemberType::UByte | MemberType::Bool => 1,
            MemberType::StringInplace => 1,
            MemberType::Short | MemberType::UShort => 2,
            MemberType::Int | MemberType::UInt | MemberType::Float => 4,
            MemberType::Long | MemberType::ULong => size_of::<c_ulong>(),
            MemberType::None => 0,
            _ => 8,
        }
    }
}

/// An attribute that functions get and set.
#[derive(Clone, Copy, Debug)]
pub struct GetSet {
    /// Its name, UTF-8.
    pub name: &'static CStr,
    /// Gets it.
    pub getter: Option<CFunction>,
    /// Sets or deletes it.
    pub setter: Option<CFunction>,
    /// Its docstring, UTF-8.
    pub doc: Option<&'static CStr>,
    /// Handed to both functions.
    pub closure: *mut c_void,
}

/// A definition of any kind.
enum Definition {
    Slot(TypeSlot, CFunction),
    Method(Method),
    Member(Member),
    GetSet(GetSet),
}

/// The text at an address.
///
/// # Safety
/// It is null or points to a string in C that lives as long as the module.
unsafe fn text(at: *const c_char) -> Option<&'static CStr> {
    if at.is_null() {
        return None;
    }
    // SAFETY: the caller's duty.
    Some(unsafe { CStr::from_ptr(at) })
}

/// The name in a definition, which it must have.
///
/// # Safety
/// As [`text`].
unsafe fn name(at: *const c_char, what: &str) -> Result<&'static CStr, DefinitionError> {
    // SAFETY: the caller's duty.
    let name = unsafe { text(at) };
    match name {
        Some(name) => Ok(name),
        None => error(ErrorClass::System, format!("a definition of a {what} has no name")),
    }
}

/// The function in a definition, which it must have.
fn function(function: HPyCFunction, what: &str, name: &CStr) -> Result<CFunction, DefinitionError> {
    match function {
        Some(function) => Ok(function),
        None => error(
            ErrorClass::System,
            format!("the definition of {what} '{}' has no function", name.to_string_lossy()),
        ),
    }
}

/// # Safety
/// The texts live as long as the module.
unsafe fn method(meth: &HPyMeth, def: *const HPyDef) -> Result<Method, DefinitionError> {
    // SAFETY: the caller's duty.
    let name = unsafe { name(meth.name, "method") }?;
    let Some(
        signature @ (Signature::Varargs | Signature::Keywords | Signature::NoArgs | Signature::O),
    ) = Signature::of(meth.signature)
    else {
        return error(ErrorClass::Value, "Unsupported HPyMeth signature");
    };
    // SAFETY: the caller's duty.
    let doc = unsafe { text(meth.doc) };
    Ok(Method { name, function: function(meth.impl_, "method", name)?, signature, doc, def })
}

/// # Safety
/// The texts live as long as the module.
unsafe fn member(member: &HPyMember) -> Result<Member, DefinitionError> {
    // SAFETY: the caller's duty.
    let name = unsafe { name(member.name, "member") }?;
    let shown = name.to_string_lossy();
    let Some(ty) = MemberType::of(member.type_) else {
        return error(
            ErrorClass::System,
            format!("member '{shown}' has the unknown type {}", member.type_),
        );
    };
    let Ok(offset) = usize::try_from(member.offset) else {
        return error(ErrorClass::System, format!("member '{shown}' has a negative offset"));
    };
    // SAFETY: the caller's duty.
    let doc = unsafe { text(member.doc) };
    Ok(Member { name, ty, offset, readonly: member.readonly != 0, doc })
}

/// # Safety
/// The texts live as long as the module.
unsafe fn getset(getset: &HPyGetSet) -> Result<GetSet, DefinitionError> {
    // SAFETY: the caller's duty.
    let name = unsafe { name(getset.name, "get/set attribute") }?;
    // SAFETY: the caller's duty.
    let doc = unsafe { text(getset.doc) };
    let (getter, setter) = (getset.getter_impl, getset.setter_impl);
    if getter.is_none() && setter.is_none() {
        let shown = name.to_string_lossy();
        return error(
            ErrorClass::System,
            format!("attribute '{shown}' has neither a getter nor a setter"),
        );
    }
    Ok(GetSet { name, getter, setter, doc, closure: getset.closure })
}

/// # Safety
/// The definition is valid in C.
unsafe fn definition(def: &HPyDef, owner: &str) -> Result<Definition, DefinitionError> {
    match DefKind::of(def.kind) {
        Some(DefKind::Slot) => {
            // SAFETY: the kind says that it is a slot.
            let slot = unsafe { def.def.slot };
            let Some(which) = TypeSlot::of(slot.slot) else {
                return unknown_slot(slot.slot, owner);
            };
            let Some(function) = slot.impl_ else {
                let shown = which.c_name();
                return error(
                    ErrorClass::System,
                    format!("the definition of slot {shown} has no function"),
                );
            };
            Ok(Definition::Slot(which, function))
        }
        Some(DefKind::Meth) => {
            // SAFETY: the kind says that it is a method.
            let meth = unsafe { &def.def.meth };
            // SAFETY: the caller's duty.
            unsafe { method(meth, def) }.map(Definition::Method)
        }
        Some(DefKind::Member) => {
            // SAFETY: the kind says that it is a member.
            let at = unsafe { &def.def.member };
            // SAFETY: the caller's duty.
            unsafe { member(at) }.map(Definition::Member)
        }
        Some(DefKind::GetSet) => {
            // SAFETY: the kind says that it is a get/set attribute.
            let at = unsafe { &def.def.getset };
            // SAFETY: the caller's duty.
            unsafe { getset(at) }.map(Definition::GetSet)
        }
        None => error(
            ErrorClass::System,
            format!("{owner} has a definition of the unknown kind {}", def.kind),
        ),
    }
}

fn unknown_slot<T>(slot: c_int, owner: &str) -> Result<T, DefinitionError> {
    if owner == MODULE {
        return error(
            ErrorClass::System,
            format!("Unsupported slot in HPyModuleDef.defines (value: {slot})."),
        );
    }
    error(ErrorClass::System, format!("{owner} has a definition of the unknown slot {slot}"))
}

/// All definitions of a list.
///
/// # Safety
/// It is null, or ends with a null and is valid in C.
unsafe fn definitions(
    mut at: *mut *mut HPyDef,
    owner: &str,
) -> Result<Vec<Definition>, DefinitionError> {
    let mut all = Vec::new();
    if at.is_null() {
        return Ok(all);
    }
    loop {
        // SAFETY: the list ends with a null, which was not yet met.
        let entry = unsafe { *at };
        // SAFETY: entries of the list are addresses of definitions.
        let Some(def) = (unsafe { entry.as_ref() }) else { return Ok(all) };
        // SAFETY: the caller's duty.
        all.push(unsafe { definition(def, owner) }?);
        // SAFETY: the entry was not the last.
        at = unsafe { at.add(1) };
    }
}

/// What a module is called in messages about its definition.
const MODULE: &str = "the module";

/// A checked [`HPyModuleDef`].
#[derive(Clone, Debug)]
pub struct ModuleDefinition {
    /// Its docstring, UTF-8.
    pub doc: Option<&'static CStr>,
    /// Its functions.
    pub methods: Vec<Method>,
    /// Makes the module object; then there is nothing else.
    pub create: Option<CFunction>,
    /// What runs when it is executed, in order.
    pub exec: Vec<CFunction>,
    /// Its global variables.
    pub globals: Vec<*mut HPyGlobal>,
    /// Definitions that mean nothing in a module (members and get/set attributes), by name.
    pub ignored: Vec<&'static CStr>,
}

/// Why a module that makes its own object may define nothing else.
const ONLY_CREATE: &str = "This is not allowed because custom HPy_mod_create slot cannot return a builtin module \
    object and cannot make any use of any other data defined in the HPyModuleDef. Either do not define \
    HPy_mod_create slot and let the runtime create a builtin module object from the provided HPyModuleDef, or do \
    not define anything else but the HPy_mod_create slot.";

impl ModuleDefinition {
    /// Reads and checks a definition.
    ///
    /// # Safety
    /// It is what `HPyInit_NAME` of a module returned, and not null.
    pub unsafe fn of(def: *const HPyModuleDef) -> Result<ModuleDefinition, DefinitionError> {
        // SAFETY: the caller's duty.
        let def = unsafe { &*def };
        if def.size < 0 {
            return error(ErrorClass::System, "HPy does not permit HPyModuleDef.size < 0");
        }
        if def.size > 0 {
            return error(
                ErrorClass::System,
                "Module state is not supported yet in HPy, set HPyModuleDef.size = 0 if module state is not needed",
            );
        }
        if !def.legacy_methods.is_null() {
            return error(
                ErrorClass::System,
                "the module has .legacy_methods, which need the C API of CPython: it is not universal",
            );
        }
        // SAFETY: the caller's duty.
        let doc = unsafe { text(def.doc) };
        // SAFETY: the caller's duty.
        let globals = unsafe { globals(def.globals) };
        let mut module = ModuleDefinition {
            doc,
            methods: Vec::new(),
            create: None,
            exec: Vec::new(),
            globals,
            ignored: Vec::new(),
        };
        // SAFETY: the caller's duty.
        for definition in unsafe { definitions(def.defines, MODULE) }? {
            module.add(definition)?;
        }
        module.check_create(!def.globals.is_null())?;
        Ok(module)
    }

    fn add(&mut self, definition: Definition) -> Result<(), DefinitionError> {
        match definition {
            Definition::Method(method) => self.methods.push(method),
            Definition::Member(member) => self.ignored.push(member.name),
            Definition::GetSet(getset) => self.ignored.push(getset.name),
            Definition::Slot(TypeSlot::ModExec, function) => self.exec.push(function),
            Definition::Slot(TypeSlot::ModCreate, function) => {
                if self.create.replace(function).is_some() {
                    return error(
                        ErrorClass::System,
                        "Multiple definitions of the HPy_mod_create slot in HPyModuleDef.defines.",
                    );
                }
            }
            Definition::Slot(slot, _) => return unknown_slot(slot.number(), MODULE),
        }
        Ok(())
    }

    /// A module with `HPy_mod_create` has nothing else.
    fn check_create(&self, has_globals: bool) -> Result<(), DefinitionError> {
        if self.create.is_none() {
            return Ok(());
        }
        if !(self.methods.is_empty() && self.exec.is_empty() && self.ignored.is_empty()) {
            return error(
                ErrorClass::System,
                format!(
                    "HPyModuleDef defines a HPy_mod_create slot and some other slots or methods. {ONLY_CREATE}"
                ),
            );
        }
        if self.doc.is_some() || has_globals {
            return error(
                ErrorClass::System,
                format!(
                    "HPyModuleDef defines a HPy_mod_create slot and some of the other fields are not set to their \
                     default value. {ONLY_CREATE}"
                ),
            );
        }
        Ok(())
    }
}

/// The addresses of a module's global variables.
///
/// # Safety
/// It is null, or ends with a null.
unsafe fn globals(mut at: *mut *mut HPyGlobal) -> Vec<*mut HPyGlobal> {
    let mut all = Vec::new();
    if at.is_null() {
        return all;
    }
    loop {
        // SAFETY: the list ends with a null, which was not yet met.
        let entry = unsafe { *at };
        if entry.is_null() {
            return all;
        }
        all.push(entry);
        // SAFETY: the entry was not the last.
        at = unsafe { at.add(1) };
    }
}

/// The bases of a type, as given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Bases {
    /// `object`.
    Default,
    /// Single ones.
    List(Vec<HPy>),
    /// A tuple of all.
    Tuple(HPy),
}

/// A checked [`HPyType_Spec`] and its parameters.
#[derive(Clone, Debug)]
pub struct TypeDefinition {
    /// `module.name`, or without a module, UTF-8.
    pub name: &'static CStr,
    /// Its docstring, UTF-8.
    pub doc: Option<&'static CStr>,
    /// Bytes of the native structure; 0: that of the base.
    pub basicsize: usize,
    /// Its flags.
    pub flags: c_ulong,
    /// Its shape.
    pub shape: Shape,
    /// Its slots.
    pub slots: Vec<(TypeSlot, CFunction)>,
    /// Its methods.
    pub methods: Vec<Method>,
    /// Its members.
    pub members: Vec<Member>,
    /// Its get/set attributes.
    pub getsets: Vec<GetSet>,
    /// Its bases; handles of the caller of `HPyType_FromSpec`.
    pub bases: Bases,
    /// Its metaclass, likewise.
    pub metaclass: Option<HPy>,
}

impl TypeDefinition {
    /// Reads and checks what `HPyType_FromSpec` gets.
    ///
    /// # Safety
    /// Both are valid in C; the second may be null.
    pub unsafe fn of(
        spec: *const HPyType_Spec,
        params: *const HPyType_SpecParam,
    ) -> Result<TypeDefinition, DefinitionError> {
        // SAFETY: the caller's duty.
        let Some(spec) = (unsafe { spec.as_ref() }) else {
            return error(ErrorClass::System, "HPyType_FromSpec was called without a spec");
        };
        // SAFETY: the caller's duty.
        let name = unsafe { name(spec.name, "type") }?;
        let shown = name.to_string_lossy();
        // SAFETY: the caller's duty.
        let (bases, metaclass) = unsafe { read_params(params, &shown) }?;
        if !spec.legacy_slots.is_null() && spec.builtin_shape != Shape::Legacy as c_int {
            return error(
                ErrorClass::Type,
                "cannot specify .legacy_slots without setting .builtin_shape=HPyType_BuiltinShape_Legacy",
            );
        }
        let Ok(basicsize) = usize::try_from(spec.basicsize) else {
            return error(ErrorClass::System, format!("type '{shown}' has a negative basicsize"));
        };
        // SAFETY: the caller's duty.
        let doc = unsafe { text(spec.doc) };
        let shape = Shape::of(spec.builtin_shape);
        let mut ty = TypeDefinition {
            name,
            doc,
            basicsize,
            flags: spec.flags,
            shape: shape.unwrap_or(Shape::Object),
            slots: Vec::new(),
            methods: Vec::new(),
            members: Vec::new(),
            getsets: Vec::new(),
            bases,
            metaclass,
        };
        // SAFETY: the caller's duty.
        for definition in unsafe { definitions(spec.defines, &format!("type '{shown}'")) }? {
            match definition {
                Definition::Slot(slot, function) => ty.slots.push((slot, function)),
                Definition::Method(method) => ty.methods.push(method),
                Definition::Member(member) => ty.members.push(member),
                Definition::GetSet(getset) => ty.getsets.push(getset),
            }
        }
        ty.check_collection()?;
        if shape.is_none() {
            return error(ErrorClass::Value, format!("invalid shape: {}", spec.builtin_shape));
        }
        ty.check(spec.itemsize)?;
        Ok(ty)
    }

    /// The function in a slot.
    pub fn slot(&self, slot: TypeSlot) -> Option<CFunction> {
        self.slots.iter().find(|(which, _)| *which == slot).map(|(_, function)| *function)
    }

    fn check_collection(&self) -> Result<(), DefinitionError> {
        if self.flags & TPFLAGS_HAVE_GC != 0 && self.slot(TypeSlot::TpTraverse).is_none() {
            return error(
                ErrorClass::Value,
                "You must provide an HPy_tp_traverse slot if you specify HPy_TPFLAGS_HAVE_GC",
            );
        }
        Ok(())
    }

    fn check(&self, itemsize: c_int) -> Result<(), DefinitionError> {
        let shown = self.name.to_string_lossy();
        if self.basicsize == 0 && !self.members.is_empty() {
            return error(ErrorClass::Type, "Type claims to have basicsize==0 but defines members");
        }
        if self.slot(TypeSlot::TpCall).is_some() {
            if itemsize != 0 {
                return error(ErrorClass::Type, "Cannot use HPy call protocol with var objects");
            }
            if self.members.iter().any(|member| member.name == c"__vectorcalloffset__") {
                return error(
                    ErrorClass::Type,
                    "Cannot have HPy_tp_call and explicit member'__vectorcalloffset__'. Specify just one of them.",
                );
            }
        }
        for (slot, _) in &self.slots {
            if matches!(slot, TypeSlot::ModCreate | TypeSlot::ModExec) {
                return unknown_slot(slot.number(), &format!("type '{shown}'"));
            }
        }
        for member in &self.members {
            if member.offset + member.size() > self.basicsize {
                return error(
                    ErrorClass::System,
                    format!(
                        "member '{}' of type '{shown}' lies outside of its structure: {} bytes at {} of {}",
                        member.name.to_string_lossy(),
                        member.size(),
                        member.offset,
                        self.basicsize
                    ),
                );
            }
        }
        Ok(())
    }
}

/// Reads the list of bases and the metaclass.
///
/// # Safety
/// It is null, or ends with a row of kind 0.
unsafe fn read_params(
    mut at: *const HPyType_SpecParam,
    name: &str,
) -> Result<(Bases, Option<HPy>), DefinitionError> {
    let (mut list, mut tuples, mut metaclasses) = (Vec::new(), Vec::new(), Vec::new());
    // SAFETY: the list ends with a row of kind 0, which was not yet met.
    while let Some(param) = unsafe { at.as_ref() }.filter(|param| param.kind != 0) {
        match SpecParamKind::of(param.kind) {
            Some(SpecParamKind::Base) => list.push(param.object),
            Some(SpecParamKind::BasesTuple) => tuples.push(param.object),
            Some(SpecParamKind::Metaclass) => metaclasses.push(param.object),
            None => {
                return error(
                    ErrorClass::Type,
                    format!("unknown HPyType_SpecParam specification for '{name}'"),
                );
            }
        }
        // SAFETY: the row was not the last.
        at = unsafe { at.add(1) };
    }
    if tuples.len() > 1 {
        return error(ErrorClass::Type, "multiple specifications of HPyType_SpecParam_BasesTuple");
    }
    if !list.is_empty() && !tuples.is_empty() {
        return error(
            ErrorClass::Type,
            "cannot specify both HPyType_SpecParam_Base and HPytype_SpecParam_BasesTuple",
        );
    }
    if metaclasses.len() > 1 {
        return error(ErrorClass::Value, "metaclass was specified multiple times");
    }
    let bases = match (tuples.first(), list.is_empty()) {
        (Some(&tuple), _) => Bases::Tuple(tuple),
        (None, true) => Bases::Default,
        (None, false) => Bases::List(list),
    };
    Ok((bases, metaclasses.first().copied()))
}
