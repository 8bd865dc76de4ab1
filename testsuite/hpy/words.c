// What the headers do themselves where they can, beside the functions of the context that do the same.
#include "hpy.h"
#include <float.h>
#include <math.h>
#include <string.h>

#define DEFINE(NAME, SIGNATURE) HPyDef_METH(py_##NAME, #NAME, SIGNATURE)

/* Is it the same object or an equal one of the same type? Both are closed. */
static int same(HPyContext *ctx, HPy left, HPy right)
{
    HPy left_type, right_type;
    int answer;
    if (HPy_IsNull(left) || HPy_IsNull(right))
        return 0;
    left_type = HPy_Type(ctx, left);
    right_type = HPy_Type(ctx, right);
    answer = HPy_Is(ctx, left_type, right_type);
    answer = answer && HPy_RichCompareBool(ctx, left, right, HPy_EQ) == 1;
    HPy_Close(ctx, left_type);
    HPy_Close(ctx, right_type);
    HPy_Close(ctx, left);
    HPy_Close(ctx, right);
    return answer;
}

/* A tuple of two handles, which are closed. */
static HPy pair(HPyContext *ctx, HPy first, HPy second)
{
    HPy tuple = HPyTuple_Pack(ctx, 2, first, second);
    HPy_Close(ctx, first);
    HPy_Close(ctx, second);
    return tuple;
}

/* Integers around every power of two, of either sign: their number, and how often the two ways differ. */
DEFINE(integers, HPyFunc_NOARGS)
static HPy py_integers_impl(HPyContext *ctx, HPy self)
{
    long made = 0, wrong = 0;
    for (int bit = 0; bit < 64; bit++) {
        for (int near = -2; near <= 2; near++) {
            uint64_t plus = ((uint64_t)1 << bit) + (uint64_t)(int64_t)near;
            uint64_t both[] = {plus, 0 - plus};
            for (int sign = 0; sign < 2; sign++) {
                uint64_t v = both[sign];
                wrong += !same(ctx, HPyLong_FromInt64_t(ctx, (int64_t)v), ctx->ctx_Long_FromInt64_t(ctx, (int64_t)v));
                wrong += !same(ctx, HPyLong_FromUInt64_t(ctx, v), ctx->ctx_Long_FromUInt64_t(ctx, v));
                wrong += !same(ctx, HPyLong_FromInt32_t(ctx, (int32_t)v), ctx->ctx_Long_FromInt32_t(ctx, (int32_t)v));
                wrong += !same(ctx, HPyLong_FromUInt32_t(ctx, (uint32_t)v), ctx->ctx_Long_FromUInt32_t(ctx, (uint32_t)v));
                wrong += !same(ctx, HPyLong_FromSize_t(ctx, (size_t)v), ctx->ctx_Long_FromSize_t(ctx, (size_t)v));
                wrong += !same(ctx, HPyLong_FromSsize_t(ctx, (HPy_ssize_t)v), ctx->ctx_Long_FromSsize_t(ctx, (HPy_ssize_t)v));
                made++;
            }
        }
    }
    return pair(ctx, HPyLong_FromLong(ctx, made), HPyLong_FromLong(ctx, wrong));
}

static int same_double(HPyContext *ctx, double value)
{
    HPy h;
    double back, from_context;
    int wrong = value == value && !same(ctx, HPyFloat_FromDouble(ctx, value), ctx->ctx_Float_FromDouble(ctx, value));
    h = HPyFloat_FromDouble(ctx, value);
    back = HPyFloat_AsDouble(ctx, h);
    from_context = ctx->ctx_Float_AsDouble(ctx, h);
    wrong += memcmp(&back, &value, sizeof value) != 0 || memcmp(&from_context, &value, sizeof value) != 0;
    HPy_Close(ctx, h);
    return wrong;
}

/* Doubles of every exponent and either sign, and those that are no numbers. */
DEFINE(doubles, HPyFunc_NOARGS)
static HPy py_doubles_impl(HPyContext *ctx, HPy self)
{
    long made = 0, wrong = 0;
    for (uint64_t exponent = 0; exponent < 2048; exponent++) {
        uint64_t mantissas[] = {0, 1, 0x8000000000000, 0xfffffffffffff};
        for (int which = 0; which < 8; which++) {
            uint64_t bits = (uint64_t)(which & 1) << 63 | exponent << 52 | mantissas[which / 2];
            double value;
            memcpy(&value, &bits, sizeof value);
            if (value != value)
                value = (double)NAN; /* which NaN it is may be lost */
            wrong += same_double(ctx, value);
            made++;
        }
    }
    return pair(ctx, HPyLong_FromLong(ctx, made), HPyLong_FromLong(ctx, wrong));
}

/* What one way gives: value, and the exception's class or None. */
static HPy outcome(HPyContext *ctx, HPy value)
{
    static const char *const names[] = {"TypeError", "OverflowError", "another"};
    int which = 0;
    if (!HPyErr_Occurred(ctx))
        return value;
    which = HPyErr_ExceptionMatches(ctx, ctx->h_TypeError) ? 0 : HPyErr_ExceptionMatches(ctx, ctx->h_OverflowError) ? 1 : 2;
    HPyErr_Clear(ctx);
    HPy_Close(ctx, value);
    return HPyUnicode_FromString(ctx, names[which]);
}

#define READ(NAME, TYPE, API, FIELD, MAKE)                                                      \
    DEFINE(NAME, HPyFunc_O)                                                                     \
    static HPy py_##NAME##_impl(HPyContext *ctx, HPy self, HPy arg)                             \
    {                                                                                           \
        TYPE here, there;                                                                       \
        HPy first, second;                                                                      \
        here = API(ctx, arg);                                                                   \
        first = HPyErr_Occurred(ctx) ? outcome(ctx, HPy_NULL) : MAKE(ctx, here);                \
        there = ctx->FIELD(ctx, arg);                                                           \
        second = HPyErr_Occurred(ctx) ? outcome(ctx, HPy_NULL) : ctx->ctx_Dup(ctx, MAKE(ctx, there)); \
        return pair(ctx, first, second);                                            \
    }
READ(as_int32, int32_t, HPyLong_AsInt32_t, ctx_Long_AsInt32_t, HPyLong_FromInt32_t)
READ(as_uint32, uint32_t, HPyLong_AsUInt32_t, ctx_Long_AsUInt32_t, HPyLong_FromUInt32_t)
READ(as_int64, int64_t, HPyLong_AsInt64_t, ctx_Long_AsInt64_t, HPyLong_FromInt64_t)
READ(as_uint64, uint64_t, HPyLong_AsUInt64_t, ctx_Long_AsUInt64_t, HPyLong_FromUInt64_t)
READ(as_size, size_t, HPyLong_AsSize_t, ctx_Long_AsSize_t, HPyLong_FromSize_t)
READ(as_ssize, HPy_ssize_t, HPyLong_AsSsize_t, ctx_Long_AsSsize_t, HPyLong_FromSsize_t)
READ(long_as_double, double, HPyLong_AsDouble, ctx_Long_AsDouble, HPyFloat_FromDouble)
READ(as_double, double, HPyFloat_AsDouble, ctx_Float_AsDouble, HPyFloat_FromDouble)
READ(truth, int, HPy_IsTrue, ctx_IsTrue, HPyBool_FromBool)

/* Handles opened by either way and closed by the other, not in the order in which they were opened. */
DEFINE(handles, HPyFunc_VARARGS)
static HPy py_handles_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    HPy open[300];
    for (int i = 0; i < 300; i++) {
        HPy arg = args[(size_t)i % nargs];
        open[i] = i % 3 ? HPy_Dup(ctx, arg) : ctx->ctx_Dup(ctx, arg);
        if (!HPy_Is(ctx, open[i], arg))
            return HPyErr_SetString(ctx, ctx->h_SystemError, "a handle of another object");
    }
    for (int i = 0; i < 300; i++) {
        HPy h = open[i * 77 % 300];
        if (i % 2)
            HPy_Close(ctx, h);
        else
            ctx->ctx_Close(ctx, h);
    }
    HPy_Close(ctx, HPy_Dup(ctx, HPy_NULL));
    return HPy_Dup(ctx, ctx->h_None);
}

/* A list and a tuple of the arguments, times the first: by either way in turns, with collections in between. */
DEFINE(built, HPyFunc_VARARGS)
static HPy py_built_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    HPy_ssize_t times = HPyLong_AsSsize_t(ctx, args[0]), n = times * (HPy_ssize_t)(nargs - 1);
    HPyListBuilder list = HPyListBuilder_New(ctx, n);
    HPyTupleBuilder tuple = HPyTupleBuilder_New(ctx, n);
    for (HPy_ssize_t i = 0; i < n; i++) {
        HPy item = args[1 + (size_t)i % (nargs - 1)];
        HPy fresh = pair(ctx, HPy_Dup(ctx, item), HPy_Dup(ctx, ctx->h_None));
        if (i % 2) {
            HPyListBuilder_Set(ctx, list, i, fresh);
            ctx->ctx_TupleBuilder_Set(ctx, tuple, i, fresh);
        } else {
            ctx->ctx_ListBuilder_Set(ctx, list, i, fresh);
            HPyTupleBuilder_Set(ctx, tuple, i, fresh);
        }
        HPy_Close(ctx, fresh);
    }
    return pair(ctx, HPyListBuilder_Build(ctx, list), ctx->ctx_TupleBuilder_Build(ctx, tuple));
}

/* How often length or items of anything differ, and what the last item is beyond the end. */
DEFINE(looked, HPyFunc_O)
static HPy py_looked_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy_ssize_t n = HPy_Length(ctx, arg), wrong = n != ctx->ctx_Length(ctx, arg);
    if (n < 0)
        return outcome(ctx, HPy_NULL);
    for (HPy_ssize_t i = -n; i < n; i++)
        wrong += !same(ctx, HPy_GetItem_i(ctx, arg, i), ctx->ctx_GetItem_i(ctx, arg, i));
    for (HPy_ssize_t i = n; i < n + 2; i++) {
        wrong += !HPy_IsNull(HPy_GetItem_i(ctx, arg, i));
        HPyErr_Clear(ctx);
        wrong += !HPy_IsNull(HPy_GetItem_i(ctx, arg, -i - 1));
        HPyErr_Clear(ctx);
    }
    return HPyLong_FromSsize_t(ctx, wrong);
}

static HPyDef *defs[] = {&py_built, &py_looked, &py_integers, &py_doubles, &py_as_int32, &py_as_uint32, &py_as_int64, &py_as_uint64, &py_as_size,
                         &py_as_ssize, &py_long_as_double, &py_as_double, &py_truth, &py_handles, NULL};
static HPyModuleDef moduledef = {.doc = "Words", .defines = defs};
HPy_MODINIT(words, moduledef)
