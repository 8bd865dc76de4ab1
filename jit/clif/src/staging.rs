//! Where cranelift-jit puts code before it is moved to where it runs.
//!
//! Code is relocated in ordinary memory: its references are absolute addresses of other things, or relative within
//! itself, so that it may be moved afterwards.
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use cranelift_jit::{BranchProtection, JITMemoryKind, JITMemoryProvider};
use cranelift_module::ModuleResult;

/// What a module has emitted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Staging(Arc<Mutex<Vec<Vec<u8>>>>);

impl Staging {
    /// The code, if the module emitted one piece.
    pub(crate) fn take(&self) -> Option<Vec<u8>> {
        let mut pieces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let code = pieces.pop();
        pieces.clear();
        code
    }
}

impl JITMemoryProvider for Staging {
    fn allocate(&mut self, size: usize, _align: u64, _kind: JITMemoryKind) -> io::Result<*mut u8> {
        let mut pieces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pieces.push(vec![0; size]);
        let piece = pieces.last_mut().ok_or(io::ErrorKind::OutOfMemory)?;
        Ok(piece.as_mut_ptr())
    }

    unsafe fn free_memory(&mut self) {}

    fn finalize(&mut self, _branch_protection: BranchProtection) -> ModuleResult<()> {
        Ok(())
    }
}
