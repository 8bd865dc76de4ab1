"""The simple C types, so that programs can ask for their sizes. Calls and structures: use cffi."""
import _cffi_backend as _backend


def _plain(cdata):
    return _backend.newp(_backend.new_pointer_type(_backend.typeof(cdata)), cdata)[0]


class _SimpleCData:
    """One C value; a subclass says by `_ctype_` of which type."""
    __slots__ = ("_value",)

    def __init__(self, value=None):
        self._value = _backend.cast(self._ctype_, 0)
        if value is not None:
            self.value = value

    @property
    def value(self):
        return _plain(self._value)

    @value.setter
    def value(self, value):
        self._value = self._convert(value)

    def _convert(self, value):
        if not isinstance(value, int):
            raise TypeError("an integer is required (got type %s)" % type(value).__name__)
        return _backend.cast(self._ctype_, value)

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, self.value)

    def __bool__(self):
        return bool(self._value)


class _Float(_SimpleCData):
    __slots__ = ()

    def _convert(self, value):
        return _backend.cast(self._ctype_, float(value))

    @property
    def value(self):
        return float(self._value)

    value = value.setter(_SimpleCData.value.fset)


class _Char(_SimpleCData):
    __slots__ = ()

    def _convert(self, value):
        return _backend.cast(self._ctype_, value)


class _Pointer(_SimpleCData):
    __slots__ = ()

    @property
    def value(self):
        return int(_backend.cast(_backend.new_primitive_type("uintptr_t"), self._value)) or None

    value = value.setter(_SimpleCData.value.fset)


def _simple(name, ctype, base=_SimpleCData):
    globals()[name] = type(name, (base,), {"__slots__": (), "_ctype_": ctype})


for _name, _text in [
        ("c_byte", "signed char"), ("c_ubyte", "unsigned char"), ("c_short", "short"), ("c_ushort", "unsigned short"),
        ("c_int", "int"), ("c_uint", "unsigned int"), ("c_long", "long"), ("c_ulong", "unsigned long"),
        ("c_longlong", "long long"), ("c_ulonglong", "unsigned long long"), ("c_bool", "_Bool"),
        ("c_size_t", "size_t"), ("c_ssize_t", "ssize_t"),
        ("c_int8", "int8_t"), ("c_uint8", "uint8_t"), ("c_int16", "int16_t"), ("c_uint16", "uint16_t"),
        ("c_int32", "int32_t"), ("c_uint32", "uint32_t"), ("c_int64", "int64_t"), ("c_uint64", "uint64_t")]:
    _simple(_name, _backend.new_primitive_type(_text))
for _name, _text in ("c_float", "float"), ("c_double", "double"), ("c_longdouble", "long double"):
    _simple(_name, _backend.new_primitive_type(_text), _Float)
for _name, _text in ("c_char", "char"), ("c_wchar", "wchar_t"):
    _simple(_name, _backend.new_primitive_type(_text), _Char)
_simple("c_void_p", _backend.new_pointer_type(_backend.new_void_type()), _Pointer)
del _name, _text


def _ctype_of(what):
    try:
        return what._ctype_
    except AttributeError:
        raise TypeError("this type has no size") from None


def sizeof(what):
    """Size in bytes of a C type or value."""
    return _backend.sizeof(_ctype_of(what))


def alignment(what):
    """Alignment in bytes of a C type or value."""
    return _backend.alignof(_ctype_of(what))


def get_errno():
    """The errno that the last C call left."""
    return _backend.get_errno()


def set_errno(value):
    """Set the errno that the next C call finds; the old one is returned."""
    old = _backend.get_errno()
    _backend.set_errno(value)
    return old


def __getattr__(name):
    raise AttributeError("module 'ctypes' has no attribute %r: this Python calls C through cffi" % name)
