//! Terminals.

use std::ffi::c_int;
use std::io;

use crate::file::integer_calls;
use crate::syscall::{Zeroable, bytes_before_nul, check_errno, check_unit};

integer_calls! {
    /// `tcsendbreak(3)`.
    fn send_break(fd: i32, duration: i32) -> () = tcsendbreak, check_unit;
    /// `tcdrain(3)`.
    fn drain(fd: i32) -> () = tcdrain, check_unit;
    /// `tcflush(3)`; `queue` is `TCIFLUSH`, `TCOFLUSH` or `TCIOFLUSH`.
    fn flush(fd: i32, queue: i32) -> () = tcflush, check_unit;
    /// `tcflow(3)`; `action` is `TCOOFF`, `TCOON`, `TCIOFF` or `TCION`.
    fn flow(fd: i32, action: i32) -> () = tcflow, check_unit;
}

/// Set columns and lines of the terminal behind `fd`.
pub fn set_size(fd: i32, columns: u16, lines: u16) -> io::Result<()> {
    let mut size = libc::winsize::zeroed();
    (size.ws_col, size.ws_row) = (columns, lines);
    // SAFETY: TIOCSWINSZ reads one `struct winsize`.
    check_unit(unsafe { libc::ioctl(fd, libc::TIOCSWINSZ, &raw const size) })
}

/// Columns and lines of the terminal behind `fd`.
pub fn size(fd: i32) -> io::Result<(u16, u16)> {
    let mut size = libc::winsize::zeroed();
    // SAFETY: TIOCGWINSZ writes one `struct winsize`.
    check_unit(unsafe { libc::ioctl(fd, libc::TIOCGWINSZ, &raw mut size) })?;
    Ok((size.ws_col, size.ws_row))
}

/// `ttyname_r(3)`.
pub fn name(fd: i32) -> io::Result<Vec<u8>> {
    let mut buffer = [0_u8; 1024];
    // SAFETY: at most `buffer.len()` bytes are written, NUL included.
    check_errno(unsafe { libc::ttyname_r(fd, buffer.as_mut_ptr().cast(), buffer.len()) })?;
    Ok(bytes_before_nul(&buffer))
}

/// `struct termios`: the six parts of `termios.tcgetattr`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of termios.h")]
pub struct Attributes {
    pub iflag: u32,
    pub oflag: u32,
    pub cflag: u32,
    pub lflag: u32,
    pub ispeed: u32,
    pub ospeed: u32,
    pub control: [u8; 32],
}

/// `tcgetattr(3)`.
pub fn attributes(fd: i32) -> io::Result<Attributes> {
    let raw = raw_attributes(fd)?;
    Ok(Attributes {
        iflag: raw.c_iflag,
        oflag: raw.c_oflag,
        cflag: raw.c_cflag,
        lflag: raw.c_lflag,
        // SAFETY: `raw` was filled in by the C library.
        ispeed: unsafe { libc::cfgetispeed(&raw const raw) },
        // SAFETY: as above.
        ospeed: unsafe { libc::cfgetospeed(&raw const raw) },
        control: raw.c_cc,
    })
}

/// `tcsetattr(3)`; `when` is `TCSANOW`, `TCSADRAIN` or `TCSAFLUSH`.
pub fn set_attributes(fd: i32, when: i32, attributes: &Attributes) -> io::Result<()> {
    let mut raw = raw_attributes(fd)?;
    raw.c_iflag = attributes.iflag;
    raw.c_oflag = attributes.oflag;
    raw.c_cflag = attributes.cflag;
    raw.c_lflag = attributes.lflag;
    raw.c_cc = attributes.control;
    // SAFETY: `raw` is one `struct termios`.
    check_unit(unsafe { libc::cfsetispeed(&raw mut raw, attributes.ispeed) })?;
    // SAFETY: as above.
    check_unit(unsafe { libc::cfsetospeed(&raw mut raw, attributes.ospeed) })?;
    // SAFETY: as above.
    check_unit(unsafe { libc::tcsetattr(fd, when, &raw const raw) })
}

/// `openpty(3)`: the master and the slave, neither inheritable.
pub fn openpty() -> io::Result<(i32, i32)> {
    let (mut master, mut slave): (c_int, c_int) = (-1, -1);
    let none = std::ptr::null_mut();
    // SAFETY: the two results are written; name, attributes and size are not given.
    check_unit(unsafe {
        libc::openpty(&raw mut master, &raw mut slave, none, std::ptr::null(), std::ptr::null())
    })?;
    crate::file::set_inheritable(master, false)?;
    crate::file::set_inheritable(slave, false)?;
    Ok((master, slave))
}

fn raw_attributes(fd: i32) -> io::Result<libc::termios> {
    let mut raw = libc::termios::zeroed();
    // SAFETY: `raw` is one `struct termios`.
    check_unit(unsafe { libc::tcgetattr(fd, &raw mut raw) })?;
    Ok(raw)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pseudo_terminal() {
        let (master, slave) = openpty().unwrap();
        assert!(crate::file::isatty(slave));
        let mut raw = attributes(slave).unwrap();
        raw.lflag &= !libc::ECHO;
        set_attributes(slave, libc::TCSANOW, &raw).unwrap();
        assert_eq!(attributes(slave).unwrap(), raw);
        assert!(name(slave).unwrap().starts_with(b"/dev/"));
        assert!(size(slave).is_ok());
        crate::file::close(slave).unwrap();
        crate::file::close(master).unwrap();
        assert_eq!(size(-1).unwrap_err().raw_os_error(), Some(libc::EBADF));
    }
}
