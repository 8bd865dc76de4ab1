//! Case mappings and tests, of ASCII letters only.
use haft_core::{R, Value, Vm, natives};

use crate::binary::data::this;

natives! {
    pub(crate) static METHODS = {
        /// B.capitalize() -> copy of B
        ///
        /// Return a copy of B with only its first character capitalized (ASCII)
        /// and the rest lower-cased.
        capitalize "($self, /)" => capitalize;
        /// B.lower() -> copy of B
        ///
        /// Return a copy of B with all ASCII characters converted to lowercase.
        lower "($self, /)" => lower;
        /// B.swapcase() -> copy of B
        ///
        /// Return a copy of B with uppercase ASCII characters converted
        /// to lowercase ASCII and vice versa.
        swapcase "($self, /)" => swapcase;
        /// B.title() -> copy of B
        ///
        /// Return a titlecased version of B, i.e. ASCII words start with uppercase
        /// characters, all remaining cased characters have lowercase.
        title "($self, /)" => title;
        /// B.upper() -> copy of B
        ///
        /// Return a copy of B with all ASCII characters converted to uppercase.
        upper "($self, /)" => upper;
        /// B.isalnum() -> bool
        ///
        /// Return True if all characters in B are alphanumeric
        /// and there is at least one character in B, False otherwise.
        isalnum "($self, /)" => isalnum;
        /// B.isalpha() -> bool
        ///
        /// Return True if all characters in B are alphabetic
        /// and there is at least one character in B, False otherwise.
        isalpha "($self, /)" => isalpha;
        /// B.isascii() -> bool
        ///
        /// Return True if B is empty or all characters in B are ASCII,
        /// False otherwise.
        isascii "($self, /)" => isascii;
        /// B.isdigit() -> bool
        ///
        /// Return True if all characters in B are digits
        /// and there is at least one character in B, False otherwise.
        isdigit "($self, /)" => isdigit;
        /// B.islower() -> bool
        ///
        /// Return True if all cased characters in B are lowercase and there is
        /// at least one cased character in B, False otherwise.
        islower "($self, /)" => islower;
        /// B.isspace() -> bool
        ///
        /// Return True if all characters in B are whitespace
        /// and there is at least one character in B, False otherwise.
        isspace "($self, /)" => isspace;
        /// B.istitle() -> bool
        ///
        /// Return True if B is a titlecased string and there is at least one
        /// character in B, i.e. uppercase characters may only follow uncased
        /// characters and lowercase characters only cased ones. Return False
        /// otherwise.
        istitle "($self, /)" => istitle;
        /// B.isupper() -> bool
        ///
        /// Return True if all cased characters in B are uppercase and there is
        /// at least one cased character in B, False otherwise.
        isupper "($self, /)" => isupper;
    }
}

fn capitalize(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0], "capitalize")?;
    let mut out = this.data().to_ascii_lowercase();
    if let Some(first) = out.first_mut() {
        first.make_ascii_uppercase();
    }
    Ok(this.make(vm, &out))
}

fn lower(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0], "lower")?;
    let out = this.data().to_ascii_lowercase();
    Ok(this.make(vm, &out))
}

fn upper(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0], "upper")?;
    let out = this.data().to_ascii_uppercase();
    Ok(this.make(vm, &out))
}

fn swapcase(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0], "swapcase")?;
    let swapped = |byte: &u8| {
        if byte.is_ascii_lowercase() {
            byte.to_ascii_uppercase()
        } else {
            byte.to_ascii_lowercase()
        }
    };
    let out: Vec<u8> = this.data().iter().map(swapped).collect();
    Ok(this.make(vm, &out))
}

fn title(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0], "title")?;
    let mut after_letter = false;
    let mut titled = |byte: &u8| {
        let out = if after_letter { byte.to_ascii_lowercase() } else { byte.to_ascii_uppercase() };
        after_letter = byte.is_ascii_alphabetic();
        out
    };
    let out: Vec<u8> = this.data().iter().map(&mut titled).collect();
    Ok(this.make(vm, &out))
}

/// Methods that test every byte of at least one.
macro_rules! tests {
    ($($name:ident = $test:expr;)+) => { $(
        fn $name(vm: &mut Vm, args: &[Value]) -> R {
            let data = this(vm, args[0], stringify!($name))?.data();
            let test: fn(&u8) -> bool = $test;
            Ok(Value::bool(!data.is_empty() && data.iter().all(test)))
        }
    )+ };
}

tests! {
    isalnum = u8::is_ascii_alphanumeric;
    isalpha = u8::is_ascii_alphabetic;
    isdigit = u8::is_ascii_digit;
    isspace = |byte| matches!(byte, b' ' | 9..=13);
}

fn isascii(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0], "isascii")?;
    Ok(Value::bool(this.data().is_ascii()))
}

fn islower(vm: &mut Vm, args: &[Value]) -> R {
    let data = this(vm, args[0], "islower")?.data();
    Ok(Value::bool(
        data.iter().any(u8::is_ascii_lowercase) && !data.iter().any(u8::is_ascii_uppercase),
    ))
}

fn isupper(vm: &mut Vm, args: &[Value]) -> R {
    let data = this(vm, args[0], "isupper")?.data();
    Ok(Value::bool(
        data.iter().any(u8::is_ascii_uppercase) && !data.iter().any(u8::is_ascii_lowercase),
    ))
}

fn istitle(vm: &mut Vm, args: &[Value]) -> R {
    let data = this(vm, args[0], "istitle")?.data();
    let mut after_letter = false;
    let mut some = false;
    for byte in data {
        if byte.is_ascii_uppercase() == after_letter && byte.is_ascii_alphabetic() {
            return Ok(Value::FALSE);
        }
        after_letter = byte.is_ascii_alphabetic();
        some |= after_letter;
    }
    Ok(Value::bool(some))
}
