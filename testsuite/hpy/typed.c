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

static HPyDef *defines[] = {&half, &mixed, &twice, &count, &total, NULL};
static HPyModuleDef def = {.defines = defines};
HPy_MODINIT(typed, def)
