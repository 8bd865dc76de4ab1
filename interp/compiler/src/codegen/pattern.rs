//! `match` (PEP 634).
use haft_bytecode::{Const, Intrinsic, Op};
use ruff_python_ast::{
    Expr, Identifier, MatchCase, Pattern, PatternMatchAs, PatternMatchClass, PatternMatchMapping,
    PatternMatchOr, PatternMatchSequence, Singleton, StmtMatch,
};
use ruff_text_size::{Ranged, TextRange};

use super::unit::Label;
use super::{Compiler, Res, const_fold};
use crate::names::NameId;

/// Names bound by a pattern so far with the registers of their values. They are stored when all of it has matched.
type Captures = Vec<(NameId, u16)>;

/// What a pattern is matched against, and where to go on when it does not match.
#[derive(Clone, Copy)]
struct Test {
    subject: u16,
    fail: Label,
}

impl<'a> Compiler<'a> {
    pub(super) fn match_stmt(&mut self, stmt: &'a StmtMatch) -> Res {
        let subject = self.unit.temp();
        self.into(&stmt.subject, subject)?;
        let end = self.unit.label();
        let last = stmt.cases.len().saturating_sub(1);
        for (index, case) in stmt.cases.iter().enumerate() {
            let mark = self.unit.top;
            let may_be_irrefutable = index == last || case.guard.is_some();
            if !may_be_irrefutable {
                Self::check_refutable(&case.pattern)?;
            }
            self.case(case, subject, end)?;
            self.unit.top = mark;
        }
        self.unit.bind(end);
        Ok(())
    }

    fn case(&mut self, case: &'a MatchCase, subject: u16, end: Label) -> Res {
        let fail = self.unit.label();
        let mut captures = Captures::new();
        let pc = self.unit.pc();
        self.pattern(&case.pattern, Test { subject, fail }, &mut captures)?;
        if self.unit.pc() == pc {
            self.unit.line(case.pattern.range());
        }
        self.at(case.pattern.range());
        for (name, reg) in captures {
            self.store(name, reg);
        }
        if let Some(guard) = &case.guard {
            self.branch(guard, false, fail)?;
        }
        self.body(&case.body)?;
        self.unit.jump(end);
        self.unit.bind(fail);
        Ok(())
    }

    /// A pattern that matches everything makes what comes after it unreachable.
    fn check_refutable(pattern: &Pattern) -> Res {
        let alias = match pattern {
            Pattern::MatchAs(alias) => alias,
            Pattern::MatchOr(or) => {
                return or.patterns.iter().try_for_each(Self::check_refutable);
            }
            _ => return Ok(()),
        };
        match (&alias.pattern, &alias.name) {
            (Some(inner), _) => Self::check_refutable(inner),
            (None, None) => {
                Self::error("wildcard makes remaining patterns unreachable", alias.range)
            }
            (None, Some(name)) => {
                let message = format!("name capture '{name}' makes remaining patterns unreachable");
                Self::error(message, alias.range)
            }
        }
    }

    fn pattern(&mut self, pattern: &'a Pattern, test: Test, captures: &mut Captures) -> Res {
        self.at(pattern.range());
        match pattern {
            Pattern::MatchValue(value) => {
                if matches!(&*value.value, Expr::FString(_) | Expr::TString(_)) {
                    let message = "patterns may only match literals and attribute lookups";
                    return Self::error(message, value.range);
                }
                let mark = self.unit.top;
                let expected = self.reg(&value.value)?;
                self.at(value.range);
                self.unit.jump_compare(Op::JumpEq, false, test.subject, expected, test.fail);
                self.unit.top = mark;
                Ok(())
            }
            Pattern::MatchSingleton(singleton) => {
                self.singleton(singleton.value, test);
                Ok(())
            }
            Pattern::MatchSequence(sequence) => self.sequence(sequence, test, captures),
            Pattern::MatchMapping(mapping) => self.mapping(mapping, test, captures),
            Pattern::MatchClass(class) => self.class_pattern(class, test, captures),
            Pattern::MatchStar(star) => {
                let Some(name) = &star.name else { return Ok(()) };
                self.capture(name, test.subject, captures)
            }
            Pattern::MatchAs(alias) => self.alias(alias, test, captures),
            Pattern::MatchOr(or) => self.alternatives(or, test, captures),
        }
    }

    fn singleton(&mut self, value: Singleton, test: Test) {
        let value = match value {
            Singleton::None => {
                self.unit.jump_if(Op::JumpIfNotNone, test.subject, test.fail);
                return;
            }
            Singleton::True => Const::Bool(true),
            Singleton::False => Const::Bool(false),
        };
        let temp = self.unit.temp();
        self.unit.load_const(temp, value);
        self.unit.emit(Op::Is, temp, test.subject, temp);
        self.unit.jump_if(Op::JumpIfFalse, temp, test.fail);
        self.unit.top = temp;
    }

    fn alias(&mut self, alias: &'a PatternMatchAs, test: Test, captures: &mut Captures) -> Res {
        if let Some(pattern) = &alias.pattern {
            self.pattern(pattern, test, captures)?;
        }
        match &alias.name {
            Some(name) => self.capture(name, test.subject, captures),
            None => Ok(()),
        }
    }

    fn capture(&mut self, name: &'a Identifier, reg: u16, captures: &mut Captures) -> Res {
        Self::forbid_debug(name, name.range)?;
        let id = self.name_id(name);
        if captures.iter().any(|capture| capture.0 == id) {
            let message = format!("multiple assignments to name '{name}' in pattern");
            return Self::error(message, name.range);
        }
        captures.push((id, reg));
        Ok(())
    }

    /// Go to `fail` unless `r[reg]` is true.
    fn require(&mut self, reg: u16, fail: Label) {
        self.unit.jump_if(Op::JumpIfFalse, reg, fail);
    }

    // ---- sequences

    fn sequence(
        &mut self,
        sequence: &'a PatternMatchSequence,
        test: Test,
        captures: &mut Captures,
    ) -> Res {
        let patterns = &sequence.patterns;
        let star = Self::star(patterns, sequence.range)?;
        let temp = self.unit.temp();
        self.unit.emit(Op::MatchSequence, temp, test.subject, 0);
        self.require(temp, test.fail);
        let n = patterns.len() - usize::from(star.is_some());
        if star.is_none() || n > 0 {
            self.unit.emit(Op::GetLen, temp, test.subject, 0);
            let op = if star.is_some() { Op::JumpGeI } else { Op::JumpEqI };
            self.unit.jump_compare(op, false, temp, n as u16, test.fail);
        }
        if patterns.iter().all(is_wildcard) {
            return Ok(());
        }
        match star {
            Some(star) if is_wildcard(&patterns[star]) => {
                self.elements_by_index(patterns, star, test, captures)
            }
            _ => {
                let first = self.unit.temps(patterns.len());
                match star {
                    Some(star) => {
                        let after = patterns.len() - star - 1;
                        let counts = (star | after << 8) as u16;
                        self.unit.emit(Op::UnpackEx, first, test.subject, counts);
                    }
                    None => {
                        let n = patterns.len() as u16;
                        self.unit.emit(Op::UnpackSequence, first, test.subject, n);
                    }
                }
                for (subject, pattern) in (first..).zip(patterns) {
                    self.pattern(pattern, Test { subject, ..test }, captures)?;
                }
                Ok(())
            }
        }
    }

    /// Position of the starred pattern; there may be one only.
    fn star(patterns: &[Pattern], range: TextRange) -> Res<Option<usize>> {
        let star = patterns.iter().position(Pattern::is_match_star);
        if let Some(star) = star {
            if patterns[star + 1..].iter().any(Pattern::is_match_star) {
                return Self::error("multiple starred names in sequence pattern", range);
            }
            if star >= 256 || patterns.len() - star > 256 {
                return Self::error(
                    "too many expressions in star-unpacking sequence pattern",
                    range,
                );
            }
        }
        Ok(star)
    }

    /// `[a, *_, b]`: the middle is not needed, so only the ends are fetched.
    fn elements_by_index(
        &mut self,
        patterns: &'a [Pattern],
        star: usize,
        test: Test,
        captures: &mut Captures,
    ) -> Res {
        for (index, pattern) in patterns.iter().enumerate() {
            if is_wildcard(pattern) {
                continue;
            }
            let item = self.unit.temp();
            let key = self.unit.temp();
            if index < star {
                self.unit.load_const(key, Const::Int(index as i64));
            } else {
                self.unit.emit(Op::GetLen, key, test.subject, 0);
                self.unit.emit(Op::SubI, key, key, (patterns.len() - index) as u16);
            }
            self.unit.emit(Op::LoadItem, item, test.subject, key);
            self.pattern(pattern, Test { subject: item, ..test }, captures)?;
        }
        Ok(())
    }

    // ---- mappings

    fn mapping(
        &mut self,
        mapping: &'a PatternMatchMapping,
        test: Test,
        captures: &mut Captures,
    ) -> Res {
        self.check_keys(mapping)?;
        let temp = self.unit.temp();
        self.unit.emit(Op::MatchMapping, temp, test.subject, 0);
        self.require(temp, test.fail);
        let n = mapping.keys.len();
        if n == 0 && mapping.rest.is_none() {
            return Ok(());
        }
        if n > 0 {
            self.unit.emit(Op::GetLen, temp, test.subject, 0);
            self.unit.jump_compare(Op::JumpGeI, false, temp, n as u16, test.fail);
        }
        let keys = self.unit.temp();
        self.tuple(&mapping.keys, mapping.range, keys)?;
        self.at(mapping.range);
        if n > 0 {
            let values = self.unit.temp();
            self.unit.emit(Op::MatchKeys, values, test.subject, keys);
            self.unit.jump_if(Op::JumpIfNone, values, test.fail);
            let first = self.unit.temps(n);
            self.unit.emit(Op::UnpackSequence, first, values, n as u16);
            for (subject, pattern) in (first..).zip(&mapping.patterns) {
                self.pattern(pattern, Test { subject, ..test }, captures)?;
            }
        }
        let Some(rest) = &mapping.rest else { return Ok(()) };
        let first = self.unit.temps(2);
        self.unit.mov(first, test.subject);
        self.unit.emit_x(Op::Intrinsic, Intrinsic::DictCopy as u8, first, first, 1);
        self.unit.mov(first + 1, keys);
        self.unit.emit_x(Op::Intrinsic, Intrinsic::DictWithout as u8, first, first, 2);
        self.capture(rest, first, captures)
    }

    fn check_keys(&self, mapping: &PatternMatchMapping) -> Res {
        let mut seen = Vec::new();
        for key in &mapping.keys {
            let Some(value) = self.constant(key) else { continue };
            if seen.iter().any(|other| const_fold::equal(other, &value)) {
                let text = match &value {
                    Const::Int(n) => n.to_string(),
                    _ => crate::unparse::unparse(self.source, key),
                };
                let message = format!("mapping pattern checks duplicate key ({text})");
                return Self::error(message, mapping.range);
            }
            seen.push(value);
        }
        Ok(())
    }

    // ---- classes

    fn class_pattern(
        &mut self,
        class: &'a PatternMatchClass,
        test: Test,
        captures: &mut Captures,
    ) -> Res {
        let arguments = &class.arguments;
        let mut names: Vec<&Identifier> = Vec::new();
        for keyword in &arguments.keywords {
            if names.contains(&&keyword.attr) || names.iter().any(|n| n.id == keyword.attr.id) {
                let message = format!("attribute name repeated in class pattern: {}", keyword.attr);
                return Self::error(message, keyword.range);
            }
            names.push(&keyword.attr);
        }
        let names = names.into_iter().map(|name| Const::Str(name.as_bytes().into())).collect();
        let n = arguments.patterns.len();
        let Ok(n_positional) = u8::try_from(n) else {
            return Self::error("too many sub-patterns in class pattern", class.range);
        };
        let first = self.unit.temps(2);
        self.into(&class.cls, first)?;
        self.at(class.range);
        self.unit.load_const(first + 1, Const::Tuple(names));
        self.unit.emit_x(Op::MatchClass, n_positional, first, test.subject, first);
        self.unit.jump_if(Op::JumpIfNone, first, test.fail);
        let total = n + arguments.keywords.len();
        let values = self.unit.temps(total);
        self.unit.emit(Op::UnpackSequence, values, first, total as u16);
        let keywords = arguments.keywords.iter().map(|keyword| &keyword.pattern);
        for (subject, pattern) in (values..).zip(arguments.patterns.iter().chain(keywords)) {
            if !is_wildcard(pattern) {
                self.pattern(pattern, Test { subject, ..test }, captures)?;
            }
        }
        Ok(())
    }

    // ---- alternatives

    fn alternatives(&mut self, or: &'a PatternMatchOr, test: Test, captures: &mut Captures) -> Res {
        let matched = self.unit.label();
        // The first alternative decides where the names' values are; the others put theirs there too.
        let mut homes: Option<Captures> = None;
        for (index, pattern) in or.patterns.iter().enumerate() {
            let last = index + 1 == or.patterns.len();
            if !last {
                Self::check_refutable(pattern)?;
            }
            let fail = if last { test.fail } else { self.unit.label() };
            let mut own = Captures::new();
            if let Some(homes) = &homes {
                let mark = self.unit.top;
                self.pattern(pattern, Test { fail, ..test }, &mut own)?;
                self.move_home(&own, homes, or.range)?;
                self.unit.top = mark;
            } else {
                let n = count_captures(pattern);
                let first = self.unit.temps(n);
                let mark = self.unit.top;
                self.pattern(pattern, Test { fail, ..test }, &mut own)?;
                let places: Captures = own.iter().zip(first..).map(|(c, reg)| (c.0, reg)).collect();
                self.move_home(&own, &places, or.range)?;
                self.unit.top = mark;
                homes = Some(places);
            }
            self.unit.jump(matched);
            if !last {
                self.unit.bind(fail);
            }
        }
        self.unit.bind(matched);
        for (name, reg) in homes.unwrap_or_default() {
            if captures.iter().any(|capture| capture.0 == name) {
                let name = self.table.names.text(name);
                let message = format!("multiple assignments to name '{name}' in pattern");
                return Self::error(message, or.range);
            }
            captures.push((name, reg));
        }
        Ok(())
    }

    fn move_home(&mut self, own: &Captures, homes: &Captures, range: TextRange) -> Res {
        let same = own.len() == homes.len()
            && own.iter().all(|capture| homes.iter().any(|home| home.0 == capture.0));
        if !same {
            return Self::error("alternative patterns bind different names", range);
        }
        for &(name, reg) in own {
            if let Some(home) = homes.iter().find(|home| home.0 == name) {
                self.unit.mov(home.1, reg);
            }
        }
        Ok(())
    }
}

fn is_wildcard(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::MatchAs(alias) => alias.pattern.is_none() && alias.name.is_none(),
        Pattern::MatchStar(star) => star.name.is_none(),
        _ => false,
    }
}

/// An upper bound of the names a pattern binds.
fn count_captures(pattern: &Pattern) -> usize {
    let all = |patterns: &[Pattern]| patterns.iter().map(count_captures).sum::<usize>();
    match pattern {
        Pattern::MatchValue(_) | Pattern::MatchSingleton(_) => 0,
        Pattern::MatchSequence(sequence) => all(&sequence.patterns),
        Pattern::MatchMapping(mapping) => {
            all(&mapping.patterns) + usize::from(mapping.rest.is_some())
        }
        Pattern::MatchClass(class) => {
            let keywords = class.arguments.keywords.iter();
            all(&class.arguments.patterns)
                + keywords.map(|keyword| count_captures(&keyword.pattern)).sum::<usize>()
        }
        Pattern::MatchStar(star) => usize::from(star.name.is_some()),
        Pattern::MatchAs(alias) => {
            alias.pattern.as_deref().map_or(0, count_captures) + usize::from(alias.name.is_some())
        }
        Pattern::MatchOr(or) => or.patterns.first().map_or(0, count_captures),
    }
}
