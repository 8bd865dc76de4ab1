// Small functions that are called often.
#include "hpy.h"

HPyDef_METH(ident, "ident", HPyFunc_O)
static HPy ident_impl(HPyContext *ctx, HPy self, HPy arg) { return HPy_Dup(ctx, arg); }

HPyDef_METH(add, "add", HPyFunc_VARARGS)
static HPy add_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    if (nargs != 2) {
        HPyErr_SetString(ctx, ctx->h_TypeError, "two arguments");
        return HPy_NULL;
    }
    long a = HPyLong_AsLong(ctx, args[0]);
    if (a == -1 && HPyErr_Occurred(ctx))
        return HPy_NULL;
    long b = HPyLong_AsLong(ctx, args[1]);
    if (b == -1 && HPyErr_Occurred(ctx))
        return HPy_NULL;
    return HPyLong_FromLong(ctx, a + b);
}

HPyDef_METH(fails_at, "fails_at", HPyFunc_VARARGS)
static HPy fails_at_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    if (HPy_RichCompareBool(ctx, args[0], args[1], HPy_EQ)) {
        HPyErr_SetObject(ctx, ctx->h_ValueError, args[0]);
        return HPy_NULL;
    }
    return HPy_Dup(ctx, args[0]);
}

HPyDef_METH(call, "call", HPyFunc_VARARGS)
static HPy call_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    return HPy_Call(ctx, args[0], args + 1, nargs - 1, HPy_NULL);
}

typedef struct { long value; double scale; } Cell;
HPyType_HELPERS(Cell)
HPyDef_MEMBER(Cell_value, "value", HPyMember_LONG, offsetof(Cell, value))
HPyDef_MEMBER(Cell_scale, "scale", HPyMember_DOUBLE, offsetof(Cell, scale))
HPyDef_METH(Cell_get, "get", HPyFunc_NOARGS)
static HPy Cell_get_impl(HPyContext *ctx, HPy self) { return HPyLong_FromLong(ctx, Cell_AsStruct(ctx, self)->value); }
HPyDef_METH(Cell_put, "put", HPyFunc_O)
static HPy Cell_put_impl(HPyContext *ctx, HPy self, HPy arg)
{
    long value = HPyLong_AsLong(ctx, arg);
    if (value == -1 && HPyErr_Occurred(ctx))
        return HPy_NULL;
    Cell_AsStruct(ctx, self)->value = value;
    return HPy_Dup(ctx, ctx->h_None);
}
static HPyDef *Cell_defines[] = {&Cell_value, &Cell_scale, &Cell_get, &Cell_put, NULL};
static HPyType_Spec Cell_spec = {.name = "hot.Cell", .basicsize = sizeof(Cell), .builtin_shape = SHAPE(Cell),
                                 .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE, .defines = Cell_defines};

HPyDef_SLOT(exec, HPy_mod_exec)
static int exec_impl(HPyContext *ctx, HPy module) { return HPyHelpers_AddType(ctx, module, "Cell", &Cell_spec, NULL) ? 0 : -1; }
static HPyDef *defines[] = {&ident, &add, &fails_at, &call, &exec, NULL};
static HPyModuleDef def = {.defines = defines};
HPy_MODINIT(hot, def)
