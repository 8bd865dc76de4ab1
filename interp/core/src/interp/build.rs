//! Instructions that build containers, strings and functions.
#![expect(clippy::manual_let_else, reason = "the arms stand together")]
use haft_bytecode::Insn;
use haft_heap::Value;

use super::direct::Direct;
use super::machine::Machine;
use super::slow;
use crate::object::{CodeObject, Dict, List, PayloadRef, Str};
use crate::vm::{R, Vm};

/// `[r[b], …]`
#[inline(always)]
pub(super) fn list(m: &mut Direct<'_>, i: Insn) {
    let made = m.vm.list(m.window(i.b(), usize::from(i.c())));
    m.set(i.a(), made);
}

/// `{r[b], …}`
pub(super) fn set(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let set = m.vm.set();
    for at in 0..i.c() {
        let item = m.reg(i.b() + at);
        let key = m.vm.set_key(item)?;
        m.vm.set_add_key(set, key)?;
    }
    m.set(i.a(), set.value());
    Ok(())
}

/// `{r[b]: r[b+1], …}`
pub(super) fn dict(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let dict = Dict::with_capacity(&mut m.vm.heap, usize::from(i.c()));
    for at in 0..i.c() {
        let (key, value) = (m.reg(i.b() + 2 * at), m.reg(i.b() + 2 * at + 1));
        let key = m.vm.dict_key(key)?;
        m.vm.dict_set_key(dict, key, value)?;
    }
    m.set(i.a(), dict.value());
    Ok(())
}

/// The strings joined.
pub(super) fn string(m: &mut Direct<'_>, i: Insn) -> R<()> {
    let parts = m.window(i.b(), usize::from(i.c()));
    m.save_pc();
    let made = joined(m.vm, parts)?;
    m.set(i.a(), made);
    Ok(())
}

/// Strs joined.
pub(super) fn joined(vm: &mut Vm, parts: &[Value]) -> R {
    let (mut len, mut chars) = (0, 0);
    for part in parts.iter().filter_map(|&part| vm.as_str(part)) {
        len += part.byte_len();
        chars += part.len();
    }
    if len < 2 {
        let all = parts.iter().filter_map(|&part| vm.as_str(part)).find(|part| !part.is_empty());
        return Ok(vm.str_wtf8(all.map_or(b"", Str::bytes)));
    }
    if u32::try_from(len).is_err() {
        return Err(vm.memory_error("string is too long"));
    }
    let parts = parts.iter().filter_map(|&part| Str::in_value(part));
    Ok(Str::joined(&mut vm.heap, b"", parts, (len, chars)).value())
}

#[inline(always)]
fn list_in(m: &mut Direct<'_>, register: u16) -> List {
    let value = m.reg(register);
    m.vm.as_list(value).expect("the compiler made this list")
}

/// `r[a].append(r[b])`
#[inline(always)]
pub(super) fn list_append(m: &mut Direct<'_>, i: Insn) {
    let list = list_in(m, i.a());
    let item = m.reg(i.b());
    list.push(&mut m.vm.heap, item);
}

/// `r[a].extend(r[b])`
pub(super) fn list_extend(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let list = list_in(m, i.a());
    let source = m.reg(i.b());
    if m.vm.type_of(source).slots.iter.get().is_none()
        && m.vm.type_of(source).slots.getitem.get().is_none()
    {
        let name = m.vm.type_name(source);
        return Err(m.vm.type_error(format!("Value after * must be an iterable, not {name}")));
    }
    m.vm.extend_list(list, source)
}

/// `r[a] = tuple(r[b])`
pub(super) fn list_to_tuple(m: &mut Direct<'_>, i: Insn) {
    let list = list_in(m, i.b());
    let made = m.vm.tuple(list.items());
    m.set(i.a(), made);
}

/// `r[a].add(r[b])`
pub(super) fn set_add(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let (set, item) = (m.reg(i.a()), m.reg(i.b()));
    let set = m.vm.as_set(set).expect("the compiler made this set");
    let key = m.vm.set_key(item)?;
    m.vm.set_add_key(set, key)?;
    Ok(())
}

/// `r[a].update(r[b])`
pub(super) fn set_update(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let (set, source) = (m.reg(i.a()), m.reg(i.b()));
    let set = m.vm.as_set(set).expect("the compiler made this set");
    m.vm.for_each(source, |vm, item| {
        let key = vm.set_key(item)?;
        vm.set_add_key(set, key).map(|_| ())
    })
}

/// `r[a][r[b]] = r[c]`
pub(super) fn dict_set(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let (dict, key, value) = (m.reg(i.a()), m.reg(i.b()), m.reg(i.c()));
    let dict = m.vm.as_dict(dict).expect("the compiler made this dict");
    let key = m.vm.dict_key(key)?;
    m.vm.dict_set_key(dict, key, value)
}

/// `{**r[b]}`
pub(super) fn dict_update(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let (dict, source) = (m.reg(i.a()), m.reg(i.b()));
    let dict = m.vm.as_dict(dict).expect("the compiler made this dict");
    if m.vm.as_dict(source).is_none() && m.vm.find_attr(source, m.vm.names.keys)?.is_none() {
        let name = m.vm.type_name(source);
        return Err(m.vm.type_error(format!("'{name}' object is not a mapping")));
    }
    m.vm.dict_update(dict, source)
}

/// `f(**r[b])`
pub(super) fn dict_merge(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let (dict, source, callee) = (m.reg(i.a()), m.reg(i.b()), m.reg(i.c()));
    let dict = m.vm.as_dict(dict).expect("the compiler made this dict");
    let vm = &mut *m.vm;
    if vm.as_dict(source).is_none() && vm.find_attr(source, vm.names.keys)?.is_none() {
        let (function, name) = (vm.callee_text(callee), vm.type_name(source));
        return Err(
            vm.type_error(format!("{function} argument after ** must be a mapping, not {name}"))
        );
    }
    let given = vm.dict();
    vm.dict_update(given, source)?;
    let mut from = 0;
    while let Some(entry) = given.next_entry(from) {
        let (key, value) = (given.key(entry), given.entry_value(entry));
        if vm.dict_get(dict, key)?.is_some() {
            let (function, key) = (vm.callee_text(callee), vm.str_text(key)?);
            return Err(vm.type_error(format!(
                "{function} got multiple values for keyword argument '{key}'"
            )));
        }
        vm.dict_set(dict, key, value)?;
        from = entry + 1;
    }
    Ok(())
}

/// `format(r[b], r[c])`
pub(super) fn format(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let mut value = m.reg(i.b());
    value = match i.x() & 3 {
        1 => m.vm.str_of(value)?,
        2 => m.vm.repr(value)?,
        3 => m.vm.ascii(value)?,
        _ => value,
    };
    let spec = if i.x() & 4 == 0 { Value::ABSENT } else { m.reg(i.c()) };
    let made = m.vm.format(value, spec)?;
    m.set(i.a(), made);
    Ok(())
}

/// `a, *b, c = …`
pub(super) fn unpack_ex(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let source = m.reg(i.b());
    let (before, after) = (usize::from(i.c() & 255), usize::from(i.c() >> 8));
    let items = slow::unpack_ex(m.vm, source, before, after)?;
    for (at, &item) in items.items().iter().enumerate() {
        m.set(i.a() + at as u16, item);
    }
    Ok(())
}

/// A function object.
pub(super) fn make_function(m: &mut Direct<'_>, i: Insn) {
    let code = m.ext().lo() as usize;
    let code = PayloadRef::<CodeObject>::of_value(m.code().get().consts[code])
        .expect("the constant is code");
    let globals = m.frame().globals;
    let registers = m.window(i.b(), 4);
    let parts = [registers[0], registers[1], registers[2], registers[3]];
    let made = function(m.vm, code, globals, parts);
    m.set(i.a(), made);
}

/// A function with defaults, keyword defaults, annotations and closure; each may be ABSENT.
pub(super) fn function(
    vm: &mut Vm,
    code: PayloadRef<CodeObject>,
    globals: Dict,
    [defaults, kwdefaults, annotate, closure]: [Value; 4],
) -> Value {
    let function = vm.make_function(code, globals);
    function.defaults.set(defaults);
    function.kwdefaults.set(kwdefaults);
    function.annotate.set(annotate);
    function.closure.set(closure);
    function.value()
}

impl Vm {
    /// A str of WTF-8 bytes that may be too long for one: MemoryError.
    pub fn new_str_checked(&mut self, bytes: &[u8]) -> R {
        if u32::try_from(bytes.len()).is_err() {
            return Err(self.memory_error("string is too long"));
        }
        Ok(self.str_wtf8(bytes))
    }
    /// How messages about a call name the callee: `module.f()`.
    pub fn callee_text(&mut self, callee: Value) -> String {
        let function = PayloadRef::<crate::object::Function>::of_value(callee);
        if let Some(function) = function {
            let module = self
                .as_str(function.module.get())
                .map_or_else(String::new, |s| s.to_text().into_owned());
            let qualname = self.qualname_text(function);
            return if module.is_empty() || module == "builtins" {
                format!("{qualname}()")
            } else {
                format!("{module}.{qualname}()")
            };
        }
        if let Some(class) = self.as_type(callee) {
            let name = self.full_type_name(class);
            return format!("{name}()");
        }
        if let Some(native) = PayloadRef::<crate::object::NativeFunction>::of_value(callee) {
            return format!("{}()", native.qualified_name());
        }
        let name = self.type_name(callee);
        format!("{name} object")
    }
    /// `format(value, spec)`; ABSENT as spec is the empty one.
    pub fn format(&mut self, value: Value, spec: Value) -> R {
        let empty = spec.is_absent() || self.as_str(spec).is_some_and(Str::is_empty);
        if empty
            && (value.as_ptr().is_some_and(|obj| Str::of(obj).is_some())
                || value.is_fixnum()
                || value.is_float_imm())
        {
            return self.str_of(value);
        }
        let spec = if spec.is_absent() { self.str("") } else { spec };
        let made = match self.call_special(value, self.names.__format__, &[spec])? {
            Some(made) => made,
            None => {
                let name = self.type_name(value);
                return Err(self.type_error(format!("Type {name} doesn't define __format__")));
            }
        };
        if self.as_str(made).is_none() {
            let name = self.type_name(made);
            return Err(self.type_error(format!("__format__ must return a str, not {name}")));
        }
        Ok(made)
    }
    /// `ascii(value)`.
    pub fn ascii(&mut self, value: Value) -> R {
        let repr = self.repr(value)?;
        let Some(str) = self.as_str(repr) else { return Ok(repr) };
        if str.is_ascii() {
            return Ok(repr);
        }
        let escaped = haft_text::repr::ascii_of_repr(str.bytes());
        Ok(self.str_wtf8(&escaped))
    }
}
