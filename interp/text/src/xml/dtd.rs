//! The declarations of an internal subset.
use super::content::tokenized;
use super::doctype::external_id;
use super::scan::{
    Fault, Scan, character_reference, check_chars, from_offset, invalid, is_space, literal, name,
    name_token, normalize_lines, spaces,
};
use super::{
    Attribute, EntityDecl, ErrorKind, Event, Item, Model, ModelKind, Parser, Position, Quantifier,
};

/// Parameter entities within each other.
const MAX_NESTING: usize = 64;

/// A reader of declarations.
pub(super) struct Subset<'p, 't> {
    parser: &'p mut Parser,
    text: &'t str,
    at: usize,
    /// Names of the parameter entities being read.
    open: Vec<String>,
    /// Where the text begins, or the reference to the parameter entity that it is of.
    start: Position,
}

impl<'p, 't> Subset<'p, 't> {
    pub(super) fn new(parser: &'p mut Parser, text: &'t str, start: Position) -> Subset<'p, 't> {
        Subset { parser, text, at: 0, open: Vec::new(), start }
    }
    /// The place of a byte of the text.
    fn position(&self, at: usize) -> Position {
        if self.open.is_empty() { self.start.after(&self.text[..at]) } else { self.start }
    }
    /// Read up to the closing bracket, or to the end of a parameter entity; its place.
    pub(super) fn read(mut self, in_document: bool) -> Scan<usize> {
        loop {
            self.skip_spaces();
            let rest = &self.text[self.at..];
            match rest.chars().next() {
                None if !in_document => return Ok(self.at),
                None => return Err(Fault::Incomplete),
                Some(']') if in_document => return Ok(self.at),
                Some('%') => self.parameter_reference()?,
                Some('<') => self.markup()?,
                Some(_) => return Err(Fault::Wrong(ErrorKind::Syntax, self.at)),
            }
        }
    }
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }
    fn skip_spaces(&mut self) {
        self.at += spaces(self.rest());
    }
    /// White space that must be there.
    fn need_spaces(&mut self) -> Scan<()> {
        match spaces(self.rest()) {
            0 => invalid(self.at),
            len => {
                self.at += len;
                Ok(())
            }
        }
    }
    fn take_name(&mut self) -> Scan<&'t str> {
        let len = from_offset(self.at, name(self.rest()))?;
        let found = &self.rest()[..len];
        self.at += len;
        Ok(found)
    }
    fn take_literal(&mut self) -> Scan<&'t str> {
        let found = from_offset(self.at, literal(self.rest()))?;
        self.at += found.len() + 2;
        Ok(found)
    }
    fn take(&mut self, token: &str) -> bool {
        let is_there = self.rest().starts_with(token);
        if is_there {
            self.at += token.len();
        }
        is_there
    }
    fn need(&mut self, token: &str) -> Scan<()> {
        if self.take(token) { Ok(()) } else { Err(Fault::Wrong(ErrorKind::Syntax, self.at)) }
    }
    /// Tell of an event that came from the text since `start`.
    fn report(&mut self, event: Event, start: usize) {
        let raw = self.text[start..self.at].to_owned();
        let position = self.position(start);
        self.parser.queue.push_back(Item { event, raw, position });
    }

    fn parameter_reference(&mut self) -> Scan<()> {
        let start = self.at;
        self.at += 1;
        let name = self.take_name()?.to_owned();
        self.need(";")?;
        if self.open.contains(&name) || self.open.len() >= MAX_NESTING {
            return Err(Fault::Wrong(ErrorKind::RecursiveEntityRef, start));
        }
        let entity = self.parser.declared.parameter_entities.get(&name).cloned();
        match entity.and_then(|entity| entity.value) {
            Some(value) => {
                self.parser.count_expansion(value.len())?;
                let mut open = self.open.clone();
                open.push(name);
                let place = self.position(start);
                let inner = Subset { parser: self.parser, text: &value, at: 0, open, start: place };
                inner.read(false).map_err(|fault| match fault {
                    Fault::Wrong(kind, _) => Fault::Wrong(kind, start),
                    Fault::Incomplete => Fault::Wrong(ErrorKind::IncompletePe, start),
                })?;
            }
            None => {
                // It is in a file, or in the part of the DTD that is.
                self.parser.declared.is_incomplete = true;
                self.report(Event::SkippedEntity { name, is_parameter: true }, start);
            }
        }
        Ok(())
    }
    fn markup(&mut self) -> Scan<()> {
        let start = self.at;
        if self.take("<!--") {
            let end = self.rest().find("--").ok_or(Fault::Incomplete)?;
            let text = normalize_lines(&self.rest()[..end]);
            check_chars(&text, self.at)?;
            self.at += end;
            if !self.take("-->") {
                return invalid(self.at + 2);
            }
            self.report(Event::Comment(text), start);
            return Ok(());
        }
        if self.take("<?") {
            return self.instruction(start);
        }
        self.need("<!")?;
        let word_at = self.at;
        let word = self.take_name()?;
        self.need_spaces()?;
        let event = match word {
            "ENTITY" => self.entity()?,
            "ELEMENT" => self.element()?,
            "ATTLIST" => return self.attlist(start),
            "NOTATION" => self.notation()?,
            _ => return Err(Fault::Wrong(ErrorKind::Syntax, word_at - 2)),
        };
        self.skip_spaces();
        self.need(">")?;
        self.report(event, start);
        Ok(())
    }
    fn instruction(&mut self, start: usize) -> Scan<()> {
        let target = self.take_name()?.to_owned();
        if target.eq_ignore_ascii_case("xml") {
            return Err(Fault::Wrong(ErrorKind::MisplacedXmlPi, start));
        }
        let end = self.rest().find("?>").ok_or(Fault::Incomplete)?;
        let data = normalize_lines(self.rest()[..end].trim_start_matches(is_space));
        self.at += end + 2;
        self.report(Event::Instruction { target, data }, start);
        Ok(())
    }

    // ---- entities and notations

    fn entity(&mut self) -> Scan<Event> {
        let is_parameter = self.take("%");
        if is_parameter {
            self.need_spaces()?;
        }
        let name = self.take_name()?.to_owned();
        self.need_spaces()?;
        let mut entity = EntityDecl {
            name,
            is_parameter,
            value: None,
            system: None,
            public: None,
            notation: None,
        };
        if self.rest().starts_with(['"', '\'']) {
            let start = self.at + 1;
            let raw = self.take_literal()?;
            entity.value = Some(from_offset(start, entity_value(raw))?);
        } else {
            let ((system, public), at) = external_id(self.text, self.at, false)?;
            (entity.system, entity.public, self.at) = (system, public, at);
            let space = spaces(self.rest());
            if space > 0 && self.rest()[space..].starts_with("NDATA") {
                self.at += space + 5;
                self.need_spaces()?;
                entity.notation = Some(self.take_name()?.to_owned());
            }
        }
        let declared = &mut self.parser.declared;
        let table =
            if is_parameter { &mut declared.parameter_entities } else { &mut declared.entities };
        // The first declaration counts.
        if table.contains_key(&entity.name) {
            return Ok(Event::Other);
        }
        table.insert(entity.name.clone(), entity.clone());
        Ok(Event::EntityDecl(entity))
    }
    fn notation(&mut self) -> Scan<Event> {
        let name = self.take_name()?.to_owned();
        self.need_spaces()?;
        let ((system, public), at) = external_id(self.text, self.at, true)?;
        self.at = at;
        Ok(Event::NotationDecl { name, system, public })
    }

    // ---- elements

    fn element(&mut self) -> Scan<Event> {
        let name = self.take_name()?.to_owned();
        self.need_spaces()?;
        let plain =
            |kind| Model { kind, quantifier: Quantifier::Once, name: None, children: Vec::new() };
        let model = if self.take("EMPTY") {
            plain(ModelKind::Empty)
        } else if self.take("ANY") {
            plain(ModelKind::Any)
        } else {
            self.need("(")?;
            self.group(0)?
        };
        Ok(Event::ElementDecl { name, model })
    }
    /// The rest of a group behind its opening parenthesis.
    fn group(&mut self, depth: usize) -> Scan<Model> {
        if depth > MAX_NESTING {
            return Err(Fault::Wrong(ErrorKind::NoMemory, self.at));
        }
        let mut model = Model {
            kind: ModelKind::Sequence,
            quantifier: Quantifier::Once,
            name: None,
            children: Vec::new(),
        };
        let mut separator = None;
        self.skip_spaces();
        if self.take("#PCDATA") {
            model.kind = ModelKind::Mixed;
            separator = Some('|');
        } else {
            let first = self.particle(depth)?;
            model.children.push(first);
        }
        loop {
            self.skip_spaces();
            if self.take(")") {
                model.quantifier = self.quantifier();
                return Ok(model);
            }
            let sign = self.rest().chars().next().ok_or(Fault::Incomplete)?;
            if !matches!(sign, '|' | ',') || separator.is_some_and(|known| known != sign) {
                return Err(Fault::Wrong(ErrorKind::Syntax, self.at));
            }
            if sign == '|' && model.kind != ModelKind::Mixed {
                model.kind = ModelKind::Choice;
            }
            separator = Some(sign);
            self.at += 1;
            self.skip_spaces();
            let next = self.particle(depth)?;
            model.children.push(next);
        }
    }
    /// A name or a group.
    fn particle(&mut self, depth: usize) -> Scan<Model> {
        if self.take("(") {
            return self.group(depth + 1);
        }
        let name = Some(self.take_name()?.to_owned());
        let quantifier = self.quantifier();
        Ok(Model { kind: ModelKind::Name, quantifier, name, children: Vec::new() })
    }
    fn quantifier(&mut self) -> Quantifier {
        let signs =
            [("?", Quantifier::Optional), ("*", Quantifier::Repeated), ("+", Quantifier::Plus)];
        let found = signs.into_iter().find(|(sign, _)| self.rest().starts_with(sign));
        self.at += usize::from(found.is_some());
        found.map_or(Quantifier::Once, |(_, quantifier)| quantifier)
    }

    // ---- attributes

    fn attlist(&mut self, start: usize) -> Scan<()> {
        let element = self.take_name()?.to_owned();
        let mut raw_start = start;
        loop {
            let space = spaces(self.rest());
            self.at += space;
            if self.take(">") {
                self.report(Event::AttlistEnd, raw_start);
                return Ok(());
            }
            if space == 0 {
                return invalid(self.at);
            }
            let attribute = self.take_name()?.to_owned();
            self.need_spaces()?;
            let ty = self.attribute_type()?;
            self.need_spaces()?;
            let (default, is_required) = self.attribute_default(ty == "CDATA")?;
            let row = Attribute {
                name: attribute.clone(),
                is_cdata: ty == "CDATA",
                default: default.clone(),
            };
            let rows = self.parser.declared.attributes.entry(element.clone()).or_default();
            if rows.iter().all(|known| known.name != attribute) {
                rows.push(row);
            }
            let element = element.clone();
            self.report(
                Event::AttlistDecl { element, attribute, ty, default, is_required },
                raw_start,
            );
            raw_start = self.at;
        }
    }
    fn attribute_type(&mut self) -> Scan<String> {
        let mut ty = String::new();
        if !self.rest().starts_with('(') {
            ty.push_str(self.take_name()?);
            if ty != "NOTATION" {
                let known =
                    ["CDATA", "ID", "IDREF", "IDREFS", "ENTITY", "ENTITIES", "NMTOKEN", "NMTOKENS"];
                return if known.contains(&ty.as_str()) {
                    Ok(ty)
                } else {
                    Err(Fault::Wrong(ErrorKind::Syntax, self.at - ty.len()))
                };
            }
            self.need_spaces()?;
        }
        self.need("(")?;
        ty.push('(');
        loop {
            self.skip_spaces();
            let len = from_offset(self.at, name_token(self.rest()))?;
            ty.push_str(&self.rest()[..len]);
            self.at += len;
            self.skip_spaces();
            if self.take(")") {
                ty.push(')');
                return Ok(ty);
            }
            self.need("|")?;
            ty.push('|');
        }
    }
    fn attribute_default(&mut self, is_cdata: bool) -> Scan<(Option<String>, bool)> {
        if self.take("#REQUIRED") {
            return Ok((None, true));
        }
        if self.take("#IMPLIED") {
            return Ok((None, false));
        }
        let is_fixed = self.take("#FIXED");
        if is_fixed {
            self.need_spaces()?;
        }
        let start = self.at + 1;
        let raw = self.take_literal()?;
        let mut value = String::new();
        self.parser
            .append_value(raw, &mut value, &mut Vec::new())
            .map_err(|(kind, at)| Fault::Wrong(kind, start + at))?;
        Ok((Some(if is_cdata { value } else { tokenized(&value) }), is_fixed))
    }
}

/// The replacement text of an entity: character references are resolved, those to entities stay.
fn entity_value(raw: &str) -> Scan<String> {
    let raw = normalize_lines(raw);
    let mut value = String::new();
    let mut at = 0;
    while let Some(found) = raw[at..].find(['&', '%']) {
        value.push_str(&raw[at..at + found]);
        at += found;
        if raw[at..].starts_with('%') {
            return Err(Fault::Wrong(ErrorKind::ParamEntityRef, at));
        }
        if let Some(number) = raw[at..].strip_prefix("&#") {
            let (c, len) = from_offset(at + 2, character_reference(number))?;
            value.push(c);
            at += 2 + len;
            continue;
        }
        let len = from_offset(at + 1, name(&raw[at + 1..]))?;
        if !raw[at + 1 + len..].starts_with(';') {
            return invalid(at + 1 + len);
        }
        value.push_str(&raw[at..at + len + 2]);
        at += len + 2;
    }
    value.push_str(&raw[at..]);
    Ok(value)
}
