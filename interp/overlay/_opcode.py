"""What `opcode` and `dis` ask about CPython's bytecode.

Haft runs a register bytecode of its own (see the book), so nothing here describes code that Haft executes: the answers
are those for CPython's opcode names, from their names alone, so that the library's modules load.
"""
from _opcode_metadata import opmap as _opmap, HAVE_ARGUMENT as _HAVE_ARGUMENT

_names = {number: name for name, number in _opmap.items()}


def _name(opcode):
    return _names.get(opcode, "")


def is_valid(opcode):
    return opcode in _names


def has_arg(opcode):
    return opcode > _HAVE_ARGUMENT


def has_const(opcode):
    return _name(opcode) in ("LOAD_CONST", "LOAD_CONST_MORTAL", "LOAD_CONST_IMMORTAL")


def has_name(opcode):
    return _name(opcode).endswith(("_NAME", "_ATTR", "_GLOBAL")) or _name(opcode) in ("IMPORT_FROM", "LOAD_FROM_DICT_OR_GLOBALS")


def has_jump(opcode):
    name = _name(opcode)
    return "JUMP" in name or name in ("FOR_ITER", "SEND", "END_ASYNC_FOR")


def has_free(opcode):
    return _name(opcode) in ("MAKE_CELL", "LOAD_DEREF", "STORE_DEREF", "DELETE_DEREF", "LOAD_FROM_DICT_OR_DEREF")


def has_local(opcode):
    return "_FAST" in _name(opcode)


def has_exc(opcode):
    return _name(opcode) in ("SETUP_FINALLY", "SETUP_WITH", "SETUP_CLEANUP")


def stack_effect(opcode, oparg=None, /, *, jump=None):
    if opcode not in _names:
        raise ValueError("invalid opcode or oparg")
    raise ValueError("Haft's bytecode has registers, no stack")


def get_executor(*, code, offset):
    raise ValueError("no executor exists at this offset")


def get_intrinsic1_descs():
    return ["INTRINSIC_1_INVALID", "INTRINSIC_PRINT", "INTRINSIC_IMPORT_STAR", "INTRINSIC_STOPITERATION_ERROR",
            "INTRINSIC_ASYNC_GEN_WRAP", "INTRINSIC_UNARY_POSITIVE", "INTRINSIC_LIST_TO_TUPLE", "INTRINSIC_TYPEVAR",
            "INTRINSIC_PARAMSPEC", "INTRINSIC_TYPEVARTUPLE", "INTRINSIC_SUBSCRIPT_GENERIC", "INTRINSIC_TYPEALIAS"]


def get_intrinsic2_descs():
    return ["INTRINSIC_2_INVALID", "INTRINSIC_PREP_RERAISE_STAR", "INTRINSIC_TYPEVAR_WITH_BOUND",
            "INTRINSIC_TYPEVAR_WITH_CONSTRAINTS", "INTRINSIC_SET_FUNCTION_TYPE_PARAMS", "INTRINSIC_SET_TYPEPARAM_DEFAULT"]


def get_special_method_names():
    return ["__enter__", "__exit__", "__aenter__", "__aexit__"]


def get_nb_ops():
    signs = [("ADD", "+"), ("AND", "&"), ("FLOOR_DIVIDE", "//"), ("LSHIFT", "<<"), ("MATRIX_MULTIPLY", "@"), ("MULTIPLY", "*"),
             ("REMAINDER", "%"), ("OR", "|"), ("POWER", "**"), ("RSHIFT", ">>"), ("SUBTRACT", "-"), ("TRUE_DIVIDE", "/"),
             ("XOR", "^")]
    plain = [("NB_" + name, sign) for name, sign in signs]
    inplace = [("NB_INPLACE_" + name, sign + "=") for name, sign in signs]
    return plain + inplace + [("NB_SUBSCR", "[]")]
