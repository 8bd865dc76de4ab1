//! `import` and `from … import`.
use haft_bytecode::{Const, Insn, Op};
use ruff_python_ast::{Alias, StmtImport, StmtImportFrom};

use super::{Compiler, Res};

impl<'a> Compiler<'a> {
    pub(super) fn import(&mut self, import: &'a StmtImport) -> Res {
        for alias in &import.names {
            let mark = self.unit.top;
            self.at(import.range);
            let module = self.unit.temp();
            let fromlist = self.unit.temp();
            self.unit.load_const(fromlist, Const::None);
            self.import_name(module, fromlist, &alias.name, 0);
            match &alias.asname {
                Some(name) => {
                    Self::forbid_debug(name, alias.range)?;
                    self.bind_submodule(alias, name, module);
                }
                None => {
                    let top = alias.name.split('.').next().unwrap_or("");
                    Self::forbid_debug(top, alias.range)?;
                    let id = self.name_id(top);
                    self.store(id, module);
                }
            }
            self.unit.top = mark;
        }
        Ok(())
    }

    /// `import a.b.c as name`: the import gives `a`, the name means `a.b.c`.
    fn bind_submodule(&mut self, alias: &Alias, name: &str, module: u16) {
        for part in alias.name.split('.').skip(1) {
            self.import_attribute(module, module, part);
        }
        let id = self.name_id(name);
        self.store(id, module);
    }

    fn import_name(&mut self, dst: u16, fromlist: u16, name: &str, level: u32) {
        if self.unit.dead {
            return;
        }
        let id = self.table.names.intern(name);
        let index = self.name_index(id);
        let level = u8::try_from(level).unwrap_or(u8::MAX);
        self.unit.emit_ext(Insn::abc(Op::ImportName, level, dst, fromlist, 0), index, 0);
    }

    fn import_attribute(&mut self, dst: u16, module: u16, name: &str) {
        if self.unit.dead {
            return;
        }
        let id = self.table.names.intern(name);
        let index = self.name_index(id);
        self.unit.emit_ext(Insn::abc(Op::ImportFrom, 0, dst, module, 0), index, 0);
    }

    fn name_index(&mut self, id: crate::names::NameId) -> u32 {
        let next = self.unit.names.len() as u32;
        *self.unit.names.entry(id).or_insert(next)
    }

    pub(super) fn import_from(&mut self, import: &'a StmtImportFrom) -> Res {
        self.at(import.range);
        let module = self.unit.temp();
        let value = self.unit.temp();
        let names = import.names.iter().map(|alias| Const::Str(alias.name.as_bytes().into()));
        let fromlist = Const::Tuple(names.collect());
        self.unit.load_const(value, fromlist);
        let name = import.module.as_ref().map_or("", |name| name.as_str());
        self.import_name(module, value, name, import.level);
        for alias in &import.names {
            if alias.name.as_str() == "*" {
                self.unit.emit(Op::ImportStar, module, 0, 0);
                continue;
            }
            let name = alias.asname.as_ref().unwrap_or(&alias.name);
            Self::forbid_debug(name, alias.range)?;
            self.import_attribute(value, module, &alias.name);
            let id = self.name_id(name);
            self.store(id, value);
        }
        Ok(())
    }
}
