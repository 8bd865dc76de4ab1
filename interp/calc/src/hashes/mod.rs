//! Modules `_md5`, `_sha1`, `_sha2`, `_sha3` and `_blake2`: hashes over the RustCrypto crates and `blake2b_simd`.
mod pbkdf2;

use std::cell::RefCell;

use haft_core::object::{Dict, NoTrace, PayloadRef, Type, TypeFlags};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{Args, R, Tracer, Value, Vm, getsets, natives, payload};
use sha3::digest::{ExtendableOutput, Update, XofReader};

pub(crate) use pbkdf2::init_pbkdf2;

use crate::support::bytes_argument;

payload! {
    /// A hash that is being made.
    struct Hasher {
        state: NoTrace<Box<RefCell<State>>>,
        name: &'static str,
    }
}

/// The states of all algorithms.
#[derive(Clone)]
enum State {
    Md5(md5::Md5),
    Sha1(sha1::Sha1),
    Sha224(sha2::Sha224),
    Sha256(sha2::Sha256),
    Sha384(sha2::Sha384),
    Sha512(sha2::Sha512),
    Sha3_224(sha3::Sha3_224),
    Sha3_256(sha3::Sha3_256),
    Sha3_384(sha3::Sha3_384),
    Sha3_512(sha3::Sha3_512),
    Shake128(sha3::Shake128),
    Shake256(sha3::Shake256),
    Blake2b(Box<blake2b_simd::State>, usize),
    Blake2s(Box<blake2s_simd::State>, usize),
}

macro_rules! each {
    ($state:expr, $hash:ident => $then:expr, $b:ident => $blake:expr) => {
        match $state {
            State::Md5($hash) => $then,
            State::Sha1($hash) => $then,
            State::Sha224($hash) => $then,
            State::Sha256($hash) => $then,
            State::Sha384($hash) => $then,
            State::Sha512($hash) => $then,
            State::Sha3_224($hash) => $then,
            State::Sha3_256($hash) => $then,
            State::Sha3_384($hash) => $then,
            State::Sha3_512($hash) => $then,
            State::Shake128($hash) => $then,
            State::Shake256($hash) => $then,
            State::Blake2b($b, _) => $blake,
            State::Blake2s($b, _) => $blake,
        }
    };
}

impl State {
    fn new(name: &str) -> State {
        match name {
            "md5" => State::Md5(md5::Md5::default()),
            "sha1" => State::Sha1(sha1::Sha1::default()),
            "sha224" => State::Sha224(sha2::Sha224::default()),
            "sha256" => State::Sha256(sha2::Sha256::default()),
            "sha384" => State::Sha384(sha2::Sha384::default()),
            "sha512" => State::Sha512(sha2::Sha512::default()),
            "sha3_224" => State::Sha3_224(sha3::Sha3_224::default()),
            "sha3_256" => State::Sha3_256(sha3::Sha3_256::default()),
            "sha3_384" => State::Sha3_384(sha3::Sha3_384::default()),
            "sha3_512" => State::Sha3_512(sha3::Sha3_512::default()),
            "shake_128" => State::Shake128(sha3::Shake128::default()),
            _ => State::Shake256(sha3::Shake256::default()),
        }
    }
    fn update(&mut self, data: &[u8]) {
        each!(self, hash => Update::update(hash, data), blake => { blake.update(data); });
    }
    /// Bytes of a block, of a digest (0: any), and of the state.
    fn sizes(&self) -> (usize, usize) {
        match self {
            State::Md5(_) => (64, 16),
            State::Sha1(_) => (64, 20),
            State::Sha224(_) => (64, 28),
            State::Sha256(_) => (64, 32),
            State::Sha384(_) => (128, 48),
            State::Sha512(_) => (128, 64),
            State::Sha3_224(_) => (144, 28),
            State::Sha3_256(_) => (136, 32),
            State::Sha3_384(_) => (104, 48),
            State::Sha3_512(_) => (72, 64),
            State::Shake128(_) => (168, 0),
            State::Shake256(_) => (136, 0),
            State::Blake2b(_, size) => (128, *size),
            State::Blake2s(_, size) => (64, *size),
        }
    }
    /// The digest so far; `len` bytes for those of any length.
    fn digest(&self, len: usize) -> Vec<u8> {
        use sha3::digest::FixedOutput;
        match self.clone() {
            State::Md5(hash) => hash.finalize_fixed().to_vec(),
            State::Sha1(hash) => hash.finalize_fixed().to_vec(),
            State::Sha224(hash) => hash.finalize_fixed().to_vec(),
            State::Sha256(hash) => hash.finalize_fixed().to_vec(),
            State::Sha384(hash) => hash.finalize_fixed().to_vec(),
            State::Sha512(hash) => hash.finalize_fixed().to_vec(),
            State::Sha3_224(hash) => hash.finalize_fixed().to_vec(),
            State::Sha3_256(hash) => hash.finalize_fixed().to_vec(),
            State::Sha3_384(hash) => hash.finalize_fixed().to_vec(),
            State::Sha3_512(hash) => hash.finalize_fixed().to_vec(),
            State::Shake128(hash) => squeeze(hash, len),
            State::Shake256(hash) => squeeze(hash, len),
            State::Blake2b(hash, _) => hash.finalize().as_bytes().to_vec(),
            State::Blake2s(hash, _) => hash.finalize().as_bytes().to_vec(),
        }
    }
}

fn squeeze(hash: impl ExtendableOutput, len: usize) -> Vec<u8> {
    let mut out = vec![0; len];
    hash.finalize_xof().read(&mut out);
    out
}

/// The classes: one for each module, by name of the algorithm.
#[derive(Debug, Default)]
struct Classes(RefCell<Vec<(&'static str, Type)>>);

impl Extension for Classes {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        for (_, class) in self.0.borrow().iter() {
            tracer.obj(class.obj());
        }
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

natives! {
    static METHODS = {
        /// Return a copy of the hash object.
        copy "($self, /)" => copy;
        /// Return the digest value as a bytes object.
        digest "($self, /)" => digest;
        /// Return the digest value as a string of hexadecimal digits.
        hexdigest "($self, /)" => hexdigest;
        /// Update this hash object's state with the provided string.
        update "($self, obj, /)" => update;
    }
    static SHAKE_METHODS = {
        /// Return a copy of the hash object.
        copy "($self, /)" => copy;
        /// Return the digest value as a bytes object.
        digest "($self, /, length)" => digest;
        /// Return the digest value as a string of hexadecimal digits.
        hexdigest "($self, /, length)" => hexdigest;
        /// Update this hash object's state with the provided string.
        update "($self, obj, /)" => update;
    }
    static MD5 = {
        /// Return a new MD5 hash object; optionally initialized with a string.
        md5 "($module, /, data=b'', *, usedforsecurity=True, string=<absent>)" => |vm, args| make(vm, "md5", args);
    }
    static SHA1 = {
        /// Return a new SHA1 hash object; optionally initialized with a string.
        sha1 "($module, /, data=b'', *, usedforsecurity=True, string=<absent>)" => |vm, args| make(vm, "sha1", args);
    }
    static SHA2 = {
        /// Return a new SHA-224 hash object; optionally initialized with a string.
        sha224 "($module, /, data=b'', *, usedforsecurity=True, string=<absent>)" => |vm, args| make(vm, "sha224", args);
        /// Return a new SHA-256 hash object; optionally initialized with a string.
        sha256 "($module, /, data=b'', *, usedforsecurity=True, string=<absent>)" => |vm, args| make(vm, "sha256", args);
        /// Return a new SHA-384 hash object; optionally initialized with a string.
        sha384 "($module, /, data=b'', *, usedforsecurity=True, string=<absent>)" => |vm, args| make(vm, "sha384", args);
        /// Return a new SHA-512 hash object; optionally initialized with a string.
        sha512 "($module, /, data=b'', *, usedforsecurity=True, string=<absent>)" => |vm, args| make(vm, "sha512", args);
    }
}

getsets! {
    static GETSETS = {
        /// Bytes of a block.
        block_size => |vm, this| { let n = hasher(vm, this)?.state.borrow().sizes().0; Ok(vm.int_usize(n)) };
        /// Bytes of a digest.
        digest_size => |vm, this| { let n = hasher(vm, this)?.state.borrow().sizes().1; Ok(vm.int_usize(n)) };
        /// Name of the algorithm.
        name => |vm, this| { let name = hasher(vm, this)?.name; Ok(vm.str(name)) };
    }
}

fn hasher(vm: &mut Vm, value: Value) -> R<PayloadRef<Hasher>> {
    vm.this(value, "method", "hash")
}

/// Remember a class by the algorithm's name.
fn add(vm: &mut Vm, name: &'static str, spec: &TypeSpec) -> Type {
    if vm.extension::<Classes>().is_none() {
        vm.set_extension(Classes::default());
    }
    let class = vm.new_builtin_type(spec);
    if let Some(classes) = vm.extension::<Classes>() {
        classes.0.borrow_mut().push((name, class));
    }
    class
}

fn plain(name: &'static str) -> TypeSpec {
    TypeSpec {
        flags: TypeFlags::NO_NEW,
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<Hasher>(name)
    }
}

/// Fill the namespace of `_md5`.
pub(crate) fn init_md5(vm: &mut Vm, dict: Dict) -> R<()> {
    let class = add(vm, "md5", &plain("_md5.md5"));
    vm.dict_set_str(dict, "MD5Type", class.value());
    vm.add_functions(dict, "_md5", MD5);
    Ok(())
}

/// Fill the namespace of `_sha1`.
pub(crate) fn init_sha1(vm: &mut Vm, dict: Dict) -> R<()> {
    let class = add(vm, "sha1", &plain("_sha1.sha1"));
    vm.dict_set_str(dict, "SHA1Type", class.value());
    vm.add_functions(dict, "_sha1", SHA1);
    Ok(())
}

/// Fill the namespace of `_sha2`.
pub(crate) fn init_sha2(vm: &mut Vm, dict: Dict) -> R<()> {
    for (name, path, shown) in [
        ("sha224", "_sha2.SHA224Type", "SHA224Type"),
        ("sha256", "_sha2.SHA256Type", "SHA256Type"),
        ("sha384", "_sha2.SHA384Type", "SHA384Type"),
        ("sha512", "_sha2.SHA512Type", "SHA512Type"),
    ] {
        let class = add(vm, name, &plain(path));
        vm.dict_set_str(dict, shown, class.value());
    }
    vm.add_functions(dict, "_sha2", SHA2);
    Ok(())
}

/// Fill the namespace of `_sha3`, whose algorithms are classes.
pub(crate) fn init_sha3(vm: &mut Vm, dict: Dict) -> R<()> {
    macro_rules! class {
        ($name:literal, $methods:expr) => {{
            let spec = TypeSpec {
                flags: TypeFlags(0),
                slots: |s| s.new.set(Some(|vm, _, args| new_named(vm, $name, args))),
                methods: $methods,
                ..plain(concat!("_sha3.", $name))
            };
            let class = add(vm, $name, &spec);
            vm.dict_set_str(dict, $name, class.value());
        }};
    }
    class!("sha3_224", METHODS);
    class!("sha3_256", METHODS);
    class!("sha3_384", METHODS);
    class!("sha3_512", METHODS);
    class!("shake_128", SHAKE_METHODS);
    class!("shake_256", SHAKE_METHODS);
    let implementation = vm.str("generic");
    vm.dict_set_str(dict, "implementation", implementation);
    Ok(())
}

/// Fill the namespace of `_blake2`.
pub(crate) fn init_blake2(vm: &mut Vm, dict: Dict) -> R<()> {
    let sizes: [(&str, i32); 8] = [
        ("BLAKE2B_SALT_SIZE", 16),
        ("BLAKE2B_PERSON_SIZE", 16),
        ("BLAKE2B_MAX_KEY_SIZE", 64),
        ("BLAKE2B_MAX_DIGEST_SIZE", 64),
        ("BLAKE2S_SALT_SIZE", 8),
        ("BLAKE2S_PERSON_SIZE", 8),
        ("BLAKE2S_MAX_KEY_SIZE", 32),
        ("BLAKE2S_MAX_DIGEST_SIZE", 32),
    ];
    let new: [fn(&haft_core::object::Slots); 2] = [
        |s| s.new.set(Some(|vm, _, args| blake(vm, "blake2b", args))),
        |s| s.new.set(Some(|vm, _, args| blake(vm, "blake2s", args))),
    ];
    let rows = [("blake2b", "_blake2.blake2b"), ("blake2s", "_blake2.blake2s")];
    for ((name, path), slots) in rows.into_iter().zip(new) {
        let class = add(vm, name, &TypeSpec { flags: TypeFlags(0), slots, ..plain(path) });
        let own = sizes
            .iter()
            .filter(|(size, _)| size.as_bytes()[6].eq_ignore_ascii_case(&name.as_bytes()[6]));
        for (size, n) in own {
            vm.dict_set_str(dict, size, Value::small(*n));
            vm.dict_set_str(class.dict, &size[8..], Value::small(*n));
        }
        vm.dict_set_str(dict, name, class.value());
    }
    Ok(())
}

fn new_hasher(vm: &mut Vm, name: &'static str, state: State) -> Value {
    let classes = vm.extension::<Classes>().expect("set when the module was made");
    let class =
        classes.0.borrow().iter().find(|(known, _)| *known == name).map(|(_, class)| *class);
    let class = class.expect("made with its module");
    vm.new_payload(class, Hasher { state: NoTrace(Box::new(RefCell::new(state))), name })
}

/// The data to hash; text is refused.
fn data_of(vm: &mut Vm, value: Value) -> R<Vec<u8>> {
    if vm.as_str(value).is_some() {
        return Err(vm.type_error("Strings must be encoded before hashing"));
    }
    if vm.type_of(value).slots.buffer.get().is_none() {
        return Err(vm.type_error("object supporting the buffer API required"));
    }
    bytes_argument(vm, value)
}

fn make(vm: &mut Vm, name: &'static str, args: &[Value]) -> R {
    let data = if args[2].is_absent() { args[0] } else { args[2] };
    let data = data_of(vm, data)?;
    let mut state = State::new(name);
    state.update(&data);
    Ok(new_hasher(vm, name, state))
}

fn new_named(vm: &mut Vm, name: &'static str, args: &Args<'_>) -> R {
    let bound =
        vm.bind_signature(name, "(data=b'', *, usedforsecurity=True, string=<absent>)", args)?;
    make(vm, name, &[bound[0], bound[1], bound[2]])
}

const BLAKE: &str = "(data=b'', /, *, digest_size=<absent>, key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0, node_offset=0, node_depth=0, inner_size=0, last_node=False, usedforsecurity=True, string=<absent>)";

/// A number within bounds; ValueError with `message`.
fn bounded(vm: &mut Vm, value: Value, low: u64, high: u64, message: &str) -> R<u64> {
    let index = vm.index_value(value)?;
    match vm.as_big(index).and_then(|big| u64::try_from(&big).ok()) {
        Some(number) if (low..=high).contains(&number) => Ok(number),
        _ => Err(vm.value_error(message)),
    }
}

fn short(vm: &mut Vm, value: Value, max: usize, what: &str) -> R<Vec<u8>> {
    let bytes = bytes_argument(vm, value)?;
    if bytes.len() > max {
        return Err(vm.value_error(format!("maximum {what} length is {max} bytes")));
    }
    Ok(bytes)
}

fn blake(vm: &mut Vm, name: &'static str, args: &Args<'_>) -> R {
    let bound = vm.bind_signature(name, BLAKE, args)?;
    let big = name == "blake2b";
    let (max, side, offsets) = if big { (64, 16, u64::MAX) } else { (32, 8, (1 << 48) - 1) };
    let data = if bound[13].is_absent() { bound[0] } else { bound[13] };
    let data = data_of(vm, data)?;
    let size = if bound[1].is_absent() {
        max
    } else {
        let message = format!(
            "digest_size for {} must be between 1 and {max} bytes, here it is {}",
            if big { "Blake2b" } else { "Blake2s" },
            vm.repr_text(bound[1])?
        );
        bounded(vm, bound[1], 1, max, &message)?
    } as usize;
    let key = short(vm, bound[2], max as usize, "key")?;
    let salt = short(vm, bound[3], side, "salt")?;
    let person = short(vm, bound[4], side, "person")?;
    let fanout = bounded(vm, bound[5], 0, 255, "fanout must be between 0 and 255")? as u8;
    let depth = bounded(vm, bound[6], 1, 255, "depth must be between 1 and 255")? as u8;
    let leaf = bounded(vm, bound[7], 0, u64::from(u32::MAX), "leaf_size is too large")? as u32;
    let offset = bounded(vm, bound[8], 0, offsets, "node_offset is too large")?;
    let node_depth = bounded(vm, bound[9], 0, 255, "node_depth must be between 0 and 255")? as u8;
    let inner =
        bounded(vm, bound[10], 0, max, &format!("inner_size must be between 0 and is {max}"))?
            as usize;
    let last = vm.truth(bound[11])?;
    macro_rules! state {
        ($crate_name:ident) => {{
            let mut params = $crate_name::Params::new();
            params
                .hash_length(size)
                .key(&key)
                .salt(&salt)
                .personal(&person)
                .fanout(fanout)
                .max_depth(depth);
            params
                .max_leaf_length(leaf)
                .node_offset(offset)
                .node_depth(node_depth)
                .inner_hash_length(inner)
                .last_node(last);
            Box::new(params.to_state())
        }};
    }
    let mut state = if big {
        State::Blake2b(state!(blake2b_simd), size)
    } else {
        State::Blake2s(state!(blake2s_simd), size)
    };
    state.update(&data);
    Ok(new_hasher(vm, name, state))
}

fn copy(vm: &mut Vm, args: &[Value]) -> R {
    let this = hasher(vm, args[0])?;
    let state = this.state.borrow().clone();
    let class = vm.type_of(args[0]);
    Ok(vm.new_payload(
        class,
        Hasher { state: NoTrace(Box::new(RefCell::new(state))), name: this.name },
    ))
}

fn update(vm: &mut Vm, args: &[Value]) -> R {
    let this = hasher(vm, args[0])?;
    let data = data_of(vm, args[1])?;
    this.state.borrow_mut().update(&data);
    Ok(Value::NONE)
}

fn digest_of(vm: &mut Vm, args: &[Value]) -> R<Vec<u8>> {
    let this = hasher(vm, args[0])?;
    let len = match args.get(1) {
        Some(&len) => {
            let len = vm.index_of(len)?;
            if len < 0 {
                return Err(vm.value_error("value must be positive"));
            }
            if len >= 1 << 29 {
                return Err(vm.value_error("length is too large"));
            }
            len as usize
        }
        None => 0,
    };
    let digest = this.state.borrow().digest(len);
    Ok(digest)
}

fn digest(vm: &mut Vm, args: &[Value]) -> R {
    let digest = digest_of(vm, args)?;
    Ok(vm.bytes(&digest))
}

fn hexdigest(vm: &mut Vm, args: &[Value]) -> R {
    let digest = digest_of(vm, args)?;
    let text = haft_text::base::encode_hex(&digest);
    Ok(vm.str_wtf8(&text))
}
