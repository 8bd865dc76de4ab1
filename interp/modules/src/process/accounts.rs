//! `pwd` and `grp`: the databases of users and groups.
use haft_builtins::structseq::{Field, make_struct_sequence_type, new_struct_sequence};
use haft_core::object::{Dict, Type};
use haft_core::vm::Extension;
use haft_core::{R, Raised, Tracer, Value, Vm, natives};
use haft_host::account::{self, Group, Passwd};

use crate::blocking::os_result;
use crate::os::argument::{encode_fs, id, id_value};

#[derive(Debug)]
struct UserClass(Type);
#[derive(Debug)]
struct GroupClass(Type);

impl Extension for UserClass {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.0.obj());
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

impl Extension for GroupClass {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.0.obj());
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

const USER_FIELDS: &[Field] = &[
    ("pw_name", "user name"),
    ("pw_passwd", "password"),
    ("pw_uid", "user id"),
    ("pw_gid", "group id"),
    ("pw_gecos", "real name"),
    ("pw_dir", "home directory"),
    ("pw_shell", "shell program"),
];

const GROUP_FIELDS: &[Field] = &[
    ("gr_name", "group name"),
    ("gr_passwd", "password"),
    ("gr_gid", "group id"),
    ("gr_mem", "group members"),
];

/// Fill the namespace of `pwd`.
pub fn init_pwd(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "pwd", PWD_FUNCTIONS);
    let class = make_struct_sequence_type(
        vm,
        "pwd.struct_passwd",
        "pwd.struct_passwd: Results from getpw*() routines.\n\n\
         This object may be accessed either as a tuple of\n  \
         (pw_name,pw_passwd,pw_uid,pw_gid,pw_gecos,pw_dir,pw_shell)\n\
         or via the object attributes as named in the above tuple.",
        USER_FIELDS,
        USER_FIELDS.len(),
    );
    vm.dict_set_str(dict, "struct_passwd", class.value());
    vm.set_extension(UserClass(class));
    Ok(())
}

/// Fill the namespace of `grp`.
pub fn init_grp(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "grp", GRP_FUNCTIONS);
    let class = make_struct_sequence_type(
        vm,
        "grp.struct_group",
        "grp.struct_group: Results from getgr*() routines.\n\n\
         This object may be accessed either as a tuple of\n  \
         (gr_name,gr_passwd,gr_gid,gr_mem)\n\
         or via the object attributes as named in the above tuple.",
        GROUP_FIELDS,
        GROUP_FIELDS.len(),
    );
    vm.dict_set_str(dict, "struct_group", class.value());
    vm.set_extension(GroupClass(class));
    Ok(())
}

natives! {
    static PWD_FUNCTIONS = {
        /// Return the password database entry for the given numeric user ID.
        ///
        /// See `help(pwd)` for more on password database entries.
        getpwuid "($module, uidobj, /)" => |vm, args| {
            let uid = id(vm, args[0], "uid");
            let Some(uid) = vm.catch(uid, vm.exc.overflow_error)? else {
                return Err(not_found(vm, "getpwuid(): uid not found"));
            };
            let user = vm.without_gil(|| account::user_by_id(uid));
            match os_result(vm, user)? {
                Some(user) => user_value(vm, &user),
                None => {
                    let shown = vm.repr_text(args[0])?;
                    Err(not_found(vm, &format!("getpwuid(): uid not found: {shown}")))
                }
            }
        };
        /// Return the password database entry for the given user name.
        ///
        /// See `help(pwd)` for more on password database entries.
        getpwnam "($module, name, /)" => |vm, args| {
            let name = name_argument(vm, args[0], "getpwnam() argument")?;
            let user = vm.without_gil(|| account::user_by_name(&name));
            match os_result(vm, user)? {
                Some(user) => user_value(vm, &user),
                None => {
                    let shown = vm.repr_text(args[0])?;
                    Err(not_found(vm, &format!("getpwnam(): name not found: {shown}")))
                }
            }
        };
        /// Return a list of all available password database entries, in arbitrary order.
        ///
        /// See help(pwd) for more on password database entries.
        getpwall "($module, /)" => |vm, _| {
            let list = vm.new_list();
            for user in account::users() {
                let user = user_value(vm, &user)?;
                list.push(&mut vm.heap, user);
            }
            Ok(list.value())
        };
    }
    static GRP_FUNCTIONS = {
        /// Return the group database entry for the given numeric group ID.
        ///
        /// If id is not valid, raise KeyError.
        getgrgid "($module, /, id)" => |vm, args| {
            let gid = id(vm, args[0], "gid")?;
            let group = vm.without_gil(|| account::group_by_id(gid));
            match os_result(vm, group)? {
                Some(group) => group_value(vm, &group),
                None => {
                    let shown = vm.repr_text(args[0])?;
                    Err(not_found(vm, &format!("getgrgid(): gid not found: {shown}")))
                }
            }
        };
        /// Return the group database entry for the given group name.
        ///
        /// If name is not valid, raise KeyError.
        getgrnam "($module, /, name)" => |vm, args| {
            let name = name_argument(vm, args[0], "getgrnam() argument 'name'")?;
            let group = vm.without_gil(|| account::group_by_name(&name));
            match os_result(vm, group)? {
                Some(group) => group_value(vm, &group),
                None => {
                    let shown = vm.repr_text(args[0])?;
                    Err(not_found(vm, &format!("getgrnam(): name not found: {shown}")))
                }
            }
        };
        /// Return a list of all available group entries, in arbitrary order.
        ///
        /// An entry whose name starts with '+' or '-' represents an instruction
        /// to use YP/NIS and may not be accessible via getgrnam or getgrgid.
        getgrall "($module, /)" => |vm, _| {
            let list = vm.new_list();
            for group in account::groups() {
                let group = group_value(vm, &group)?;
                list.push(&mut vm.heap, group);
            }
            Ok(list.value())
        };
    }
}

#[cold]
fn not_found(vm: &mut Vm, message: &str) -> Raised {
    let message = vm.str(message);
    vm.raise_with(vm.exc.key_error, &[message])
}

fn name_argument(vm: &mut Vm, value: Value, what: &str) -> R<Vec<u8>> {
    let Some(text) = vm.as_str(value) else {
        let class = vm.type_name(value);
        return Err(vm.type_error(format!("{what} must be str, not {class}")));
    };
    let name = encode_fs(vm, text)?;
    if name.contains(&0) { Err(vm.value_error("embedded null byte")) } else { Ok(name) }
}

fn user_value(vm: &mut Vm, user: &Passwd) -> R {
    let values = [
        vm.str_os(&user.name),
        vm.str_os(&user.passwd),
        id_value(vm, user.uid),
        id_value(vm, user.gid),
        vm.str_os(&user.gecos),
        vm.str_os(&user.dir),
        vm.str_os(&user.shell),
    ];
    match vm.extension::<UserClass>().map(|class| class.0) {
        Some(class) => Ok(new_struct_sequence(vm, class, &values)),
        None => Ok(vm.tuple(&values)),
    }
}

fn group_value(vm: &mut Vm, group: &Group) -> R {
    let members = vm.new_list();
    for member in &group.members {
        let member = vm.str_os(member);
        members.push(&mut vm.heap, member);
    }
    let values = [
        vm.str_os(&group.name),
        vm.str_os(&group.passwd),
        id_value(vm, group.gid),
        members.value(),
    ];
    match vm.extension::<GroupClass>().map(|class| class.0) {
        Some(class) => Ok(new_struct_sequence(vm, class, &values)),
        None => Ok(vm.tuple(&values)),
    }
}
