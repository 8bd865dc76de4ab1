/* What the wrong modules share. A module has a method `f` of one argument, unless it says otherwise. */
#include "hpy.h"

#include <string.h>

/* Begins a method of one argument: its parameters are `ctx`, `self` and `arg`. */
#define METHOD(NAME)                                                            \
    HPyDef_METH(NAME, #NAME, HPyFunc_O)                                         \
    static HPy NAME##_impl(HPyContext *ctx, HPy self, HPy arg)

/* The end of a module with these definitions. */
#define MODULE(...)                                                             \
    static HPyDef *module_defines[] = {__VA_ARGS__, NULL};                      \
    static HPyModuleDef module = {.doc = NULL, .defines = module_defines};      \
    HPy_MODINIT(bad, module)

/* Makes a type from a spec and its parameters in method `f`. */
#define TYPE(SPEC, PARAMS)                                                      \
    METHOD(f)                                                                   \
    {                                                                           \
        return HPyType_FromSpec(ctx, SPEC, PARAMS);                             \
    }                                                                           \
    MODULE(&f)

#define NONE HPy_Dup(ctx, ctx->h_None)
