// Functions of all four signatures.
#include "hpy.h"

HPyDef_METH(none, "none", HPyFunc_NOARGS, .doc = "none($module)\n--\n\nTakes nothing.")
static HPy none_impl(HPyContext *ctx, HPy self) { return HPy_Dup(ctx, ctx->h_None); }

HPyDef_METH(me, "me", HPyFunc_NOARGS)
static HPy me_impl(HPyContext *ctx, HPy self) { return HPy_Dup(ctx, self); }

HPyDef_METH(twice, "twice", HPyFunc_O, .doc = "The sum of a value and itself.")
static HPy twice_impl(HPyContext *ctx, HPy self, HPy arg) { return HPy_Add(ctx, arg, arg); }

HPyDef_METH(count, "count", HPyFunc_VARARGS)
static HPy count_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    HPyTupleBuilder builder = HPyTupleBuilder_New(ctx, nargs);
    for (size_t i = 0; i < nargs; i++)
        HPyTupleBuilder_Set(ctx, builder, nargs - 1 - i, args[i]);
    return HPyTupleBuilder_Build(ctx, builder);
}

HPyDef_METH(named, "named", HPyFunc_KEYWORDS)
static HPy named_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    HPy result = HPyDict_New(ctx);
    HPy_ssize_t n = HPy_IsNull(kwnames) ? 0 : HPy_Length(ctx, kwnames);
    for (HPy_ssize_t i = 0; i < n; i++) {
        HPy name = HPy_GetItem_i(ctx, kwnames, i);
        HPy_SetItem(ctx, result, name, args[nargs + i]);
        HPy_Close(ctx, name);
    }
    HPy positional = HPyLong_FromSize_t(ctx, nargs);
    HPy_SetItem_s(ctx, result, "", positional);
    HPy_Close(ctx, positional);
    return result;
}

HPyDef_METH(parse, "parse", HPyFunc_KEYWORDS)
static HPy parse_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    static const char *names[] = {"a", "b", NULL};
    long a;
    double b = 1.5;
    HPyTracker tracker;
    if (!HPyArg_ParseKeywords(ctx, &tracker, args, nargs, kwnames, "l|d", names, &a, &b))
        return HPy_NULL;
    HPyTracker_Close(ctx, tracker);
    return HPyFloat_FromDouble(ctx, a * b);
}

HPyDef_METH(fail, "fail", HPyFunc_O)
static HPy fail_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPyErr_SetObject(ctx, ctx->h_ValueError, arg);
    return HPy_NULL;
}

HPyDef_METH(nothing, "nothing", HPyFunc_NOARGS)
static HPy nothing_impl(HPyContext *ctx, HPy self) { return HPy_NULL; }

HPyDef_METH(both, "both", HPyFunc_NOARGS)
static HPy both_impl(HPyContext *ctx, HPy self)
{
    HPyErr_SetString(ctx, ctx->h_KeyError, "left behind");
    return HPyLong_FromLong(ctx, 1);
}

HPyDef_METH(attempt, "attempt", HPyFunc_VARARGS)
static HPy attempt_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    HPy result = HPy_Call(ctx, args[0], args + 1, nargs - 1, HPy_NULL);
    if (!HPy_IsNull(result))
        return result;
    if (!HPyErr_ExceptionMatches(ctx, ctx->h_LookupError))
        return HPy_NULL;
    HPyErr_Clear(ctx);
    return HPyUnicode_FromString(ctx, "caught");
}

HPyDef_SLOT(exec, HPy_mod_exec)
static int exec_impl(HPyContext *ctx, HPy module)
{
    HPy answer = HPyLong_FromLong(ctx, 42);
    int result = HPy_SetAttr_s(ctx, module, "answer", answer);
    HPy_Close(ctx, answer);
    return result;
}

static HPyDef *defines[] = {
    &none, &me, &twice, &count, &named, &parse, &fail, &nothing, &both, &attempt, &exec, NULL};
static HPyModuleDef def = {.doc = "Functions of all four signatures.", .defines = defines};
HPy_MODINIT(methods, def)
