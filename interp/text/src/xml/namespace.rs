//! Prefixes and the namespaces they stand for.
use super::ErrorKind;

const XML: &str = "http://www.w3.org/XML/1998/namespace";
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// The bindings in force.
#[derive(Clone, Debug)]
pub(super) struct Namespaces {
    separator: String,
    pub(super) reports_prefixes: bool,
    /// Prefix (empty: the default) and URI, innermost last.
    bindings: Vec<(String, String)>,
}

impl Namespaces {
    pub(super) fn new(separator: String) -> Namespaces {
        let bindings = vec![("xml".to_owned(), XML.to_owned())];
        Namespaces { separator, reports_prefixes: false, bindings }
    }
    /// The prefix that an attribute of this name declares; empty for the default namespace.
    pub(super) fn declared_prefix(attribute: &str) -> Option<&str> {
        match attribute.strip_prefix("xmlns")? {
            "" => Some(""),
            rest => rest.strip_prefix(':'),
        }
    }
    /// Bind a prefix until [`Namespaces::unbind`].
    pub(super) fn bind(&mut self, prefix: &str, uri: &str) -> Result<(), ErrorKind> {
        if prefix == "xmlns" {
            return Err(ErrorKind::ReservedPrefixXmlns);
        }
        if (prefix == "xml") != (uri == XML) {
            let is_prefix = prefix == "xml";
            return Err(if is_prefix {
                ErrorKind::ReservedPrefixXml
            } else {
                ErrorKind::ReservedNamespaceUri
            });
        }
        if uri == XMLNS {
            return Err(ErrorKind::ReservedNamespaceUri);
        }
        if uri.is_empty() && !prefix.is_empty() {
            return Err(ErrorKind::UndeclaringPrefix);
        }
        self.bindings.push((prefix.to_owned(), uri.to_owned()));
        Ok(())
    }
    /// Undo the last binding; its prefix.
    pub(super) fn unbind(&mut self) -> Option<String> {
        self.bindings.pop().map(|(prefix, _)| prefix)
    }
    fn uri(&self, prefix: &str) -> Option<&str> {
        self.bindings.iter().rev().find(|(bound, _)| bound == prefix).map(|(_, uri)| uri.as_str())
    }
    /// A name as it is reported. An attribute without prefix is in no namespace.
    pub(super) fn expand(&self, name: &str, is_attribute: bool) -> Result<String, ErrorKind> {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let is_plain = prefix.is_empty();
        let uri = if is_plain && is_attribute { None } else { self.uri(prefix) };
        match uri {
            Some("") | None if is_plain => Ok(name.to_owned()),
            None => Err(ErrorKind::UnboundPrefix),
            Some(uri) => {
                let mut full = format!("{uri}{}{local}", self.separator);
                if self.reports_prefixes && !is_plain {
                    full.push_str(&self.separator);
                    full.push_str(prefix);
                }
                Ok(full)
            }
        }
    }
}
