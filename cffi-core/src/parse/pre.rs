//! From what `cffi` accepts to what a C parser accepts.
//!
//! The user's tokens are written out again, without comments, directives,
//! attributes, calling conventions and `extern "Python"`, and with names in the
//! place of `cffi`'s `...` forms. What was left out is kept beside the text, keyed
//! by the position in it; the offset map leads each position back to the user's.

use std::collections::BTreeMap;
use std::ops::Range;

use super::error::{Error, ErrorKind, Warning};
use super::lex::{self, LineMarker, Span, Token, TokenKind};

/// Names standing for the `...` forms; `int __cffi_dots_…` cannot clash with a user's name.
pub(super) const DOTS: &str = "__cffi_dots__";
pub(super) const DOTS_INT: &str = "__cffi_dots_int__";
pub(super) const DOTS_FLOAT: &str = "__cffi_dots_float__";
pub(super) const DOTS_LENGTH: &str = "__cffi_dots_length__";
pub(super) const DOTS_ENUM: &str = "__cffi_dots_enum__";
pub(super) const DOTS_VALUE: &str = "__cffi_dots_value__";
pub(super) const DOTS_FIELD: &str = "__cffi_dots_field__";

/// Which `extern "Python"` a declaration is under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExternPython {
    /// `extern "Python"`.
    Python,
    /// `extern "Python+C"`.
    PythonPlusC,
}

/// `#define NAME VALUE`.
#[derive(Debug)]
pub(super) struct Macro {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) span: Span,
}

/// Attributes that change the layout of a record.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RecordAttributes {
    pub(super) packed: bool,
    pub(super) aligned: Option<u32>,
}

/// Declarations that are parsed at once.
const PER_PIECE: usize = 32;

/// The text for the C parser and all that is not in it.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    pub(super) text: String,
    /// (offset in `text`, span in the user's text) of each token, ascending.
    map: Vec<(usize, Span)>,
    pub(super) macros: Vec<Macro>,
    pub(super) python: Vec<(Range<usize>, ExternPython)>,
    /// `#pragma pack` in force from an offset on.
    packs: Vec<(usize, Option<u32>)>,
    /// By the offset of the `struct` or `union` keyword.
    pub(super) attributes: BTreeMap<usize, RecordAttributes>,
    pub(super) markers: Vec<(usize, LineMarker)>,
    pub(super) warnings: Vec<Warning>,
    /// Offsets one past each top-level `;`.
    pub(super) ends: Vec<usize>,
}

impl Prepared {
    /// The user's span of the token at or after `offset`.
    pub(super) fn span_at(&self, offset: usize) -> Option<(usize, Span)> {
        let index = self.map.partition_point(|&(at, _)| at < offset);
        // An offset inside a token belongs to that token.
        let inside = index
            .checked_sub(1)
            .and_then(|index| self.map.get(index).map(|&(at, span)| (index, at, span)));
        if let Some((index, at, span)) = inside
            && at < offset
            && offset < at + span.end.saturating_sub(span.start)
        {
            return Some((index, span));
        }
        self.map.get(index).map(|&(_, span)| (index, span))
    }

    /// The user's span of the token before the `index`th.
    pub(super) fn span_of_index(&self, index: usize) -> Option<Span> {
        self.map.get(index).map(|&(_, span)| span)
    }

    pub(super) fn n_tokens(&self) -> usize {
        self.map.len()
    }

    /// The user's span of the bytes `start..end` of the text.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let Some((first, first_span)) = self.span_at(start) else {
            return self
                .map
                .last()
                .map_or(Span::default(), |&(_, span)| Span::new(span.end, span.end));
        };
        let next = self.map.partition_point(|&(at, _)| at < end);
        let last = next.max(first + 1) - 1;
        Span::new(first_span.start, self.map[last].1.end.max(first_span.start))
    }

    /// The text in pieces of whole declarations: a syntax tree of a few stays in the processor's cache.
    pub(super) fn pieces(&self) -> Vec<Range<usize>> {
        let mut pieces = Vec::with_capacity(self.ends.len() / PER_PIECE + 1);
        let mut start = 0;
        for end in self.ends.chunks(PER_PIECE).filter_map(|ends| ends.last().copied()) {
            pieces.push(start..end);
            start = end;
        }
        // What is left has no end: that is a mistake, unless it is nothing.
        if !self.text[start..].trim().is_empty() {
            pieces.push(start..self.text.len());
        }
        pieces
    }

    /// The declarations of a piece, each a piece of its own.
    pub(super) fn declarations(&self, piece: &Range<usize>) -> Vec<Range<usize>> {
        let mut start = piece.start;
        let ends =
            self.ends.iter().copied().filter(|end| (piece.start + 1..=piece.end).contains(end));
        let mut all: Vec<Range<usize>> =
            ends.map(|end| std::mem::replace(&mut start, end)..end).collect();
        if start < piece.end {
            all.push(start..piece.end);
        }
        all
    }

    /// The declaration that an offset is in.
    pub(super) fn declaration_at(&self, offset: usize) -> Range<usize> {
        let after = self.ends.partition_point(|&end| end <= offset);
        let start = after.checked_sub(1).map_or(0, |index| self.ends[index]);
        start..self.ends.get(after).copied().unwrap_or(self.text.len())
    }

    pub(super) fn pack_at(&self, offset: usize) -> Option<u32> {
        let index = self.packs.partition_point(|&(at, _)| at <= offset);
        index.checked_sub(1).and_then(|index| self.packs[index].1)
    }

    pub(super) fn python_at(&self, offset: usize) -> Option<ExternPython> {
        self.python.iter().find(|(range, _)| range.contains(&offset)).map(|&(_, kind)| kind)
    }
}

/// Prepare `text` for the C parser.
pub(super) fn prepare(text: &str) -> Result<Prepared, Error> {
    let tokens = lex::tokens(text)?;
    let mut writer = Writer {
        source: text,
        tokens,
        at: 0,
        out: Prepared { text: String::with_capacity(text.len()), ..Prepared::default() },
        nesting: Vec::new(),
        python: None,
        pack_stack: Vec::new(),
        pending_record: None,
        closed_record: None,
        last: None,
        n_operators: 0,
    };
    writer.run()?;
    Ok(writer.out)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bracket {
    Paren,
    Square,
    /// Braces of a struct or union; offset of its keyword.
    Record(usize),
    Enum,
    Brace,
    /// Braces of `extern "Python" { }`, which are not written.
    Python,
}

struct Writer<'t> {
    source: &'t str,
    tokens: Vec<Token>,
    at: usize,
    out: Prepared,
    nesting: Vec<Bracket>,
    /// An open `extern "Python"`: where it starts in the output, and whether it has braces.
    python: Option<(usize, ExternPython, bool)>,
    pack_stack: Vec<Option<u32>>,
    /// Keyword seen whose braces may follow: `struct`/`union` with its offset, or `enum`.
    pending_record: Option<(usize, bool)>,
    /// The keyword's offset of the record whose `}` was written last.
    closed_record: Option<usize>,
    last: Option<Token>,
    /// Operators and brackets since the last separator.
    n_operators: usize,
}

/// Brackets inside each other, and operators of one declarator or expression: the C parser
/// recurses for each. C compilers must take 63 (C11 5.2.4.1).
const MAX_NESTING: usize = 64;
const MAX_OPERATORS: usize = 500;

impl Writer<'_> {
    fn text(&self, token: Token) -> &str {
        token.span.of(self.source)
    }

    fn peek(&self, ahead: usize) -> Option<Token> {
        self.tokens.get(self.at + ahead).copied()
    }

    fn peek_is(&self, ahead: usize, punct: u8) -> bool {
        self.peek(ahead).is_some_and(|token| token.is(punct))
    }

    fn run(&mut self) -> Result<(), Error> {
        while let Some(token) = self.peek(0) {
            self.at += 1;
            self.limit(token)?;
            match token.kind {
                TokenKind::Directive => self.directive(token)?,
                TokenKind::Word => self.word(token)?,
                TokenKind::Ellipsis => self.ellipsis(token),
                TokenKind::Punct(punct) => self.punct(token, punct)?,
                TokenKind::Str => {
                    self.warn(token.span, STRING_WARNING);
                    self.copy(token);
                }
                TokenKind::Number => {
                    self.check_number(token)?;
                    self.copy(token);
                }
                TokenKind::Char | TokenKind::Operator => self.copy(token),
            }
        }
        if let Some((_, _, has_braces)) = self.python {
            let message = if has_braces {
                "'extern \"Python\" {': no '}' found"
            } else {
                "'extern \"Python\": no ';' found"
            };
            let end = self.source.trim_end().len();
            return Err(Error::new(ErrorKind::Plain, Span::new(end, end), message));
        }
        Ok(())
    }

    /// Refuse what would exhaust the stack.
    fn limit(&mut self, token: Token) -> Result<(), Error> {
        match token.kind {
            TokenKind::Punct(b',' | b';' | b'{' | b'}') => self.n_operators = 0,
            TokenKind::Punct(_) | TokenKind::Operator => self.n_operators += 1,
            _ => {}
        }
        if self.n_operators > MAX_OPERATORS || self.nesting.len() > MAX_NESTING {
            return Err(Error::syntax(token.span, "this declaration is nested too deeply"));
        }
        Ok(())
    }

    fn warn(&mut self, span: Span, message: &str) {
        self.out.warnings.push(Warning { span, message: message.to_owned() });
    }

    /// The C parser would stop in the middle of a malformed number, and say nothing useful.
    fn check_number(&self, token: Token) -> Result<(), Error> {
        let text = self.text(token);
        let is_octal = text.len() > 1
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && text.starts_with('0');
        if is_octal && text.contains(['8', '9']) {
            return Err(Error::syntax(
                token.span,
                format!("invalid digit in octal constant '{text}'"),
            ));
        }
        Ok(())
    }

    /// Write `text` for the user's `span`, apart from what is before it.
    fn write(&mut self, text: &str, span: Span) {
        let out = &mut self.out.text;
        if let (Some(&before), Some(&first)) = (out.as_bytes().last(), text.as_bytes().first()) {
            let both_words = lex::is_word(before) && lex::is_word(first);
            let both_operators = b"+-&|<>=*/!%^".contains(&before) && b"+-&|<>=*/".contains(&first);
            // `* *` is fine as `**`, but `a */ b` would not be.
            if both_words || (both_operators && !(before == b'*' && first == b'*')) {
                out.push(' ');
            }
        }
        self.out.map.push((self.out.text.len(), span));
        self.out.text.push_str(text);
    }

    fn copy(&mut self, token: Token) {
        let source = self.source;
        self.write(token.span.of(source), token.span);
        self.last = Some(token);
    }

    fn replace(&mut self, token: Token, text: &str) {
        self.write(text, token.span);
        self.last = Some(token);
    }

    fn punct(&mut self, token: Token, punct: u8) -> Result<(), Error> {
        match punct {
            b'{' => return self.open_brace(token),
            b'}' => {
                self.close_parens();
                match self.nesting.pop() {
                    Some(Bracket::Python) => {
                        self.end_python();
                        return Ok(());
                    }
                    Some(Bracket::Record(offset)) => self.closed_record = Some(offset),
                    _ => self.closed_record = None,
                }
            }
            b';' => return self.semicolon(token),
            b'(' => self.nesting.push(Bracket::Paren),
            b'[' => self.nesting.push(Bracket::Square),
            b')' | b']' if self.in_parens() => drop(self.nesting.pop()),
            _ => {}
        }
        if matches!(punct, b',' | b')' | b'(') {
            self.pending_record = None;
        }
        self.copy(token);
        Ok(())
    }

    fn semicolon(&mut self, token: Token) -> Result<(), Error> {
        self.close_parens();
        self.pending_record = None;
        let is_outermost = matches!(self.nesting[..], [] | [Bracket::Python]);
        if is_outermost && self.last.is_none_or(|last| last.is(b';')) {
            // An empty declaration.
            return Ok(());
        }
        self.copy(token);
        if is_outermost {
            self.out.ends.push(self.out.text.len());
        }
        if self.nesting.is_empty() && matches!(self.python, Some((_, _, false))) {
            self.end_python();
        }
        Ok(())
    }

    fn in_parens(&self) -> bool {
        matches!(self.nesting.last(), Some(Bracket::Paren | Bracket::Square))
    }

    /// Neither `;` nor `}` can be in parentheses: the ones still open were never closed.
    fn close_parens(&mut self) {
        while self.in_parens() {
            self.nesting.pop();
        }
    }

    fn open_brace(&mut self, token: Token) -> Result<(), Error> {
        if self.nesting.contains(&Bracket::Python) {
            return Err(Error::new(
                ErrorKind::Unsupported,
                token.span,
                "cannot use { } inside a block 'extern \"Python\" { ... }'",
            ));
        }
        let bracket = match self.pending_record.take() {
            Some((offset, true)) => Bracket::Record(offset),
            Some((_, false)) => Bracket::Enum,
            None => Bracket::Brace,
        };
        self.nesting.push(bracket);
        self.copy(token);
        Ok(())
    }

    fn end_python(&mut self) {
        if let Some((start, kind, _)) = self.python.take() {
            self.out.python.push((start..self.out.text.len(), kind));
        }
    }

    fn word(&mut self, token: Token) -> Result<(), Error> {
        match self.text(token) {
            "struct" | "union" => {
                self.copy(token);
                let offset = self.out.map.last().map_or(0, |&(offset, _)| offset);
                self.pending_record = Some((offset, true));
            }
            "enum" => {
                self.copy(token);
                self.pending_record = Some((0, false));
            }
            "extern" if self.peek(0).is_some_and(|next| next.kind == TokenKind::Str) => {
                self.extern_string(token)?;
            }
            "__stdcall" | "WINAPI" | "__cdecl" | "__fastcall" | "__thiscall" | "__extension__" => {}
            "__declspec" | "__asm__" | "__asm" => {
                let _ignored = self.skip_parens(token)?;
            }
            "__attribute__" | "__attribute" => self.attribute(token)?,
            "_Static_assert" | "static_assert" => {
                return Err(Error::new(
                    ErrorKind::Declaration,
                    token.span,
                    "unexpected <StaticAssert>: this construct is valid C but not valid in cdef()",
                ));
            }
            _ => self.copy(token),
        }
        Ok(())
    }

    /// Skip `( … )` after `keyword`; returns the tokens between them.
    fn skip_parens(&mut self, keyword: Token) -> Result<Range<usize>, Error> {
        if !self.peek_is(0, b'(') {
            return Err(Error::syntax(
                keyword.span,
                format!("expected '(' after '{}'", self.text(keyword)),
            ));
        }
        let start = self.at + 1;
        let mut depth = 0usize;
        while let Some(token) = self.peek(0) {
            self.at += 1;
            if token.is(b'(') {
                depth += 1;
            } else if token.is(b')') {
                depth -= 1;
                if depth == 0 {
                    return Ok(start..self.at - 1);
                }
            }
        }
        Err(Error::syntax(keyword.span, format!("'{}(' is never closed", self.text(keyword))))
    }

    /// Attributes of a record (before its tag or after its brace) are kept; those that
    /// would change the meaning of anything else are refused; the others say nothing to us.
    fn attribute(&mut self, keyword: Token) -> Result<(), Error> {
        let inside = self.skip_parens(keyword)?;
        let record = match self.last {
            Some(token) if token.is(b'}') => self.closed_record,
            _ => self.pending_record.filter(|&(_, is_record)| is_record).map(|(offset, _)| offset),
        };
        let mut found = RecordAttributes::default();
        let tokens = self.tokens[inside].to_vec();
        for (index, token) in tokens.iter().enumerate() {
            let name = self.text(*token).trim_matches('_');
            match name {
                "packed" => found.packed = true,
                "aligned" => found.aligned = Some(self.aligned(&tokens[index + 1..], *token)?),
                "mode" | "vector_size" | "ms_abi" | "sysv_abi" | "scalar_storage_order" => {
                    return Err(self.refuse(*token));
                }
                _ => {}
            }
            if record.is_none() && matches!(name, "packed" | "aligned") {
                return Err(self.refuse(*token));
            }
        }
        if let Some(offset) = record {
            let entry = self.out.attributes.entry(offset).or_default();
            entry.packed |= found.packed;
            entry.aligned = entry.aligned.max(found.aligned);
        }
        Ok(())
    }

    fn refuse(&self, token: Token) -> Error {
        let name = self.text(token);
        Error::new(
            ErrorKind::Declaration,
            token.span,
            format!("attribute '{name}' is not supported here"),
        )
        .with_help("'packed' and 'aligned(N)' are, between 'struct' and its name or after its '}'")
    }

    fn aligned(&self, rest: &[Token], name: Token) -> Result<u32, Error> {
        match rest {
            [open, number, close, ..] if open.is(b'(') && close.is(b')') => {
                let align = self.text(*number).parse::<u32>().ok();
                align.filter(|align| align.is_power_of_two()).ok_or_else(|| self.refuse(*number))
            }
            [open, ..] if open.is(b'(') => Err(self.refuse(name)),
            // Without a number: the largest alignment of the target.
            _ => Ok(16),
        }
    }

    fn extern_string(&mut self, keyword: Token) -> Result<(), Error> {
        let Some(string) = self.peek(0) else { return Ok(()) };
        let name: String = self.text(string).chars().filter(|c| !c.is_whitespace()).collect();
        let kind = match &*name {
            "\"Python\"" => ExternPython::Python,
            "\"Python+C\"" | "\"C+Python\"" => ExternPython::PythonPlusC,
            _ => {
                return Err(Error::syntax(
                    string.span,
                    format!("unknown language {} after 'extern'", self.text(string)),
                )
                .with_help(
                    "\"Python\" and \"Python+C\" are known; plain C needs no 'extern \"C\"'",
                ));
            }
        };
        if self.python.is_some() || !self.nesting.is_empty() {
            return Err(Error::syntax(keyword.span, "'extern \"Python\"' cannot be nested"));
        }
        self.at += 1;
        let has_braces = self.peek_is(0, b'{');
        if has_braces {
            self.at += 1;
            self.nesting.push(Bracket::Python);
        }
        self.python = Some((self.out.text.len(), kind, has_braces));
        Ok(())
    }

    fn ellipsis(&mut self, token: Token) {
        let in_enum = self.nesting.last() == Some(&Bracket::Enum);
        let in_record = matches!(self.nesting.last(), Some(Bracket::Record(_)));
        let last = self.last;
        let after = |punct: u8| last.is_some_and(|token| token.is(punct));
        if after(b'[') && self.peek_is(0, b']') {
            self.replace(token, DOTS_LENGTH);
        } else if after(b'=') && in_enum {
            self.replace(token, DOTS_VALUE);
        } else if in_enum {
            self.replace(token, DOTS_ENUM);
        } else if in_record && (after(b';') || after(b'{') || after(b'}')) && self.peek_is(0, b';')
        {
            self.replace(token, &format!("int {DOTS_FIELD}"));
        } else if after(b',') && self.peek_is(0, b')') {
            self.copy(token);
        } else if let Some(name) = self.take_number_words() {
            self.replace(token, name);
        } else {
            self.replace(token, DOTS);
        }
    }

    /// `unsigned long ...`: take the words back out and say what they stand for.
    fn take_number_words(&mut self) -> Option<&'static str> {
        if self.nesting.last() == Some(&Bracket::Paren) {
            return None;
        }
        let mut kept = self.out.map.len();
        let mut name: Option<&'static str> = None;
        while let Some(&(offset, _)) = kept.checked_sub(1).and_then(|index| self.out.map.get(index))
        {
            let end = self.out.map.get(kept).map_or(self.out.text.len(), |&(next, _)| next);
            let found = match self.out.text[offset..end].trim() {
                "int" | "long" | "short" | "signed" | "unsigned" | "char" => DOTS_INT,
                "float" | "double" => DOTS_FLOAT,
                _ => break,
            };
            if name.is_some_and(|name| name != found) {
                // `long double ...`: cffi has no such form either.
                return None;
            }
            name = Some(found);
            kept -= 1;
        }
        if name.is_some() {
            let offset = self.out.map[kept].0;
            self.out.map.truncate(kept);
            self.out.text.truncate(offset);
        }
        name
    }

    fn directive(&mut self, token: Token) -> Result<(), Error> {
        let raw = self.text(token);
        if let Some(marker) = LineMarker::parse(raw) {
            self.out.markers.push((token.span.end, marker));
            return Ok(());
        }
        let text = lex::directive_text(raw);
        let word_end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
        let (keyword, rest) = text.split_at(word_end);
        let rest = rest.trim();
        match keyword {
            "define" => {
                let end = rest.find(|c: char| !lex::is_word(c as u8)).unwrap_or(rest.len());
                let (name, value) = rest.split_at(end);
                if !name.bytes().next().is_some_and(lex::is_word_start) {
                    return Err(Error::syntax(token.span, "expected a name after '#define'"));
                }
                let (name, value) = (name.to_owned(), value.trim().to_owned());
                self.out.macros.push(Macro { name, value, span: token.span });
                Ok(())
            }
            "pragma" => self.pragma(token, rest),
            "" => Ok(()),
            _ => Err(Error::syntax(token.span, "Directives not supported yet").with_help(
                "a cdef has no preprocessor: only '#define NAME NUMBER', '#line' and '#pragma pack'",
            )),
        }
    }

    fn pragma(&mut self, token: Token, text: &str) -> Result<(), Error> {
        let Some(args) = text.strip_prefix("pack").map(str::trim) else {
            self.warn(token.span, PRAGMA_WARNING);
            return Ok(());
        };
        let wrong = || {
            Error::syntax(token.span, "malformed '#pragma pack'").with_help(
                "write '#pragma pack(push, N)', '#pragma pack(pop)', '#pragma pack(N)' or '#pragma pack()'",
            )
        };
        let args =
            args.strip_prefix('(').and_then(|args| args.strip_suffix(')')).ok_or_else(wrong)?;
        let current = self.out.packs.last().and_then(|&(_, pack)| pack);
        let mut next = current;
        for arg in args.split(',').map(str::trim) {
            match arg {
                "push" => self.pack_stack.push(current),
                "pop" => next = self.pack_stack.pop().ok_or_else(wrong)?,
                "" => next = None,
                number => {
                    let pack = number.parse::<u32>().ok().filter(|pack| pack.is_power_of_two());
                    next = Some(pack.ok_or_else(wrong)?);
                }
            }
        }
        self.out.packs.push((self.out.text.len(), next));
        Ok(())
    }
}

const STRING_WARNING: &str = "String literal found in cdef() or type source. \
String literals are ignored here, but you should remove them anyway because \
some character sequences confuse pre-parsing.";

const PRAGMA_WARNING: &str = "#pragma in cdef() are entirely ignored, except '#pragma pack'. \
They should be removed for now, otherwise your code might behave differently \
in a future version if more #pragma support gets added.";
