//! Waiting for file descriptors: `select`, `poll` and `epoll`.
//!
//! Timeouts are nanoseconds, `None` waits for ever. A signal ends the wait with `EINTR`.

use std::io;

use crate::file::integer_calls;
use crate::syscall::{Zeroable, check, check_unit};

/// The descriptors found ready by [`select`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ready {
    /// Readable.
    pub read: Vec<i32>,
    /// Writable.
    pub write: Vec<i32>,
    /// With an exceptional condition.
    pub except: Vec<i32>,
}

/// `pselect(2)`. A descriptor outside 0..1024 is `EINVAL` (the caller checks first for its own message).
pub fn select(
    read: &[i32],
    write: &[i32],
    except: &[i32],
    timeout: Option<i64>,
) -> io::Result<Ready> {
    let mut sets = [set_of(read)?, set_of(write)?, set_of(except)?];
    let highest = [read, write, except].into_iter().flatten().copied().max().unwrap_or(-1);
    let time = timeout.map(crate::clock::timespec);
    let time = time.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
    let [read_set, write_set, except_set] = &mut sets;
    let no_mask = std::ptr::null();
    // SAFETY: three distinct sets with room for every descriptor up to `highest`; `time` is null or valid.
    check_unit(unsafe {
        libc::pselect(highest + 1, read_set, write_set, except_set, time, no_mask)
    })?;
    Ok(Ready {
        read: members(read, read_set),
        write: members(write, write_set),
        except: members(except, except_set),
    })
}

fn set_of(fds: &[i32]) -> io::Result<libc::fd_set> {
    let mut set = libc::fd_set::zeroed();
    for &fd in fds {
        if !usize::try_from(fd).is_ok_and(|fd| fd < libc::FD_SETSIZE) {
            return Err(io::Error::from_raw_os_error(libc::EINVAL));
        }
        // SAFETY: `fd` is within the set.
        unsafe { libc::FD_SET(fd, &raw mut set) };
    }
    Ok(set)
}

fn members(fds: &[i32], set: &libc::fd_set) -> Vec<i32> {
    // SAFETY: `set_of` checked every descriptor.
    fds.iter().copied().filter(|&fd| unsafe { libc::FD_ISSET(fd, set) }).collect()
}

/// One row of [`poll`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PollFd {
    /// The descriptor; a negative one is skipped.
    pub fd: i32,
    /// `POLL*` bits asked for.
    pub events: i16,
    /// `POLL*` bits found.
    pub found: i16,
}

/// `ppoll(2)`: fills in `found`; the number of rows with something found.
pub fn poll(rows: &mut [PollFd], timeout: Option<i64>) -> io::Result<usize> {
    let mut raw: Vec<libc::pollfd> = rows
        .iter()
        .map(|row| libc::pollfd { fd: row.fd, events: row.events, revents: 0 })
        .collect();
    let time = timeout.map(crate::clock::timespec);
    let time = time.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
    let length = libc::nfds_t::try_from(raw.len())
        .map_err(|_| io::Error::from_raw_os_error(libc::EINVAL))?;
    // SAFETY: `raw` has `length` entries; `time` is null or valid; no signal mask.
    let count = check(unsafe { libc::ppoll(raw.as_mut_ptr(), length, time, std::ptr::null()) })?;
    for (row, raw) in rows.iter_mut().zip(&raw) {
        row.found = raw.revents;
    }
    Ok(usize::try_from(count).unwrap_or(0))
}

integer_calls! {
    /// `epoll_create1(2)`.
    fn epoll_create(flags: i32) -> i32 = epoll_create1, check;
}

/// `epoll_ctl(2)`; `operation` is `EPOLL_CTL_*`, `events` are `EPOLL*` bits.
pub fn epoll_control(epoll: i32, operation: i32, fd: i32, events: u32) -> io::Result<()> {
    let mut event = libc::epoll_event { events, u64: u64::from(fd.cast_unsigned()) };
    // SAFETY: `event` is one `epoll_event`.
    check_unit(unsafe { libc::epoll_ctl(epoll, operation, fd, &raw mut event) })
}

/// `epoll_wait(2)`: at most `max_events` pairs of descriptor and events; `timeout` in milliseconds, -1 for ever.
pub fn epoll_wait(epoll: i32, max_events: usize, timeout: i32) -> io::Result<Vec<(i32, u32)>> {
    let mut events = Vec::new();
    events.resize_with(max_events.clamp(1, 1 << 20), libc::epoll_event::zeroed);
    let room = i32::try_from(events.len()).unwrap_or(1);
    // SAFETY: `events` has `room` entries.
    let count = check(unsafe { libc::epoll_wait(epoll, events.as_mut_ptr(), room, timeout) })?;
    events.truncate(usize::try_from(count).unwrap_or(0));
    let row = |event: &libc::epoll_event| {
        let (fd, bits) = (event.u64, event.events);
        (i32::try_from(fd).unwrap_or(-1), bits)
    };
    Ok(events.iter().map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file;

    #[test]
    fn a_pipe_becomes_readable() {
        let (reader, writer) = file::pipe(libc::O_CLOEXEC).unwrap();
        assert_eq!(select(&[reader], &[writer], &[], Some(0)).unwrap().read, []);
        let epoll = epoll_create(libc::EPOLL_CLOEXEC).unwrap();
        let readable = libc::EPOLLIN.cast_unsigned();
        epoll_control(epoll, libc::EPOLL_CTL_ADD, reader, readable).unwrap();
        assert_eq!(epoll_wait(epoll, 4, 0).unwrap(), []);
        file::write(writer, b"x").unwrap();
        let ready = select(&[reader], &[writer], &[], None).unwrap();
        assert_eq!((ready.read, ready.write), (vec![reader], vec![writer]));
        let mut rows = [PollFd { fd: reader, events: libc::POLLIN, found: 0 }];
        assert_eq!(poll(&mut rows, Some(0)).unwrap(), 1);
        assert_eq!(rows[0].found, libc::POLLIN);
        assert_eq!(epoll_wait(epoll, 4, -1).unwrap(), [(reader, readable)]);
        assert!(select(&[5000], &[], &[], Some(0)).is_err());
        for fd in [reader, writer, epoll] {
            file::close(fd).unwrap();
        }
    }
}
