//! From codes to a tree, believing nothing.
//!
//! Every skip is checked against the block it lies in, and a block has to be used up exactly, so no program
//! that decodes can read outside itself or jump backwards.

use crate::InvalidCode;
use crate::chars::{CharTest, Fold, Item};
use crate::opcode::{
    At, Category, INFO_CHARSET, INFO_LITERAL, INFO_PREFIX, MAX_GROUPS, MAX_REPEAT, Op,
};
use crate::tree::{Greed, Info, Node, Sequence, TestIdx, Times};

/// Groups within groups; the parser written in Python gives up long before.
const MAX_DEPTH: usize = 1000;
/// How many tests are compared to find an equal one.
const N_RECENT_TESTS: usize = 64;

/// A program taken apart.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) body: Sequence,
    pub(crate) tests: Vec<CharTest>,
    pub(crate) info: Info,
}

type Result<T> = std::result::Result<T, InvalidCode>;

/// Decodes the program `code` of a pattern with `groups` groups.
pub(crate) fn decode(code: &[u32], groups: u32) -> Result<Decoded> {
    if groups > MAX_GROUPS {
        return Err(InvalidCode);
    }
    let mut decoder = Decoder { code, groups, tests: Vec::new(), depth: 0 };
    let (info, start) = decoder.info()?;
    let end = code.len().checked_sub(1).ok_or(InvalidCode)?;
    decoder.expect(end, Op::Success)?;
    let body = decoder.sequence(start, end)?;
    Ok(Decoded { body, tests: decoder.tests, info })
}

struct Decoder<'a> {
    code: &'a [u32],
    groups: u32,
    tests: Vec<CharTest>,
    depth: usize,
}

impl Decoder<'_> {
    fn word(&self, at: usize) -> Result<u32> {
        self.code.get(at).copied().ok_or(InvalidCode)
    }

    fn index(&self, at: usize) -> Result<usize> {
        usize::try_from(self.word(at)?).map_err(|_| InvalidCode)
    }

    fn op(&self, at: usize) -> Result<Op> {
        Op::decode(self.word(at)?).ok_or(InvalidCode)
    }

    fn expect(&self, at: usize, op: Op) -> Result<()> {
        if self.op(at)? == op { Ok(()) } else { Err(InvalidCode) }
    }

    /// Where the skip at `at` leads; not beyond `end`, and beyond `at` by `least` at least.
    fn target(&self, at: usize, least: usize, end: usize) -> Result<usize> {
        let skip = self.index(at)?;
        match at.checked_add(skip) {
            Some(target) if skip >= least && target <= end => Ok(target),
            _ => Err(InvalidCode),
        }
    }

    fn add(&mut self, test: CharTest) -> TestIdx {
        let oldest = self.tests.len().saturating_sub(N_RECENT_TESTS);
        let known = self.tests[oldest..].iter().position(|other| *other == test);
        let index = known.map_or(self.tests.len(), |index| oldest + index);
        if known.is_none() {
            self.tests.push(test);
        }
        TestIdx(
            u32::try_from(index)
                .expect("a test takes a code at least, and codes are counted in 32 bits"),
        )
    }

    /// `<INFO> <skip> <flags> <min> <max> [<length> <skip> <prefix…> <overlap…> | <charset…>]`
    fn info(&mut self) -> Result<(Info, usize)> {
        if self.op(0)? != Op::Info {
            return Ok((Info::default(), 0));
        }
        let after = self.target(1, 4, self.code.len())?;
        let flags = self.word(2)?;
        let mut info = Info { min_width: self.index(3)?, ..Info::default() };
        if flags & INFO_PREFIX != 0 {
            let length = self.index(5)?;
            let start = 7_usize;
            let stop =
                start.checked_add(length).filter(|stop| *stop <= after).ok_or(InvalidCode)?;
            info.prefix = self.code.get(start..stop).ok_or(InvalidCode)?.to_vec();
            info.literal = flags & INFO_LITERAL != 0;
        } else if flags & INFO_CHARSET != 0 {
            let (items, negated) = self.charset(5, after)?;
            info.first = Some(self.add(CharTest::set(items, negated, Fold::Exact)));
        }
        Ok((info, after))
    }

    /// The codes from `start` to `end`, all of them.
    fn sequence(&mut self, start: usize, end: usize) -> Result<Sequence> {
        let (sequence, stop) = self.sequence_or_jump(start, end)?;
        if stop == end { Ok(sequence) } else { Err(InvalidCode) }
    }

    /// The codes from `start` to `end` or to a jump, and where that was.
    fn sequence_or_jump(&mut self, start: usize, end: usize) -> Result<(Sequence, usize)> {
        if start > end || self.depth == MAX_DEPTH {
            return Err(InvalidCode);
        }
        self.depth += 1;
        let mut sequence = Sequence::new();
        let mut at = start;
        while at < end && self.op(at)? != Op::Jump {
            let (node, next) = self.node(at, end)?;
            if next > end {
                return Err(InvalidCode);
            }
            sequence.push(node);
            at = next;
        }
        self.depth -= 1;
        Ok((sequence, at))
    }

    /// The node at `at` and where the next one starts.
    fn node(&mut self, at: usize, end: usize) -> Result<(Node, usize)> {
        let node = match self.op(at)? {
            Op::Literal => Node::Literal(self.word(at + 1)?),
            Op::Failure => return Ok((Node::Fail, at + 1)),
            Op::At => Node::At(At::decode(self.word(at + 1)?).ok_or(InvalidCode)?),
            Op::Mark => Node::Mark(self.below(at + 1, self.groups * 2)?),
            Op::GroupRef => self.backref(at, Fold::Exact)?,
            Op::GroupRefIgnore => self.backref(at, Fold::Ascii)?,
            Op::GroupRefUniIgnore => self.backref(at, Fold::Unicode)?,
            Op::GroupRefLocIgnore => self.backref(at, Fold::Locale)?,
            Op::GroupRefExists => return self.condition(at, end),
            Op::Assert => return self.look(at, end, false),
            Op::AssertNot => return self.look(at, end, true),
            Op::Branch => return self.branch(at, end),
            Op::RepeatOne => return self.repeat_char(at, end, Greed::Greedy),
            Op::MinRepeatOne => return self.repeat_char(at, end, Greed::Lazy),
            Op::PossessiveRepeatOne => return self.repeat_char(at, end, Greed::Possessive),
            Op::Repeat | Op::PossessiveRepeat => return self.repeat(at, end),
            Op::AtomicGroup => {
                let next = self.target(at + 1, 2, end)?;
                self.expect(next - 1, Op::Success)?;
                return Ok((Node::Atomic(self.sequence(at + 2, next - 1)?), next));
            }
            _ => {
                let (test, next) = self.char_test(at, end)?.ok_or(InvalidCode)?;
                return Ok((Node::Char(self.add(test)), next));
            }
        };
        Ok((node, at + 2))
    }

    fn below(&self, at: usize, limit: u32) -> Result<u32> {
        let word = self.word(at)?;
        if word < limit { Ok(word) } else { Err(InvalidCode) }
    }

    fn backref(&self, at: usize, fold: Fold) -> Result<Node> {
        Ok(Node::Backref { group: self.below(at + 1, self.groups)?, fold })
    }

    /// The test at `at`, if the operator there consumes one character, and where the next operator starts.
    fn char_test(&mut self, at: usize, end: usize) -> Result<Option<(CharTest, usize)>> {
        let literal = |negated, fold| {
            Ok(Some((CharTest::literal(self.word(at + 1)?, negated, fold), at + 2)))
        };
        match self.op(at)? {
            Op::Failure => Ok(Some((CharTest::nothing(), at + 1))),
            Op::Any => Ok(Some((CharTest::literal(0x0A, true, Fold::Exact), at + 1))),
            Op::AnyAll => Ok(Some((CharTest::everything(), at + 1))),
            Op::Literal => literal(false, Fold::Exact),
            Op::LiteralIgnore => literal(false, Fold::Ascii),
            Op::LiteralUniIgnore => literal(false, Fold::Unicode),
            Op::LiteralLocIgnore => literal(false, Fold::Locale),
            Op::NotLiteral => literal(true, Fold::Exact),
            Op::NotLiteralIgnore => literal(true, Fold::Ascii),
            Op::NotLiteralUniIgnore => literal(true, Fold::Unicode),
            Op::NotLiteralLocIgnore => literal(true, Fold::Locale),
            Op::Category => {
                let category = Category::decode(self.word(at + 1)?).ok_or(InvalidCode)?;
                Ok(Some((
                    CharTest::set(vec![Item::Category(category)], false, Fold::Exact),
                    at + 2,
                )))
            }
            Op::In => self.set(at, end, Fold::Exact).map(Some),
            Op::InIgnore => self.set(at, end, Fold::Ascii).map(Some),
            Op::InUniIgnore => self.set(at, end, Fold::Unicode).map(Some),
            Op::InLocIgnore => self.set(at, end, Fold::Locale).map(Some),
            _ => Ok(None),
        }
    }

    /// `<IN> <skip> <set>`
    fn set(&mut self, at: usize, end: usize, fold: Fold) -> Result<(CharTest, usize)> {
        let next = self.target(at + 1, 2, end)?;
        let (items, negated) = self.charset(at + 2, next)?;
        Ok((CharTest::set(items, negated, fold), next))
    }

    /// The items of the set from `at` to the `FAILURE` just before `end`, and whether it is negated.
    fn charset(&self, mut at: usize, end: usize) -> Result<(Vec<Item>, bool)> {
        let negated = self.op(at)? == Op::Negate;
        at += usize::from(negated);
        let mut items = Vec::new();
        while at + 1 < end {
            let (item, length) = match self.op(at)? {
                Op::Literal => (Item::Literal(self.word(at + 1)?), 2),
                Op::Range => (Item::Range(self.word(at + 1)?, self.word(at + 2)?), 3),
                Op::RangeUniIgnore => {
                    (Item::RangeIgnore(self.word(at + 1)?, self.word(at + 2)?), 3)
                }
                Op::Category => {
                    (Item::Category(Category::decode(self.word(at + 1)?).ok_or(InvalidCode)?), 2)
                }
                Op::Charset => (Item::Bitmap(Box::new(self.words(at + 1)?)), 9),
                Op::BigCharset => self.big_charset(at)?,
                _ => return Err(InvalidCode),
            };
            items.push(item);
            at += length;
        }
        if at + 1 != end {
            return Err(InvalidCode);
        }
        self.expect(at, Op::Failure)?;
        Ok((items, negated))
    }

    fn words(&self, at: usize) -> Result<[u32; 8]> {
        self.code.get(at..at + 8).and_then(|words| words.try_into().ok()).ok_or(InvalidCode)
    }

    /// `<BIGCHARSET> <count> <256 block numbers> <blocks>`
    fn big_charset(&self, at: usize) -> Result<(Item, usize)> {
        let count = self.index(at + 1)?;
        let numbers = self.code.get(at + 2..at + 66).ok_or(InvalidCode)?;
        let mut blocks = Box::new([0_u8; 256]);
        for (block, number) in
            blocks.iter_mut().zip(numbers.iter().flat_map(|word| word.to_le_bytes()))
        {
            if usize::from(number) >= count {
                return Err(InvalidCode);
            }
            *block = number;
        }
        let length = count.checked_mul(8).ok_or(InvalidCode)?;
        let stop = (at + 66).checked_add(length).ok_or(InvalidCode)?;
        let bitmaps = self.code.get(at + 66..stop).ok_or(InvalidCode)?.into();
        Ok((Item::BigBitmap { blocks, bitmaps }, 66 + length))
    }

    /// `<GROUPREF_EXISTS> <group> <skip> yes [<JUMP> <skip> no]`; the first skip counts from the group.
    fn condition(&mut self, at: usize, end: usize) -> Result<(Node, usize)> {
        let group = self.below(at + 1, self.groups)?;
        let skip = self.index(at + 2)?;
        let otherwise = (at + 1).checked_add(skip).filter(|to| *to <= end).ok_or(InvalidCode)?;
        let (yes, stop) = self.sequence_or_jump(at + 3, otherwise)?;
        if stop == otherwise {
            return Ok((Node::If { group, yes, no: Sequence::new() }, otherwise));
        }
        if stop + 2 != otherwise {
            return Err(InvalidCode);
        }
        let next = self.target(stop + 1, 1, end)?;
        let no = self.sequence(otherwise, next)?;
        Ok((Node::If { group, yes, no }, next))
    }

    /// `<ASSERT> <skip> <back> body <SUCCESS>`
    fn look(&mut self, at: usize, end: usize, negative: bool) -> Result<(Node, usize)> {
        let next = self.target(at + 1, 3, end)?;
        let back = self.word(at + 2)?;
        self.expect(next - 1, Op::Success)?;
        let body = self.sequence(at + 3, next - 1)?;
        Ok((Node::Look { back, negative, body }, next))
    }

    /// `<BRANCH> (<skip> body <JUMP> <skip to the end>)… <0>`
    fn branch(&mut self, at: usize, end: usize) -> Result<(Node, usize)> {
        let mut alternatives = Vec::new();
        let mut targets = Vec::new();
        let mut at = at + 1;
        while self.word(at)? != 0 {
            let next = self.target(at, 3, end)?;
            self.expect(next - 2, Op::Jump)?;
            targets.push(self.target(next - 1, 1, end)?);
            alternatives.push(self.sequence(at + 1, next - 2)?);
            at = next;
        }
        if targets.iter().any(|target| *target != at + 1) {
            return Err(InvalidCode);
        }
        Ok((Node::Branch(alternatives), at + 1))
    }

    /// The minimum and maximum at `at`.
    fn times(&self, at: usize) -> Result<Times> {
        let (min, max) = (self.word(at)?, self.word(at + 1)?);
        if min > max {
            return Err(InvalidCode);
        }
        let wide = |count: u32| if count == MAX_REPEAT { usize::MAX } else { count as usize };
        Ok(Times { min: wide(min), max: wide(max) })
    }

    /// `<REPEAT_ONE> <skip> <min> <max> item <SUCCESS>`
    fn repeat_char(&mut self, at: usize, end: usize, greed: Greed) -> Result<(Node, usize)> {
        let next = self.target(at + 1, 4, end)?;
        let times = self.times(at + 2)?;
        self.expect(next - 1, Op::Success)?;
        let Some((test, stop)) = self.char_test(at + 4, next - 1)? else { return Err(InvalidCode) };
        if stop != next - 1 {
            return Err(InvalidCode);
        }
        let item = self.add(test);
        Ok((Node::RepeatChar { greed, times, item }, next))
    }

    /// `<REPEAT> <skip> <min> <max> body <MAX_UNTIL or MIN_UNTIL>`, `<POSSESSIVE_REPEAT> … <SUCCESS>`
    fn repeat(&mut self, at: usize, end: usize) -> Result<(Node, usize)> {
        let until = self.target(at + 1, 3, end)?;
        let times = self.times(at + 2)?;
        let greed = match (self.op(at)?, self.op(until)?) {
            (Op::Repeat, Op::MaxUntil) => Greed::Greedy,
            (Op::Repeat, Op::MinUntil) => Greed::Lazy,
            (Op::PossessiveRepeat, Op::Success) => Greed::Possessive,
            _ => return Err(InvalidCode),
        };
        let body = self.sequence(at + 4, until)?;
        Ok((Node::Repeat { greed, times, body }, until + 1))
    }
}
