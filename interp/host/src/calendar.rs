//! Civil time by the C library: time zones, broken-down time and `strftime`.

use std::ffi::{c_int, c_long};
use std::io;

use crate::syscall::{Zeroable, bytes_of, c_string};

/// `struct tm`, with Python's ranges: months from 1, Monday is day 0, January 1st is day 1.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BrokenDown {
    /// With the century.
    pub year: i64,
    /// 1 to 12.
    pub month: i32,
    /// 1 to 31.
    pub day: i32,
    /// 0 to 23.
    pub hour: i32,
    /// 0 to 59.
    pub minute: i32,
    /// 0 to 61.
    pub second: i32,
    /// 0 to 6, Monday first.
    pub weekday: i32,
    /// 1 to 366.
    pub yearday: i32,
    /// Summer time: 1 yes, 0 no, -1 unknown.
    pub isdst: i32,
    /// Seconds east of UTC.
    pub gmtoff: i64,
    /// The zone's abbreviation, in the locale's encoding.
    pub zone: Vec<u8>,
}

/// `time.timezone`, `altzone`, `daylight` and `tzname`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeZone {
    /// Seconds west of UTC in winter.
    pub timezone: i64,
    /// Seconds west of UTC in summer.
    pub altzone: i64,
    /// Whether the zone has summer time.
    pub daylight: bool,
    /// The abbreviations in winter and in summer.
    pub names: [Vec<u8>; 2],
}

/// `localtime_r(3)`; `EOVERFLOW` when the year does not fit.
pub fn localtime(seconds: i64) -> io::Result<BrokenDown> {
    tzset();
    let mut raw = libc::tm::zeroed();
    // SAFETY: both point to one value of the call's types.
    let result = unsafe { libc::localtime_r(&raw const seconds, &raw mut raw) };
    parsed(result.is_null(), &raw)
}

/// `gmtime_r(3)`; `EOVERFLOW` when the year does not fit.
pub fn gmtime(seconds: i64) -> io::Result<BrokenDown> {
    let mut raw = libc::tm::zeroed();
    // SAFETY: both point to one value of the call's types.
    let result = unsafe { libc::gmtime_r(&raw const seconds, &raw mut raw) };
    parsed(result.is_null(), &raw)
}

/// `mktime(3)`: seconds since 1970 of a local time; `None` when it has none.
///
/// Fields out of range are carried over. `weekday`, `yearday` and `gmtoff` are not read.
pub fn mktime(time: &BrokenDown) -> Option<i64> {
    tzset();
    let mut raw = raw(time)?;
    // -1 is also one second before 1970; only a success sets the weekday.
    raw.tm_wday = -1;
    // SAFETY: `raw` is one `struct tm`.
    let seconds = unsafe { libc::mktime(&raw mut raw) };
    if seconds == -1 && raw.tm_wday == -1 { None } else { Some(seconds) }
}

/// `strftime(3)`. `format` is in the locale's encoding; a NUL in it is copied.
///
/// `None` when a field does not fit the C structure.
pub fn strftime(format: &[u8], time: &BrokenDown) -> Option<Vec<u8>> {
    let zone = c_string(std::ffi::OsString::from(String::from_utf8_lossy(&time.zone).into_owned()))
        .ok()?;
    let mut raw = raw(time)?;
    raw.tm_zone = zone.as_ptr().cast_mut();
    let mut text = Vec::new();
    for (index, part) in format.split(|&byte| byte == 0).enumerate() {
        if index > 0 {
            text.push(0);
        }
        text.extend(strftime_part(part, &raw));
    }
    Some(text)
}

/// `tzset(3)`: reads `TZ` again.
pub fn tzset() {
    // SAFETY: the C library locks its own zone data.
    unsafe { c_tzset() };
}

/// The zone of the process, found as CPython finds it: January and July of the present year.
pub fn time_zone() -> io::Result<TimeZone> {
    const YEAR: i64 = 365 * 24 * 3600 + 6 * 3600;
    let now = crate::clock::Clock::Time.now()? / 1_000_000_000;
    let january = localtime(now / YEAR * YEAR)?;
    let july = localtime(now / YEAR * YEAR + YEAR / 2)?;
    let daylight = january.gmtoff != july.gmtoff;
    // South of the equator summer time is in January.
    let (winter, summer) =
        if january.gmtoff > july.gmtoff { (july, january) } else { (january, july) };
    Ok(TimeZone {
        timezone: -winter.gmtoff,
        altzone: -summer.gmtoff,
        daylight,
        names: [winter.zone, summer.zone],
    })
}

unsafe extern "C" {
    #[link_name = "tzset"]
    fn c_tzset();
}

fn strftime_part(format: &[u8], raw: &libc::tm) -> Vec<u8> {
    if format.is_empty() {
        return Vec::new();
    }
    // The added byte tells an empty result from a buffer that was too small.
    let mut marked = format.to_vec();
    marked.extend_from_slice(b"x\0");
    let mut buffer = vec![0_u8; 256.max(format.len() * 2)];
    loop {
        let (start, room) = (buffer.as_mut_ptr().cast(), buffer.len());
        // SAFETY: at most `room` bytes are written; `marked` ends with NUL; `raw.tm_zone` is null or a C
        // string that the caller keeps.
        let length = unsafe { libc::strftime(start, room, marked.as_ptr().cast(), raw) };
        if length > 0 {
            buffer.truncate(length - 1);
            return buffer;
        }
        if room > 256 * format.len().max(256) {
            return Vec::new();
        }
        buffer.resize(room * 2, 0);
    }
}

fn parsed(failed: bool, raw: &libc::tm) -> io::Result<BrokenDown> {
    if failed {
        return Err(io::Error::last_os_error());
    }
    Ok(BrokenDown {
        year: i64::from(raw.tm_year) + 1900,
        month: raw.tm_mon + 1,
        day: raw.tm_mday,
        hour: raw.tm_hour,
        minute: raw.tm_min,
        second: raw.tm_sec,
        weekday: (raw.tm_wday + 6) % 7,
        yearday: raw.tm_yday + 1,
        isdst: raw.tm_isdst,
        gmtoff: c_long_to_i64(raw.tm_gmtoff),
        // SAFETY: the C library points `tm_zone` at a static string.
        zone: unsafe { bytes_of(raw.tm_zone) }.unwrap_or_default(),
    })
}

fn raw(time: &BrokenDown) -> Option<libc::tm> {
    let mut raw = libc::tm::zeroed();
    raw.tm_year = c_int::try_from(time.year.checked_sub(1900)?).ok()?;
    raw.tm_mon = time.month.checked_sub(1)?;
    raw.tm_mday = time.day;
    raw.tm_hour = time.hour;
    raw.tm_min = time.minute;
    raw.tm_sec = time.second;
    raw.tm_wday = time.weekday.checked_add(1)?.rem_euclid(7);
    raw.tm_yday = time.yearday.checked_sub(1)?;
    raw.tm_isdst = time.isdst;
    raw.tm_gmtoff = c_long::try_from(time.gmtoff).ok()?;
    Some(raw)
}

/// `long` has the machine's width.
fn c_long_to_i64(value: impl Into<i64>) -> i64 {
    value.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gmtime_and_strftime() {
        let time = gmtime(86_400 * 365).unwrap();
        assert_eq!(
            (time.year, time.month, time.day, time.weekday, time.yearday),
            (1971, 1, 1, 4, 1)
        );
        assert_eq!(
            strftime(b"%Y-%m-%d %H:%M:%S %j\0%%", &time).unwrap(),
            b"1971-01-01 00:00:00 001\0%"
        );
        assert_eq!(strftime(b"", &time).unwrap(), b"");
        assert_eq!(strftime(b"%Z", &time).unwrap(), b"GMT");
        assert_eq!(gmtime(i64::MAX).unwrap_err().raw_os_error(), Some(libc::EOVERFLOW));
        let local = localtime(1_000_000_000).unwrap();
        assert_eq!(mktime(&local), Some(1_000_000_000));
        let before = localtime(-1).unwrap();
        assert_eq!(mktime(&before), Some(-1));
        assert!(time_zone().is_ok());
    }
}
