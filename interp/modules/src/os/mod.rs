//! `posix`: the operating system, as the module `os` shows it; and `errno`.
pub mod argument;
mod constants;
mod descriptor;
mod directory;
pub mod errno;
mod names;
pub(crate) mod processes;
mod spawn;
mod stat;
mod state;
mod system;

use haft_core::object::Dict;
use haft_core::{R, Vm};
use haft_host::config;

/// Fill the namespace of `posix`.
pub fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    let tables = [
        stat::FUNCTIONS,
        names::FUNCTIONS,
        descriptor::FUNCTIONS,
        processes::FUNCTIONS,
        spawn::FUNCTIONS,
        system::ID_FUNCTIONS,
        system::FUNCTIONS,
        system::SCHEDULING_FUNCTIONS,
    ];
    for table in tables {
        vm.add_functions(dict, "posix", table);
    }
    for &(name, number) in constants::CONSTANTS.iter().chain(&spawn::ACTIONS) {
        let number = vm.int(number);
        vm.dict_set_str(dict, name, number);
    }
    for (name, class) in state::types(vm).all() {
        vm.dict_set_str(dict, name, class.value());
    }
    vm.dict_set_str(dict, "error", vm.exc.os_error.value());
    let environ = system::environ(vm)?;
    vm.dict_set_str(dict, "environ", environ);
    let name_tables = [
        ("sysconf_names", config::SYSCONF_NAMES),
        ("pathconf_names", config::PATHCONF_NAMES),
        ("confstr_names", config::CONFSTR_NAMES),
    ];
    for (name, table) in name_tables {
        let names = vm.dict();
        for &(key, number) in table {
            let number = vm.int(i64::from(number));
            vm.dict_set_str(names, key, number);
        }
        vm.dict_set_str(dict, name, names.value());
    }
    let functions = vm.new_list();
    for name in constants::HAVE_FUNCTIONS {
        let name = vm.str(name);
        functions.push(&mut vm.heap, name);
    }
    vm.dict_set_str(dict, "_have_functions", functions.value());
    Ok(())
}
