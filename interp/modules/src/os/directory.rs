//! Reading directories: `listdir`, `scandir`, `DirEntry`.
use std::cell::{Cell, RefCell};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use haft_core::object::{NoTrace, PayloadRef, Type, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{R, Value, Vm, getsets, natives, payload};
use haft_host::constants as c;
use haft_host::directory::{self, Directory, Kind};
use haft_host::stat::{Follow, stat};

use super::argument::{Accepts, path, path_of_bytes};
use super::{stat as stat_module, state};

const WHERE: Accepts = Accepts { fd: true, none: true };

/// `listdir(path=None)`.
pub(super) fn listdir(vm: &mut Vm, args: &[Value]) -> R {
    let place = path(vm, "listdir", "path", args[0], WHERE)?;
    let names = vm.without_gil(|| match place.fd {
        Some(fd) => directory::list_fd(fd),
        None => directory::list(&place.path),
    });
    let names = match names {
        Ok(names) => names,
        Err(error) => return Err(place.error(vm, &error)),
    };
    let list = vm.new_list();
    for name in &names {
        let name = place.name(vm, name);
        list.push(&mut vm.heap, name);
    }
    Ok(list.value())
}

payload! {
    /// What `scandir` returns.
    struct ScandirIterator {
        stream: NoTrace<RefCell<Option<Directory>>>,
        /// The path in front of names, bytes as for the operating system; empty for a descriptor.
        prefix: NoTrace<Vec<u8>>,
        is_bytes: bool,
        fd: NoTrace<Option<i32>>,
        /// As given, for errors.
        path: Value,
    }
    /// An entry of a directory.
    struct DirEntry {
        name: Value,
        path: Value,
        /// For the operating system.
        os_path: NoTrace<Vec<u8>>,
        dir_fd: NoTrace<Option<i32>>,
        kind: NoTrace<Kind>,
        inode: u64,
        stat: Cell<Value>,
        lstat: Cell<Value>,
    }
}

/// `scandir(path=None)`.
pub(super) fn scandir(vm: &mut Vm, args: &[Value]) -> R {
    let place = path(vm, "scandir", "path", args[0], WHERE)?;
    let stream = vm.without_gil(|| match place.fd {
        Some(fd) => Directory::from_fd(fd),
        None => Directory::open(&place.path),
    });
    let stream = match stream {
        Ok(stream) => stream,
        Err(error) => return Err(place.error(vm, &error)),
    };
    let class = state::types(vm).scandir_iterator;
    let mut prefix = place.path.as_os_str().as_bytes().to_vec();
    if !prefix.is_empty() && prefix.last() != Some(&b'/') {
        prefix.push(b'/');
    }
    let iterator = ScandirIterator {
        stream: NoTrace(RefCell::new(Some(stream))),
        prefix: NoTrace(prefix),
        is_bytes: place.is_bytes,
        fd: NoTrace(place.fd),
        path: place.object,
    };
    Ok(vm.new_payload(class, iterator))
}

pub(super) fn make_iterator_type(vm: &mut Vm) -> Type {
    vm.new_builtin_type(&TypeSpec {
        slots: |s| {
            s.iter.set(Some(|_, this| Ok(this)));
            s.next.set(Some(next_entry));
            s.del.set(Some(iterator_del));
        },
        methods: ITERATOR_METHODS,
        ..TypeSpec::of::<ScandirIterator>("posix.ScandirIterator")
    })
}

natives! {
    static ITERATOR_METHODS = {
        __enter__ "($self, /)" => |_, args| Ok(args[0]);
        __exit__ "($self, /, *exc_info)" => close_iterator;
        close "($self, /)" => close_iterator;
    }
}

fn this_iterator(vm: &mut Vm, value: Value) -> R<PayloadRef<ScandirIterator>> {
    vm.this(value, "__next__", "posix.ScandirIterator")
}

fn close_iterator(vm: &mut Vm, args: &[Value]) -> R {
    let this = this_iterator(vm, args[0])?;
    drop(this.stream.take());
    Ok(Value::NONE)
}

fn iterator_del(vm: &mut Vm, value: Value) -> R {
    let this = this_iterator(vm, value)?;
    let is_open = this.stream.borrow().is_some();
    if is_open {
        let shown = vm.repr_text(value)?;
        let warned =
            crate::warn::warn_resource(vm, &format!("unclosed scandir iterator {shown}"), value);
        if let Err(raised) = warned {
            crate::unraisable::report(vm, raised, "", value);
        }
        drop(this.stream.take());
    }
    Ok(Value::NONE)
}

fn next_entry(vm: &mut Vm, value: Value) -> R {
    let this = this_iterator(vm, value)?;
    let next = this.stream.borrow_mut().as_mut().and_then(Iterator::next);
    let entry = match next {
        Some(Ok(entry)) => entry,
        Some(Err(error)) => return Err(vm.os_error_at(&error, this.path)),
        None => {
            drop(this.stream.take());
            return Ok(Value::ABSENT);
        }
    };
    let name = entry.name.as_bytes();
    let os_path = [&this.prefix, name].concat();
    let text =
        |vm: &mut Vm, bytes: &[u8]| if this.is_bytes { vm.bytes(bytes) } else { vm.str_os(bytes) };
    // Without a path in front (None, a descriptor) the entry's path is its name.
    let shown_path = if this.path.is_none() { name } else { &os_path };
    let payload = DirEntry {
        name: text(vm, name),
        path: text(vm, shown_path),
        os_path: NoTrace(os_path.clone()),
        dir_fd: NoTrace(this.fd.0),
        kind: NoTrace(entry.kind),
        inode: entry.inode,
        stat: Cell::new(Value::ABSENT),
        lstat: Cell::new(Value::ABSENT),
    };
    let class = state::types(vm).dir_entry;
    Ok(vm.new_payload(class, payload))
}

pub(super) fn make_entry_type(vm: &mut Vm) -> Type {
    vm.new_builtin_type(&TypeSpec {
        flags: TypeFlags::NO_NEW,
        slots: |s| s.repr.set(Some(entry_repr)),
        methods: ENTRY_METHODS,
        getsets: ENTRY_GETSETS,
        ..TypeSpec::of::<DirEntry>("posix.DirEntry")
    })
}

natives! {
    static ENTRY_METHODS = {
        /// Return True if the entry is a directory; cached per entry.
        is_dir "($self, /, *, follow_symlinks=True)" => |vm, args| is_kind(vm, args, Kind::Directory, c::S_IFDIR);
        /// Return True if the entry is a file; cached per entry.
        is_file "($self, /, *, follow_symlinks=True)" => |vm, args| is_kind(vm, args, Kind::File, c::S_IFREG);
        /// Return True if the entry is a symbolic link; cached per entry.
        is_symlink "($self, /)" => |vm, args| {
            let this = this_entry(vm, args[0])?;
            is_symlink(vm, this).map(Value::bool)
        };
        /// Return True if the entry is a junction; cached per entry.
        is_junction "($self, /)" => |_, _| Ok(Value::FALSE);
        /// Return stat_result object for the entry; cached per entry.
        stat "($self, /, *, follow_symlinks=True)" => |vm, args| {
            let this = this_entry(vm, args[0])?;
            let follow = vm.truth(args[1])?;
            entry_stat(vm, this, follow)
        };
        /// Return inode of the entry; cached per entry.
        inode "($self, /)" => |vm, args| {
            let inode = this_entry(vm, args[0])?.inode;
            Ok(vm.int_u64(inode))
        };
        /// Returns the path for the entry.
        __fspath__ "($self, /)" => |vm, args| Ok(this_entry(vm, args[0])?.path);
        /// See PEP 585
        class __class_getitem__ "($cls, item, /)" => |vm, args| {
            let alias = vm.t.generic_alias.value();
            vm.call_positional(alias, &[args[0], args[1]])
        };
        __reduce__ "($self, /)" => |vm, args| {
            let class = vm.type_name(args[0]);
            Err(vm.type_error(format!("cannot pickle '{class}' object")))
        };
    }
}

getsets! {
    static ENTRY_GETSETS = {
        /// the entry's base filename, relative to scandir() "path" argument
        name => |vm, this| Ok(this_entry(vm, this)?.name);
        /// the entry's full path name; equivalent to os.path.join(scandir_path, entry.name)
        path => |vm, this| Ok(this_entry(vm, this)?.path);
    }
}

fn this_entry(vm: &mut Vm, value: Value) -> R<PayloadRef<DirEntry>> {
    vm.this(value, "stat", "posix.DirEntry")
}

fn entry_repr(vm: &mut Vm, value: Value) -> R {
    let name = this_entry(vm, value)?.name;
    let shown = vm.repr_text(name)?;
    Ok(vm.str(&format!("<DirEntry {shown}>")))
}

/// The entry's status, asked for once each way.
fn entry_stat(vm: &mut Vm, this: PayloadRef<DirEntry>, follow: bool) -> R {
    let follow_link = follow && is_symlink(vm, this)?;
    let cache = if follow_link { &this.get().stat } else { &this.get().lstat };
    if !cache.get().is_absent() {
        return Ok(cache.get());
    }
    let how = if follow_link { Follow::Link } else { Follow::Nothing };
    let os_path: &OsStr = path_of_bytes(&this.get().os_path).as_os_str();
    match stat(this.dir_fd.0, os_path.as_ref(), how) {
        Ok(status) => {
            let value = stat_module::stat_value(vm, &status);
            cache.set(value);
            Ok(value)
        }
        Err(error) => Err(vm.os_error_at(&error, this.path)),
    }
}

fn is_symlink(vm: &mut Vm, this: PayloadRef<DirEntry>) -> R<bool> {
    match this.kind.0 {
        Kind::Symlink => Ok(true),
        Kind::Unknown => mode_is(vm, this, false, c::S_IFLNK),
        _ => Ok(false),
    }
}

fn is_kind(vm: &mut Vm, args: &[Value], kind: Kind, mode: u32) -> R {
    let this = this_entry(vm, args[0])?;
    let follow = vm.truth(args[1])?;
    let needs_stat = this.kind.0 == Kind::Unknown || (follow && this.kind.0 == Kind::Symlink);
    let answer = if needs_stat { mode_is(vm, this, follow, mode)? } else { this.kind.0 == kind };
    Ok(Value::bool(answer))
}

/// Is the entry, which may be gone by now, of this kind?
fn mode_is(vm: &mut Vm, this: PayloadRef<DirEntry>, follow: bool, mode: u32) -> R<bool> {
    let how = if follow { Follow::Link } else { Follow::Nothing };
    let status = stat(this.dir_fd.0, path_of_bytes(&this.get().os_path), how);
    match status {
        Ok(status) => Ok(status.mode & c::S_IFMT == mode),
        Err(error) if error.raw_os_error() == Some(c::ENOENT) => Ok(false),
        Err(error) => Err(vm.os_error_at(&error, this.path)),
    }
}
