//! Random C declarations from a seed.

use std::fmt::Write;

/// A small generator (xorshift64*); the numbers need not be good, only the same each time.
pub(crate) struct Random(u64);

const NUMBERS: &[&str] = &[
    "char",
    "signed char",
    "unsigned char",
    "short",
    "unsigned short",
    "int",
    "unsigned int",
    "long",
    "unsigned long long",
    "float",
    "double",
    "_Bool",
    "void *",
    "int32_t",
    "uint64_t",
];
const INTEGERS: &[&str] = &[
    "char",
    "signed char",
    "unsigned char",
    "short",
    "unsigned short",
    "int",
    "unsigned int",
    "long",
    "unsigned long long",
    "_Bool",
];

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next()).unwrap() % limit
    }

    pub(crate) fn byte(&mut self) -> u8 {
        u8::try_from(self.below(256)).unwrap()
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<'t>(&mut self, list: &[&'t str]) -> &'t str {
        list[self.below(list.len())]
    }

    /// A number type; now and then a `long double` or complex.
    pub(crate) fn number(&mut self) -> &'static str {
        match self.below(30) {
            0 => "long double",
            1 => "double _Complex",
            2 => "float _Complex",
            3..8 => "double",
            8..12 => "float",
            _ => self.pick(NUMBERS),
        }
    }

    /// The declaration of record `index`, which may use earlier ones. `with_packing` allows packed ones.
    pub(crate) fn record(&mut self, index: usize, with_packing: bool) -> String {
        let kind = if self.one_in(5) { "union" } else { "struct" };
        let (before, after, attribute) = match self.below(12) {
            0 if with_packing => ("", "", "__attribute__((packed)) "),
            1 if with_packing => ("#pragma pack(push, 1)\n", "\n#pragma pack(pop)", ""),
            2 if with_packing => ("#pragma pack(push, 2)\n", "\n#pragma pack(pop)", ""),
            3 if with_packing => ("#pragma pack(push, 4)\n", "\n#pragma pack(pop)", ""),
            _ => ("", "", ""),
        };
        let mut body = String::new();
        let n_fields = 1 + self.below(6);
        let with_bits = self.one_in(3);
        for field in 0..n_fields {
            self.field(&mut body, &format!("f{field}"), index, with_bits, 0);
        }
        format!("{before}typedef {kind} {attribute}r{index} {{ {body}}} r{index}_t;{after}\n")
    }

    fn field(&mut self, out: &mut String, name: &str, index: usize, with_bits: bool, depth: usize) {
        if with_bits && self.one_in(2) {
            let ty = self.pick(INTEGERS);
            let limit = match ty {
                "_Bool" => 1,
                "char" | "signed char" | "unsigned char" => 8,
                "short" | "unsigned short" => 16,
                "int" | "unsigned int" => 32,
                _ => 64,
            };
            // A record without any named member has size 0 for GCC and 1 for cffi: the first has a name.
            match if name.ends_with('0') { 9 } else { self.below(10) } {
                0 => write!(out, "{ty} :0; ").unwrap(),
                1 => write!(out, "{ty} :{}; ", 1 + self.below(limit)).unwrap(),
                _ => write!(out, "{ty} {name}:{}; ", 1 + self.below(limit)).unwrap(),
            }
            return;
        }
        match self.below(12) {
            0 if index > 0 => write!(out, "r{}_t {name}; ", self.below(index)).unwrap(),
            1 => write!(out, "{} {name}[{}]; ", self.number(), 1 + self.below(3)).unwrap(),
            2 if depth < 2 => {
                let kind = self.pick(&["struct", "union"]);
                write!(out, "{kind} {{ ").unwrap();
                for inner in 0..=self.below(3) {
                    self.field(out, &format!("{name}_{inner}"), index, with_bits, depth + 1);
                }
                out.push_str("}; ");
            }
            3 => write!(out, "int (*{name})(int); ").unwrap(),
            _ => write!(out, "{} {name}; ", self.number()).unwrap(),
        }
    }
}
