// Several modules in one library, and mistakes of modules.
#include "hpy.h"

HPyDef_SLOT(fails, HPy_mod_exec)
static int fails_impl(HPyContext *ctx, HPy module)
{
    HPyErr_SetString(ctx, ctx->h_OverflowError, "no room");
    return -1;
}
static HPyDef *failing[] = {&fails, NULL};
static HPyModuleDef failing_def = {.defines = failing};

HPyDef_SLOT(create, HPy_mod_create)
static HPy create_impl(HPyContext *ctx, HPy spec)
{
    HPy types = HPyImport_ImportModule(ctx, "types");
    HPy class_ = HPy_GetAttr_s(ctx, types, "SimpleNamespace");
    HPy result = HPy_CallTupleDict(ctx, class_, HPy_NULL, HPy_NULL);
    HPy name = HPy_GetAttr_s(ctx, spec, "name");
    HPy_SetAttr_s(ctx, result, "made_for", name);
    HPy_Close(ctx, name);
    HPy_Close(ctx, types);
    HPy_Close(ctx, class_);
    return result;
}
static HPyDef *creating[] = {&create, NULL};
static HPyModuleDef creating_def = {.defines = creating};

HPyDef_METH(where, "where", HPyFunc_NOARGS)
static HPy where_impl(HPyContext *ctx, HPy self) { return HPy_GetAttr_s(ctx, self, "__name__"); }
static HPyDef *plain[] = {&where, NULL};
static HPyModuleDef plain_def = {.doc = "Plain.", .defines = plain};
HPy_MODINIT(imports, plain_def)

// What HPy_MODINIT makes, for more modules of this file.
#define ALSO(NAME, DEF)                                                     \
    HPy_EXPORTED_FUNC uint32_t get_required_hpy_major_version_##NAME(void) { return HPY_ABI_VERSION; }       \
    HPy_EXPORTED_FUNC uint32_t get_required_hpy_minor_version_##NAME(void) { return HPY_ABI_VERSION_MINOR; } \
    HPy_EXPORTED_FUNC void HPyInitGlobalContext_##NAME(HPyContext *ctx) { _ctx_for_trampolines = ctx; }                                   \
    HPy_EXPORTED_FUNC HPyModuleDef *HPyInit_##NAME(void) { return DEF; }
ALSO(failing, &failing_def)
ALSO(creating, &creating_def)
ALSO(empty, NULL)
HPy_EXPORTED_FUNC uint32_t get_required_hpy_major_version_newer(void) { return 7; }
HPy_EXPORTED_FUNC uint32_t get_required_hpy_minor_version_newer(void) { return 1; }
