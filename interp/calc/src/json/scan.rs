//! Reading JSON: `make_scanner` and `scanstring`.
use haft_core::object::{Dict, PayloadRef, Str};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Raised, Value, Vm, getsets, payload};

use super::{decode_error, decode_error_at, string_argument, text};

payload! {
    /// What `make_scanner` gives: the settings of a decoder.
    struct Scanner {
        strict: bool,
        object_hook: Value,
        object_pairs_hook: Value,
        parse_float: Value,
        parse_int: Value,
        parse_constant: Value,
    }
}

getsets! {
    static GETSETS = {
        /// strict
        strict => |vm, this| { let this = this_scanner(vm, this)?; Ok(Value::bool(this.strict)) };
        /// object_hook
        object_hook => |vm, this| { let this = this_scanner(vm, this)?; Ok(this.object_hook) };
        /// object_pairs_hook
        object_pairs_hook => |vm, this| { let this = this_scanner(vm, this)?; Ok(this.object_pairs_hook) };
        /// parse_float
        parse_float => |vm, this| { let this = this_scanner(vm, this)?; Ok(this.parse_float) };
        /// parse_int
        parse_int => |vm, this| { let this = this_scanner(vm, this)?; Ok(this.parse_int) };
        /// parse_constant
        parse_constant => |vm, this| { let this = this_scanner(vm, this)?; Ok(this.parse_constant) };
    }
}

/// Add the class.
pub(super) fn add(vm: &mut Vm, dict: Dict) {
    let class = vm.new_builtin_type(&TypeSpec {
        doc: "JSON scanner object",
        slots: |s| {
            s.new.set(Some(new));
            s.call.set(Some(call));
        },
        getsets: GETSETS,
        ..TypeSpec::of::<Scanner>("_json.Scanner")
    });
    vm.dict_set_str(dict, "make_scanner", class.value());
}

fn this_scanner(vm: &mut Vm, value: Value) -> R<PayloadRef<Scanner>> {
    vm.this(value, "__call__", "_json.Scanner")
}

fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let context = vm.bind_signature("make_scanner", "(context)", args)?[0];
    let strict = vm.get_attr_str(context, "strict")?;
    let scanner = Scanner {
        strict: vm.truth(strict)?,
        object_hook: vm.get_attr_str(context, "object_hook")?,
        object_pairs_hook: vm.get_attr_str(context, "object_pairs_hook")?,
        parse_float: vm.get_attr_str(context, "parse_float")?,
        parse_int: vm.get_attr_str(context, "parse_int")?,
        parse_constant: vm.get_attr_str(context, "parse_constant")?,
    };
    let class = crate::class_of(vm, class)?;
    Ok(vm.new_payload(class, scanner))
}

/// `scanner(string, idx)`: the value that begins there, and the index behind it.
fn call(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let scanner = this_scanner(vm, this)?;
    let bound = vm.bind_signature("scan_once", "(string, idx)", args)?;
    let document = string_argument(vm, bound[0], "first argument must be a string, not ")?;
    let index = vm.index_of(bound[1])?;
    let Ok(index) = usize::try_from(index) else {
        return Err(vm.value_error("idx cannot be negative"));
    };
    if index >= document.len() {
        return Err(nothing(vm, index));
    }
    let at = document.byte_offset(&mut vm.heap, index);
    let keys = vm.dict();
    let mut reader = Reader { scanner, document, bytes: document.bytes(), at, keys, depth: 0 };
    let value = reader.value(vm)?;
    let end = document.index_of_offset(&mut vm.heap, reader.at);
    let parts = [value, vm.int_usize(end)];
    Ok(vm.tuple(&parts))
}

/// StopIteration with an index says that no value begins there.
#[cold]
fn nothing(vm: &mut Vm, index: usize) -> Raised {
    let index = vm.int_usize(index);
    vm.raise_with(vm.exc.stop_iteration, &[index])
}

/// `scanstring(string, end, strict)`
pub(super) fn scanstring(vm: &mut Vm, args: &[Value]) -> R {
    let document = string_argument(vm, args[0], "first argument must be a string, not ")?;
    let (index, strict) = (vm.index_of(args[1])?, vm.truth(args[2])?);
    let Some(index) = usize::try_from(index).ok().filter(|&index| index <= document.len()) else {
        return Err(vm.value_error("end is out of bounds"));
    };
    if index == 0 || index == document.len() {
        let start = index.saturating_sub(1);
        return Err(decode_error_at(vm, "Unterminated string starting at", document, start));
    }
    let start = document.byte_offset(&mut vm.heap, index);
    let found = text::read(document.bytes(), start, strict);
    let (text, end) = match found {
        Ok(found) => found,
        // The place of the quote is known by its index; what stands there may be any character.
        Err((message, at)) if at < start => {
            return Err(decode_error_at(vm, message, document, index - 1));
        }
        Err((message, at)) => return Err(decode_error(vm, message, document, at)),
    };
    let value = match text {
        Some(text) => vm.str_wtf8(&text),
        None => vm.str_wtf8(&document.bytes()[start..end - 1]),
    };
    let end = document.index_of_offset(&mut vm.heap, end);
    let parts = [value, vm.int_usize(end)];
    Ok(vm.tuple(&parts))
}

/// A document being read.
struct Reader<'a> {
    scanner: PayloadRef<Scanner>,
    document: Str,
    bytes: &'a [u8],
    at: usize,
    /// Keys of objects that were read, so that equal ones are one object.
    keys: Dict,
    /// Arrays and objects that are open.
    depth: usize,
}

/// Most open arrays and objects: what CPython's limit on C recursion allows, however large the native stack is.
const MAX_DEPTH: usize = 10_000;

impl Reader<'_> {
    fn error(&self, vm: &mut Vm, message: &str, at: usize) -> Raised {
        decode_error(vm, message, self.document, at)
    }
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }
    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }
    fn value(&mut self, vm: &mut Vm) -> R {
        match self.peek() {
            Some(b'"') => self.string(vm),
            Some(b'{') => {
                self.open(vm, "object")?;
                let object = self.object(vm);
                self.depth -= 1;
                object
            }
            Some(b'[') => {
                self.open(vm, "array")?;
                let array = self.array(vm);
                self.depth -= 1;
                array
            }
            _ => self.word_or_number(vm),
        }
    }
    /// One level deeper; RecursionError if that is too deep.
    fn open(&mut self, vm: &mut Vm, what: &str) -> R<()> {
        if self.depth >= MAX_DEPTH {
            return Err(vm.recursion_error(format!(
                "maximum recursion depth exceeded while decoding a JSON {what} from a unicode string"
            )));
        }
        vm.check_native_depth()?;
        self.depth += 1;
        Ok(())
    }
    fn string(&mut self, vm: &mut Vm) -> R {
        let start = self.at + 1;
        match text::read(self.bytes, start, self.scanner.strict) {
            Ok((text, end)) => {
                self.at = end;
                Ok(match text {
                    Some(text) => vm.str_wtf8(&text),
                    None => vm.str_wtf8(&self.bytes[start..end - 1]),
                })
            }
            Err((message, at)) => Err(self.error(vm, message, at)),
        }
    }
    fn array(&mut self, vm: &mut Vm) -> R {
        self.at += 1;
        let list = vm.new_list();
        self.skip_space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(list.value());
        }
        loop {
            let item = self.value(vm)?;
            list.push(&mut vm.heap, item);
            self.skip_space();
            let comma = self.at;
            match self.peek() {
                Some(b']') => {
                    self.at += 1;
                    return Ok(list.value());
                }
                Some(b',') => self.at += 1,
                _ => return Err(self.error(vm, "Expecting ',' delimiter", comma)),
            }
            self.skip_space();
            if self.peek() == Some(b']') {
                return Err(self.error(vm, "Illegal trailing comma before end of array", comma));
            }
        }
    }
    fn object(&mut self, vm: &mut Vm) -> R {
        self.at += 1;
        let pairs_hook = self.scanner.object_pairs_hook;
        let (dict, pairs) = (vm.dict(), vm.new_list());
        self.skip_space();
        if self.peek() == Some(b'}') {
            self.at += 1;
        } else {
            loop {
                let key = self.key(vm)?;
                let value = self.value(vm)?;
                if pairs_hook.is_none() {
                    vm.dict_set(dict, key, value)?;
                } else {
                    let pair = vm.tuple(&[key, value]);
                    pairs.push(&mut vm.heap, pair);
                }
                if self.ends_object(vm)? {
                    break;
                }
            }
        }
        if !pairs_hook.is_none() {
            return vm.call_positional(pairs_hook, &[pairs.value()]);
        }
        match self.scanner.object_hook {
            hook if hook.is_none() => Ok(dict.value()),
            hook => vm.call_positional(hook, &[dict.value()]),
        }
    }
    /// Read a key and its colon.
    fn key(&mut self, vm: &mut Vm) -> R {
        if self.peek() != Some(b'"') {
            let message = "Expecting property name enclosed in double quotes";
            return Err(self.error(vm, message, self.at));
        }
        let key = self.string(vm)?;
        let key = match vm.dict_get(self.keys, key)? {
            Some(known) => known,
            None => {
                vm.dict_set(self.keys, key, key)?;
                key
            }
        };
        self.skip_space();
        if self.peek() != Some(b':') {
            return Err(self.error(vm, "Expecting ':' delimiter", self.at));
        }
        self.at += 1;
        self.skip_space();
        Ok(key)
    }
    /// Read what comes behind a value of an object: its end, or a comma.
    fn ends_object(&mut self, vm: &mut Vm) -> R<bool> {
        self.skip_space();
        let comma = self.at;
        match self.peek() {
            Some(b'}') => {
                self.at += 1;
                return Ok(true);
            }
            Some(b',') => self.at += 1,
            _ => return Err(self.error(vm, "Expecting ',' delimiter", comma)),
        }
        self.skip_space();
        if self.peek() == Some(b'}') {
            return Err(self.error(vm, "Illegal trailing comma before end of object", comma));
        }
        Ok(false)
    }
    fn word_or_number(&mut self, vm: &mut Vm) -> R {
        let rest = &self.bytes[self.at..];
        for (word, value) in [("null", Value::NONE), ("true", Value::TRUE), ("false", Value::FALSE)]
        {
            if rest.starts_with(word.as_bytes()) {
                self.at += word.len();
                return Ok(value);
            }
        }
        for word in ["NaN", "Infinity", "-Infinity"] {
            if rest.starts_with(word.as_bytes()) {
                self.at += word.len();
                let word = vm.str(word);
                return vm.call_positional(self.scanner.parse_constant, &[word]);
            }
        }
        self.number(vm)
    }
    fn number(&mut self, vm: &mut Vm) -> R {
        let rest = &self.bytes[self.at..];
        let Some((len, is_float)) = number_len(rest) else {
            let index = self.document.index_of_offset(&mut vm.heap, self.at);
            return Err(nothing(vm, index));
        };
        let digits = str::from_utf8(&rest[..len]).unwrap_or_default();
        self.at += len;
        let (parse, class) = if is_float {
            (self.scanner.parse_float, vm.t.float)
        } else {
            (self.scanner.parse_int, vm.t.int)
        };
        if parse == class.value() {
            if is_float && let Ok(number) = digits.parse::<f64>() {
                return Ok(vm.float(number));
            }
            if !is_float && let Ok(number) = digits.parse::<i64>() {
                return Ok(vm.int(number));
            }
        }
        let digits = vm.str(digits);
        vm.call_positional(parse, &[digits])
    }
}

/// Length of the number at the start, and whether it has a fraction or an exponent.
fn number_len(text: &[u8]) -> Option<(usize, bool)> {
    let digits = |at: usize| text[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = usize::from(text.first() == Some(&b'-'));
    at += match text.get(at)? {
        b'0' => 1,
        b'1'..=b'9' => digits(at),
        _ => return None,
    };
    let mut is_float = false;
    if text.get(at) == Some(&b'.') {
        let n = digits(at + 1);
        if n > 0 {
            (at, is_float) = (at + 1 + n, true);
        }
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(text.get(at + 1), Some(b'+' | b'-')));
        let start = at + 1 + sign;
        let n = if start <= text.len() { digits(start) } else { 0 };
        if n > 0 {
            (at, is_float) = (start + n, true);
        }
    }
    Some((at, is_float))
}
