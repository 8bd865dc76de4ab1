//! Module `_random`: the Mersenne twister MT19937 (Matsumoto and Nishimura, 1998), seeded as CPython does.
use std::cell::RefCell;

use crate::support;
use haft_core::object::{Dict, NoTrace, PayloadRef, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Value, Vm, natives, payload};
use haft_text::{IBig, UBig};

/// Words of the state.
const N: usize = 624;
/// Distance of the words that are combined.
const M: usize = 397;

payload! {
    /// A generator.
    struct Random {
        state: NoTrace<RefCell<Twister>>,
    }
}

struct Twister {
    words: [u32; N],
    at: usize,
}

impl Twister {
    fn fill(&mut self, seed: u32) {
        self.words[0] = seed;
        for i in 1..N {
            let last = self.words[i - 1];
            self.words[i] =
                1_812_433_253u32.wrapping_mul(last ^ (last >> 30)).wrapping_add(i as u32);
        }
        self.at = N;
    }
    fn seed(&mut self, key: &[u32]) {
        self.fill(19_650_218);
        let (mut i, mut j) = (1, 0);
        for _ in 0..N.max(key.len()) {
            let last = self.words[i - 1];
            let mixed = self.words[i] ^ (last ^ (last >> 30)).wrapping_mul(1_664_525);
            self.words[i] = mixed.wrapping_add(key[j]).wrapping_add(j as u32);
            (i, j) = (self.after(i), (j + 1) % key.len());
        }
        for _ in 0..N - 1 {
            let last = self.words[i - 1];
            let mixed = self.words[i] ^ (last ^ (last >> 30)).wrapping_mul(1_566_083_941);
            self.words[i] = mixed.wrapping_sub(i as u32);
            i = self.after(i);
        }
        self.words[0] = 0x8000_0000;
    }
    /// The place after `i`; at the end the last word goes to the front.
    fn after(&mut self, i: usize) -> usize {
        if i + 1 < N {
            return i + 1;
        }
        self.words[0] = self.words[N - 1];
        1
    }
    fn next(&mut self) -> u32 {
        if self.at >= N {
            for i in 0..N {
                let y = (self.words[i] & 0x8000_0000) | (self.words[(i + 1) % N] & 0x7FFF_FFFF);
                let odd = if y & 1 == 1 { 0x9908_B0DF } else { 0 };
                self.words[i] = self.words[(i + M) % N] ^ (y >> 1) ^ odd;
            }
            self.at = 0;
        }
        let mut y = self.words[self.at];
        self.at += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C_5680;
        y ^= (y << 15) & 0xEFC6_0000;
        y ^ (y >> 18)
    }
}

natives! {
    static METHODS = {
        /// random() -> x in the interval [0, 1).
        random "($self, /)" => random;
        /// seed([n]) -> None.  Defaults to use urandom and falls back to a combination of the current time and the process identifier.
        seed "($self, n=None, /)" => seed;
        /// getstate() -> tuple containing the current state.
        getstate "($self, /)" => getstate;
        /// setstate(state) -> None.  Restores generator state.
        setstate "($self, state, /)" => setstate;
        /// getrandbits(k) -> x.  Generates an int with k random bits.
        getrandbits "($self, k, /)" => getrandbits;
    }
}

/// Fill the namespace of `_random`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    let spec = TypeSpec {
        doc: "Random() -> create a random number generator with its own internal state.",
        flags: TypeFlags::BASE.with(TypeFlags::HAS_WEAKREFS),
        slots: |s| {
            s.new.set(Some(new));
            s.init.set(Some(start));
        },
        methods: METHODS,
        ..TypeSpec::of::<Random>("_random.Random")
    };
    crate::add_type(vm, dict, &spec);
    Ok(())
}

fn this(vm: &mut Vm, value: Value) -> R<PayloadRef<Random>> {
    vm.this(value, "method", "_random.Random")
}

fn new(vm: &mut Vm, class: Value, _: &Args<'_>) -> R {
    let class = crate::class_of(vm, class)?;
    let state = NoTrace(RefCell::new(Twister { words: [0; N], at: N }));
    Ok(vm.new_payload(class, Random { state }))
}

fn start(vm: &mut Vm, object: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature("Random", "(seed=None, /)", args)?;
    seed(vm, &[object, bound[0]])
}

fn random(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0])?;
    let (a, b) = {
        let mut state = this.state.borrow_mut();
        (state.next() >> 5, state.next() >> 6)
    };
    Ok(vm.float((f64::from(a) * 67_108_864.0 + f64::from(b)) * (1.0 / 9_007_199_254_740_992.0)))
}

fn words_of(big: &UBig) -> Vec<u32> {
    let bytes = big.to_le_bytes();
    let mut words: Vec<u32> = bytes
        .chunks(4)
        .map(|chunk| chunk.iter().rev().fold(0, |word, &byte| word << 8 | u32::from(byte)))
        .collect();
    if words.is_empty() {
        words.push(0);
    }
    words
}

fn seed(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0])?;
    let given = args[1];
    let key = if given.is_none() {
        let mut bytes = vec![0; N * 4];
        haft_host::random::urandom(&mut bytes).map_err(|error| vm.os_error(&error))?;
        words_of(&UBig::from_le_bytes(&bytes))
    } else if vm.is_int(given) {
        // A subclass of int may have its own idea of `abs`.
        let number = if vm.type_of(given) == vm.t.int { given } else { vm.absolute(given)? };
        let big = vm.as_big(number).unwrap_or_default();
        words_of(&big.into_parts().1)
    } else {
        let hash = vm.hash(given)?;
        words_of(&UBig::from(hash as u64))
    };
    this.state.borrow_mut().seed(&key);
    Ok(Value::NONE)
}

fn getstate(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0])?;
    let (words, at) = {
        let state = this.state.borrow();
        (state.words, state.at)
    };
    let list = vm.new_list();
    for word in words {
        let word = vm.int(i64::from(word));
        list.push(&mut vm.heap, word);
    }
    let at = vm.int_usize(at);
    list.push(&mut vm.heap, at);
    Ok(vm.tuple(list.items()))
}

fn setstate(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0])?;
    let Some(state) = vm.as_tuple(args[1]) else {
        return Err(vm.type_error("state vector must be a tuple"));
    };
    if state.len() != N + 1 {
        return Err(vm.value_error("state vector is the wrong size"));
    }
    let mut words = [0; N];
    for (word, &item) in words.iter_mut().zip(state.items()) {
        let Some(number) = vm.as_big(item) else {
            return Err(vm.type_error("an integer is required"));
        };
        if number < IBig::ZERO {
            return Err(vm.overflow_error("can't convert negative value to unsigned int"));
        }
        let Ok(number) = u64::try_from(&number) else {
            return Err(vm.overflow_error("Python int too large to convert to C unsigned long"));
        };
        *word = number as u32;
    }
    let at = vm.index_of(state.items()[N])?;
    if !(0..=N as i64).contains(&at) {
        return Err(vm.value_error("invalid state"));
    }
    *this.state.borrow_mut() = Twister { words, at: at as usize };
    Ok(Value::NONE)
}

fn getrandbits(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0])?;
    let k = vm.index_of(args[1])?;
    if k < 0 {
        return Err(vm.value_error("number of bits must be non-negative"));
    }
    if k <= 32 {
        let word = if k == 0 { 0 } else { this.state.borrow_mut().next() >> (32 - k) };
        return Ok(vm.int(i64::from(word)));
    }
    let (n_words, rest) = ((k as usize).div_ceil(32), k % 32);
    let mut bytes = Vec::new();
    if bytes.try_reserve_exact(n_words * 4).is_err() {
        return Err(support::no_memory(vm));
    }
    let mut state = this.state.borrow_mut();
    for i in 0..n_words {
        let mut word = state.next();
        if i + 1 == n_words && rest != 0 {
            word >>= 32 - rest;
        }
        bytes.extend_from_slice(&word.to_le_bytes());
    }
    drop(state);
    Ok(vm.big(UBig::from_le_bytes(&bytes).into()))
}
