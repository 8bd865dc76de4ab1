//! Module `pyexpat`: the interface of Expat over the parser of `haft-text`.
mod deliver;
mod parser;
mod settings;

use haft_core::object::{Dict, Type};
use haft_core::vm::Extension;
use haft_core::{R, Raised, Tracer, Value, Vm, natives};
use haft_text::xml::{ERRORS, Encoding, Error, ErrorKind, Parser};

/// The version of Expat whose behaviour this is.
const VERSION: [i32; 3] = [2, 7, 3];

/// What the module remembers.
#[derive(Debug)]
struct State {
    parser: Type,
    error: Type,
}

impl Extension for State {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.parser.obj());
        tracer.obj(self.error.obj());
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

fn state(vm: &Vm) -> &State {
    vm.extension::<State>().expect("set when the module was made")
}

natives! {
    static FUNCTIONS = {
        /// Return a new XML parser object.
        ParserCreate "($module, /, encoding=None, namespace_separator=None, intern=<absent>)" => create;
        /// Returns string error for given number.
        ErrorString "($module, code, /)" => |vm, args| {
            let code = vm.index_of(args[0])?;
            match error_kind(code) {
                Some(kind) => Ok(vm.str(kind.message())),
                None => Ok(Value::NONE),
            }
        };
    }
}

/// Fill the namespace of `pyexpat`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "pyexpat", FUNCTIONS);
    let error =
        crate::support::new_exception(vm, "xml.parsers.expat", "ExpatError", vm.exc.exception)?;
    vm.dict_set_str(dict, "ExpatError", error.value());
    vm.dict_set_str(dict, "error", error.value());
    let parser = parser::make_type(vm);
    vm.dict_set_str(dict, "XMLParserType", parser.value());
    vm.set_extension(State { parser, error });
    let [major, minor, micro] = VERSION;
    let text = vm.str(&format!("expat_{major}.{minor}.{micro}"));
    vm.dict_set_str(dict, "EXPAT_VERSION", text);
    let version = vm.tuple(&VERSION.map(Value::small));
    vm.dict_set_str(dict, "version_info", version);
    let encoding = vm.str("UTF-8");
    vm.dict_set_str(dict, "native_encoding", encoding);
    let features = vm.new_list();
    for (name, number) in
        [("sizeof(XML_Char)", 1), ("sizeof(XML_LChar)", 1), ("XML_DTD", 0), ("XML_NS", 0)]
    {
        let row = [vm.str(name), Value::small(number)];
        let row = vm.tuple(&row);
        features.push(&mut vm.heap, row);
    }
    vm.dict_set_str(dict, "features", features.value());
    for (number, name) in ["NEVER", "UNLESS_STANDALONE", "ALWAYS"].iter().enumerate() {
        let number = vm.int_usize(number);
        vm.dict_set_str(dict, &format!("XML_PARAM_ENTITY_PARSING_{name}"), number);
    }
    add_errors(vm, dict)?;
    add_model(vm, dict)
}

/// A module within this one; importable by its own name.
fn submodule(vm: &mut Vm, parent: Dict, name: &str, doc: &str) -> R<Value> {
    let full_name = format!("pyexpat.{name}");
    let texts = [vm.str(&full_name), vm.str(doc)];
    let class = vm.t.module.value();
    let module = vm.call_positional(class, &texts)?;
    let modules = vm.modules;
    vm.dict_set(modules, texts[0], module)?;
    vm.dict_set_str(parent, name, module);
    Ok(module)
}

fn set(vm: &mut Vm, module: Value, name: &str, value: Value) -> R<()> {
    let name = vm.intern(name);
    vm.set_attr(module, name, value)
}

fn add_errors(vm: &mut Vm, dict: Dict) -> R<()> {
    let module = submodule(vm, dict, "errors", "Constants used to describe error conditions.")?;
    let (codes, messages) = (vm.dict(), vm.dict());
    for &(kind, name) in ERRORS {
        let (code, message) = (Value::small(kind as i32), vm.str(kind.message()));
        set(vm, module, name, message)?;
        vm.dict_set(codes, message, code)?;
        vm.dict_set(messages, code, message)?;
    }
    set(vm, module, "codes", codes.value())?;
    set(vm, module, "messages", messages.value())
}

fn add_model(vm: &mut Vm, dict: Dict) -> R<()> {
    let module =
        submodule(vm, dict, "model", "Constants used to interpret content model information.")?;
    let kinds = ["EMPTY", "ANY", "MIXED", "NAME", "CHOICE", "SEQ"];
    for (number, name) in (1..).zip(kinds) {
        set(vm, module, &format!("XML_CTYPE_{name}"), Value::small(number))?;
    }
    for (number, name) in (0..).zip(["NONE", "OPT", "REP", "PLUS"]) {
        set(vm, module, &format!("XML_CQUANT_{name}"), Value::small(number))?;
    }
    Ok(())
}

fn error_kind(code: i64) -> Option<ErrorKind> {
    ERRORS.iter().map(|&(kind, _)| kind).find(|&kind| kind as i64 == code)
}

/// Raise ExpatError.
#[cold]
fn raise(vm: &mut Vm, error: Error) -> Raised {
    let class = state(vm).error;
    let (line, column) = (error.position.line, error.position.column);
    let message = format!("{}: line {line}, column {column}", error.kind.message());
    let message = vm.str(&message);
    let exception = match vm.call_positional(class.value(), &[message]) {
        Ok(exception) => exception,
        Err(raised) => return raised,
    };
    let (line, column) = (vm.int_u64(line), vm.int_u64(column));
    let facts = [("code", Value::small(error.kind as i32)), ("offset", column), ("lineno", line)];
    for (name, value) in facts {
        if let Err(raised) = set(vm, exception, name, value) {
            return raised;
        }
    }
    vm.raise_value(exception)
}

/// A str argument that may be None.
fn optional_text(vm: &mut Vm, value: Value, what: &str) -> R<Option<String>> {
    if value.is_none() {
        return Ok(None);
    }
    match vm.as_str(value) {
        Some(text) => Ok(Some(text.to_text().into_owned())),
        None => {
            let class = vm.type_name(value);
            Err(vm.type_error(format!("{what} must be str or None, not {class}")))
        }
    }
}

fn create(vm: &mut Vm, args: &[Value]) -> R {
    let encoding = optional_text(vm, args[0], "ParserCreate() argument 'encoding'")?;
    let separator = optional_text(vm, args[1], "ParserCreate() argument 'namespace_separator'")?;
    if separator.as_ref().is_some_and(|text| text.chars().nth(1).is_some()) {
        return Err(
            vm.value_error("namespace_separator must be at most one character, omitted, or None")
        );
    }
    let intern = match args[2] {
        absent if absent.is_absent() => vm.dict().value(),
        none if none.is_none() => Value::NONE,
        dict if vm.as_dict(dict).is_some() => dict,
        _ => return Err(vm.type_error("intern must be a dictionary")),
    };
    let parser = Parser::new(encoding.map(|name| Encoding::named(&name)), separator);
    Ok(parser::make(vm, parser, intern))
}
