//! Memory that is looked at: who owns it, which part it is, and how long the owner must not move it.
//!
//! All views that were made from each other share one [`Managed`], which names the owner of the bytes and keeps it from
//! being resized. It lets go when every view is released or when it dies; since nobody hears of a death
//! at once, a bytearray that is about to be resized asks the collector first ([`check_exports`]), as do others ([`is_exported`]).
use std::any::Any;
use std::cell::{Cell, RefCell};

use haft_core::object::{
    BufferView, ByteArray, Export, NoTrace, PayloadRef, Traced, Type, TypeFlags,
};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{R, Raised, Tracer, Value, Vm, payload};

payload! {
    /// The owner of some memory, for all views of it.
    pub(super) struct Managed {
        /// The object with the buffer; ABSENT once nobody looks any more.
        pub(super) owner: Cell<Value>,
        /// Views that are not released.
        pub(super) n_views: Cell<usize>,
        /// Memory that the owner shows until it is given up.
        export: NoTrace<Option<Export>>,
        /// What giving it up takes; ABSENT if that is done or not needed.
        token: Cell<Value>,
    }
    /// A memoryview.
    pub(super) struct MemoryView {
        /// Its [`Managed`].
        pub(super) managed: PayloadRef<Managed>,
        /// Which bytes it shows.
        pub(super) view: NoTrace<View>,
        /// Was it released?
        pub(super) released: Cell<bool>,
        /// The hash, once asked for.
        pub(super) hash: Cell<Option<i64>>,
    }
}

/// A memoryview object.
pub(super) type Memory = PayloadRef<MemoryView>;

/// Items of one format in some dimensions.
#[derive(Clone, Debug)]
pub(super) struct View {
    /// Format of an item, as in the module `struct`.
    pub(super) format: &'static str,
    /// Bytes of an item.
    pub(super) item_size: usize,
    /// Items in each dimension.
    pub(super) shape: Vec<usize>,
    /// Bytes from one item to the next in each dimension.
    pub(super) strides: Vec<isize>,
    /// Where the first item is in the owner's bytes.
    pub(super) offset: usize,
    /// May it not be written to?
    pub(super) readonly: bool,
}

impl View {
    /// A row of items.
    pub(super) fn row(buffer: &BufferView) -> View {
        let item_size = buffer.item_size.max(1);
        View {
            format: buffer.format,
            item_size,
            shape: vec![buffer.len / item_size],
            strides: vec![item_size as isize],
            offset: 0,
            readonly: buffer.readonly,
        }
    }
    /// Number of items.
    pub(super) fn n_items(&self) -> usize {
        self.shape.iter().product()
    }
    /// Number of bytes of all items.
    pub(super) fn n_bytes(&self) -> usize {
        self.n_items() * self.item_size
    }
    /// Strides of items without gaps, the last dimension fastest.
    pub(super) fn dense_strides(shape: &[usize], item_size: usize) -> Vec<isize> {
        let mut strides = vec![0; shape.len()];
        let mut stride = item_size as isize;
        for (place, &n) in strides.iter_mut().zip(shape).rev() {
            *place = stride;
            stride = stride.saturating_mul(n as isize);
        }
        strides
    }
    /// Are the items without gaps in C's order?
    pub(super) fn is_c_contiguous(&self) -> bool {
        self.n_items() == 0 || self.is_dense(&View::dense_strides(&self.shape, self.item_size))
    }
    /// Are the items without gaps in Fortran's order?
    pub(super) fn is_f_contiguous(&self) -> bool {
        let reversed: Vec<usize> = self.shape.iter().rev().copied().collect();
        let mut strides = View::dense_strides(&reversed, self.item_size);
        strides.reverse();
        self.n_items() == 0 || self.is_dense(&strides)
    }
    /// A dimension of one item may have any stride.
    fn is_dense(&self, strides: &[isize]) -> bool {
        self.shape.iter().zip(&self.strides).zip(strides).all(|((&n, a), b)| n == 1 || a == b)
    }
    /// The first and the last byte that belong to an item, as offsets; nothing if there is no item.
    fn extent(&self) -> Option<(isize, isize)> {
        if self.n_items() == 0 {
            return None;
        }
        let (mut low, mut high) = (self.offset as isize, self.offset as isize);
        for (&n, &stride) in self.shape.iter().zip(&self.strides) {
            let reach = (n as isize - 1) * stride;
            if reach < 0 { low += reach } else { high += reach }
        }
        Some((low, high + self.item_size as isize - 1))
    }
    /// The offset of every item, the last dimension fastest.
    pub(super) fn offsets(&self) -> Vec<usize> {
        let mut offsets = vec![self.offset as isize];
        for (&n, &stride) in self.shape.iter().zip(&self.strides) {
            let steps = |start: isize| (0..n as isize).map(move |i| start + i * stride);
            offsets = offsets.into_iter().flat_map(steps).collect();
        }
        offsets.into_iter().map(|offset| offset as usize).collect()
    }
}

/// ValueError: the view was released.
#[cold]
fn is_released(vm: &mut Vm) -> Raised {
    vm.value_error("operation forbidden on released memoryview object")
}

/// ValueError if the view was released.
pub(super) fn check_released(vm: &mut Vm, memory: Memory) -> R<()> {
    if memory.released.get() { Err(is_released(vm)) } else { Ok(()) }
}

/// All bytes of the owner, of which the view shows a part that is there.
pub(super) fn buffer(vm: &mut Vm, memory: Memory) -> R<BufferView> {
    check_released(vm, memory)?;
    if let Some(export) = &memory.managed.get().export.0 {
        return Ok(export.view);
    }
    let buffer = vm.buffer_of(memory.managed.owner.get())?;
    let fits =
        memory.view.extent().is_none_or(|(low, high)| low >= 0 && high < buffer.len as isize);
    if fits {
        Ok(buffer)
    } else {
        Err(vm.buffer_error("memoryview: the underlying buffer has become smaller"))
    }
}

/// Write bytes at an offset of the owner's bytes.
pub(super) fn store(vm: &mut Vm, memory: Memory, offset: usize, bytes: &[u8]) -> R<()> {
    let buffer = buffer(vm, memory)?;
    if buffer.readonly || offset + bytes.len() > buffer.len {
        return Err(vm.type_error("cannot modify read-only memory"));
    }
    // SAFETY: the range was just checked against the length.
    let target = unsafe { buffer.start.add(offset) };
    // SAFETY: the owner keeps these bytes where they are, writable, while nothing else runs; `copy` allows `bytes` to be
    // a part of them.
    unsafe { std::ptr::copy(bytes.as_ptr(), target, bytes.len()) };
    Ok(())
}

/// The first view of an object's memory.
pub(super) fn first_view(vm: &mut Vm, owner: Value, view: View) -> Memory {
    let managed = Managed {
        owner: Cell::new(owner),
        n_views: Cell::new(0),
        export: NoTrace(None),
        token: Cell::new(Value::ABSENT),
    };
    let class = vm.extension::<Locks>().map_or(vm.t.object, |locks| locks.class);
    let managed = vm.new_payload_ref(class, managed);
    lock(vm, managed, owner);
    another_view(vm, managed, view)
}

/// The first view of memory that the owner shows until it is told that nobody looks any more.
pub(super) fn exported_view(vm: &mut Vm, owner: Value, export: Export) -> Memory {
    let item_size = export.view.item_size;
    let strides = export.strides.clone();
    let mut view = View {
        format: export.view.format,
        item_size,
        strides: strides.unwrap_or_else(|| View::dense_strides(&export.shape, item_size)),
        shape: export.shape.clone(),
        offset: 0,
        readonly: export.view.readonly,
    };
    let mut export = export;
    if let Some((low, high)) = view.extent() {
        // The first item need not be the one with the lowest address.
        view.offset = low.unsigned_abs();
        export.view.start = export.view.start.wrapping_offset(low);
        export.view.len = (high - low + 1).cast_unsigned();
    }
    let managed = Managed {
        owner: Cell::new(owner),
        n_views: Cell::new(0),
        token: Cell::new(export.token),
        export: NoTrace(Some(export)),
    };
    let class = vm.extension::<Locks>().map_or(vm.t.object, |locks| locks.exported);
    let managed = vm.new_payload_ref(class, managed);
    another_view(vm, managed, view)
}

/// Tell the owner that nobody looks any more, once.
fn give_up(vm: &mut Vm, managed: PayloadRef<Managed>) {
    let token = managed.token.replace(Value::ABSENT);
    if let (Some(export), false) = (&managed.get().export.0, token.is_absent()) {
        (export.release)(vm, token);
    }
}

/// One more view of memory that is looked at already.
pub(super) fn another_view(vm: &mut Vm, managed: PayloadRef<Managed>, view: View) -> Memory {
    managed.n_views.set(managed.n_views.get() + 1);
    let memory = MemoryView {
        managed,
        view: NoTrace(view),
        released: Cell::new(false),
        hash: Cell::new(None),
    };
    vm.new_payload_ref(vm.t.memoryview, memory)
}

/// Release a view; with the last one the owner is free again.
pub(super) fn release(vm: &mut Vm, memory: Memory) {
    if memory.released.replace(true) {
        return;
    }
    let managed = memory.managed;
    managed.n_views.set(managed.n_views.get() - 1);
    if managed.n_views.get() == 0 {
        unlock(vm, |_, lock| lock == Some(managed.obj()));
        managed.owner.set(Value::ABSENT);
        give_up(vm, managed);
    }
}

/// An object that must not be resized, and the memory that is looked at.
#[derive(Clone, Copy)]
struct Lock {
    owner: haft_heap::WeakId,
    managed: haft_heap::WeakId,
}

/// All locks of a runtime, and the class of [`Managed`].
pub(super) struct Locks {
    class: Type,
    /// The class of those that must give the memory up when they die.
    exported: Type,
    all: RefCell<Vec<Lock>>,
}

pub(super) fn install(vm: &mut Vm) {
    let class = vm.new_builtin_type(&TypeSpec {
        flags: TypeFlags::NO_NEW,
        ..TypeSpec::of::<Managed>("managedbuffer")
    });
    let exported = vm.new_builtin_type(&TypeSpec {
        flags: TypeFlags::NO_NEW,
        slots: |slots| {
            slots.del.set(Some(|vm, this| {
                if let Some(managed) = PayloadRef::<Managed>::of_value(this) {
                    give_up(vm, managed);
                }
                Ok(Value::NONE)
            }));
        },
        ..TypeSpec::of::<Managed>("managedbuffer")
    });
    vm.set_extension(Locks { class, exported, all: RefCell::default() });
}

impl Extension for Locks {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.class.trace(tracer);
        self.exported.trace(tracer);
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn lock(vm: &mut Vm, managed: PayloadRef<Managed>, owner: Value) {
    let Some(object) = owner.as_ptr().filter(|_| vm.as_bytes(owner).is_none()) else { return };
    if let Some(array) = PayloadRef::<ByteArray>::of(object) {
        array.exports.set(array.exports.get() + 1);
    }
    // Of views that died unreleased nobody hears; they are looked for each time the list has doubled.
    let n_locks = vm.extension::<Locks>().map_or(0, |locks| locks.all.borrow().len());
    if n_locks >= 64 && n_locks.is_power_of_two() {
        unlock(vm, |_, managed| managed.is_none());
    }
    let lock = Lock { owner: vm.heap.weak_new(object), managed: vm.heap.weak_new(managed.obj()) };
    if let Some(locks) = vm.extension::<Locks>() {
        locks.all.borrow_mut().push(lock);
    }
}

/// Undo the locks whose memory (`None` if it died) satisfies the test.
fn unlock(vm: &mut Vm, test: impl Fn(&Vm, Option<haft_core::Obj>) -> bool) {
    let Some(locks) = vm.extension::<Locks>() else { return };
    let mut locks = locks.all.take();
    locks.retain(|lock| {
        let done = test(vm, vm.heap.weak_get(lock.managed));
        if done {
            if let Some(array) = vm.heap.weak_get(lock.owner).and_then(PayloadRef::<ByteArray>::of)
            {
                array.exports.set(array.exports.get().saturating_sub(1));
            }
            vm.heap.weak_free(lock.owner);
            vm.heap.weak_free(lock.managed);
        }
        !done
    });
    if let Some(kept) = vm.extension::<Locks>() {
        kept.all.replace(locks);
    }
}

/// BufferError if somebody looks at the bytes of an array that is to be resized.
pub fn check_exports(vm: &mut Vm, array: PayloadRef<ByteArray>) -> R<()> {
    if array.exports.get() == 0 {
        return Ok(());
    }
    vm.heap.collect(true);
    unlock(vm, |_, managed| managed.is_none());
    if array.exports.get() == 0 {
        return Ok(());
    }
    Err(vm.buffer_error("Existing exports of data: object cannot be re-sized"))
}

/// Does somebody look at the memory of this object, which is no bytearray?
pub fn is_exported(vm: &mut Vm, owner: Value) -> bool {
    let Some(object) = owner.as_ptr() else { return false };
    if !is_locked(vm, object) {
        return false;
    }
    vm.heap.collect(true);
    unlock(vm, |_, managed| managed.is_none());
    is_locked(vm, object)
}

fn is_locked(vm: &Vm, owner: haft_core::Obj) -> bool {
    let Some(locks) = vm.extension::<Locks>() else { return false };
    locks.all.borrow().iter().any(|lock| vm.heap.weak_get(lock.owner) == Some(owner))
}
