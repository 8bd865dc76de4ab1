"""Type variables, type aliases and `Generic`: what `typing` takes from native code, in Python.

The functions `_intrinsic_…` are called by code that the compiler makes for type parameters (PEP 695, PEP 696).
"""
import sys as _sys


@staticmethod
def _idfunc(x, /):
    # Found on a class it must not bind, as a native function does not.
    return x


class _NoDefaultType:
    """The type of the NoDefault singleton."""
    __slots__ = ()
    __module__ = "typing"

    def __new__(cls):
        return NoDefault

    def __repr__(self):
        return "typing.NoDefault"

    def __reduce__(self):
        return "NoDefault"

    def __init_subclass__(cls):
        raise TypeError("type 'NoDefaultType' is not an acceptable base type")


NoDefault = object.__new__(_NoDefaultType)
_NoDefaultType.__name__ = _NoDefaultType.__qualname__ = "NoDefaultType"


def _caller():
    return _sys._getframe(2).f_globals.get("__name__")


class _Parameter:
    """What the three kinds of type parameters share."""
    __slots__ = ()

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass an instance of {type(self).__name__}")

    @property
    def __default__(self):
        if self._default is _UNSET:
            self._default = self._default_evaluator(1) if self._default_evaluator is not None else NoDefault
        return self._default

    @property
    def evaluate_default(self):
        if self._default_evaluator is not None:
            return self._default_evaluator
        if self._default is NoDefault:
            return None
        return _ConstEvaluator(self._default)

    def has_default(self):
        return self._default is not NoDefault or self._default_evaluator is not None

    def __reduce__(self):
        return self.__name__

    def __or__(self, other):
        import typing
        return typing.Union[self, other]

    def __ror__(self, other):
        import typing
        return typing.Union[other, self]


_UNSET = object()


class _ConstEvaluator:
    __slots__ = ("_value",)

    def __init__(self, value):
        self._value = value

    def __call__(self, format, /):
        if format == 4:
            import annotationlib
            return annotationlib.type_repr(self._value)
        return self._value

    def __repr__(self):
        return f"<constevaluator {self._value!r}>"


def _checked(value, what):
    import typing
    return typing._type_check(value, what)


class TypeVar(_Parameter):
    """Type variable."""
    __module__ = "typing"
    __slots__ = ("__name__", "__covariant__", "__contravariant__", "__infer_variance__", "_bound", "_bound_evaluator",
                 "_constraints", "_constraints_evaluator", "_default", "_default_evaluator", "__dict__", "__weakref__")

    def __init__(self, name, *constraints, bound=None, default=NoDefault, covariant=False, contravariant=False, infer_variance=False):
        if not isinstance(name, str):
            raise TypeError(f"TypeVar() argument 'name' must be str, not {type(name).__name__}")
        if covariant and contravariant:
            raise ValueError("Bivariant types are not supported.")
        if infer_variance and (covariant or contravariant):
            raise ValueError("Variance cannot be specified with infer_variance.")
        if len(constraints) == 1:
            raise TypeError("A single constraint is not allowed")
        if constraints and bound is not None:
            raise TypeError("Constraints cannot be combined with bound=...")
        self.__name__ = name
        self.__covariant__, self.__contravariant__, self.__infer_variance__ = bool(covariant), bool(contravariant), bool(infer_variance)
        self._bound = None if bound is None else _checked(bound, "Bound must be a type.")
        self._constraints = tuple(_checked(c, "TypeVar(name, constraint, ...): constraints must be types.") for c in constraints)
        self._bound_evaluator = self._constraints_evaluator = self._default_evaluator = None
        self._default = default
        module = _caller()
        if module != "typing":
            self.__module__ = module

    @property
    def __bound__(self):
        if self._bound is _UNSET:
            self._bound = self._bound_evaluator(1)
        return self._bound

    @property
    def evaluate_bound(self):
        if self._bound_evaluator is not None:
            return self._bound_evaluator
        return None if self._bound is None else _ConstEvaluator(self._bound)

    @property
    def __constraints__(self):
        if self._constraints is _UNSET:
            self._constraints = self._constraints_evaluator(1)
        return self._constraints

    @property
    def evaluate_constraints(self):
        if self._constraints_evaluator is not None:
            return self._constraints_evaluator
        return _ConstEvaluator(self._constraints) if self._constraints else None

    def __typing_subst__(self, arg):
        import typing
        return typing._typevar_subst(self, arg)

    def __typing_prepare_subst__(self, alias, args):
        params = alias.__parameters__
        i = params.index(self)
        if i < len(args):
            return args
        if i == len(args) and self.has_default():
            return (*args, self.__default__)
        if i <= len(args):
            raise TypeError(f"Too few arguments for {alias}")
        return args

    def __repr__(self):
        if self.__infer_variance__:
            return self.__name__
        return ("+" if self.__covariant__ else "-" if self.__contravariant__ else "~") + self.__name__


class _ParamSpecPart:
    __slots__ = ("__origin__", "__weakref__")
    _suffix = ""

    def __init__(self, origin):
        self.__origin__ = origin

    def __eq__(self, other):
        return self.__origin__ == other.__origin__ if type(other) is type(self) else NotImplemented

    def __hash__(self):
        return hash((type(self), self.__origin__))

    def __repr__(self):
        return f"{getattr(self.__origin__, '__name__', self.__origin__)}.{self._suffix}"

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass an instance of {type(self).__name__}")


class ParamSpecArgs(_ParamSpecPart):
    """The args for a ParamSpec object."""
    __module__ = "typing"
    __slots__ = ()
    _suffix = "args"


class ParamSpecKwargs(_ParamSpecPart):
    """The kwargs for a ParamSpec object."""
    __module__ = "typing"
    __slots__ = ()
    _suffix = "kwargs"


class ParamSpec(_Parameter):
    """Parameter specification variable."""
    __module__ = "typing"
    __slots__ = ("__name__", "__covariant__", "__contravariant__", "__infer_variance__", "__bound__", "_default",
                 "_default_evaluator", "__dict__", "__weakref__")

    def __init__(self, name, *, bound=None, default=NoDefault, covariant=False, contravariant=False, infer_variance=False):
        if not isinstance(name, str):
            raise TypeError(f"ParamSpec() argument 'name' must be str, not {type(name).__name__}")
        if covariant and contravariant:
            raise ValueError("Bivariant types are not supported.")
        self.__name__ = name
        self.__covariant__, self.__contravariant__, self.__infer_variance__ = bool(covariant), bool(contravariant), bool(infer_variance)
        self.__bound__ = None if bound is None else _checked(bound, "Bound must be a type.")
        self._default, self._default_evaluator = default, None
        module = _caller()
        if module != "typing":
            self.__module__ = module

    @property
    def args(self):
        return ParamSpecArgs(self)

    @property
    def kwargs(self):
        return ParamSpecKwargs(self)

    def __typing_subst__(self, arg):
        import typing
        return typing._paramspec_subst(self, arg)

    def __typing_prepare_subst__(self, alias, args):
        import typing
        return typing._paramspec_prepare_subst(self, alias, args)

    def __repr__(self):
        if self.__infer_variance__:
            return self.__name__
        return ("+" if self.__covariant__ else "-" if self.__contravariant__ else "~") + self.__name__


class TypeVarTuple(_Parameter):
    """Type variable tuple."""
    __module__ = "typing"
    __slots__ = ("__name__", "_default", "_default_evaluator", "__dict__", "__weakref__")

    def __init__(self, name, *, default=NoDefault):
        if not isinstance(name, str):
            raise TypeError(f"TypeVarTuple() argument 'name' must be str, not {type(name).__name__}")
        self.__name__ = name
        self._default, self._default_evaluator = default, None
        module = _caller()
        if module != "typing":
            self.__module__ = module

    def __iter__(self):
        import typing
        yield typing.Unpack[self]

    def __typing_subst__(self, arg):
        raise TypeError("Substitution of bare TypeVarTuple is not supported")

    def __typing_prepare_subst__(self, alias, args):
        import typing
        return typing._typevartuple_prepare_subst(self, alias, args)

    def __repr__(self):
        return self.__name__


class TypeAliasType:
    """Type alias."""
    __module__ = "typing"
    __slots__ = ("__name__", "__type_params__", "_value", "_evaluator", "_module", "__weakref__")

    def __init__(self, name, value, *, type_params=()):
        if not isinstance(type_params, tuple):
            raise TypeError("type_params must be a tuple")
        self.__name__ = name
        self.__type_params__ = type_params
        self._value, self._evaluator, self._module = value, None, _caller()

    @property
    def __module__(self):
        return self._module

    @property
    def __value__(self):
        if self._value is _UNSET:
            self._value = self._evaluator(1)
        return self._value

    @property
    def evaluate_value(self):
        return self._evaluator if self._evaluator is not None else _ConstEvaluator(self._value)

    @property
    def __parameters__(self):
        flat = []
        for param in self.__type_params__:
            flat.extend(param) if isinstance(param, TypeVarTuple) else flat.append(param)
        return tuple(flat)

    def __getitem__(self, args):
        if not self.__type_params__:
            raise TypeError("Only generic type aliases are subscriptable")
        import types
        return types.GenericAlias(self, args if isinstance(args, tuple) else (args,))

    def __or__(self, other):
        import typing
        return typing.Union[self, other]

    def __ror__(self, other):
        import typing
        return typing.Union[other, self]

    def __reduce__(self):
        return self.__name__

    def __repr__(self):
        return self.__name__


class Generic:
    """Abstract base class for generic types."""
    __module__ = "typing"
    __slots__ = ()
    _is_protocol = False

    def __class_getitem__(cls, *args, **kwargs):
        import typing
        return typing._generic_class_getitem(cls, *args, **kwargs)

    def __init_subclass__(cls, *args, **kwargs):
        import typing
        return typing._generic_init_subclass(cls, *args, **kwargs)


Union = type(int | str)


def _made(kind, name):
    param = kind.__new__(kind)
    param.__name__ = name
    param._default, param._default_evaluator = NoDefault, None
    return param


def _intrinsic_typevar(name):
    param = _made(TypeVar, name)
    param.__covariant__ = param.__contravariant__ = False
    param.__infer_variance__ = True
    param._bound, param._bound_evaluator = None, None
    param._constraints, param._constraints_evaluator = (), None
    return param


def _intrinsic_typevar_with_bound(name, evaluator):
    param = _intrinsic_typevar(name)
    param._bound, param._bound_evaluator = _UNSET, evaluator
    return param


def _intrinsic_typevar_with_constraints(name, evaluator):
    param = _intrinsic_typevar(name)
    param._constraints, param._constraints_evaluator = _UNSET, evaluator
    return param


def _intrinsic_paramspec(name):
    param = _made(ParamSpec, name)
    param.__covariant__ = param.__contravariant__ = False
    param.__infer_variance__ = True
    param.__bound__ = None
    return param


def _intrinsic_typevartuple(name):
    return _made(TypeVarTuple, name)


def _intrinsic_set_typeparam_default(param, evaluator):
    param._default, param._default_evaluator = _UNSET, evaluator
    return param


def _intrinsic_subscript_generic(params):
    import typing
    unpacked = tuple(typing.Unpack[p] if isinstance(p, TypeVarTuple) else p for p in params)
    return typing._GenericAlias(Generic, unpacked)


def _intrinsic_typealias(name, params, evaluator):
    alias = TypeAliasType.__new__(TypeAliasType)
    alias.__name__ = name
    alias.__type_params__ = params if params is not None else ()
    alias._value, alias._evaluator = _UNSET, evaluator
    alias._module = _sys._getframe(1).f_globals.get("__name__")
    return alias


class Interpolation:
    """String template literal interpolation."""
    __module__ = "string.templatelib"
    __slots__ = ("value", "expression", "conversion", "format_spec")
    __match_args__ = ("value", "expression", "conversion", "format_spec")

    def __new__(cls, value, expression="", conversion=None, format_spec=""):
        if conversion is not None and conversion not in ("s", "r", "a"):
            raise ValueError("Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'")
        self = super().__new__(cls)
        for name, item in zip(cls.__slots__, (value, expression, conversion, format_spec)):
            object.__setattr__(self, name, item)
        return self

    def __setattr__(self, name, value):
        raise AttributeError("readonly attribute")

    def __reduce__(self):
        return Interpolation, (self.value, self.expression, self.conversion, self.format_spec)

    def __repr__(self):
        return f"Interpolation({self.value!r}, {self.expression!r}, {self.conversion!r}, {self.format_spec!r})"


class Template:
    """String template literal."""
    __module__ = "string.templatelib"
    __slots__ = ("strings", "interpolations")

    def __new__(cls, *args):
        strings, interpolations = [""], []
        for item in args:
            if isinstance(item, str):
                strings[-1] += item
            elif isinstance(item, Interpolation):
                interpolations.append(item)
                strings.append("")
            else:
                raise TypeError(f"Template.__new__ *args need to be of type 'str' or 'Interpolation', got {type(item).__name__}")
        return _template(tuple(strings), tuple(interpolations))

    def __setattr__(self, name, value):
        raise AttributeError("readonly attribute")

    @property
    def values(self):
        return tuple(i.value for i in self.interpolations)

    def __iter__(self):
        for string, interpolation in zip(self.strings, self.interpolations):
            if string:
                yield string
            yield interpolation
        if self.strings[-1]:
            yield self.strings[-1]

    def __add__(self, other):
        if not isinstance(other, Template):
            if isinstance(other, str):
                raise TypeError('can only concatenate string.templatelib.Template (not "str") to string.templatelib.Template')
            return NotImplemented
        joined = self.strings[:-1] + (self.strings[-1] + other.strings[0],) + other.strings[1:]
        return _template(joined, self.interpolations + other.interpolations)

    def __reduce__(self):
        import string.templatelib
        return string.templatelib._template_unpickle, (self.strings, self.interpolations)

    def __repr__(self):
        return f"Template(strings={self.strings!r}, interpolations={self.interpolations!r})"


def _template(strings, interpolations):
    self = object.__new__(Template)
    object.__setattr__(self, "strings", strings)
    object.__setattr__(self, "interpolations", interpolations)
    return self


def _intrinsic_build_interpolation(value, expression, conversion, format_spec):
    return Interpolation(value, expression, conversion, format_spec if format_spec is not None else "")


def _intrinsic_build_template(strings, interpolations):
    return _template(tuple(strings), tuple(interpolations))
