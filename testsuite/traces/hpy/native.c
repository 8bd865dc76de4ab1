// What the trace programs of this folder call.
#include "hpy.h"
#include "haft/typed.h"

HPyDef_METH(noargs, "noargs", HPyFunc_NOARGS)
static HPy noargs_impl(HPyContext *ctx, HPy self) { return HPy_Dup(ctx, ctx->h_None); }

HPyDef_METH(ident, "ident", HPyFunc_O)
static HPy ident_impl(HPyContext *ctx, HPy self, HPy arg) { return HPy_Dup(ctx, arg); }

static int two(HPyContext *ctx, const HPy *args, size_t n, long *a, long *b)
{
    if (n != 2) {
        HPyErr_SetString(ctx, ctx->h_TypeError, "two arguments");
        return 0;
    }
    *a = HPyLong_AsLong(ctx, args[0]);
    if (*a == -1 && HPyErr_Occurred(ctx))
        return 0;
    *b = HPyLong_AsLong(ctx, args[1]);
    return !(*b == -1 && HPyErr_Occurred(ctx));
}

HPyDef_METH(add, "add", HPyFunc_VARARGS)
static HPy add_impl(HPyContext *ctx, HPy self, const HPy *args, size_t n)
{
    long a, b;
    return two(ctx, args, n, &a, &b) ? HPyLong_FromLong(ctx, a + b) : HPy_NULL;
}

HPyDef_METH(sub, "sub", HPyFunc_KEYWORDS)
static HPy sub_impl(HPyContext *ctx, HPy self, const HPy *args, size_t n, HPy kwnames)
{
    long a, b;
    return two(ctx, args, n, &a, &b) ? HPyLong_FromLong(ctx, a - b) : HPy_NULL;
}

// Null without an exception, and a result with one.
HPyDef_METH(silent, "silent", HPyFunc_O)
static HPy silent_impl(HPyContext *ctx, HPy self, HPy arg)
{
    long n = HPyLong_AsLong(ctx, arg);
    if (n == 2000)
        return HPy_NULL;
    if (n == 2001)
        HPyErr_SetString(ctx, ctx->h_ValueError, "and yet a result");
    return HPyLong_FromLong(ctx, n);
}

HPyDef_METH(ten, "ten", HPyFunc_NOARGS)
static HPy ten_impl(HPyContext *ctx, HPy self)
{
    HPyListBuilder builder = HPyListBuilder_New(ctx, 10);
    for (HPy_ssize_t i = 0; i < 10; i++) {
        HPy item = HPyLong_FromLong(ctx, (long) i);
        HPyListBuilder_Set(ctx, builder, i, item);
        HPy_Close(ctx, item);
    }
    return HPyListBuilder_Build(ctx, builder);
}

typedef struct { double x, y; } Point;
HPyType_HELPERS(Point)

HPyDef_SLOT(Point_new, HPy_tp_new)
static HPy Point_new_impl(HPyContext *ctx, HPy cls, const HPy *args, HPy_ssize_t n, HPy kw)
{
    if (n != 2) {
        HPyErr_SetString(ctx, ctx->h_TypeError, "x and y");
        return HPy_NULL;
    }
    double x = HPyFloat_AsDouble(ctx, args[0]);
    if (x == -1.0 && HPyErr_Occurred(ctx))
        return HPy_NULL;
    double y = HPyFloat_AsDouble(ctx, args[1]);
    if (y == -1.0 && HPyErr_Occurred(ctx))
        return HPy_NULL;
    Point *point;
    HPy h = HPy_New(ctx, cls, &point);
    if (!HPy_IsNull(h)) {
        point->x = x;
        point->y = y;
    }
    return h;
}

HPyDef_MEMBER(Point_y, "y", HPyMember_DOUBLE, offsetof(Point, y))

HPyDef_GETSET(Point_x, "x")
static HPy Point_x_get(HPyContext *ctx, HPy self, void *closure)
{
    return HPyFloat_FromDouble(ctx, Point_AsStruct(ctx, self)->x);
}
static int Point_x_set(HPyContext *ctx, HPy self, HPy value, void *closure)
{
    double x = HPyFloat_AsDouble(ctx, value);
    if (x == -1.0 && HPyErr_Occurred(ctx))
        return -1;
    Point_AsStruct(ctx, self)->x = x;
    return 0;
}

static double Point_dot_native(Point *self, double x, double y) { return self->x * x + self->y * y; }
HPyDef_METH(Point_dot, "dot", HPyFunc_VARARGS)
HAFT_TYPED(Point_dot, Point_dot_native, "double(self, double, double)")
static HPy Point_dot_impl(HPyContext *ctx, HPy self, const HPy *args, size_t n)
{
    double x, y;
    if (!HPyArg_Parse(ctx, NULL, args, n, "dd", &x, &y))
        return HPy_NULL;
    return HPyFloat_FromDouble(ctx, Point_dot_native(Point_AsStruct(ctx, self), x, y));
}

HPyDef_METH(Point_len2, "len2", HPyFunc_NOARGS)
static HPy Point_len2_impl(HPyContext *ctx, HPy self)
{
    Point *p = Point_AsStruct(ctx, self);
    return HPyFloat_FromDouble(ctx, p->x * p->x + p->y * p->y);
}

HPyDef_SLOT(Point_add, HPy_nb_add)
static HPy Point_add_impl(HPyContext *ctx, HPy a, HPy b)
{
    HPy cls = HPy_Type(ctx, a), other = HPy_Type(ctx, b), h;
    if (!HPy_Is(ctx, cls, other)) {
        h = HPy_Dup(ctx, ctx->h_NotImplemented);
    } else {
        Point *p = Point_AsStruct(ctx, a), *q = Point_AsStruct(ctx, b), *sum;
        h = HPy_New(ctx, cls, &sum);
        if (!HPy_IsNull(h)) {
            sum->x = p->x + q->x;
            sum->y = p->y + q->y;
        }
    }
    HPy_Close(ctx, other);
    HPy_Close(ctx, cls);
    return h;
}

HPyDef_SLOT(Point_neg, HPy_nb_negative)
static HPy Point_neg_impl(HPyContext *ctx, HPy self)
{
    return HPyFloat_FromDouble(ctx, -Point_AsStruct(ctx, self)->x);
}

HPyDef_SLOT(Point_item, HPy_sq_item)
static HPy Point_item_impl(HPyContext *ctx, HPy self, HPy_ssize_t at)
{
    Point *p = Point_AsStruct(ctx, self);
    if (at != 0 && at != 1) {
        HPyErr_SetString(ctx, ctx->h_IndexError, "0 or 1");
        return HPy_NULL;
    }
    return HPyFloat_FromDouble(ctx, at ? p->y : p->x);
}

HPyDef_SLOT(Point_compare, HPy_tp_richcompare)
static HPy Point_compare_impl(HPyContext *ctx, HPy self, HPy other, HPy_RichCmpOp op)
{
    double x = Point_AsStruct(ctx, self)->x, y = Point_AsStruct(ctx, other)->x;
    HPy_RETURN_RICHCOMPARE(ctx, x, y, op);
}

HPyDef_SLOT(Point_bool, HPy_nb_bool)
static int Point_bool_impl(HPyContext *ctx, HPy self) { return Point_AsStruct(ctx, self)->x != 0.0; }

HPyDef_SLOT(Point_length, HPy_sq_length)
static HPy_ssize_t Point_length_impl(HPyContext *ctx, HPy self) { return 2; }

HPyDef_SLOT(Point_contains, HPy_sq_contains)
static int Point_contains_impl(HPyContext *ctx, HPy self, HPy item)
{
    return HPyFloat_AsDouble(ctx, item) == Point_AsStruct(ctx, self)->x;
}

static HPyDef *Point_defines[] = {&Point_new, &Point_x, &Point_y, &Point_dot, &Point_len2, &Point_add, &Point_neg, &Point_item,
                                  &Point_compare, &Point_bool, &Point_length, &Point_contains, NULL};
static HPyType_Spec Point_spec = {.name = "native.Point", .basicsize = sizeof(Point), .builtin_shape = SHAPE(Point),
                                  .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE, .defines = Point_defines};

// A class with what `object` has, and one with both functions of construction.
typedef struct { long n; } Count;
HPyType_HELPERS(Count)
HPyDef_MEMBER(Count_n, "n", HPyMember_LONG, offsetof(Count, n))
HPyDef_SLOT(Count_get, HPy_mp_subscript)
static HPy Count_get_impl(HPyContext *ctx, HPy self, HPy key)
{
    long n = HPyLong_AsLong(ctx, key);
    if (n == -1 && HPyErr_Occurred(ctx))
        return HPy_NULL;
    return HPyLong_FromLong(ctx, n + Count_AsStruct(ctx, self)->n);
}
HPyDef_SLOT(Count_set, HPy_mp_ass_subscript)
static int Count_set_impl(HPyContext *ctx, HPy self, HPy key, HPy value)
{
    long n = HPyLong_AsLong(ctx, value);
    if (n == -1 && HPyErr_Occurred(ctx))
        return -1;
    Count_AsStruct(ctx, self)->n = n;
    return 0;
}
HPyDef_SLOT(Count_iadd, HPy_nb_inplace_add)
static HPy Count_iadd_impl(HPyContext *ctx, HPy self, HPy by)
{
    long n = HPyLong_AsLong(ctx, by);
    if (n == -1 && HPyErr_Occurred(ctx))
        return HPy_NULL;
    Count_AsStruct(ctx, self)->n += n;
    return HPy_Dup(ctx, self);
}
HPyDef_SLOT(Count_multiply, HPy_nb_multiply)
static HPy Count_multiply_impl(HPyContext *ctx, HPy a, HPy b)
{
    long n = HPyLong_AsLong(ctx, HPy_TypeCheck(ctx, a, ctx->h_LongType) ? a : b);
    HPy count = HPy_TypeCheck(ctx, a, ctx->h_LongType) ? b : a;
    if (n == -1 && HPyErr_Occurred(ctx))
        return HPy_NULL;
    return HPyLong_FromLong(ctx, Count_AsStruct(ctx, count)->n * n);
}
HPyDef_SLOT(Count_call, HPy_tp_call)
static HPy Count_call_impl(HPyContext *ctx, HPy self, const HPy *args, size_t n, HPy kwnames)
{
    long a, b;
    return two(ctx, args, n, &a, &b) ? HPyLong_FromLong(ctx, Count_AsStruct(ctx, self)->n + a + b) : HPy_NULL;
}
static HPyDef *Count_defines[] = {&Count_n, &Count_get, &Count_set, &Count_iadd, &Count_multiply, &Count_call, NULL};
static HPyType_Spec Count_spec = {.name = "native.Count", .basicsize = sizeof(Count), .builtin_shape = SHAPE(Count),
                                  .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE, .defines = Count_defines};

HPyDef_SLOT(Both_new, HPy_tp_new)
static HPy Both_new_impl(HPyContext *ctx, HPy cls, const HPy *args, HPy_ssize_t n, HPy kw)
{
    Count *count;
    HPy h = HPy_New(ctx, cls, &count);
    if (!HPy_IsNull(h))
        count->n = 1;
    return h;
}
HPyDef_SLOT(Both_init, HPy_tp_init)
static int Both_init_impl(HPyContext *ctx, HPy self, const HPy *args, HPy_ssize_t n, HPy kw)
{
    long by;
    if (!HPyArg_Parse(ctx, NULL, args, (size_t) n, "l", &by))
        return -1;
    Count_AsStruct(ctx, self)->n += by;
    return 0;
}
static HPyDef *Both_defines[] = {&Both_new, &Both_init, &Count_n, NULL};
static HPyType_Spec Both_spec = {.name = "native.Both", .basicsize = sizeof(Count), .builtin_shape = SHAPE(Count),
                                 .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE, .defines = Both_defines};

// A class without HPy_tp_new, and one whose objects have functions of their own.
static HPyDef *Init_defines[] = {&Both_init, &Count_n, NULL};
static HPyType_Spec Init_spec = {.name = "native.Init", .basicsize = sizeof(Count), .builtin_shape = SHAPE(Count),
                                 .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE, .defines = Init_defines};

typedef struct { HPyCallFunction call; long n; } Callable;
HPyType_HELPERS(Callable)
HPyDef_CALL_FUNCTION(Callable_twice)
static HPy Callable_twice_impl(HPyContext *ctx, HPy self, const HPy *args, size_t n, HPy kwnames)
{
    return HPyLong_FromLong(ctx, 2 * Callable_AsStruct(ctx, self)->n + (long) n);
}
HPyDef_MEMBER(Callable_offset, "__vectorcalloffset__", HPyMember_HPYSSIZET, offsetof(Callable, call), .readonly = 1)
HPyDef_CALL_FUNCTION(Callable_once)
static HPy Callable_once_impl(HPyContext *ctx, HPy self, const HPy *args, size_t n, HPy kwnames)
{
    return HPyLong_FromLong(ctx, Callable_AsStruct(ctx, self)->n + (long) n);
}
HPyDef_SLOT(Callable_new, HPy_tp_new)
static HPy Callable_new_impl(HPyContext *ctx, HPy cls, const HPy *args, HPy_ssize_t n, HPy kw)
{
    Callable *callable;
    HPy h = HPy_New(ctx, cls, &callable);
    if (HPy_IsNull(h))
        return h;
    callable->n = 10;
    if (HPy_SetCallFunction(ctx, h, n > 0 ? &Callable_twice : &Callable_once) < 0) {
        HPy_Close(ctx, h);
        return HPy_NULL;
    }
    return h;
}
static HPyDef *Callable_defines[] = {&Callable_new, &Callable_offset, NULL};
static HPyType_Spec Callable_spec = {.name = "native.Callable", .basicsize = sizeof(Callable), .builtin_shape = SHAPE(Callable),
                                     .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_HAVE_VECTORCALL, .defines = Callable_defines};

static int64_t choose_native(bool first, int64_t a, int64_t b) { return first ? a : b; }
HPyDef_METH(choose, "choose", HPyFunc_VARARGS)
HAFT_TYPED(choose, choose_native, "int64(bool, int64, int64)")
static HPy choose_impl(HPyContext *ctx, HPy self, const HPy *args, size_t n)
{
    long a, b;
    if (n != 3 || !two(ctx, args + 1, 2, &a, &b))
        return HPy_NULL;
    return HPyLong_FromLong(ctx, HPy_IsTrue(ctx, args[0]) ? a : b);
}

static bool less_native(double a, double b) { return a < b; }
HPyDef_METH(less, "less", HPyFunc_VARARGS)
HAFT_TYPED(less, less_native, "bool(double, double)")
static HPy less_impl(HPyContext *ctx, HPy self, const HPy *args, size_t n)
{
    double a, b;
    if (!HPyArg_Parse(ctx, NULL, args, n, "dd", &a, &b))
        return HPy_NULL;
    return HPyBool_FromBool(ctx, a < b);
}

static bool same_native(HPy a, HPy b) { return a._i == b._i; }
HPyDef_METH(same, "same", HPyFunc_VARARGS)
HAFT_TYPED(same, same_native, "bool(handle, handle)")
static HPy same_impl(HPyContext *ctx, HPy self, const HPy *args, size_t n)
{
    return n == 2 ? HPyBool_FromBool(ctx, HPy_Is(ctx, args[0], args[1])) : HPy_NULL;
}

static HPy double_native(HPyContext *ctx, int64_t x)
{
    return x < 0 ? HPyErr_SetString(ctx, ctx->h_ValueError, "negative") : HPyLong_FromInt64_t(ctx, 2 * x);
}
HPyDef_METH(doubled, "doubled", HPyFunc_O)
HAFT_TYPED_RAISES(doubled, double_native, "handle(context, int64)", 0)
static HPy doubled_impl(HPyContext *ctx, HPy self, HPy arg)
{
    int64_t x = HPyLong_AsInt64_t(ctx, arg);
    return x == -1 && HPyErr_Occurred(ctx) ? HPy_NULL : double_native(ctx, x);
}

static double half_native(HPyContext *ctx, double x)
{
    if (x < 0)
        HPyErr_SetString(ctx, ctx->h_ValueError, "negative");
    return x / 2;
}
HPyDef_METH(half, "half", HPyFunc_O)
HAFT_TYPED_RAISES_DOUBLE(half, half_native, "double(context, double)", -0.5)
static HPy half_impl(HPyContext *ctx, HPy self, HPy arg)
{
    double x = HPyFloat_AsDouble(ctx, arg);
    if (x == -1.0 && HPyErr_Occurred(ctx))
        return HPy_NULL;
    x = half_native(ctx, x);
    return HPyErr_Occurred(ctx) ? HPy_NULL : HPyFloat_FromDouble(ctx, x);
}

HPyDef_SLOT(exec, HPy_mod_exec)
static int exec_impl(HPyContext *ctx, HPy module)
{
    return HPyHelpers_AddType(ctx, module, "Point", &Point_spec, NULL) && HPyHelpers_AddType(ctx, module, "Count", &Count_spec, NULL)
        && HPyHelpers_AddType(ctx, module, "Both", &Both_spec, NULL) && HPyHelpers_AddType(ctx, module, "Init", &Init_spec, NULL)
        && HPyHelpers_AddType(ctx, module, "Callable", &Callable_spec, NULL) ? 0 : -1;
}
static HPyDef *defines[] = {&noargs, &ident, &add, &sub, &silent, &ten, &choose, &less, &same, &doubled, &half, &exec, NULL};
static HPyModuleDef def = {.defines = defines};
HPy_MODINIT(native, def)
