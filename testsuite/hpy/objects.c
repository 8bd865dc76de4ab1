// Objects: attributes, items, comparisons, calls, types, exceptions; what the context says of them.
#include "hpy.h"

#define METHOD(NAME, SIGNATURE) HPyDef_METH(py_##NAME, #NAME, SIGNATURE)
#define VARARGS(NAME)                                                   \
    METHOD(NAME, HPyFunc_VARARGS)                                       \
    static HPy py_##NAME##_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)

static HPy done(HPyContext *ctx, int status) { return status < 0 ? HPy_NULL : HPy_Dup(ctx, ctx->h_None); }
static HPy yes(HPyContext *ctx, int truth) { return truth < 0 ? HPy_NULL : HPyBool_FromBool(ctx, truth); }
static const char *text(HPyContext *ctx, HPy h) { return HPyUnicode_AsUTF8AndSize(ctx, h, NULL); }

VARARGS(getattr) { return HPy_GetAttr(ctx, args[0], args[1]); }
VARARGS(getattr_s) { return HPy_GetAttr_s(ctx, args[0], text(ctx, args[1])); }
VARARGS(hasattr) { return yes(ctx, HPy_HasAttr(ctx, args[0], args[1])); }
VARARGS(hasattr_s) { return yes(ctx, HPy_HasAttr_s(ctx, args[0], text(ctx, args[1]))); }
VARARGS(setattr) { return done(ctx, HPy_SetAttr(ctx, args[0], args[1], args[2])); }
VARARGS(setattr_s) { return done(ctx, HPy_SetAttr_s(ctx, args[0], text(ctx, args[1]), args[2])); }

VARARGS(getitem) { return HPy_GetItem(ctx, args[0], args[1]); }
VARARGS(getitem_i) { return HPy_GetItem_i(ctx, args[0], HPyLong_AsSsize_t(ctx, args[1])); }
VARARGS(getitem_s) { return HPy_GetItem_s(ctx, args[0], text(ctx, args[1])); }
VARARGS(setitem) { return done(ctx, HPy_SetItem(ctx, args[0], args[1], args[2])); }
VARARGS(setitem_i) { return done(ctx, HPy_SetItem_i(ctx, args[0], HPyLong_AsSsize_t(ctx, args[1]), args[2])); }
VARARGS(setitem_s) { return done(ctx, HPy_SetItem_s(ctx, args[0], text(ctx, args[1]), args[2])); }
VARARGS(delitem) { return done(ctx, HPy_DelItem(ctx, args[0], args[1])); }
VARARGS(delitem_i) { return done(ctx, HPy_DelItem_i(ctx, args[0], HPyLong_AsSsize_t(ctx, args[1]))); }
VARARGS(delitem_s) { return done(ctx, HPy_DelItem_s(ctx, args[0], text(ctx, args[1]))); }
VARARGS(contains) { return yes(ctx, HPy_Contains(ctx, args[0], args[1])); }
VARARGS(length) { HPy_ssize_t n = HPy_Length(ctx, args[0]); return n < 0 ? HPy_NULL : HPyLong_FromSsize_t(ctx, n); }

VARARGS(compare) { return HPy_RichCompare(ctx, args[0], args[1], (int) HPyLong_AsLong(ctx, args[2])); }
VARARGS(compare_bool) { return yes(ctx, HPy_RichCompareBool(ctx, args[0], args[1], (int) HPyLong_AsLong(ctx, args[2]))); }
VARARGS(same) { return yes(ctx, HPy_Is(ctx, args[0], args[1])); }
VARARGS(hash) { HPy_hash_t hash = HPy_Hash(ctx, args[0]); return hash == -1 ? HPy_NULL : HPyLong_FromSsize_t(ctx, hash); }
VARARGS(repr) { return HPy_Repr(ctx, args[0]); }
VARARGS(str) { return HPy_Str(ctx, args[0]); }
VARARGS(ascii) { return HPy_ASCII(ctx, args[0]); }
VARARGS(bytes) { return HPy_Bytes(ctx, args[0]); }

VARARGS(checks)
{
    HPy h = args[0];
    int found[] = {HPyNumber_Check(ctx, h), HPyCallable_Check(ctx, h), HPyList_Check(ctx, h), HPyDict_Check(ctx, h),
                   HPyTuple_Check(ctx, h), HPyUnicode_Check(ctx, h), HPyBytes_Check(ctx, h)};
    HPy items[7];
    for (int i = 0; i < 7; i++)
        items[i] = HPyLong_FromLong(ctx, found[i] != 0);
    return HPyTuple_FromArray(ctx, items, 7);
}

VARARGS(type) { return HPy_Type(ctx, args[0]); }
VARARGS(type_check) { return yes(ctx, HPy_TypeCheck(ctx, args[0], args[1])); }
VARARGS(type_name) { const char *name = HPyType_GetName(ctx, args[0]); return name ? HPyUnicode_FromString(ctx, name) : HPy_NULL; }
VARARGS(is_subtype) { return yes(ctx, HPyType_IsSubtype(ctx, args[0], args[1])); }

VARARGS(call) { return HPy_Call(ctx, args[0], args + 1, nargs - 1, HPy_NULL); }
VARARGS(call_named)
{
    // The last two arguments are keyword arguments `first` and `second`.
    HPy names = HPy_BuildValue(ctx, "(ss)", "first", "second");
    HPy result = HPy_Call(ctx, args[0], args + 1, nargs - 3, names);
    HPy_Close(ctx, names);
    return result;
}
VARARGS(call_tuple_dict) { return HPy_CallTupleDict(ctx, args[0], args[1], nargs > 2 ? args[2] : HPy_NULL); }
VARARGS(call_method) { return HPy_CallMethod(ctx, args[0], args + 1, nargs - 1, HPy_NULL); }

VARARGS(exception)
{
    return HPyErr_NewException(ctx, text(ctx, args[0]), nargs > 1 ? args[1] : HPy_NULL, nargs > 2 ? args[2] : HPy_NULL);
}
VARARGS(exception_with_doc) { return HPyErr_NewExceptionWithDoc(ctx, text(ctx, args[0]), text(ctx, args[1]), HPy_NULL, HPy_NULL); }
VARARGS(raise) { return HPyErr_SetObject(ctx, args[0], args[1]); }
VARARGS(matches)
{
    HPy result = HPy_Call(ctx, args[0], NULL, 0, HPy_NULL);
    if (!HPy_IsNull(result))
        return result;
    int matched = HPyErr_ExceptionMatches(ctx, args[1]);
    HPyErr_Clear(ctx);
    return HPyBool_FromBool(ctx, matched && !HPyErr_Occurred(ctx));
}
VARARGS(dump) { _HPy_Dump(ctx, args[0]); return done(ctx, 0); }

// Every constant of the context.
#define SIMPLE(X) X(None) X(True) X(False) X(NotImplemented) X(Ellipsis)
#define TYPES(X) X(BaseObjectType) X(TypeType) X(BoolType) X(LongType) X(FloatType) X(UnicodeType) X(TupleType) X(ListType) \
    X(ComplexType) X(BytesType) X(MemoryViewType) X(CapsuleType) X(SliceType)
#define EXCEPTIONS(X) X(BaseException) X(Exception) X(StopAsyncIteration) X(StopIteration) X(GeneratorExit) X(ArithmeticError) \
    X(LookupError) X(AssertionError) X(AttributeError) X(BufferError) X(EOFError) X(FloatingPointError) X(OSError) \
    X(ImportError) X(ModuleNotFoundError) X(IndexError) X(KeyError) X(KeyboardInterrupt) X(MemoryError) X(NameError) \
    X(OverflowError) X(RuntimeError) X(RecursionError) X(NotImplementedError) X(SyntaxError) X(IndentationError) X(TabError) \
    X(ReferenceError) X(SystemError) X(SystemExit) X(TypeError) X(UnboundLocalError) X(UnicodeError) X(UnicodeEncodeError) \
    X(UnicodeDecodeError) X(UnicodeTranslateError) X(ValueError) X(ZeroDivisionError) X(BlockingIOError) X(BrokenPipeError) \
    X(ChildProcessError) X(ConnectionError) X(ConnectionAbortedError) X(ConnectionRefusedError) X(ConnectionResetError) \
    X(FileExistsError) X(FileNotFoundError) X(InterruptedError) X(IsADirectoryError) X(NotADirectoryError) X(PermissionError) \
    X(ProcessLookupError) X(TimeoutError) X(Warning) X(UserWarning) X(DeprecationWarning) X(PendingDeprecationWarning) \
    X(SyntaxWarning) X(RuntimeWarning) X(FutureWarning) X(ImportWarning) X(UnicodeWarning) X(BytesWarning) X(ResourceWarning)
VARARGS(constants)
{
    HPy list = HPyList_New(ctx, 0);
#define APPEND(NAME) HPyList_Append(ctx, list, ctx->h_##NAME);
    SIMPLE(APPEND) TYPES(APPEND) EXCEPTIONS(APPEND)
    return list;
}
VARARGS(names_of_exceptions)
{
#define WORD(NAME) #NAME " "
    return HPyUnicode_FromString(ctx, EXCEPTIONS(WORD));
}

#define ALL(X) X(getattr) X(getattr_s) X(hasattr) X(hasattr_s) X(setattr) X(setattr_s) X(getitem) X(getitem_i) X(getitem_s) \
    X(setitem) X(setitem_i) X(setitem_s) X(delitem) X(delitem_i) X(delitem_s) X(contains) X(length) X(compare) X(compare_bool) \
    X(same) X(hash) X(repr) X(str) X(ascii) X(bytes) X(checks) X(type) X(type_check) X(type_name) X(is_subtype) X(call) \
    X(call_named) X(call_tuple_dict) X(call_method) X(exception) X(exception_with_doc) X(raise) X(matches) \
    X(dump) X(constants) X(names_of_exceptions)
#define NAMED(NAME) &py_##NAME,
static HPyDef *defines[] = {ALL(NAMED) NULL};
static HPyModuleDef def = {.defines = defines};
HPy_MODINIT(objects, def)
