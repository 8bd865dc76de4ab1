//! Which standard streams the program was started without.
//!
//! Rust's own start-up code opens `/dev/null` for the missing ones before `main` runs, and then nobody can tell any more.
//! So this looks before: a function in the section of initialisers.
use std::sync::atomic::{AtomicU8, Ordering};

static CLOSED: AtomicU8 = AtomicU8::new(0);

/// Was this standard descriptor closed when the program started?
pub fn was_closed(fd: i32) -> bool {
    u32::try_from(fd).is_ok_and(|fd| fd < 3 && CLOSED.load(Ordering::Relaxed) >> fd & 1 != 0)
}

extern "C" fn look() {
    for fd in 0..3 {
        // SAFETY: asks about a descriptor; a bad one is an error result.
        if unsafe { libc::fcntl(fd, libc::F_GETFD) } < 0 {
            CLOSED.fetch_or(1 << fd, Ordering::Relaxed);
        }
    }
}

/// The loader calls what stands in this section before anything else runs.
///
/// The function takes nothing, returns nothing, and needs nothing that is set up later.
#[used]
#[cfg_attr(target_os = "linux", unsafe(link_section = ".init_array"))]
static LOOK: extern "C" fn() = look;
