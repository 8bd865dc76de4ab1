"""The node classes of `ast`, made from the abstract grammar of the language reference (Python.asdl)."""

PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000
PyCF_ONLY_AST = 0x400
PyCF_OPTIMIZED_AST = 0x8400
PyCF_TYPE_COMMENTS = 0x1000


class AST:
    """Base class of all nodes."""
    __module__ = "ast"
    _fields = ()
    _attributes = ()
    _field_types = {}
    __match_args__ = ()

    def __init__(self, *args, **kwargs):
        cls = type(self)
        if len(args) > len(cls._fields):
            n = len(cls._fields)
            raise TypeError(f"{cls.__name__} constructor takes at most {n} positional argument{'' if n == 1 else 's'}")
        remaining = set(cls._fields)
        for name, value in zip(cls._fields, args):
            setattr(self, name, value)
            remaining.discard(name)
        for name, value in kwargs.items():
            if name in cls._fields:
                if name not in remaining:
                    raise TypeError(f"{cls.__name__} got multiple values for argument '{name}'")
                remaining.discard(name)
            elif name not in cls._attributes:
                import warnings
                warnings.warn(f"{cls.__name__}.__init__ got an unexpected keyword argument '{name}'. "
                              "Support for arbitrary keyword arguments is deprecated and will be removed in Python 3.15.",
                              DeprecationWarning, stacklevel=2)
            setattr(self, name, value)
        for name in cls._fields:
            if name in remaining:
                kind = cls._kinds.get(name)
                if kind == "*":
                    setattr(self, name, [])
                elif kind == "ctx":
                    setattr(self, name, Load())
                elif kind != "?":
                    import warnings
                    warnings.warn(f"{cls.__name__}.__init__ missing 1 required positional argument: '{name}'. "
                                  "This will become an error in Python 3.15.", DeprecationWarning, stacklevel=2)

    def __reduce__(self):
        return type(self), (), self.__dict__.copy()

    def __repr__(self):
        return _repr(self, 3)

    def __replace__(self, /, **changes):
        known = set(self._fields) | set(self._attributes)
        for name in changes:
            if name not in known:
                raise TypeError(f"{type(self).__name__}.__replace__ got an unexpected keyword argument '{name}'.")
        return type(self)(**{**self.__dict__, **changes})


def _repr(node, depth):
    parts = []
    for name in node._fields:
        try:
            value = getattr(node, name)
        except AttributeError:
            continue
        if isinstance(value, AST):
            shown = _repr(value, depth - 1) if depth > 1 else f"{type(value).__name__}(...)"
        elif isinstance(value, list):
            items = [(_repr(v, depth - 1) if depth > 1 else f"{type(v).__name__}(...)") if isinstance(v, AST) else repr(v) for v in value]
            if len(items) > 2:
                items = [items[0], "...", items[-1]]
            shown = f"[{', '.join(items)}]"
        else:
            shown = repr(value)
        parts.append(f"{name}={shown}")
    return f"{type(node).__name__}({', '.join(parts)})"


AST._kinds = {}
_POSITION = ("lineno", "col_offset", "end_lineno", "end_col_offset")

# base: constructors; a field's mark: `*` any number, `?` optional.
_GRAMMAR = """
mod: Module(body*, type_ignores*) Interactive(body*) Expression(body) FunctionType(argtypes*, returns)
stmt@: FunctionDef(name, args, body*, decorator_list*, returns?, type_comment?, type_params*) AsyncFunctionDef(name, args, body*, decorator_list*, returns?, type_comment?, type_params*) ClassDef(name, bases*, keywords*, body*, decorator_list*, type_params*) Return(value?) Delete(targets*) Assign(targets*, value, type_comment?) TypeAlias(name, type_params*, value) AugAssign(target, op, value) AnnAssign(target, annotation, value?, simple) For(target, iter, body*, orelse*, type_comment?) AsyncFor(target, iter, body*, orelse*, type_comment?) While(test, body*, orelse*) If(test, body*, orelse*) With(items*, body*, type_comment?) AsyncWith(items*, body*, type_comment?) Match(subject, cases*) Raise(exc?, cause?) Try(body*, handlers*, orelse*, finalbody*) TryStar(body*, handlers*, orelse*, finalbody*) Assert(test, msg?) Import(names*) ImportFrom(module?, names*, level?) Global(names*) Nonlocal(names*) Expr(value) Pass() Break() Continue()
expr@: BoolOp(op, values*) NamedExpr(target, value) BinOp(left, op, right) UnaryOp(op, operand) Lambda(args, body) IfExp(test, body, orelse) Dict(keys*, values*) Set(elts*) ListComp(elt, generators*) SetComp(elt, generators*) DictComp(key, value, generators*) GeneratorExp(elt, generators*) Await(value) Yield(value?) YieldFrom(value) Compare(left, ops*, comparators*) Call(func, args*, keywords*) FormattedValue(value, conversion, format_spec?) Interpolation(value, str, conversion, format_spec?) JoinedStr(values*) TemplateStr(values*) Constant(value, kind?) Attribute(value, attr, ctx) Subscript(value, slice, ctx) Starred(value, ctx) Name(id, ctx) List(elts*, ctx) Tuple(elts*, ctx) Slice(lower?, upper?, step?)
expr_context: Load() Store() Del()
boolop: And() Or()
operator: Add() Sub() Mult() MatMult() Div() Mod() Pow() LShift() RShift() BitOr() BitXor() BitAnd() FloorDiv()
unaryop: Invert() Not() UAdd() USub()
cmpop: Eq() NotEq() Lt() LtE() Gt() GtE() Is() IsNot() In() NotIn()
=comprehension(target, iter, ifs*, is_async)
excepthandler@: ExceptHandler(type?, name?, body*)
=arguments(posonlyargs*, args*, vararg?, kwonlyargs*, kw_defaults*, kwarg?, defaults*)
=arg@(arg, annotation?, type_comment?)
=keyword@(arg?, value)
=alias@(name, asname?)
=withitem(context_expr, optional_vars?)
=match_case(pattern, guard?, body*)
pattern@: MatchValue(value) MatchSingleton(value) MatchSequence(patterns*) MatchMapping(keys*, patterns*, rest?) MatchClass(cls, patterns*, kwd_attrs*, kwd_patterns*) MatchStar(name?) MatchAs(pattern?, name?) MatchOr(patterns*)
type_ignore: TypeIgnore(lineno, tag)
type_param@: TypeVar(name, bound?, default_value?) ParamSpec(name, default_value?) TypeVarTuple(name, default_value?)
"""


def _make(name, base, fields, attributes):
    names, kinds = [], {}
    for field in fields:
        mark = field[-1] if field[-1] in "*?" else ""
        field = field.rstrip("*?")
        names.append(field)
        kinds[field] = "ctx" if field == "ctx" else mark
    space = {"__module__": "ast", "_fields": tuple(names), "__match_args__": tuple(names), "_kinds": kinds}
    if attributes is not None:
        space["_attributes"] = attributes
        if attributes:
            space["end_lineno"] = space["end_col_offset"] = None
    for field, kind in kinds.items():
        if kind == "?":
            space[field] = None
    return type(name, (base,), space)


def _build():
    def constructors(text):
        for part in text.split(")"):
            if part.strip():
                name, _, fields = part.strip().partition("(")
                yield name, [f.strip() for f in fields.split(",") if f.strip()]

    for line in _GRAMMAR.strip().splitlines():
        if line.startswith("="):
            for name, fields in constructors(line[1:]):
                positions = _POSITION if name.endswith("@") else ()
                name = name.rstrip("@")
                globals()[name] = _make(name, AST, fields, positions)
            continue
        head, _, rest = line.partition(":")
        base_name = head.rstrip("@")
        base = globals()[base_name] = _make(base_name, AST, [], _POSITION if head.endswith("@") else ())
        for name, fields in constructors(rest):
            globals()[name] = _make(name, base, fields, None)


_build()
