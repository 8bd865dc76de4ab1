//! From the compiler's code to a code object: constants become objects, names are interned.
use std::sync::Arc;

use dashu_int::{IBig, Sign, UBig};
use haft_bytecode::{Code, Const};
use haft_heap::Value;

use crate::object::{Cache, CodeObject, Entry, NoTrace, PayloadRef, Set, ShapeId};
use crate::vm::{R, Vm};

/// The code object of `code`. Its constants are objects from then on; if nobody else has the code, its own go.
pub fn load_code(vm: &mut Vm, mut code: Arc<Code>) -> R<PayloadRef<CodeObject>> {
    let consts = match Arc::get_mut(&mut code) {
        Some(code) => std::mem::take(&mut code.consts),
        None => code.consts.clone(),
    };
    // Constants are kept in a heap list while they are made, where the collector sees them.
    let made = vm.new_list();
    for constant in consts {
        let value = load_const(vm, constant)?;
        made.push(&mut vm.heap, value);
    }
    let names = vm.new_list();
    for name in &code.names {
        let name = vm.intern(name);
        names.push(&mut vm.heap, name);
    }
    let varnames = vm.new_list();
    for name in &code.varnames {
        let name = vm.intern(name);
        varnames.push(&mut vm.heap, name);
    }
    let (name, qualname) = (vm.intern(&code.name), vm.intern(&code.qualname));
    let filename = vm.intern(&code.filename);
    let payload = CodeObject {
        insns: CodeObject::fresh_insns(&code),
        consts: made.items().into(),
        names: names.items().into(),
        varnames: varnames.items().into(),
        caches: (0..code.n_caches).map(|_| Cache::default()).collect(),
        name,
        qualname,
        filename,
        entry: NoTrace(Entry::of(&code)),
        code: NoTrace(code),
        liveness: NoTrace::default(),
    };
    let made_code = vm.new_payload_ref(vm.t.code, payload);
    // Until here the collector saw the constants and names through these lists only.
    std::hint::black_box((made.obj(), names.obj(), varnames.obj()));
    Ok(made_code)
}

/// The object of a constant.
pub fn load_const(vm: &mut Vm, constant: Const) -> R {
    Ok(match constant {
        Const::None => Value::NONE,
        Const::Bool(b) => Value::bool(b),
        Const::Ellipsis => Value::ELLIPSIS,
        Const::Int(number) => vm.int(number),
        Const::BigInt { negative, bytes } => {
            let sign = if negative { Sign::Negative } else { Sign::Positive };
            vm.big(IBig::from_parts(sign, UBig::from_le_bytes(&bytes)))
        }
        Const::Float(number) => vm.float(number),
        Const::Complex(re, im) => vm.complex(re, im),
        Const::Str(bytes) => {
            // As CPython: constants that look like names are the same object as the name.
            if bytes.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_') {
                vm.intern_wtf8(&bytes)
            } else {
                vm.str_wtf8(&bytes)
            }
        }
        Const::Bytes(bytes) => vm.bytes(&bytes),
        Const::Tuple(items) => {
            let made = load_all(vm, items)?;
            vm.tuple(made.items())
        }
        Const::FrozenSet(items) => {
            let made = load_all(vm, items)?;
            let set = Set::with_shape(&mut vm.heap, ShapeId::FROZENSET);
            for at in 0..made.len() {
                vm.set_add(set, made.at(at))?;
            }
            set.value()
        }
        Const::Slice(parts) => {
            let made = load_all(vm, Vec::from(*parts))?;
            vm.slice(made.at(0), made.at(1), made.at(2))
        }
        Const::Code(code) => load_code(vm, code)?.value(),
    })
}

fn load_all(vm: &mut Vm, items: Vec<Const>) -> R<crate::object::List> {
    let made = vm.new_list();
    for item in items {
        let value = load_const(vm, item)?;
        made.push(&mut vm.heap, value);
    }
    Ok(made)
}

/// The constant that `value` is, the inverse of [`load_const`]. Only objects of the built-in classes themselves are
/// constants; others are a TypeError.
pub fn const_of(vm: &mut Vm, value: Value) -> R<Const> {
    vm.check_native_depth()?;
    let (class, t) = (vm.type_of(value), vm.t);
    Ok(match value {
        Value::NONE => Const::None,
        Value::ELLIPSIS => Const::Ellipsis,
        Value::TRUE => Const::Bool(true),
        Value::FALSE => Const::Bool(false),
        _ if class == t.int => int_const(vm, value),
        _ if class == t.float => Const::Float(vm.as_float(value).unwrap_or(0.0)),
        _ if class == t.complex => {
            let (re, im) = vm.as_complex(value).unwrap_or((0.0, 0.0));
            Const::Complex(re, im)
        }
        _ if class == t.str => Const::Str(vm.as_str(value).map_or(&[][..], |s| s.bytes()).into()),
        _ if class == t.bytes => {
            Const::Bytes(vm.as_bytes(value).map_or(&[][..], |b| b.data()).into())
        }
        _ if class == t.tuple => Const::Tuple(consts_of(vm, value)?),
        _ if class == t.frozenset => Const::FrozenSet(consts_of(vm, value)?),
        _ => {
            let class = vm.type_name(value);
            return Err(vm.type_error(format!("got an invalid type in Constant: {class}")));
        }
    })
}

fn int_const(vm: &Vm, value: Value) -> Const {
    if let Some(number) = vm.as_int(value) {
        return Const::Int(number);
    }
    let (sign, magnitude) = vm.as_big(value).unwrap_or_default().into_parts();
    Const::BigInt { negative: sign == Sign::Negative, bytes: magnitude.to_le_bytes() }
}

fn consts_of(vm: &mut Vm, value: Value) -> R<Vec<Const>> {
    let items = vm.list_of(value)?;
    (0..items.len()).map(|at| const_of(vm, items.at(at))).collect()
}
