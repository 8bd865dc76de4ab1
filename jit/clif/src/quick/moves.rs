//! Moves that happen at once.
use super::Quick;
use super::asm::{Mem, Reg, Rm};
use super::regs::Loc;

impl Quick<'_> {
    /// Each place on the left gets what the place on the right holds now. From slot to slot it goes through a vector
    /// register.
    pub(super) fn moves(&mut self, mut moves: Vec<(Loc, Loc)>) {
        moves.retain(|(to, from)| to != from);
        let (constants, mut left): (Vec<_>, Vec<_>) =
            moves.into_iter().partition(|(_, from)| matches!(from, Loc::Const(_)));
        while !left.is_empty() {
            let ready = left.iter().position(|(to, _)| left.iter().all(|(_, from)| from != to));
            if let Some(at) = ready {
                let (to, from) = left.swap_remove(at);
                self.copy(to, from);
                continue;
            }
            // A circle: what the first place holds waits elsewhere.
            let place = left[0].0;
            let aside = match place {
                Loc::Reg(reg) if !reg.is_float() => Loc::Reg(Reg::R11),
                _ => Loc::Slot(self.regs.save_slot(Reg::XMM15)),
            };
            self.copy(aside, place);
            for (_, from) in &mut left {
                if *from == place {
                    *from = aside;
                }
            }
        }
        for (to, from) in constants {
            self.copy(to, from);
        }
    }

    /// One place gets what another holds.
    pub(super) fn copy(&mut self, to: Loc, from: Loc) {
        let at = |slot| Mem::at(Reg::RBP, slot);
        match (to, from) {
            (Loc::Reg(to), Loc::Reg(from)) => self.asm.mov(to, from),
            (Loc::Reg(to), Loc::Slot(from)) => self.asm.load(to, at(from)),
            (Loc::Slot(to), Loc::Reg(from)) => self.asm.store(at(to), from),
            (Loc::Slot(to), Loc::Slot(from)) => {
                self.asm.load(Reg::XMM15, at(from));
                self.asm.store(at(to), Reg::XMM15);
            }
            (Loc::Reg(to), Loc::Const(bits)) if to.is_float() => {
                let number = self.asm.constant(bits);
                self.asm.load_double(to, Rm::Pool(number));
            }
            (Loc::Reg(to), Loc::Const(bits)) => self.asm.mov_imm(to, bits.cast_signed()),
            (Loc::Slot(to), Loc::Const(bits)) => match i32::try_from(bits.cast_signed()) {
                Ok(number) => self.asm.store_imm(at(to), number, 8),
                Err(_) => {
                    self.asm.mov_imm(Reg::R11, bits.cast_signed());
                    self.asm.store(at(to), Reg::R11);
                }
            },
            (Loc::Const(_), _) => {}
        }
    }
}
