//! `_locale`: the conventions of the C library's locale.
use haft_core::object::{Dict, Type};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{R, Raised, Tracer, Value, Vm, natives};
use haft_host::constants as c;
use haft_host::locale;

use crate::blocking::os_result;
use crate::os::argument::{c_int, encode_fs};

#[derive(Debug)]
struct LocaleState {
    error: Type,
}

impl Extension for LocaleState {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.error.obj());
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

macro_rules! constants {
    ($($name:ident)+) => { &[ $( (stringify!($name), c::$name as i64), )+ ] };
}

/// Categories.
const CATEGORIES: &[(&str, i64)] =
    constants! { LC_CTYPE LC_TIME LC_COLLATE LC_MONETARY LC_MESSAGES LC_NUMERIC LC_ALL };

/// What `nl_langinfo` can be asked for.
const ITEMS: &[(&str, i64)] = constants! {
    DAY_1 DAY_2 DAY_3 DAY_4 DAY_5 DAY_6 DAY_7 ABDAY_1 ABDAY_2 ABDAY_3 ABDAY_4 ABDAY_5 ABDAY_6 ABDAY_7
    MON_1 MON_2 MON_3 MON_4 MON_5 MON_6 MON_7 MON_8 MON_9 MON_10 MON_11 MON_12
    ABMON_1 ABMON_2 ABMON_3 ABMON_4 ABMON_5 ABMON_6 ABMON_7 ABMON_8 ABMON_9 ABMON_10 ABMON_11 ABMON_12
    RADIXCHAR THOUSEP YESEXPR NOEXPR CRNCYSTR D_FMT D_T_FMT T_FMT T_FMT_AMPM AM_STR PM_STR CODESET
    ERA ERA_D_FMT ERA_D_T_FMT ERA_T_FMT ALT_DIGITS
};

/// `CHAR_MAX`: a number in `localeconv` that is not given, and the end of a grouping.
const CHAR_MAX: u8 = 127;

/// Fill the namespace of `_locale`.
pub fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "_locale", FUNCTIONS);
    for &(name, number) in CATEGORIES.iter().chain(ITEMS) {
        let number = vm.int(number);
        vm.dict_set_str(dict, name, number);
    }
    let max = Value::small(i32::from(CHAR_MAX));
    vm.dict_set_str(dict, "CHAR_MAX", max);
    let error = vm.new_builtin_type(&TypeSpec {
        base: Some(vm.exc.exception),
        flags: vm.exc.exception.flags(),
        kind: vm.exc.exception.kind.0,
        ..TypeSpec::of::<haft_core::object::Exception>("locale.Error")
    });
    vm.dict_set_str(dict, "Error", error.value());
    vm.set_extension(LocaleState { error });
    Ok(())
}

natives! {
    static FUNCTIONS = {
        /// Activates/queries locale processing.
        setlocale "($module, category, locale=None, /)" => setlocale;
        /// Returns numeric and monetary locale-specific parameters.
        localeconv "($module, /)" => localeconv;
        /// Compares two strings according to the locale.
        strcoll "($module, os1, os2, /)" => |vm, args| {
            let (first, second) = (text(vm, args[0], "strcoll() argument 1")?, text(vm, args[1], "strcoll() argument 2")?);
            let order = locale::strcoll(&first, &second);
            let order = os_result(vm, order)?;
            Ok(Value::small(order as i32))
        };
        /// Return a string that can be used as a key for locale-aware comparisons.
        strxfrm "($module, string, /)" => |vm, args| {
            let given = text(vm, args[0], "strxfrm() argument 1")?;
            let transformed = locale::strxfrm(&given);
            let transformed = os_result(vm, transformed)?;
            // Each byte as a character: only the order counts.
            let mut out = Vec::new();
            for byte in transformed {
                haft_text::wtf8::push(&mut out, u32::from(byte));
            }
            Ok(vm.str_wtf8(&out))
        };
        /// Return the value for the locale information associated with key.
        nl_langinfo "($module, key, /)" => |vm, args| {
            let key = c_int(vm, args[0])?;
            if !ITEMS.iter().any(|item| item.1 == i64::from(key)) {
                return Err(vm.value_error("unsupported langinfo constant"));
            }
            if key == c::CODESET {
                return Ok(vm.str("UTF-8"));
            }
            Ok(vm.str_os(&locale::nl_langinfo(key)))
        };
        /// Get the current locale encoding.
        getencoding "($module, /)" => |vm, _| Ok(vm.str("utf-8"));
    }
}

fn text(vm: &mut Vm, value: Value, what: &str) -> R<Vec<u8>> {
    let Some(text) = vm.as_str(value) else {
        let class = vm.type_name(value);
        return Err(vm.type_error(format!("{what} must be str, not {class}")));
    };
    let bytes = encode_fs(vm, text)?;
    if bytes.contains(&0) { Err(vm.value_error("embedded null character")) } else { Ok(bytes) }
}

#[cold]
fn error(vm: &mut Vm, message: &str) -> Raised {
    let class = vm.extension::<LocaleState>().map_or(vm.exc.exception, |state| state.error);
    vm.raise(class, message)
}

fn setlocale(vm: &mut Vm, args: &[Value]) -> R {
    let category = c_int(vm, args[0])?;
    let wish =
        if args[1].is_none() { None } else { Some(text(vm, args[1], "setlocale() argument 2")?) };
    let is_query = wish.is_none();
    let present = locale::setlocale(category, wish.as_deref());
    match os_result(vm, present)? {
        Some(name) => Ok(vm.str_os(&name)),
        None if is_query => Err(error(vm, "locale query failed")),
        None => Err(error(vm, "unsupported locale setting")),
    }
}

fn localeconv(vm: &mut Vm, _: &[Value]) -> R {
    let conventions = locale::localeconv();
    let dict = vm.dict();
    let texts = [
        ("decimal_point", &conventions.decimal_point),
        ("thousands_sep", &conventions.thousands_sep),
        ("int_curr_symbol", &conventions.int_curr_symbol),
        ("currency_symbol", &conventions.currency_symbol),
        ("mon_decimal_point", &conventions.mon_decimal_point),
        ("mon_thousands_sep", &conventions.mon_thousands_sep),
        ("positive_sign", &conventions.positive_sign),
        ("negative_sign", &conventions.negative_sign),
    ];
    for (name, text) in texts {
        let text = vm.str_os(text);
        vm.dict_set_str(dict, name, text);
    }
    for (name, grouping) in
        [("grouping", &conventions.grouping), ("mon_grouping", &conventions.mon_grouping)]
    {
        let list = grouping_value(vm, grouping);
        vm.dict_set_str(dict, name, list);
    }
    let numbers = [
        ("int_frac_digits", conventions.int_frac_digits),
        ("frac_digits", conventions.frac_digits),
        ("p_cs_precedes", conventions.p_cs_precedes),
        ("p_sep_by_space", conventions.p_sep_by_space),
        ("n_cs_precedes", conventions.n_cs_precedes),
        ("n_sep_by_space", conventions.n_sep_by_space),
        ("p_sign_posn", conventions.p_sign_posn),
        ("n_sign_posn", conventions.n_sign_posn),
    ];
    for (name, number) in numbers {
        let number = vm.int(i64::from(number));
        vm.dict_set_str(dict, name, number);
    }
    Ok(dict.value())
}

/// Sizes of groups of digits; 0 or `CHAR_MAX` ends them.
fn grouping_value(vm: &mut Vm, grouping: &[u8]) -> Value {
    let list = vm.new_list();
    for &size in grouping {
        list.push(&mut vm.heap, Value::small(i32::from(size)));
        if size == CHAR_MAX {
            return list.value();
        }
    }
    if !grouping.is_empty() {
        list.push(&mut vm.heap, Value::small(0));
    }
    list.value()
}
