//! Constants of `sys`: versions, limits, flags.
use haft_core::{R, Value, Vm};

use super::namespace::new_namespace;
use crate::structseq::{Field, make_struct_sequence_type, new_struct_sequence};

/// `sys.version_info` up to the micro version: the Python that this is.
pub const VERSION_INFO: (i32, i32, i32) = (3, 14, 0);
/// `sys.hexversion`
pub const HEX_VERSION: i32 = 0x030e_00f0;
/// `sys.version`
pub const VERSION: &str = concat!("3.14.0 (haft ", env!("CARGO_PKG_VERSION"), ") [Rust]");

const VERSION_FIELDS: &[Field] = &[
    ("major", "Major release number"),
    ("minor", "Minor release number"),
    ("micro", "Patch release number"),
    ("releaselevel", "'alpha', 'beta', 'candidate', or 'final'"),
    ("serial", "Serial release number"),
];

const FLOAT_FIELDS: &[Field] = &[
    ("max", "DBL_MAX -- maximum representable finite float"),
    ("max_exp", "DBL_MAX_EXP -- maximum int e such that radix**(e-1) is representable"),
    ("max_10_exp", "DBL_MAX_10_EXP -- maximum int e such that 10**e is representable"),
    ("min", "DBL_MIN -- Minimum positive normalized float"),
    ("min_exp", "DBL_MIN_EXP -- minimum int e such that radix**(e-1) is a normalized float"),
    ("min_10_exp", "DBL_MIN_10_EXP -- minimum int e such that 10**e is a normalized float"),
    (
        "dig",
        "DBL_DIG -- maximum number of decimal digits that can be faithfully represented in a float",
    ),
    ("mant_dig", "DBL_MANT_DIG -- mantissa digits"),
    ("epsilon", "DBL_EPSILON -- Difference between 1 and the next representable float"),
    ("radix", "FLT_RADIX -- radix of exponent"),
    ("rounds", "FLT_ROUNDS -- rounding mode used for arithmetic operations"),
];

const INT_FIELDS: &[Field] = &[
    ("bits_per_digit", "size of a digit in bits"),
    ("sizeof_digit", "size in bytes of the C type used to represent a digit"),
    ("default_max_str_digits", "maximum string conversion digits limitation"),
    ("str_digits_check_threshold", "minimum positive value for int_max_str_digits"),
];

const HASH_FIELDS: &[Field] = &[
    ("width", "width of the type used for hashing, in bits"),
    ("modulus", "prime number giving the modulus on which the hash function is based"),
    ("inf", "value to be used for hash of a positive infinity"),
    ("nan", "value to be used for hash of a nan"),
    ("imag", "multiplier used for the imaginary part of a complex number"),
    ("algorithm", "name of the algorithm for hashing of str, bytes and memoryviews"),
    ("hash_bits", "internal output size of hash algorithm"),
    ("seed_bits", "seed size of hash algorithm"),
    ("cutoff", "small string optimization cutoff"),
];

const THREAD_FIELDS: &[Field] = &[
    ("name", "name of the thread implementation"),
    ("lock", "name of the lock implementation"),
    ("version", "name and version of the thread library"),
];

const FLAG_FIELDS: &[Field] = &[
    ("debug", "-d"),
    ("inspect", "-i"),
    ("interactive", "-i"),
    ("optimize", "-O or -OO"),
    ("dont_write_bytecode", "-B"),
    ("no_user_site", "-s"),
    ("no_site", "-S"),
    ("ignore_environment", "-E"),
    ("verbose", "-v"),
    ("bytes_warning", "-b"),
    ("quiet", "-q"),
    ("hash_randomization", "-R"),
    ("isolated", "-I"),
    ("dev_mode", "-X dev"),
    ("utf8_mode", "-X utf8"),
    ("warn_default_encoding", "-X warn_default_encoding"),
    ("safe_path", "-P"),
    ("int_max_str_digits", "-X int_max_str_digits"),
    ("gil", "-X gil"),
    ("thread_inherit_context", "-X thread_inherit_context"),
    ("context_aware_warnings", "-X context_aware_warnings"),
];

/// Fill `sys` with its constants.
pub(super) fn add(vm: &mut Vm) -> R<()> {
    let version_info = version_info(vm);
    add_texts(vm);
    add_numbers(vm);
    let flags = flags(vm);
    let implementation = implementation(vm, version_info);
    let values = [
        ("version_info", version_info),
        ("float_info", float_info(vm)),
        ("int_info", int_info(vm)),
        ("hash_info", hash_info(vm)),
        ("thread_info", thread_info(vm)),
        ("flags", flags),
        ("implementation", implementation),
        ("modules", vm.modules.value()),
        ("dont_write_bytecode", Value::bool(vm.config.flags.contains_key(&'B'))),
        ("pycache_prefix", Value::NONE),
        ("_home", Value::NONE),
    ];
    for (name, value) in values {
        vm.dict_set_str(vm.sys, name, value);
    }
    add_options(vm);
    Ok(())
}

fn add_texts(vm: &mut Vm) {
    let executable = vm.config.executable.clone();
    // `bin/haft` belongs to the prefix above `bin`.
    let folder = executable.rsplit_once('/').map_or("", |(folder, _)| folder);
    let prefix = folder.rsplit_once('/').map_or(folder, |(prefix, _)| prefix).to_owned();
    let prefix = if prefix.is_empty() { "/".to_owned() } else { prefix };
    let texts = [
        ("version", VERSION),
        ("platform", "linux"),
        ("byteorder", if cfg!(target_endian = "little") { "little" } else { "big" }),
        ("float_repr_style", "short"),
        ("abiflags", ""),
        ("platlibdir", "lib"),
        ("_framework", ""),
        (
            "copyright",
            "Copyright (c) the Haft developers.\nAll Rights Reserved.\n\nThe standard library is\nCopyright (c) 2001 Python Software Foundation.\nAll Rights Reserved.",
        ),
        ("executable", &executable),
        ("_base_executable", &executable),
        ("prefix", &prefix),
        ("exec_prefix", &prefix),
        ("base_prefix", &prefix),
        ("base_exec_prefix", &prefix),
    ];
    for (name, text) in texts {
        let text = vm.str(text);
        vm.dict_set_str(vm.sys, name, text);
    }
    let git = ["Haft", "", ""].map(|text| vm.str(text));
    let git = vm.tuple(&git);
    vm.dict_set_str(vm.sys, "_git", git);
}

fn add_numbers(vm: &mut Vm) {
    let numbers = [
        ("maxsize", i64::MAX),
        ("maxunicode", 0x10_ffff),
        ("hexversion", i64::from(HEX_VERSION)),
        ("api_version", 1013),
    ];
    for (name, number) in numbers {
        let number = vm.int(number);
        vm.dict_set_str(vm.sys, name, number);
    }
}

/// `sys.warnoptions` and `sys._xoptions`
fn add_options(vm: &mut Vm) {
    let warnings = vm.new_list();
    for option in vm.config.warn_options.clone() {
        let option = vm.str(&option);
        warnings.push(&mut vm.heap, option);
    }
    vm.dict_set_str(vm.sys, "warnoptions", warnings.value());
    let options = vm.dict();
    for (name, value) in vm.config.x_options.clone() {
        let value = match value {
            Some(value) => vm.str(&value),
            None => Value::TRUE,
        };
        vm.dict_set_str(options, &name, value);
    }
    vm.dict_set_str(vm.sys, "_xoptions", options.value());
}

fn version_info(vm: &mut Vm) -> Value {
    let class = make_struct_sequence_type(
        vm,
        "sys.version_info",
        "Version information as a named tuple.",
        VERSION_FIELDS,
        5,
    );
    forbid_new(class);
    let (major, minor, micro) = VERSION_INFO;
    let level = vm.intern("final");
    let items =
        [Value::small(major), Value::small(minor), Value::small(micro), level, Value::small(0)];
    new_struct_sequence(vm, class, &items)
}

/// Instances of these classes are made by the runtime only.
fn forbid_new(class: haft_core::object::Type) {
    class.add_flags(haft_core::object::TypeFlags::NO_NEW);
}

fn float_info(vm: &mut Vm) -> Value {
    let doc = "A named tuple holding information about the float type.";
    let class = make_struct_sequence_type(vm, "sys.float_info", doc, FLOAT_FIELDS, 11);
    let items = [
        vm.float(f64::MAX),
        Value::small(f64::MAX_EXP),
        Value::small(f64::MAX_10_EXP),
        vm.float(f64::MIN_POSITIVE),
        Value::small(f64::MIN_EXP),
        Value::small(f64::MIN_10_EXP),
        Value::small(f64::DIGITS.cast_signed()),
        Value::small(f64::MANTISSA_DIGITS.cast_signed()),
        vm.float(f64::EPSILON),
        Value::small(f64::RADIX.cast_signed()),
        Value::small(1),
    ];
    new_struct_sequence(vm, class, &items)
}

fn int_info(vm: &mut Vm) -> Value {
    let doc =
        "A named tuple that holds information about Python's internal representation of integers.";
    let class = make_struct_sequence_type(vm, "sys.int_info", doc, INT_FIELDS, 4);
    let items = [30, 4, 4300, 640].map(Value::small);
    new_struct_sequence(vm, class, &items)
}

fn hash_info(vm: &mut Vm) -> Value {
    let doc = "A named tuple providing parameters used for computing hashes.";
    let class = make_struct_sequence_type(vm, "sys.hash_info", doc, HASH_FIELDS, 9);
    let (modulus, algorithm) = (vm.int((1 << 61) - 1), vm.str("rapidhash"));
    let items = [
        Value::small(64),
        modulus,
        Value::small(314_159),
        Value::small(0),
        Value::small(1_000_003),
        algorithm,
        Value::small(64),
        Value::small(64),
        Value::small(0),
    ];
    new_struct_sequence(vm, class, &items)
}

fn thread_info(vm: &mut Vm) -> Value {
    let doc = "A named tuple holding information about the thread implementation.";
    let class = make_struct_sequence_type(vm, "sys.thread_info", doc, THREAD_FIELDS, 3);
    let items = [vm.str("pthread"), vm.str("futex"), Value::NONE];
    new_struct_sequence(vm, class, &items)
}

fn flags(vm: &mut Vm) -> Value {
    let class = make_struct_sequence_type(
        vm,
        "sys.flags",
        "Flags provided through command line arguments or environment vars.",
        FLAG_FIELDS,
        18,
    );
    forbid_new(class);
    let config = &vm.config;
    let count =
        |letter: char| Value::small(i32::from(config.flags.get(&letter).copied().unwrap_or(0)));
    let option = |name: &str| config.x_options.iter().any(|option| option.0 == name);
    let isolated = config.flags.contains_key(&'I');
    let or_isolated = |letter: char| if isolated { Value::small(1) } else { count(letter) };
    let items = [
        count('d'),
        count('i'),
        count('i'),
        Value::small(i32::from(config.optimize)),
        count('B'),
        or_isolated('s'),
        count('S'),
        or_isolated('E'),
        count('v'),
        count('b'),
        count('q'),
        Value::small(i32::from(config.hash_seed != Some(0))),
        count('I'),
        Value::bool(option("dev")),
        Value::small(1),
        Value::small(i32::from(option("warn_default_encoding"))),
        Value::bool(isolated || config.flags.contains_key(&'P')),
        Value::small(4300),
        Value::small(1),
        Value::small(0),
        Value::small(0),
    ];
    new_struct_sequence(vm, class, &items)
}

fn implementation(vm: &mut Vm, version_info: Value) -> Value {
    let (name, multiarch) = (vm.intern("haft"), vm.str(concat!("x86_64", "-linux-gnu")));
    let multiarch = if cfg!(target_arch = "x86_64") { multiarch } else { vm.str("") };
    let hex = Value::small(HEX_VERSION);
    let attributes = [
        ("name", name),
        ("cache_tag", Value::NONE),
        ("version", version_info),
        ("hexversion", hex),
        ("_multiarch", multiarch),
        ("supports_isolated_interpreters", Value::FALSE),
    ];
    new_namespace(vm, &attributes)
}
