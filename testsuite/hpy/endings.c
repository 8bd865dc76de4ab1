// The end of a process, and instances made by the context's own `tp_new`.
#include "hpy.h"

HPyDef_METH(fatal, "fatal", HPyFunc_O)
static HPy fatal_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy_FatalError(ctx, HPyUnicode_AsUTF8AndSize(ctx, arg, NULL));
    return HPy_NULL;
}

// Its functions run once for each instance, whoever makes it.
typedef struct { long made, started; } Thing;
HPyType_HELPERS(Thing)
HPyDef_SLOT(Thing_new, HPy_tp_new)
static HPy Thing_new_impl(HPyContext *ctx, HPy cls, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    HPy thing = HPyType_GenericNew(ctx, cls, args, nargs, kw);
    if (!HPy_IsNull(thing))
        Thing_AsStruct(ctx, thing)->made = 1 + nargs;
    return thing;
}
HPyDef_SLOT(Thing_init, HPy_tp_init)
static int Thing_init_impl(HPyContext *ctx, HPy self, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    long first = 0;
    if (nargs > 0) {
        first = HPyLong_AsLong(ctx, args[0]);
        if (first == -1 && HPyErr_Occurred(ctx))
            return -1;
    }
    Thing_AsStruct(ctx, self)->started += first + (HPy_IsNull(kw) ? 0 : 1000 * HPy_Length(ctx, kw));
    return 0;
}
HPyDef_MEMBER(Thing_made, "made", HPyMember_LONG, offsetof(Thing, made))
HPyDef_MEMBER(Thing_started, "started", HPyMember_LONG, offsetof(Thing, started))
static HPyDef *Thing_defines[] = {&Thing_new, &Thing_init, &Thing_made, &Thing_started, NULL};
static HPyType_Spec Thing_spec = {.name = "endings.Thing", .basicsize = sizeof(Thing), .builtin_shape = SHAPE(Thing),
                                  .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE, .defines = Thing_defines};

HPyDef_SLOT(exec, HPy_mod_exec)
static int exec_impl(HPyContext *ctx, HPy module) { return HPyHelpers_AddType(ctx, module, "Thing", &Thing_spec, NULL) ? 0 : -1; }
static HPyDef *defines[] = {&fatal, &exec, NULL};
static HPyModuleDef def = {.defines = defines};
HPy_MODINIT(endings, def)
