//! Assignments and their targets.
use haft_bytecode::{Const, Op};
use ruff_python_ast::{Expr, ExprSubscript, StmtAnnAssign, StmtAssign, StmtAugAssign};
use ruff_text_size::{Ranged, TextRange};

use super::operator::binary_op;
use super::{Compiler, Res};
use crate::symtable::ScopeKind;

impl<'a> Compiler<'a> {
    pub(super) fn assign(&mut self, assign: &'a StmtAssign) -> Res {
        if let [target] = &assign.targets[..] {
            if let Expr::Name(name) = target {
                let id = self.name_id(&name.id);
                if let Some(reg) = self.local(id) {
                    self.into(&assign.value, reg)?;
                    self.unit.bound(reg);
                    return Ok(());
                }
            }
            if let (Some(targets), Some(values)) = (plain(target), plain(&assign.value))
                && targets.len() == values.len()
                && targets.len() > 1
            {
                return self.assign_in_parallel(targets, values);
            }
        }
        let value = self.reg(&assign.value)?;
        let kept = assign.targets.len() > 1 || self.unit.is_rebound(value);
        let value = if kept { self.fixed(value) } else { value };
        assign.targets.iter().try_for_each(|target| self.store_target(target, value))
    }

    /// `a, b = b, a` without a tuple: all values first, then the targets from left to right.
    fn assign_in_parallel(&mut self, targets: &'a [Expr], values: &'a [Expr]) -> Res {
        let first = self.unit.temps(values.len());
        for (index, value) in values.iter().enumerate() {
            self.into(value, first + index as u16)?;
        }
        for (index, target) in targets.iter().enumerate() {
            self.store_target(target, first + index as u16)?;
        }
        Ok(())
    }

    /// A register with the same value that no assignment changes.
    pub(super) fn fixed(&mut self, reg: u16) -> u16 {
        if !self.unit.is_variable(reg) {
            return reg;
        }
        let temp = self.unit.temp();
        self.unit.mov(temp, reg);
        temp
    }

    /// `target = r[src]`.
    pub(super) fn store_target(&mut self, target: &'a Expr, src: u16) -> Res {
        let mark = self.unit.top;
        match target {
            Expr::Name(name) => {
                let id = self.name_id(&name.id);
                self.at(name.range);
                self.store(id, src);
            }
            Expr::Attribute(attribute) => {
                Self::forbid_debug(&attribute.attr, attribute.range)?;
                let object = self.reg(&attribute.value)?;
                let name = self.name_id(&attribute.attr);
                self.note_static_attribute(attribute);
                self.at_attribute(attribute, attribute.range);
                self.unit.emit_name(Op::StoreAttr, object, src, name);
            }
            Expr::Subscript(subscript) => self.store_item(subscript, src)?,
            Expr::Tuple(tuple) => self.unpack(&tuple.elts, src, tuple.range)?,
            Expr::List(list) => self.unpack(&list.elts, src, list.range)?,
            Expr::Starred(starred) => {
                let message = "starred assignment target must be in a list or tuple";
                return Self::error(message, starred.range);
            }
            other => return Self::error("cannot assign to expression", other.range()),
        }
        self.unit.top = mark;
        Ok(())
    }

    fn store_item(&mut self, subscript: &'a ExprSubscript, src: u16) -> Res {
        let object = self.reg(&subscript.value)?;
        let object = self.steady(object, &subscript.slice);
        if let Some(bounds) = self.slice_bounds(&subscript.slice)? {
            self.at(subscript.range);
            self.unit.emit(Op::StoreSlice, object, bounds, src);
            return Ok(());
        }
        let key = self.reg(&subscript.slice)?;
        self.at(subscript.range);
        self.unit.emit(Op::StoreItem, object, key, src);
        Ok(())
    }

    fn unpack(&mut self, targets: &'a [Expr], src: u16, range: TextRange) -> Res {
        let starred = targets.iter().position(Expr::is_starred_expr);
        if let Some(star) = starred {
            if targets[star + 1..].iter().any(Expr::is_starred_expr) {
                return Self::error("multiple starred expressions in assignment", range);
            }
            if star >= 256 || targets.len() - star > 256 {
                return Self::error("too many expressions in star-unpacking assignment", range);
            }
        }
        self.at(range);
        let first = self.unit.temps(targets.len());
        match starred {
            Some(star) => {
                let after = targets.len() - star - 1;
                self.unit.emit(Op::UnpackEx, first, src, (star | after << 8) as u16);
            }
            None => self.unit.emit(Op::UnpackSequence, first, src, targets.len() as u16),
        }
        for (index, target) in targets.iter().enumerate() {
            let target = match target {
                Expr::Starred(starred) => &*starred.value,
                other => other,
            };
            self.store_target(target, first + index as u16)?;
        }
        Ok(())
    }

    // ---- augmented

    pub(super) fn aug_assign(&mut self, assign: &'a StmtAugAssign) -> Res {
        match &*assign.target {
            Expr::Name(name) => {
                let id = self.name_id(&name.id);
                if let Some(reg) = self.local(id) {
                    self.at(name.range);
                    self.check_bound(reg, id);
                    self.in_place(assign, reg, reg)?;
                    self.unit.bound(reg);
                    return Ok(());
                }
                let temp = self.unit.temp();
                self.at(name.range);
                self.load(id, temp);
                self.in_place(assign, temp, temp)?;
                self.at(name.range);
                self.store(id, temp);
                Ok(())
            }
            Expr::Attribute(attribute) => {
                Self::forbid_debug(&attribute.attr, attribute.range)?;
                let object = self.reg(&attribute.value)?;
                let object = self.steady(object, &assign.value);
                let name = self.name_id(&attribute.attr);
                let temp = self.unit.temp();
                self.at(attribute.range);
                self.unit.emit_name(Op::LoadAttr, temp, object, name);
                self.in_place(assign, temp, temp)?;
                self.note_static_attribute(attribute);
                self.at(attribute.range);
                self.unit.emit_name(Op::StoreAttr, object, temp, name);
                Ok(())
            }
            Expr::Subscript(subscript) => self.aug_assign_item(assign, subscript),
            other => {
                let message = "illegal expression for augmented assignment";
                Self::error(message, other.range())
            }
        }
    }

    fn aug_assign_item(&mut self, assign: &'a StmtAugAssign, subscript: &'a ExprSubscript) -> Res {
        let object = self.reg(&subscript.value)?;
        let object = self.fixed_for(object, &subscript.slice, &assign.value);
        if let Some(bounds) = self.slice_bounds(&subscript.slice)? {
            let temp = self.unit.temp();
            self.at(subscript.range);
            self.unit.emit(Op::LoadSlice, temp, object, bounds);
            self.in_place(assign, temp, temp)?;
            self.at(subscript.range);
            self.unit.emit(Op::StoreSlice, object, bounds, temp);
            return Ok(());
        }
        let key = self.reg(&subscript.slice)?;
        let key = self.steady(key, &assign.value);
        let temp = self.unit.temp();
        self.at(subscript.range);
        self.unit.emit(Op::LoadItem, temp, object, key);
        self.in_place(assign, temp, temp)?;
        self.at(subscript.range);
        self.unit.emit(Op::StoreItem, object, key, temp);
        Ok(())
    }

    fn fixed_for(&mut self, reg: u16, a: &Expr, b: &Expr) -> u16 {
        let steady = self.steady(reg, a);
        if steady == reg { self.steady(reg, b) } else { steady }
    }

    /// `r[dst] = r[lhs] op= value`.
    fn in_place(&mut self, assign: &'a StmtAugAssign, lhs: u16, dst: u16) -> Res {
        let mark = self.unit.top;
        let lhs = self.steady(lhs, &assign.value);
        let value = self.operand(&assign.value)?;
        self.at(assign.range);
        self.binary(binary_op(assign.op), 1, dst, lhs, value);
        self.unit.top = mark;
        Ok(())
    }

    // ---- annotated

    pub(super) fn ann_assign(&mut self, assign: &'a StmtAnnAssign) -> Res {
        if let Some(value) = &assign.value {
            if let Expr::Name(name) = &*assign.target {
                let id = self.name_id(&name.id);
                Self::forbid_debug(&name.id, name.range)?;
                if let Some(reg) = self.local(id) {
                    self.into(value, reg)?;
                    self.unit.bound(reg);
                    return Ok(());
                }
            }
            let mark = self.unit.top;
            let value = self.reg(value)?;
            self.store_target(&assign.target, value)?;
            self.unit.top = mark;
        }
        self.annotation(assign)
    }

    /// What the annotation of a variable does where it stands.
    fn annotation(&mut self, assign: &'a StmtAnnAssign) -> Res {
        match &*assign.target {
            Expr::Name(name) => {
                Self::forbid_debug(&name.id, assign.range)?;
                let holds = matches!(self.scope_kind(), ScopeKind::Module | ScopeKind::Class);
                if assign.simple && holds {
                    return self.note_annotation(assign);
                }
                Ok(())
            }
            _ if assign.value.is_some() => Ok(()),
            // Without a value the target is evaluated, not assigned.
            Expr::Attribute(attribute) => {
                Self::forbid_debug(&attribute.attr, assign.range)?;
                self.effect(&attribute.value)
            }
            Expr::Subscript(subscript) => {
                self.effect(&subscript.value)?;
                self.effect_of_index(&subscript.slice)
            }
            _ => Ok(()),
        }
    }

    fn effect_of_index(&mut self, index: &'a Expr) -> Res {
        match index {
            Expr::Slice(slice) => {
                let parts = [&slice.lower, &slice.upper, &slice.step];
                parts.into_iter().flatten().try_for_each(|part| self.effect(part))
            }
            Expr::Tuple(tuple) => tuple.elts.iter().try_for_each(|e| self.effect_of_index(e)),
            other => self.effect(other),
        }
    }

    /// Two registers with the bounds of `a:b`, for a slice without a step.
    pub(super) fn slice_bounds(&mut self, index: &'a Expr) -> Res<Option<u16>> {
        let Expr::Slice(slice) = index else { return Ok(None) };
        if slice.step.is_some() {
            return Ok(None);
        }
        let bounds = self.unit.temps(2);
        for (part, dst) in [(&slice.lower, bounds), (&slice.upper, bounds + 1)] {
            match part {
                Some(part) => self.into(part, dst)?,
                None => self.unit.load_const(dst, Const::None),
            }
        }
        Ok(Some(bounds))
    }
}

/// The elements of a tuple or list display without stars.
fn plain(expr: &Expr) -> Option<&[Expr]> {
    let elements = match expr {
        Expr::Tuple(tuple) => &tuple.elts,
        Expr::List(list) => &list.elts,
        _ => return None,
    };
    (elements.len() <= 32 && !elements.iter().any(Expr::is_starred_expr)).then_some(elements)
}
