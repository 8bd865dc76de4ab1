//! Where the struct of a class lies.
use haft_core::object::Kind;
use haft_core::object::extension::{Destroy, ExtensionLayout, Place, Traverse};
use haft_hpy_abi::TypeSlot;
use haft_hpy_abi::call::cast;
use haft_hpy_abi::definition::TypeDefinition;
use haft_hpy_abi::types::{HPyCallFunction, Shape, TPFLAGS_HAVE_GC};

use super::{call, find};
use crate::prelude::*;

/// What was decided.
pub(super) struct Plan {
    /// A new layout, unless the base's will do.
    pub(super) layout: Option<&'static ExtensionLayout>,
    /// Where instances have their call function.
    pub(super) call_at: Option<usize>,
}

/// Where instances of a class, or those of subclasses, have room for a struct.
fn place_of(base: Type) -> Option<Place> {
    match base.kind.0 {
        Kind::Instance | Kind::Extension | Kind::ExtensionDrop => Some(Place::Object),
        Kind::BigInt
        | Kind::Float
        | Kind::Str
        | Kind::Tuple
        | Kind::Wrapped
        | Kind::ExtensionWrapped => Some(Place::Wrapped),
        Kind::List => Some(Place::List),
        Kind::Type => Some(Place::Type),
        _ => None,
    }
}

/// Where C looks for the struct of an object of this shape.
fn place_for(shape: Shape) -> Place {
    match shape {
        Shape::Legacy | Shape::Object => Place::Object,
        Shape::Type => Place::Type,
        Shape::Long | Shape::Float | Shape::Unicode | Shape::Tuple => Place::Wrapped,
        Shape::List => Place::List,
    }
}

/// Is `base` what a type of this shape must extend?
fn fits(shape: Shape, base: Type) -> bool {
    match shape {
        Shape::Legacy => false,
        Shape::Object => place_of(base) == Some(Place::Object),
        Shape::Type => base.has(TypeFlags::TYPE),
        Shape::Long => base.has(TypeFlags::INT),
        Shape::Float => base.has(TypeFlags::FLOAT),
        Shape::Unicode => base.has(TypeFlags::STR),
        Shape::Tuple => base.has(TypeFlags::TUPLE),
        Shape::List => base.has(TypeFlags::LIST),
    }
}

/// Decide the layout of a class that extends `base`.
pub(super) fn plan(vm: &mut Vm, name: &str, definition: &TypeDefinition, base: Type) -> R<Plan> {
    if definition.shape == Shape::Legacy {
        return Err(vm.type_error(format!(
            "type '{name}' has the legacy shape, which needs the C API of CPython: it is not universal"
        )));
    }
    let inherited = base.extension.get();
    let explicit = definition.members.iter().find(|member| member.name == call::OFFSET_MEMBER);
    let has_call =
        definition.slot(TypeSlot::TpCall).is_some() || find(base, TypeSlot::TpCall).is_some();
    let adds = definition.basicsize > 0
        || has_call
        || definition.slot(TypeSlot::TpTraverse).is_some()
        || definition.slot(TypeSlot::TpDestroy).is_some();
    if !adds {
        return Ok(Plan { layout: None, call_at: None });
    }
    let mut n_words = definition.basicsize.div_ceil(8);
    let place = match place_of(base) {
        Some(place) if definition.basicsize == 0 || fits(definition.shape, base) => place,
        // A shape without a base of that shape, as CPython allows it: C finds the struct where objects of that shape have it.
        Some(place) if base == vm.t.object && definition.members.is_empty() => {
            n_words += (place_for(definition.shape).offset() - place.offset()) / 8;
            place
        }
        _ => return Err(does_not_fit(vm, name, definition.shape, base)),
    };
    let n_base = inherited.map_or(0, |layout| layout.n_words);
    if definition.basicsize == 0 {
        n_words = n_base;
    } else if definition.basicsize < base_size(base) {
        let (size, base_name) = (definition.basicsize, base.name_text());
        return Err(vm.type_error(format!(
            "type '{name}' has a struct of {size} bytes, less than that of its base '{base_name}'"
        )));
    }
    let mut call_at = explicit.map(|member| member.offset);
    if call_at.is_none() && has_call {
        call_at = Some(n_words * 8);
        n_words += size_of::<HPyCallFunction>() / 8;
    }
    let layout = ExtensionLayout {
        place,
        n_words,
        base: inherited,
        is_tracked: definition.flags & TPFLAGS_HAVE_GC != 0,
        traverse: definition.slot(TypeSlot::TpTraverse).map(|function| {
            // SAFETY: a function in this slot has this type.
            unsafe { cast::<Traverse>(function) }
        }),
        destroy: definition.slot(TypeSlot::TpDestroy).map(|function| {
            // SAFETY: a function in this slot has this type.
            unsafe { cast::<Destroy>(function) }
        }),
    };
    // Objects name their layout until they are gone, which may be after their class.
    Ok(Plan { layout: Some(Box::leak(Box::new(layout))), call_at })
}

/// Bytes of the base's struct that the struct of a subclass must begin with.
fn base_size(base: Type) -> usize {
    let n_words = base.extension.get().map_or(0, |layout| layout.n_words);
    let hidden = call::data_of(base).and_then(|data| data.call_at);
    // The call function behind the struct is no part of it. The last word may be used in part.
    hidden
        .filter(|&at| at + size_of::<HPyCallFunction>() == n_words * 8)
        .unwrap_or(n_words * 8)
        .saturating_sub(7)
}

#[cold]
fn does_not_fit(vm: &mut Vm, name: &str, shape: Shape, base: Type) -> Raised {
    let wanted = Shape::ROWS.iter().find(|row| row.1 == shape as i32).map_or("", |row| row.0);
    let base = base.name_text();
    vm.type_error(format!(
        "type '{name}' with shape {wanted} cannot have a struct on top of its base '{base}'"
    ))
}
