// Classes whose arithmetic, items, construction and calls are in C, and answer in every way that C can.
#include "hpy.h"

static HPy refusal(HPyContext *ctx, const char *what)
{
    HPyErr_SetString(ctx, ctx->h_ValueError, what);
    return HPy_NULL;
}

/* Arithmetic with numbers and its own class; 13 raises, 8 declines, also in place, where 7 leaves it to the operator. */
typedef struct { long n; } Sum;
HPyType_HELPERS(Sum)

/* 1: it is in `n`; 0: declined; -1: raised. */
static int number_of(HPyContext *ctx, HPy h, HPy type, long *n)
{
    if (HPy_TypeCheck(ctx, h, ctx->h_LongType)) {
        *n = HPyLong_AsLong(ctx, h);
    } else if (HPy_TypeCheck(ctx, h, type)) {
        *n = Sum_AsStruct(ctx, h)->n;
    } else {
        return 0;
    }
    if (*n == 13)
        refusal(ctx, "thirteen");
    return *n == 13 ? -1 : *n != 8;
}

static HPyGlobal sum_type;

static HPy calculated(HPyContext *ctx, HPy a, HPy b, int minus)
{
    HPy type = HPyGlobal_Load(ctx, sum_type);
    long x, y;
    int ok = number_of(ctx, a, type, &x);
    if (ok > 0)
        ok = number_of(ctx, b, type, &y);
    HPy_Close(ctx, type);
    if (ok <= 0)
        return ok < 0 ? HPy_NULL : HPy_Dup(ctx, ctx->h_NotImplemented);
    return HPyLong_FromLong(ctx, minus ? x - y : x + y);
}

HPyDef_SLOT(Sum_add, HPy_nb_add)
static HPy Sum_add_impl(HPyContext *ctx, HPy a, HPy b) { return calculated(ctx, a, b, 0); }
HPyDef_SLOT(Sum_sub, HPy_nb_subtract)
static HPy Sum_sub_impl(HPyContext *ctx, HPy a, HPy b) { return calculated(ctx, a, b, 1); }

HPyDef_SLOT(Sum_iadd, HPy_nb_inplace_add)
static HPy Sum_iadd_impl(HPyContext *ctx, HPy self, HPy by)
{
    long n = HPyLong_AsLong(ctx, by);
    if (n == -1 && HPyErr_Occurred(ctx)) {
        HPyErr_Clear(ctx);
        return HPy_Dup(ctx, ctx->h_NotImplemented);
    }
    if (n == 7 || n == 8)
        return HPy_Dup(ctx, ctx->h_NotImplemented);
    if (n == 13)
        return refusal(ctx, "no thirteen");
    Sum_AsStruct(ctx, self)->n += n;
    return HPy_Dup(ctx, self);
}

/* Five items, the third of which cannot be read, and none can be set to a negative number. */
HPyDef_SLOT(Sum_item, HPy_sq_item)
static HPy Sum_item_impl(HPyContext *ctx, HPy self, HPy_ssize_t at)
{
    if (at < 0 || at >= 5) {
        HPyErr_SetString(ctx, ctx->h_IndexError, "0 to 4");
        return HPy_NULL;
    }
    return at == 2 ? refusal(ctx, "no third") : HPyLong_FromLong(ctx, Sum_AsStruct(ctx, self)->n + at);
}
HPyDef_SLOT(Sum_set, HPy_sq_ass_item)
static int Sum_set_impl(HPyContext *ctx, HPy self, HPy_ssize_t at, HPy value)
{
    long n = HPy_IsNull(value) ? 0 : HPyLong_AsLong(ctx, value);
    if (HPyErr_Occurred(ctx))
        return -1;
    if (n < 0) {
        refusal(ctx, "negative");
        return -1;
    }
    Sum_AsStruct(ctx, self)->n = HPy_IsNull(value) ? -at : n * 10 + at;
    return 0;
}
HPyDef_SLOT(Sum_length, HPy_sq_length)
static HPy_ssize_t Sum_length_impl(HPyContext *ctx, HPy self)
{
    if (Sum_AsStruct(ctx, self)->n == 1000) {
        refusal(ctx, "no length");
        return -1;
    }
    return 5;
}
HPyDef_SLOT(Sum_new, HPy_tp_new)
static HPy Sum_new_impl(HPyContext *ctx, HPy cls, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Sum *sum;
    HPy h = HPy_New(ctx, cls, &sum);
    if (!HPy_IsNull(h))
        sum->n = nargs > 0 ? HPyLong_AsLong(ctx, args[0]) : 0;
    return h;
}
HPyDef_MEMBER(Sum_n, "n", HPyMember_LONG, offsetof(Sum, n))
static HPyDef *Sum_defines[] = {&Sum_new, &Sum_add, &Sum_sub, &Sum_iadd, &Sum_item, &Sum_set, &Sum_length, &Sum_n, NULL};
static HPyType_Spec Sum_spec = {.name = "arithmetic.Sum", .basicsize = sizeof(Sum),
                                .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE, .defines = Sum_defines};

/* HPy_tp_new gives what it is told to: a new instance, an instance of a subclass, an object that it keeps, an int, or an error. */
typedef struct { long n, inits; } Made;
HPyType_HELPERS(Made)
static HPyGlobal kept;

HPyDef_SLOT(Made_new, HPy_tp_new)
static HPy Made_new_impl(HPyContext *ctx, HPy cls, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Made *made;
    if (nargs > 1)
        return HPy_TypeCheck(ctx, args[1], ctx->h_TypeType) ? HPy_New(ctx, args[1], &made) : HPy_Dup(ctx, args[1]);
    if (nargs == 0)
        return HPyGlobal_Load(ctx, kept);
    if (HPy_TypeCheck(ctx, args[0], ctx->h_UnicodeType))
        return refusal(ctx, "not made");
    return HPy_New(ctx, cls, &made);
}
HPyDef_SLOT(Made_init, HPy_tp_init)
static int Made_init_impl(HPyContext *ctx, HPy self, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Made *made = Made_AsStruct(ctx, self);
    made->inits++;
    if (nargs == 0)
        return 0;
    made->n = HPyLong_AsLong(ctx, args[0]);
    return made->n == -1 && HPyErr_Occurred(ctx) ? -1 : 0;
}
HPyDef_MEMBER(Made_n, "n", HPyMember_LONG, offsetof(Made, n))
HPyDef_MEMBER(Made_inits, "inits", HPyMember_LONG, offsetof(Made, inits))
static HPyDef *Made_defines[] = {&Made_new, &Made_init, &Made_n, &Made_inits, NULL};
static HPyType_Spec Made_spec = {.name = "arithmetic.Made", .basicsize = sizeof(Made),
                                 .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE, .defines = Made_defines};

/* The same without HPy_tp_new. */
static HPyDef *Started_defines[] = {&Made_init, &Made_n, &Made_inits, NULL};
static HPyType_Spec Started_spec = {.name = "arithmetic.Started", .basicsize = sizeof(Made),
                                    .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE, .defines = Started_defines};

HPyDef_METH(keep, "keep", HPyFunc_O)
static HPy keep_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPyGlobal_Store(ctx, &kept, arg);
    return HPy_Dup(ctx, ctx->h_None);
}

/* Objects with a function of their own, which can be changed. */
typedef struct { HPyCallFunction call; } Switch;
HPyType_HELPERS(Switch)
HPyDef_CALL_FUNCTION(first)
static HPy first_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy names) { return HPyLong_FromLong(ctx, 1); }
HPyDef_CALL_FUNCTION(second)
static HPy second_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy names)
{
    return nargs == 13 ? refusal(ctx, "no second") : HPyLong_FromLong(ctx, 2 + (long)nargs);
}
HPyDef_MEMBER(Switch_offset, "__vectorcalloffset__", HPyMember_HPYSSIZET, offsetof(Switch, call), .readonly = 1)
HPyDef_SLOT(Switch_new, HPy_tp_new)
static HPy Switch_new_impl(HPyContext *ctx, HPy cls, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Switch *s;
    HPy h = HPy_New(ctx, cls, &s);
    if (!HPy_IsNull(h) && HPy_SetCallFunction(ctx, h, &first) < 0)
        return HPy_NULL;
    return h;
}
HPyDef_METH(Switch_flip, "flip", HPyFunc_NOARGS)
static HPy Switch_flip_impl(HPyContext *ctx, HPy self)
{
    return HPy_SetCallFunction(ctx, self, &second) < 0 ? HPy_NULL : HPy_Dup(ctx, ctx->h_None);
}
static HPyDef *Switch_defines[] = {&Switch_new, &Switch_offset, &Switch_flip, NULL};
static HPyType_Spec Switch_spec = {.name = "arithmetic.Switch", .basicsize = sizeof(Switch),
                                   .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_HAVE_VECTORCALL, .defines = Switch_defines};

HPyDef_SLOT(execute, HPy_mod_exec)
static int execute_impl(HPyContext *ctx, HPy m)
{
    if (!HPyHelpers_AddType(ctx, m, "Sum", &Sum_spec, NULL)
        || !HPyHelpers_AddType(ctx, m, "Made", &Made_spec, NULL) || !HPyHelpers_AddType(ctx, m, "Started", &Started_spec, NULL)
        || !HPyHelpers_AddType(ctx, m, "Switch", &Switch_spec, NULL))
        return -1;
    HPy type = HPy_GetAttr_s(ctx, m, "Sum");
    HPyGlobal_Store(ctx, &sum_type, type);
    HPyGlobal_Store(ctx, &kept, ctx->h_None);
    HPy_Close(ctx, type);
    return 0;
}

static HPyDef *module_defines[] = {&execute, &keep, NULL};
static HPyGlobal *globals[] = {&sum_type, &kept, NULL};
static HPyModuleDef definition = {.doc = "Arithmetic", .defines = module_defines, .globals = globals};
HPy_MODINIT(arithmetic, definition)
