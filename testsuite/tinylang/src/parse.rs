//! Source text to instructions, in one pass without a tree.
//!
//! ```text
//! statement  = "let" NAME "=" expression ";" | NAME "=" expression ";" | "print" expression ";"
//!            | "while" expression block | "if" expression block [ "else" block ]
//! block      = "{" statement* "}"
//! expression = sum [ ( "<" | "<=" | "==" ) sum ]      sum = product ( ( "+" | "-" ) product )*
//! product    = atom ( ( "*" | "/" | "%" ) atom )*     atom = NUMBER | NAME | "(" expression ")" | "-" atom
//! ```

use std::collections::BTreeMap;

use crate::code::{Code, Insn, Operator, Slot};
use crate::interpret::Error;
use crate::value::Value;

/// The program that `source` is.
pub(crate) fn parse(source: &str) -> Result<Code, Error> {
    let mut parser = Parser { tokens: tokens(source), ..Parser::default() };
    while parser.peek().is_some() {
        parser.statement()?;
    }
    parser.emit(Insn::End);
    Ok(Code { insns: parser.insns, n_slots: parser.n_slots })
}

#[derive(Default)]
struct Parser<'s> {
    tokens: Vec<&'s str>,
    at: usize,
    insns: Vec<Insn>,
    variables: BTreeMap<&'s str, Slot>,
    n_slots: usize,
}

impl<'s> Parser<'s> {
    fn statement(&mut self) -> Result<(), Error> {
        let word = self.next()?;
        match word {
            "let" => {
                let name = self.next()?;
                self.expect("=")?;
                let value = self.expression()?;
                let slot = self.fresh();
                self.variables.insert(name, slot);
                self.emit(Insn::Move { dst: slot, from: value });
                self.expect(";")
            }
            "print" => {
                let from = self.expression()?;
                self.emit(Insn::Print { from });
                self.expect(";")
            }
            "while" => self.while_loop(),
            "if" => self.choice(),
            name => {
                let dst = self.variable(name)?;
                self.expect("=")?;
                let from = self.expression()?;
                self.emit(Insn::Move { dst, from });
                self.expect(";")
            }
        }
    }

    fn while_loop(&mut self) -> Result<(), Error> {
        let head = self.emit(Insn::Head);
        let test = self.test()?;
        self.block()?;
        self.emit(Insn::Jump { to: head });
        self.land(test);
        Ok(())
    }

    fn choice(&mut self) -> Result<(), Error> {
        let test = self.test()?;
        self.block()?;
        if self.peek() != Some("else") {
            self.land(test);
            return Ok(());
        }
        self.at += 1;
        let over = self.emit(Insn::Jump { to: 0 });
        self.land(test);
        self.block()?;
        self.land(over);
        Ok(())
    }

    /// A condition and the test of it, whose target is not known yet.
    fn test(&mut self) -> Result<usize, Error> {
        let condition = self.expression()?;
        Ok(self.emit(Insn::Test { condition, otherwise: 0 }))
    }

    fn block(&mut self) -> Result<(), Error> {
        self.expect("{")?;
        while self.peek() != Some("}") {
            self.statement()?;
        }
        self.expect("}")
    }

    fn expression(&mut self) -> Result<Slot, Error> {
        let left = self.sum()?;
        let operator = match self.peek() {
            Some("<") => Operator::Less,
            Some("<=") => Operator::LessEqual,
            Some("==") => Operator::Equal,
            _ => return Ok(left),
        };
        self.at += 1;
        let right = self.sum()?;
        Ok(self.binary(operator, left, right))
    }

    fn sum(&mut self) -> Result<Slot, Error> {
        let mut left = self.product()?;
        loop {
            let operator = match self.peek() {
                Some("+") => Operator::Add,
                Some("-") => Operator::Sub,
                _ => return Ok(left),
            };
            self.at += 1;
            let right = self.product()?;
            left = self.binary(operator, left, right);
        }
    }

    fn product(&mut self) -> Result<Slot, Error> {
        let mut left = self.atom()?;
        loop {
            let operator = match self.peek() {
                Some("*") => Operator::Mul,
                Some("/") => Operator::Div,
                Some("%") => Operator::Rem,
                _ => return Ok(left),
            };
            self.at += 1;
            let right = self.atom()?;
            left = self.binary(operator, left, right);
        }
    }

    fn atom(&mut self) -> Result<Slot, Error> {
        let token = self.next()?;
        match token {
            "(" => {
                let value = self.expression()?;
                self.expect(")")?;
                Ok(value)
            }
            "-" => {
                let zero = self.constant(Value::Int(0));
                let value = self.atom()?;
                Ok(self.binary(Operator::Sub, zero, value))
            }
            _ if token.contains('.') => {
                let number = token.parse().map_err(|_| Error::Syntax(token.to_owned()))?;
                Ok(self.constant(Value::Float(number)))
            }
            _ if token.starts_with(|c: char| c.is_ascii_digit()) => {
                let number = token.parse().map_err(|_| Error::Syntax(token.to_owned()))?;
                Ok(self.constant(Value::Int(number)))
            }
            _ => self.variable(token),
        }
    }

    fn constant(&mut self, value: Value) -> Slot {
        let dst = self.fresh();
        self.emit(Insn::Constant { dst, word: value.word() });
        dst
    }

    fn binary(&mut self, operator: Operator, left: Slot, right: Slot) -> Slot {
        let dst = self.fresh();
        self.emit(Insn::Binary { operator, dst, left, right });
        dst
    }

    fn variable(&self, name: &str) -> Result<Slot, Error> {
        self.variables.get(name).copied().ok_or_else(|| Error::Syntax(name.to_owned()))
    }

    fn fresh(&mut self) -> Slot {
        self.n_slots += 1;
        self.n_slots - 1
    }

    fn emit(&mut self, insn: Insn) -> usize {
        self.insns.push(insn);
        self.insns.len() - 1
    }

    /// The jump at `at` leads to the next instruction.
    fn land(&mut self, at: usize) {
        let here = self.insns.len();
        if let Insn::Test { otherwise: to, .. } | Insn::Jump { to } = &mut self.insns[at] {
            *to = here;
        }
    }

    fn peek(&self) -> Option<&'s str> {
        self.tokens.get(self.at).copied()
    }

    fn next(&mut self) -> Result<&'s str, Error> {
        let token = self.peek().ok_or_else(|| Error::Syntax("the end".to_owned()))?;
        self.at += 1;
        Ok(token)
    }

    fn expect(&mut self, wanted: &str) -> Result<(), Error> {
        let token = self.next()?;
        if token == wanted { Ok(()) } else { Err(Error::Syntax(token.to_owned())) }
    }
}

/// Words, numbers and signs; `<=` and `==` are one token each.
fn tokens(source: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = source.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
        let length = if is_word(first) {
            rest.find(|c| !is_word(c)).unwrap_or(rest.len())
        } else if rest.starts_with("<=") || rest.starts_with("==") {
            2
        } else {
            first.len_utf8()
        };
        tokens.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    tokens
}
