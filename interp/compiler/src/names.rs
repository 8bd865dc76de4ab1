//! Interned names and the mangling of private ones.
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

/// An interned name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub(crate) struct NameId(pub(crate) u32);

/// Names that the compiler itself asks for; they are interned first, in this order.
macro_rules! known {
    ($($id:ident = $text:literal),+ $(,)?) => {
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "an index list, spelled as its constants")]
        enum Index { $($id),+ }
        /// The names known to the compiler.
        pub(crate) mod known {
            use super::{Index, NameId};
            $(pub(crate) const $id: NameId = NameId(Index::$id as u32);)+
        }
        const KNOWN: &[&str] = &[$($text),+];
    };
}

known! {
    CLASS = "__class__",
    CLASSDICT = "__classdict__",
    CONDITIONAL_ANNOTATIONS = "__conditional_annotations__",
    SUPER = "super",
    FORMAT = ".format",
    ITERATOR = ".0",
    TYPE_PARAMS = ".type_params",
    GENERIC_BASE = ".generic_base",
    DEFAULTS = ".defaults",
    KWDEFAULTS = ".kwdefaults",
    ANNOTATE = "__annotate__",
    ANNOTATE_FUNC = "__annotate_func__",
    ANNOTATIONS = "__annotations__",
    MODULE = "__module__",
    QUALNAME = "__qualname__",
    NAME = "__name__",
    DOC = "__doc__",
    FIRST_LINE = "__firstlineno__",
    STATIC_ATTRIBUTES = "__static_attributes__",
    CLASSDICTCELL = "__classdictcell__",
    CLASSCELL = "__classcell__",
    DUNDER_TYPE_PARAMS = "__type_params__",
    TOP = "<module>",
    LAMBDA = "<lambda>",
    GENEXPR = "<genexpr>",
    LISTCOMP = "<listcomp>",
    SETCOMP = "<setcomp>",
    DICTCOMP = "<dictcomp>",
}

/// All names of one compilation.
pub(crate) struct Names {
    set: IndexSet<Box<str>, FxBuildHasher>,
}

impl Names {
    pub(crate) fn new() -> Names {
        Names { set: KNOWN.iter().map(|&name| Box::from(name)).collect() }
    }

    pub(crate) fn intern(&mut self, name: &str) -> NameId {
        if let Some(index) = self.set.get_index_of(name) {
            return NameId(index as u32);
        }
        NameId(self.set.insert_full(Box::from(name)).0 as u32)
    }

    pub(crate) fn text(&self, id: NameId) -> &str {
        &self.set[id.0 as usize]
    }

    /// `name` as it is spelled inside `class`: `__name` becomes `_Class__name`.
    pub(crate) fn mangle(&mut self, class: Option<NameId>, name: &str) -> NameId {
        match class {
            Some(class) if is_private(name) => {
                let prefix = self.text(class).trim_start_matches('_');
                if prefix.is_empty() {
                    return self.intern(name);
                }
                let mangled = format!("_{prefix}{name}");
                self.intern(&mangled)
            }
            _ => self.intern(name),
        }
    }
}

fn is_private(name: &str) -> bool {
    name.starts_with("__") && !name.ends_with("__") && !name.contains('.')
}
