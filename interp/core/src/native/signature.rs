//! Text signatures, parsed.

/// The default of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Default_ {
    /// No default: must be given.
    Required,
    /// `<absent>`, or anything this table does not know: the function gets ABSENT.
    Absent,
    /// `None`
    None,
    /// `True`, `False`
    Bool(bool),
    /// An int.
    Int(i64),
    /// A float.
    Float(f64),
    /// A string literal without escapes.
    Str(&'static str),
    /// A bytes literal without escapes.
    Bytes(&'static str),
    /// `()`
    EmptyTuple,
}

/// One parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it is when not given.
    pub default: Default_,
}

/// A parsed text signature. Parameters are in order: positional-only, positional or keyword, keyword-only.
#[expect(clippy::struct_excessive_bools, reason = "independent facts, read one by one")]
#[derive(Clone, Debug, Default)]
pub struct Signature {
    /// The parameters, `$self` included, `*args` and `**kwargs` not.
    pub params: Vec<Parameter>,
    /// How many can only be given by position (`$self` included).
    pub n_positional_only: usize,
    /// How many can be given by position.
    pub n_positional: usize,
    /// Is there `*args`?
    pub has_varargs: bool,
    /// Is there `**kwargs`?
    pub has_kwargs: bool,
    /// Does it start with `$self`, `$cls` or `$module`? (`$module` is not passed on.)
    pub has_self: bool,
    /// Can all parameters be given by position, and nothing else?
    pub is_simple: bool,
}

impl Signature {
    /// Parse `text`, e.g. `($self, x, /, y=None, *, key=0)`.
    pub fn parse(text: &'static str) -> Signature {
        let inner =
            text.trim().strip_prefix('(').and_then(|t| t.strip_suffix(')')).unwrap_or_default();
        let mut sig = Signature::default();
        let mut keyword_only = false;
        for part in split_parameters(inner) {
            let part = part.trim();
            match part {
                "" => {}
                "/" => sig.n_positional_only = sig.params.len(),
                "*" => keyword_only = true,
                _ if part.starts_with("**") => sig.has_kwargs = true,
                _ if part.starts_with('*') => {
                    sig.has_varargs = true;
                    keyword_only = true;
                }
                _ if part.starts_with('$') => {
                    if part != "$module" {
                        sig.has_self = true;
                        sig.params
                            .push(Parameter { name: &part[1..], default: Default_::Required });
                        sig.n_positional += 1;
                        sig.n_positional_only = 1;
                    }
                }
                _ => {
                    sig.params.push(parse_parameter(part));
                    sig.n_positional += usize::from(!keyword_only);
                }
            }
        }
        sig.is_simple = !sig.has_varargs && !sig.has_kwargs && sig.n_positional == sig.params.len();
        sig
    }
    /// How many positional parameters must be given, `$self` included.
    pub fn n_required(&self) -> usize {
        self.params[..self.n_positional]
            .iter()
            .take_while(|p| p.default == Default_::Required)
            .count()
    }
}

/// Split at commas that are not inside parentheses or quotes.
fn split_parameters(text: &'static str) -> Vec<&'static str> {
    let (mut parts, mut start, mut depth, mut quote) = (Vec::new(), 0, 0, None);
    for (at, c) in text.char_indices() {
        match (c, quote) {
            (_, Some(q)) if c == q => quote = None,
            (_, Some(_)) => {}
            ('\'' | '"', None) => quote = Some(c),
            ('(' | '[' | '<', None) => depth += 1,
            (')' | ']' | '>', None) => depth -= 1,
            (',', None) if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn parse_parameter(part: &'static str) -> Parameter {
    let Some((name, default)) = part.split_once('=') else {
        return Parameter { name: part, default: Default_::Required };
    };
    let default = default.trim();
    let unquoted = |text: &'static str| {
        let inner = text.strip_prefix('\'').and_then(|t| t.strip_suffix('\''));
        inner.or_else(|| text.strip_prefix('"').and_then(|t| t.strip_suffix('"')))
    };
    let default = match default {
        "None" => Default_::None,
        "True" => Default_::Bool(true),
        "False" => Default_::Bool(false),
        "()" => Default_::EmptyTuple,
        _ => {
            if let Ok(number) = default.parse::<i64>() {
                Default_::Int(number)
            } else if let Ok(number) = default.parse::<f64>() {
                Default_::Float(number)
            } else if let Some(text) = unquoted(default) {
                Default_::Str(text)
            } else if let Some(text) = default.strip_prefix('b').and_then(unquoted) {
                Default_::Bytes(text)
            } else {
                Default_::Absent
            }
        }
    };
    Parameter { name: name.trim(), default }
}
