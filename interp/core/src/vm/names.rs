//! Names that the runtime itself looks up: interned once, compared by identity.
#![expect(clippy::pub_underscore_fields, reason = "fields are spelled as the names in Python")]
use haft_heap::{Tracer, Value};

macro_rules! names {
    ($($name:ident)+) => {
        /// Interned names; the field for `x` is `x`, also for dunder names.
        #[derive(Debug, Clone, Copy)]
        #[expect(missing_docs, reason = "each field is the name it is called by")]
        pub struct Names { $( pub $name: Value, )+ }
        impl Names {
            /// Make all names with `intern`.
            pub(super) fn new(mut intern: impl FnMut(&str) -> Value) -> Names {
                Names { $( $name: intern(stringify!($name).trim_start_matches("r#")), )+ }
            }
            /// Before names exist.
            pub(super) const EMPTY: Names = Names { $( $name: Value::ABSENT, )+ };
            /// Report all names.
            pub(super) fn trace(&self, tracer: &mut Tracer<'_>) {
                $( tracer.value(self.$name); )+
            }
        }
    };
}

names! {
    __abs__ __abstractmethods__ __add__ __aenter__ __aexit__ __aiter__ __all__ __and__ __anext__ __annotate__ __annotations__
    __await__ __bases__ __bool__ __builtins__ __bytes__ __call__ __cause__ __ceil__ __class__ __class_getitem__ __classcell__
    __classdictcell__ __code__ __complex__ __contains__ __context__ __copy__ __debug__ __deepcopy__ __defaults__ __del__ __delattr__
    __delete__ __delitem__ __dict__ __dir__ __divmod__ __doc__ __enter__ __eq__ __exit__ __file__ __float__ __floor__
    __floordiv__ __format__ __fspath__ __func__ __future__ __ge__ __get__ __getattr__ __getattribute__ __getitem__ __getnewargs__ __getnewargs_ex__
    __getstate__ __globals__ __gt__ __hash__ __iadd__ __iand__ __ifloordiv__ __ilshift__ __imatmul__ __imod__ __import__ __imul__
    __index__ __init__ __init_subclass__ __instancecheck__ __int__ __invert__ __ior__ __isabstractmethod__ __ipow__ __irshift__ __isub__
    __iter__ __itruediv__ __ixor__ __kwdefaults__ __le__ __len__ __length_hint__ __loader__ __lshift__ __lt__ __main__ __match_args__ __matmul__
    __missing__ __mod__ __module__ __mro__ __mro_entries__ __mul__ __name__ __ne__ __neg__ __new__ __next__ __notes__ __objclass__ __or__
    __origin__ __orig_bases__ __orig_class__ __package__ __parameters__ __path__ __pos__ __post_init__ __pow__ __prepare__ __qualname__ __radd__ __rand__ __rdivmod__
    __reduce__ __reduce_ex__ __repr__ __reversed__ __rfloordiv__ __rlshift__ __rmatmul__ __rmod__ __rmul__ __ror__
    __round__ __rpow__ __rrshift__ __rshift__ __rsub__ __rtruediv__ __rxor__ __self__ __set__ __set_name__ __setattr__
    __setitem__ __setstate__ __signature__ __sizeof__ __slots__ __spec__ __static_attributes__ __firstlineno__ __str__ __sub__ __subclasscheck__ __subclasshook__
    __suppress_context__ __text_signature__ __traceback__ __truediv__ __trunc__ __type_params__ __typing_subst__ __weakref__ __wrapped__
    __xor__ _abc_impl _asyncio_future_blocking _fields _fields_defaults _loop add_done_callback args builtins call_exception_handler call_soon cancel close context copy
    default discard displayhook done eager_start encoding errno errors
    excepthook exceptions fget filename fromlist get get_debug get_event_loop get_loop getattr globals index is_running items join key keys line lineno locals r#loop main maxsplit
    message modules mro msg n_fields n_sequence_fields n_unnamed_fields name object offset open path print
    print_file_and_line read readline result reverse send sep stderr stdin stdout strict sys text throw update value values write flush
    _initializing obj end file strerror filename2 start stop step metaclass bases namespace r#type
}
