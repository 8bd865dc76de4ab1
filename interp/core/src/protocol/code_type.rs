//! `code`.
//!
//! Instruction offsets are shown as CPython shows them: two bytes an instruction word, so that `lasti // 2` is an index
//! into `co_positions()`.
use std::sync::Arc;

use haft_bytecode::Code;
use haft_heap::Value;

use crate::object::{
    Cache, CodeObject, CompareOp, NoTrace, PayloadRef, Slots, Str, Tuple, TypeFlags,
};
use crate::vm::{Args, R, Vm};

/// Bytes that an instruction word counts as.
const UNIT: usize = 2;

/// Make the class ready.
pub(super) fn install(vm: &mut Vm) {
    vm.fill_type(
        vm.t.code,
        "Code objects are not meant to be made by programs.",
        set_slots,
        METHODS,
        GETSETS,
    );
    vm.t.code.add_flags(TypeFlags::NO_NEW);
    vm.ready_type(vm.t.code);
}

fn set_slots(slots: &Slots) {
    slots.repr.set(Some(repr));
    slots.hash.set(Some(hash));
    slots.compare.set(Some(compare));
}

crate::natives! {
    static METHODS = {
        /// Iterator over (first offset, end offset, line or None).
        co_lines "($self, /)" => co_lines;
        /// Iterator over (line, end line, column, end column) of every instruction.
        co_positions "($self, /)" => co_positions;
        /// Return a copy of the code object with new values for the specified fields.
        raw replace "($self, /, **changes)" => replace;
        /// The same as replace().
        raw __replace__ "($self, /, **changes)" => replace;
        /// Name of a local, cell or free variable by its number.
        _varname_from_oparg "($self, oparg)" => varname_from_oparg;
    }
}

crate::getsets! {
    static GETSETS = {
        /// Positional parameters, without `*args`.
        co_argcount => |vm, this| Ok(Value::small(of(vm, this)?.code.arg_count.into()));
        /// Of these, positional-only ones.
        co_posonlyargcount => |vm, this| Ok(Value::small(of(vm, this)?.code.pos_only_count.into()));
        /// Keyword-only parameters.
        co_kwonlyargcount => |vm, this| Ok(Value::small(of(vm, this)?.code.kw_only_count.into()));
        /// Number of locals.
        co_nlocals => |vm, this| { let n = of(vm, this)?.varnames.len(); Ok(vm.int_usize(n)) };
        /// Registers for temporaries.
        co_stacksize => |vm, this| { let code = of(vm, this)?; Ok(Value::small((code.code.n_regs - code.code.n_locals).into())) };
        /// Bits that say what kind of code it is.
        co_flags => |vm, this| { let flags = of(vm, this)?.code.flags; Ok(vm.int(flags.into())) };
        /// The instructions.
        co_code => |vm, this| { let code = of(vm, this)?; let bytes = code_bytes(&code); Ok(vm.bytes(&bytes)) };
        /// The constants.
        co_consts => |vm, this| { let code = of(vm, this)?; Ok(vm.tuple(&code.get().consts)) };
        /// The names of globals and attributes.
        co_names => |vm, this| { let code = of(vm, this)?; Ok(vm.tuple(&code.get().names)) };
        /// The names of locals, arguments first.
        co_varnames => |vm, this| { let code = of(vm, this)?; Ok(vm.tuple(&code.get().varnames)) };
        /// The names of locals that inner functions use.
        co_cellvars => |vm, this| { let code = of(vm, this)?; name_tuple(vm, &code.get().code.cellvars) };
        /// The names from enclosing functions.
        co_freevars => |vm, this| { let code = of(vm, this)?; name_tuple(vm, &code.get().code.freevars) };
        /// The file.
        co_filename => |vm, this| Ok(of(vm, this)?.filename);
        /// The name.
        co_name => |vm, this| Ok(of(vm, this)?.name);
        /// The dotted path within the module.
        co_qualname => |vm, this| Ok(of(vm, this)?.qualname);
        /// The first line.
        co_firstlineno => |vm, this| { let line = of(vm, this)?.code.first_line; Ok(vm.int(line.into())) };
        /// Line numbers are in `co_lines()`.
        co_linetable => |vm, _| Ok(vm.bytes(&[]));
        /// Exception handlers are not shown.
        co_exceptiontable => |vm, _| Ok(vm.bytes(&[]));
    }
}

fn of(vm: &mut Vm, value: Value) -> R<PayloadRef<CodeObject>> {
    vm.this(value, "co_code", "code")
}

fn code_bytes(code: &CodeObject) -> Vec<u8> {
    code.code.insns.iter().flat_map(|insn| insn.0.to_le_bytes()).collect()
}

fn name_tuple(vm: &mut Vm, names: &[String]) -> R {
    let list = vm.new_list();
    for name in names {
        let name = vm.intern(name);
        list.push(&mut vm.heap, name);
    }
    Ok(vm.tuple(list.items()))
}

fn repr(vm: &mut Vm, this: Value) -> R {
    let code = of(vm, this)?;
    let (name, file, line, id) = (
        vm.str_text(code.name)?,
        vm.str_text(code.filename)?,
        code.code.first_line,
        vm.id_of(this),
    );
    Ok(vm.str(&format!("<code object {name} at {id:#x}, file \"{file}\", line {line}>")))
}

fn hash(vm: &mut Vm, this: Value) -> R<i64> {
    let code = of(vm, this)?;
    let name = vm.hash(code.name)?;
    let number =
        (code.code.first_line as usize) << 20 ^ code.code.insns.len() << 8 ^ code.consts.len();
    let hash = name ^ number as i64;
    Ok(if hash == -1 { -2 } else { hash })
}

fn compare(vm: &mut Vm, left: Value, right: Value, op: CompareOp) -> R {
    let (Some(a), Some(b)) =
        (PayloadRef::<CodeObject>::of_value(left), PayloadRef::<CodeObject>::of_value(right))
    else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let equal = a == b || same_code(vm, a, b)?;
    Ok(Value::bool(equal == (op == CompareOp::Eq)))
}

/// The same instructions with equal constants, names and parameters; the file does not matter.
fn same_code(vm: &mut Vm, a: PayloadRef<CodeObject>, b: PayloadRef<CodeObject>) -> R<bool> {
    let (x, y): (&Code, &Code) = (&a.get().code, &b.get().code);
    let counts = |code: &Code| {
        (code.arg_count, code.pos_only_count, code.kw_only_count, code.flags, code.first_line)
    };
    let same = counts(x) == counts(y)
        && x.insns == y.insns
        && x.cellvars == y.cellvars
        && x.freevars == y.freevars
        && x.handlers == y.handlers
        && x.positions == y.positions
        && a.get().names == b.get().names
        && a.get().varnames == b.get().varnames
        && a.consts.len() == b.consts.len()
        && vm.equals(a.name, b.name)?;
    if !same {
        return Ok(false);
    }
    for (&p, &q) in a.get().consts.iter().zip(b.get().consts.iter()) {
        if vm.type_of(p) != vm.type_of(q) || !vm.equals(p, q)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn co_lines(vm: &mut Vm, args: &[Value]) -> R {
    let code = of(vm, args[0])?;
    let code: &Code = &code.get().code;
    let rows = vm.new_list();
    let mut at = 0;
    while at < code.positions.len() {
        let position = code.positions[at];
        let mut after = at + 1;
        while after < code.positions.len() && code.positions[after].line == position.line {
            after += 1;
        }
        let end = code.positions.get(after).map_or(code.insns.len(), |next| next.pc as usize);
        let (start, end, line) = (
            vm.int_usize(position.pc as usize * UNIT),
            vm.int_usize(end * UNIT),
            number(vm, position.line),
        );
        let row = vm.tuple(&[start, end, line]);
        rows.push(&mut vm.heap, row);
        at = after;
    }
    Ok(vm.list_iter(rows))
}

/// A line, or None for instructions made by the compiler.
fn number(vm: &mut Vm, line: u32) -> Value {
    if line == 0 { Value::NONE } else { vm.int(line.into()) }
}

fn co_positions(vm: &mut Vm, args: &[Value]) -> R {
    let code = of(vm, args[0])?;
    let code: &Code = &code.get().code;
    let rows = vm.new_list();
    for pc in 0..code.insns.len() {
        let row = match code.position(pc as u32).filter(|position| position.line != 0) {
            Some(p) => {
                let columns = [p.column, p.end_column].map(|column| vm.int(column.into()));
                let lines = [p.line, p.end_line].map(|line| number(vm, line));
                vm.tuple(&[lines[0], lines[1], columns[0], columns[1]])
            }
            None => vm.tuple(&[Value::NONE; 4]),
        };
        rows.push(&mut vm.heap, row);
    }
    Ok(vm.list_iter(rows))
}

fn varname_from_oparg(vm: &mut Vm, args: &[Value]) -> R {
    let code = of(vm, args[0])?;
    let index = vm.index_of(args[1])?;
    let inner: &Code = &code.get().code;
    let names = inner.varnames.iter().chain(&inner.cellvars).chain(&inner.freevars);
    match usize::try_from(index).ok().and_then(|at| names.into_iter().nth(at)) {
        Some(name) => Ok(vm.intern(name)),
        None => Err(vm.index_error("tuple index out of range")),
    }
}

/// `code.replace(co_name=…, …)`. What CPython's own instruction format is part of cannot be replaced.
fn replace(vm: &mut Vm, args: &Args<'_>) -> R {
    let [this] = args.positionals() else {
        let n = args.n_positional().saturating_sub(1);
        return Err(vm.type_error(format!("replace() takes no positional arguments ({n} given)")));
    };
    let old = of(vm, *this)?;
    let mut code = Code::clone(&old.get().code);
    let (mut name, mut qualname, mut filename) = (old.name, old.qualname, old.filename);
    let mut lists =
        [vm.tuple(&old.get().consts), vm.tuple(&old.get().names), vm.tuple(&old.get().varnames)];
    for (field, value) in args.keywords() {
        let field = vm.name_text(field);
        match field.as_str() {
            "co_name" => name = text(vm, &field, value, &mut code.name)?,
            "co_qualname" => qualname = text(vm, &field, value, &mut code.qualname)?,
            "co_filename" => filename = text(vm, &field, value, &mut code.filename)?,
            "co_firstlineno" => code.first_line = small(vm, value)?,
            "co_flags" => code.flags = small(vm, value)?,
            "co_consts" => lists[0] = same_length(vm, &field, value, lists[0])?,
            "co_names" => lists[1] = same_length(vm, &field, value, lists[1])?,
            "co_varnames" => lists[2] = same_length(vm, &field, value, lists[2])?,
            "co_cellvars" => rename(vm, &field, value, &mut code.cellvars)?,
            "co_freevars" => rename(vm, &field, value, &mut code.freevars)?,
            "co_argcount" | "co_posonlyargcount" | "co_kwonlyargcount" | "co_nlocals"
            | "co_stacksize" | "co_code" | "co_linetable" | "co_exceptiontable" => {
                check_unchanged(vm, *this, &field, value)?;
            }
            _ => {
                return Err(vm.type_error(format!(
                    "replace() got an unexpected keyword argument '{field}'"
                )));
            }
        }
    }
    let [consts, names, varnames] =
        lists.map(|list| vm.as_tuple(list).map_or(&[][..], Tuple::items));
    let caches = (0..code.n_caches).map(|_| Cache::default()).collect();
    let payload = CodeObject {
        insns: CodeObject::fresh_insns(&code),
        consts: consts.into(),
        names: names.into(),
        varnames: varnames.into(),
        caches,
        name,
        qualname,
        filename,
        entry: NoTrace(crate::object::Entry::of(&code)),
        code: NoTrace(Arc::new(code)),
        liveness: NoTrace::default(),
    };
    let made = vm.new_payload(vm.t.code, payload);
    // The values in the boxes of the payload are seen by the collector only once it is an object: until then through
    // these tuples.
    std::hint::black_box(lists);
    Ok(made)
}

fn text(vm: &mut Vm, field: &str, value: Value, into: &mut String) -> R {
    let Some(str) = vm.as_str(value) else {
        let given = vm.type_name(value);
        return Err(vm.type_error(format!("replace() argument '{field}' must be str, not {given}")));
    };
    *into = str.to_text().into_owned();
    Ok(str.value())
}

fn small(vm: &mut Vm, value: Value) -> R<u32> {
    let number = vm.index_of(value)?;
    match u32::try_from(number) {
        Ok(number) => Ok(number),
        Err(_) => Err(vm.value_error("code: argument out of range")),
    }
}

fn expect_tuple(vm: &mut Vm, field: &str, value: Value) -> R<Tuple> {
    match vm.as_tuple(value) {
        Some(tuple) => Ok(tuple),
        None => {
            let given = vm.type_name(value);
            Err(vm.type_error(format!("replace() argument '{field}' must be tuple, not {given}")))
        }
    }
}

fn same_length(vm: &mut Vm, field: &str, value: Value, old: Value) -> R {
    let new = expect_tuple(vm, field, value)?;
    if vm.as_tuple(old).map(Tuple::len) != Some(new.len()) {
        return Err(vm.value_error(format!("replace(): {field} must keep its length")));
    }
    if field == "co_consts" {
        return Ok(value);
    }
    let names = vm.new_list();
    for &name in new.items() {
        let name = vm.attr_name(name)?;
        names.push(&mut vm.heap, name);
    }
    Ok(vm.tuple(names.items()))
}

fn rename(vm: &mut Vm, field: &str, value: Value, names: &mut Vec<String>) -> R<()> {
    let new = expect_tuple(vm, field, value)?;
    if new.len() != names.len() {
        return Err(vm.value_error(format!("replace(): {field} must keep its length")));
    }
    *names = new
        .items()
        .iter()
        .map(|name| {
            name.as_ptr().and_then(Str::of).map_or_else(String::new, |s| s.to_text().into_owned())
        })
        .collect();
    Ok(())
}

fn check_unchanged(vm: &mut Vm, this: Value, field: &str, value: Value) -> R<()> {
    let old = vm.get_attr_str(this, field)?;
    if vm.equals(old, value)? {
        Ok(())
    } else {
        Err(vm.value_error(format!("replace(): {field} cannot be changed")))
    }
}
