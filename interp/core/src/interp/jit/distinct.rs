//! Attributes that are floats, of several objects in one trace: are they different objects?
//!
//! A store into one may change what was read from the other if both are the same. A test, done once, saves reading and
//! unboxing the numbers again, and lets those of an object that the loop keeps stay in registers.
use haft_heap::Value;
use haft_jit::ir::{IrOp, Ref};

use super::rec::{Known, Rec};

/// Most attributes that are remembered.
const MOST: usize = 48;

/// An attribute that held a float when it was read or written.
#[derive(Clone, Copy, Debug)]
pub(super) struct FloatField {
    object: Ref,
    now: Value,
    word: usize,
    stored: bool,
}

impl Rec<'_, '_> {
    /// The attribute in a word of the object is about to be read or, if `stores`, written, and holds this.
    pub(super) fn meets_float(
        &mut self,
        object: Known<Value>,
        word: usize,
        value: Value,
        stores: bool,
    ) {
        if self.after_effect || !value.is_float_imm() {
            return;
        }
        let others: Vec<Known<Value>> = self
            .float_fields
            .iter()
            .filter(|field| field.word == word && (stores || field.stored))
            .filter(|field| field.object != object.by && field.now != object.now)
            .map(|field| Known { now: field.now, by: field.object })
            .collect();
        for other in others {
            let pair = (other.by.min(object.by), other.by.max(object.by));
            if !self.distinct.contains(&pair) {
                self.distinct.push(pair);
                let same = self.op(IrOp::Same, &[pair.0, pair.1]);
                self.test(false, same);
            }
        }
        let known = self
            .float_fields
            .iter_mut()
            .find(|field| field.object == object.by && field.word == word);
        if let Some(field) = known {
            field.stored |= stores;
        } else if self.float_fields.len() < MOST {
            let field = FloatField { object: object.by, now: object.now, word, stored: stores };
            self.float_fields.push(field);
        }
    }
}
