//! What stands before and behind the root element.
use super::scan::{
    Fault, Scan, from_offset, invalid, is_name_char, is_name_start, is_space, literal, name, spaces,
};
use super::{ErrorKind, Event, Parser, Stage};

impl Parser {
    /// The start of the document: its XML declaration, if it has one.
    pub(super) fn start(&mut self) -> Scan<usize> {
        const DECLARATION: &str = "<?xml";
        let rest = self.rest_of_input();
        let may_come = DECLARATION.starts_with(rest) || rest == DECLARATION;
        if may_come && !self.is_final {
            return Err(Fault::Incomplete);
        }
        let next = if self.is_entity { Stage::Content } else { Stage::Prolog };
        let is_declaration =
            rest.strip_prefix(DECLARATION).is_some_and(|behind| behind.starts_with(is_space));
        let len = if is_declaration { self.xml_declaration()? } else { 0 };
        self.stage = next;
        Ok(len)
    }
    fn xml_declaration(&mut self) -> Scan<usize> {
        let rest = self.rest_of_input();
        let end = rest.find("?>").ok_or(Fault::Incomplete)?;
        let bad = if self.is_entity { ErrorKind::TextDecl } else { ErrorKind::XmlDecl };
        let mut values = [None, None, None];
        let mut at = 5;
        while at + spaces(&rest[at..end]) < end {
            let (key, value, next) =
                pseudo_attribute(&rest[..end], at).map_err(|at| Fault::Wrong(bad, at))?;
            let slot = ["version", "encoding", "standalone"].iter().position(|known| *known == key);
            let start = at + spaces(&rest[at..]);
            match slot {
                Some(slot) if values[slot..].iter().all(Option::is_none) => {
                    values[slot] = Some(value.to_owned());
                }
                _ => return Err(Fault::Wrong(bad, start)),
            }
            at = next;
        }
        let [version, encoding, standalone] = values;
        let is_complete = if self.is_entity { encoding.is_some() } else { version.is_some() };
        let standalone = match standalone.as_deref() {
            None => -1,
            Some("yes") => 1,
            Some("no") => 0,
            Some(_) => return Err(Fault::Wrong(bad, at)),
        };
        if !is_complete {
            return Err(Fault::Wrong(bad, 5));
        }
        self.declared.is_standalone = standalone == 1;
        self.report(Event::XmlDecl { version, encoding, standalone }, end + 2);
        Ok(end + 2)
    }
    /// One token before the root element.
    pub(super) fn prolog(&mut self) -> Scan<usize> {
        let rest = self.rest_of_input();
        let space = spaces(rest);
        if space > 0 {
            self.report(Event::Other, space);
            return Ok(space);
        }
        let mut chars = rest.chars();
        match (chars.next(), chars.next()) {
            (Some('<'), None) => Err(Fault::Incomplete),
            (Some('<'), Some('?')) => self.instruction(),
            (Some('<'), Some('!')) => self.declaration(),
            (Some('<'), Some(c)) if is_name_start(c) => {
                if self.uses_foreign_dtd {
                    self.declared.is_incomplete = true;
                }
                self.start_tag()
            }
            (Some('<'), Some(_)) => invalid(1),
            (Some(c), _) if is_name_char(c) || "\"'%,[]()|>#".contains(c) => {
                Err(Fault::Wrong(ErrorKind::Syntax, 0))
            }
            _ => invalid(0),
        }
    }
    /// A comment or the document type.
    fn declaration(&mut self) -> Scan<usize> {
        const DOCTYPE: &str = "<!DOCTYPE";
        let rest = self.rest_of_input();
        if rest.starts_with("<!--") {
            return self.comment();
        }
        if DOCTYPE.starts_with(rest) || "<!--".starts_with(rest) {
            return Err(Fault::Incomplete);
        }
        match rest.strip_prefix(DOCTYPE) {
            Some("") => Err(Fault::Incomplete),
            Some(behind) if behind.starts_with(is_space) => self.doctype(),
            _ if rest[2..].starts_with(is_name_start) => Err(Fault::Wrong(ErrorKind::Syntax, 0)),
            _ => invalid(2),
        }
    }
    /// One token behind the root element.
    pub(super) fn epilog(&mut self) -> Scan<usize> {
        let rest = self.rest_of_input();
        let space = spaces(rest);
        if space > 0 {
            self.report(Event::Other, space);
            return Ok(space);
        }
        let mut chars = rest.chars();
        match (chars.next(), chars.next()) {
            (Some('<'), None) => Err(Fault::Incomplete),
            (Some('<'), Some('?')) => match self.instruction() {
                Err(Fault::Wrong(ErrorKind::MisplacedXmlPi, at)) => {
                    Err(Fault::Wrong(ErrorKind::JunkAfterDocElement, at))
                }
                read => read,
            },
            (Some('<'), Some('!')) if rest.starts_with("<!--") => self.comment(),
            (Some('<'), Some('!')) if "<!--".starts_with(rest) => Err(Fault::Incomplete),
            (Some('<'), Some(c)) if c != '!' && c != '/' && !is_name_start(c) => invalid(1),
            (Some('<'), Some('/')) => invalid(1),
            (Some(c), _) if c == '<' || is_name_char(c) || "\"'%,[]()|>#".contains(c) => {
                Err(Fault::Wrong(ErrorKind::JunkAfterDocElement, 0))
            }
            _ => invalid(0),
        }
    }
}

/// Read ` key = "value"` from `at` on: both, and where it ends. An error is a place.
fn pseudo_attribute(text: &str, at: usize) -> Result<(&str, &str, usize), usize> {
    let space = spaces(&text[at..]);
    let start = at + space;
    let place = |fault| match fault {
        Fault::Wrong(_, at) => at,
        Fault::Incomplete => text.len(),
    };
    if space == 0 {
        return Err(start);
    }
    let key_len = from_offset(start, name(&text[start..])).map_err(place)?;
    let key = &text[start..start + key_len];
    let mut at = start + key_len;
    at += spaces(&text[at..]);
    if !text[at..].starts_with('=') {
        return Err(at);
    }
    at += 1;
    at += spaces(&text[at..]);
    let value = from_offset(at, literal(&text[at..])).map_err(place)?;
    Ok((key, value, at + value.len() + 2))
}
