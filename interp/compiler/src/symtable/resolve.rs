//! Second step: the owner of every name.
use ruff_text_size::TextRange;

use super::{Comprehension, Place, Scope, ScopeId, ScopeKind, Symbol, Symtable, def};
use crate::fault::Fault;
use crate::names::{NameId, known};

/// Who owns a name that a scope does not bind itself.
enum Owner {
    Scope(ScopeId),
    Global,
}

pub(super) fn resolve(table: &mut Symtable<'_>) -> Result<(), Fault> {
    for index in 0..table.scopes.len() {
        mark_inlined(table, index);
    }
    for index in 0..table.scopes.len() {
        let scope = ScopeId(index as u32);
        let mut at = 0;
        while let Some((&name, &symbol)) = table.scopes[index].symbols.get_index(at) {
            at += 1;
            let place = place(table, scope, name, symbol)?;
            if let Some(symbol) = table.scopes[index].symbols.get_mut(&name) {
                symbol.place = place;
            }
        }
    }
    mark_cells(table);
    Ok(())
}

/// PEP 709: comprehensions that are no generators are part of the code around them, except in annotation scopes that
/// see a class.
fn mark_inlined(table: &mut Symtable<'_>, index: usize) {
    let scope = &table.scopes[index];
    let inlined = match scope.kind {
        ScopeKind::Comprehension(kind) => {
            kind != Comprehension::Generator
                && scope.parent.is_some_and(|parent| !table.scope(parent).sees_class)
        }
        _ => false,
    };
    let parent = scope.parent;
    table.scopes[index].inlined = inlined;
    if inlined && let Some(parent) = parent {
        table.scopes[parent.0 as usize].comprehensions.push(ScopeId(index as u32));
    }
}

fn place(
    table: &mut Symtable<'_>,
    scope: ScopeId,
    name: NameId,
    symbol: Symbol,
) -> Result<Place, Fault> {
    let flags = symbol.flags;
    if flags & def::GLOBAL != 0 {
        if flags & def::NONLOCAL != 0 {
            let name = table.names.text(name);
            let message = format!("name '{name}' is nonlocal and global");
            return Err(Fault::syntax(message, symbol.range));
        }
        return Ok(Place::GlobalExplicit);
    }
    if flags & def::NONLOCAL != 0 {
        return nonlocal(table, scope, name, symbol.range);
    }
    if symbol.place != Place::Unknown {
        return Ok(symbol.place); // made on the way to an owner
    }
    if flags & def::BOUND != 0 {
        return Ok(Place::Local);
    }
    if is_class_cell(table.scope(scope), name) {
        claim_class_cell(&mut table.scopes[scope.0 as usize], name);
        return Ok(Place::Cell);
    }
    match owner(table, scope, name) {
        Owner::Scope(owner) => {
            capture(table, scope, owner, name);
            Ok(Place::Free)
        }
        Owner::Global => Ok(Place::GlobalImplicit),
    }
}

fn nonlocal(
    table: &mut Symtable<'_>,
    scope: ScopeId,
    name: NameId,
    range: TextRange,
) -> Result<Place, Fault> {
    if table.scope(scope).kind == ScopeKind::Module {
        return Err(Fault::syntax("nonlocal declaration not allowed at module level", range));
    }
    let Owner::Scope(owner) = owner(table, scope, name) else {
        let message = format!("no binding for nonlocal '{}' found", table.names.text(name));
        return Err(Fault::syntax(message, range));
    };
    let flags = table.scope(owner).symbols.get(&name).map_or(0, |symbol| symbol.flags);
    if flags & def::TYPE_PARAM != 0 {
        let name = table.names.text(name);
        let message = format!("nonlocal binding not allowed for type parameter '{name}'");
        return Err(Fault::syntax(message, range));
    }
    capture(table, scope, owner, name);
    Ok(Place::Free)
}

/// Cells that a class has without binding them: its own object, its namespace, the set of its annotations.
fn is_class_cell(scope: &Scope<'_>, name: NameId) -> bool {
    scope.kind == ScopeKind::Class
        && (name == known::CLASSDICT
            || name == known::CONDITIONAL_ANNOTATIONS && scope.conditional_annotations)
}

fn claim_class_cell(scope: &mut Scope<'_>, name: NameId) {
    match name {
        known::CLASS => scope.needs_class_cell = true,
        known::CLASSDICT => scope.needs_classdict = true,
        _ => {}
    }
}

/// Walk outwards from `scope` to the block that binds `name`. Classes are not seen from inside.
fn owner(table: &Symtable<'_>, scope: ScopeId, name: NameId) -> Owner {
    let mut next = table.scope(scope).parent;
    while let Some(id) = next {
        let outer = table.scope(id);
        next = outer.parent;
        match outer.kind {
            ScopeKind::Module => return Owner::Global,
            ScopeKind::Class if name == known::CLASS || is_class_cell(outer, name) => {
                return Owner::Scope(id);
            }
            ScopeKind::Class => continue,
            _ => {}
        }
        let flags = outer.symbols.get(&name).map_or(0, |symbol| symbol.flags);
        if flags & def::GLOBAL != 0 {
            return Owner::Global;
        }
        if flags & def::BOUND != 0 && flags & def::NONLOCAL == 0 {
            return Owner::Scope(id);
        }
    }
    Owner::Global
}

/// `name`, used in `scope`, is bound in `owner`: every scope between hands it on, and unless they are all inlined into
/// `owner` it has to live in a cell.
fn capture(table: &mut Symtable<'_>, scope: ScopeId, owner: ScopeId, name: NameId) {
    let mut captured = false;
    let mut at = scope;
    while at != owner {
        let between = &mut table.scopes[at.0 as usize];
        captured |= !between.inlined;
        if at != scope {
            pass_through(between, name);
        }
        let Some(parent) = between.parent else { return };
        at = parent;
    }
    let target = &mut table.scopes[owner.0 as usize];
    if target.kind == ScopeKind::Class {
        claim_class_cell(target, name);
        let cell = Symbol { flags: def::CAPTURED, place: Place::Cell, range: TextRange::default() };
        target.symbols.entry(name).or_insert(cell).place = Place::Cell;
    } else if captured && let Some(symbol) = target.symbols.get_mut(&name) {
        symbol.flags |= def::CAPTURED;
    }
}

fn pass_through(scope: &mut Scope<'_>, name: NameId) {
    let free = Symbol { flags: 0, place: Place::Free, range: TextRange::default() };
    let symbol = scope.symbols.entry(name).or_insert(free);
    if symbol.flags & (def::BOUND | def::GLOBAL) != 0 && symbol.flags & def::NONLOCAL == 0 {
        symbol.flags |= def::FREE_CLASS;
    } else {
        symbol.place = Place::Free;
    }
}

fn mark_cells(table: &mut Symtable<'_>) {
    for scope in &mut table.scopes {
        if !scope.kind.is_function_like() {
            continue;
        }
        for symbol in scope.symbols.values_mut() {
            if symbol.place == Place::Local && symbol.flags & def::CAPTURED != 0 {
                symbol.place = Place::Cell;
            }
        }
    }
}
