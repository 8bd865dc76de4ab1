// Objects of CPython's C API, which Haft does not have.
#include "hpy.h"

HPyDef_METH(as_object, "as_object", HPyFunc_O)
static HPy as_object_impl(HPyContext *ctx, HPy self, HPy arg)
{
    return ctx->ctx_AsPyObject(ctx, arg) == NULL ? HPy_NULL : HPy_Dup(ctx, ctx->h_None);
}
HPyDef_METH(from_object, "from_object", HPyFunc_NOARGS)
static HPy from_object_impl(HPyContext *ctx, HPy self)
{
    static long none[8];
    return ctx->ctx_FromPyObject(ctx, (cpy_PyObject *) none);
}
static HPyDef *defines[] = {&as_object, &from_object, NULL};
static HPyModuleDef def = {.defines = defines};
HPy_MODINIT(foreign_objects, def)
