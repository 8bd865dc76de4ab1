//! `pbkdf2_hmac`: keys from passwords (RFC 8018), over the hashes with a fixed length.
use haft_core::object::Dict;
use haft_core::{R, Value, Vm, natives};

use super::{State, bytes_argument};

/// The hashes it can be built on.
const NAMES: [&str; 10] = [
    "md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_224", "sha3_256", "sha3_384",
    "sha3_512",
];

natives! {
    static FUNCTIONS = {
        /// Password based key derivation function 2 (PKCS #5 v2.0) with HMAC as pseudorandom function.
        pbkdf2_hmac "($module, /, hash_name, password, salt, iterations, dklen=None)" => pbkdf2_hmac;
    }
}

/// Fill the namespace of `_haft_pbkdf2`.
pub(crate) fn init_pbkdf2(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "_hashlib", FUNCTIONS);
    Ok(())
}

/// HMAC with its key already hashed in.
struct Mac {
    inner: State,
    outer: State,
}

impl Mac {
    fn new(name: &str, key: &[u8]) -> Mac {
        let mut blank = State::new(name);
        let block = blank.sizes().0;
        let mut padded = if key.len() > block {
            blank.update(key);
            blank.digest(0)
        } else {
            key.to_vec()
        };
        padded.resize(block, 0);
        let keyed = |mask: u8| {
            let mut state = State::new(name);
            let masked: Vec<u8> = padded.iter().map(|byte| byte ^ mask).collect();
            state.update(&masked);
            state
        };
        Mac { inner: keyed(0x36), outer: keyed(0x5C) }
    }
    fn of(&self, parts: &[&[u8]]) -> Vec<u8> {
        let (mut inner, mut outer) = (self.inner.clone(), self.outer.clone());
        for part in parts {
            inner.update(part);
        }
        outer.update(&inner.digest(0));
        outer.digest(0)
    }
}

/// `len` bytes of a derived key.
fn derive(mac: &Mac, salt: &[u8], iterations: u64, len: usize) -> Vec<u8> {
    let mut key = Vec::new();
    let mut block = 0u32;
    while key.len() < len {
        block += 1;
        let mut last = mac.of(&[salt, &block.to_be_bytes()]);
        let mut sum = last.clone();
        for _ in 1..iterations {
            last = mac.of(&[&last]);
            for (sum, byte) in sum.iter_mut().zip(&last) {
                *sum ^= byte;
            }
        }
        key.extend_from_slice(&sum);
    }
    key.truncate(len);
    key
}

fn pbkdf2_hmac(vm: &mut Vm, args: &[Value]) -> R {
    let name = vm.text_of(args[0], "pbkdf2_hmac() argument 'hash_name'")?.into_owned();
    let (password, salt) = (bytes_argument(vm, args[1])?, bytes_argument(vm, args[2])?);
    let iterations = vm.index_of(args[3])?;
    let lowered = name.to_ascii_lowercase();
    let Some(&known) = NAMES.iter().find(|&&known| known == lowered) else {
        return Err(vm.value_error(format!("unsupported hash type {name}")));
    };
    let Some(iterations) = u64::try_from(iterations).ok().filter(|&n| n > 0) else {
        return Err(vm.value_error("iteration value must be greater than 0."));
    };
    let len = if args[4].is_none() {
        State::new(known).sizes().1
    } else {
        match usize::try_from(vm.index_of(args[4])?).ok().filter(|&n| n > 0) {
            Some(len) if i32::try_from(len).is_ok() => len,
            Some(_) => return Err(vm.overflow_error("key length is too great.")),
            None => return Err(vm.value_error("key length must be greater than 0.")),
        }
    };
    let key = vm.without_gil(|| derive(&Mac::new(known, &password), &salt, iterations, len));
    Ok(vm.bytes(&key))
}
