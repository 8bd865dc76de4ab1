// Mistakes with handles.
#include "hpy.h"
#include <string.h>

HPyDef_METH(leak, "leak", HPyFunc_O)
static HPy leak_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy_Dup(ctx, arg);
    return HPy_Dup(ctx, ctx->h_None);
}
HPyDef_METH(fine, "fine", HPyFunc_O)
static HPy fine_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy again = HPy_Dup(ctx, arg);
    HPy_Close(ctx, again);
    return HPy_Dup(ctx, ctx->h_None);
}
HPyDef_METH(closed, "closed", HPyFunc_O)
static HPy closed_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy again = HPy_Dup(ctx, arg);
    HPy_Close(ctx, again);
    return HPy_Repr(ctx, again);
}
HPyDef_METH(twice, "twice", HPyFunc_O)
static HPy twice_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy again = HPy_Dup(ctx, arg);
    HPy_Close(ctx, again);
    HPy_Close(ctx, again);
    return HPy_Dup(ctx, ctx->h_None);
}
HPyDef_METH(builder, "builder", HPyFunc_NOARGS)
static HPy builder_impl(HPyContext *ctx, HPy self)
{
    HPyListBuilder_New(ctx, 3);
    return HPy_Dup(ctx, ctx->h_None);
}
HPyDef_METH(name, "name", HPyFunc_NOARGS)
static HPy name_impl(HPyContext *ctx, HPy self) { return HPyUnicode_FromString(ctx, ctx->name); }

typedef struct { long n; } Thing;
HPyType_HELPERS(Thing)
HPyDef_METH(Thing_bump, "bump", HPyFunc_O)
static HPy Thing_bump_impl(HPyContext *ctx, HPy self, HPy arg)
{
    Thing *thing = Thing_AsStruct(ctx, self);
    thing->n++;
    return HPyUnicode_FromFormat(ctx, "%ld %R", thing->n, arg);
}
static HPyDef *Thing_defines[] = {&Thing_bump, NULL};
static HPyType_Spec Thing_spec = {.name = "leaky.Thing", .basicsize = sizeof(Thing), .builtin_shape = SHAPE(Thing), .defines = Thing_defines};

HPyDef_SLOT(exec, HPy_mod_exec)
static int exec_impl(HPyContext *ctx, HPy module) { return HPyHelpers_AddType(ctx, module, "Thing", &Thing_spec, NULL) ? 0 : -1; }
static HPyDef *defines[] = {&leak, &fine, &closed, &twice, &builder, &name, &exec, NULL};
static HPyModuleDef def = {.defines = defines};
HPy_MODINIT(leaky, def)
