//! Reads two folders of HPy headers with bindgen and says where what they declare differs: `haft-headers OURS THEIRS`.
//!
//! It is a program of its own because it needs libclang, which nothing else here does: `cargo xtask gen --check` runs it.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool talks on its streams"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, BareFnArg, FnArg, ForeignItem, Item, ItemForeignMod, Pat, parse_quote};

/// What a folder of headers declares: each item's name, and its text in Rust without comments and names of parameters.
type Declarations = BTreeMap<String, String>;

/// What upstream declares in another way, which changes nothing in a compiled module.
const NO_MATTER: &[(&str, &str)] = &[(
    "HPyStructSequence_UnnamedField",
    "a variable of a C file that upstream links into each module; ours is a constant in the header",
)];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [ours, theirs] = arguments.as_slice() else {
        eprintln!("usage: haft-headers OURS THEIRS");
        return ExitCode::from(2);
    };
    match compare(Path::new(ours), Path::new(theirs)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Prints the differences and a closing line; are there none?
fn compare(ours: &Path, theirs: &Path) -> Result<bool> {
    let (ours, theirs) = (read(ours)?, read(theirs)?);
    let mut different = 0;
    for (name, text) in &theirs {
        match ours.get(name) {
            Some(own) if own == text => continue,
            _ if NO_MATTER.iter().any(|(row, _)| row == name) => continue,
            Some(own) => println!("{name} differs\n  ours:   {own}\n  theirs: {text}"),
            None => println!("{name} is missing\n  theirs: {text}"),
        }
        different += 1;
    }
    let more = ours.keys().filter(|name| !theirs.contains_key(*name)).count();
    println!(
        "headers: {} declarations compared, {different} differ; {more} are ours alone",
        theirs.len()
    );
    Ok(different == 0)
}

/// Reads `hpy.h` in `folder` for the universal ABI.
fn read(folder: &Path) -> Result<Declarations> {
    let folder =
        folder.canonicalize().with_context(|| format!("no folder {}", folder.display()))?;
    let header = folder.join("hpy.h");
    if !header.is_file() {
        bail!("{} is no file", header.display());
    }
    let place = folder.to_str().context("the folder's name is no UTF-8")?;
    let text = bindgen::Builder::default()
        .header(header.to_string_lossy())
        .clang_args(["-DHPY_ABI_UNIVERSAL", &format!("-I{place}")])
        .clang_args(compiler_headers())
        .allowlist_file(format!("{place}/.*"))
        .prepend_enum_name(false)
        .generate_comments(false)
        .generate()
        .with_context(|| format!("clang cannot read {}", header.display()))?
        .to_string();
    let file = syn::parse_file(&text).context("what bindgen wrote is no Rust")?;
    Ok(file.items.into_iter().flat_map(parts).filter_map(declaration).collect())
}

/// The declarations in a block of foreign functions and variables, each in a block of its own.
fn parts(item: Item) -> Vec<Item> {
    let Item::ForeignMod(block) = item else { return vec![item] };
    let alone = |part: &ForeignItem| ItemForeignMod { items: vec![part.clone()], ..block.clone() };
    block.items.iter().map(|part| Item::ForeignMod(alone(part))).collect()
}

/// libclang comes without `stddef.h` and its like: the C compiler's are as good.
fn compiler_headers() -> Option<String> {
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let output =
        std::process::Command::new(compiler).arg("-print-file-name=include").output().ok()?;
    let folder = String::from_utf8(output.stdout).ok()?;
    Some(format!("-isystem{}", folder.trim()))
}

/// The name of an item and its text without what two headers may say differently.
fn declaration(mut item: Item) -> Option<(String, String)> {
    Nameless.visit_item_mut(&mut item);
    let name = match &item {
        Item::Const(item) if item.ident == "_" => return layout(item.clone()),
        Item::Const(item) => item.ident.to_string(),
        Item::Enum(item) => item.ident.to_string(),
        Item::Fn(item) => item.sig.ident.to_string(),
        Item::Struct(item) => item.ident.to_string(),
        Item::Type(item) => item.ident.to_string(),
        Item::Union(item) => item.ident.to_string(),
        Item::ForeignMod(block) => match block.items.first()? {
            ForeignItem::Fn(item) => item.sig.ident.to_string(),
            ForeignItem::Static(item) => item.ident.to_string(),
            _ => return None,
        },
        // Helpers that bindgen writes itself: bit fields, `Debug`.
        _ => return None,
    };
    Some((name, text(item)))
}

/// The assertions on the size and the offsets of one structure, which bindgen writes as `const _`.
fn layout(item: syn::ItemConst) -> Option<(String, String)> {
    let text = text(Item::Const(item));
    let name = text.split('"').nth(1)?.to_owned();
    Some((name, text))
}

/// An item on one line.
fn text(item: Item) -> String {
    let file = syn::File { shebang: None, attrs: Vec::new(), items: vec![item] };
    prettyplease::unparse(&file).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes the names of parameters and the documentation away: they are no part of the ABI.
struct Nameless;

impl VisitMut for Nameless {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        attributes.retain(|attribute| !attribute.path().is_ident("doc"));
    }

    fn visit_bare_fn_arg_mut(&mut self, argument: &mut BareFnArg) {
        argument.name = None;
        visit_mut::visit_bare_fn_arg_mut(self, argument);
    }

    fn visit_fn_arg_mut(&mut self, argument: &mut FnArg) {
        if let FnArg::Typed(typed) = argument {
            let underscore: Pat = parse_quote!(_);
            *typed.pat = underscore;
        }
        visit_mut::visit_fn_arg_mut(self, argument);
    }
}
