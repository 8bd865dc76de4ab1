//! Module `_haft_csv`: the readers and writers of `_csv`, whose dialects are in Python.
mod format;
mod parser;
mod reader;
mod writer;

use std::cell::Cell;

use haft_core::object::{Dict, Type};
use haft_core::vm::Extension;
use haft_core::{R, Raised, Tracer, Value, Vm, natives};

/// The most characters of a field, before somebody says otherwise.
const FIELD_LIMIT: i64 = 128 * 1024;

/// The module's exception and its setting.
#[derive(Debug)]
struct Settings {
    error: Type,
    field_limit: Cell<i64>,
}

impl Extension for Settings {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.error.obj());
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

natives! {
    static FUNCTIONS = {
        /// Sets an upper limit on parsed fields.
        ///
        /// Returns old limit. If limit is not given, no new limit is set and
        /// the old limit is returned
        field_size_limit "($module, new_limit=<absent>, /)" => field_size_limit;
        /// A reader of the lines, with a Dialect.
        reader "($module, iterable, dialect, /)" => reader::new;
        /// A writer to the file, with a Dialect.
        writer "($module, fileobj, dialect, /)" => writer::new;
    }
}

/// Fill the namespace.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "_csv", FUNCTIONS);
    let error = crate::support::new_exception(vm, "_csv", "Error", vm.exc.exception)?;
    vm.dict_set_str(dict, "Error", error.value());
    vm.set_extension(Settings { error, field_limit: Cell::new(FIELD_LIMIT) });
    reader::add(vm, dict);
    writer::add(vm, dict);
    Ok(())
}

fn field_limit(vm: &Vm) -> i64 {
    vm.extension::<Settings>().map_or(FIELD_LIMIT, |settings| settings.field_limit.get())
}

fn field_size_limit(vm: &mut Vm, args: &[Value]) -> R {
    let old = field_limit(vm);
    if !args[0].is_absent() {
        if vm.type_of(args[0]) != vm.t.int {
            return Err(vm.type_error("limit must be an integer"));
        }
        let limit = vm.index_of(args[0])?;
        if let Some(settings) = vm.extension::<Settings>() {
            settings.field_limit.set(limit);
        }
    }
    Ok(vm.int(old))
}

/// Raise `csv.Error`.
#[cold]
fn error(vm: &mut Vm, message: impl AsRef<str>) -> Raised {
    let class = vm.extension::<Settings>().map_or(vm.exc.exception, |settings| settings.error);
    vm.raise(class, message)
}
