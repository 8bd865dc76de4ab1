// Functions with a typed signature, which hot loops call with numbers in registers.
#include "hpy.h"
#include "haft/typed.h"

static double half_native(double x) { return x / 2; }
HPyDef_METH(half, "half", HPyFunc_O)
HAFT_TYPED(half, half_native, "double(double)")
static HPy half_impl(HPyContext *ctx, HPy self, HPy arg)
{
    double x = HPyFloat_AsDouble(ctx, arg);
    if (x == -1.0 && HPyErr_Occurred(ctx))
        return HPy_NULL;
    return HPyFloat_FromDouble(ctx, half_native(x));
}

static int8_t mixed_native(int8_t a, uint32_t b, int64_t c) { return (int8_t) (a + b % 7 - c % 5); }
HPyDef_METH(mixed, "mixed", HPyFunc_VARARGS)
HAFT_TYPED(mixed, mixed_native, "int8(int8, uint32, int64)")
static HPy mixed_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    int a;
    unsigned int b;
    long c;
    if (!HPyArg_Parse(ctx, NULL, args, nargs, "iIl", &a, &b, &c))
        return HPy_NULL;
    if (a < -128 || a > 127)
        return HPyErr_SetString(ctx, ctx->h_OverflowError, "no int8");
    return HPyLong_FromLong(ctx, mixed_native((int8_t) a, b, c));
}

static int64_t twice_native(int64_t x) { return x * 2; }
HPyDef_METH(twice, "twice", HPyFunc_O)
HAFT_TYPED(twice, twice_native, "int64(int64)")
static HPy twice_impl(HPyContext *ctx, HPy self, HPy arg)
{
    int64_t x = HPyLong_AsLongLong(ctx, arg);
    if (x == -1 && HPyErr_Occurred(ctx))
        return HPy_NULL;
    return HPyLong_FromLongLong(ctx, twice_native(x));
}

static long counted = 0;
static void count_native(void) { counted++; }
HPyDef_METH(count, "count", HPyFunc_NOARGS)
HAFT_TYPED(count, count_native, "void()")
static HPy count_impl(HPyContext *ctx, HPy self) { count_native(); return HPy_Dup(ctx, ctx->h_None); }

HPyDef_METH(total, "total", HPyFunc_NOARGS)
static HPy total_impl(HPyContext *ctx, HPy self) { return HPyLong_FromLong(ctx, counted); }

// With the context: they may raise, run Python, and make objects.
static double root_native(HPyContext *ctx, double x)
{
    if (x < 0) {
        HPyErr_SetString(ctx, ctx->h_ValueError, "negative");
        return -1.0;
    }
    return x / 2;
}
HPyDef_METH(root, "root", HPyFunc_O)
HAFT_TYPED_RAISES_DOUBLE(root, root_native, "double(context, double)", -1.0)
static HPy root_impl(HPyContext *ctx, HPy self, HPy arg)
{
    double x = HPyFloat_AsDouble(ctx, arg);
    if (x == -1.0 && HPyErr_Occurred(ctx))
        return HPy_NULL;
    x = root_native(ctx, x);
    return HPyErr_Occurred(ctx) ? HPy_NULL : HPyFloat_FromDouble(ctx, x);
}

static HPy pair_native(HPyContext *ctx, int32_t a, HPy b)
{
    if (a == 2500)
        return HPyErr_SetString(ctx, ctx->h_ValueError, "not 2500");
    HPy number = HPyLong_FromLong(ctx, a);
    HPy pair = HPyTuple_Pack(ctx, 2, number, b);
    HPy_Close(ctx, number);
    return pair;
}
HPyDef_METH(pair, "pair", HPyFunc_VARARGS)
HAFT_TYPED_RAISES(pair, pair_native, "handle(context, int32, handle)", 0)
static HPy pair_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    if (nargs != 2)
        return HPyErr_SetString(ctx, ctx->h_TypeError, "two arguments");
    int32_t a = HPyLong_AsInt32_t(ctx, args[0]);
    if (a == -1 && HPyErr_Occurred(ctx))
        return HPy_NULL;
    return pair_native(ctx, a, args[1]);
}

static int64_t calls_native(HPyContext *ctx, HPy function, int64_t x)
{
    HPy number = HPyLong_FromInt64_t(ctx, x);
    HPy result = HPy_Call(ctx, function, &number, 1, HPy_NULL);
    HPy_Close(ctx, number);
    if (HPy_IsNull(result))
        return -1;
    int64_t value = HPyLong_AsInt64_t(ctx, result);
    HPy_Close(ctx, result);
    return value;
}
HPyDef_METH(calls, "calls", HPyFunc_VARARGS)
HAFT_TYPED_RAISES(calls, calls_native, "int64(context, handle, int64)", -1)
static HPy calls_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    int64_t x = HPyLong_AsInt64_t(ctx, args[1]);
    if (x == -1 && HPyErr_Occurred(ctx))
        return HPy_NULL;
    x = calls_native(ctx, args[0], x);
    return HPyErr_Occurred(ctx) ? HPy_NULL : HPyLong_FromInt64_t(ctx, x);
}

static bool differs_native(HPyContext *ctx, HPy a, bool b) { return !HPy_Is(ctx, a, b ? ctx->h_True : ctx->h_False); }
HPyDef_METH(differs, "differs", HPyFunc_VARARGS)
HAFT_TYPED(differs, differs_native, "bool(context, handle, bool)")
static HPy differs_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    return HPyBool_FromBool(ctx, differs_native(ctx, args[0], HPy_IsTrue(ctx, args[1])));
}

static void check_native(HPyContext *ctx, int64_t x)
{
    if (x == 2999)
        HPyErr_SetString(ctx, ctx->h_ValueError, "2999 at last");
}
HPyDef_METH(check, "check", HPyFunc_O)
HAFT_TYPED_RAISES(check, check_native, "void(context, int64)", 0)
static HPy check_impl(HPyContext *ctx, HPy self, HPy arg)
{
    check_native(ctx, HPyLong_AsInt64_t(ctx, arg));
    return HPyErr_Occurred(ctx) ? HPy_NULL : HPy_Dup(ctx, ctx->h_None);
}

static HPyDef *defines[] = {&half, &mixed, &twice, &count, &total, &root, &pair, &calls, &differs, &check, NULL};
static HPyModuleDef def = {.defines = defines};
HPy_MODINIT(typed, def)
