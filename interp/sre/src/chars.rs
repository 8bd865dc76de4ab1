//! Tests of one character: literals, sets, categories, and the case mappings they use.

use std::sync::OnceLock;

use haft_host::locale;
use haft_text::unicode;

use crate::opcode::Category;

/// `_sre.ascii_tolower`.
#[inline]
pub fn ascii_lower(ch: u32) -> u32 {
    if (0x41..=0x5A).contains(&ch) { ch + 0x20 } else { ch }
}

/// `_sre.ascii_iscased`.
pub fn ascii_is_cased(ch: u32) -> bool {
    u8::try_from(ch).is_ok_and(|byte| byte.is_ascii_alphabetic())
}

/// `_sre.unicode_tolower`: the first character of the lower case.
#[inline]
pub fn unicode_lower(ch: u32) -> u32 {
    if ch < 0x80 {
        return ascii_lower(ch);
    }
    char::from_u32(ch).and_then(|c| c.to_lowercase().next()).map_or(ch, u32::from)
}

/// The first character of the upper case.
fn unicode_upper(ch: u32) -> u32 {
    char::from_u32(ch).and_then(|c| c.to_uppercase().next()).map_or(ch, u32::from)
}

/// `_sre.unicode_iscased`.
pub fn unicode_is_cased(ch: u32) -> bool {
    let lower = unicode_lower(ch);
    ch != lower || ch != unicode_upper(ch)
}

fn locale_lower(ch: u32) -> u32 {
    u8::try_from(ch).map_or(ch, |byte| u32::from(locale::tolower(byte)))
}

fn locale_upper(ch: u32) -> u32 {
    u8::try_from(ch).map_or(ch, |byte| u32::from(locale::toupper(byte)))
}

/// Whether `ch` belongs to `category`.
pub(crate) fn in_category(category: Category, ch: u32) -> bool {
    match category {
        Category::Digit => (0x30..=0x39).contains(&ch),
        Category::NotDigit => !in_category(Category::Digit, ch),
        Category::Space => ch == 0x20 || (9..=0x0D).contains(&ch),
        Category::NotSpace => !in_category(Category::Space, ch),
        Category::Word => {
            u8::try_from(ch).is_ok_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        }
        Category::NotWord => !in_category(Category::Word, ch),
        Category::Linebreak => ch == 0x0A,
        Category::NotLinebreak => ch != 0x0A,
        Category::LocWord => {
            u8::try_from(ch).is_ok_and(|byte| byte == b'_' || locale::isalnum(byte))
        }
        Category::LocNotWord => !in_category(Category::LocWord, ch),
        Category::UniDigit => unicode::is_decimal(ch),
        Category::UniNotDigit => !unicode::is_decimal(ch),
        Category::UniSpace => unicode::is_space(ch),
        Category::UniNotSpace => !unicode::is_space(ch),
        Category::UniWord => ch == 0x5F || unicode::is_alnum(ch),
        Category::UniNotWord => !in_category(Category::UniWord, ch),
        // `str.splitlines` breaks.
        Category::UniLinebreak => matches!(ch, 0x0A..=0x0D | 0x1C..=0x1E | 0x85 | 0x2028 | 0x2029),
        Category::UniNotLinebreak => !in_category(Category::UniLinebreak, ch),
    }
}

/// How case is ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fold {
    /// It is not.
    Exact,
    /// A to Z.
    Ascii,
    /// By Unicode's simple lower case.
    Unicode,
    /// By the C library's locale, asked at match time.
    Locale,
}

impl Fold {
    /// What two characters that match have in common.
    #[inline]
    pub(crate) fn apply(self, ch: u32) -> u32 {
        match self {
            Fold::Exact => ch,
            Fold::Ascii => ascii_lower(ch),
            Fold::Unicode => unicode_lower(ch),
            Fold::Locale => locale_lower(ch),
        }
    }
}

/// A part of a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Item {
    Literal(u32),
    Range(u32, u32),
    /// The range holds the character (in lower case already) or its upper case.
    RangeIgnore(u32, u32),
    Category(Category),
    /// One bit for each character below 256.
    Bitmap(Box<[u32; 8]>),
    /// Characters below 65536: which block for each high byte, and the blocks.
    BigBitmap {
        blocks: Box<[u8; 256]>,
        bitmaps: Box<[u32]>,
    },
}

impl Item {
    fn contains(&self, ch: u32) -> bool {
        match self {
            Item::Literal(literal) => ch == *literal,
            Item::Range(low, high) => (*low..=*high).contains(&ch),
            Item::RangeIgnore(low, high) => {
                (*low..=*high).contains(&ch) || (*low..=*high).contains(&unicode_upper(ch))
            }
            Item::Category(category) => in_category(*category, ch),
            Item::Bitmap(bits) => ch < 256 && bit(&bits[..], ch),
            Item::BigBitmap { blocks, bitmaps } => match blocks.get((ch >> 8) as usize) {
                Some(&block) => bit(bitmaps, u32::from(block) << 8 | (ch & 0xFF)),
                None => false,
            },
        }
    }

    fn is_locale(&self) -> bool {
        matches!(self, Item::Category(Category::LocWord | Category::LocNotWord))
    }
}

fn bit(words: &[u32], index: u32) -> bool {
    words.get((index >> 5) as usize).is_some_and(|word| word >> (index & 31) & 1 != 0)
}

/// What a run of matching characters is ended by, where that is simple enough to search for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RunEnd {
    /// Nothing: every character matches.
    Never,
    /// This ASCII character only.
    At(u8),
    /// Something else.
    Other,
}

/// A test of one character: `fold(ch)` is in the union of `items`, or with `negated` is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CharTest {
    items: Vec<Item>,
    negated: bool,
    fold: Fold,
    /// For locale literals: the negation of "one of the two cases matches".
    outside: bool,
    /// The answers for characters below 256; not used when the locale decides.
    low: [u64; 4],
    locale: bool,
    run_end: RunEnd,
}

impl CharTest {
    /// `IN` and its kin.
    pub(crate) fn set(items: Vec<Item>, negated: bool, fold: Fold) -> CharTest {
        CharTest::new(items, negated, fold, false)
    }

    /// `LITERAL`, `NOT_LITERAL` and their kin.
    pub(crate) fn literal(ch: u32, negated: bool, fold: Fold) -> CharTest {
        let outside = negated && fold == Fold::Locale;
        CharTest::new(vec![Item::Literal(ch)], negated && !outside, fold, outside)
    }

    /// `ANY_ALL`.
    pub(crate) fn everything() -> CharTest {
        CharTest::new(vec![], true, Fold::Exact, false)
    }

    /// `FAILURE`.
    pub(crate) fn nothing() -> CharTest {
        CharTest::new(vec![], false, Fold::Exact, false)
    }

    fn new(items: Vec<Item>, negated: bool, fold: Fold, outside: bool) -> CharTest {
        let locale = fold == Fold::Locale || items.iter().any(Item::is_locale);
        let run_end = match items.as_slice() {
            [] if negated => RunEnd::Never,
            [Item::Literal(ch)] if negated && fold == Fold::Exact => match u8::try_from(*ch) {
                Ok(byte) if byte < 0x80 => RunEnd::At(byte),
                _ => RunEnd::Other,
            },
            _ => RunEnd::Other,
        };
        let mut test = CharTest { items, negated, fold, outside, low: [0; 4], locale, run_end };
        if !locale {
            for ch in 0..256_u32 {
                let answer = u64::from(test.evaluate(ch));
                test.low[(ch >> 6) as usize] |= answer << (ch & 63);
            }
        }
        test
    }

    /// Whether a character below 256 passes.
    #[inline]
    pub(crate) fn passes_byte(&self, byte: u8) -> bool {
        if self.locale {
            return self.evaluate(u32::from(byte));
        }
        self.low[usize::from(byte >> 6)] >> (byte & 63) & 1 != 0
    }

    /// Whether `ch` passes.
    #[inline]
    pub(crate) fn passes(&self, ch: u32) -> bool {
        match u8::try_from(ch) {
            Ok(byte) => self.passes_byte(byte),
            Err(_) => self.evaluate(ch),
        }
    }

    /// What ends a run of passing characters.
    pub(crate) fn run_end(&self) -> RunEnd {
        self.run_end
    }

    /// The one character that passes, when only its exact self does.
    pub(crate) fn as_literal(&self) -> Option<u32> {
        match self.items.as_slice() {
            [Item::Literal(ch)] if !self.negated && !self.outside && self.fold == Fold::Exact => {
                Some(*ch)
            }
            _ => None,
        }
    }

    fn evaluate(&self, ch: u32) -> bool {
        if self.fold != Fold::Locale {
            return self.contains(self.fold.apply(ch));
        }
        let (lower, upper) = (locale_lower(ch), locale_upper(ch));
        (self.contains(lower) || (upper != lower && self.contains(upper))) != self.outside
    }

    fn contains(&self, ch: u32) -> bool {
        self.items.iter().any(|item| item.contains(ch)) != self.negated
    }

    /// All characters that pass, as sorted ranges; `None` when only a character at a time can be asked.
    pub(crate) fn ranges(&self) -> Option<Ranges> {
        if self.locale {
            return None;
        }
        let mut all = Ranges::default();
        for item in &self.items {
            all.extend(item)?;
        }
        all.normalize();
        if self.negated {
            all = all.complement();
        }
        let moved: &[(u32, u32)] = match self.fold {
            Fold::Exact => return Some(all),
            Fold::Ascii => &ASCII_LOWER,
            Fold::Unicode => lower_pairs(),
            Fold::Locale => return None,
        };
        // `ch` passes when its lower case is in the set, whether or not it is itself.
        let mut changed = Ranges(moved.iter().map(|&(ch, _)| (ch, ch)).collect());
        changed.normalize();
        let added: Vec<_> = moved
            .iter()
            .filter(|&&(_, lower)| all.contains(lower))
            .map(|&(ch, _)| (ch, ch))
            .collect();
        let mut result = all.without(&changed);
        result.0.extend(added);
        result.normalize();
        Some(result)
    }
}

/// Sorted, disjoint, non-adjacent ranges of characters, ends included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Ranges(pub(crate) Vec<(u32, u32)>);

const LAST: u32 = 0x10_FFFF;

impl Ranges {
    fn extend(&mut self, item: &Item) -> Option<()> {
        match item {
            Item::Literal(ch) => self.push(*ch, *ch),
            Item::Range(low, high) => self.push(*low, *high),
            Item::RangeIgnore(..) => return None,
            Item::Bitmap(_) => self.push_where(0..256, |ch| item.contains(ch)),
            Item::BigBitmap { .. } => self.push_where(0..0x1_0000, |ch| item.contains(ch)),
            Item::Category(category) => self.0.extend(&category_ranges(*category)?.0),
        }
        Some(())
    }

    fn push(&mut self, low: u32, high: u32) {
        if low <= high.min(LAST) {
            self.0.push((low, high.min(LAST)));
        }
    }

    fn push_where(&mut self, within: std::ops::Range<u32>, test: impl Fn(u32) -> bool) {
        let mut start = None;
        for ch in within.clone() {
            match (test(ch), start) {
                (true, None) => start = Some(ch),
                (false, Some(low)) => {
                    self.push(low, ch - 1);
                    start = None;
                }
                _ => {}
            }
        }
        if let Some(low) = start {
            self.push(low, within.end - 1);
        }
    }

    fn normalize(&mut self) {
        self.0.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(self.0.len());
        for &(low, high) in &self.0 {
            match merged.last_mut() {
                Some(last) if low <= last.1.saturating_add(1) => last.1 = last.1.max(high),
                _ => merged.push((low, high)),
            }
        }
        self.0 = merged;
    }

    fn complement(&self) -> Ranges {
        let mut next = 0;
        let mut result = Ranges::default();
        for &(low, high) in &self.0 {
            if low > next {
                result.push(next, low - 1);
            }
            next = high + 1;
        }
        result.push(next, LAST);
        result
    }

    fn without(&self, other: &Ranges) -> Ranges {
        let mut removed = self.complement();
        removed.0.extend(&other.0);
        removed.normalize();
        removed.complement()
    }

    fn contains(&self, ch: u32) -> bool {
        let index = self.0.partition_point(|&(_, high)| high < ch);
        self.0.get(index).is_some_and(|&(low, _)| low <= ch)
    }
}

const ASCII_LOWER: [(u32, u32); 26] = {
    let mut pairs = [(0, 0); 26];
    let mut index = 0;
    while index < 26 {
        pairs[index as usize] = (0x41 + index, 0x61 + index);
        index += 1;
    }
    pairs
};

/// No cased character, letter, digit or space lies between this and the end.
const LAST_CLASSIFIED: u32 = 0x3_FFFF;

/// All characters that differ from their lower case, with it.
fn lower_pairs() -> &'static [(u32, u32)] {
    static PAIRS: OnceLock<Vec<(u32, u32)>> = OnceLock::new();
    PAIRS.get_or_init(|| {
        let pair = |ch| (ch, unicode_lower(ch));
        (0..=LAST_CLASSIFIED).map(pair).filter(|&(ch, lower)| ch != lower).collect()
    })
}

fn category_ranges(category: Category) -> Option<Ranges> {
    static WORD: OnceLock<Ranges> = OnceLock::new();
    static DIGIT: OnceLock<Ranges> = OnceLock::new();
    let scan = |category, last| {
        let mut ranges = Ranges::default();
        ranges.push_where(0..last + 1, |ch| in_category(category, ch));
        ranges
    };
    Some(match category {
        Category::UniWord => WORD.get_or_init(|| scan(category, LAST_CLASSIFIED)).clone(),
        Category::UniDigit => DIGIT.get_or_init(|| scan(category, LAST_CLASSIFIED)).clone(),
        Category::UniNotWord => category_ranges(Category::UniWord)?.complement(),
        Category::UniNotDigit => category_ranges(Category::UniDigit)?.complement(),
        Category::UniSpace | Category::UniLinebreak => scan(category, 0x3FFF),
        Category::UniNotSpace => category_ranges(Category::UniSpace)?.complement(),
        Category::UniNotLinebreak => category_ranges(Category::UniLinebreak)?.complement(),
        Category::Digit | Category::Space | Category::Word | Category::Linebreak => {
            scan(category, 0xFF)
        }
        Category::NotDigit => category_ranges(Category::Digit)?.complement(),
        Category::NotSpace => category_ranges(Category::Space)?.complement(),
        Category::NotWord => category_ranges(Category::Word)?.complement(),
        Category::NotLinebreak => category_ranges(Category::Linebreak)?.complement(),
        Category::LocWord | Category::LocNotWord => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_agree_with_single_answers() {
        let items = || {
            vec![
                Item::Literal(0x4B),
                Item::Range(0xE0, 0x17F),
                Item::Category(Category::UniDigit),
                Item::Category(Category::UniNotWord),
            ]
        };
        for negated in [false, true] {
            for fold in [Fold::Exact, Fold::Ascii, Fold::Unicode] {
                let test = CharTest::set(items(), negated, fold);
                let ranges = test.ranges().unwrap();
                for ch in 0..=LAST {
                    assert_eq!(ranges.contains(ch), test.passes(ch), "{ch:x} {negated} {fold:?}");
                }
            }
        }
    }

    #[test]
    fn case_as_cpython() {
        for (ch, lower, cased) in [
            (0x130, 0x69, true),
            (0x131, 0x131, true),
            (0xDF, 0xDF, true),
            (0x17F, 0x17F, true),
            (0x1E9E, 0xDF, true),
            (0x3A3, 0x3C3, true),
            (0xAA, 0xAA, false),
            (0x1F88, 0x1F80, true),
            (0x10400, 0x10428, true),
            (0x212A, 0x6B, true),
            (0xD800, 0xD800, false),
        ] {
            assert_eq!((unicode_lower(ch), unicode_is_cased(ch)), (lower, cased), "{ch:x}");
        }
        assert!(ascii_is_cased(0x41) && !ascii_is_cased(0xE9) && ascii_lower(0xC9) == 0xC9);
    }
}
