//! Unwind tables of compiled code, so that backtraces, panics and C++ exceptions pass through it.
use cranelift_codegen::CompiledCode;
use cranelift_codegen::isa::TargetIsa;
use cranelift_codegen::isa::unwind::UnwindInfo;
use gimli::RunTimeEndian;
use gimli::write::{Address, EhFrame, EndianVec, FrameTable};

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
        let mut frames = FrameTable::default();
        let common = frames.add_cie(isa.create_systemv_cie()?);
        frames.add_fde(common, info.to_fde(Address::Constant(address as u64)));
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
