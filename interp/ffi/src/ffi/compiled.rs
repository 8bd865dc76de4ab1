//! The class `_cffi_backend.FFI`: an environment that knows the types of C itself, and whose text errors are brief.
use haft_cffi_core::parse::{Error, ErrorKind};

use super::object::{self, make_callback, make_new_allocator, new_object, once};
use super::types::{self, type_argument};
use super::{Ffi, FfiObject, data};
use crate::prelude::*;
use crate::state::raise_as;

natives! {
    static METHODS = {
        /// Return the address of a struct, union, array, of a field or item.
        addressof "($self, cdata, /, *fields_or_indexes)" => data::addressof;
        /// Return the natural alignment size in bytes of the argument.
        alignof "($self, cdecl)" => alignof;
        /// Return a callback object or a decorator making such a callback object.
        callback "($self, cdecl, python_callable=None, error=None, onerror=None)" => make_callback;
        /// Similar to a C cast: an instance of the named C type made of the given source.
        cast "($self, cdecl, source)" => data::cast;
        /// Return a cdata of the given type pointing to the data of the given Python object.
        from_buffer "($self, cdecl, python_buffer=<absent>, require_writable=False)" => data::from_buffer;
        /// Return the Python object that a handle stands for.
        from_handle "($self, x)" => |vm, args| data::from_handle(vm, args[1]);
        /// Return a new cdata that points to the same data; when it dies, the destructor is called.
        gc "($self, cdata, destructor, size=0)" => |vm, args| data::gc(vm, args[1], args[2]);
        /// Return a string giving the C type.
        getctype "($self, cdecl, replace_with='')" => getctype;
        /// Call func() once for each tag, and return its result.
        init_once "($self, func, tag)" => once;
        /// Copy n bytes of memory from src to dest.
        memmove "($self, dest, src, n)" => data::memmove;
        /// Allocate an instance according to the specified C type and return a pointer to it.
        new "($self, cdecl, init=None)" => data::new;
        /// Return a function that behaves like ffi.new() but uses the provided low-level functions.
        new_allocator "($self, alloc=None, free=None, should_clear_after_alloc=True)" => make_new_allocator;
        /// Return a 'void *' that stands for a Python object.
        new_handle "($self, x)" => data::new_handle;
        /// Return the offset of the named field inside the given structure or array.
        offsetof "($self, cdecl, field, /, *fields_or_indexes)" => types::offsetof;
        /// Release now what the cdata object owns.
        release "($self, cdata)" => |vm, args| data::release_data(vm, args[1]);
        /// Return the size in bytes of the argument.
        sizeof "($self, cdecl)" => sizeof;
        /// Return a Python string from the cdata.
        string "($self, cdata, maxlen=-1)" => |vm, args| data::string(vm, args[1], args[2]);
        /// Parse the C type given as a string and return the corresponding <ctype> object.
        "typeof" "($self, cdecl)" => types::type_of;
        /// Unpack an array of C data of the given length.
        unpack "($self, cdata, length)" => |vm, args| data::unpack(vm, args[1], args[2]);
    }
}

getsets! {
    static GETSETS = {
        /// the value of 'errno' from/to the C calls
        errno => data::get_errno, data::set_errno;
    }
}

pub(crate) fn make_class(vm: &mut Vm) -> Type {
    vm.new_builtin_type(&TypeSpec {
        flags: TypeFlags::BASE.with(TypeFlags::HAS_WEAKREFS),
        slots: |s| {
            s.new.set(Some(|vm, class, _| new_object(vm, class, true)));
            s.init.set(Some(|vm, _, args| {
                if args.vals.is_empty() {
                    return Ok(Value::NONE);
                }
                Err(vm.type_error("FFI() takes no arguments"))
            }));
        },
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<FfiObject>("_cffi_backend.FFI")
    })
}

/// `FFI.CData` and so on: they need the other classes, so not in the table.
pub(crate) fn add_class_attributes(vm: &mut Vm, state: &Rc<State>) -> R<()> {
    object::add_class_attributes(vm, state, state.classes.compiled_ffi)?;
    let (class, error) = (state.classes.compiled_ffi, state.classes.ffi_error);
    vm.dict_set_str(class.dict, "error", error.value());
    vm.type_changed(class);
    Ok(())
}

fn alignof(vm: &mut Vm, args: &[Value]) -> R {
    let ffi = super::own(vm, args[0])?;
    let ct = match CD::of_value(args[1]) {
        Some(cd) => cd.ctype,
        None => type_argument(vm, ffi, args[1], "alignof")?,
    };
    types::align_of_type(vm, ct)
}

fn sizeof(vm: &mut Vm, args: &[Value]) -> R {
    let ffi = super::own(vm, args[0])?;
    if CD::of_value(args[1]).is_some() {
        return data::size_of_value(vm, args[1]);
    }
    let ct = type_argument(vm, ffi, args[1], "sizeof")?;
    if ct.size() < 0 {
        let message = format!("don't know the size of ctype '{}'", ct.name());
        return Err(raise_as(vm, Raises::FFIError, &message));
    }
    Ok(vm.int(ct.size()))
}

/// As `cffi.FFI.getctype`, but the declarator may itself be in parentheses.
fn getctype(vm: &mut Vm, args: &[Value]) -> R {
    let ffi = super::own(vm, args[0])?;
    let ct = type_argument(vm, ffi, args[1], "getctype")?;
    let declarator = vm.text_of(args[2], "replace_with")?;
    let text = {
        let types = ct.state.types.borrow();
        let name = types.name(*ct.id);
        let (head, tail) = name.text.split_at(name.place);
        match declarator.trim() {
            "" => name.text.to_string(),
            mark if mark.starts_with('*') && tail.starts_with('[') => {
                format!("{head}({mark}){tail}")
            }
            mark if mark.starts_with(['[', '(']) => format!("{head}{mark}{tail}"),
            mark => format!("{head} {mark}{tail}"),
        }
    };
    Ok(vm.str(&text))
}

/// The words for a mistake in a type.
fn brief(error: &Error) -> &str {
    let message = &error.message;
    match error.kind {
        _ if message.starts_with("expected a name after") => "struct or union name expected",
        _ if message.starts_with("unknown") => "undefined type name",
        _ if message.starts_with("stray") => "identifier expected",
        ErrorKind::Syntax if message.starts_with("expected a type") => "identifier expected",
        _ => message,
    }
}

/// Raise `ffi.error`: what is wrong, the text, and a mark below the place.
#[cold]
pub(super) fn raise_brief(vm: &mut Vm, text: &str, error: &Error) -> Raised {
    raise_at(vm, text, brief(error), error.span.start)
}

fn raise_at(vm: &mut Vm, text: &str, what: &str, at: usize) -> Raised {
    const LONGEST: usize = 500;
    let mut message = what.to_owned();
    if text.len() <= LONGEST {
        let shown = |byte: u8| match byte {
            b'\t' | b'\n' | b'\x0b' | b'\x0c' | b'\r' => ' ',
            b' '..=b'~' => char::from(byte),
            _ => '?',
        };
        let line: String = text.bytes().map(shown).collect();
        message = format!("{what}\n{line}\n{}^", " ".repeat(at.min(line.len())));
    }
    raise_as(vm, Raises::FFIError, &message)
}

/// An error if the text just parsed named a struct, union or enum: none is known here.
pub(super) fn refuse_tags(vm: &mut Vm, ffi: Ffi, text: &str) -> R<()> {
    let first = ffi.decls.borrow().tags().next().map(|(_, name, _)| name.to_owned());
    let Some(name) = first else { return Ok(()) };
    *ffi.decls.borrow_mut() = haft_cffi_core::Declarations::new();
    let at = text.find(&name).unwrap_or(0);
    Err(raise_at(vm, text, "undefined struct/union name", at))
}
