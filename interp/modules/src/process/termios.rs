//! `termios`: the settings of terminals.
use haft_core::object::{Dict, Type};
use haft_core::vm::Extension;
use haft_core::{R, Raised, Tracer, Value, Vm, natives};
use haft_host::constants as c;
use haft_host::terminal::{self, Attributes};

use crate::blocking::blocking;
use crate::io::descriptor_of;
use crate::os::argument::{c_int, c_long};

macro_rules! constants {
    ($($name:ident)+) => { &[ $( (stringify!($name), c::$name as i64), )+ ] };
}

#[rustfmt::skip]
const CONSTANTS: &[(&str, i64)] = constants! {
    B0 B50 B75 B110 B134 B150 B200 B300 B600 B1200 B1800 B2400 B4800 B9600 B19200 B38400 B57600 B115200 B230400
    B460800 B500000 B576000 B921600 B1000000 B1152000 B1500000 B2000000 B2500000 B3000000 B3500000 B4000000
    BRKINT CBAUD CBAUDEX CIBAUD CLOCAL CREAD CRTSCTS CS5 CS6 CS7 CS8 CSIZE CSTOPB ECHO ECHOCTL ECHOE ECHOK ECHOKE
    ECHONL ECHOPRT EXTA EXTB EXTPROC FIONREAD FLUSHO HUPCL ICANON ICRNL IEXTEN IGNBRK IGNCR IGNPAR IMAXBEL INLCR
    INPCK ISIG ISTRIP IUCLC IXANY IXOFF IXON NCCS NOFLSH OCRNL OFDEL OFILL OLCUC ONLCR ONLRET ONOCR OPOST PARENB
    PARMRK PARODD PENDIN TCIFLUSH TCIOFF TCIOFLUSH TCION TCOFLUSH TCOOFF TCOON TCSADRAIN TCSAFLUSH TCSANOW
    TIOCEXCL TIOCGPGRP TIOCGWINSZ TIOCINQ TIOCNXCL TIOCOUTQ TIOCSCTTY TIOCSPGRP TIOCSTI TIOCSWINSZ TIOCNOTTY
    TIOCMGET TIOCMSET TOSTOP VDISCARD VEOF VEOL VEOL2 VERASE VINTR VKILL VLNEXT VMIN VQUIT VREPRINT VSTART VSTOP
    VSUSP VSWTC VTIME VWERASE XCASE XTABS
};

#[derive(Debug)]
struct ErrorClass(Type);

impl Extension for ErrorClass {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.0.obj());
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

natives! {
    static FUNCTIONS = {
        /// Get the tty attributes for file descriptor fd.
        ///
        /// Returns a list [iflag, oflag, cflag, lflag, ispeed, ospeed, cc]
        /// where cc is a list of the tty special characters (each a string of
        /// length 1, except the items with indices VMIN and VTIME, which are
        /// integers when these fields are defined).  The interpretation of the
        /// flags and the speeds as well as the indexing in the cc array must be
        /// done using the symbolic constants defined in this module.
        tcgetattr "($module, fd, /)" => |vm, args| {
            let fd = descriptor_of(vm, args[0])?;
            let found = done(vm, || terminal::attributes(fd))?;
            Ok(attributes_value(vm, &found))
        };
        /// Set the tty attributes for file descriptor fd.
        ///
        /// The attributes to be set are taken from the attributes argument, which
        /// is a list like the one returned by tcgetattr(). The when argument
        /// determines when the attributes are changed: termios.TCSANOW to
        /// change immediately, termios.TCSADRAIN to change after transmitting all
        /// queued output, or termios.TCSAFLUSH to change after transmitting all
        /// queued output and discarding all queued input.
        tcsetattr "($module, fd, when, attributes, /)" => tcsetattr;
        /// Send a break on file descriptor fd.
        ///
        /// A zero duration sends a break for 0.25-0.5 seconds; a nonzero duration
        /// has a system dependent meaning.
        tcsendbreak "($module, fd, duration, /)" => |vm, args| {
            let (fd, duration) = (descriptor_of(vm, args[0])?, c_int(vm, args[1])?);
            nothing(vm, || terminal::send_break(fd, duration))
        };
        /// Wait until all output written to file descriptor fd has been transmitted.
        tcdrain "($module, fd, /)" => |vm, args| {
            let fd = descriptor_of(vm, args[0])?;
            nothing(vm, || terminal::drain(fd))
        };
        /// Discard queued data on file descriptor fd.
        ///
        /// The queue selector specifies which queue: termios.TCIFLUSH for the input
        /// queue, termios.TCOFLUSH for the output queue, or termios.TCIOFLUSH for
        /// both queues.
        tcflush "($module, fd, queue, /)" => |vm, args| {
            let (fd, queue) = (descriptor_of(vm, args[0])?, c_int(vm, args[1])?);
            nothing(vm, || terminal::flush(fd, queue))
        };
        /// Suspend or resume input or output on file descriptor fd.
        ///
        /// The action argument can be termios.TCOOFF to suspend output,
        /// termios.TCOON to restart output, termios.TCIOFF to suspend input,
        /// or termios.TCION to restart input.
        tcflow "($module, fd, action, /)" => |vm, args| {
            let (fd, action) = (descriptor_of(vm, args[0])?, c_int(vm, args[1])?);
            nothing(vm, || terminal::flow(fd, action))
        };
        /// Get the tty winsize for file descriptor fd.
        ///
        /// Returns a tuple (ws_row, ws_col).
        tcgetwinsize "($module, fd, /)" => |vm, args| {
            let fd = descriptor_of(vm, args[0])?;
            let (columns, lines) = done(vm, || terminal::size(fd))?;
            Ok(vm.tuple(&[Value::small(i32::from(lines)), Value::small(i32::from(columns))]))
        };
        /// Set the tty winsize for file descriptor fd.
        ///
        /// The winsize to be set is taken from the winsize argument, which
        /// is a two-item tuple (ws_row, ws_col) like the one returned by tcgetwinsize().
        tcsetwinsize "($module, fd, winsize, /)" => |vm, args| {
            let fd = descriptor_of(vm, args[0])?;
            let size = vm.tuple_of(args[1])?;
            let Some(&[lines, columns]) = vm.as_tuple(size).map(|size| size.items()) else {
                return Err(vm.type_error("tcsetwinsize, arg 2: must be a two-item sequence"));
            };
            let (lines, columns) = (c_int(vm, lines)?, c_int(vm, columns)?);
            let (Ok(lines), Ok(columns)) = (u16::try_from(lines), u16::try_from(columns)) else {
                return Err(vm.overflow_error("winsize value(s) out of range."));
            };
            nothing(vm, || terminal::set_size(fd, columns, lines))
        };
    }
}

/// Fill the namespace of `termios`.
pub fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "termios", FUNCTIONS);
    for &(name, number) in CONSTANTS {
        let number = vm.int(number);
        vm.dict_set_str(dict, name, number);
    }
    let error = crate::support::new_exception(vm, "termios", "error", vm.exc.exception)?;
    vm.dict_set_str(dict, "error", error.value());
    vm.set_extension(ErrorClass(error));
    Ok(())
}

/// Make a call; `termios.error` if it fails.
fn done<T>(vm: &mut Vm, call: impl FnMut() -> std::io::Result<T>) -> R<T> {
    blocking(vm, call)?.map_err(|error| raise(vm, &error))
}

fn nothing(vm: &mut Vm, call: impl FnMut() -> std::io::Result<()>) -> R {
    done(vm, call)?;
    Ok(Value::NONE)
}

#[cold]
fn raise(vm: &mut Vm, error: &std::io::Error) -> Raised {
    let number = error.raw_os_error().unwrap_or(c::EINVAL);
    let message = vm.str_lossy(&haft_host::process::strerror(number));
    let class = vm.extension::<ErrorClass>().expect("set when the module was made").0;
    vm.raise_with(class, &[Value::small(number), message])
}

fn attributes_value(vm: &mut Vm, found: &Attributes) -> Value {
    let characters = vm.new_list();
    let is_canonical = found.lflag & c::ICANON != 0;
    for (at, &byte) in found.control.iter().enumerate() {
        let is_number = !is_canonical && (at == c::VMIN || at == c::VTIME);
        let item = if is_number { Value::small(i32::from(byte)) } else { vm.bytes(&[byte]) };
        characters.push(&mut vm.heap, item);
    }
    let flags = [found.iflag, found.oflag, found.cflag, found.lflag, found.ispeed, found.ospeed];
    let mut items = flags.map(|flag| vm.int(i64::from(flag))).to_vec();
    items.push(characters.value());
    vm.list(&items)
}

fn tcsetattr(vm: &mut Vm, args: &[Value]) -> R {
    let (fd, when) = (descriptor_of(vm, args[0])?, c_int(vm, args[1])?);
    let wrong = "tcsetattr, arg 3: must be 7 element list";
    let Some(list) = vm.as_list(args[2]).filter(|list| list.len() == 7) else {
        return Err(vm.type_error(wrong));
    };
    let items = list.items().to_vec();
    let mut attributes = done(vm, || terminal::attributes(fd))?;
    let mut flags = [0; 6];
    for (flag, &item) in flags.iter_mut().zip(&items) {
        *flag = c_long(vm, item)? as u32;
    }
    [
        attributes.iflag,
        attributes.oflag,
        attributes.cflag,
        attributes.lflag,
        attributes.ispeed,
        attributes.ospeed,
    ] = flags;
    let n = attributes.control.len();
    let Some(characters) = vm.as_list(items[6]).filter(|list| list.len() == n) else {
        return Err(vm.type_error(format!("tcsetattr: attributes[6] must be {n} element list")));
    };
    for at in 0..n {
        let item = characters.at(at);
        attributes.control[at] = match vm.as_bytes(item).map(|bytes| bytes.data()) {
            Some(&[byte]) => byte,
            None if vm.is_int(item) => c_int(vm, item)? as u8,
            _ => {
                return Err(vm.type_error(
                    "tcsetattr: elements of attributes must be characters or integers",
                ));
            }
        };
    }
    nothing(vm, || terminal::set_attributes(fd, when, &attributes))
}
