//! `fcntl`: control of descriptors, and locks.
use haft_core::object::Dict;
use haft_core::{R, Value, Vm, natives};
use haft_host::constants as c;
use haft_host::file::{self, RecordLock};

use crate::blocking::blocking_os;
use crate::io::descriptor_of;
use crate::os::argument::c_int;

/// Room for the structure of a call when the caller's is smaller: nothing behind it is overwritten.
const BUFFER: usize = 1024;

const CONSTANTS: &[(&str, i64)] = &[
    ("LOCK_SH", 1),
    ("LOCK_EX", 2),
    ("LOCK_NB", 4),
    ("LOCK_UN", 8),
    ("LOCK_MAND", 32),
    ("LOCK_READ", 64),
    ("LOCK_WRITE", 128),
    ("LOCK_RW", 192),
    ("F_DUPFD", 0),
    ("F_DUPFD_CLOEXEC", 1030),
    ("F_GETFD", 1),
    ("F_SETFD", 2),
    ("F_GETFL", 3),
    ("F_SETFL", 4),
    ("F_GETLK", c::F_GETLK as i64),
    ("F_SETLK", c::F_SETLK as i64),
    ("F_SETLKW", c::F_SETLKW as i64),
    ("F_GETLK64", c::F_GETLK as i64),
    ("F_SETLK64", c::F_SETLK as i64),
    ("F_SETLKW64", c::F_SETLKW as i64),
    ("F_OFD_GETLK", 36),
    ("F_OFD_SETLK", 37),
    ("F_OFD_SETLKW", 38),
    ("F_GETOWN", 9),
    ("F_SETOWN", 8),
    ("F_GETSIG", 11),
    ("F_SETSIG", 10),
    ("F_SETOWN_EX", 15),
    ("F_GETOWN_EX", 16),
    ("F_OWNER_TID", 0),
    ("F_OWNER_PID", 1),
    ("F_OWNER_PGRP", 2),
    ("F_GET_RW_HINT", 1035),
    ("F_SET_RW_HINT", 1036),
    ("F_GET_FILE_RW_HINT", 1037),
    ("F_SET_FILE_RW_HINT", 1038),
    ("RWH_WRITE_LIFE_NOT_SET", 0),
    ("RWH_WRITE_LIFE_NONE", 1),
    ("RWH_WRITE_LIFE_SHORT", 2),
    ("RWH_WRITE_LIFE_MEDIUM", 3),
    ("RWH_WRITE_LIFE_LONG", 4),
    ("RWH_WRITE_LIFE_EXTREME", 5),
    ("F_RDLCK", 0),
    ("F_WRLCK", 1),
    ("F_UNLCK", 2),
    ("F_EXLCK", 4),
    ("F_SHLCK", 8),
    ("F_SETLEASE", 1024),
    ("F_GETLEASE", 1025),
    ("F_NOTIFY", 1026),
    ("F_SETPIPE_SZ", 1031),
    ("F_GETPIPE_SZ", 1032),
    ("F_ADD_SEALS", 1033),
    ("F_GET_SEALS", 1034),
    ("F_SEAL_SEAL", 1),
    ("F_SEAL_SHRINK", 2),
    ("F_SEAL_GROW", 4),
    ("F_SEAL_WRITE", 8),
    ("F_SEAL_FUTURE_WRITE", 16),
    ("FD_CLOEXEC", 1),
    ("FASYNC", 8192),
    ("DN_ACCESS", 1),
    ("DN_MODIFY", 2),
    ("DN_CREATE", 4),
    ("DN_DELETE", 8),
    ("DN_RENAME", 16),
    ("DN_ATTRIB", 32),
    ("DN_MULTISHOT", 2_147_483_648),
    ("FICLONE", 1_074_041_865),
    ("FICLONERANGE", 1_075_876_877),
];

/// Fill the namespace of `fcntl`.
pub fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "fcntl", FUNCTIONS);
    for &(name, number) in CONSTANTS {
        let number = vm.int(number);
        vm.dict_set_str(dict, name, number);
    }
    Ok(())
}

natives! {
    static FUNCTIONS = {
        /// Perform the operation `cmd` on file descriptor fd.
        ///
        /// The values used for `cmd` are operating system dependent, and are available
        /// as constants in the fcntl module, using the same names as used in
        /// the relevant C header files.  The argument arg is optional, and
        /// defaults to 0; it may be an int or a string.  If arg is given as a string,
        /// the return value of fcntl is a string of that length, containing the
        /// resulting value put in the arg buffer by the operating system.  The length
        /// of the arg string is not allowed to exceed 1024 bytes.  If the arg given
        /// is an integer or if none is specified, the result value is an integer
        /// corresponding to the return value of the fcntl call in the C code.
        fcntl "($module, fd, cmd, arg=0, /)" => fcntl;
        /// Perform the operation request on file descriptor fd.
        ///
        /// The values used for request are operating system dependent, and are available
        /// as constants in the fcntl or termios library modules, using the same names as
        /// used in the relevant C header files.
        ioctl "($module, fd, request, arg=0, mutate_flag=True, /)" => ioctl;
        /// Perform the lock operation `operation` on file descriptor `fd`.
        ///
        /// See the Unix manual page for flock(2) for details (On some systems, this
        /// function is emulated using fcntl()).
        flock "($module, fd, operation, /)" => |vm, args| {
            let (fd, operation) = (descriptor_of(vm, args[0])?, c_int(vm, args[1])?);
            blocking_os(vm, || file::flock(fd, operation)).map(|()| Value::NONE)
        };
        /// A wrapper around the fcntl() locking calls.
        lockf "($module, fd, cmd, len=0, start=0, whence=0, /)" => lockf;
    }
}

fn fcntl(vm: &mut Vm, args: &[Value]) -> R {
    let (fd, command) = (descriptor_of(vm, args[0])?, c_int(vm, args[1])?);
    let Some(given) = bytes_argument(vm, args[2])? else {
        let argument = integer_argument(vm, args[2])?;
        let result = blocking_os(vm, || file::fcntl(fd, command, argument))?;
        return Ok(vm.int(i64::from(result)));
    };
    if given.len() > BUFFER {
        return Err(vm.value_error("fcntl argument 3 is too long"));
    }
    let mut buffer = given.clone();
    buffer.resize(BUFFER, 0);
    // SAFETY: no structure of `fcntl` is longer than the buffer.
    blocking_os(vm, || unsafe { file::fcntl_bytes(fd, command, &mut buffer) })?;
    Ok(vm.bytes(&buffer[..given.len()]))
}

/// A copy of the bytes of a str or bytes-like argument; `None` if it is something else.
fn bytes_argument(vm: &mut Vm, value: Value) -> R<Option<Vec<u8>>> {
    if let Some(text) = vm.as_str(value) {
        return Ok(Some(text.bytes().to_vec()));
    }
    if vm.type_of(value).slots.buffer.get().is_none() {
        return Ok(None);
    }
    Ok(Some(vm.buffer_of(value)?.bytes().to_vec()))
}

fn integer_argument(vm: &mut Vm, value: Value) -> R<i64> {
    let index = vm.index_value(value)?;
    if let Some(number) = vm.as_int(index) {
        return Ok(number);
    }
    match vm.as_big(index).and_then(|big| u64::try_from(&big).ok()) {
        Some(number) => Ok(number.cast_signed()),
        None => Err(vm.overflow_error("Python int too large to convert to C long")),
    }
}

fn ioctl(vm: &mut Vm, args: &[Value]) -> R {
    let fd = descriptor_of(vm, args[0])?;
    let request = integer_argument(vm, args[1])?.cast_unsigned();
    // The request is an unsigned int that may have been written as a negative number.
    let request = request & 0xffff_ffff;
    let Some(given) = bytes_argument(vm, args[2])? else {
        let argument = integer_argument(vm, args[2])?;
        // SAFETY: what the program asks for with a number is what the kernel is told; a bad address is `EFAULT`.
        let result = blocking_os(vm, || unsafe { file::ioctl(fd, request, argument) })?;
        return Ok(vm.int(i64::from(result)));
    };
    let mutates = vm.truth(args[3])?;
    let is_writable = vm.as_str(args[2]).is_none() && !vm.buffer_of(args[2])?.readonly;
    if !(is_writable && mutates) && given.len() > BUFFER {
        return Err(vm.value_error("ioctl argument 3 is too long"));
    }
    let mut buffer = given.clone();
    buffer.resize(given.len().max(BUFFER), 0);
    // SAFETY: the size of the structure is a part of the request, and below that of the buffer (`_IOC_SIZEBITS`) or
    // the program gave a larger one.
    let result = blocking_os(vm, || unsafe { file::ioctl_bytes(fd, request, &mut buffer) })?;
    let filled = &buffer[..given.len()];
    if is_writable && mutates {
        crate::io::fill_buffer(vm, args[2], filled)?;
        return Ok(vm.int(i64::from(result)));
    }
    Ok(vm.bytes(filled))
}

fn lockf(vm: &mut Vm, args: &[Value]) -> R {
    let (fd, command) = (descriptor_of(vm, args[0])?, c_int(vm, args[1])?);
    let (length, start) = (vm.index_of(args[2])?, vm.index_of(args[3])?);
    let whence = c_int(vm, args[4])?;
    let kind = match command {
        c::LOCK_UN => c::F_UNLCK,
        _ if command & c::LOCK_SH != 0 => c::F_RDLCK,
        _ if command & c::LOCK_EX != 0 => c::F_WRLCK,
        _ => return Err(vm.value_error("unrecognized lockf argument")),
    };
    let lock = RecordLock { kind: kind as i16, whence: whence as i16, start, length };
    let wait = command & c::LOCK_NB == 0;
    let result = blocking_os(vm, || file::record_lock(fd, lock, wait));
    result.map(|()| Value::NONE)
}
