//! The native modules that compute: numbers, iterators, collections, text, patterns.
#![recursion_limit = "512"] // tables of native functions are read row by row
mod abc;
mod array;
mod asyncio;
mod binascii;
mod bisect;
mod cmath;
mod codecs;
mod collections;
mod contextvars;
mod csv;
mod decimal;
mod divisors;
mod functools;
mod gc;
mod hashes;
mod heapq;
mod itertools;
mod json;
mod marshal;
mod math;
mod operator;
mod partial_sums;
mod pyexpat;
mod random;
mod sre;
mod string;
mod structure;
mod support;
mod unicodedata;
mod zlib;

use haft_core::Vm;
use haft_core::object::Dict;
use haft_core::object::Type;
use haft_core::vm::{ModuleInit, TypeSpec};

/// Every module of this crate, one a line; each fills its namespace when it is first imported.
const MODULES: &[(&str, ModuleInit)] = &[
    ("_abc", abc::init),
    ("_asyncio", asyncio::init),
    ("_bisect", bisect::init),
    ("_blake2", hashes::init_blake2),
    ("_codecs", codecs::init),
    ("_collections", collections::init),
    ("_contextvars", contextvars::init),
    ("_functools", functools::init),
    ("_haft_csv", csv::init),
    ("_haft_decimal", decimal::init),
    ("_haft_pbkdf2", hashes::init_pbkdf2),
    ("_heapq", heapq::init),
    ("_json", json::init),
    ("_md5", hashes::init_md5),
    ("_operator", operator::init),
    ("_random", random::init),
    ("_sha1", hashes::init_sha1),
    ("_sha2", hashes::init_sha2),
    ("_sha3", hashes::init_sha3),
    ("_sre", sre::init),
    ("_string", string::init),
    ("_struct", structure::init),
    ("array", array::init),
    ("binascii", binascii::init),
    ("cmath", cmath::init),
    ("gc", gc::init),
    ("itertools", itertools::init),
    ("marshal", marshal::init),
    ("math", math::init),
    ("pyexpat", pyexpat::init),
    ("unicodedata", unicodedata::init),
    ("zlib", zlib::init),
];

/// Register the modules.
pub fn install(vm: &mut Vm) {
    for &(name, init) in MODULES {
        vm.native_modules.insert(name, init);
    }
}

/// Make a class and put it into a module's namespace.
fn add_type(vm: &mut Vm, dict: Dict, spec: &TypeSpec) -> Type {
    let ty = vm.new_builtin_type(spec);
    let name = ty.name.get();
    vm.dict_set_name(dict, name, ty.value());
    ty
}

/// The class object as a type; constructors get it as their first argument.
fn class_of(vm: &mut Vm, class: haft_core::Value) -> haft_core::R<Type> {
    match vm.as_type(class) {
        Some(ty) => Ok(ty),
        None => Err(vm.type_error("a class is needed")),
    }
}
