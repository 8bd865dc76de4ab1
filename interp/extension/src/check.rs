//! `haft abi-check`: what is in a file, and which hosts load it.

use std::fmt::Write as _;
use std::path::Path;

use haft_hpy_abi::context::{FIRST_SLOT, ROWS};

use crate::code::Word;
use crate::compiler::SUFFIX;
use crate::module_file::{self, Module, ModuleFile};

/// Where PyPy 7.3.18 and later put a constant of their own: this slot and all behind it are one further there.
const PYPY_SHIFT: usize = 244;
/// Characters of a line.
const WIDTH: usize = 96;

/// The report on a file.
pub fn report(path: &Path) -> Result<String, String> {
    let file = module_file::read(path)?;
    if file.modules.is_empty() {
        return Err(format!(
            "{}: no HPy module: there is no function HPyInit_NAME",
            path.display()
        ));
    }
    let slots = Slots::of(&file);
    let mut text = format!("{}\n", path.display());
    for module in &file.modules {
        line(&mut text, &describe(module));
    }
    if !file.typed.is_empty() {
        paragraph(&mut text, "typed signatures", &file.typed);
    }
    if !file.c_api.is_empty() {
        paragraph(&mut text, "needs of CPython's C API", &file.c_api);
    }
    match &slots {
        Some(slots) => paragraph(&mut text, "may call", &slots.functions),
        None => line(&mut text, "may call: unknown, the code of this processor is not understood"),
    }
    line(&mut text, "loads in");
    for (host, verdict) in verdicts(path, &file, slots.as_ref()) {
        writeln!(text, "    {host:<26} {verdict}").expect("a String takes any text");
    }
    Ok(text)
}

/// What the code may use of the context.
struct Slots {
    /// The names of functions, in the order of the context.
    functions: Vec<&'static str>,
    /// Some are at or behind [`PYPY_SHIFT`]: the first one's name.
    shifted: Option<&'static str>,
    /// It makes types.
    types: bool,
    /// A call through a word behind the last slot.
    beyond: bool,
}

impl Slots {
    fn of(file: &ModuleFile) -> Option<Slots> {
        let words = file.context_words.as_ref()?;
        let mut slots = Slots { functions: Vec::new(), shifted: None, types: false, beyond: false };
        for Word { offset, called } in words {
            let index = (*offset as usize - FIRST_SLOT) / 8;
            let Some(row) = ROWS.get(index) else {
                slots.beyond |= called;
                continue;
            };
            if row.function.is_none() {
                continue;
            }
            slots.functions.push(row.field);
            slots.types |= row.field == "ctx_Type_FromSpec";
            if index >= PYPY_SHIFT && slots.shifted.is_none() {
                slots.shifted = Some(row.field);
            }
        }
        Some(slots)
    }
}

fn describe(module: &Module) -> String {
    let number = |n: Option<u32>| n.map_or_else(|| "?".to_owned(), |n| n.to_string());
    let (major, minor) = module.version;
    let mut text = format!("module {}: HPy ABI {}.{}", module.name, number(major), number(minor));
    if !module.missing.is_empty() {
        text = format!("{text}; does not export {}", module.missing.join(", "));
    }
    text
}

/// Each host, and what it does with the file.
fn verdicts(path: &Path, file: &ModuleFile, slots: Option<&Slots>) -> Vec<(&'static str, String)> {
    let universal = refusal(path, file, slots);
    let yes = |text: &str| format!("yes{text}");
    let no = |reason: &str| format!("no: {reason}");
    let c_api = (!file.c_api.is_empty()).then(|| "it needs CPython's C API".to_owned());
    let haft = universal.clone().or_else(|| c_api.clone());
    let pypy = haft.clone().or_else(|| {
        let name = slots?.shifted?;
        Some(format!("it may call {name}, which is at another place there"))
    });
    let types = slots.is_some_and(|slots| slots.types);
    let upstream = if types { ", up to 3.12; 3.13 and later crash, as it makes types" } else { "" };
    vec![
        ("Haft", haft.map_or_else(|| yes(""), |reason| no(&reason))),
        (
            "CPython with haft-hpy",
            universal.clone().map_or_else(|| yes(", from 3.9 on"), |reason| no(&reason)),
        ),
        ("CPython with hpy 0.9.0", universal.map_or_else(|| yes(upstream), |reason| no(&reason))),
        ("PyPy 7.3.18 and later", pypy.map_or_else(|| yes(""), |reason| no(&reason))),
    ]
}

/// Why no host loads it.
fn refusal(path: &Path, file: &ModuleFile, slots: Option<&Slots>) -> Option<String> {
    let name = path.file_name()?.to_string_lossy();
    if !name.contains(".hpy0") {
        return Some(format!("the file name does not end in {SUFFIX}"));
    }
    let module = file.modules.iter().find(|module| name.starts_with(&format!("{}.", module.name)));
    let Some(module) = module else {
        return Some("no module in it has the name of the file".to_owned());
    };
    if !module.missing.is_empty() {
        return Some("it does not export what a loader looks for".to_owned());
    }
    if module.version.0.is_some_and(|major| major != 0)
        || module.version.1.is_some_and(|minor| minor != 0)
    {
        return Some("it wants another version of the ABI than 0.0".to_owned());
    }
    if slots.is_some_and(|slots| slots.beyond) {
        return Some("it calls functions behind the end of the context of HPy 0.9".to_owned());
    }
    None
}

fn line(text: &mut String, content: &str) {
    writeln!(text, "  {content}").expect("a String takes any text");
}

/// A heading and words, broken into lines.
fn paragraph(text: &mut String, heading: &str, words: &[impl AsRef<str>]) {
    line(text, &format!("{heading} ({})", words.len()));
    if words.is_empty() {
        return;
    }
    let mut current = String::from("   ");
    for word in words {
        if current.len() + word.as_ref().len() >= WIDTH {
            text.push_str(&current);
            text.push('\n');
            current = String::from("   ");
        }
        current.push(' ');
        current.push_str(word.as_ref());
    }
    text.push_str(&current);
    text.push('\n');
}
