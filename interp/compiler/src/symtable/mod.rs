//! Which scope each name of each block belongs to.
//!
//! [`build`] walks the tree once and records what each block does with each name; [`resolve`] then finds the owner
//! of every name by walking outwards. The rules are those of CPython's `symtable.c` (PEP 227, 572, 649, 695, 709), with
//! one difference in how they are stated: an inlined comprehension (PEP 709) stays a scope of its own whose
//! variables are registers of the surrounding code, so that nothing has to be saved and restored around it.
mod build;
mod comprehension;
mod expr;
mod function;
mod future;
mod resolve;

use indexmap::IndexMap;
use ruff_python_ast::{Mod, StmtAnnAssign};
use ruff_text_size::TextRange;
use rustc_hash::FxBuildHasher;

use crate::Options;
use crate::fault::Fault;
use crate::names::{NameId, Names};

pub(crate) use future::future_features;

/// Number of a scope in [`Symtable::scopes`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub(crate) struct ScopeId(pub(crate) u32);

/// What kind of block a scope is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ScopeKind {
    Module,
    Class,
    /// A `def`; `async` or not.
    Function,
    Lambda,
    Comprehension(Comprehension),
    /// The `__annotate__` function of a function, class or module.
    Annotations,
    /// The function around a generic definition that makes its type parameters.
    TypeParams,
    /// The lazily evaluated value of a `type` statement.
    TypeAlias,
    /// A lazily evaluated bound, constraint or default of a type parameter.
    TypeVariable,
}

/// The four comprehensions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Comprehension {
    Generator,
    List,
    Set,
    Dict,
}

impl ScopeKind {
    /// Are its locals registers, and do inner scopes see them?
    pub(crate) fn is_function_like(self) -> bool {
        !matches!(self, ScopeKind::Module | ScopeKind::Class)
    }
}

/// Bits of [`Symbol::flags`].
pub(crate) mod def {
    pub(crate) const GLOBAL: u32 = 1;
    pub(crate) const LOCAL: u32 = 1 << 1;
    pub(crate) const PARAM: u32 = 1 << 2;
    pub(crate) const NONLOCAL: u32 = 1 << 3;
    pub(crate) const USE: u32 = 1 << 4;
    pub(crate) const IMPORT: u32 = 1 << 5;
    pub(crate) const ANNOT: u32 = 1 << 6;
    /// Iteration variable of a comprehension.
    pub(crate) const COMP_ITER: u32 = 1 << 7;
    pub(crate) const TYPE_PARAM: u32 = 1 << 8;
    /// A class-level name that inner scopes take from outside the class.
    pub(crate) const FREE_CLASS: u32 = 1 << 9;
    /// Target of `:=`: it may change in the middle of an expression.
    pub(crate) const WALRUS: u32 = 1 << 10;
    /// Target of `del` or name of an `except` clause: it may become unbound.
    pub(crate) const DELETED: u32 = 1 << 11;
    /// An inner code object refers to it.
    pub(crate) const CAPTURED: u32 = 1 << 12;
    pub(crate) const BOUND: u32 = LOCAL | PARAM | IMPORT | TYPE_PARAM;
}

/// Where the value of a name lives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    /// Not known yet.
    Unknown,
    Local,
    Cell,
    Free,
    GlobalExplicit,
    GlobalImplicit,
}

/// What a scope knows of one name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Symbol {
    pub(crate) flags: u32,
    pub(crate) place: Place,
    /// Where it was declared `global` or `nonlocal`, or first seen.
    pub(crate) range: TextRange,
}

/// A map in order of insertion.
pub(crate) type Map<K, V> = IndexMap<K, V, FxBuildHasher>;

/// One block.
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one block")]
pub(crate) struct Scope<'a> {
    pub(crate) kind: ScopeKind,
    pub(crate) name: NameId,
    pub(crate) parent: Option<ScopeId>,
    pub(crate) symbols: Map<NameId, Symbol>,
    /// Inside a function, directly or not.
    pub(crate) nested: bool,
    pub(crate) is_generator: bool,
    /// `async def`, or a comprehension that awaits.
    pub(crate) is_coroutine: bool,
    /// PEP 709: compiled as part of the code around it.
    pub(crate) inlined: bool,
    /// `__class__` is used by an inner function.
    pub(crate) needs_class_cell: bool,
    /// `__classdict__` is used by an inner annotation scope.
    pub(crate) needs_classdict: bool,
    /// An annotation scope that sees the names of the class around it.
    pub(crate) sees_class: bool,
    /// `__conditional_annotations__` is kept.
    pub(crate) conditional_annotations: bool,
    /// Of a module or class: the scope of its `__annotate__`.
    pub(crate) annotations: Option<ScopeId>,
    /// Of a module or class: its simple annotations in source order, and which stand in a conditional block.
    pub(crate) annotated: Vec<(&'a StmtAnnAssign, bool)>,
    /// Of a function's annotation scope: the function's name.
    pub(crate) function_name: Option<NameId>,
    /// Text of what may not hold `yield`, `await` or `:=` ("a TypeVar bound").
    pub(crate) restriction: &'static str,
    /// The class whose private names are mangled in here.
    pub(crate) class: Option<NameId>,
    /// The inlined comprehensions directly inside.
    pub(crate) comprehensions: Vec<ScopeId>,
    in_conditional: u32,
    in_iterable: u32,
    in_target: bool,
}

impl Scope<'_> {
    pub(crate) fn place(&self, name: NameId) -> Place {
        self.symbols.get(&name).map_or(Place::Unknown, |symbol| symbol.place)
    }
}

/// Which block of a node: one node may have several.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Role {
    Body,
    TypeParams,
    Annotations,
    Default,
}

/// The scopes of a compilation.
pub(crate) struct Symtable<'a> {
    pub(crate) scopes: Vec<Scope<'a>>,
    pub(crate) names: Names,
    by_node: Map<(usize, Role), ScopeId>,
}

impl<'a> Symtable<'a> {
    /// The module's scope.
    pub(crate) const TOP: ScopeId = ScopeId(0);

    pub(crate) fn scope(&self, id: ScopeId) -> &Scope<'a> {
        &self.scopes[id.0 as usize]
    }

    /// The scope made for `node` in the first pass.
    pub(crate) fn scope_of<T>(&self, node: &T, role: Role) -> Option<ScopeId> {
        self.by_node.get(&(address(node), role)).copied()
    }
}

fn address<T>(node: &T) -> usize {
    std::ptr::from_ref(node).addr()
}

/// Make the scopes of `tree`.
pub(crate) fn build<'a>(
    tree: &'a Mod,
    options: &Options,
    future: u32,
) -> Result<Symtable<'a>, Fault> {
    let mut builder = build::Builder::new(options, future);
    builder.module(tree)?;
    let mut table = builder.finish();
    resolve::resolve(&mut table)?;
    Ok(table)
}
