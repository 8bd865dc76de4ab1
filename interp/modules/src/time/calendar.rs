//! Broken-down time: `struct_time`, `gmtime`, `strftime` and their relatives.
use haft_builtins::structseq::{
    Field, make_struct_sequence_type, new_struct_sequence, struct_sequence_field,
};
use haft_core::object::{Dict, Type};
use haft_core::{R, Raised, Value, Vm, natives};
use haft_host::calendar::{self, BrokenDown};
use haft_host::clock::Clock;

use super::TimeState;
use super::convert::{self, SECOND};
use crate::blocking::os_result;

const FIELDS: &[Field] = &[
    ("tm_year", "year, for example, 1993"),
    ("tm_mon", "month of year, range [1, 12]"),
    ("tm_mday", "day of month, range [1, 31]"),
    ("tm_hour", "hours, range [0, 23]"),
    ("tm_min", "minutes, range [0, 59]"),
    ("tm_sec", "seconds, range [0, 61])"),
    ("tm_wday", "day of week, range [0, 6], Monday is 0"),
    ("tm_yday", "day of year, range [1, 366]"),
    ("tm_isdst", "1 if summer time is in effect, 0 if not, and -1 if unknown"),
    ("tm_zone", "abbreviation of timezone name"),
    ("tm_gmtoff", "offset from UTC in seconds"),
];
/// Fields that are items of the tuple.
const N_ITEMS: usize = 9;
const ZONE: usize = 9;
const OFFSET: usize = 10;

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

pub(super) fn make_type(vm: &mut Vm) -> Type {
    make_struct_sequence_type(
        vm,
        "time.struct_time",
        "The time value as returned by gmtime(), localtime(), and strptime(), and\n \
         accepted by asctime(), mktime() and strftime().  May be considered as a\n \
         sequence of 9 integers.\n\n \
         Note that several fields' values are not the same as those defined by\n \
         the C language standard for struct tm.  For example, the value of the\n \
         field tm_year is the actual year, not year - 1900.  See individual\n \
         fields' descriptions for details.",
        FIELDS,
        N_ITEMS,
    )
}

/// Put the time zone of the process into the module's namespace.
pub(super) fn set_zone(vm: &mut Vm, dict: Dict) -> R<()> {
    let zone = calendar::time_zone();
    let zone = os_result(vm, zone)?;
    let numbers = [
        ("timezone", zone.timezone),
        ("altzone", zone.altzone),
        ("daylight", i64::from(zone.daylight)),
    ];
    for (name, number) in numbers {
        let number = vm.int(number);
        vm.dict_set_str(dict, name, number);
    }
    let names = [vm.str_os(&zone.names[0]), vm.str_os(&zone.names[1])];
    let names = vm.tuple(&names);
    vm.dict_set_str(dict, "tzname", names);
    Ok(())
}

natives! {
    pub(super) static FUNCTIONS = {
        /// Convert seconds since the Epoch to a time tuple expressing UTC (a.k.a.
        /// GMT).  When 'seconds' is not passed in, convert the current time instead.
        ///
        /// If the platform supports the tm_gmtoff and tm_zone, they are available as
        /// attributes only.
        gmtime "($module, seconds=None, /)" => |vm, args| {
            let seconds = seconds_argument(vm, args[0])?;
            let time = calendar::gmtime(seconds);
            let time = os_result(vm, time)?;
            Ok(time_value(vm, &time))
        };
        /// Convert seconds since the Epoch to a time tuple expressing local time.
        /// When 'seconds' is not passed in, convert the current time instead.
        localtime "($module, seconds=None, /)" => |vm, args| {
            let seconds = seconds_argument(vm, args[0])?;
            let time = calendar::localtime(seconds);
            let time = os_result(vm, time)?;
            Ok(time_value(vm, &time))
        };
        /// Convert a time tuple to a string, e.g. 'Sat Jun 06 16:26:11 1998'.
        /// When the time tuple is not present, current time as returned by localtime()
        /// is used.
        asctime "($module, tuple=<absent>, /)" => |vm, args| {
            let time = time_or_now(vm, args[0], "asctime(): illegal time tuple argument")?;
            check_ranges(vm, &time)?;
            Ok(as_text(vm, &time))
        };
        /// Convert a time in seconds since the Epoch to a string in local time.
        /// This is equivalent to asctime(localtime(seconds)). When the time tuple is
        /// not present, current time as returned by localtime() is used.
        ctime "($module, seconds=None, /)" => |vm, args| {
            let seconds = seconds_argument(vm, args[0])?;
            let time = calendar::localtime(seconds);
            let time = os_result(vm, time)?;
            Ok(as_text(vm, &time))
        };
        /// Convert a time tuple in local time to seconds since the Epoch.
        /// Note that mktime(gmtime(0)) will not generally return zero for most
        /// time zones; instead the returned value will either be equal to that
        /// of the timezone or altzone attributes on the time module.
        mktime "($module, tuple, /)" => |vm, args| {
            let time = parse(vm, args[0], "mktime(): illegal time tuple argument")?;
            match calendar::mktime(&time) {
                Some(seconds) => Ok(vm.float(seconds as f64)),
                None => Err(vm.overflow_error("mktime argument out of range")),
            }
        };
        /// Convert a time tuple to a string according to a format specification.
        /// See the library reference manual for formatting codes. When the time tuple
        /// is not present, current time as returned by localtime() is used.
        strftime "($module, format, tuple=<absent>, /)" => strftime;
        /// Parse a string to a time tuple according to a format specification.
        /// See the library reference manual for formatting codes (same as
        /// strftime()).
        raw strptime "($module, string, format='%a %b %d %H:%M:%S %Y', /)" => |vm, args| {
            let module = crate::warn::import(vm, "_strptime")?;
            let function = vm.get_attr_str(module, "_strptime_time")?;
            vm.call(function, args)
        };
        /// Initialize, or reinitialize, the local timezone to the value stored in
        /// os.environ['TZ']. The TZ environment variable should be specified in
        /// standard Unix timezone format as documented in the tzset man page
        /// (eg. 'US/Eastern', 'Europe/Amsterdam'). Unknown timezones will silently
        /// fall back to UTC. If the TZ environment variable is not set, the local
        /// timezone is set to the systems best guess of wallclock time.
        /// Changing the TZ environment variable without calling tzset *may* change
        /// the local timezone used by methods such as localtime, but this behaviour
        /// should not be relied on.
        tzset "($module, /)" => |vm, _| {
            calendar::tzset();
            if let Some(dict) = vm.extension::<TimeState>().map(|state| state.dict) {
                set_zone(vm, dict)?;
            }
            Ok(Value::NONE)
        };
    }
}

fn seconds_argument(vm: &mut Vm, value: Value) -> R<i64> {
    if value.is_none() {
        let now = Clock::Time.now();
        return Ok(os_result(vm, now)?.div_euclid(SECOND));
    }
    convert::whole_seconds(vm, value)
}

/// A `struct_time`.
fn time_value(vm: &mut Vm, time: &BrokenDown) -> Value {
    let numbers = [
        time.month,
        time.day,
        time.hour,
        time.minute,
        time.second,
        time.weekday,
        time.yearday,
        time.isdst,
    ];
    let mut values = [Value::NONE; 11];
    values[0] = vm.int(time.year);
    for (value, number) in values[1..].iter_mut().zip(numbers) {
        *value = vm.int(i64::from(number));
    }
    values[ZONE] = vm.str_os(&time.zone);
    values[OFFSET] = vm.int(time.gmtoff);
    match vm.extension::<TimeState>().map(|state| state.struct_time) {
        Some(class) => new_struct_sequence(vm, class, &values),
        None => vm.tuple(&values[..N_ITEMS]),
    }
}

/// A time tuple argument; `illegal` is the error for anything but nine ints.
fn parse(vm: &mut Vm, value: Value, illegal: &str) -> R<BrokenDown> {
    let Some(tuple) = vm.as_tuple(value) else {
        return Err(vm.type_error("Tuple or struct_time argument required"));
    };
    let items = tuple.items();
    if items.len() != N_ITEMS {
        return Err(vm.type_error(illegal));
    }
    let mut numbers = [0_i64; N_ITEMS];
    for (number, &item) in numbers.iter_mut().zip(items) {
        if !vm.is_int(item) && vm.type_of(item).slots.index.get().is_none() {
            return Err(vm.type_error(illegal));
        }
        let index = vm.index_value(item)?;
        let Some(small) = vm.as_int(index).filter(|&small| i32::try_from(small).is_ok()) else {
            let text = match vm.as_int(index) {
                Some(small) if small < 0 => "signed integer is less than minimum",
                Some(_) => "signed integer is greater than maximum",
                None => "Python int too large to convert to C int",
            };
            return Err(vm.overflow_error(text));
        };
        *number = small;
    }
    if numbers[0] < i64::from(i32::MIN) + 1900 {
        return Err(vm.overflow_error("year out of range"));
    }
    let small = |at: usize| numbers[at] as i32;
    let mut time = BrokenDown {
        year: numbers[0],
        month: small(1),
        day: small(2),
        hour: small(3),
        minute: small(4),
        second: small(5),
        weekday: small(6),
        yearday: small(7),
        isdst: small(8),
        gmtoff: 0,
        zone: Vec::new(),
    };
    let class = vm.extension::<TimeState>().map(|state| state.struct_time);
    if class == Some(vm.type_of(value)) {
        if let Some(zone) = struct_sequence_field(vm, value, ZONE).and_then(|zone| vm.as_str(zone))
        {
            time.zone = crate::os::argument::encode_fs(vm, zone)?;
        }
        if let Some(offset) =
            struct_sequence_field(vm, value, OFFSET).and_then(|offset| vm.as_int(offset))
        {
            time.gmtoff = offset;
        }
    }
    Ok(time)
}

fn time_or_now(vm: &mut Vm, value: Value, illegal: &str) -> R<BrokenDown> {
    if !value.is_absent() {
        let mut time = parse(vm, value, illegal)?;
        // Zero stands for the first of each.
        time.month = if time.month == 0 { 1 } else { time.month };
        time.day = if time.day == 0 { 1 } else { time.day };
        time.yearday = if time.yearday == 0 { 1 } else { time.yearday };
        return Ok(time);
    }
    let seconds = seconds_argument(vm, Value::NONE)?;
    let time = calendar::localtime(seconds);
    os_result(vm, time)
}

/// ValueError for a field that the C library must not see.
fn check_ranges(vm: &mut Vm, time: &BrokenDown) -> R<()> {
    let checks = [
        ((1..=12).contains(&time.month), "month out of range"),
        ((1..=31).contains(&time.day), "day of month out of range"),
        ((0..=23).contains(&time.hour), "hour out of range"),
        ((0..=59).contains(&time.minute), "minute out of range"),
        ((0..=61).contains(&time.second), "seconds out of range"),
        (time.weekday >= -1, "day of week out of range"),
        ((1..=366).contains(&time.yearday), "day of year out of range"),
    ];
    match checks.iter().find(|check| !check.0) {
        Some((_, text)) => Err(vm.value_error(text)),
        None => Ok(()),
    }
}

fn as_text(vm: &mut Vm, time: &BrokenDown) -> Value {
    let day = DAYS[time.weekday.rem_euclid(7) as usize];
    let month = MONTHS[(time.month - 1).clamp(0, 11) as usize];
    let BrokenDown { day: date, hour, minute, second, year, .. } = time;
    vm.str(&format!("{day} {month} {date:2} {hour:02}:{minute:02}:{second:02} {year}"))
}

fn strftime(vm: &mut Vm, args: &[Value]) -> R {
    let Some(format) = vm.as_str(args[0]) else {
        let class = vm.type_name(args[0]);
        return Err(vm.type_error(format!("strftime() argument 1 must be str, not {class}")));
    };
    let mut time = time_or_now(vm, args[1], "strftime(): illegal time tuple argument")?;
    check_ranges(vm, &time)?;
    time.isdst = time.isdst.clamp(-1, 1);
    match calendar::strftime(format.bytes(), &time) {
        Some(text) if haft_text::wtf8::is_valid(&text) => Ok(vm.str_wtf8(&text)),
        Some(text) => Ok(vm.str_os(&text)),
        None => Err(out_of_range(vm)),
    }
}

#[cold]
fn out_of_range(vm: &mut Vm) -> Raised {
    vm.value_error("Invalid format string")
}
