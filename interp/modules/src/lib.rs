//! The standard library's native modules.
#![recursion_limit = "512"]

pub mod blocking;
pub mod codec_error;
pub mod io;

pub mod net;
pub mod os;
pub mod process;
mod support;
pub mod thread;
pub mod time;
pub mod unraisable;
pub mod warn;

use haft_builtins::runtime::streams;
use haft_core::Vm;
use haft_core::vm::ModuleInit;

/// Every native module, one a line; each fills its namespace when it is first imported.
const MODULES: &[(&str, ModuleInit)] = &[
    ("_io", io::init),
    ("_locale", time::locale::init),
    ("_posixsubprocess", process::subprocess::init),
    ("_signal", process::signal::init),
    ("_socket", net::init),
    ("_thread", thread::init),
    ("errno", os::errno::init),
    ("fcntl", process::fcntl::init),
    ("grp", process::accounts::init_grp),
    ("posix", os::init),
    ("pwd", process::accounts::init_pwd),
    ("resource", process::resource::init),
    ("select", process::select::init),
    ("termios", process::termios::init),
    ("time", time::init),
];

/// Register the native modules, and set up what works without being imported: threads, signals, standard streams.
pub fn install(vm: &mut Vm) {
    for &(name, init) in MODULES {
        vm.native_modules.insert(name, init);
    }
    thread::install(vm);
    process::signal::install(vm);
    streams::set_opener(vm, |vm, fd| io::open_std(vm, fd, fd != 0));
}
