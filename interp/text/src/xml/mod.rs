//! An XML parser that is pulled: documents go in piece by piece, events come out one by one.
//!
//! It behaves as Expat 2.7 does, which `pyexpat` shows to Python: the same events in the same order, the same errors at the
//! same places. It checks well-formedness, not validity, and reads nothing but what it is fed: external entities and an
//! external DTD subset are reported, not opened.
//!
//! A token is read when all of it has arrived, so a state is never the middle of a token. Text of internal entities is
//! parsed as an input of its own on a stack; the element depth must be the same at its end. How much such text may come of
//! a document is limited, because entities of entities grow without bound (the "billion laughs" attack).
mod content;
mod decode;
mod doctype;
mod dtd;
mod error;
mod namespace;
mod prolog;
mod scan;

use std::collections::{BTreeMap, VecDeque};

pub use decode::Encoding;
pub use error::{ERRORS, Error, ErrorKind, Position};

use namespace::Namespaces;
use scan::Fault;

/// What is told of a document.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the fields are those of Expat's handlers")]
pub enum Event {
    XmlDecl {
        version: Option<String>,
        encoding: Option<String>,
        standalone: i32,
    },
    StartDoctype {
        name: String,
        system: Option<String>,
        public: Option<String>,
        has_internal_subset: bool,
    },
    EndDoctype,
    StartNamespace {
        prefix: Option<String>,
        uri: Option<String>,
    },
    EndNamespace {
        prefix: Option<String>,
    },
    /// The first `n_specified` attributes were in the document, the rest in the DTD.
    StartElement {
        name: String,
        attributes: Vec<(String, String)>,
        n_specified: usize,
    },
    EndElement {
        name: String,
    },
    Text(String),
    Instruction {
        target: String,
        data: String,
    },
    Comment(String),
    StartCdata,
    EndCdata,
    EntityDecl(EntityDecl),
    NotationDecl {
        name: String,
        system: Option<String>,
        public: Option<String>,
    },
    ElementDecl {
        name: String,
        model: Model,
    },
    AttlistDecl {
        element: String,
        attribute: String,
        ty: String,
        default: Option<String>,
        is_required: bool,
    },
    ExternalEntity {
        context: String,
        system: Option<String>,
        public: Option<String>,
    },
    SkippedEntity {
        name: String,
        is_parameter: bool,
    },
    /// The document depends on an external subset or parameter entity.
    NotStandalone,
    /// A token of a document type before its internal subset.
    DoctypePart,
    /// The end of a list of attributes.
    AttlistEnd,
    /// Markup that has no other event.
    Other,
}

/// A declared entity.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the fields are those of Expat's handler")]
pub struct EntityDecl {
    pub name: String,
    pub is_parameter: bool,
    /// The replacement text of an internal one.
    pub value: Option<String>,
    pub system: Option<String>,
    pub public: Option<String>,
    /// Of an unparsed one.
    pub notation: Option<String>,
}

/// The declared content of an element.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// What it is.
    pub kind: ModelKind,
    /// How often.
    pub quantifier: Quantifier,
    /// Of a name.
    pub name: Option<String>,
    /// Of the rest.
    pub children: Vec<Model>,
}

/// Kinds of content, numbered as Expat numbers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of XML")]
pub enum ModelKind {
    Empty = 1,
    Any,
    Mixed,
    Name,
    Choice,
    Sequence,
}

/// How often content may come, numbered as Expat numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of XML")]
pub enum Quantifier {
    Once,
    Optional,
    Repeated,
    Plus,
}

/// An event and the text it came from, which a default handler gets.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What happened.
    pub event: Event,
    /// The markup; empty for events without one of their own.
    pub raw: String,
    /// Where it begins.
    pub position: Position,
}

/// Where in a document the parser is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Before anything was read.
    Start,
    /// Before the root element.
    Prolog,
    /// Within the root element.
    Content,
    /// Within a CDATA section.
    Cdata,
    /// Behind the root element.
    Epilog,
}

/// An open element.
#[derive(Debug)]
struct Open {
    /// As written.
    raw: String,
    /// As reported.
    name: String,
    n_bindings: usize,
}

/// A text being parsed: the document, or the replacement text of an entity within it.
#[derive(Debug, Default)]
struct Input {
    text: String,
    at: usize,
    /// Name of the entity; none for the document.
    entity: Option<String>,
    /// Number of elements that were open where it began.
    depth: usize,
}

/// The default of an attribute, from the DTD.
#[derive(Clone, Debug)]
struct Attribute {
    name: String,
    is_cdata: bool,
    default: Option<String>,
}

/// What a DTD said.
#[derive(Clone, Debug, Default)]
struct Declared {
    entities: BTreeMap<String, EntityDecl>,
    parameter_entities: BTreeMap<String, EntityDecl>,
    attributes: BTreeMap<String, Vec<Attribute>>,
    /// There are parts of the DTD that were not read.
    is_incomplete: bool,
    is_standalone: bool,
}

/// A parser.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "settings and facts of a parse")]
pub struct Parser {
    decoder: decode::Decoder,
    inputs: Vec<Input>,
    stage: Stage,
    is_final: bool,
    /// An external entity: content without a root element.
    is_entity: bool,
    open: Vec<Open>,
    namespaces: Option<Namespaces>,
    declared: Declared,
    queue: VecDeque<Item>,
    position: Position,
    /// Where the token being reported begins.
    event_position: Position,
    expanded: u64,
    failed: Option<Error>,
    /// Should internal entities be replaced by their text?
    pub expands_entities: bool,
    /// Report an external subset even if the document names none.
    pub uses_foreign_dtd: bool,
}

/// Expanding entities is free up to this many bytes.
const FREE_EXPANSION: u64 = 8 * 1024 * 1024;
/// Beyond, the document may grow by this factor.
const EXPANSION_FACTOR: u64 = 100;

impl Parser {
    /// A parser of documents. `encoding` overrules what a document says of itself; with a `separator`, names are reported
    /// with the URI of their namespace before them.
    pub fn new(encoding: Option<Encoding>, separator: Option<String>) -> Parser {
        Parser {
            decoder: decode::Decoder::new(encoding),
            inputs: vec![Input::default()],
            stage: Stage::Start,
            is_final: false,
            is_entity: false,
            open: Vec::new(),
            namespaces: separator.map(Namespaces::new),
            declared: Declared::default(),
            queue: VecDeque::new(),
            position: Position::START,
            event_position: Position::START,
            expanded: 0,
            failed: None,
            expands_entities: true,
            uses_foreign_dtd: false,
        }
    }
    /// A parser of an external entity of this document.
    #[must_use]
    pub fn for_entity(&self, encoding: Option<Encoding>) -> Parser {
        let mut parser = Parser::new(encoding, None);
        parser.namespaces.clone_from(&self.namespaces);
        parser.declared = self.declared.clone();
        parser.is_entity = true;
        parser.expands_entities = self.expands_entities;
        parser
    }
    /// Overrule what the document says of its encoding; only before it is fed.
    pub fn override_encoding(&mut self, encoding: Encoding) {
        if !self.is_started() {
            self.decoder = decode::Decoder::new(Some(encoding));
        }
    }
    /// Report prefixes, too, behind a second separator.
    pub fn set_reports_prefixes(&mut self, reports: bool) {
        if let Some(namespaces) = &mut self.namespaces {
            namespaces.reports_prefixes = reports;
        }
    }
    /// Has anything been fed?
    pub fn is_started(&self) -> bool {
        self.stage != Stage::Start || self.decoder.is_started()
    }
    /// Take a piece of the document.
    pub fn feed(&mut self, bytes: &[u8], is_final: bool) -> Result<(), Error> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        if self.is_final {
            return Err(Error { kind: ErrorKind::Finished, position: self.position });
        }
        self.is_final = is_final;
        let document = &mut self.inputs[0];
        // What was read is not needed again.
        document.text.drain(..document.at);
        document.at = 0;
        let fed = self.decoder.feed(bytes, is_final, &mut document.text);
        fed.map_err(|kind| self.fail(kind, self.position))
    }
    /// An encoding the document names and this parser does not know, until [`Parser::set_encoding`] explains it.
    pub fn unknown_encoding(&self) -> Option<&str> {
        self.decoder.unknown()
    }
    /// Explain the unknown encoding: the character of each byte; U+FFFF where there is none.
    pub fn set_encoding(&mut self, table: Box<[char; 256]>) {
        let document = &mut self.inputs[0];
        self.decoder.set_table(table, self.is_final, &mut document.text);
    }
    /// The next event; `None` when more is needed, or at the end.
    pub fn next_event(&mut self) -> Result<Option<Item>, Error> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        loop {
            if let Some(item) = self.queue.pop_front() {
                self.event_position = item.position;
                return Ok(Some(item));
            }
            if self.decoder.is_waiting() {
                return Ok(None);
            }
            if !self.step()? {
                return Ok(None);
            }
        }
    }
    /// The place of the last event or error.
    pub fn position(&self) -> Position {
        self.failed.map_or(self.event_position, |error| error.position)
    }
    /// The bytes read so far that the last event began with, for showing what is around it.
    pub fn rest(&self) -> &str {
        let document = &self.inputs[0];
        &document.text[document.at..]
    }

    /// Read one token; false when there is none.
    fn step(&mut self) -> Result<bool, Error> {
        self.event_position = self.position;
        let input = self.inputs.last().expect("the document stays");
        let rest = &input.text[input.at..];
        if rest.is_empty() && self.inputs.len() > 1 {
            return self.leave_entity();
        }
        let is_whole = self.is_final || self.inputs.len() > 1;
        if rest.is_empty() && self.stage != Stage::Start {
            return if self.is_final { self.finish() } else { Ok(false) };
        }
        let read = match self.stage {
            Stage::Start => self.start(),
            Stage::Prolog => self.prolog(),
            Stage::Content => self.content(),
            Stage::Cdata => self.cdata(),
            Stage::Epilog => self.epilog(),
        };
        match read {
            Ok(len) => {
                self.advance(len);
                Ok(true)
            }
            Err(Fault::Incomplete) if !is_whole => Ok(false),
            Err(Fault::Incomplete) if self.stage == Stage::Cdata => {
                Err(self.fail_here(ErrorKind::UnclosedCdataSection, 0))
            }
            Err(Fault::Incomplete) => Err(self.fail_here(ErrorKind::UnclosedToken, 0)),
            Err(Fault::Wrong(kind, at)) => Err(self.fail_here(kind, at)),
        }
    }
    /// The end of the document.
    fn finish(&mut self) -> Result<bool, Error> {
        let is_done = match self.stage {
            Stage::Epilog => true,
            Stage::Content => self.is_entity && self.open.is_empty(),
            Stage::Start | Stage::Prolog => self.is_entity,
            Stage::Cdata => return Err(self.fail_here(ErrorKind::UnclosedCdataSection, 0)),
        };
        if is_done { Ok(false) } else { Err(self.fail_here(ErrorKind::NoElements, 0)) }
    }
    /// The end of an entity's text.
    fn leave_entity(&mut self) -> Result<bool, Error> {
        let input = self.inputs.pop().expect("an entity is open");
        if input.depth != self.open.len() || self.stage == Stage::Cdata {
            return Err(self.fail_here(ErrorKind::AsyncEntity, 0));
        }
        Ok(true)
    }
    /// The text behind what was read.
    fn rest_of_input(&self) -> &str {
        let input = self.inputs.last().expect("the document stays");
        &input.text[input.at..]
    }
    /// Go on by a number of bytes. Within an entity the place stays that of the reference.
    fn advance(&mut self, len: usize) {
        let in_document = self.inputs.len() == 1;
        let input = self.inputs.last_mut().expect("the document stays");
        if in_document {
            self.position = self.position.after(&input.text[input.at..input.at + len]);
        }
        input.at += len;
    }
    fn fail_here(&mut self, kind: ErrorKind, at: usize) -> Error {
        let in_document = self.inputs.len() == 1;
        let skipped = if in_document { &self.rest_of_input()[..at] } else { "" };
        let position = self.position.after(skipped);
        self.fail(kind, position)
    }
    fn fail(&mut self, kind: ErrorKind, position: Position) -> Error {
        let error = Error { kind, position };
        self.failed = Some(error);
        error
    }
    /// Tell of an event that came from the first `len` bytes of the rest.
    fn report(&mut self, event: Event, len: usize) {
        let raw = self.rest_of_input()[..len].to_owned();
        self.queue.push_back(Item { event, raw, position: self.position });
    }
    /// Tell of an event without a text of its own.
    fn report_bare(&mut self, event: Event) {
        self.queue.push_back(Item { event, raw: String::new(), position: self.position });
    }
    /// Count replacement text; an error when it is far more than the document.
    fn count_expansion(&mut self, len: usize) -> Result<(), Fault> {
        self.expanded += len as u64;
        let read = self.position.byte + self.rest_of_input().len() as u64;
        if self.expanded > FREE_EXPANSION && self.expanded > read * EXPANSION_FACTOR {
            return Err(Fault::Wrong(ErrorKind::AmplificationLimitBreach, 0));
        }
        Ok(())
    }
}
