//! Unwind tables of compiled code, so that backtraces, panics and C++ exceptions pass through it.
use cranelift_codegen::CompiledCode;
use cranelift_codegen::isa::TargetIsa;
use cranelift_codegen::isa::unwind::UnwindInfo;
use gimli::write::{
    Address, CallFrameInstruction, CommonInformationEntry, EhFrame, EndianVec,
    FrameDescriptionEntry, FrameTable,
};
use gimli::{Encoding, Format, Register, RunTimeEndian};

/// Numbers of registers in such tables (System V ABI, AMD64 supplement, figure 3.36).
const RBP: Register = Register(6);
const RSP: Register = Register(7);
const RETURN_ADDRESS: Register = Register(16);

/// Code of our own generator, which has one frame for the trampoline and all traces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Frame {
    /// Makes the frame.
    Trampoline,
    /// Finds it made.
    Trace,
}

/// The table of one function, known to the system's unwinder while this lives.
#[derive(Debug)]
pub(crate) struct Registration {
    /// What the unwinder points to.
    table: Box<[u8]>,
}

unsafe extern "C" {
    fn __register_frame(table: *const u8);
    fn __deregister_frame(table: *const u8);
}

impl Registration {
    /// Register the function whose code is at `address`; `None` if it has no table.
    pub(crate) fn new(
        isa: &dyn TargetIsa,
        code: &CompiledCode,
        address: usize,
    ) -> Option<Registration> {
        let UnwindInfo::SystemV(info) = code.create_unwind_info(isa).ok()?? else { return None };
        let fde = info.to_fde(Address::Constant(address as u64));
        Registration::of_table(isa.create_systemv_cie()?, fde)
    }

    /// Register a function of our own generator.
    #[cfg(target_arch = "x86_64")]
    pub(crate) fn of_frame(frame: Frame, address: usize, bytes: usize) -> Option<Registration> {
        let encoding = Encoding { format: Format::Dwarf32, version: 1, address_size: 8 };
        let mut common = CommonInformationEntry::new(encoding, 1, -8, RETURN_ADDRESS);
        common.add_instruction(CallFrameInstruction::Cfa(RSP, 8));
        common.add_instruction(CallFrameInstruction::Offset(RETURN_ADDRESS, -8));
        let mut fde = FrameDescriptionEntry::new(Address::Constant(address as u64), bytes as u32);
        // push rbp; mov rbp, rsp; then the registers: all that has happened where a trace begins.
        let is_made = frame == Frame::Trace;
        let mut at = 0;
        let mut after = |bytes: u32| {
            at += if is_made { 0 } else { bytes };
            at
        };
        let push = after(1);
        fde.add_instruction(push, CallFrameInstruction::CfaOffset(16));
        fde.add_instruction(push, CallFrameInstruction::Offset(RBP, -16));
        fde.add_instruction(after(3), CallFrameInstruction::CfaRegister(RBP));
        for (number, reg) in crate::quick::SAVED.into_iter().enumerate() {
            // One byte more to push the registers from 8 on.
            let push = after(1 + u32::from(reg.number() >= 8));
            // These have the same numbers there as in instructions.
            let reg = Register(u16::from(reg.number()));
            let offset = -24 - 8 * number as i32;
            fde.add_instruction(push, CallFrameInstruction::Offset(reg, offset));
        }
        Registration::of_table(common, fde)
    }

    fn of_table(
        common: CommonInformationEntry,
        fde: FrameDescriptionEntry,
    ) -> Option<Registration> {
        let mut frames = FrameTable::default();
        let common = frames.add_cie(common);
        frames.add_fde(common, fde);
        let mut section = EhFrame(EndianVec::new(RunTimeEndian::default()));
        frames.write_eh_frame(&mut section).ok()?;
        let mut table = section.0.into_vec();
        table.extend_from_slice(&[0; 4]); // the end of the table
        let table = table.into_boxed_slice();
        // SAFETY: a complete table that ends with a zero, at an address that is kept until `drop`.
        unsafe { __register_frame(table.as_ptr()) };
        Some(Registration { table })
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        // SAFETY: registered in `new`, the only constructor.
        unsafe { __deregister_frame(self.table.as_ptr()) };
    }
}
