//! Random bytes from the kernel.

use std::io;

use crate::syscall::check_size;

/// `getrandom(2)` with `GRND_*` flags; the number of bytes written.
pub fn getrandom(buffer: &mut [u8], flags: u32) -> io::Result<usize> {
    // SAFETY: the kernel writes at most `buffer.len()` bytes to `buffer`.
    check_size(unsafe { libc::getrandom(buffer.as_mut_ptr().cast(), buffer.len(), flags) })
}

/// Fills `buffer`, as `os.urandom` does. Interruptions are retried: the wait can only be at boot.
pub fn urandom(buffer: &mut [u8]) -> io::Result<()> {
    let mut done = 0;
    while done < buffer.len() {
        match getrandom(&mut buffer[done..], 0) {
            Ok(count) => done += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn fills_large_buffers() {
        let mut buffer = vec![0; 100_000];
        super::urandom(&mut buffer).unwrap();
        assert!(buffer[99_000..].iter().any(|&byte| byte != 0));
    }
}
