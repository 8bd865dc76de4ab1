//! Small objects of the object model itself.
use std::cell::Cell;

use haft_heap::Value;

use super::{Dict, NoTrace};
use crate::payload;

payload! {
    /// A module. Its namespace is a real dict; see [`Module::dict`].
    pub struct Module [Module] {
        /// `__dict__`
        pub dict: Dict,
    }
    /// `slice(start, stop, step)`
    pub struct Slice {
        /// As given, None if not.
        pub start: Value,
        /// As given.
        pub stop: Value,
        /// As given, None if not.
        pub step: Value,
    }
    /// `range(start, stop, step)`: ints of any size.
    pub struct Range {
        /// First number.
        pub start: Value,
        /// Bound.
        pub stop: Value,
        /// Difference, not 0.
        pub step: Value,
        /// How many numbers, an int.
        pub len: Value,
    }
    /// `property(fget, fset, fdel, doc)`
    pub struct Property {
        /// Getter or None.
        pub getter: Cell<Value>,
        /// Setter or None.
        pub setter: Cell<Value>,
        /// Deleter or None.
        pub deleter: Cell<Value>,
        /// `__doc__`
        pub doc: Cell<Value>,
        /// `__name__`, or ABSENT
        pub name: Cell<Value>,
        /// Did the docstring come from the getter?
        pub getter_doc: Cell<bool>,
    }
    /// `functools.partial(function, *args, **keywords)`
    pub struct Partial {
        /// What it calls.
        pub function: Cell<Value>,
        /// A tuple.
        pub args: Cell<Value>,
        /// A dict.
        pub keywords: Cell<Value>,
        /// How many of `args` are placeholders.
        pub n_open: Cell<usize>,
    }
    /// `staticmethod(f)`
    pub struct StaticMethod {
        /// `__func__`
        pub function: Cell<Value>,
    }
    /// `classmethod(f)`
    pub struct ClassMethod {
        /// `__func__`
        pub function: Cell<Value>,
    }
    /// `super(C, x)`
    pub struct Super {
        /// `__thisclass__`
        pub class: Cell<Value>,
        /// `__self__`, or ABSENT
        pub receiver: Cell<Value>,
        /// `__self_class__`, or ABSENT
        pub receiver_class: Cell<Value>,
    }
    /// A weak reference; its target is found through the heap's table.
    pub struct WeakRef {
        /// Its number in the heap's table.
        pub id: NoTrace<haft_heap::WeakId>,
        /// What to call when the target has died, or ABSENT.
        pub callback: Cell<Value>,
        /// Hash of the target, once asked for.
        pub hash: Cell<Option<i64>>,
    }
    /// An attribute of a named tuple: one of its items.
    pub struct TupleGetter {
        /// Which.
        pub index: i64,
        /// `__doc__`
        pub doc: Cell<Value>,
    }
    /// A slot of a class with `__slots__`.
    pub struct SlotMember {
        /// The class.
        pub owner: Value,
        /// The attribute's name, a str.
        pub name: Value,
        /// Slot number in the class's shapes.
        pub slot: usize,
    }
}
