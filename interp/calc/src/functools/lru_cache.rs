//! `_lru_cache_wrapper`: a function that remembers its results.
//!
//! A dict leads from the arguments to a result. With a bound, results are nodes of a ring ordered by use, so that the one
//! used longest ago is found at once. The function is called without anything borrowed: it may call itself, clear the
//! cache, or raise.
use std::cell::{Cell, RefCell};

use haft_core::object::{Dict, PayloadRef, Traced, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Tracer, Value, Vm, natives, payload};

payload! {
    /// A wrapped function.
    struct LruCache {
        function: Value,
        /// Class of what `cache_info` returns.
        info_class: Value,
        bound: Cell<Option<usize>>,
        is_typed: bool,
        /// Stands between positional and keyword arguments of a key.
        mark: Value,
        /// Key to result, or with a bound to the number of a node.
        results: Dict,
        ring: RefCell<Ring>,
        hits: Cell<i64>,
        misses: Cell<i64>,
    }
}

/// Results in the order of their use. Node 0 is the place between the newest and the oldest.
#[derive(Default)]
struct Ring {
    nodes: Vec<Node>,
}

struct Node {
    key: Value,
    result: Value,
    newer: usize,
    older: usize,
}

impl Traced for Ring {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        for node in &self.nodes {
            tracer.value(node.key);
            tracer.value(node.result);
        }
    }
}

impl Ring {
    fn clear(&mut self) {
        self.nodes.clear();
    }
    /// How many results there are.
    fn len(&self) -> usize {
        self.nodes.len().saturating_sub(1)
    }
    fn unlink(&mut self, at: usize) {
        let (newer, older) = (self.nodes[at].newer, self.nodes[at].older);
        self.nodes[older].newer = newer;
        self.nodes[newer].older = older;
    }
    /// Make a node the one used last.
    fn link(&mut self, at: usize) {
        let newest = self.nodes[0].older;
        (self.nodes[at].newer, self.nodes[at].older) = (0, newest);
        self.nodes[newest].newer = at;
        self.nodes[0].older = at;
    }
    /// A result was used: its node moves to the front.
    fn touch(&mut self, at: usize) -> Value {
        self.unlink(at);
        self.link(at);
        self.nodes[at].result
    }
    /// Number of the node used longest ago.
    fn oldest(&self) -> usize {
        self.nodes[0].newer
    }
    /// A new node.
    fn add(&mut self, key: Value, result: Value) -> usize {
        if self.nodes.is_empty() {
            self.nodes.push(Node { key: Value::NONE, result: Value::NONE, newer: 0, older: 0 });
        }
        let at = self.nodes.len();
        self.nodes.push(Node { key, result, newer: 0, older: 0 });
        self.link(at);
        at
    }
}

natives! {
    static METHODS = {
        /// Report cache statistics
        cache_info "($self, /)" => cache_info;
        /// Clear the cache and cache statistics
        cache_clear "($self, /)" => cache_clear;
        /// Return self: there is one cache of a function.
        __copy__ "($self, /)" => |_, args| Ok(args[0]);
        /// Return self: there is one cache of a function.
        __deepcopy__ "($self, memo, /)" => |_, args| Ok(args[0]);
        /// Pickled by its name.
        __reduce__ "($self, /)" => |vm, args| vm.get_attr(args[0], vm.names.__qualname__);
    }
}

/// Add the class.
pub(super) fn add(vm: &mut Vm, dict: Dict) {
    let spec = TypeSpec {
        doc: "Create a cached callable that wraps another function.\n\n\
              user_function:      the function being cached\n\n\
              maxsize:  0         for no caching\n          \
              None      for unlimited cache size\n          \
              n         for a bounded cache\n\n\
              typed:    False     cache f(3) and f(3.0) as identical calls\n          \
              True      cache f(3) and f(3.0) as distinct calls\n\n\
              cache_info_type:    namedtuple class with the fields:\n                        \
              hits misses currsize maxsize\n",
        flags: TypeFlags::BASE
            .with(TypeFlags::HAS_DICT)
            .with(TypeFlags::HAS_WEAKREFS)
            .with(TypeFlags::METHOD_DESCRIPTOR),
        slots: |s| {
            s.new.set(Some(new));
            s.call.set(Some(call));
            s.descr_get.set(Some(|vm, this, obj, _| {
                let is_bound = !obj.is_absent() && !obj.is_none();
                Ok(if is_bound { vm.bound_method(this, obj) } else { this })
            }));
        },
        methods: METHODS,
        ..TypeSpec::of::<LruCache>("functools._lru_cache_wrapper")
    };
    crate::add_type(vm, dict, &spec);
}

fn this_cache(vm: &mut Vm, value: Value) -> R<PayloadRef<LruCache>> {
    vm.this(value, "cache_info", "functools._lru_cache_wrapper")
}

fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let signature = "(user_function, maxsize, typed, cache_info_type)";
    let bound = vm.bind_signature("lru_cache", signature, args)?;
    let (function, limit) = (bound[0], bound[1]);
    if vm.type_of(function).slots.call.get().is_none() {
        return Err(vm.type_error("the first argument must be callable"));
    }
    let limit = if limit.is_none() {
        None
    } else if vm.type_of(limit).slots.index.get().is_some() {
        Some(usize::try_from(vm.index_of(limit)?).unwrap_or(0))
    } else {
        return Err(vm.type_error("maxsize should be integer or None"));
    };
    let is_typed = vm.truth(bound[2])?;
    let object = vm.t.object.value();
    let cache = LruCache {
        function,
        info_class: bound[3],
        bound: Cell::new(limit),
        is_typed,
        mark: vm.call_positional(object, &[])?,
        results: vm.dict(),
        ring: RefCell::default(),
        hits: Cell::new(0),
        misses: Cell::new(0),
    };
    let class = crate::class_of(vm, class)?;
    Ok(vm.new_payload(class, cache))
}

/// The key of a call: the argument itself where nothing else can be meant, or a tuple.
fn key_of(vm: &mut Vm, this: PayloadRef<LruCache>, args: &Args<'_>) -> Value {
    if !this.is_typed
        && let (&[single], []) = (args.vals, args.names)
    {
        let class = vm.type_of(single);
        if class == vm.t.str || class == vm.t.int {
            return single;
        }
    }
    let mut parts = args.positionals().to_vec();
    if !args.names.is_empty() {
        parts.push(this.mark);
        for (name, value) in args.keywords() {
            parts.extend([name, value]);
        }
    }
    if this.is_typed {
        parts.extend(args.vals.iter().map(|&value| vm.type_of(value).value()));
    }
    vm.tuple(&parts)
}

fn call(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let this = this_cache(vm, this)?;
    let count = |counter: &Cell<i64>| counter.set(counter.get() + 1);
    let bound = this.bound.get();
    if bound == Some(0) {
        count(&this.misses);
        return vm.call(this.function, args);
    }
    let key = key_of(vm, this, args);
    let key = vm.key(key)?;
    let known = vm.find_entry(*this.results, key)?.map(|entry| this.results.entry_value(entry));
    if let Some(known) = known {
        count(&this.hits);
        return Ok(match (bound, known.as_fixnum()) {
            (Some(_), Some(node)) => this.ring.borrow_mut().touch(node as usize),
            _ => known,
        });
    }
    count(&this.misses);
    let result = vm.call(this.function, args)?;
    let Some(bound) = bound else {
        vm.dict_set_key(this.results, key, result)?;
        return Ok(result);
    };
    // The function may have been called with the same arguments meanwhile.
    if vm.find_entry(*this.results, key)?.is_some() {
        return Ok(result);
    }
    let node = if this.ring.borrow().len() < bound {
        this.ring.borrow_mut().add(key.value, result)
    } else {
        let (oldest, old_key) = {
            let ring = this.ring.borrow();
            let oldest = ring.oldest();
            (oldest, ring.nodes[oldest].key)
        };
        vm.dict_pop(this.results, old_key)?;
        let mut ring = this.ring.borrow_mut();
        ring.touch(oldest);
        (ring.nodes[oldest].key, ring.nodes[oldest].result) = (key.value, result);
        oldest
    };
    let node = vm.int_usize(node);
    vm.dict_set_key(this.results, key, node)?;
    Ok(result)
}

fn cache_info(vm: &mut Vm, args: &[Value]) -> R {
    let this = this_cache(vm, args[0])?;
    let limit = this.bound.get().map_or(Value::NONE, |limit| vm.int_usize(limit));
    let facts = [
        vm.int(this.hits.get()),
        vm.int(this.misses.get()),
        limit,
        vm.int_usize(this.results.len()),
    ];
    vm.call_positional(this.info_class, &facts)
}

fn cache_clear(vm: &mut Vm, args: &[Value]) -> R {
    let this = this_cache(vm, args[0])?;
    this.hits.set(0);
    this.misses.set(0);
    this.ring.borrow_mut().clear();
    let results = this.results.value();
    vm.call_method_str(results, "clear", &[])?;
    Ok(Value::NONE)
}
