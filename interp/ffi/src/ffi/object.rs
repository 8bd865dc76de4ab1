//! The class `FFI`: its table of methods, and those that keep state in the object.
use haft_cffi_core::{Declarations, Library};

use super::types::{callback_type, type_argument};
use super::{Ffi, FfiObject, ListCell, data, types};
use crate::cdata::{self, Allocator};
use crate::prelude::*;
use crate::{backend, callback, library, module};

payload! {
    /// What `new_allocator` gives keeps.
    pub(crate) struct AllocatorObject {
        ffi: Ffi,
        alloc: Value,
        free: Value,
        clear: bool,
    }
}

natives! {
    static METHODS = {
        /// Parse the given C source.  This registers all declared functions,
        /// types, and global variables.
        cdef "($self, csource, override=False, packed=False, pack=None)" => types::cdef;
        /// Load and return a dynamic library identified by 'name'.
        dlopen "($self, name, flags=0)" => dlopen;
        /// Close a library obtained with ffi.dlopen().
        dlclose "($self, lib)" => dlclose;
        /// Parse the C type given as a string and return the
        /// corresponding <ctype> object.
        "typeof" "($self, cdecl)" => types::type_of;
        /// Return the size in bytes of the argument.
        sizeof "($self, cdecl)" => data::sizeof;
        /// Return the natural alignment size in bytes of the C type
        /// given as a string.
        alignof "($self, cdecl)" => types::alignof;
        /// Return the offset of the named field inside the given
        /// structure or array, which must be given as a C type name.
        offsetof "($self, cdecl, field, /, *fields_or_indexes)" => types::offsetof;
        /// Allocate an instance according to the specified C type and
        /// return a pointer to it.
        new "($self, cdecl, init=None)" => data::new;
        /// Return a new allocator, i.e. a function that behaves like ffi.new()
        /// but uses the provided low-level 'alloc' and 'free' functions.
        new_allocator "($self, alloc=None, free=None, should_clear_after_alloc=True)" => make_new_allocator;
        /// Similar to a C cast: returns an instance of the named C
        /// type initialized with the given 'source'.
        cast "($self, cdecl, source)" => data::cast;
        /// Return a Python string (or unicode string) from the 'cdata'.
        string "($self, cdata, maxlen=-1)" => |vm, args| data::string(vm, args[1], args[2]);
        /// Unpack an array of C data of the given length,
        /// returning a Python string/unicode/list.
        unpack "($self, cdata, length)" => |vm, args| data::unpack(vm, args[1], args[2]);
        /// Return a cdata of the given type pointing to the data of the
        /// given Python object, which must support the buffer interface.
        from_buffer "($self, cdecl, python_buffer=<absent>, require_writable=False)" => data::from_buffer;
        /// ffi.memmove(dest, src, n) copies n bytes of memory from src to dest.
        memmove "($self, dest, src, n)" => data::memmove;
        /// Return a callback object or a decorator making such a
        /// callback object.
        callback "($self, cdecl, python_callable=None, error=None, onerror=None)" => make_callback;
        /// Return a string giving the C type 'cdecl'.
        getctype "($self, cdecl, replace_with='')" => types::getctype;
        /// Return a new cdata object that points to the same
        /// data.  Later, when this new cdata object is garbage-collected,
        /// 'destructor(old_cdata_object)' will be called.
        gc "($self, cdata, destructor, size=0)" => |vm, args| data::gc(vm, args[1], args[2]);
        /// Release now what the cdata object owns.
        release "($self, x)" => |vm, args| data::release_data(vm, args[1]);
        /// Return the address of a <cdata 'struct-or-union'>, of a field or item in it, or of a global of a library.
        addressof "($self, cdata, /, *fields_or_indexes)" => data::addressof;
        /// Includes the typedefs, structs, unions and enums defined
        /// in another FFI instance.
        include "($self, ffi_to_include)" => types::include;
        /// Return a 'void *' that stands for a Python object.
        new_handle "($self, x)" => data::new_handle;
        /// Return the Python object that a handle stands for.
        from_handle "($self, x)" => |vm, args| data::from_handle(vm, args[1]);
        /// Returns the user type names known to this FFI instance.
        /// This returns a tuple containing three lists of names:
        /// (typedef_names, names_of_structs, names_of_unions)
        list_types "($self)" => types::list_types;
        /// Call func() once for each tag, and return its result.
        init_once "($self, func, tag)" => once;
        /// Only available on API-mode FFI objects.
        def_extern "($self, *args, **kwds)" => def_extern;
        /// Windows: declare TCHAR and so on as wchar_t or char.
        set_unicode "($self, enabled_flag)" => set_unicode;
        /// Not available: needs a C compiler.
        set_source "($self, *args, **kwds)" => |vm, _| api_mode(vm, "set_source");
        /// Not available: needs a C compiler.
        set_source_pkgconfig "($self, *args, **kwds)" => |vm, _| api_mode(vm, "set_source_pkgconfig");
        /// Not available: needs a C compiler.
        compile "($self, *args, **kwds)" => |vm, _| api_mode(vm, "compile");
        /// Not available: needs a C compiler.
        verify "($self, *args, **kwds)" => |vm, _| api_mode(vm, "verify");
        /// Not available: needs a C compiler.
        embedding_api "($self, *args, **kwds)" => |vm, _| api_mode(vm, "embedding_api");
        /// Not available: needs a C compiler.
        embedding_init_code "($self, *args, **kwds)" => |vm, _| api_mode(vm, "embedding_init_code");
        /// Not available: needs a C compiler.
        emit_c_code "($self, *args, **kwds)" => |vm, _| api_mode(vm, "emit_c_code");
        /// Not available: needs a C compiler.
        emit_python_code "($self, *args, **kwds)" => |vm, _| api_mode(vm, "emit_python_code");
        /// Not available: needs a C compiler.
        distutils_extension "($self, *args, **kwds)" => |vm, _| api_mode(vm, "distutils_extension");
    }
    static FUNCTIONS = {
        /// Behaves like ffi.new().
        allocate "($self, cdecl, init=None)" => allocate;
        /// Makes a callback of a function.
        callback_decorator_wrap "($self, python_callable)" => decorate;
    }
}

getsets! {
    static GETSETS = {
        /// the value of 'errno' from/to the C calls
        errno => data::get_errno, data::set_errno;
        /// the type 'void *'
        BVoidP => |vm, this| named_type(vm, this, "void *");
        /// the type 'char[]'
        BCharA => |vm, this| named_type(vm, this, "char[]");
    }
}

const DOC: &str = r#"
    The main top-level class that you instantiate once, or once per module.

    Example usage:

        ffi = FFI()
        ffi.cdef("""
            int printf(const char *, ...);
        """)

        C = ffi.dlopen(None)   # standard library
        C.printf(b"hello, %s!\n", ffi.new("char[]", b"world"))
    "#;

pub(crate) fn make_class(vm: &mut Vm) -> Type {
    let class = vm.new_builtin_type(&TypeSpec {
        doc: DOC,
        flags: TypeFlags::BASE
            .with(TypeFlags::HAS_DICT)
            .with(TypeFlags::HAS_WEAKREFS)
            .with(TypeFlags::AS_IN_PYTHON),
        slots: |s| {
            s.new.set(Some(new));
            s.init.set(Some(init));
        },
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<FfiObject>("cffi.api.FFI")
    });
    // In the cffi package it is written in Python.
    class.native_name.set("");
    class
}

pub(crate) fn make_allocator_class(vm: &mut Vm) -> Type {
    vm.new_builtin_type(&TypeSpec {
        flags: TypeFlags::NO_NEW,
        ..TypeSpec::of::<AllocatorObject>("_cffi_backend.__Allocator")
    })
}

fn new(vm: &mut Vm, class: Value, _args: &Args<'_>) -> R {
    let state = state(vm);
    add_class_attributes(vm, &state, state.classes.ffi)?;
    new_object(vm, class, false)
}

/// A new environment.
pub(super) fn new_object(vm: &mut Vm, class: Value, compiled: bool) -> R {
    let state = state(vm);
    let Some(class) = Type::of_value(class) else {
        return Err(vm.type_error("FFI.__new__(X): X is not a type object"));
    };
    let (parsed, once, libraries) = (vm.dict(), vm.dict(), vm.new_list());
    let ffi = FfiObject {
        state: NoTrace(state),
        decls: NoTrace(RefCell::new(Declarations::new())),
        parsed,
        once,
        compiled,
        libraries: ListCell(libraries),
    };
    Ok(vm.new_payload(class, ffi))
}

fn init(vm: &mut Vm, _this: Value, args: &Args<'_>) -> R {
    let given = args.n_positional();
    if given > 1 {
        return Err(vm.type_error(format!(
            "FFI.__init__() takes from 1 to 2 positional arguments but {} were given",
            given + 1
        )));
    }
    vm.bind_signature("FFI.__init__", "(backend=None)", args)?;
    Ok(Value::NONE)
}

/// `FFI.CData` and so on: they need the other classes, so not in the table.
pub(super) fn add_class_attributes(vm: &mut Vm, state: &Rc<State>, class: Type) -> R<()> {
    let classes = state.classes;
    if vm.dict_get_str(class.dict, "CData").is_some() {
        return Ok(());
    }
    for (name, value) in
        [("CData", classes.cdata), ("CType", classes.ctype), ("buffer", classes.buffer)]
    {
        vm.dict_set_str(class.dict, name, value.value());
    }
    for &(name, flag) in Library::FLAGS {
        vm.dict_set_str(class.dict, name, Value::small(flag));
    }
    let void_pointer = module::void_pointer(vm, state)?;
    let null = cdata::view(vm, void_pointer, std::ptr::null_mut());
    vm.dict_set_str(class.dict, "NULL", null);
    vm.type_changed(class);
    Ok(())
}

fn named_type(vm: &mut Vm, this: Value, name: &str) -> R {
    let ffi = super::own(vm, this)?;
    let name = vm.str(name);
    Ok(type_argument(vm, ffi, name, "typeof")?.value())
}

fn dlopen(vm: &mut Vm, args: &[Value]) -> R {
    let ffi = super::own(vm, args[0])?;
    let name = args[1];
    let flags = vm.index_of(args[2])? as i32;
    let opened = if name.is_none() {
        Library::open(None, flags)
    } else if let Some(text) = vm.as_str(name) {
        Library::open(Some(&text.to_text()), flags)
    } else if let Some(cd) = CD::of_value(name) {
        Ok(backend::of_handle(vm, cd)?)
    } else {
        return Err(vm.type_error(
            "dlopen(name): name must be a file name, None, or an already-opened 'void *' handle",
        ));
    };
    match opened {
        Ok(opened) => Ok(library::new(vm, ffi, opened)),
        Err(error) => Err(vm.raise(vm.exc.os_error, error.message)),
    }
}

fn dlclose(vm: &mut Vm, args: &[Value]) -> R {
    library::close(vm, args[1])
}

fn native(vm: &mut Vm, name: &str, receiver: Value) -> R {
    match FUNCTIONS.iter().find(|row| row.name == name) {
        Some(row) => Ok(vm.native_function(row, receiver, Value::NONE)),
        None => Err(vm.system_error("a row of the table is missing")),
    }
}

pub(super) fn make_callback(vm: &mut Vm, args: &[Value]) -> R {
    let ffi = super::own(vm, args[0])?;
    let ct = callback_type(vm, ffi, args[1])?;
    if args[2].is_none() {
        let state = vm.tuple(&[ct.value(), args[3], args[4]]);
        return native(vm, "callback_decorator_wrap", state);
    }
    checked_callback(vm, ct, args[2], args[3], args[4])
}

fn checked_callback(vm: &mut Vm, ct: CT, function: Value, error: Value, onerror: Value) -> R {
    if vm.type_of(function).slots.call.get().is_none() {
        return Err(vm.type_error("the 'python_callable' argument is not callable"));
    }
    callback::new(vm, ct, function, error, onerror)
}

fn decorate(vm: &mut Vm, args: &[Value]) -> R {
    let state = vm.as_tuple(args[0]).map_or(&[][..], Tuple::items);
    match *state {
        [ct, error, onerror] if let Some(ct) = CT::of_value(ct) => {
            checked_callback(vm, ct, args[1], error, onerror)
        }
        _ => Err(vm.system_error("a decorator without its type")),
    }
}

pub(super) fn make_new_allocator(vm: &mut Vm, args: &[Value]) -> R {
    let ffi = super::own(vm, args[0])?;
    let (alloc, free) = (args[1], args[2]);
    if alloc.is_none() && !free.is_none() {
        return Err(vm.type_error("cannot pass 'free' without 'alloc'"));
    }
    let clear = vm.truth(args[3])?;
    let class = ffi.state.classes.allocator;
    let allocator = vm.new_payload(class, AllocatorObject { ffi, alloc, free, clear });
    native(vm, "allocate", allocator)
}

fn allocate(vm: &mut Vm, args: &[Value]) -> R {
    let own = vm.this::<AllocatorObject>(args[0], "allocate", "allocator")?;
    let ct = type_argument(vm, own.ffi, args[1], "new")?;
    let allocator = Allocator { alloc: own.alloc, free: own.free, clear: own.clear };
    cdata::new(vm, ct, args[2], Some(&allocator))
}

pub(super) fn once(vm: &mut Vm, args: &[Value]) -> R {
    let ffi = super::own(vm, args[0])?;
    let (function, tag) = (args[1], args[2]);
    // A result stands in a tuple; before there is one, a lock for those who come meanwhile.
    let entry = vm.dict_get(ffi.once, tag)?;
    if let Some(result) = entry.and_then(|entry| vm.as_tuple(entry)) {
        return Ok(result.items()[0]);
    }
    let lock = match entry {
        Some(lock) => lock,
        None => {
            let threads = haft_builtins::runtime::import::import_module(vm, "_thread")?;
            let allocate = vm.get_attr_str(threads, "allocate_lock")?;
            let lock = vm.call_positional(allocate, &[])?;
            vm.dict_set(ffi.once, tag, lock)?;
            lock
        }
    };
    let acquire = vm.get_attr_str(lock, "acquire")?;
    vm.call_positional(acquire, &[])?;
    let result = call_once(vm, ffi, function, tag);
    let release = vm.get_attr_str(lock, "release")?;
    vm.call_positional(release, &[])?;
    result
}

/// The result for a tag whose lock is held.
fn call_once(vm: &mut Vm, ffi: Ffi, function: Value, tag: Value) -> R {
    if let Some(result) = vm.dict_get(ffi.once, tag)?.and_then(|entry| vm.as_tuple(entry)) {
        return Ok(result.items()[0]);
    }
    let result = vm.call_positional(function, &[])?;
    let entry = vm.tuple(&[result]);
    vm.dict_set(ffi.once, tag, entry)?;
    Ok(result)
}

fn def_extern(vm: &mut Vm, _args: &[Value]) -> R {
    Err(vm.value_error("ffi.def_extern() is only available on API-mode FFI objects"))
}

fn api_mode(vm: &mut Vm, name: &str) -> R {
    Err(vm.not_implemented_error(format!(
        "ffi.{name}() needs API mode, which is not available; use ffi.dlopen() with ffi.cdef()"
    )))
}

fn set_unicode(vm: &mut Vm, args: &[Value]) -> R {
    let enabled = vm.truth(args[1])?;
    let unit = if enabled { "wchar_t" } else { "char" };
    let source = ["TCHAR", "TBYTE"].map(|name| format!("typedef {unit} {name};")).concat()
        + &format!(
            "typedef const {unit} *LPCTSTR; typedef const {unit} *PCTSTR; typedef {unit} *LPTSTR; typedef {unit} *PTSTR; \
             typedef TBYTE *PTBYTE; typedef TCHAR *PTCHAR;"
        );
    let marker = vm.intern("set_unicode()");
    let once = super::own(vm, args[0])?.once;
    if vm.dict_get(once, marker)?.is_some() {
        return Err(vm.value_error("set_unicode() can only be called once"));
    }
    vm.dict_set(once, marker, Value::TRUE)?;
    let source = vm.str(&source);
    types::cdef(vm, &[args[0], source, Value::FALSE, Value::FALSE, Value::NONE])
}
