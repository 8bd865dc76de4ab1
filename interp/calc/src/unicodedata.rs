//! Module `unicodedata`.
use haft_core::object::{Dict, NoTrace, PayloadRef, Type, TypeFlags};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{R, Tracer, Value, Vm, getsets, natives, payload};
use haft_text::unicode::{Database, Form, Lookup, is_normalized, normalize};
use haft_text::wtf8;

use crate::support::{shown_type, str_argument};

payload! {
    /// A version of the database as an object.
    struct Ucd {
        database: NoTrace<Database>,
    }
}

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
    /// Functions of the module, which are methods of the older version too: both have a receiver.
    static METHODS = {
        /// Returns the general category assigned to the character chr as string.
        category "($self, chr, /)" => |vm, args| { let (db, cp) = asked(vm, args, "category")?; Ok(vm.str(db.category(cp))) };
        /// Returns the bidirectional class assigned to the character chr as string.
        bidirectional "($self, chr, /)" => |vm, args| { let (db, cp) = asked(vm, args, "bidirectional")?; Ok(vm.str(db.bidirectional(cp))) };
        /// Returns the canonical combining class assigned to the character chr as integer.
        combining "($self, chr, /)" => |vm, args| { let (db, cp) = asked(vm, args, "combining")?; Ok(Value::small(i32::from(db.combining(cp)))) };
        /// Returns the mirrored property assigned to the character chr as integer.
        mirrored "($self, chr, /)" => |vm, args| { let (db, cp) = asked(vm, args, "mirrored")?; Ok(Value::small(i32::from(db.mirrored(cp)))) };
        /// Returns the east asian width assigned to the character chr as string.
        east_asian_width "($self, chr, /)" => |vm, args| { let (db, cp) = asked(vm, args, "east_asian_width")?; Ok(vm.str(db.east_asian_width(cp))) };
        /// Returns the character decomposition mapping assigned to the character chr as string.
        decomposition "($self, chr, /)" => |vm, args| { let (db, cp) = asked(vm, args, "decomposition")?; Ok(vm.str(&db.decomposition(cp))) };
        /// Converts a Unicode character into its equivalent decimal value.
        decimal "($self, chr, default=<absent>, /)" => decimal;
        /// Converts a Unicode character into its equivalent digit value.
        digit "($self, chr, default=<absent>, /)" => digit;
        /// Converts a Unicode character into its equivalent numeric value.
        numeric "($self, chr, default=<absent>, /)" => numeric;
        /// Returns the name assigned to the character chr as a string.
        name "($self, chr, default=<absent>, /)" => name;
        /// Look up character by name.
        lookup "($self, name, /)" => lookup;
        /// Return the normal form 'form' for the Unicode string unistr.
        normalize "($self, form, unistr, /)" => normal;
        /// Return whether the Unicode string unistr is in the normal form 'form'.
        is_normalized "($self, form, unistr, /)" => is_normal;
    }
}

getsets! {
    static GETSETS = {
        /// Version of the database.
        unidata_version => |vm, this| { let db = database(this); Ok(vm.str(&db.version())) };
    }
}

/// Fill the namespace of `unicodedata`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    let class = TypeSpec {
        flags: TypeFlags::NO_NEW,
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<Ucd>("unicodedata.UCD")
    };
    let class = crate::add_type(vm, dict, &class);
    vm.set_extension(Class(class));
    let latest = vm.new_payload(class, Ucd { database: NoTrace(Database::Latest) });
    let module = vm.intern("unicodedata");
    for def in METHODS {
        let function = vm.native_function(def, latest, module);
        vm.dict_set_str(dict, def.name, function);
    }
    let version = vm.str(&Database::Latest.version());
    vm.dict_set_str(dict, "unidata_version", version);
    let old = vm.new_payload(class, Ucd { database: NoTrace(Database::V3_2_0) });
    vm.dict_set_str(dict, "ucd_3_2_0", old);
    Ok(())
}

fn database(this: Value) -> Database {
    PayloadRef::<Ucd>::of_value(this).map_or(Database::Latest, |ucd| *ucd.database)
}

/// The database and the character that is asked for.
fn asked(vm: &mut Vm, args: &[Value], who: &str) -> R<(Database, u32)> {
    let what = if args.len() > 2 { "argument 1" } else { "argument" };
    let Some(text) = vm.as_str(args[1]) else {
        let shown = shown_type(vm, args[1]);
        return Err(
            vm.type_error(format!("{who}() {what} must be a unicode character, not {shown}"))
        );
    };
    if text.len() != 1 {
        let n = text.len();
        return Err(vm.type_error(format!(
            "{who}(): {what} must be a unicode character, not a string of length {n}"
        )));
    }
    Ok((database(args[0]), wtf8::decode_at(text.bytes(), 0).0))
}

fn or_default(vm: &mut Vm, found: Option<Value>, default: Value, message: &str) -> R {
    match found {
        Some(value) => Ok(value),
        None if default.is_absent() => Err(vm.value_error(message)),
        None => Ok(default),
    }
}

fn decimal(vm: &mut Vm, args: &[Value]) -> R {
    let (db, cp) = asked(vm, args, "decimal")?;
    let found = db.decimal(cp).map(|number| vm.int_u64(number));
    or_default(vm, found, args[2], "not a decimal")
}

fn digit(vm: &mut Vm, args: &[Value]) -> R {
    let (db, cp) = asked(vm, args, "digit")?;
    let found = db.digit(cp).map(|number| vm.int_u64(number));
    or_default(vm, found, args[2], "not a digit")
}

fn numeric(vm: &mut Vm, args: &[Value]) -> R {
    let (db, cp) = asked(vm, args, "numeric")?;
    let found = db.numeric(cp).map(|number| vm.float(number));
    or_default(vm, found, args[2], "not a numeric character")
}

fn name(vm: &mut Vm, args: &[Value]) -> R {
    let (db, cp) = asked(vm, args, "name")?;
    let found = db.name(cp).map(|name| vm.str(&name));
    or_default(vm, found, args[2], "no such name")
}

fn lookup(vm: &mut Vm, args: &[Value]) -> R {
    let text = str_argument(vm, args[1], "lookup() argument")?;
    match database(args[0]).lookup(&text.to_text()) {
        Some(Lookup::Character(c)) => Ok(vm.str_char(u32::from(c))),
        Some(Lookup::Sequence(text)) => Ok(vm.str(text)),
        None => {
            let shown = text.to_text();
            let message = vm.str(&format!("undefined character name '{shown}'"));
            Err(vm.key_error(message))
        }
    }
}

fn form_of(vm: &mut Vm, value: Value, who: &str) -> R<Form> {
    let name = str_argument(vm, value, &format!("{who}() argument 1"))?;
    match Form::from_name(name.bytes()) {
        Some(form) => Ok(form),
        None => Err(vm.value_error("invalid normalization form")),
    }
}

fn normal(vm: &mut Vm, args: &[Value]) -> R {
    let text = str_argument(vm, args[2], "normalize() argument 2")?;
    let form = form_of(vm, args[1], "normalize")?;
    if text.is_ascii() {
        return Ok(vm.unwrapped(args[2]));
    }
    let made = normalize(form, text.bytes());
    Ok(vm.str_wtf8(&made))
}

fn is_normal(vm: &mut Vm, args: &[Value]) -> R {
    let text = str_argument(vm, args[2], "is_normalized() argument 2")?;
    let form = form_of(vm, args[1], "is_normalized")?;
    Ok(Value::bool(is_normalized(form, text.bytes())))
}
