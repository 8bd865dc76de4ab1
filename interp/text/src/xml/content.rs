//! Elements, text and references.
use super::namespace::Namespaces;
use super::scan::{
    Fault, Scan, character_reference, check_chars, from_offset, invalid, is_char, is_space, name,
    normalize_lines, predefined, spaces,
};
use super::{ErrorKind, Event, Input, Open, Parser, Stage};

/// A start tag as it is written.
struct Tag {
    len: usize,
    name: String,
    /// Name, raw value and place of each attribute.
    attributes: Vec<(String, String, usize)>,
    is_empty: bool,
}

/// Names and values, in order.
type Attributes = Vec<(String, String)>;

impl Parser {
    /// Read one token of content; its length.
    pub(super) fn content(&mut self) -> Scan<usize> {
        let rest = self.rest_of_input();
        let bytes = rest.as_bytes();
        match (bytes[0], bytes.get(1)) {
            (b'<', None) => Err(Fault::Incomplete),
            (b'<', Some(b'/')) => self.end_tag(),
            (b'<', Some(b'?')) => self.instruction(),
            (b'<', Some(b'!')) => self.comment_or_cdata(),
            (b'<', Some(_)) => self.start_tag(),
            (b'&', _) => self.reference(),
            _ => self.text(),
        }
    }
    /// A run of text up to markup or a line break, or one line break.
    fn text(&mut self) -> Scan<usize> {
        let rest = self.rest_of_input();
        if let Some(len) = self.line_break(rest)? {
            self.report(Event::Text("\n".to_owned()), len);
            return Ok(len);
        }
        let end = rest.find(['<', '&', '\n', '\r']).unwrap_or(rest.len());
        let text = &rest[..end];
        check_chars(text, 0)?;
        if let Some(at) = text.find("]]>") {
            return invalid(at + 2);
        }
        let whole = end < rest.len() || self.is_final || self.inputs.len() > 1;
        // What has come so far may be the first half of `]]>`.
        let held = if whole { 0 } else { text.len() - text.trim_end_matches(']').len() };
        let len = end - held.min(2);
        if len == 0 {
            return Err(Fault::Incomplete);
        }
        let text = text[..len].to_owned();
        self.report(Event::Text(text), len);
        Ok(len)
    }
    /// Length of the line break at the start, if there is one.
    fn line_break(&self, rest: &str) -> Scan<Option<usize>> {
        match rest.as_bytes() {
            [b'\n', ..] => Ok(Some(1)),
            [b'\r', b'\n', ..] => Ok(Some(2)),
            [b'\r'] if !self.is_final && self.inputs.len() == 1 => Err(Fault::Incomplete),
            [b'\r', ..] => Ok(Some(1)),
            _ => Ok(None),
        }
    }
    /// A piece of a CDATA section, or its end.
    pub(super) fn cdata(&mut self) -> Scan<usize> {
        let rest = self.rest_of_input();
        if rest.starts_with("]]>") {
            self.report(Event::EndCdata, 3);
            self.stage = Stage::Content;
            return Ok(3);
        }
        if let Some(len) = self.line_break(rest)? {
            self.report(Event::Text("\n".to_owned()), len);
            return Ok(len);
        }
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let end = rest[..end].find("]]>").unwrap_or(end);
        let is_open_end = end == rest.len();
        let held = if is_open_end { rest.len() - rest.trim_end_matches(']').len() } else { 0 };
        let len = end - held.min(2);
        if len == 0 {
            return Err(Fault::Incomplete);
        }
        let text = rest[..len].to_owned();
        check_chars(&text, 0)?;
        self.report(Event::Text(text), len);
        Ok(len)
    }
    fn comment_or_cdata(&mut self) -> Scan<usize> {
        const CDATA: &str = "<![CDATA[";
        let rest = self.rest_of_input();
        if rest.starts_with(CDATA) {
            self.report(Event::StartCdata, CDATA.len());
            self.stage = Stage::Cdata;
            return Ok(CDATA.len());
        }
        if CDATA.starts_with(rest) || "<!--".starts_with(rest) {
            return Err(Fault::Incomplete);
        }
        if rest.starts_with("<!--") {
            return self.comment();
        }
        let common =
            |pattern: &str| rest.bytes().zip(pattern.bytes()).take_while(|(a, b)| a == b).count();
        invalid(common(CDATA).max(common("<!--")))
    }
    /// `<!--text-->`
    pub(super) fn comment(&mut self) -> Scan<usize> {
        let rest = self.rest_of_input();
        let end = rest[4..].find("--").ok_or(Fault::Incomplete)? + 4;
        check_chars(&rest[4..end], 4)?;
        match rest.as_bytes().get(end + 2) {
            None => return Err(Fault::Incomplete),
            Some(b'>') => {}
            Some(_) => return invalid(end + 2),
        }
        let text = normalize_lines(&rest[4..end]);
        self.report(Event::Comment(text), end + 3);
        Ok(end + 3)
    }
    /// `<?target data?>`
    pub(super) fn instruction(&mut self) -> Scan<usize> {
        let rest = self.rest_of_input();
        let target_len = from_offset(2, name(&rest[2..]))?;
        let target = &rest[2..2 + target_len];
        let behind = &rest[2 + target_len..];
        let end = behind.find("?>").ok_or(Fault::Incomplete)?;
        if end > 0 && !behind.starts_with(is_space) {
            return invalid(2 + target_len);
        }
        if target.eq_ignore_ascii_case("xml") {
            return Err(Fault::Wrong(ErrorKind::MisplacedXmlPi, 0));
        }
        check_chars(&behind[..end], 2 + target_len)?;
        let data = normalize_lines(behind[..end].trim_start_matches(is_space));
        let event = Event::Instruction { target: target.to_owned(), data };
        let len = 2 + target_len + end + 2;
        self.report(event, len);
        Ok(len)
    }

    // ---- tags

    fn end_tag(&mut self) -> Scan<usize> {
        let rest = self.rest_of_input();
        let name_len = from_offset(2, name(&rest[2..]))?;
        let at = 2 + name_len;
        let at = at + spaces(&rest[at..]);
        match rest.as_bytes().get(at) {
            None => return Err(Fault::Incomplete),
            Some(b'>') => {}
            Some(_) => return invalid(at),
        }
        let depth = self.inputs.last().map_or(0, |input| input.depth);
        if self.open.len() <= depth && self.inputs.len() > 1 {
            return Err(Fault::Wrong(ErrorKind::AsyncEntity, 0));
        }
        if self.open.last().is_none_or(|open| open.raw != rest[2..2 + name_len]) {
            return Err(Fault::Wrong(ErrorKind::TagMismatch, 2));
        }
        self.close(at + 1);
        Ok(at + 1)
    }
    /// End the innermost element, whose end tag is `len` bytes long.
    fn close(&mut self, len: usize) {
        let Some(open) = self.open.pop() else { return };
        self.report(Event::EndElement { name: open.name }, len);
        for _ in 0..open.n_bindings {
            let prefix = self.namespaces.as_mut().and_then(Namespaces::unbind);
            let prefix = prefix.filter(|prefix| !prefix.is_empty());
            self.report_bare(Event::EndNamespace { prefix });
        }
        if self.open.is_empty() && !self.is_entity {
            self.stage = Stage::Epilog;
        }
    }
    /// `<name attributes>`, also the first one.
    pub(super) fn start_tag(&mut self) -> Scan<usize> {
        let tag = scan_tag(self.rest_of_input())?;
        let (attributes, n_specified) = self.attributes(&tag)?;
        let (attributes, n_specified, n_bindings) = self.bind(attributes, n_specified)?;
        let wrong = |kind| Fault::Wrong(kind, 0);
        let name = match &self.namespaces {
            Some(namespaces) => namespaces.expand(&tag.name, false).map_err(wrong)?,
            None => tag.name.clone(),
        };
        self.report(Event::StartElement { name: name.clone(), attributes, n_specified }, tag.len);
        self.open.push(Open { raw: tag.name, name, n_bindings });
        self.stage = Stage::Content;
        if tag.is_empty {
            self.close(0);
            let behind = self.position.after(&self.rest_of_input()[..tag.len]);
            // The end has no tag of its own: it is behind the start.
            let start =
                self.queue.iter().rposition(|item| matches!(item.event, Event::EndElement { .. }));
            for item in self.queue.range_mut(start.unwrap_or(0)..) {
                item.position = behind;
            }
        }
        Ok(tag.len)
    }
    /// The attributes with their values, those from the DTD last; and how many are not.
    fn attributes(&mut self, tag: &Tag) -> Scan<(Vec<(String, String)>, usize)> {
        let declared = self.declared.attributes.get(&tag.name).cloned().unwrap_or_default();
        let mut attributes: Vec<(String, String)> = Vec::new();
        for (name, raw, at) in &tag.attributes {
            if attributes.iter().any(|(known, _)| known == name) {
                return Err(Fault::Wrong(ErrorKind::DuplicateAttribute, *at));
            }
            let is_cdata = declared
                .iter()
                .find(|known| known.name == *name)
                .is_none_or(|known| known.is_cdata);
            let mut value = String::new();
            self.append_value(raw, &mut value, &mut Vec::new())
                .map_err(|(kind, offset)| Fault::Wrong(kind, at + name.len() + offset))?;
            let value = if is_cdata { value } else { tokenized(&value) };
            attributes.push((name.clone(), value));
        }
        let n_specified = attributes.len();
        for known in declared {
            if let Some(default) = known.default
                && attributes.iter().all(|(name, _)| *name != known.name)
            {
                attributes.push((known.name, default));
            }
        }
        Ok((attributes, n_specified))
    }
    /// Bind the prefixes that attributes declare, and expand the names of the others.
    fn bind(
        &mut self,
        attributes: Vec<(String, String)>,
        n_specified: usize,
    ) -> Scan<(Attributes, usize, usize)> {
        let Some(mut namespaces) = self.namespaces.take() else {
            return Ok((attributes, n_specified, 0));
        };
        let (mut kept, mut n_kept, mut n_bindings) = (Vec::new(), 0, 0);
        for (at, (name, value)) in attributes.into_iter().enumerate() {
            let Some(prefix) = Namespaces::declared_prefix(&name) else {
                n_kept += usize::from(at < n_specified);
                kept.push((name, value));
                continue;
            };
            if let Err(kind) = namespaces.bind(prefix, &value) {
                return Err(Fault::Wrong(kind, 0));
            }
            n_bindings += 1;
            let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            let event = Event::StartNamespace { prefix: text(prefix), uri: text(&value) };
            self.report_bare(event);
        }
        for at in 0..kept.len() {
            let expanded = namespaces.expand(&kept[at].0, true);
            let name = expanded.map_err(|kind| Fault::Wrong(kind, 0))?;
            if kept[..at].iter().any(|(known, _)| *known == name) {
                return Err(Fault::Wrong(ErrorKind::DuplicateAttribute, 0));
            }
            kept[at].0 = name;
        }
        self.namespaces = Some(namespaces);
        Ok((kept, n_kept, n_bindings))
    }
    /// Append the value of an attribute: references replaced, white space made spaces. An error has its offset.
    pub(super) fn append_value(
        &mut self,
        raw: &str,
        value: &mut String,
        entities: &mut Vec<String>,
    ) -> Result<(), (ErrorKind, usize)> {
        let mut at = 0;
        while let Some(c) = raw[at..].chars().next() {
            match c {
                '&' => {
                    at += self
                        .append_reference(&raw[at..], value, entities)
                        .map_err(|kind| (kind, at))?;
                }
                '\r' => {
                    at += if raw[at..].starts_with("\r\n") { 2 } else { 1 };
                    value.push(' ');
                }
                '\n' | '\t' => {
                    at += 1;
                    value.push(' ');
                }
                '<' => return Err((ErrorKind::InvalidToken, at)),
                c => {
                    at += c.len_utf8();
                    value.push(c);
                }
            }
        }
        Ok(())
    }
    /// Append what a reference in a value stands for; the length of the reference.
    fn append_reference(
        &mut self,
        text: &str,
        value: &mut String,
        entities: &mut Vec<String>,
    ) -> Result<usize, ErrorKind> {
        let kind_of = |fault| match fault {
            Fault::Wrong(kind, _) => kind,
            Fault::Incomplete => ErrorKind::InvalidToken,
        };
        if let Some(number) = text.strip_prefix("&#") {
            let (c, len) = character_reference(number).map_err(kind_of)?;
            value.push(c);
            return Ok(2 + len);
        }
        let name_len = name(&text[1..]).map_err(kind_of)?;
        if !text[1 + name_len..].starts_with(';') {
            return Err(ErrorKind::InvalidToken);
        }
        let (name, len) = (&text[1..=name_len], name_len + 2);
        if let Some(c) = predefined(name) {
            value.push(c);
            return Ok(len);
        }
        let Some(entity) = self.declared.entities.get(name).cloned() else {
            let is_known_to_be_missing =
                !self.declared.is_incomplete || self.declared.is_standalone;
            return if is_known_to_be_missing { Err(ErrorKind::UndefinedEntity) } else { Ok(len) };
        };
        if entities.iter().any(|open| open == name) {
            return Err(ErrorKind::RecursiveEntityRef);
        }
        if entity.notation.is_some() {
            return Err(ErrorKind::BinaryEntityRef);
        }
        let Some(replacement) = entity.value else {
            return Err(ErrorKind::AttributeExternalEntityRef);
        };
        self.count_expansion(replacement.len()).map_err(kind_of)?;
        entities.push(entity.name);
        self.append_value(&replacement, value, entities).map_err(|(kind, _)| kind)?;
        entities.pop();
        Ok(len)
    }

    // ---- references

    fn reference(&mut self) -> Scan<usize> {
        let rest = self.rest_of_input();
        if rest.len() < 2 {
            return Err(Fault::Incomplete);
        }
        if let Some(number) = rest.strip_prefix("&#") {
            let (c, len) = match character_reference(number) {
                Err(Fault::Wrong(ErrorKind::BadCharRef, _)) => {
                    return Err(Fault::Wrong(ErrorKind::BadCharRef, 0));
                }
                found => from_offset(2, found)?,
            };
            self.report(Event::Text(c.to_string()), 2 + len);
            return Ok(2 + len);
        }
        let name_len = from_offset(1, name(&rest[1..]))?;
        match rest.as_bytes().get(1 + name_len) {
            None => return Err(Fault::Incomplete),
            Some(b';') => {}
            Some(_) => return invalid(1 + name_len),
        }
        let (name, len) = (rest[1..=name_len].to_owned(), name_len + 2);
        if let Some(c) = predefined(&name) {
            self.report(Event::Text(c.to_string()), len);
            return Ok(len);
        }
        self.entity(name, len)
    }
    /// A reference to a declared entity.
    fn entity(&mut self, name: String, len: usize) -> Scan<usize> {
        let wrong = |kind| Err(Fault::Wrong(kind, 0));
        let Some(entity) = self.declared.entities.get(&name).cloned() else {
            if !self.declared.is_incomplete || self.declared.is_standalone {
                return wrong(ErrorKind::UndefinedEntity);
            }
            self.report(Event::SkippedEntity { name, is_parameter: false }, len);
            return Ok(len);
        };
        if self.inputs.iter().any(|input| input.entity.as_ref() == Some(&name)) {
            return wrong(ErrorKind::RecursiveEntityRef);
        }
        if entity.notation.is_some() {
            return wrong(ErrorKind::BinaryEntityRef);
        }
        let Some(text) = entity.value else {
            let (system, public) = (entity.system, entity.public);
            self.report(Event::ExternalEntity { context: name, system, public }, len);
            return Ok(len);
        };
        if !self.expands_entities {
            self.report(Event::SkippedEntity { name, is_parameter: false }, len);
            return Ok(len);
        }
        self.count_expansion(text.len())?;
        let depth = self.open.len();
        // The reference is passed first, then its text comes.
        self.advance(len);
        self.inputs.push(Input { text, at: 0, entity: Some(name), depth });
        Ok(0)
    }
}

/// The value of an attribute that is a list of names: single spaces, none at the ends.
pub(super) fn tokenized(value: &str) -> String {
    value.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Read a start tag.
fn scan_tag(rest: &str) -> Scan<Tag> {
    let name_len = from_offset(1, name(&rest[1..]))?;
    let mut tag = Tag {
        len: 0,
        name: rest[1..=name_len].to_owned(),
        attributes: Vec::new(),
        is_empty: false,
    };
    let mut at = 1 + name_len;
    loop {
        let space = spaces(&rest[at..]);
        at += space;
        match rest.as_bytes().get(at) {
            None => return Err(Fault::Incomplete),
            Some(b'>') => {
                tag.len = at + 1;
                return Ok(tag);
            }
            Some(b'/') => {
                match rest.as_bytes().get(at + 1) {
                    None => return Err(Fault::Incomplete),
                    Some(b'>') => {}
                    Some(_) => return invalid(at + 1),
                }
                (tag.is_empty, tag.len) = (true, at + 2);
                return Ok(tag);
            }
            Some(_) if space == 0 => return invalid(at),
            Some(_) => at = scan_attribute(rest, at, &mut tag)?,
        }
    }
}

/// Read `name = "value"` at `at`; where it ends.
fn scan_attribute(rest: &str, mut at: usize, tag: &mut Tag) -> Scan<usize> {
    let start = at;
    at += from_offset(at, name(&rest[at..]))?;
    let attribute = rest[start..at].to_owned();
    at += spaces(&rest[at..]);
    match rest.as_bytes().get(at) {
        None => return Err(Fault::Incomplete),
        Some(b'=') => at += 1,
        Some(_) => return invalid(at),
    }
    at += spaces(&rest[at..]);
    let quote = match rest.as_bytes().get(at) {
        None => return Err(Fault::Incomplete),
        Some(&quote @ (b'"' | b'\'')) => char::from(quote),
        Some(_) => return invalid(at),
    };
    at += 1;
    let value = &rest[at..];
    let end = value.find(|c| c == quote || c == '<' || !is_char(c)).ok_or(Fault::Incomplete)?;
    if !value[end..].starts_with(quote) {
        return invalid(at + end);
    }
    tag.attributes.push((attribute, value[..end].to_owned(), start));
    Ok(at + end + 1)
}
