//! Module `_sre`: patterns and matches over the engine of `haft-sre`.
mod matching;
mod pattern;
mod subject;

use haft_core::object::{Dict, Type};
use haft_core::vm::Extension;
use haft_core::{R, Tracer, Value, Vm, natives};
use haft_sre as sre;

natives! {
    static FUNCTIONS = {
        /// Compile a list of codes.
        compile "($module, /, pattern, flags, code, groups, groupindex, indexgroup)" => pattern::compile;
        /// A parsed replacement template.
        template "($module, pattern, template, /)" => pattern::template;
        /// Size of a code in bytes.
        getcodesize "($module, /)" => getcodesize;
        /// Is the character cased?
        ascii_iscased "($module, character, /)" => ascii_iscased;
        /// Is the character cased?
        unicode_iscased "($module, character, /)" => unicode_iscased;
        /// Lower case of the character.
        ascii_tolower "($module, character, /)" => ascii_tolower;
        /// Lower case of the character.
        unicode_tolower "($module, character, /)" => unicode_tolower;
    }
}

/// The classes of this module.
#[derive(Clone, Copy, Debug)]
struct Classes {
    pattern: Type,
    matching: Type,
    scanner: Type,
    template: Type,
}

impl Extension for Classes {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        for class in [self.pattern, self.matching, self.scanner, self.template] {
            tracer.obj(class.obj());
        }
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

fn classes(vm: &Vm) -> Classes {
    *vm.extension::<Classes>().expect("set when the module was made")
}

/// Fill the namespace of `_sre`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "_sre", FUNCTIONS);
    let made = Classes {
        pattern: pattern::add(vm),
        matching: matching::add(vm),
        scanner: pattern::add_scanner(vm),
        template: pattern::add_template(vm),
    };
    vm.set_extension(made);
    let numbers = [
        ("MAGIC", sre::MAGIC),
        ("CODESIZE", sre::CODE_SIZE as u32),
        ("MAXREPEAT", sre::MAX_REPEAT),
        ("MAXGROUPS", sre::MAX_GROUPS),
    ];
    for (name, number) in numbers {
        let number = vm.int(i64::from(number));
        vm.dict_set_str(dict, name, number);
    }
    Ok(())
}

fn getcodesize(_: &mut Vm, _: &[Value]) -> R {
    Ok(Value::small(sre::CODE_SIZE as i32))
}

fn character(vm: &mut Vm, value: Value) -> R<u32> {
    Ok(vm.index_of(value)? as u32)
}

fn ascii_iscased(vm: &mut Vm, args: &[Value]) -> R {
    Ok(Value::bool(sre::ascii_is_cased(character(vm, args[0])?)))
}

fn unicode_iscased(vm: &mut Vm, args: &[Value]) -> R {
    Ok(Value::bool(sre::unicode_is_cased(character(vm, args[0])?)))
}

fn ascii_tolower(vm: &mut Vm, args: &[Value]) -> R {
    let lower = sre::ascii_lower(character(vm, args[0])?);
    Ok(vm.int(i64::from(lower)))
}

fn unicode_tolower(vm: &mut Vm, args: &[Value]) -> R {
    let lower = sre::unicode_lower(character(vm, args[0])?);
    Ok(vm.int(i64::from(lower)))
}
