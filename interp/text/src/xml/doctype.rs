//! `<!DOCTYPE …>`: read as one token, its internal subset by [`dtd`](super::dtd).
use super::dtd::Subset;
use super::scan::{Fault, Scan, from_offset, invalid, is_space, literal, name, spaces};
use super::{ErrorKind, Event, Parser};

/// System and public identifier.
pub(super) type ExternalId = (Option<String>, Option<String>);

impl Parser {
    pub(super) fn doctype(&mut self) -> Scan<usize> {
        let len = doctype_len(self.rest_of_input())?;
        let text = self.rest_of_input()[..len].to_owned();
        let mut at = "<!DOCTYPE".len();
        at += spaces(&text[at..]);
        let name_len = from_offset(at, name(&text[at..]))?;
        let name = text[at..at + name_len].to_owned();
        at += name_len;
        let space = spaces(&text[at..]);
        let (mut system, mut public) = (None, None);
        at += space;
        if space > 0 && text[at..].starts_with(['S', 'P']) {
            let ((found_system, found_public), next) = external_id(&text, at, false)?;
            (system, public) = (found_system, found_public);
            at = next;
            at += spaces(&text[at..]);
        }
        let has_internal_subset = text[at..].starts_with('[');
        let has_external_subset = system.is_some();
        self.report_head(&text[..=at]);
        self.report_bare(Event::StartDoctype { name, system, public, has_internal_subset });
        if has_internal_subset {
            at += 1;
            let start = self.position.after(&text[..at]);
            at += from_offset(at, Subset::new(self, &text[at..], start).read(true))?;
            at += 1;
            at += spaces(&text[at..]);
        }
        if !text[at..].starts_with('>') {
            return Err(Fault::Wrong(ErrorKind::Syntax, at));
        }
        if has_external_subset || self.uses_foreign_dtd {
            self.declared.is_incomplete = true;
            if !self.declared.is_standalone {
                self.report_bare(Event::NotStandalone);
            }
        }
        self.report_bare(Event::EndDoctype);
        Ok(at + 1)
    }
    /// The tokens up to the internal subset, which only a default handler wants.
    fn report_head(&mut self, text: &str) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let len = match first {
                '"' | '\'' => rest[1..].find(first).map_or(rest.len(), |end| end + 2),
                c if is_space(c) => spaces(rest),
                '[' | '>' => 1,
                _ => rest
                    .find(|c| is_space(c) || matches!(c, '[' | '>' | '"' | '\''))
                    .unwrap_or(rest.len()),
            };
            let raw = rest[..len].to_owned();
            let position = self.position;
            self.queue.push_back(super::Item { event: Event::DoctypePart, raw, position });
            rest = &rest[len..];
        }
    }
}

/// `SYSTEM "id"` or `PUBLIC "id" "id"` at `at`, and where it ends. A notation may leave out the system identifier.
pub(super) fn external_id(text: &str, at: usize, is_notation: bool) -> Scan<(ExternalId, usize)> {
    let word_len = from_offset(at, name(&text[at..]))?;
    let word = &text[at..at + word_len];
    let mut at = at + word_len;
    let mut next_literal = |is_optional: bool| -> Scan<Option<String>> {
        let space = spaces(&text[at..]);
        if is_optional && !text[at + space..].starts_with(['"', '\'']) {
            return Ok(None);
        }
        if space == 0 {
            return invalid(at);
        }
        let found = from_offset(at + space, literal(&text[at + space..]))?.to_owned();
        at += space + found.len() + 2;
        Ok(Some(found))
    };
    let id = match word {
        "SYSTEM" => (next_literal(false)?, None),
        "PUBLIC" => {
            let public = next_literal(false)?;
            let public = public.map(|text| public_id(&text)).transpose()?;
            (next_literal(is_notation)?, public)
        }
        _ => return Err(Fault::Wrong(ErrorKind::Syntax, at - word_len)),
    };
    Ok((id, at))
}

/// A public identifier with its white space normalised.
fn public_id(text: &str) -> Scan<String> {
    let is_allowed =
        |c: char| is_space(c) || c.is_ascii_alphanumeric() || "-'()+,./:=?;!*#@$_%".contains(c);
    if !text.chars().all(is_allowed) {
        return Err(Fault::Wrong(ErrorKind::PublicId, 0));
    }
    Ok(text.split(is_space).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
}

/// Length of the whole declaration: its `>` is not in a literal, comment, instruction or the internal subset.
fn doctype_len(text: &str) -> Scan<usize> {
    let (mut at, mut in_subset) = (0, false);
    while let Some(&byte) = text.as_bytes().get(at) {
        let rest = &text[at..];
        at += match byte {
            b'"' | b'\'' => rest[1..].find(char::from(byte)).ok_or(Fault::Incomplete)? + 2,
            b'<' if rest.starts_with("<!--") => rest[4..].find("-->").ok_or(Fault::Incomplete)? + 7,
            b'<' if rest.starts_with("<?") => rest[2..].find("?>").ok_or(Fault::Incomplete)? + 4,
            b'[' => {
                in_subset = true;
                1
            }
            b']' => {
                in_subset = false;
                1
            }
            b'>' if !in_subset => return Ok(at + 1),
            _ => 1,
        };
    }
    Err(Fault::Incomplete)
}
