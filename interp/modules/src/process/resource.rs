//! `resource`: limits and use of resources.
use std::any::Any;

use haft_builtins::structseq::{Field, make_struct_sequence_type, new_struct_sequence};
use haft_core::object::{Dict, Tuple, Type};
use haft_core::vm::Extension;
use haft_core::{R, Tracer, Value, Vm, natives};
use haft_host::constants as c;
use haft_host::process::{self, Usage};
use haft_host::{config, linux};

use crate::blocking::os_result;
use crate::os::argument::c_int;

#[derive(Debug)]
struct ResourceState {
    usage_class: Type,
}

impl Extension for ResourceState {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.usage_class.obj());
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

const USAGE_FIELDS: &[Field] = &[
    ("ru_utime", "user time used"),
    ("ru_stime", "system time used"),
    ("ru_maxrss", "max. resident set size"),
    ("ru_ixrss", "shared memory size"),
    ("ru_idrss", "unshared data size"),
    ("ru_isrss", "unshared stack size"),
    ("ru_minflt", "page faults not requiring I/O"),
    ("ru_majflt", "page faults requiring I/O"),
    ("ru_nswap", "number of swap outs"),
    ("ru_inblock", "block input operations"),
    ("ru_oublock", "block output operations"),
    ("ru_msgsnd", "IPC messages sent"),
    ("ru_msgrcv", "IPC messages received"),
    ("ru_nsignals", "signals received"),
    ("ru_nvcsw", "voluntary context switches"),
    ("ru_nivcsw", "involuntary context switches"),
];

/// The 3.14 numbers of Linux.
const CONSTANTS: &[(&str, i64)] = &[
    ("RLIMIT_CPU", 0),
    ("RLIMIT_FSIZE", 1),
    ("RLIMIT_DATA", 2),
    ("RLIMIT_STACK", 3),
    ("RLIMIT_CORE", 4),
    ("RLIMIT_RSS", 5),
    ("RLIMIT_NPROC", 6),
    ("RLIMIT_NOFILE", 7),
    ("RLIMIT_OFILE", 7),
    ("RLIMIT_MEMLOCK", 8),
    ("RLIMIT_AS", 9),
    ("RLIMIT_SIGPENDING", 11),
    ("RLIMIT_MSGQUEUE", 12),
    ("RLIMIT_NICE", 13),
    ("RLIMIT_RTPRIO", 14),
    ("RLIMIT_RTTIME", 15),
    ("RUSAGE_SELF", 0),
    ("RUSAGE_CHILDREN", -1),
    ("RUSAGE_THREAD", 1),
    ("RLIM_INFINITY", -1),
];

/// One more than the largest number of a limit.
const N_LIMITS: i32 = 16;

/// Fill the namespace of `resource`.
pub fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "resource", FUNCTIONS);
    for &(name, number) in CONSTANTS {
        let number = vm.int(number);
        vm.dict_set_str(dict, name, number);
    }
    vm.dict_set_str(dict, "error", vm.exc.os_error.value());
    let usage = usage_class(vm);
    vm.dict_set_str(dict, "struct_rusage", usage.value());
    Ok(())
}

fn usage_class(vm: &mut Vm) -> Type {
    if let Some(state) = vm.extension::<ResourceState>() {
        return state.usage_class;
    }
    let usage_class = make_struct_sequence_type(
        vm,
        "resource.struct_rusage",
        "struct_rusage: Result from getrusage.\n\n\
         This object may be accessed either as a tuple of\n    \
         (utime,stime,maxrss,ixrss,idrss,isrss,minflt,majflt,\n    \
         nswap,inblock,oublock,msgsnd,msgrcv,nsignals,nvcsw,nivcsw)\n\
         or via the attributes ru_utime, ru_stime, ru_maxrss, and so on.",
        USAGE_FIELDS,
        USAGE_FIELDS.len(),
    );
    vm.set_extension(ResourceState { usage_class });
    usage_class
}

/// A `struct_rusage`.
pub(crate) fn usage_value(vm: &mut Vm, usage: &Usage) -> R {
    let seconds = |microseconds: i64| microseconds as f64 / 1e6;
    let numbers = [
        usage.maxrss,
        usage.ixrss,
        usage.idrss,
        usage.isrss,
        usage.minflt,
        usage.majflt,
        usage.nswap,
        usage.inblock,
        usage.oublock,
        usage.msgsnd,
        usage.msgrcv,
        usage.nsignals,
        usage.nvcsw,
        usage.nivcsw,
    ];
    let mut values = [Value::NONE; 16];
    values[0] = vm.float(seconds(usage.utime_us));
    values[1] = vm.float(seconds(usage.stime_us));
    for (value, number) in values[2..].iter_mut().zip(numbers) {
        *value = vm.int(number);
    }
    let class = usage_class(vm);
    Ok(new_struct_sequence(vm, class, &values))
}

natives! {
    static FUNCTIONS = {
        getrusage "($module, who, /)" => |vm, args| {
            let who = c_int(vm, args[0])?;
            match process::getrusage(who) {
                Ok(usage) => usage_value(vm, &usage),
                Err(error) if error.raw_os_error() == Some(c::EINVAL) => Err(vm.value_error("invalid who parameter")),
                Err(error) => Err(vm.os_error(&error)),
            }
        };
        getrlimit "($module, resource, /)" => |vm, args| {
            let resource = resource_argument(vm, args[0])?;
            let limits = process::getrlimit(resource);
            let limits = os_result(vm, limits)?;
            Ok(limits_value(vm, limits))
        };
        setrlimit "($module, resource, limits, /)" => |vm, args| {
            let resource = resource_argument(vm, args[0])?;
            let (soft, hard) = limits_argument(vm, args[1])?;
            match process::setrlimit(resource, soft, hard) {
                Ok(()) => Ok(Value::NONE),
                Err(error) => Err(limit_error(vm, &error)),
            }
        };
        prlimit "($module, pid, resource, limits=None, /)" => |vm, args| {
            let pid = c_int(vm, args[0])?;
            let resource = resource_argument(vm, args[1])?;
            let new = if args[2].is_none() { None } else { Some(limits_argument(vm, args[2])?) };
            match linux::prlimit(pid, resource, new) {
                Ok(old) => Ok(limits_value(vm, old)),
                Err(error) => Err(limit_error(vm, &error)),
            }
        };
        getpagesize "($module, /)" => |vm, _| Ok(vm.int_usize(config::page_size()));
    }
}

fn resource_argument(vm: &mut Vm, value: Value) -> R<u32> {
    let resource = c_int(vm, value)?;
    if (0..N_LIMITS).contains(&resource) {
        Ok(resource.cast_unsigned())
    } else {
        Err(vm.value_error("invalid resource specified"))
    }
}

fn limits_value(vm: &mut Vm, limits: (u64, u64)) -> Value {
    // No limit is -1.
    let pair = [limits.0, limits.1].map(|limit| vm.int(limit.cast_signed()));
    vm.tuple(&pair)
}

fn limits_argument(vm: &mut Vm, value: Value) -> R<(u64, u64)> {
    let tuple = vm.tuple_of(value)?;
    let Some(&[soft, hard]) = vm.as_tuple(tuple).map(Tuple::items) else {
        return Err(vm.value_error("expected a tuple of 2 integers"));
    };
    Ok((vm.index_of(soft)?.cast_unsigned(), vm.index_of(hard)?.cast_unsigned()))
}

#[cold]
fn limit_error(vm: &mut Vm, error: &std::io::Error) -> haft_core::Raised {
    match error.raw_os_error() {
        Some(c::EINVAL) => vm.value_error("current limit exceeds maximum limit"),
        Some(c::EPERM) => vm.value_error("not allowed to raise maximum limit"),
        _ => vm.os_error(error),
    }
}
