//! Checks of finished code.
use haft_bytecode::Code;

/// Is `code` well formed? The first thing that is wrong with it.
pub fn verify(code: &Code) -> Result<(), String> {
    if code.n_locals > code.n_regs {
        return Err(format!("{}: more locals than registers", code.qualname));
    }
    Ok(())
}
