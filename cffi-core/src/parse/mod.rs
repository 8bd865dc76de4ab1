//! C declarations: text in, entries of an environment out.
//!
//! ```text
//!   user's text ── lex ── pre ──► plain C ── lang-c ──► syntax tree ── decl ──► Declarations + Types
//!                          └── offset map: every error points into the user's text
//! ```
//!
//! Single types (`"int(*)(char *)"`) take a shorter way, [`Declarations::parse_type`]:
//! they are parsed often, so by hand and without a syntax tree.

mod common;
mod constexpr;
mod decl;
mod declarator;
mod error;
mod lex;
mod pre;
mod record;
mod syntax;
mod typename;

use std::collections::BTreeMap;

use indexmap::IndexMap;

pub use common::common_types;
pub use error::{Error, ErrorKind, SOURCE_NAME, Warning};
pub use lex::Span;
pub use pre::ExternPython;

use crate::types::{CTypeId, Quals, RecordKind, Types};

/// Options of a `cdef` call.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Later declarations replace earlier ones of the same name.
    pub allow_override: bool,
    /// Alignment limit of members; `packed=True` is 1. A power of two.
    pub pack: Option<u32>,
    /// Functions are exported from the generated library (`dllexport=True`).
    pub dllexport: bool,
}

/// A namespace of tags: `struct foo` and `enum foo` are different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TagKind {
    /// `struct`.
    Struct,
    /// `union`.
    Union,
    /// `enum`.
    Enum,
}

impl TagKind {
    /// The C keyword.
    pub const fn keyword(self) -> &'static str {
        match self {
            TagKind::Struct => "struct",
            TagKind::Union => "union",
            TagKind::Enum => "enum",
        }
    }
}

impl From<RecordKind> for TagKind {
    fn from(kind: RecordKind) -> Self {
        match kind {
            RecordKind::Struct => TagKind::Struct,
            RecordKind::Union => TagKind::Union,
        }
    }
}

/// Who defines a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Definition {
    /// The C library.
    C,
    /// Python: `extern "Python"`.
    Python,
    /// Python, and C code refers to it: `extern "Python+C"`.
    PythonPlusC,
    /// Python, exported from the library made with `dllexport=True`.
    Exported,
}

/// What a global name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GlobalKind {
    /// A function; the type is the pointer to it.
    Function(Definition),
    /// A variable.
    Variable,
    /// A `const` variable whose value only the C compiler knows.
    Constant,
    /// A macro or constant of known integer value.
    Integer(i128),
    /// `#define NAME ...`: the C compiler knows the value (API mode only).
    DeferredMacro,
}

impl GlobalKind {
    /// The word for it in messages.
    pub const fn word(self) -> &'static str {
        match self {
            GlobalKind::Function(Definition::C) => "function",
            GlobalKind::Function(Definition::Python) => "extern_python",
            GlobalKind::Function(Definition::PythonPlusC) => "extern_python_plus_c",
            GlobalKind::Function(Definition::Exported) => "dllexport_python",
            GlobalKind::Variable => "variable",
            GlobalKind::Constant => "constant",
            GlobalKind::Integer(_) | GlobalKind::DeferredMacro => "macro",
        }
    }
}

/// A declared function, variable or constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Global {
    /// What it is.
    pub kind: GlobalKind,
    /// Its type; `int` for integers, `void` for deferred macros.
    pub ty: CTypeId,
    /// Its qualifiers.
    pub quals: Quals,
    /// Where it was declared, in the text of that `cdef`.
    pub span: Span,
}

/// Everything declared by the `cdef` calls of one `FFI` object.
#[derive(Debug, Default)]
pub struct Declarations {
    typedefs: IndexMap<Box<str>, (CTypeId, Quals)>,
    tags: IndexMap<(TagKind, Box<str>), CTypeId>,
    globals: IndexMap<Box<str>, Global>,
    constants: IndexMap<Box<str>, i128>,
    /// Enumerators of which only the compiler knows the value.
    partial: BTreeMap<Box<str>, CTypeId>,
    n_anonymous: u32,
}

impl Declarations {
    /// Nothing declared.
    pub fn new() -> Self {
        Self::default()
    }

    /// Add the declarations in `text`; all mistakes found are reported, in the order of the text.
    pub fn parse(
        &mut self,
        types: &mut Types,
        text: &str,
        options: &Options,
    ) -> Result<Vec<Warning>, Vec<Error>> {
        decl::parse(self, types, text, options)
    }

    /// The type that `text` names, as in `ffi.typeof(text)`. Unknown struct and union tags are declared.
    pub fn parse_type(&mut self, types: &mut Types, text: &str) -> Result<(CTypeId, Quals), Error> {
        // A struct with members inside a type name is rare enough for the long way.
        if text.contains('{') {
            return decl::parse_inline_type(self, types, text);
        }
        typename::parse(self, types, text, &common::resolve)
    }

    /// The type and qualifiers of a typedef.
    pub fn typedef(&self, name: &str) -> Option<(CTypeId, Quals)> {
        self.typedefs.get(name).copied()
    }

    /// The type with a tag.
    pub fn tag(&self, kind: TagKind, name: &str) -> Option<CTypeId> {
        // A borrowed key would need a type of its own; tags are looked up at parse time only.
        self.tags.get(&(kind, name.into())).copied()
    }

    /// The value of an enumerator or constant.
    pub fn constant(&self, name: &str) -> Option<i128> {
        self.constants.get(name).copied()
    }

    /// The enum of an enumerator whose value only the compiler knows.
    pub fn partial_enum(&self, enumerator: &str) -> Option<CTypeId> {
        self.partial.get(enumerator).copied()
    }

    /// The function, variable or constant called `name`.
    pub fn global(&self, name: &str) -> Option<&Global> {
        self.globals.get(name)
    }

    /// All typedefs, in the order declared.
    pub fn typedefs(&self) -> impl Iterator<Item = (&str, CTypeId, Quals)> {
        self.typedefs.iter().map(|(name, &(ty, quals))| (&**name, ty, quals))
    }

    /// All tags, in the order declared.
    pub fn tags(&self) -> impl Iterator<Item = (TagKind, &str, CTypeId)> {
        self.tags.iter().map(|((kind, name), &ty)| (*kind, &**name, ty))
    }

    /// All functions, variables and constants, in the order declared.
    pub fn globals(&self) -> impl Iterator<Item = (&str, &Global)> {
        self.globals.iter().map(|(name, global)| (&**name, global))
    }

    /// All enumerators and constants of known value, in the order declared.
    pub fn constants(&self) -> impl Iterator<Item = (&str, i128)> {
        self.constants.iter().map(|(name, &value)| (&**name, value))
    }

    /// Take over the types and integer constants of another environment: `ffi.include(other)`.
    pub fn include(&mut self, other: &Declarations) -> Result<(), Error> {
        for (name, &(ty, quals)) in &other.typedefs {
            self.add_typedef(name, ty, quals, false, Span::default())?;
        }
        for ((kind, name), &ty) in &other.tags {
            let known = *self.tags.entry((*kind, name.clone())).or_insert(ty);
            if known != ty {
                let what = format!("{} {name}", kind.keyword());
                return Err(multiple(&what, Span::default()));
            }
        }
        for (name, &value) in &other.constants {
            self.add_constant(name, value, Span::default())?;
        }
        Ok(())
    }

    fn add_typedef(
        &mut self,
        name: &str,
        ty: CTypeId,
        quals: Quals,
        allow_override: bool,
        span: Span,
    ) -> Result<(), Error> {
        match self.typedefs.get_mut(name) {
            Some(known) if *known == (ty, quals) => {}
            Some(known) if allow_override => *known = (ty, quals),
            Some(_) => return Err(multiple(&format!("typedef {name}"), span)),
            None => drop(self.typedefs.insert(name.into(), (ty, quals))),
        }
        Ok(())
    }

    fn add_global(
        &mut self,
        name: &str,
        global: Global,
        allow_override: bool,
    ) -> Result<(), Error> {
        match self.globals.get_mut(name) {
            Some(known)
                if (known.kind, known.ty, known.quals)
                    == (global.kind, global.ty, global.quals) => {}
            Some(known) if allow_override => *known = global,
            Some(_) => {
                return Err(multiple(&format!("{} {name}", global.kind.word()), global.span));
            }
            None => drop(self.globals.insert(name.into(), global)),
        }
        Ok(())
    }

    fn add_constant(&mut self, name: &str, value: i128, span: Span) -> Result<(), Error> {
        match self.constants.get(name) {
            Some(&known) if known == value => Ok(()),
            Some(_) => Err(Error::new(
                ErrorKind::Ffi,
                span,
                format!("multiple declarations of constant: {name}"),
            )),
            None => {
                self.constants.insert(name.into(), value);
                Ok(())
            }
        }
    }

    /// The tagged struct or union; declared opaque if new.
    fn record_tag(&mut self, types: &mut Types, kind: RecordKind, name: &str) -> CTypeId {
        let key = (TagKind::from(kind), Box::<str>::from(name));
        *self
            .tags
            .entry(key)
            .or_insert_with(|| types.new_record(kind, &format!("{} {name}", kind.keyword())))
    }

    /// The next name for a record or enum without one: `$1`, `$2`, …
    fn anonymous_name(&mut self) -> String {
        self.n_anonymous += 1;
        format!("${}", self.n_anonymous)
    }
}

fn multiple(what: &str, span: Span) -> Error {
    Error::new(
        ErrorKind::Ffi,
        span,
        format!(
            "multiple declarations of {what} (for interactive usage, try cdef(xx, override=True))"
        ),
    )
}
