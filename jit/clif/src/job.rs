//! [`Compilation`]: the part of compiling a trace that touches nothing of the back end, so that any thread can do it.
use std::sync::atomic::AtomicUsize;

use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::isa::{OwnedTargetIsa, TargetFrontendConfig};
use cranelift_codegen::{CodegenError, Context as Codegen};
use cranelift_frontend::FunctionBuilderContext;
use haft_jit::backend::{CompileError, Exit, Job, Runtime, TraceId};
use haft_jit::ir::{IrOp, Trace};

use crate::arena::{Block, Reach};
use crate::exits::Plan;
use crate::lower;
#[cfg(target_arch = "x86_64")]
use crate::quick;
use crate::variadic::Thunk;

/// Memory that compilations use one after another.
pub(crate) struct Workspace {
    pub(crate) codegen: Codegen,
    pub(crate) builder: FunctionBuilderContext,
}

impl Default for Workspace {
    fn default() -> Workspace {
        Workspace { codegen: Codegen::new(), builder: FunctionBuilderContext::new() }
    }
}

/// What lowering may ask for.
pub(crate) struct Surroundings {
    /// The runtime's functions.
    pub(crate) runtime: Runtime,
    /// The number of the trace.
    pub(crate) id: TraceId,
    /// The target, for Cranelift.
    pub(crate) target: Option<TargetFrontendConfig>,
    /// The address of its first exit's cell.
    pub(crate) cells: usize,
    /// Entries of the traces that it goes on in.
    pub(crate) entries: Vec<(TraceId, usize)>,
    /// Where the thunks for variadic calls are.
    pub(crate) thunks: Vec<(Thunk, Block)>,
    /// Which addresses the call instruction can hold the distance to.
    pub(crate) reach: Reach,
}

impl Surroundings {
    /// The entry of another trace.
    pub(crate) fn entry(&self, of: TraceId) -> Option<usize> {
        self.entries.iter().find(|(id, _)| *id == of).map(|(_, entry)| *entry)
    }
    /// Can the call instruction hold the distance to an address?
    pub(crate) fn is_near(&self, address: usize) -> bool {
        cfg!(target_arch = "x86_64") && self.reach.contains(address)
    }
}

/// A trace on its way to machine code.
pub(crate) struct Compilation {
    /// Cranelift's target; without, our own generator does it.
    isa: Option<OwnedTargetIsa>,
    surroundings: Surroundings,
    work: Workspace,
    /// Where exits lead at first.
    stub: usize,
    keep_disassembly: bool,
    made: Result<Made, CompileError>,
}

/// What a compilation leaves beside the code.
pub(crate) struct Made {
    /// The name of the trace.
    pub(crate) name: String,
    /// Its exits, by index.
    pub(crate) exits: Vec<Exit>,
    /// Where they lead.
    pub(crate) cells: Box<[AtomicUsize]>,
    /// The machine code.
    pub(crate) code: MachineCode,
}

/// Machine code before it is in its place.
pub(crate) enum MachineCode {
    /// Cranelift's, which is in the workspace.
    Cranelift {
        /// What near calls name by number.
        targets: Vec<usize>,
        /// Does the trace end in a jump back?
        loops: bool,
    },
    /// Our own.
    #[cfg(target_arch = "x86_64")]
    Quick(quick::Code),
}

impl Compilation {
    /// Nothing is done yet.
    pub(crate) fn new(
        isa: Option<&OwnedTargetIsa>,
        surroundings: Surroundings,
        work: Workspace,
        stub: usize,
        keep_disassembly: bool,
    ) -> Compilation {
        let made = Err(unsupported(&"nothing: the job has not run"));
        Compilation { isa: isa.cloned(), surroundings, work, stub, keep_disassembly, made }
    }

    /// The number of the trace, the memory with the code, and what else there is.
    pub(crate) fn into_parts(self) -> (TraceId, Workspace, Result<Made, CompileError>) {
        (self.surroundings.id, self.work, self.made)
    }

    fn make(&mut self, trace: &Trace) -> Result<Made, CompileError> {
        let mut plan = Plan::new(trace)?;
        let cells: Box<[AtomicUsize]> =
            plan.exits.iter().map(|_| AtomicUsize::new(self.stub)).collect();
        self.surroundings.cells = cells.as_ptr().expose_provenance();
        let name = trace.name.clone();
        #[cfg(target_arch = "x86_64")]
        if self.isa.is_none() {
            let mut code = quick::generate(trace, &plan, &self.surroundings)?;
            for (exit, kept) in code.kept.drain(..) {
                plan.exits[exit].kept = Some(kept);
            }
            return Ok(Made { name, exits: plan.exits, cells, code: MachineCode::Quick(code) });
        }
        let isa = self.isa.as_ref().ok_or_else(|| unsupported(&"a trace on this processor"))?;
        let Workspace { codegen, builder } = &mut self.work;
        codegen.clear();
        codegen.set_disasm(self.keep_disassembly);
        let lowered = lower::function(&mut codegen.func, builder, trace, &plan, &self.surroundings);
        if lowered.is_err() {
            // Nothing else empties it when a function was not finished.
            *builder = FunctionBuilderContext::new();
        }
        lowered?;
        generate(isa, codegen)?;
        let targets = trace.calls.iter().map(|callee| callee.address.unwrap_or(0)).collect();
        let loops = trace.insts.last().is_some_and(|inst| inst.op == IrOp::Jump);
        let code = MachineCode::Cranelift { targets, loops };
        Ok(Made { name, exits: plan.exits, cells, code })
    }
}

impl Job for Compilation {
    fn run(&mut self, optimised: &Trace) {
        self.made = self.make(optimised);
    }
}

/// Compile the function in `codegen`.
pub(crate) fn generate(isa: &OwnedTargetIsa, codegen: &mut Codegen) -> Result<(), CompileError> {
    let done = codegen.compile(&**isa, &mut ControlPlane::default());
    done.map(drop).map_err(|error| match &error.inner {
        CodegenError::CodeTooLarge => CompileError::TooLarge,
        error => unsupported(&format!("{error:?}")),
    })
}

/// Something cannot be expressed.
pub(crate) fn unsupported(what: &dyn std::fmt::Display) -> CompileError {
    CompileError::Unsupported(what.to_string())
}
