//! Module `array`.
mod items;
mod methods;
mod slots;

use std::cell::RefCell;

use haft_core::object::{BufferView, Dict, NoTrace, PayloadRef, Slots, Type, TypeFlags};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{Args, R, Tracer, Value, Vm, getsets, natives, payload};

use crate::support;
use items::{Code, TYPE_CODES, load, store};

payload! {
    /// An array: its items lie one after another as C has them.
    struct Array {
        code: NoTrace<Code>,
        data: NoTrace<RefCell<Vec<u8>>>,
    }
}

/// The class.
#[derive(Debug)]
struct Class(Type);

impl Extension for Class {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.0.obj());
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

natives! {
    static FUNCTIONS = {
        /// Internal. Used for pickling support.
        _array_reconstructor "($module, arraytype, typecode, mformat_code, items, /)" => methods::reconstruct;
    }
}

getsets! {
    static GETSETS = {
        /// the typecode character used to create the array
        typecode => |vm, this| { let array = self::this(vm, this)?; Ok(vm.str_char(u32::from(array.code.letter))) };
        /// the size, in bytes, of one array item
        itemsize => |vm, this| { let array = self::this(vm, this)?; Ok(vm.int_usize(array.code.size)) };
    }
}

/// Fill the namespace of `array`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    let spec = TypeSpec {
        doc: "array(typecode [, initializer]) -> array\n\nReturn a new array whose items are restricted by typecode, and\ninitialized from the optional initializer value, which must be a list,\nstring or iterable over elements of the appropriate type.",
        flags: TypeFlags::BASE.with(TypeFlags::SEQUENCE).with(TypeFlags::HAS_WEAKREFS),
        slots: set_slots,
        methods: methods::METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<Array>("array.array")
    };
    let class = crate::add_type(vm, dict, &spec);
    vm.dict_set_str(dict, "ArrayType", class.value());
    vm.set_extension(Class(class));
    let codes = vm.str(TYPE_CODES);
    vm.dict_set_str(dict, "typecodes", codes);
    vm.add_functions(dict, "array", FUNCTIONS);
    let abc = support::import(vm, "_collections_abc")?;
    let sequence = vm.get_attr_str(abc, "MutableSequence")?;
    vm.call_method_str(sequence, "register", &[class.value()])?;
    Ok(())
}

fn set_slots(s: &Slots) {
    s.new.set(Some(new));
    s.repr.set(Some(slots::repr));
    s.len.set(Some(|vm, value| Ok(this(vm, value)?.get().len())));
    s.getitem.set(Some(slots::getitem));
    s.setitem.set(Some(slots::setitem));
    s.contains.set(Some(slots::contains));
    s.compare.set(Some(slots::compare));
    s.concat.set(Some(slots::concat));
    s.repeat.set(Some(slots::repeat));
    s.iadd.set(Some(slots::iadd));
    s.imul.set(Some(slots::imul));
    s.buffer.set(Some(buffer));
    s.hash.set(None);
}

impl Array {
    /// Number of items.
    fn len(&self) -> usize {
        self.data.borrow().len() / self.code.size
    }
    /// A copy of the bytes of item `at`.
    fn raw(&self, at: usize) -> Option<[u8; 8]> {
        let size = self.code.size;
        let data = self.data.borrow();
        let mut raw = [0; 8];
        raw[..size].copy_from_slice(data.get(at * size..(at + 1) * size)?);
        Some(raw)
    }
    fn push(&self, raw: [u8; 8]) {
        self.data.borrow_mut().extend_from_slice(&raw[..self.code.size]);
    }
}

type ArrayRef = PayloadRef<Array>;

fn this(vm: &mut Vm, value: Value) -> R<ArrayRef> {
    vm.this(value, "method", "array.array")
}

/// An array whose number of items is about to change: BufferError if somebody looks at its memory.
fn resizable(vm: &mut Vm, value: Value) -> R<ArrayRef> {
    if haft_builtins::binary::is_exported(vm, value) {
        return Err(vm.buffer_error("cannot resize an array that is exporting buffers"));
    }
    this(vm, value)
}

/// Item `at`; ABSENT if there is none.
fn item(vm: &mut Vm, array: ArrayRef, at: usize) -> R {
    match array.raw(at) {
        Some(raw) => load(vm, *array.code, &raw),
        None => Ok(Value::ABSENT),
    }
}

fn append(vm: &mut Vm, array: ArrayRef, value: Value) -> R<()> {
    let raw = store(vm, *array.code, value)?;
    array.push(raw);
    Ok(())
}

/// An array of the class itself.
fn make(vm: &mut Vm, code: Code, data: Vec<u8>) -> Value {
    let class = vm.extension::<Class>().expect("set when the module was made").0;
    make_of(vm, class, code, data)
}

fn make_of(vm: &mut Vm, class: Type, code: Code, data: Vec<u8>) -> Value {
    vm.new_payload(class, Array { code: NoTrace(code), data: NoTrace(RefCell::new(data)) })
}

fn buffer(vm: &mut Vm, value: Value) -> R<BufferView> {
    let array = this(vm, value)?;
    let mut data = array.data.borrow_mut();
    Ok(BufferView {
        start: data.as_mut_ptr(),
        len: data.len(),
        readonly: false,
        item_size: array.code.size,
        format: array.code.format,
    })
}

/// The type code in a str of one character.
fn code_argument(vm: &mut Vm, value: Value) -> R<Code> {
    let text = vm.as_str(value);
    let Some(text) = text.filter(|text| text.len() == 1) else {
        let message = match text {
            Some(text) => format!(
                "array() argument 1 must be a unicode character, not a string of length {}",
                text.len()
            ),
            None => format!(
                "array() argument 1 must be a unicode character, not {}",
                support::shown_type(vm, value)
            ),
        };
        return Err(vm.type_error(message));
    };
    match Code::find(text.bytes()[0]).filter(|_| text.byte_len() == 1) {
        Some(code) => Ok(code),
        None => {
            Err(vm.value_error("bad typecode (must be b, B, u, w, h, H, i, I, l, L, q, Q, f or d)"))
        }
    }
}

fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let class = crate::class_of(vm, class)?;
    let own = vm.extension::<Class>().expect("set when the module was made").0;
    if class == own && !args.names.is_empty() {
        return Err(vm.type_error("array.array() takes no keyword arguments"));
    }
    let (code, initial) = match args.positionals() {
        [] => return Err(vm.type_error("array() takes at least 1 argument (0 given)")),
        [code] => (*code, Value::ABSENT),
        [code, initial] => (*code, *initial),
        more => {
            let n = more.len();
            return Err(vm.type_error(format!("array() takes at most 2 arguments ({n} given)")));
        }
    };
    let code = code_argument(vm, code)?;
    items::warn_u(vm, code)?;
    let letter = char::from(code.letter);
    let other = PayloadRef::<Array>::of_value(initial);
    if !code.is_text() {
        if !initial.is_absent() && vm.as_str(initial).is_some() {
            return Err(vm.type_error(format!(
                "cannot use a str to initialize an array with typecode '{letter}'"
            )));
        }
        if other.is_some_and(|other| other.code.is_text()) {
            return Err(vm.type_error(format!(
                "cannot use a unicode array to initialize an array with typecode '{letter}'"
            )));
        }
    }
    let value = make_of(vm, class, code, Vec::new());
    let array = this(vm, value)?;
    if initial.is_absent() {
        return Ok(value);
    }
    if let Some(other) = other.filter(|other| *other.code == code) {
        let data = other.data.borrow().clone();
        *array.data.borrow_mut() = data;
    } else if vm.as_bytes(initial).is_some() || vm.type_of(initial) == vm.t.bytearray {
        methods::from_bytes(vm, &[value, initial])?;
    } else if vm.as_str(initial).is_some() {
        methods::from_unicode(vm, &[value, initial])?;
    } else {
        vm.for_each(initial, |vm, item| append(vm, array, item))?;
    }
    Ok(value)
}
