//! Value words: tests, boxing and unboxing.
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{BlockArg, InstBuilder, MemFlagsData, Value, types};
use haft_jit::ir::{Inst, IrOp};
use haft_jit::word;

use super::Lower;
use crate::barriers;

impl Lower<'_> {
    /// The value of an operation on value words; `None` if it is another operation.
    pub(super) fn word(&mut self, at: usize, inst: &Inst) -> Option<Value> {
        let known = matches!(
            inst.op,
            IrOp::IsInt
                | IrOp::IsFloat
                | IrOp::IsObject
                | IrOp::BoxI
                | IrOp::UnboxI
                | IrOp::BoxF
                | IrOp::UnboxF
                | IrOp::BoxB
                | IrOp::UnboxB
                | IrOp::ObjectOf
                | IrOp::ValueAt
        );
        if !known {
            return None;
        }
        let a = self.value(inst.args[0]);
        Some(match inst.op {
            IrOp::IsInt => {
                let tag = self.b.ins().band_imm_u(a, word::INT_MASK as i64);
                self.b.ins().icmp_imm_u(IntCC::Equal, tag, word::INT_TAG as i64)
            }
            IrOp::IsFloat => self.is_float(a),
            IrOp::IsObject => {
                // The three bits of the tag come to the top; the word 0 becomes the largest number.
                let turned = self.b.ins().rotr_imm_u(a, 3);
                let less = self.b.ins().iadd_imm_s(turned, -1);
                self.b.ins().icmp_imm_u(IntCC::UnsignedLessThan, less, (1 << 61) - 1)
            }
            IrOp::BoxI => {
                let shifted = self.b.ins().ishl_imm_u(a, i64::from(word::INT_SHIFT));
                self.b.ins().iadd_imm_u(shifted, word::INT_TAG as i64)
            }
            IrOp::UnboxI => self.b.ins().sshr_imm_u(a, i64::from(word::INT_SHIFT)),
            IrOp::BoxF => self.box_float(at, a),
            IrOp::UnboxF => {
                let bits = self.b.ins().iadd_imm_s(a, -(word::FLOAT_BIAS as i64));
                let bits = self.b.ins().rotr_imm_u(bits, i64::from(word::FLOAT_ROTATION));
                self.b.ins().bitcast(types::F64, MemFlagsData::new(), bits)
            }
            IrOp::BoxB => {
                let number = self.b.ins().uextend(types::I64, a);
                let step = self.b.ins().imul_imm_u(number, (word::TRUE - word::FALSE) as i64);
                self.b.ins().iadd_imm_u(step, word::FALSE as i64)
            }
            IrOp::UnboxB => self.b.ins().icmp_imm_u(IntCC::Equal, a, word::TRUE as i64),
            _ => a,
        })
    }

    /// The tags of floats (3, 6, 7) are those with two adjacent bits.
    fn is_float(&mut self, word: Value) -> Value {
        const { assert!(word::FLOAT_TAGS == 0b1100_1000) };
        let shifted = self.b.ins().ushr_imm_u(word, 1);
        let adjacent = self.b.ins().band(word, shifted);
        let low = self.b.ins().band_imm_u(adjacent, 3);
        self.b.ins().icmp_imm_u(IntCC::NotEqual, low, 0)
    }

    /// Not 0 if the word is a float: for a branch, which tests the bit of the tag in one number.
    pub(super) fn float_bit(&mut self, word: Value) -> Value {
        const { assert!(word::FLOAT_TAGS == 0b1100_1000) };
        // The low five bits of the word say which bit: whatever two of them are, the tag's three decide.
        let tags = self.b.ins().iconst(types::I32, 0xc8c8_c8c8);
        let one = self.b.ins().iconst(types::I32, 1);
        let low = self.b.ins().ireduce(types::I32, word);
        let bit = self.b.ins().ishl(one, low);
        self.b.ins().band(tags, bit)
    }

    fn box_float(&mut self, at: usize, number: Value) -> Value {
        let bits = self.b.ins().bitcast(types::I64, MemFlagsData::new(), number);
        let turned = self.b.ins().rotl_imm_u(bits, i64::from(word::FLOAT_ROTATION));
        let word = self.b.ins().iadd_imm_u(turned, word::FLOAT_BIAS as i64);
        let immediate = self.float_bit(word);
        let (slow, done) = (self.b.create_block(), self.b.create_block());
        self.b.set_cold_block(slow);
        let result = self.b.append_block_param(done, types::I64);
        self.b.ins().brif(immediate, done, &[BlockArg::Value(word)], slow, []);
        self.b.switch_to_block(slow);
        let target = self.surroundings.runtime.box_float;
        let object = self.helper(target, &[number]);
        for holder in barriers::holders_of(self.trace, at) {
            self.barrier_of(holder);
        }
        self.b.ins().jump(done, &[BlockArg::Value(object)]);
        self.b.switch_to_block(done);
        result
    }
}
