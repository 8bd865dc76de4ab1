//! `_tuplegetter`: the attributes of named tuples.
use haft_core::object::{Dict, PayloadRef, TupleGetter};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Value, Vm, getsets, natives};

natives! {
    static METHODS = {
        /// Return state information for pickling.
        __reduce__ "($self, /)" => |vm, args| {
            let this = this_getter(vm, args[0])?;
            let args = [vm.int(this.index), this.doc.get()];
            let args = vm.tuple(&args);
            let class = vm.type_of(this.value()).value();
            Ok(vm.tuple(&[class, args]))
        };
    }
}

getsets! {
    static GETSETS = {
        /// What the attribute means.
        __doc__ => |vm, this| { let this = this_getter(vm, this)?; Ok(this.doc.get()) },
            |vm, this, value| {
                let this = this_getter(vm, this)?;
                this.doc.set(value.or_none());
                Ok(())
            };
    }
}

/// Add the class.
pub(super) fn add(vm: &mut Vm, dict: Dict) {
    let spec = TypeSpec {
        slots: |s| {
            s.new.set(Some(new));
            s.repr.set(Some(repr));
            s.descr_get.set(Some(get));
            s.descr_set.set(Some(|vm, _, _, value| {
                let verb = if value.is_absent() { "delete" } else { "set" };
                Err(vm.attribute_error(format!("can't {verb} attribute")))
            }));
        },
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<TupleGetter>("_collections._tuplegetter")
    };
    crate::add_type(vm, dict, &spec);
}

fn this_getter(vm: &mut Vm, value: Value) -> R<PayloadRef<TupleGetter>> {
    vm.this(value, "__get__", "_collections._tuplegetter")
}

fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature("_tuplegetter", "(index, doc, /)", args)?;
    let index = vm.index_of(bound[0])?;
    let class = crate::class_of(vm, class)?;
    Ok(vm.new_payload(class, TupleGetter { index, doc: bound[1].into() }))
}

fn get(vm: &mut Vm, this: Value, obj: Value, _: Value) -> R {
    if obj.is_absent() || obj.is_none() {
        return Ok(this);
    }
    let index = this_getter(vm, this)?.index;
    let Some(tuple) = vm.as_tuple(obj) else {
        let class = vm.type_name(obj);
        return Err(vm.type_error(format!(
            "descriptor for index '{index}' for tuple subclasses doesn't apply to '{class}' object"
        )));
    };
    match usize::try_from(index).ok().and_then(|index| tuple.items().get(index)) {
        Some(&item) => Ok(item),
        None => Err(vm.index_error("tuple index out of range")),
    }
}

fn repr(vm: &mut Vm, value: Value) -> R {
    let this = this_getter(vm, value)?;
    let class = vm.type_of(value).name_text();
    let doc = vm.repr_text(this.doc.get())?;
    Ok(vm.str(&format!("{class}({}, {doc})", this.index)))
}
