//! `time`: clocks and calendars; and `_locale`.
mod calendar;
pub mod convert;
pub mod locale;

use std::io;

use haft_core::object::{Dict, Type};
use haft_core::vm::Extension;
use haft_core::{Args, R, Tracer, Value, Vm, natives};
use haft_host::clock::{self, Clock};
use haft_host::constants as c;

use crate::blocking::{blocking_os, os_result};
use crate::os::argument::c_int;
use convert::{Rounding, seconds};

#[derive(Debug)]
struct TimeState {
    struct_time: Type,
    /// The namespace of the module, whose zone `tzset` changes.
    dict: Dict,
}

impl Extension for TimeState {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.struct_time.obj());
        tracer.obj(self.dict.obj());
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

const CLOCKS: &[(&str, i32)] = &[
    ("CLOCK_REALTIME", c::CLOCK_REALTIME),
    ("CLOCK_MONOTONIC", c::CLOCK_MONOTONIC),
    ("CLOCK_MONOTONIC_RAW", c::CLOCK_MONOTONIC_RAW),
    ("CLOCK_PROCESS_CPUTIME_ID", c::CLOCK_PROCESS_CPUTIME_ID),
    ("CLOCK_THREAD_CPUTIME_ID", c::CLOCK_THREAD_CPUTIME_ID),
    ("CLOCK_BOOTTIME", c::CLOCK_BOOTTIME),
    ("CLOCK_TAI", c::CLOCK_TAI),
    ("_STRUCT_TM_ITEMS", 11),
];

/// Fill the namespace of `time`.
pub fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "time", FUNCTIONS);
    vm.add_functions(dict, "time", calendar::FUNCTIONS);
    for &(name, number) in CLOCKS {
        let number = vm.int(i64::from(number));
        vm.dict_set_str(dict, name, number);
    }
    let struct_time = calendar::make_type(vm);
    vm.dict_set_str(dict, "struct_time", struct_time.value());
    vm.set_extension(TimeState { struct_time, dict });
    calendar::set_zone(vm, dict)
}

natives! {
    static FUNCTIONS = {
        /// Return the current time in seconds since the Epoch.
        ///
        /// Fractions of a second may be present if the system clock provides them.
        time "($module, /)" => |vm, _| float_now(vm, Clock::Time);
        /// Return the current time in nanoseconds since the Epoch.
        time_ns "($module, /)" => |vm, _| int_now(vm, Clock::Time);
        /// Monotonic clock, cannot go backward.
        monotonic "($module, /)" => |vm, _| float_now(vm, Clock::Monotonic);
        /// Monotonic clock, cannot go backward, as nanoseconds.
        monotonic_ns "($module, /)" => |vm, _| int_now(vm, Clock::Monotonic);
        /// Performance counter for benchmarking.
        perf_counter "($module, /)" => |vm, _| float_now(vm, Clock::PerfCounter);
        /// Performance counter for benchmarking as nanoseconds.
        perf_counter_ns "($module, /)" => |vm, _| int_now(vm, Clock::PerfCounter);
        /// Process time for profiling: sum of the kernel and user-space CPU time.
        process_time "($module, /)" => |vm, _| float_now(vm, Clock::ProcessTime);
        /// Process time for profiling as nanoseconds:
        /// sum of the kernel and user-space CPU time.
        process_time_ns "($module, /)" => |vm, _| int_now(vm, Clock::ProcessTime);
        /// Thread time for profiling: sum of the kernel and user-space CPU time.
        thread_time "($module, /)" => |vm, _| float_now(vm, Clock::ThreadTime);
        /// Thread time for profiling as nanoseconds: sum of the kernel and user-space CPU time.
        thread_time_ns "($module, /)" => |vm, _| int_now(vm, Clock::ThreadTime);
        /// Return the time of the specified clock clk_id as a float.
        clock_gettime "($module, clk_id, /)" => |vm, args| {
            let id = c_int(vm, args[0])?;
            float_result(vm, clock::gettime(id))
        };
        /// Return the time of the specified clock clk_id as nanoseconds (int).
        clock_gettime_ns "($module, clk_id, /)" => |vm, args| {
            let id = c_int(vm, args[0])?;
            int_result(vm, clock::gettime(id))
        };
        /// Set the time of the specified clock clk_id.
        ///
        /// Only CLOCK_REALTIME can be set.
        clock_settime "($module, clk_id, time, /)" => |vm, args| {
            let id = c_int(vm, args[0])?;
            let time = convert::nanoseconds(vm, args[1], Rounding::Floor)?;
            let result = clock::settime(id, time);
            os_result(vm, result).map(|()| Value::NONE)
        };
        /// Set the time of the specified clock clk_id with nanoseconds.
        clock_settime_ns "($module, clk_id, time, /)" => |vm, args| {
            let (id, time) = (c_int(vm, args[0])?, vm.index_of(args[1])?);
            let result = clock::settime(id, time);
            os_result(vm, result).map(|()| Value::NONE)
        };
        /// Return the resolution (precision) of the specified clock clk_id.
        clock_getres "($module, clk_id, /)" => |vm, args| {
            let id = c_int(vm, args[0])?;
            float_result(vm, clock::getres(id))
        };
        /// Return the clk_id of a thread's CPU time clock.
        pthread_getcpuclockid "($module, thread_id, /)" => |vm, args| {
            let thread = vm.index_of(args[0])?.cast_unsigned();
            if !crate::thread::is_alive(vm, thread) {
                return Err(vm.os_error(&io::Error::from_raw_os_error(c::ESRCH)));
            }
            // SAFETY: the thread is one of the runtime's that has not ended.
            let id = unsafe { clock::thread_clock(thread) };
            let id = os_result(vm, id)?;
            Ok(vm.int(i64::from(id)))
        };
        /// Delay execution for a given number of seconds.
        ///
        /// The argument may be a floating-point number for subsecond precision.
        sleep "($module, seconds, /)" => sleep;
        /// Return information about the specified clock.
        ///
        /// Returns a namespace with the attributes implementation, monotonic,
        /// adjustable and resolution.
        get_clock_info "($module, name, /)" => get_clock_info;
    }
}

fn float_result(vm: &mut Vm, time: io::Result<i64>) -> R {
    let time = os_result(vm, time)?;
    Ok(vm.float(seconds(time)))
}

fn int_result(vm: &mut Vm, time: io::Result<i64>) -> R {
    let time = os_result(vm, time)?;
    Ok(vm.int(time))
}

fn float_now(vm: &mut Vm, clock: Clock) -> R {
    float_result(vm, clock.now())
}

fn int_now(vm: &mut Vm, clock: Clock) -> R {
    int_result(vm, clock.now())
}

fn sleep(vm: &mut Vm, args: &[Value]) -> R {
    let length = convert::nanoseconds(vm, args[0], Rounding::Up)?;
    if length < 0 {
        return Err(vm.value_error("sleep length must be non-negative"));
    }
    let deadline = convert::deadline(length);
    blocking_os(vm, || clock::sleep_until(deadline))?;
    Ok(Value::NONE)
}

fn get_clock_info(vm: &mut Vm, args: &[Value]) -> R {
    let name = vm.text_of(args[0], "get_clock_info() argument 1")?;
    let Some(clock) = Clock::named(&name) else { return Err(vm.value_error("unknown clock")) };
    let info = clock.info();
    let info = os_result(vm, info)?;
    let types = crate::warn::import(vm, "types")?;
    let namespace = vm.get_attr_str(types, "SimpleNamespace")?;
    let names =
        ["implementation", "monotonic", "adjustable", "resolution"].map(|name| vm.intern(name));
    let values = [
        vm.str(info.implementation),
        Value::bool(info.monotonic),
        Value::bool(info.adjustable),
        vm.float(info.resolution),
    ];
    vm.call(namespace, &Args { vals: &values, names: &names })
}
