//! Module `marshal`: plain data in version 4 of the format. Code objects are refused.
use haft_core::object::{Dict, List, Set};
use haft_core::{R, Raised, Value, Vm, natives};
use haft_text::{IBig, UBig};

use crate::support::bytes_argument;

/// Deepest nesting.
const MAX_DEPTH: usize = 1000;
/// Bit of a type byte: the object is remembered for references.
const REF: u8 = 0x80;

natives! {
    static FUNCTIONS = {
        /// Return the bytes object that would be written to a file by dump(value, file).
        dumps "($module, value, version=5, /, *, allow_code=True)" => dumps;
        /// Convert the bytes-like object to a value.
        loads "($module, bytes, /, *, allow_code=True)" => loads;
        /// Write the value on the open file.
        dump "($module, value, file, version=5, /, *, allow_code=True)" => dump;
        /// Read one value from the open file and return it.
        load "($module, file, /, *, allow_code=True)" => load;
    }
}

/// Fill the namespace of `marshal`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "marshal", FUNCTIONS);
    vm.dict_set_str(dict, "version", Value::small(5));
    Ok(())
}

fn dumps(vm: &mut Vm, args: &[Value]) -> R {
    let mut out = Vec::new();
    write(vm, args[0], &mut out, 0)?;
    Ok(vm.bytes(&out))
}

fn dump(vm: &mut Vm, args: &[Value]) -> R {
    let mut out = Vec::new();
    write(vm, args[0], &mut out, 0)?;
    let data = vm.bytes(&out);
    vm.call_method_str(args[1], "write", &[data])
}

fn size(vm: &mut Vm, n: usize, out: &mut Vec<u8>) -> R<()> {
    match i32::try_from(n) {
        Ok(n) => {
            out.extend_from_slice(&n.to_le_bytes());
            Ok(())
        }
        Err(_) => Err(vm.value_error("unmarshallable object")),
    }
}

fn write(vm: &mut Vm, value: Value, out: &mut Vec<u8>, depth: usize) -> R<()> {
    if depth > MAX_DEPTH {
        return Err(vm.value_error("object too deeply nested to marshal"));
    }
    let ty = vm.type_of(value);
    let single = match () {
        () if value.is_none() => Some(b'N'),
        () if value == Value::TRUE => Some(b'T'),
        () if value == Value::FALSE => Some(b'F'),
        () if value == Value::ELLIPSIS => Some(b'.'),
        () => None,
    };
    if let Some(code) = single {
        out.push(code);
    } else if ty == vm.t.int {
        write_int(vm, value, out)?;
    } else if let Some(number) = vm.as_float(value).filter(|_| ty == vm.t.float) {
        out.push(b'g');
        out.extend_from_slice(&number.to_le_bytes());
    } else if let Some((re, im)) = vm.as_complex(value).filter(|_| ty == vm.t.complex) {
        out.push(b'y');
        out.extend_from_slice(&re.to_le_bytes());
        out.extend_from_slice(&im.to_le_bytes());
    } else if let Some(text) = vm.as_str(value).filter(|_| ty == vm.t.str) {
        out.push(if text.is_interned() { b't' } else { b'u' });
        size(vm, text.byte_len(), out)?;
        out.extend_from_slice(text.bytes());
    } else if ty == vm.t.tuple || ty == vm.t.list || ty == vm.t.set || ty == vm.t.frozenset {
        let items = vm.list_of(value)?;
        out.push(match () {
            () if ty == vm.t.tuple => b'(',
            () if ty == vm.t.list => b'[',
            () if ty == vm.t.set => b'<',
            () => b'>',
        });
        size(vm, items.len(), out)?;
        for at in 0..items.len() {
            write(vm, items.at(at), out, depth + 1)?;
        }
    } else if let Some(dict) = vm.exact_dict(value) {
        out.push(b'{');
        let items = vm.new_list();
        for (key, value) in dict.iter() {
            items.push(&mut vm.heap, key);
            items.push(&mut vm.heap, value);
        }
        for at in 0..items.len() {
            write(vm, items.at(at), out, depth + 1)?;
        }
        out.push(b'0');
    } else if ty.slots.buffer.get().is_some() {
        let bytes = vm.buffer_of(value)?.bytes();
        out.push(b's');
        size(vm, bytes.len(), out)?;
        out.extend_from_slice(bytes);
    } else {
        return Err(vm.value_error("unmarshallable object"));
    }
    Ok(())
}

fn write_int(vm: &mut Vm, value: Value, out: &mut Vec<u8>) -> R<()> {
    if let Some(small) = vm.as_int(value).and_then(|small| i32::try_from(small).ok()) {
        out.push(b'i');
        out.extend_from_slice(&small.to_le_bytes());
        return Ok(());
    }
    let big = vm.as_big(value).unwrap_or_default();
    let negative = big < IBig::ZERO;
    let mut rest = big.into_parts().1;
    let mut digits: Vec<u16> = Vec::new();
    while rest != UBig::ZERO {
        let low = &rest & UBig::from(0x7FFF_u16);
        digits.push(u16::try_from(&low).unwrap_or(0));
        rest >>= 15;
    }
    out.push(b'l');
    let n = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    out.extend_from_slice(&(if negative { -n } else { n }).to_le_bytes());
    for digit in digits {
        out.extend_from_slice(&digit.to_le_bytes());
    }
    Ok(())
}

/// Data being read, with the objects that may be referred to.
struct Reader<'a> {
    data: &'a [u8],
    at: usize,
    refs: List,
}

fn loads(vm: &mut Vm, args: &[Value]) -> R {
    let data = bytes_argument(vm, args[0])?;
    let refs = vm.new_list();
    let mut reader = Reader { data: &data, at: 0, refs };
    reader.object(vm, 0)
}

fn load(vm: &mut Vm, args: &[Value]) -> R {
    let data = vm.call_method_str(args[0], "read", &[])?;
    if vm.as_bytes(data).is_none() {
        let name = vm.type_name(data);
        return Err(vm.type_error(format!("file.read() returned not bytes but {name}")));
    }
    let bytes = bytes_argument(vm, data)?;
    let refs = vm.new_list();
    let mut reader = Reader { data: &bytes, at: 0, refs };
    let value = reader.object(vm, 0)?;
    let back = vm.int(reader.at as i64 - bytes.len() as i64);
    if reader.at != bytes.len() {
        vm.call_method_str(args[0], "seek", &[back, Value::small(1)])?;
    }
    Ok(value)
}

#[cold]
fn bad(vm: &mut Vm, what: &str) -> Raised {
    vm.value_error(format!("bad marshal data ({what})"))
}

impl<'a> Reader<'a> {
    fn take(&mut self, vm: &mut Vm, n: usize) -> R<&'a [u8]> {
        match self.data.get(self.at..self.at.saturating_add(n)) {
            Some(bytes) => {
                self.at += n;
                Ok(bytes)
            }
            None => Err(vm.eof_error("marshal data too short")),
        }
    }
    fn int(&mut self, vm: &mut Vm) -> R<i32> {
        let bytes = self.take(vm, 4)?;
        Ok(i32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }
    fn float(&mut self, vm: &mut Vm) -> R<f64> {
        let bytes = self.take(vm, 8)?;
        Ok(f64::from_le_bytes(bytes.try_into().unwrap_or_default()))
    }
    fn size(&mut self, vm: &mut Vm, what: &str) -> R<usize> {
        match usize::try_from(self.int(vm)?) {
            Ok(n) => Ok(n),
            Err(_) => Err(bad(vm, &format!("{what} size out of range"))),
        }
    }
    fn object(&mut self, vm: &mut Vm, depth: usize) -> R {
        let value = self.item(vm, depth)?;
        if value.is_absent() {
            return Err(vm.type_error("NULL object in marshal data for object"));
        }
        Ok(value)
    }
    /// An object; ABSENT at the end of a dict.
    fn item(&mut self, vm: &mut Vm, depth: usize) -> R {
        if depth > MAX_DEPTH {
            return Err(bad(vm, "recursion limit exceeded"));
        }
        let Some(&code) = self.data.get(self.at) else {
            return Err(vm.eof_error("EOF read where object expected"));
        };
        self.at += 1;
        let place = (code & REF != 0).then(|| {
            self.refs.push(&mut vm.heap, Value::NONE);
            self.refs.len() - 1
        });
        let value = self.value(vm, code & !REF, place, depth)?;
        if let Some(place) = place {
            self.refs.set(&mut vm.heap, place, value);
        }
        Ok(value)
    }
    fn value(&mut self, vm: &mut Vm, code: u8, place: Option<usize>, depth: usize) -> R {
        Ok(match code {
            b'0' => Value::ABSENT,
            b'N' => Value::NONE,
            b'T' => Value::TRUE,
            b'F' => Value::FALSE,
            b'.' => Value::ELLIPSIS,
            b'i' => Value::small(self.int(vm)?),
            b'l' => self.long(vm)?,
            b'g' => {
                let number = self.float(vm)?;
                vm.float(number)
            }
            b'y' => {
                let (re, im) = (self.float(vm)?, self.float(vm)?);
                vm.complex(re, im)
            }
            b's' => {
                let n = self.size(vm, "bytes object")?;
                let bytes = self.take(vm, n)?;
                vm.bytes(bytes)
            }
            b'u' | b't' | b'a' | b'A' | b'z' | b'Z' => self.text(vm, code)?,
            b'(' | b')' | b'[' | b'<' | b'>' => self.sequence(vm, code, place, depth)?,
            b'{' => {
                let dict = vm.dict();
                self.early(vm, place, dict.value());
                loop {
                    let key = self.item(vm, depth + 1)?;
                    if key.is_absent() {
                        break;
                    }
                    let value = self.object(vm, depth + 1)?;
                    vm.dict_set(dict, key, value)?;
                }
                dict.value()
            }
            b'r' => {
                let at = self.int(vm)?;
                match usize::try_from(at).ok().and_then(|at| self.refs.get(at)) {
                    Some(value) => value,
                    None => return Err(bad(vm, "invalid reference")),
                }
            }
            b'c' => return Err(bad(vm, "code objects are not supported")),
            _ => return Err(bad(vm, "unknown type code")),
        })
    }
    fn early(&self, vm: &mut Vm, place: Option<usize>, value: Value) {
        if let Some(place) = place {
            self.refs.set(&mut vm.heap, place, value);
        }
    }
    fn text(&mut self, vm: &mut Vm, code: u8) -> R {
        let n = if matches!(code, b'z' | b'Z') {
            usize::from(self.take(vm, 1)?[0])
        } else {
            self.size(vm, "string")?
        };
        let bytes = self.take(vm, n)?;
        if !haft_text::wtf8::is_valid(bytes) {
            return Err(bad(vm, "invalid text"));
        }
        let text = vm.str_wtf8(bytes);
        Ok(if matches!(code, b't' | b'A' | b'Z') { vm.intern_str(text) } else { text })
    }
    fn long(&mut self, vm: &mut Vm) -> R {
        let n = self.int(vm)?;
        let mut big = UBig::ZERO;
        let digits = self.take(vm, n.unsigned_abs() as usize * 2)?;
        for pair in digits.chunks(2).rev() {
            let digit = u16::from_le_bytes([pair[0], pair[1]]);
            if digit > 0x7FFF {
                return Err(bad(vm, "digit out of range in long"));
            }
            big = (big << 15) + UBig::from(digit);
        }
        let big = IBig::from(big);
        Ok(vm.big(if n < 0 { -big } else { big }))
    }
    fn sequence(&mut self, vm: &mut Vm, code: u8, place: Option<usize>, depth: usize) -> R {
        let n = if code == b')' {
            usize::from(self.take(vm, 1)?[0])
        } else {
            self.size(vm, "sequence")?
        };
        let list = vm.new_list();
        if code == b'[' {
            self.early(vm, place, list.value());
        }
        for _ in 0..n {
            let item = self.object(vm, depth + 1)?;
            list.push(&mut vm.heap, item);
        }
        Ok(match code {
            b'[' => list.value(),
            b'<' => {
                let set: Set = vm.set();
                for at in 0..list.len() {
                    vm.set_add(set, list.at(at))?;
                }
                set.value()
            }
            b'>' => {
                let class = vm.t.frozenset.value();
                vm.call_positional(class, &[list.value()])?
            }
            _ => vm.tuple(list.items()),
        })
    }
}
