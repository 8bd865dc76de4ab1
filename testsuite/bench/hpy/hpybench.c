/* The HPy side of the extension benchmark; capi.c is its twin in the C API of CPython. Also for the HPy 0.0.4 that older PyPys
 * bundle, without what that has not. */
#include "hpy.h"

#ifdef HPY_ABI_VERSION
#  include "haft/typed.h"
#  define METH(sym, name, impl, sig) HPyDef_METH_IMPL(sym, name, impl, sig)
#  define SLOT(sym, impl, slot)      HPyDef_SLOT_IMPL(sym, impl, slot)
#  define GETSET(sym, name, g, s)    HPyDef_GETSET_IMPL(sym, name, g, s)
#  define ARGS                       const HPy *args, size_t nargs
#  define NEWARGS                    const HPy *args, HPy_ssize_t nargs
#else
#  define METH(sym, name, impl, sig) HPyDef_METH(sym, name, impl, sig)
#  define SLOT(sym, impl, slot)      HPyDef_SLOT(sym, impl, slot)
#  define GETSET(sym, name, g, s)    HPyDef_GETSET(sym, name, g, s)
#  define ARGS                       HPy *args, HPy_ssize_t nargs
#  define NEWARGS                    HPy *args, HPy_ssize_t nargs
#endif

METH(f_noargs, "noargs", f_noargs_impl, HPyFunc_NOARGS)
static HPy f_noargs_impl(HPyContext *ctx, HPy self) { return HPy_Dup(ctx, ctx->h_None); }

METH(f_ident, "ident", f_ident_impl, HPyFunc_O)
static HPy f_ident_impl(HPyContext *ctx, HPy self, HPy arg) { return HPy_Dup(ctx, arg); }

METH(f_inc, "inc", f_inc_impl, HPyFunc_O)
static HPy f_inc_impl(HPyContext *ctx, HPy self, HPy arg)
{
    long v = HPyLong_AsLong(ctx, arg);
    if (v == -1 && HPyErr_Occurred(ctx))
        return HPy_NULL;
    return HPyLong_FromLong(ctx, v + 1);
}

static int two_longs(HPyContext *ctx, ARGS, long *a, long *b)
{
    if (nargs != 2) {
        HPyErr_SetString(ctx, ctx->h_TypeError, "two arguments");
        return 0;
    }
    *a = HPyLong_AsLong(ctx, args[0]);
    if (*a == -1 && HPyErr_Occurred(ctx))
        return 0;
    *b = HPyLong_AsLong(ctx, args[1]);
    return !(*b == -1 && HPyErr_Occurred(ctx));
}

static int two_doubles(HPyContext *ctx, ARGS, double *a, double *b)
{
    if (nargs != 2) {
        HPyErr_SetString(ctx, ctx->h_TypeError, "two arguments");
        return 0;
    }
    *a = HPyFloat_AsDouble(ctx, args[0]);
    if (*a == -1.0 && HPyErr_Occurred(ctx))
        return 0;
    *b = HPyFloat_AsDouble(ctx, args[1]);
    return !(*b == -1.0 && HPyErr_Occurred(ctx));
}

METH(f_add, "add", f_add_impl, HPyFunc_VARARGS)
static HPy f_add_impl(HPyContext *ctx, HPy self, ARGS)
{
    long a, b;
    if (!two_longs(ctx, args, nargs, &a, &b))
        return HPy_NULL;
    return HPyLong_FromLong(ctx, a + b);
}

#ifdef HPY_ABI_VERSION
METH(f_add_parse, "add_parse", f_add_parse_impl, HPyFunc_VARARGS)
static HPy f_add_parse_impl(HPyContext *ctx, HPy self, ARGS)
{
    long a, b;
    if (!HPyArg_Parse(ctx, NULL, args, nargs, "ll", &a, &b))
        return HPy_NULL;
    return HPyLong_FromLong(ctx, a + b);
}
#endif

METH(f_mul, "mul", f_mul_impl, HPyFunc_O)
static HPy f_mul_impl(HPyContext *ctx, HPy self, HPy arg)
{
    double d = HPyFloat_AsDouble(ctx, arg);
    if (d == -1.0 && HPyErr_Occurred(ctx))
        return HPy_NULL;
    return HPyFloat_FromDouble(ctx, d * 0.5);
}

METH(f_sumlist, "sumlist", f_sumlist_impl, HPyFunc_O)
static HPy f_sumlist_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy_ssize_t n = HPy_Length(ctx, arg);
    long s = 0;
    if (n < 0)
        return HPy_NULL;
    for (HPy_ssize_t i = 0; i < n; i++) {
        HPy h = HPy_GetItem_i(ctx, arg, i);
        if (HPy_IsNull(h))
            return HPy_NULL;
        s += HPyLong_AsLong(ctx, h);
        HPy_Close(ctx, h);
    }
    if (HPyErr_Occurred(ctx))
        return HPy_NULL;
    return HPyLong_FromLong(ctx, s);
}

METH(f_mklist, "mklist", f_mklist_impl, HPyFunc_O)
static HPy f_mklist_impl(HPyContext *ctx, HPy self, HPy arg)
{
    long n = HPyLong_AsLong(ctx, arg);
    HPyListBuilder b = HPyListBuilder_New(ctx, n);
    for (long i = 0; i < n; i++) {
        HPy h = HPyLong_FromLong(ctx, i);
        HPyListBuilder_Set(ctx, b, i, h);
        HPy_Close(ctx, h);
    }
    return HPyListBuilder_Build(ctx, b);
}

METH(f_call, "call", f_call_impl, HPyFunc_VARARGS)
static HPy f_call_impl(HPyContext *ctx, HPy self, ARGS)
{
    if (nargs != 2) {
        HPyErr_SetString(ctx, ctx->h_TypeError, "two arguments");
        return HPy_NULL;
    }
#ifdef HPY_ABI_VERSION
    return HPy_Call(ctx, args[0], args + 1, 1, HPy_NULL);
#else
    HPy t = HPyTuple_FromArray(ctx, args + 1, 1);
    HPy r = HPy_CallTupleDict(ctx, args[0], t, HPy_NULL);
    HPy_Close(ctx, t);
    return r;
#endif
}

METH(f_attr, "attr", f_attr_impl, HPyFunc_O)
static HPy f_attr_impl(HPyContext *ctx, HPy self, HPy arg) { return HPy_GetAttr_s(ctx, arg, "value"); }

typedef struct { double x, y; } Point;
HPyType_HELPERS(Point)

SLOT(Point_new, Point_new_impl, HPy_tp_new)
static HPy Point_new_impl(HPyContext *ctx, HPy cls, NEWARGS, HPy kw)
{
    double x, y;
    Point *p;
    if (!two_doubles(ctx, args, nargs, &x, &y))
        return HPy_NULL;
    HPy h = HPy_New(ctx, cls, &p);
    if (HPy_IsNull(h))
        return HPy_NULL;
    p->x = x;
    p->y = y;
    return h;
}

METH(Point_len2, "len2", Point_len2_impl, HPyFunc_NOARGS)
static HPy Point_len2_impl(HPyContext *ctx, HPy self)
{
    Point *p = Point_AsStruct(ctx, self);
    return HPyFloat_FromDouble(ctx, p->x * p->x + p->y * p->y);
}

METH(Point_move, "move", Point_move_impl, HPyFunc_VARARGS)
static HPy Point_move_impl(HPyContext *ctx, HPy self, ARGS)
{
    double dx, dy;
    if (!two_doubles(ctx, args, nargs, &dx, &dy))
        return HPy_NULL;
    Point *p = Point_AsStruct(ctx, self);
    p->x += dx;
    p->y += dy;
    return HPy_Dup(ctx, ctx->h_None);
}

GETSET(Point_gx, "gx", Point_gx_get, Point_gx_set)
static HPy Point_gx_get(HPyContext *ctx, HPy self, void *c) { return HPyFloat_FromDouble(ctx, Point_AsStruct(ctx, self)->x); }
static int Point_gx_set(HPyContext *ctx, HPy self, HPy v, void *c)
{
    double d = HPyFloat_AsDouble(ctx, v);
    if (d == -1.0 && HPyErr_Occurred(ctx))
        return -1;
    Point_AsStruct(ctx, self)->x = d;
    return 0;
}

SLOT(Point_add, Point_add_impl, HPy_nb_add)
static HPy Point_add_impl(HPyContext *ctx, HPy a, HPy b)
{
    HPy cls = HPy_Type(ctx, a), h;
    if (!HPy_TypeCheck(ctx, b, cls)) {
        h = HPy_Dup(ctx, ctx->h_NotImplemented);
    } else {
        Point *p = Point_AsStruct(ctx, a), *q = Point_AsStruct(ctx, b), *sum;
        h = HPy_New(ctx, cls, &sum);
        if (!HPy_IsNull(h)) {
            sum->x = p->x + q->x;
            sum->y = p->y + q->y;
        }
    }
    HPy_Close(ctx, cls);
    return h;
}
SLOT(Point_neg, Point_neg_impl, HPy_nb_negative)
static HPy Point_neg_impl(HPyContext *ctx, HPy self) { return HPyFloat_FromDouble(ctx, -Point_AsStruct(ctx, self)->x); }
SLOT(Point_compare, Point_compare_impl, HPy_tp_richcompare)
static HPy Point_compare_impl(HPyContext *ctx, HPy self, HPy other, HPy_RichCmpOp op)
{
    double x = Point_AsStruct(ctx, self)->x, y = Point_AsStruct(ctx, other)->x;
    switch (op) {
    case HPy_LT: return HPyBool_FromLong(ctx, x < y);
    case HPy_EQ: return HPyBool_FromLong(ctx, x == y);
    default: return HPy_Dup(ctx, ctx->h_NotImplemented);
    }
}
SLOT(Point_item, Point_item_impl, HPy_sq_item)
static HPy Point_item_impl(HPyContext *ctx, HPy self, HPy_ssize_t at)
{
    Point *p = Point_AsStruct(ctx, self);
    return HPyFloat_FromDouble(ctx, at ? p->y : p->x);
}
SLOT(Point_set, Point_set_impl, HPy_sq_ass_item)
static int Point_set_impl(HPyContext *ctx, HPy self, HPy_ssize_t at, HPy v)
{
    double d = HPyFloat_AsDouble(ctx, v);
    Point *p = Point_AsStruct(ctx, self);
    if (d == -1.0 && HPyErr_Occurred(ctx))
        return -1;
    if (at)
        p->y = d;
    else
        p->x = d;
    return 0;
}
SLOT(Point_length, Point_length_impl, HPy_sq_length)
static HPy_ssize_t Point_length_impl(HPyContext *ctx, HPy self) { return 2; }
SLOT(Point_contains, Point_contains_impl, HPy_sq_contains)
static int Point_contains_impl(HPyContext *ctx, HPy self, HPy v) { return HPyFloat_AsDouble(ctx, v) == Point_AsStruct(ctx, self)->x; }
SLOT(Point_bool, Point_bool_impl, HPy_nb_bool)
static int Point_bool_impl(HPyContext *ctx, HPy self) { return Point_AsStruct(ctx, self)->x != 0.0; }

HPyDef_MEMBER(Point_x, "x", HPyMember_DOUBLE, offsetof(Point, x))
HPyDef_MEMBER(Point_y, "y", HPyMember_DOUBLE, offsetof(Point, y))

static HPyDef *Point_defs[] = { &Point_new, &Point_len2, &Point_move, &Point_gx, &Point_x, &Point_y, &Point_add, &Point_neg, &Point_compare,
                               &Point_item, &Point_set, &Point_length, &Point_contains, &Point_bool, NULL };
static HPyType_Spec Point_spec = { .name = "hpybench.Point", .basicsize = sizeof(Point), .flags = HPy_TPFLAGS_DEFAULT,
                                   .defines = Point_defs };

/* A class without anything of its own to do at construction. */
typedef struct { long n; } Plain;
HPyType_HELPERS(Plain)
HPyDef_MEMBER(Plain_n, "n", HPyMember_LONG, offsetof(Plain, n))
static HPyDef *Plain_defs[] = { &Plain_n, NULL };
static HPyType_Spec Plain_spec = { .name = "hpybench.Plain", .basicsize = sizeof(Plain), .flags = HPy_TPFLAGS_DEFAULT,
                                   .defines = Plain_defs };

/* One that sets itself up, and can be called. */
typedef struct { long n; } Started;
HPyType_HELPERS(Started)
SLOT(Started_new, Started_new_impl, HPy_tp_new)
static HPy Started_new_impl(HPyContext *ctx, HPy cls, NEWARGS, HPy kw)
{
    Started *s;
    return HPy_New(ctx, cls, &s);
}
SLOT(Started_init, Started_init_impl, HPy_tp_init)
static int Started_init_impl(HPyContext *ctx, HPy self, NEWARGS, HPy kw)
{
    long n = HPyLong_AsLong(ctx, args[0]);
    if (n == -1 && HPyErr_Occurred(ctx))
        return -1;
    Started_AsStruct(ctx, self)->n = n;
    return 0;
}
#ifdef HPY_ABI_VERSION
SLOT(Started_call, Started_call_impl, HPy_tp_call)
static HPy Started_call_impl(HPyContext *ctx, HPy self, ARGS, HPy names)
{
    long n = HPyLong_AsLong(ctx, args[0]);
    if (n == -1 && HPyErr_Occurred(ctx))
        return HPy_NULL;
    return HPyLong_FromLong(ctx, n + Started_AsStruct(ctx, self)->n);
}
#endif
HPyDef_MEMBER(Started_n, "n", HPyMember_LONG, offsetof(Started, n))
static HPyDef *Started_defs[] = { &Started_new, &Started_init, &Started_n,
#ifdef HPY_ABI_VERSION
                                 &Started_call,
#endif
                                 NULL };
static HPyType_Spec Started_spec = { .name = "hpybench.Started", .basicsize = sizeof(Started), .flags = HPy_TPFLAGS_DEFAULT,
                                     .defines = Started_defs };

#ifdef HPY_ABI_VERSION
/* The function behind a method, for hosts that know typed signatures. */
static double half_native(double x) { return x * 0.5; }
HPyDef_METH(half, "half", HPyFunc_O)
HAFT_TYPED(half, half_native, "double(double)")
static HPy half_impl(HPyContext *ctx, HPy self, HPy arg)
{
    double x = HPyFloat_AsDouble(ctx, arg);
    if (x == -1.0 && HPyErr_Occurred(ctx))
        return HPy_NULL;
    return HPyFloat_FromDouble(ctx, half_native(x));
}
#endif

/* Loops in C: what single functions of the context cost. */
METH(f_dupclose, "dupclose", f_dupclose_impl, HPyFunc_VARARGS)
static HPy f_dupclose_impl(HPyContext *ctx, HPy self, ARGS)
{
    long n = HPyLong_AsLong(ctx, args[1]);
    for (long i = 0; i < n; i++)
        HPy_Close(ctx, HPy_Dup(ctx, args[0]));
    return HPyLong_FromLong(ctx, n);
}

METH(f_newclose, "newclose", f_newclose_impl, HPyFunc_VARARGS)
static HPy f_newclose_impl(HPyContext *ctx, HPy self, ARGS)
{
    long n = HPyLong_AsLong(ctx, args[1]);
    for (long i = 0; i < n; i++) {
        Point *p;
        HPy h = HPy_New(ctx, args[0], &p);
        if (HPy_IsNull(h))
            return HPy_NULL;
        p->x = (double) i;
        HPy_Close(ctx, h);
    }
    return HPyLong_FromLong(ctx, n);
}

METH(f_asstruct, "asstruct", f_asstruct_impl, HPyFunc_VARARGS)
static HPy f_asstruct_impl(HPyContext *ctx, HPy self, ARGS)
{
    long n = HPyLong_AsLong(ctx, args[1]);
    double sum = 0.0;
    for (long i = 0; i < n; i++)
        sum += Point_AsStruct(ctx, args[0])->x;
    return HPyFloat_FromDouble(ctx, sum);
}

static int add_type(HPyContext *ctx, HPy m, const char *name, HPyType_Spec *spec)
{
    HPy t = HPyType_FromSpec(ctx, spec, NULL);
    if (HPy_IsNull(t))
        return -1;
    int r = HPy_SetAttr_s(ctx, m, name, t);
    HPy_Close(ctx, t);
    return r;
}

static int add_types(HPyContext *ctx, HPy m)
{
    return add_type(ctx, m, "Point", &Point_spec) < 0 || add_type(ctx, m, "Plain", &Plain_spec) < 0
        || add_type(ctx, m, "Started", &Started_spec) < 0 ? -1 : 0;
}

#define MOST_DEFS &f_noargs, &f_ident, &f_inc, &f_add, &f_mul, &f_sumlist, &f_mklist, &f_call, &f_attr, &f_dupclose, &f_newclose, &f_asstruct

#ifdef HPY_ABI_VERSION
SLOT(mod_exec, add_types, HPy_mod_exec)
static HPyDef *mod_defs[] = { MOST_DEFS, &f_add_parse, &half, &mod_exec, NULL };
static HPyModuleDef moddef = { .doc = "bench", .size = 0, .defines = mod_defs };
HPy_MODINIT(hpybench, moddef)
#else
static HPyDef *mod_defs[] = { MOST_DEFS, NULL };
static HPyModuleDef moddef = { .name = "hpybench", .doc = "bench", .size = -1, .defines = mod_defs };
HPy_MODINIT(hpybench)
static HPy init_hpybench_impl(HPyContext *ctx)
{
    HPy m = HPyModule_Create(ctx, &moddef);
    return !HPy_IsNull(m) && add_types(ctx, m) < 0 ? HPy_NULL : m;
}
#endif
