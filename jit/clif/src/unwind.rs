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

/// What a function of our own generator has saved, all relative to its frame pointer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Frame {
    /// The frame pointer.
    Trace,
    /// And the registers that C wants back.
    Trampoline,
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
        // push rbp; mov rbp, rsp
        fde.add_instruction(1, CallFrameInstruction::CfaOffset(16));
        fde.add_instruction(1, CallFrameInstruction::Offset(RBP, -16));
        fde.add_instruction(4, CallFrameInstruction::CfaRegister(RBP));
        if frame == Frame::Trampoline {
            let mut at = 4;
            for (number, reg) in crate::quick::SAVED.into_iter().enumerate() {
                // One byte more to push the registers from 8 on.
                at += 1 + u32::from(reg.number() >= 8);
                // Of those that are saved, rbx alone has another number there than in instructions.
                let reg = Register(u16::from(reg.number()));
                let offset = -24 - 8 * number as i32;
                fde.add_instruction(at, CallFrameInstruction::Offset(reg, offset));
            }
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
