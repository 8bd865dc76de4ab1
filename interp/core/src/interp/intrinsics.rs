//! Functions the compiler calls by number.
use haft_bytecode::{INTRINSICS, Insn, Intrinsic};
use haft_heap::Value;

use super::direct::Direct;
use super::machine::Machine;
use crate::object::{Dict, Exception, PayloadRef, Tuple};
use crate::vm::{ModuleInit, R, Vm};

/// `r[a]` = intrinsic `x` of the registers from `r[b]`.
pub(super) fn intrinsic(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let args = m.window(i.b(), usize::from(i.c()));
    let which = INTRINSICS[usize::from(i.x())].0;
    let result = call(m.vm, which, args)?;
    m.set(i.a(), result);
    Ok(())
}

fn call(vm: &mut Vm, which: Intrinsic, args: &[Value]) -> R {
    match which {
        Intrinsic::Print => {
            let Some(hook) = vm.dict_get_str(vm.sys, "displayhook") else {
                return Err(vm.runtime_error("lost sys.displayhook"));
            };
            vm.call_positional(hook, &[args[0]])
        }
        Intrinsic::StopIterationError => stop_iteration_error(vm, args[0]),
        Intrinsic::SetupAnnotations => setup_annotations(vm),
        Intrinsic::PrepReraiseStar => prep_reraise_star(vm, args[0], args[1]),
        Intrinsic::AssertionError => Ok(vm.exc.assertion_error.value()),
        Intrinsic::NotImplementedError => Ok(vm.exc.not_implemented_error.value()),
        Intrinsic::EndAsyncFor => {
            if vm.exception_matches(args[0], vm.exc.stop_async_iteration.value()) {
                return Ok(Value::NONE);
            }
            Err(vm.raise_again(args[0]))
        }
        Intrinsic::DictCopy => {
            let dict = vm.dict();
            vm.dict_update(dict, args[0])?;
            Ok(dict.value())
        }
        Intrinsic::DictWithout => {
            let dict = vm.as_dict(args[0]).expect("the compiler made this dict");
            for &key in vm.as_tuple(args[1]).map_or(&[][..], Tuple::items) {
                vm.dict_pop(dict, key)?;
            }
            Ok(dict.value())
        }
        Intrinsic::SetFunctionTypeParams => {
            if let Some(function) = PayloadRef::<crate::object::Function>::of_value(args[0]) {
                vm.heap.barrier(function.obj());
                function.type_params.set(args[1]);
            }
            Ok(args[0])
        }
        _ => typing(vm, which, args),
    }
}

/// What `_typing` and `string.templatelib` know: functions of those modules, by the intrinsic's name.
fn typing(vm: &mut Vm, which: Intrinsic, args: &[Value]) -> R {
    let name = INTRINSICS[which as usize].1;
    let module = match vm.dict_get_str(vm.modules, "_typing") {
        Some(module) => module,
        None => {
            let (import, module) = (vm.dict_get_str(vm.builtins, "__import__"), vm.str("_typing"));
            let Some(import) = import else { return Err(vm.import_error("__import__ not found")) };
            vm.call_positional(import, &[module])?
        }
    };
    let name = vm.intern(&format!("_intrinsic_{name}"));
    let function = vm.get_attr(module, name)?;
    vm.call_positional(function, args)
}

/// PEP 479: StopIteration (and for asynchronous generators StopAsyncIteration) must not leave a generator.
fn stop_iteration_error(vm: &mut Vm, exception: Value) -> R {
    let flags = vm.stack.frames.last().map_or(0, |f| f.code.get().code.flags);
    let kind = if flags & haft_bytecode::flags::ASYNC_GENERATOR != 0 {
        "async generator"
    } else if flags & haft_bytecode::flags::COROUTINE != 0 {
        "coroutine"
    } else {
        "generator"
    };
    let what = if vm.exception_matches(exception, vm.exc.stop_iteration.value()) {
        "StopIteration"
    } else if kind == "async generator"
        && vm.exception_matches(exception, vm.exc.stop_async_iteration.value())
    {
        "StopAsyncIteration"
    } else {
        return Ok(exception);
    };
    let message = vm.str(&format!("{kind} raised {what}"));
    let error = vm.call_positional(vm.exc.runtime_error.value(), &[message])?;
    if let Some(new) = PayloadRef::<Exception>::of_value(error) {
        new.cause.set(exception);
        new.context.set(exception);
        new.suppress_context.set(true);
    }
    Ok(error)
}

fn setup_annotations(vm: &mut Vm) -> R {
    let (namespace, name) = (vm.frame_namespace(), vm.names.__annotations__);
    if vm.namespace_get(namespace, name)?.is_none() {
        let dict = vm.dict();
        vm.namespace_set(namespace, name, dict.value())?;
    }
    Ok(Value::NONE)
}

/// What is raised at the end of an `except*` statement: nothing, what no clause took, or all of it in a group.
fn prep_reraise_star(vm: &mut Vm, original: Value, raised: Value) -> R {
    let raised = vm.list_of(raised)?;
    let left = vm.new_list();
    for at in 0..raised.len() {
        let item = raised.at(at);
        if !item.is_none() {
            left.push(&mut vm.heap, item);
        }
    }
    if left.is_empty() {
        return Ok(Value::NONE);
    }
    if !vm.exception_matches(original, vm.exc.base_exception_group.value()) {
        return Ok(left.at(0));
    }
    let helper = vm
        .dict_get_str(vm.builtins, "BaseExceptionGroup")
        .unwrap_or(vm.exc.base_exception_group.value());
    let function = vm.get_attr_str(helper, "_prep_reraise_star")?;
    vm.call_positional(function, &[original, left.value()])
}

impl Vm {
    /// A native module by name, made if it is not in `sys.modules`.
    pub fn import_native(&mut self, name: &str) -> R {
        let key = self.intern(name);
        if let Some(module) = self.dict_get_name(self.modules, key) {
            return Ok(module);
        }
        let Some(&init) = self.native_modules.get(name) else {
            return Err(
                self.raise(self.exc.module_not_found_error, format!("No module named '{name}'"))
            );
        };
        let module = self.new_module(name);
        self.dict_set_name(self.modules, key, module.value());
        if let Err(raised) = self.fill_native(key, module.dict, init) {
            self.dict_remove_name(self.modules, key);
            return Err(raised);
        }
        Ok(module.value())
    }
    /// Fill the namespace of a native module. One that is imported afresh gets what it held the first time: its
    /// functions know its classes, of which there is one set in a runtime.
    fn fill_native(&mut self, name: Value, dict: Dict, init: ModuleInit) -> R<()> {
        let known = self.native_namespaces;
        match self.dict_get_name(known, name).and_then(|first| self.as_dict(first)) {
            Some(first) => self.dict_update_from_dict(dict, first),
            None => {
                init(self, dict)?;
                let first = dict.copy(&mut self.heap);
                self.dict_set_name(known, name, first.value());
                Ok(())
            }
        }
    }
    /// A module object with the usual names in its namespace.
    pub fn new_module(&mut self, name: &str) -> PayloadRef<crate::object::Module> {
        let dict = self.dict();
        let name = self.intern(name);
        let names = self.names;
        for (key, value) in [
            (names.__name__, name),
            (names.__doc__, Value::NONE),
            (names.__package__, Value::NONE),
            (names.__loader__, Value::NONE),
            (names.__spec__, Value::NONE),
        ] {
            self.dict_set_name(dict, key, value);
        }
        self.new_payload_ref(self.t.module, crate::object::Module { dict })
    }
}
