//! [`Clif`]: compiles traces, keeps their code and links them.
use std::any::Any;
use std::sync::atomic::{AtomicUsize, Ordering};

use cranelift_codegen::binemit::Reloc;
use cranelift_codegen::ir::{ExternalName, InstBuilder, Signature, types};
use cranelift_codegen::isa::{CallConv, OwnedTargetIsa};
use cranelift_codegen::settings::{self, Configurable};
use cranelift_codegen::{Context as Codegen, FinalizedRelocTarget};
use cranelift_frontend::FunctionBuilder;
use haft_jit::backend::{Backend, CompileError, Compiled, Enter, ExitId, Job, Runtime, TraceId};
use haft_jit::ir::{IrOp, Trace};

use crate::arena::{Arena, Block};
use crate::job::{Compilation, MachineCode, Surroundings, Workspace, generate, unsupported};
#[cfg(target_arch = "x86_64")]
use crate::quick;
use crate::unwind::Registration;
use crate::variadic::Thunk;
use crate::{gdb, listing, lower, perf_map, unwind};

/// What makes machine code of a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generator {
    /// Our own, in one go: [`crate::quick`]. x86-64 with BMI2 only.
    Quick,
    /// Cranelift, which takes twenty times as long.
    Cranelift,
}

impl Generator {
    /// The quick one where it is possible.
    fn best() -> Generator {
        #[cfg(target_arch = "x86_64")]
        if quick::is_possible() {
            return Generator::Quick;
        }
        Generator::Cranelift
    }
}

/// How to compile.
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line, each by itself")]
#[derive(Debug, Clone)]
pub struct Options {
    /// With what, if this processor has it.
    pub generator: Generator,
    /// Most bytes of code.
    pub code_limit: usize,
    /// Write the names of traces for `perf`.
    pub perf_map: bool,
    /// Tell gdb the names of traces.
    pub gdb: bool,
    /// Keep the machine code as text, and count the instructions of loops.
    pub keep_disassembly: bool,
    /// Let Cranelift verify what it is given; as a rule in debug builds.
    pub verify: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            generator: Generator::best(),
            code_limit: 64 << 20,
            perf_map: false,
            gdb: false,
            keep_disassembly: false,
            verify: cfg!(debug_assertions),
        }
    }
}

/// The back end. Dropping it frees all code, so nobody may run it then.
pub struct Clif {
    /// Cranelift's, if that is used.
    isa: Option<OwnedTargetIsa>,
    options: Options,
    runtime: Runtime,
    arena: Arena,
    /// Memory that compilations use one after another.
    spare: Vec<Workspace>,
    traces: Vec<Place>,
    /// No number below is free.
    first_free: usize,
    /// Where traces are entered from outside.
    trampoline: Piece,
    /// Where exits lead at first.
    stub: Piece,
    thunks: Vec<(Thunk, Block)>,
}

/// Machine code in its place.
#[derive(Debug)]
struct Piece {
    block: Block,
    /// Without rounding.
    bytes: usize,
    _unwind: Option<Registration>,
    /// What gdb knows of it.
    gdb: Option<gdb::Registration>,
    /// The compiler's text of it.
    text: Option<String>,
}

/// The code of a trace.
#[derive(Debug)]
struct Code {
    piece: Piece,
    cells: Box<[AtomicUsize]>,
}

/// What a number of a trace stands for.
#[derive(Debug)]
enum Place {
    Free,
    /// A trace that is being compiled.
    Taken,
    Compiled(Code),
}

impl Place {
    fn code(&self) -> Option<&Code> {
        match self {
            Place::Compiled(code) => Some(code),
            Place::Free | Place::Taken => None,
        }
    }
}

impl Clif {
    /// A back end for this processor.
    pub fn new(runtime: Runtime, options: Options) -> Result<Clif, CompileError> {
        let mut arena = Arena::new(options.code_limit).map_err(system)?;
        let mut spare = Vec::new();
        let (isa, trampoline, stub) = match options.generator {
            #[cfg(target_arch = "x86_64")]
            Generator::Quick => {
                let (trampoline, stub) = (quick::trampoline(), quick::stub());
                let frame = Some(unwind::Frame::Trampoline);
                let trampoline = place_bytes(&mut arena, trampoline, &[], frame)?;
                (None, trampoline, place_bytes(&mut arena, stub, &[], None)?)
            }
            _ => {
                let isa = isa(options.verify)?;
                let mut work = Workspace::default();
                let mut piece = |make: fn(&mut FunctionBuilder<'_>), signature: Signature| {
                    let Workspace { codegen, builder } = &mut work;
                    codegen.func.clear();
                    codegen.func.signature = signature;
                    let mut function = FunctionBuilder::new(&mut codegen.func, builder);
                    make(&mut function);
                    function.seal_all_blocks();
                    function.finalize(isa.frontend_config());
                    generate(&isa, codegen)?;
                    place(&isa, codegen, &mut arena, &[])
                };
                let trampoline = piece(trampoline, outer_signature())?;
                let stub = piece(stub, lower::signature())?;
                spare.push(work);
                (Some(isa), trampoline, stub)
            }
        };
        let mut trampoline = trampoline;
        if options.gdb {
            let (start, bytes) = (trampoline.block.start, trampoline.bytes);
            trampoline.gdb = Some(gdb::Registration::new("haft trampoline", start, bytes));
        }
        Ok(Clif {
            isa,
            options,
            runtime,
            arena,
            spare,
            traces: Vec::new(),
            first_free: 0,
            trampoline,
            stub,
            thunks: Vec::new(),
        })
    }

    fn code(&self, trace: TraceId) -> &Code {
        let code = self.traces.get(trace.0 as usize).and_then(Place::code);
        code.expect("the caller names traces that it compiled and did not free")
    }

    /// A number that is free, which is taken now.
    fn take_id(&mut self) -> TraceId {
        let mut rest = self.traces.iter().skip(self.first_free);
        let free = rest.position(|place| matches!(place, Place::Free));
        let id = free.map_or(self.traces.len(), |at| self.first_free + at);
        match free {
            Some(_) => self.traces[id] = Place::Taken,
            None => self.traces.push(Place::Taken),
        }
        self.first_free = id + 1;
        TraceId(id as u32)
    }

    /// A number is free again.
    fn give_back(&mut self, id: TraceId) -> Place {
        self.first_free = self.first_free.min(id.0 as usize);
        std::mem::replace(&mut self.traces[id.0 as usize], Place::Free)
    }

    fn set_cell(&self, exit: ExitId, target: usize) {
        self.code(exit.trace()).cells[exit.index()].store(target, Ordering::Release);
    }

    /// Put machine code where it runs; how many instructions its loop has, if that is known.
    fn place(
        &mut self,
        code: &MachineCode,
        work: &Workspace,
    ) -> Result<(Piece, Option<usize>), CompileError> {
        match code {
            #[cfg(target_arch = "x86_64")]
            MachineCode::Quick(code) => {
                let frame = Some(unwind::Frame::Trace);
                let mut piece = place_bytes(&mut self.arena, code.bytes.clone(), &code.far, frame)?;
                if self.options.keep_disassembly {
                    piece.text = Some(listing::text(piece.block.start, code));
                }
                Ok((piece, code.loop_instructions))
            }
            MachineCode::Cranelift { targets, loops } => {
                let isa = self.isa.as_ref().expect("Cranelift was asked for");
                let piece = place(isa, &work.codegen, &mut self.arena, targets)?;
                let text = loops.then_some(piece.text.as_deref()).flatten();
                let loop_instructions = text.and_then(listing::loop_instructions);
                Ok((piece, loop_instructions))
            }
        }
    }

    /// See to it that the thunks which a trace calls are there.
    fn make_thunks(&mut self, trace: &Trace) -> Result<(), CompileError> {
        for callee in trace.calls.iter().filter(|callee| callee.variadic.is_some()) {
            let Some(thunk) = lower::thunk_of(callee) else { continue };
            if self.thunks.iter().any(|(known, _)| *known == thunk) {
                continue;
            }
            let block = self.arena.add(&thunk.code()).map_err(system)?;
            self.thunks.push((thunk, block.ok_or(CompileError::NoMemory)?));
        }
        Ok(())
    }
}

impl Backend for Clif {
    fn begin(&mut self, recorded: &Trace) -> Result<Box<dyn Job>, CompileError> {
        if self.options.generator == Generator::Cranelift {
            self.make_thunks(recorded)?;
        }
        let entry = |id: TraceId| {
            let code = self.traces.get(id.0 as usize).and_then(Place::code)?;
            Some((id, code.piece.block.start))
        };
        let links = recorded.insts.iter().filter(|inst| inst.op == IrOp::Link);
        let surroundings = Surroundings {
            runtime: self.runtime,
            target: self.isa.as_ref().map(|isa| isa.frontend_config()),
            entries: links.filter_map(|link| entry(TraceId(link.imm as u32))).collect(),
            thunks: self.thunks.clone(),
            reach: self.arena.reach(),
            cells: 0,
            id: TraceId(0),
        };
        let surroundings = Surroundings { id: self.take_id(), ..surroundings };
        let work = self.spare.pop().unwrap_or_default();
        Ok(Box::new(Compilation::new(
            self.isa.as_ref(),
            surroundings,
            work,
            self.stub.block.start,
            self.options.keep_disassembly,
        )))
    }

    fn end(
        &mut self,
        job: Box<dyn Job>,
        continues: Option<ExitId>,
    ) -> Result<Compiled, CompileError> {
        let job: Box<dyn Any> = job;
        let job = job.downcast::<Compilation>().expect("the caller gives back what it got here");
        let (id, work, made) = job.into_parts();
        let placed = made.and_then(|made| {
            let (piece, loop_instructions) = self.place(&made.code, &work)?;
            Ok((piece, loop_instructions, made))
        });
        self.spare.push(work);
        let (mut piece, loop_instructions, made) = match placed {
            Ok(placed) => placed,
            Err(error) => {
                self.give_back(id);
                return Err(error);
            }
        };
        if self.options.perf_map || self.options.gdb {
            let name = format!("haft trace {}: {}", id.0, made.name);
            if self.options.perf_map {
                perf_map::add(piece.block, &name);
            }
            if self.options.gdb {
                let registration = gdb::Registration::new(&name, piece.block.start, piece.bytes);
                piece.gdb = Some(registration);
            }
        }
        let (start, bytes) = (piece.block.start, piece.bytes);
        let compiled = Compiled {
            id,
            enter: continues
                .is_none()
                .then_some(Enter { trampoline: self.trampoline.block.trampoline(), entry: start }),
            exits: made.exits,
            code_bytes: bytes,
            code_range: (start, start + bytes),
            loop_instructions,
        };
        self.traces[id.0 as usize] = Place::Compiled(Code { piece, cells: made.cells });
        Ok(compiled)
    }

    fn quick_up_to(&self) -> usize {
        match self.options.generator {
            Generator::Quick => 600,
            Generator::Cranelift => 60,
        }
    }

    fn attach(&mut self, exit: ExitId, side: TraceId) {
        self.set_cell(exit, self.code(side).piece.block.start);
    }

    fn detach(&mut self, exit: ExitId) {
        self.set_cell(exit, self.stub.block.start);
    }

    fn free(&mut self, trace: TraceId) {
        if trace.0 as usize >= self.traces.len() {
            return;
        }
        if let Place::Compiled(code) = self.give_back(trace) {
            self.arena.free(code.piece.block);
        }
    }

    fn code_bytes(&self) -> usize {
        self.arena.used()
    }

    fn code_limit(&self) -> usize {
        self.options.code_limit
    }

    fn disassembly(&self, trace: TraceId) -> Option<String> {
        self.code(trace).piece.text.clone()
    }
}

impl std::fmt::Debug for Clif {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Clif")
            .field("options", &self.options)
            .field("arena", &self.arena)
            .finish_non_exhaustive()
    }
}

/// Put the code that `codegen` was made into where it runs; `targets` are what its near calls name by number.
fn place(
    isa: &OwnedTargetIsa,
    codegen: &Codegen,
    arena: &mut Arena,
    targets: &[usize],
) -> Result<Piece, CompileError> {
    let compiled = codegen.compiled_code().expect("the function was compiled");
    let mut code = compiled.code_buffer().to_vec();
    let Some(block) = arena.take(code.len()) else { return Err(CompileError::NoMemory) };
    let placed = near_calls(&mut code, codegen, block.start, targets)
        .and_then(|()| arena.fill(block, &code).map_err(system));
    if let Err(error) = placed {
        arena.free(block);
        return Err(error);
    }
    Ok(Piece {
        block,
        bytes: code.len(),
        _unwind: Registration::new(&**isa, compiled, block.start),
        gdb: None,
        text: compiled.vcode.clone(),
    })
}

/// Put bytes where they run; `far` are the places of distances and the addresses that they lead to.
#[cfg(target_arch = "x86_64")]
fn place_bytes(
    arena: &mut Arena,
    mut code: Vec<u8>,
    far: &[(usize, usize)],
    frame: Option<unwind::Frame>,
) -> Result<Piece, CompileError> {
    let Some(block) = arena.take(code.len()) else { return Err(CompileError::NoMemory) };
    for &(at, target) in far {
        let distance = (target as i64).wrapping_sub((block.start + at + 4) as i64) as i32;
        code[at..at + 4].copy_from_slice(&distance.to_le_bytes());
    }
    if let Err(error) = arena.fill(block, &code) {
        arena.free(block);
        return Err(system(error));
    }
    let unwind = frame.and_then(|frame| Registration::of_frame(frame, block.start, code.len()));
    Ok(Piece { block, bytes: code.len(), _unwind: unwind, gdb: None, text: None })
}

/// Write the distances of calls whose target the instruction holds itself, in code that will run at `start`.
fn near_calls(
    code: &mut [u8],
    codegen: &Codegen,
    start: usize,
    targets: &[usize],
) -> Result<(), CompileError> {
    let compiled = codegen.compiled_code().expect("the caller has compiled it");
    let names = codegen.func.params.user_named_funcs();
    for reloc in compiled.buffer.relocs() {
        let number = match (&reloc.kind, &reloc.target) {
            (
                Reloc::X86CallPCRel4,
                FinalizedRelocTarget::ExternalName(ExternalName::User(name)),
            ) => names[*name].index as usize,
            (kind, _) => return Err(unsupported(&format!("a relocation of kind {kind:?}"))),
        };
        let at = reloc.offset as usize;
        let distance =
            (targets[number] as i64).wrapping_sub((start + at) as i64).wrapping_add(reloc.addend);
        let distance = i32::try_from(distance).map_err(|error| unsupported(&error))?;
        code[at..at + 4].copy_from_slice(&distance.to_le_bytes());
    }
    Ok(())
}

fn isa(verify: bool) -> Result<OwnedTargetIsa, CompileError> {
    let mut flags = settings::builder();
    let verify = if verify { "true" } else { "false" };
    for (name, value) in [
        ("opt_level", "none"),
        ("regalloc_algorithm", "backtracking"),
        ("preserve_frame_pointers", "true"),
        ("unwind_info", "true"),
        ("enable_verifier", verify),
        ("enable_probestack", "false"),
        ("is_pic", "false"),
        ("use_colocated_libcalls", "false"),
    ] {
        flags.set(name, value).map_err(|error| unsupported(&error))?;
    }
    let builder = cranelift_native::builder().map_err(|text| unsupported(&text))?;
    builder.finish(settings::Flags::new(flags)).map_err(|error| unsupported(&error))
}

/// What C sees: `(context, base, entry) -> exit number`.
fn outer_signature() -> Signature {
    Signature { call_conv: CallConv::SystemV, ..lower::signature() }
}

fn trampoline(function: &mut FunctionBuilder<'_>) {
    let block = function.create_block();
    function.append_block_params_for_function_params(block);
    function.switch_to_block(block);
    let [context, base, entry] = *function.block_params(block) else { return };
    let inner = function.import_signature(lower::signature());
    let zero = function.ins().iconst(types::I64, 0);
    let call = function.ins().call_indirect(inner, entry, &[context, base, zero]);
    let number = function.inst_results(call)[0];
    function.ins().return_(&[number]);
}

fn stub(function: &mut FunctionBuilder<'_>) {
    let block = function.create_block();
    function.append_block_params_for_function_params(block);
    function.switch_to_block(block);
    let number = function.block_params(block)[2];
    function.ins().return_(&[number]);
}

fn system(error: std::io::Error) -> CompileError {
    CompileError::Unsupported(format!("code memory: {error}"))
}
