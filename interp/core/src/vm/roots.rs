//! Making a runtime, and what the collector starts from.
use std::cell::Cell;

use haft_heap::{Heap, Survivors, Tracer, Value};

use super::{Config, Exceptions, Names, StackState, Types, Vm};
use crate::object::{Dict, Kind, ShapeId, ShapeTable, Str, Type, TypeFlags, kind_table};

/// Registers of the main stack: a million frames of usual size fit.
const MAIN_REGISTERS: usize = 1 << 27;
/// Part of the native stack that is kept for handling its exhaustion.
const NATIVE_RESERVE: usize = 256 << 10;

/// Root function of the heap.
///
/// # Safety
/// `data` is the `Vm` that owns the heap.
unsafe fn trace_roots(tracer: &mut Tracer<'_>, data: *mut ()) {
    // SAFETY: `data` is the boxed `Vm` given to `set_roots`; it lives as long as its heap. Only fields other than the
    // heap are read here.
    let vm = unsafe { &*data.cast::<Vm>() };
    vm.trace(tracer);
    // Finalizers and weak reference callbacks may be due after this collection.
    vm.attention.store(true, std::sync::atomic::Ordering::Relaxed);
}

/// Reports what the shapes of living objects need.
///
/// # Safety
/// `data` is the `Vm` that owns the heap.
unsafe fn trace_used_shapes(tracer: &mut Tracer<'_>, data: *mut ()) {
    // SAFETY: as in `trace_roots`.
    let vm = unsafe { &*data.cast::<Vm>() };
    vm.shapes.trace_used(tracer);
}

/// Forgets what died.
///
/// # Safety
/// `data` is the `Vm` that owns the heap.
unsafe fn prune(survivors: &Survivors<'_>, data: *mut ()) {
    let vm = data.cast::<Vm>();
    // SAFETY: as in `trace_roots`; nothing else uses the shapes while the heap collects.
    let shapes = unsafe { &mut (*vm).shapes };
    if survivors.is_full() {
        shapes.prune(survivors);
    }
    // SAFETY: as in `trace_roots`; nothing else uses the handles while the heap collects.
    unsafe { (*vm).handles.prune() };
    // SAFETY: as in `trace_roots`; nothing else uses the JIT while the heap collects.
    let jit = unsafe { &mut (*vm).jit };
    if let Some(jit) = jit {
        jit.prune(survivors);
    }
}

impl Vm {
    /// A runtime with its built-in classes, still without methods: the crates of builtins and modules add them.
    pub fn new(config: Config) -> std::io::Result<Box<Vm>> {
        let mut heap = Heap::new(&kind_table());
        heap.set_vec_kind(Kind::Array as u8);
        let placeholder = heap.alloc(Kind::Raw as u8, ShapeId::NONE.0, 8);
        let (low, high) = haft_host::memory::stack_bounds()?;
        heap.set_stack_bounds(high);
        let stack = Box::new(StackState::new(MAIN_REGISTERS, low + NATIVE_RESERVE)?);
        let dict = Dict::new(&mut heap);
        let nothing = placeholder_type(&mut heap, dict);
        let hash_seed = match config.hash_seed {
            Some(seed) => seed,
            None => random_seed()?,
        };
        let mut vm = Box::new(Vm {
            t: Types::all_same(nothing),
            exc: Exceptions::all_same(nothing),
            names: Names::EMPTY,
            shapes: ShapeTable::default(),
            stack,
            modules: dict,
            builtins: dict,
            sys: dict,
            config,
            watched: false,
            monitoring: Box::default(),
            recursion_limit: 1000,
            native_modules: std::collections::BTreeMap::new(),
            native_namespaces: dict,
            attention: std::sync::Arc::default(),
            on_attention: Vec::new(),
            warn: |_, _, _| Ok(()),
            company: 0,
            jit: None,
            interned: dict,
            latin1: Vec::new(),
            single_bytes: Vec::new(),
            empty_tuple: Value::ABSENT,
            largest: Value::ABSENT,
            next_version: Cell::new(1),
            hash_seed,
            extensions: super::extensions::Extensions::default(),
            threads: None,
            handles: super::Handles::default(),
            method_cache: crate::protocol::MethodCache::default(),
            known: crate::interp::Known::default(),
            consumers: crate::interp::consume::Consumers::default(),
            constructor_signatures: std::collections::BTreeMap::new(),
            heap,
        });
        let data = (&raw mut *vm).cast::<()>();
        // SAFETY: the box is not moved out of, and the heap goes with it.
        unsafe { vm.heap.set_roots(trace_roots, data) };
        // SAFETY: as above.
        unsafe { vm.heap.set_used_shapes(trace_used_shapes, data) };
        // SAFETY: as above.
        unsafe { vm.heap.set_weak_tables(prune, data) };
        vm.heap.set_enabled(false);
        vm.t = vm.make_builtin_types(placeholder);
        vm.modules = vm.dict();
        vm.builtins = vm.dict();
        vm.sys = vm.dict();
        vm.native_namespaces = vm.dict();
        vm.interned = vm.dict();
        vm.latin1 = vm.make_small_strings();
        vm.single_bytes = (0..=u8::MAX).map(|byte| vm.bytes(&[byte])).collect();
        vm.empty_tuple = vm.tuple(&[]);
        vm.largest = vm.int(i64::MAX);
        vm.names = vm.make_names();
        vm.exc = vm.make_exceptions();
        vm.heap.set_enabled(true);
        Ok(vm)
    }

    fn make_small_strings(&mut self) -> Vec<Str> {
        let mut all: Vec<Str> = (0..256u32)
            .map(|c| {
                let (buffer, len) = super::make::encode_wtf8(c);
                Str::new(&mut self.heap, &buffer[..len])
            })
            .collect();
        all.push(Str::new(&mut self.heap, b""));
        for str in &all {
            self.intern_str(str.value());
        }
        all
    }

    fn make_names(&mut self) -> Names {
        Names::new(|text| self.intern(text))
    }

    fn make_exceptions(&mut self) -> Exceptions {
        let mut classes: Vec<Type> = Vec::new();
        for row in super::exceptions::ROWS {
            let base = super::exceptions::ROWS
                .iter()
                .position(|r| r.name == row.base)
                .map_or(self.t.object, |at| classes[at]);
            let spec = super::TypeSpec {
                doc: row.doc,
                base: Some(base),
                flags: TypeFlags::BASE
                    .with(TypeFlags::EXCEPTION)
                    .with(TypeFlags::HAS_DICT)
                    .with(TypeFlags::HAS_WEAKREFS),
                ..super::TypeSpec::of::<crate::object::Exception>(row.name)
            };
            classes.push(self.new_builtin_type(&spec));
        }
        Exceptions::from_classes(&classes)
    }

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.shapes.trace(tracer);
        self.stack.trace(tracer);
        self.names.trace(tracer);
        let dicts = [self.modules, self.builtins, self.sys, self.interned, self.native_namespaces];
        for dict in dicts {
            tracer.obj(dict.obj());
        }
        tracer.values(&self.single_bytes);
        for str in &self.latin1 {
            tracer.obj(str.obj());
        }
        tracer.value(self.empty_tuple);
        tracer.value(self.largest);
        self.handles.trace(tracer);
        self.monitoring.trace(tracer);
        self.consumers.trace(tracer);
        for function in self.constructor_signatures.values() {
            tracer.obj(function.obj());
        }
        if let Some(jit) = &self.jit {
            jit.trace(tracer);
        }
        for extension in self.extensions.iter() {
            extension.trace(tracer);
        }
    }
}

fn random_seed() -> std::io::Result<u64> {
    let mut bytes = [0; 8];
    haft_host::random::urandom(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes))
}

/// A class that stands in every field until there are classes.
fn placeholder_type(heap: &mut Heap, dict: Dict) -> Type {
    use crate::object::{NoTrace, Slots, TypeData, alloc_payload};
    let data = TypeData {
        name: Value::ABSENT.into(),
        qualname: Value::ABSENT.into(),
        bases: Value::ABSENT.into(),
        base: Value::ABSENT.into(),
        mro: Value::ABSENT.into(),
        dict,
        slots: NoTrace(Slots::default()),
        flags: NoTrace(TypeFlags(0).into()),
        version: 0.into(),
        kind: NoTrace(Kind::Raw),
        root_shape: NoTrace(ShapeId::NONE.into()),
        dict_shape: NoTrace(ShapeId::NONE.into()),
        subclasses: NoTrace(std::cell::RefCell::default()),
        native_name: NoTrace(Cell::new("")),
        init_function: Value::ABSENT.into(),
        extension: NoTrace(Cell::new(None)),
        host_data: Cell::new(0),
        part: crate::object::extension::ClassPart::default(),
    };
    alloc_payload(heap, ShapeId::TYPE, data)
}
