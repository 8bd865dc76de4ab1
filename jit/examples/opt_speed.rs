//! Times the optimiser.
use haft_jit::ir::parse;
use haft_jit::opt::{Options, optimize};
use std::time::Instant;
fn main() {
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let text = text.split("====").next().unwrap();
    let trace = parse(text).unwrap();
    // repeat the body of the trace n times with renumbering
    let n: usize = std::env::args().nth(2).unwrap().parse().unwrap();
    let mut big = trace.clone();
    let last = big.insts.pop().unwrap();
    let base = big.insts.clone();
    for k in 1..n {
        let offset = (base.len() * k) as u32;
        let snaps = big.snapshots.len() as u32;
        for s in &trace.snapshots {
            let mut s = s.clone();
            for (_, e) in &mut s.slots {
                if let haft_jit::ir::Entry::Ref(r) = e {
                    r.0 += offset;
                }
            }
            big.snapshots.push(s);
        }
        for inst in &base {
            let mut inst = inst.clone();
            for a in &mut inst.args {
                a.0 += offset;
            }
            if inst.op == haft_jit::ir::IrOp::Slot {
                inst.imm += 8 * k as i64;
            }
            if let Some(s) = &mut inst.snapshot {
                s.0 += snaps;
            }
            big.insts.push(inst);
        }
    }
    big.insts.push(last);
    for _ in 0..5 {
        let t = Instant::now();
        let out = optimize(&big, &Options::default());
        println!("{} -> {} insts: {:?}", big.insts.len(), out.insts.len(), t.elapsed());
    }
}
