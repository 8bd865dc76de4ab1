//! A tiny host: objects are rows of a table, handles are rows of another, and most functions do nothing.

use std::cell::RefCell;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr;

use haft_hpy_abi::types::*;
use haft_hpy_abi::{CFunction, Constant, Context, Cx, HPy, Host, Shortcuts, kinds};

/// An object.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Object {
    /// A constant.
    Constant(Constant),
    /// An int.
    Int(i64),
    /// A str; the text ends with a zero.
    Str(Vec<u8>),
    /// A tuple.
    Tuple(Vec<HPy>),
    /// A list.
    List(Vec<HPy>),
    /// A type that was made from a spec, and the context that its slots are called with.
    Type(usize),
    /// A callable that counts its calls.
    Callable,
}

/// What the host knows.
#[derive(Default)]
pub(crate) struct World {
    /// Objects, which are never freed.
    pub(crate) objects: Vec<Object>,
    /// Each handle's object, and whether the handle is open.
    pub(crate) handles: Vec<(usize, bool)>,
    /// The message of the exception being raised.
    pub(crate) error: Option<String>,
    /// How often callables were called.
    pub(crate) called: usize,
    /// What functions were called, by name.
    pub(crate) log: Vec<&'static str>,
}

thread_local! {
    static WORLD: RefCell<World> = RefCell::new(World::default());
}

/// Looks at the world.
pub(crate) fn world<R>(look: impl FnOnce(&mut World) -> R) -> R {
    WORLD.with_borrow_mut(look)
}

/// A new handle for a new object.
pub(crate) fn new(object: Object) -> HPy {
    world(|world| {
        world.objects.push(object);
        let index = world.objects.len() - 1;
        world.open(index)
    })
}

/// The object of a handle of the host.
pub(crate) fn object(handle: HPy) -> Object {
    world(|world| {
        let index = world.index(handle);
        world.objects[index].clone()
    })
}

/// A text as an object.
pub(crate) fn text(text: &str) -> HPy {
    new(Object::Str([text.as_bytes(), b"\0"].concat()))
}

/// How many handles are open, constants not counted.
pub(crate) fn n_open() -> usize {
    world(|world| world.handles.iter().filter(|(_, open)| *open).count() - Constant::ALL.len())
}

impl World {
    fn open(&mut self, index: usize) -> HPy {
        self.handles.push((index, true));
        // Handles of the host are odd, those of debug mode even.
        HPy((2 * self.handles.len() + 1).cast_signed())
    }

    fn slot(&mut self, handle: HPy) -> &mut (usize, bool) {
        assert!(handle.0 % 2 == 1, "{handle:?} is no handle of the host");
        &mut self.handles[handle.0.cast_unsigned() / 2 - 1]
    }

    /// The object of a handle, even of a closed one: the object is still there.
    fn index(&mut self, handle: HPy) -> usize {
        self.slot(handle).0
    }
}

/// The context of a new world.
pub(crate) fn context() -> Context {
    world(|world| *world = World::default());
    Context::new::<Fake>(ptr::null_mut())
}

/// The host.
pub(crate) struct Fake;

/// Arguments as words.
trait Argument {
    fn word(self) -> isize;
}
/// Results from words.
trait Answer {
    fn of(word: isize) -> Self;
}

macro_rules! numbers {
    ($($ty:ty)+) => { $(
        impl Argument for $ty { fn word(self) -> isize { self as isize } }
        impl Answer for $ty { fn of(word: isize) -> Self { word as $ty } }
    )+ };
}
numbers!(i32 u32 i64 u64 isize usize f64);

macro_rules! words {
    ($($ty:ident)+) => { $(
        impl Argument for $ty { fn word(self) -> isize { self.0 } }
        impl Answer for $ty { fn of(word: isize) -> Self { $ty(word) } }
    )+ };
}
words!(HPy HPyField HPyGlobal HPyListBuilder HPyTupleBuilder HPyTracker HPyThreadState);

impl Argument for bool {
    fn word(self) -> isize {
        isize::from(self)
    }
}
impl<T> Argument for *const T {
    fn word(self) -> isize {
        self.expose_provenance().cast_signed()
    }
}
impl<T> Argument for *mut T {
    fn word(self) -> isize {
        self.expose_provenance().cast_signed()
    }
}
impl Argument for HPyCFunction {
    fn word(self) -> isize {
        self.map_or(0, |function: CFunction| (function as usize).cast_signed())
    }
}
impl Answer for () {
    fn of(_: isize) -> Self {}
}
impl Answer for *const c_char {
    fn of(word: isize) -> Self {
        ptr::with_exposed_provenance(word.cast_unsigned())
    }
}
impl Answer for *mut c_void {
    fn of(word: isize) -> Self {
        ptr::with_exposed_provenance_mut(word.cast_unsigned())
    }
}

macro_rules! method {
    (constants $body:tt) => {};
    (functions { $method:ident = $api:ident($($parameter:ident: $kind:ident),*) -> $result:ident,
        $effect:ident, $error:ident }) => {
        unsafe fn $method(cx: Cx $(, $parameter: kinds::$kind)*) -> kinds::$result {
            Answer::of(perform(cx, stringify!($method), &[ $( Argument::word($parameter) ),* ]))
        }
    };
    (functions { $method:ident = $api:ident($($parameter:ident: $kind:ident),*) -> $result:ident,
        $effect:ident, $error:ident, shared }) => {};
}

macro_rules! fake {
    ($( $section:ident { $( $(#[doc = $doc:literal])+ $index:literal $field:ident $body:tt )+ } )+) => {
        impl Shortcuts for Fake {}

        impl Host for Fake {
            const NAME: &'static CStr = c"HPy Universal ABI (fake)";

            fn constant(_: Cx, constant: Constant) -> HPy {
                new(Object::Constant(constant))
            }

            fn panicked(_: Cx, function: &'static str, message: &str) {
                world(|world| world.error = Some(format!("{function} panicked: {message}")));
            }

            $( $( method!($section $body); )+ )+
        }
    };
}
haft_hpy_abi::for_each_slot!(fake);

/// The text at an address.
fn c_text(word: isize) -> String {
    let at = ptr::with_exposed_provenance::<c_char>(word.cast_unsigned());
    // SAFETY: the tests give strings in C.
    unsafe { CStr::from_ptr(at) }.to_string_lossy().into_owned()
}

/// Handles at an address.
fn array(at: isize, n: isize) -> Vec<HPy> {
    let at = ptr::with_exposed_provenance::<HPy>(at.cast_unsigned());
    // SAFETY: the tests say how many handles there are.
    (0..n.cast_unsigned()).map(|index| unsafe { *at.add(index) }).collect()
}

/// Does what a function of the context does; a handle or number as a word.
fn perform(cx: Cx, name: &'static str, args: &[isize]) -> isize {
    world(|world| world.log.push(name));
    let handle = |index: usize| HPy(args[index]);
    match name {
        "fatal_error" => fatal(&c_text(args[0])),
        "close" => {
            if args[0] != 0 {
                let open = world(|world| std::mem::replace(&mut world.slot(handle(0)).1, false));
                assert!(open, "closed twice in the host");
            }
            0
        }
        "dup" => world(|world| {
            let index = world.index(handle(0));
            world.open(index).0
        }),
        "long_from_int64_t" => new(Object::Int(args[0] as i64)).0,
        "unicode_from_string" => text(&c_text(args[0])).0,
        "unicode_as_utf8_and_size" => world(|world| {
            let index = world.index(handle(0));
            let Object::Str(text) = &world.objects[index] else { panic!("not a str") };
            let size = ptr::with_exposed_provenance_mut::<isize>(args[1].cast_unsigned());
            // SAFETY: debug mode gives where to store the size.
            unsafe { *size = text.len().cast_signed() - 1 };
            text.as_ptr().expose_provenance().cast_signed()
        }),
        "tuple_from_array" => new(Object::Tuple(array(args[0], args[1]))).0,
        "list_new" => new(Object::List(Vec::new())).0,
        "list_append" => world(|world| {
            let (list, item) = (world.index(handle(0)), world.index(handle(1)));
            let item = world.open(item);
            let Object::List(items) = &mut world.objects[list] else { panic!("not a list") };
            items.push(item);
            0
        }),
        "length" => match object(handle(0)) {
            Object::Str(text) => text.len().cast_signed() - 1,
            Object::Tuple(items) | Object::List(items) => items.len().cast_signed(),
            other => panic!("no length: {other:?}"),
        },
        "tuple_check" => isize::from(matches!(object(handle(0)), Object::Tuple(_))),
        "type_check" => type_check(object(handle(0)), object(handle(1))),
        "type_" => new(Object::Type(0)).0,
        "type_get_builtin_shape" => Shape::Object as isize,
        "type_from_spec" => new(Object::Type(cx.outer().as_ptr().addr())).0,
        "err_occurred" => world(|world| isize::from(world.error.is_some())),
        "err_clear" => world(|world| {
            world.error = None;
            0
        }),
        "err_no_memory" => world(|world| {
            world.error = Some("MemoryError".to_owned());
            0
        }),
        "err_set_string" => {
            let message = c_text(args[1]);
            world(|world| world.error = Some(message));
            0
        }
        "call_tuple_dict" => {
            assert_eq!(object(handle(0)), Object::Callable);
            world(|world| world.called += 1);
            new(Object::Int(0)).0
        }
        "add" => panic!("the fake host cannot add"),
        "repr" => text(&format!("{:?}", object(handle(0)))).0,
        "context_var_get" => {
            let result = ptr::with_exposed_provenance_mut::<HPy>(args[2].cast_unsigned());
            // SAFETY: debug mode gives where to store the result.
            unsafe { *result = HPy::NULL };
            0
        }
        _ => 0,
    }
}

/// Strings are instances of `str`, types of `type`.
fn type_check(object: Object, class: Object) -> isize {
    let class = match class {
        Object::Constant(constant) => constant,
        _ => return 0,
    };
    isize::from(match object {
        Object::Str(_) => class == Constant::UnicodeType,
        Object::Type(_) => class == Constant::TypeType,
        Object::Constant(constant) => {
            class == Constant::TypeType && constant.name().ends_with("Type")
        }
        _ => false,
    })
}

/// Ends the process as a host does.
fn fatal(message: &str) -> isize {
    eprintln!("Fatal: {message}");
    std::process::exit(c_int::from(70u8))
}
