//! `from __future__ import …`.
use ruff_python_ast::{Mod, Stmt, StmtImportFrom};

use crate::fault::{End, Fault};

/// Features with their code flags; those that are always on have flags too, as in CPython.
const FEATURES: &[(&str, u32)] = &[
    ("nested_scopes", 0),
    ("generators", 0),
    ("division", 0x0002_0000),
    ("absolute_import", 0x0004_0000),
    ("with_statement", 0x0008_0000),
    ("print_function", 0x0010_0000),
    ("unicode_literals", 0x0020_0000),
    ("barry_as_FLUFL", 0x0040_0000),
    ("generator_stop", 0x0080_0000),
    ("annotations", 0x0100_0000),
];

/// The code flags of the future imports at the start of `tree`. One that is elsewhere is an error.
pub(crate) fn future_features(tree: &Mod) -> Result<u32, Fault> {
    let Mod::Module(module) = tree else { return Ok(0) };
    let mut features = 0;
    let mut at_start = true;
    for (index, stmt) in module.body.iter().enumerate() {
        match stmt {
            Stmt::ImportFrom(import) if is_future(import) => {
                if !at_start {
                    return Err(late(import));
                }
                features |= flags(import)?;
            }
            Stmt::Expr(expr) if index == 0 && expr.value.is_string_literal_expr() => {}
            _ => at_start = false,
        }
    }
    Ok(features)
}

/// Is this `from __future__ import …`?
pub(crate) fn is_future(import: &StmtImportFrom) -> bool {
    import.level == 0 && import.module.as_ref().is_some_and(|m| m.as_str() == "__future__")
}

/// The error of a future import that is not at the start.
pub(crate) fn late(import: &StmtImportFrom) -> Fault {
    Fault::syntax("from __future__ imports must occur at the beginning of the file", import.range)
}

fn flags(import: &StmtImportFrom) -> Result<u32, Fault> {
    let mut all = 0;
    for alias in &import.names {
        let name = alias.name.as_str();
        match FEATURES.iter().find(|feature| feature.0 == name) {
            Some(feature) => all |= feature.1,
            None if name == "braces" => {
                return Err(Fault::syntax("not a chance", import.range).ending(End::Unknown));
            }
            None => {
                let message = format!("future feature {name} is not defined");
                return Err(Fault::syntax(message, import.range).ending(End::Unknown));
            }
        }
    }
    Ok(all)
}
