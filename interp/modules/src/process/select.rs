//! `select`: waiting for descriptors.
use std::cell::{Cell, RefCell};
use std::io;

use haft_core::object::{Dict, NoTrace, PayloadRef, Type};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{Args, R, Tracer, Value, Vm, getsets, natives, payload};
use haft_host::constants as c;
use haft_host::poll::{self, PollFd};
use haft_host::{clock, file};

use crate::blocking::{blocking, blocking_os, os_result};
use crate::io::descriptor_of;
use crate::os::argument::c_int;
use crate::time::convert::{self, Rounding};

macro_rules! constants {
    ($($name:ident)+) => { &[ $( (stringify!($name), c::$name as i64), )+ ] };
}

const CONSTANTS: &[(&str, i64)] = constants! {
    POLLIN POLLPRI POLLOUT POLLERR POLLHUP POLLNVAL POLLRDNORM POLLRDBAND POLLWRNORM POLLWRBAND POLLRDHUP
    EPOLLIN EPOLLOUT EPOLLPRI EPOLLERR EPOLLHUP EPOLLRDHUP EPOLLONESHOT EPOLLEXCLUSIVE EPOLLRDNORM EPOLLRDBAND
    EPOLLWRNORM EPOLLWRBAND EPOLLMSG EPOLL_CLOEXEC PIPE_BUF
};

/// Descriptors that `select` can watch are below this.
const SET_SIZE: i32 = 1024;

#[derive(Debug)]
struct PollClass(Type);

impl Extension for PollClass {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.0.obj());
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

/// Fill the namespace of `select`.
pub fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "select", FUNCTIONS);
    for &(name, number) in CONSTANTS {
        // The bits are those of an unsigned number.
        let number = vm.int(number & 0xffff_ffff);
        vm.dict_set_str(dict, name, number);
    }
    for (name, number) in [("POLLMSG", 0x400), ("EPOLLET", 1 << 31)] {
        let number = vm.int(number);
        vm.dict_set_str(dict, name, number);
    }
    vm.dict_set_str(dict, "error", vm.exc.os_error.value());
    let poll = vm.new_builtin_type(&TypeSpec {
        methods: POLL_METHODS,
        ..TypeSpec::of::<Poll>("select.poll")
    });
    vm.set_extension(PollClass(poll));
    let epoll = vm.new_builtin_type(&TypeSpec {
        doc: "select.epoll(sizehint=-1, flags=0)\n\n\
              Returns an epolling object.\n\n  sizehint\n    \
              sizehint must be a positive integer or -1 for the default size.  The sizehint\n    \
              is used to optimize internal data structures.  It doesn't limit the maximum\n    \
              number of monitored events.",
        slots: |s| {
            s.new.set(Some(new_epoll));
            s.del.set(Some(|vm, this| {
                let this = this_epoll(vm, this)?;
                close_fd(vm, this)
            }));
        },
        methods: EPOLL_METHODS,
        getsets: EPOLL_GETSETS,
        ..TypeSpec::of::<Epoll>("select.epoll")
    });
    vm.dict_set_str(dict, "epoll", epoll.value());
    Ok(())
}

natives! {
    static FUNCTIONS = {
        /// Wait until one or more file descriptors are ready for some kind of I/O.
        ///
        /// The first three arguments are iterables of file descriptors to be waited for:
        /// rlist -- wait until ready for reading
        /// wlist -- wait until ready for writing
        /// xlist -- wait for an "exceptional condition"
        /// If only one kind of condition is required, pass [] for the other lists.
        ///
        /// A file descriptor is either a socket or file object, or a small integer
        /// gotten from a fileno() method call on one of those.
        ///
        /// The optional 4th argument specifies a timeout in seconds; it may be
        /// a floating-point number to specify fractions of seconds.  If it is absent
        /// or None, the call will never time out.
        ///
        /// The return value is a tuple of three lists corresponding to the first three
        /// arguments; each contains the subset of the corresponding file descriptors
        /// that are ready.
        select "($module, rlist, wlist, xlist, timeout=None, /)" => select;
        /// Returns a polling object.
        ///
        /// This object supports registering and unregistering file descriptors, and then
        /// polling them for I/O events.
        poll "($module, /)" => |vm, _| match vm.extension::<PollClass>().map(|class| class.0) {
            Some(class) => Ok(vm.new_payload(class, Poll { rows: NoTrace(RefCell::default()), running: Cell::new(false) })),
            None => Err(vm.system_error("select was not initialised")),
        };
    }
}

/// Descriptors of one list, and the objects they came from.
fn descriptors(vm: &mut Vm, iterable: Value) -> R<(Vec<i32>, haft_core::object::List)> {
    let objects = vm.list_of(iterable);
    let Some(objects) = vm.catch(objects, vm.exc.type_error)? else {
        return Err(vm.type_error("arguments 1-3 must be sequences"));
    };
    let mut fds = Vec::new();
    for at in 0..objects.len() {
        let fd = descriptor_of(vm, objects.at(at))?;
        if fd >= SET_SIZE {
            return Err(vm.value_error("filedescriptor out of range in select()"));
        }
        fds.push(fd);
    }
    Ok((fds, objects))
}

/// A timeout in seconds as a deadline of the monotonic clock; None waits for ever.
fn deadline_argument(
    vm: &mut Vm,
    timeout: Value,
    type_message: &str,
    scale: i64,
) -> R<Option<i64>> {
    if timeout.is_none() {
        return Ok(None);
    }
    let nanoseconds = convert::scaled(vm, timeout, scale, Rounding::Up);
    match vm.catch(nanoseconds, vm.exc.type_error)? {
        Some(nanoseconds) => Ok(Some(nanoseconds)),
        None => Err(vm.type_error(type_message)),
    }
}

fn time_left(deadline: Option<i64>) -> Option<i64> {
    let now = clock::Clock::Monotonic.now().unwrap_or(0);
    deadline.map(|deadline| (deadline - now).max(0))
}

fn select(vm: &mut Vm, args: &[Value]) -> R {
    let timeout =
        deadline_argument(vm, args[3], "timeout must be a float or None", convert::SECOND)?;
    if timeout.is_some_and(|timeout| timeout < 0) {
        return Err(vm.value_error("timeout must be non-negative"));
    }
    let deadline = timeout.map(convert::deadline);
    let (read, readers) = descriptors(vm, args[0])?;
    let (write, writers) = descriptors(vm, args[1])?;
    let (except, others) = descriptors(vm, args[2])?;
    let ready = blocking_os(vm, || poll::select(&read, &write, &except, time_left(deadline)))?;
    let parts = [
        (read, readers, ready.read),
        (write, writers, ready.write),
        (except, others, ready.except),
    ];
    let mut lists = [Value::NONE; 3];
    for (list, (fds, objects, ready)) in lists.iter_mut().zip(parts) {
        let found = vm.new_list();
        for (at, fd) in fds.iter().enumerate() {
            if ready.contains(fd) {
                found.push(&mut vm.heap, objects.at(at));
            }
        }
        *list = found.value();
    }
    Ok(vm.tuple(&lists))
}

// ---- poll

payload! {
    /// What `select.poll()` returns.
    struct Poll {
        rows: NoTrace<RefCell<Vec<PollFd>>>,
        running: Cell<bool>,
    }
}

natives! {
    static POLL_METHODS = {
        /// Register a file descriptor with the polling object.
        ///
        ///   fd
        ///     either an integer, or an object with a fileno() method returning an int
        ///   eventmask
        ///     an optional bitmask describing the type of events to check for
        register "($self, fd, eventmask=7, /)" => |vm, args| {
            let this = this_poll(vm, args[0])?;
            let (fd, events) = (descriptor_of(vm, args[1])?, event_mask(vm, args[2])?);
            let mut rows = this.rows.borrow_mut();
            match rows.iter_mut().find(|row| row.fd == fd) {
                Some(row) => row.events = events,
                None => rows.push(PollFd { fd, events, found: 0 }),
            }
            Ok(Value::NONE)
        };
        /// Modify an already registered file descriptor.
        ///
        ///   fd
        ///     either an integer, or an object with a fileno() method returning
        ///     an int
        ///   eventmask
        ///     a bitmask describing the type of events to check for
        modify "($self, fd, eventmask, /)" => |vm, args| {
            let this = this_poll(vm, args[0])?;
            let (fd, events) = (descriptor_of(vm, args[1])?, event_mask(vm, args[2])?);
            if let Some(row) = this.rows.borrow_mut().iter_mut().find(|row| row.fd == fd) {
                row.events = events;
                return Ok(Value::NONE);
            }
            Err(vm.os_error(&io::Error::from_raw_os_error(c::ENOENT)))
        };
        /// Remove a file descriptor being tracked by the polling object.
        unregister "($self, fd, /)" => |vm, args| {
            let this = this_poll(vm, args[0])?;
            let fd = descriptor_of(vm, args[1])?;
            let n = this.rows.borrow().len();
            this.rows.borrow_mut().retain(|row| row.fd != fd);
            let gone = this.rows.borrow().len() < n;
            if gone {
                return Ok(Value::NONE);
            }
            let key = vm.int(i64::from(fd));
            Err(vm.key_error(key))
        };
        /// Polls the set of registered file descriptors.
        ///
        ///   timeout
        ///     The maximum time to wait in milliseconds, or else None (or a negative
        ///     value) to wait indefinitely.
        ///
        /// Returns a list containing any descriptors that have events or errors to
        /// report, as a list of (fd, event) 2-tuples.
        poll "($self, timeout=None, /)" => poll_method;
    }
}

fn this_poll(vm: &mut Vm, value: Value) -> R<PayloadRef<Poll>> {
    vm.this(value, "poll", "select.poll")
}

fn event_mask(vm: &mut Vm, value: Value) -> R<i16> {
    let index = vm.index_value(value)?;
    match vm.as_int(index) {
        Some(number) if number < 0 => Err(vm.value_error("value must be positive")),
        Some(number) if number <= 0xffff => Ok(number as i16),
        _ => Err(vm.overflow_error("Python int too large for C unsigned short")),
    }
}

fn poll_method(vm: &mut Vm, args: &[Value]) -> R {
    let this = this_poll(vm, args[0])?;
    let timeout = deadline_argument(vm, args[1], "timeout must be an integer or None", 1_000_000)?;
    let deadline = timeout.filter(|&timeout| timeout >= 0).map(convert::deadline);
    if this.running.replace(true) {
        return Err(vm.runtime_error("concurrent poll() invocation"));
    }
    let mut rows = this.rows.borrow().clone();
    let found = blocking(vm, || poll::poll(&mut rows, time_left(deadline)));
    this.running.set(false);
    let found = found?;
    os_result(vm, found)?;
    let list = vm.new_list();
    for row in rows.iter().filter(|row| row.found != 0) {
        let pair = [vm.int(i64::from(row.fd)), vm.int(i64::from(row.found.cast_unsigned()))];
        let pair = vm.tuple(&pair);
        list.push(&mut vm.heap, pair);
    }
    Ok(list.value())
}

// ---- epoll

payload! {
    /// An epoll descriptor; -1 once closed.
    struct Epoll {
        fd: Cell<i32>,
    }
}

fn new_epoll(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature("epoll", "(sizehint=-1, flags=0)", args)?;
    let (size, flags) = (c_int(vm, bound[0])?, c_int(vm, bound[1])?);
    if size != -1 && size <= 0 {
        return Err(vm.value_error("sizehint must be positive or -1"));
    }
    if flags & !c::EPOLL_CLOEXEC != 0 {
        return Err(vm.os_error(&io::Error::from_raw_os_error(c::EINVAL)));
    }
    let fd = poll::epoll_create(c::EPOLL_CLOEXEC);
    let fd = os_result(vm, fd)?;
    match vm.as_type(class) {
        Some(class) => Ok(vm.new_payload(class, Epoll { fd: Cell::new(fd) })),
        None => Err(vm.type_error("a class is required")),
    }
}

natives! {
    static EPOLL_METHODS = {
        /// Create an epoll object from a given control fd.
        class fromfd "($type, fd, /)" => |vm, args| {
            let fd = c_int(vm, args[1])?;
            match vm.as_type(args[0]) {
                Some(class) => Ok(vm.new_payload(class, Epoll { fd: Cell::new(fd) })),
                None => Err(vm.type_error("a class is required")),
            }
        };
        /// Close the epoll control file descriptor.
        ///
        /// Further operations on the epoll object will raise an exception.
        close "($self, /)" => |vm, args| {
            let this = this_epoll(vm, args[0])?;
            close_fd(vm, this)
        };
        /// Return the epoll control file descriptor.
        fileno "($self, /)" => |vm, args| {
            let fd = open_epoll(vm, args[0])?;
            Ok(vm.int(i64::from(fd)))
        };
        /// Registers a new fd or raises an OSError if the fd is already registered.
        ///
        ///   fd
        ///     the target file descriptor of the operation
        ///   eventmask
        ///     a bit set composed of the various EPOLL constants
        ///
        /// The epoll interface supports all file descriptors that support poll.
        register "($self, /, fd, eventmask=7)" => |vm, args| control(vm, args[0], c::EPOLL_CTL_ADD, args[1], Some(args[2]));
        /// Modify event mask for a registered file descriptor.
        ///
        ///   fd
        ///     the target file descriptor of the operation
        ///   eventmask
        ///     a bit set composed of the various EPOLL constants
        modify "($self, /, fd, eventmask)" => |vm, args| control(vm, args[0], c::EPOLL_CTL_MOD, args[1], Some(args[2]));
        /// Remove a registered file descriptor from the epoll object.
        ///
        ///   fd
        ///     the target file descriptor of the operation
        unregister "($self, /, fd)" => |vm, args| control(vm, args[0], c::EPOLL_CTL_DEL, args[1], None);
        /// Wait for events on the epoll file descriptor.
        ///
        ///   timeout
        ///     the maximum time to wait in seconds (as float);
        ///     a timeout of None or -1 makes poll wait indefinitely
        ///   maxevents
        ///     the maximum number of events returned; -1 means no limit
        ///
        /// Returns a list containing any descriptors that have events to report,
        /// as a list of (fd, events) 2-tuples.
        poll "($self, /, timeout=None, maxevents=-1)" => epoll_poll;
        __enter__ "($self, /)" => |vm, args| {
            open_epoll(vm, args[0])?;
            Ok(args[0])
        };
        __exit__ "($self, exc_type=None, exc_value=None, exc_tb=None, /)" => |vm, args| {
            let this = this_epoll(vm, args[0])?;
            close_fd(vm, this)
        };
    }
}

getsets! {
    static EPOLL_GETSETS = {
        /// True if the epoll handler is closed
        closed => |vm, this| Ok(Value::bool(this_epoll(vm, this)?.fd.get() < 0));
    }
}

fn this_epoll(vm: &mut Vm, value: Value) -> R<PayloadRef<Epoll>> {
    vm.this(value, "poll", "select.epoll")
}

fn open_epoll(vm: &mut Vm, value: Value) -> R<i32> {
    let fd = this_epoll(vm, value)?.fd.get();
    if fd < 0 { Err(vm.value_error("I/O operation on closed epoll object")) } else { Ok(fd) }
}

fn close_fd(vm: &mut Vm, this: PayloadRef<Epoll>) -> R {
    let fd = this.fd.replace(-1);
    if fd >= 0 {
        let result = file::close(fd);
        os_result(vm, result)?;
    }
    Ok(Value::NONE)
}

fn control(vm: &mut Vm, this: Value, operation: i32, fd: Value, events: Option<Value>) -> R {
    let epoll = open_epoll(vm, this)?;
    let fd = descriptor_of(vm, fd)?;
    let events = match events {
        Some(events) => crate::os::argument::c_uint(vm, events)?,
        None => 0,
    };
    let result = poll::epoll_control(epoll, operation, fd, events);
    os_result(vm, result).map(|()| Value::NONE)
}

fn epoll_poll(vm: &mut Vm, args: &[Value]) -> R {
    let epoll = open_epoll(vm, args[0])?;
    let timeout =
        deadline_argument(vm, args[1], "timeout must be an integer or None", convert::SECOND)?;
    let max = c_int(vm, args[2])?;
    let n = match max {
        -1 => SET_SIZE - 1,
        n if n > 0 => n,
        n => return Err(vm.value_error(format!("maxevents must be greater than 0, got {n}"))),
    };
    let deadline = timeout.filter(|&timeout| timeout >= 0).map(convert::deadline);
    let events = blocking_os(vm, || {
        // Milliseconds, rounded up so that no wait is too short.
        let left = time_left(deadline)
            .map_or(-1, |left| i32::try_from((left + 999_999) / 1_000_000).unwrap_or(i32::MAX));
        poll::epoll_wait(epoll, usize::try_from(n).unwrap_or(1), left)
    })?;
    let list = vm.new_list();
    for (fd, bits) in events {
        let pair = [vm.int(i64::from(fd)), vm.int(i64::from(bits))];
        let pair = vm.tuple(&pair);
        list.push(&mut vm.heap, pair);
    }
    Ok(list.value())
}
