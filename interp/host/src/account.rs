//! The user and group databases.

use std::ffi::{OsStr, c_char, c_int};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::sync::{Mutex, PoisonError};

use crate::syscall::{Zeroable, bytes_of, c_string, check_errno};

/// An entry of the user database; strings are in the file system's encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of pwd.h")]
pub struct Passwd {
    pub name: Vec<u8>,
    pub passwd: Vec<u8>,
    pub uid: u32,
    pub gid: u32,
    pub gecos: Vec<u8>,
    pub dir: Vec<u8>,
    pub shell: Vec<u8>,
}

/// An entry of the group database.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of grp.h")]
pub struct Group {
    pub name: Vec<u8>,
    pub passwd: Vec<u8>,
    pub gid: u32,
    pub members: Vec<Vec<u8>>,
}

/// `getpwuid_r(3)`.
pub fn user_by_id(uid: u32) -> io::Result<Option<Passwd>> {
    // SAFETY: the pointers come from `lookup`.
    lookup(
        |entry, text, room, found| unsafe { libc::getpwuid_r(uid, entry, text, room, found) },
        user,
    )
}

/// `getpwnam_r(3)`.
pub fn user_by_name(name: &[u8]) -> io::Result<Option<Passwd>> {
    let name = c_string(OsStr::from_bytes(name))?;
    // SAFETY: the pointers come from `lookup`, and `name` is NUL-terminated.
    lookup(
        |entry, text, room, found| unsafe {
            libc::getpwnam_r(name.as_ptr(), entry, text, room, found)
        },
        user,
    )
}

/// `getgrgid_r(3)`.
pub fn group_by_id(gid: u32) -> io::Result<Option<Group>> {
    // SAFETY: the pointers come from `lookup`.
    lookup(
        |entry, text, room, found| unsafe { libc::getgrgid_r(gid, entry, text, room, found) },
        group,
    )
}

/// `getgrnam_r(3)`.
pub fn group_by_name(name: &[u8]) -> io::Result<Option<Group>> {
    let name = c_string(OsStr::from_bytes(name))?;
    // SAFETY: the pointers come from `lookup`, and `name` is NUL-terminated.
    lookup(
        |entry, text, room, found| unsafe {
            libc::getgrnam_r(name.as_ptr(), entry, text, room, found)
        },
        group,
    )
}

/// All users (`getpwent(3)`).
pub fn users() -> Vec<Passwd> {
    let _guard = WALK.lock().unwrap_or_else(PoisonError::into_inner);
    let mut users = Vec::new();
    // SAFETY: `WALK` keeps others from moving the C library's position.
    unsafe { libc::setpwent() };
    loop {
        // SAFETY: as above; the entry is valid until the next call.
        let entry = unsafe { libc::getpwent() };
        // SAFETY: null or a valid entry.
        let Some(entry) = (unsafe { entry.as_ref() }) else { break };
        // SAFETY: an entry of the C library.
        users.push(unsafe { user(entry) });
    }
    // SAFETY: as above.
    unsafe { libc::endpwent() };
    users
}

/// All groups (`getgrent(3)`).
pub fn groups() -> Vec<Group> {
    let _guard = WALK.lock().unwrap_or_else(PoisonError::into_inner);
    let mut groups = Vec::new();
    // SAFETY: `WALK` keeps others from moving the C library's position.
    unsafe { libc::setgrent() };
    loop {
        // SAFETY: as above; the entry is valid until the next call.
        let entry = unsafe { libc::getgrent() };
        // SAFETY: null or a valid entry.
        let Some(entry) = (unsafe { entry.as_ref() }) else { break };
        // SAFETY: an entry of the C library.
        groups.push(unsafe { group(entry) });
    }
    // SAFETY: as above.
    unsafe { libc::endgrent() };
    groups
}

/// `getgrouplist(3)`: the groups of `user`, and `group`.
pub fn group_list(user: &[u8], group: u32) -> io::Result<Vec<u32>> {
    let user = c_string(OsStr::from_bytes(user))?;
    let mut room: c_int = 64;
    loop {
        let mut count = room;
        let mut list = vec![0; usize::try_from(room).unwrap_or(0)];
        // SAFETY: `user` is NUL-terminated and `list` has room for `count` entries.
        let result =
            unsafe { libc::getgrouplist(user.as_ptr(), group, list.as_mut_ptr(), &raw mut count) };
        if result >= 0 {
            list.truncate(usize::try_from(count).unwrap_or(0));
            return Ok(list);
        }
        room = count.max(room * 2);
        if room > 1 << 20 {
            return Err(io::Error::from_raw_os_error(libc::ERANGE));
        }
    }
}

/// `initgroups(3)`.
pub fn initgroups(user: &[u8], group: u32) -> io::Result<()> {
    let user = c_string(OsStr::from_bytes(user))?;
    // SAFETY: `user` is NUL-terminated.
    crate::syscall::check_unit(unsafe { libc::initgroups(user.as_ptr(), group) })
}

/// The C library has one position in each database for the whole process.
static WALK: Mutex<()> = Mutex::new(());

/// Calls one of the `get…_r` functions with a growing text buffer.
fn lookup<Raw: Zeroable, Entry>(
    mut call: impl FnMut(*mut Raw, *mut c_char, usize, *mut *mut Raw) -> c_int,
    copy: unsafe fn(&Raw) -> Entry,
) -> io::Result<Option<Entry>> {
    let mut text = vec![0_u8; 1024];
    loop {
        let mut entry = Raw::zeroed();
        let mut found = std::ptr::null_mut();
        let code = call(&raw mut entry, text.as_mut_ptr().cast(), text.len(), &raw mut found);
        if code == libc::ERANGE && text.len() < 1 << 26 {
            text.resize(text.len() * 2, 0);
            continue;
        }
        // "No such entry" may be told in several ways (getpwnam(3), errors).
        if found.is_null()
            && matches!(code, 0 | libc::ENOENT | libc::ESRCH | libc::EBADF | libc::EPERM)
        {
            return Ok(None);
        }
        check_errno(code)?;
        // SAFETY: the call succeeded, so the entry's strings point into `text` or static storage.
        return Ok(Some(unsafe { copy(&entry) }));
    }
}

/// # Safety
/// The strings of `raw` are null or NUL-terminated.
unsafe fn user(raw: &libc::passwd) -> Passwd {
    // SAFETY: the caller's promise.
    let text = |pointer| unsafe { bytes_of(pointer) }.unwrap_or_default();
    Passwd {
        name: text(raw.pw_name),
        passwd: text(raw.pw_passwd),
        uid: raw.pw_uid,
        gid: raw.pw_gid,
        gecos: text(raw.pw_gecos),
        dir: text(raw.pw_dir),
        shell: text(raw.pw_shell),
    }
}

/// # Safety
/// The strings of `raw` are null or NUL-terminated; its members end with a null pointer.
unsafe fn group(raw: &libc::group) -> Group {
    // SAFETY: the caller's promise.
    let text = |pointer| unsafe { bytes_of(pointer) }.unwrap_or_default();
    let mut members = Vec::new();
    let mut next = raw.gr_mem;
    while !next.is_null() {
        // SAFETY: the array ends with a null pointer, which stops the loop below.
        let member = unsafe { next.read() };
        if member.is_null() {
            break;
        }
        members.push(text(member));
        // SAFETY: the null pointer has not been reached.
        next = unsafe { next.add(1) };
    }
    Group { name: text(raw.gr_name), passwd: text(raw.gr_passwd), gid: raw.gr_gid, members }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_exists() {
        let root = user_by_id(0).unwrap().unwrap();
        assert_eq!(root.name, b"root");
        assert_eq!(user_by_name(b"root").unwrap().unwrap(), root);
        assert!(users().contains(&root));
        assert_eq!(group_by_id(0).unwrap().unwrap().name, b"root");
        assert!(groups().iter().any(|group| group.gid == 0));
        assert_eq!(user_by_name(b"no-such-user").unwrap(), None);
        assert!(group_list(b"root", 0).unwrap().contains(&0));
    }
}
