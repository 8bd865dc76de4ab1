// A class whose comparisons, truth, length, membership and calls are in C, and answer in every way that C can.
#include "hpy.h"

typedef struct { long n; } Box;
HPyType_HELPERS(Box)

static HPy of_number(HPyContext *ctx, HPy cls, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Box *box;
    HPy h = HPy_New(ctx, cls, &box);
    if (!HPy_IsNull(h))
        box->n = nargs > 0 ? HPyLong_AsLong(ctx, args[0]) : 0;
    return h;
}
HPyDef_SLOT_IMPL(Box_new, of_number, HPy_tp_new)

static HPy refusal(HPyContext *ctx, const char *what)
{
    HPyErr_SetString(ctx, ctx->h_ValueError, what);
    return HPy_NULL;
}

/* None so many times. */
static HPy list_of(HPyContext *ctx, long n)
{
    HPyListBuilder builder = HPyListBuilder_New(ctx, n);
    for (long i = 0; i < n; i++)
        HPyListBuilder_Set(ctx, builder, i, ctx->h_None);
    return HPyListBuilder_Build(ctx, builder);
}

/* Numbers only compare with numbers; 13 raises, 7 gives a list, and with another class the other one is asked. */
HPyDef_SLOT(Box_compare, HPy_tp_richcompare)
static HPy Box_compare_impl(HPyContext *ctx, HPy self, HPy other, HPy_RichCmpOp op)
{
    long n = Box_AsStruct(ctx, self)->n, m;
    if (!HPy_TypeCheck(ctx, other, ctx->h_LongType)) {
        HPy own = HPy_Type(ctx, self);
        int same = HPy_TypeCheck(ctx, other, own);
        HPy_Close(ctx, own);
        if (!same)
            return HPy_Dup(ctx, ctx->h_NotImplemented);
        m = Box_AsStruct(ctx, other)->n;
    } else {
        m = HPyLong_AsLong(ctx, other);
    }
    if (m == 13)
        return refusal(ctx, "thirteen");
    if (m == 7)
        return list_of(ctx, n);
    HPy_RETURN_RICHCOMPARE(ctx, n, m, op);
}

HPyDef_SLOT(Box_bool, HPy_nb_bool)
static int Box_bool_impl(HPyContext *ctx, HPy self)
{
    long n = Box_AsStruct(ctx, self)->n;
    if (n == 13) {
        refusal(ctx, "no truth");
        return -1;
    }
    return n % 3 != 0;
}

HPyDef_SLOT(Box_length, HPy_sq_length)
static HPy_ssize_t Box_length_impl(HPyContext *ctx, HPy self)
{
    long n = Box_AsStruct(ctx, self)->n;
    if (n == 13) {
        refusal(ctx, "no length");
        return -1;
    }
    return n == 9 ? HPY_SSIZE_T_MAX : n;
}

HPyDef_SLOT(Box_contains, HPy_sq_contains)
static int Box_contains_impl(HPyContext *ctx, HPy self, HPy item)
{
    long n = Box_AsStruct(ctx, self)->n, m = HPyLong_AsLong(ctx, item);
    if (m == -1 && HPyErr_Occurred(ctx))
        return -1;
    return m < n;
}

HPyDef_SLOT(Box_call, HPy_tp_call)
static HPy Box_call_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy names)
{
    long n = Box_AsStruct(ctx, self)->n;
    if (!HPy_IsNull(names))
        return HPyUnicode_FromString(ctx, "names");
    if (nargs > 1)
        return HPy_CallTupleDict(ctx, args[0], HPyTuple_FromArray(ctx, (HPy *)args + 1, (HPy_ssize_t)nargs - 1), HPy_NULL);
    return n == 13 ? refusal(ctx, "no call") : HPyLong_FromLong(ctx, n + (long)nargs);
}

static HPyDef *defines[] = {&Box_new, &Box_compare, &Box_bool, &Box_length, &Box_contains, &Box_call, NULL};
static HPyType_Spec spec = {.name = "operators.Box", .basicsize = sizeof(Box),
                            .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE | HPy_TPFLAGS_HAVE_VECTORCALL, .defines = defines};

HPyDef_SLOT(execute, HPy_mod_exec)
static int execute_impl(HPyContext *ctx, HPy m) { return HPyHelpers_AddType(ctx, m, "Box", &spec, NULL) ? 0 : -1; }

/* A function with the name of a builtin. */
HPyDef_METH(measured, "len", HPyFunc_O)
static HPy measured_impl(HPyContext *ctx, HPy self, HPy arg)
{
    (void)self;
    (void)arg;
    return HPyUnicode_FromString(ctx, "measured");
}
static HPyDef *module_defines[] = {&execute, &measured, NULL};
static HPyModuleDef definition = {.doc = "Operators", .defines = module_defines};
HPy_MODINIT(operators, definition)
