/* Vectors of three numbers: a type with operators, members and methods, for every Python that is an HPy host.
 *
 *     haft build-ext vector.c
 */
#include <math.h>
#include <stdio.h>

#include "hpy.h"

#include "haft/typed.h"

typedef struct {
    double x, y, z;
} Vector;

HPyType_HELPERS(Vector)

/* The type, for functions that make vectors: an object in a global variable of C. */
static HPyGlobal vector_type;

static HPy make(HPyContext *ctx, double x, double y, double z)
{
    HPy type = HPyGlobal_Load(ctx, vector_type);
    Vector *v;
    HPy h = HPy_New(ctx, type, &v);
    HPy_Close(ctx, type);
    if (HPy_IsNull(h))
        return HPy_NULL;
    v->x = x;
    v->y = y;
    v->z = z;
    return h;
}

/* The structure of a vector; NULL for any other object. */
static Vector *as_vector(HPyContext *ctx, HPy h)
{
    HPy type = HPyGlobal_Load(ctx, vector_type);
    int is_vector = HPy_TypeCheck(ctx, h, type);
    HPy_Close(ctx, type);
    return is_vector ? Vector_AsStruct(ctx, h) : NULL;
}

static HPy not_implemented(HPyContext *ctx)
{
    return HPy_Dup(ctx, ctx->h_NotImplemented);
}

HPyDef_SLOT(Vector_new, HPy_tp_new)
static HPy Vector_new_impl(HPyContext *ctx, HPy cls, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    static const char *names[] = {"x", "y", "z", NULL};
    double x = 0, y = 0, z = 0;
    HPyTracker tracker;
    if (!HPyArg_ParseKeywordsDict(ctx, &tracker, args, nargs, kw, "|ddd:Vector", names, &x, &y, &z))
        return HPy_NULL;
    HPyTracker_Close(ctx, tracker);
    Vector *v;
    HPy h = HPy_New(ctx, cls, &v);
    if (HPy_IsNull(h))
        return HPy_NULL;
    v->x = x;
    v->y = y;
    v->z = z;
    return h;
}

HPyDef_SLOT(Vector_repr, HPy_tp_repr)
static HPy Vector_repr_impl(HPyContext *ctx, HPy self)
{
    const Vector *v = Vector_AsStruct(ctx, self);
    char text[128];
    snprintf(text, sizeof(text), "Vector(%g, %g, %g)", v->x, v->y, v->z);
    return HPyUnicode_FromString(ctx, text);
}

HPyDef_SLOT(Vector_compare, HPy_tp_richcompare)
static HPy Vector_compare_impl(HPyContext *ctx, HPy left, HPy right, HPy_RichCmpOp op)
{
    const Vector *a = as_vector(ctx, left), *b = as_vector(ctx, right);
    if (a == NULL || b == NULL || (op != HPy_EQ && op != HPy_NE))
        return not_implemented(ctx);
    int equal = a->x == b->x && a->y == b->y && a->z == b->z;
    return HPyBool_FromBool(ctx, equal == (op == HPy_EQ));
}

HPyDef_SLOT(Vector_add, HPy_nb_add)
static HPy Vector_add_impl(HPyContext *ctx, HPy left, HPy right)
{
    const Vector *a = as_vector(ctx, left), *b = as_vector(ctx, right);
    if (a == NULL || b == NULL)
        return not_implemented(ctx);
    return make(ctx, a->x + b->x, a->y + b->y, a->z + b->z);
}

HPyDef_SLOT(Vector_subtract, HPy_nb_subtract)
static HPy Vector_subtract_impl(HPyContext *ctx, HPy left, HPy right)
{
    const Vector *a = as_vector(ctx, left), *b = as_vector(ctx, right);
    if (a == NULL || b == NULL)
        return not_implemented(ctx);
    return make(ctx, a->x - b->x, a->y - b->y, a->z - b->z);
}

/* vector * number and number * vector: CPython's rule is that either may come first. */
HPyDef_SLOT(Vector_multiply, HPy_nb_multiply)
static HPy Vector_multiply_impl(HPyContext *ctx, HPy left, HPy right)
{
    const Vector *v = as_vector(ctx, left);
    HPy number = right;
    if (v == NULL) {
        v = as_vector(ctx, right);
        number = left;
    }
    if (v == NULL || !HPyNumber_Check(ctx, number))
        return not_implemented(ctx);
    double k = HPyFloat_AsDouble(ctx, number);
    if (k == -1.0 && HPyErr_Occurred(ctx))
        return HPy_NULL;
    return make(ctx, v->x * k, v->y * k, v->z * k);
}

HPyDef_SLOT(Vector_length, HPy_sq_length)
static HPy_ssize_t Vector_length_impl(HPyContext *ctx, HPy self)
{
    (void)ctx, (void)self;
    return 3;
}

HPyDef_SLOT(Vector_item, HPy_sq_item)
static HPy Vector_item_impl(HPyContext *ctx, HPy self, HPy_ssize_t index)
{
    const Vector *v = Vector_AsStruct(ctx, self);
    switch (index) {
    case 0: return HPyFloat_FromDouble(ctx, v->x);
    case 1: return HPyFloat_FromDouble(ctx, v->y);
    case 2: return HPyFloat_FromDouble(ctx, v->z);
    }
    HPyErr_SetString(ctx, ctx->h_IndexError, "a Vector has three items");
    return HPy_NULL;
}

HPyDef_METH(Vector_dot, "dot", HPyFunc_O, .doc = "The scalar product with another vector.")
static HPy Vector_dot_impl(HPyContext *ctx, HPy self, HPy other)
{
    const Vector *a = Vector_AsStruct(ctx, self), *b = as_vector(ctx, other);
    if (b == NULL) {
        HPyErr_SetString(ctx, ctx->h_TypeError, "dot() needs a Vector");
        return HPy_NULL;
    }
    return HPyFloat_FromDouble(ctx, a->x * b->x + a->y * b->y + a->z * b->z);
}

/* norm() may be called without handles by a host that knows typed signatures. */
static double norm(const Vector *v)
{
    return sqrt(v->x * v->x + v->y * v->y + v->z * v->z);
}

HPyDef_METH(Vector_norm, "norm", HPyFunc_NOARGS, .doc = "The length of the vector.")
HAFT_TYPED(Vector_norm, norm, "double(self)")
static HPy Vector_norm_impl(HPyContext *ctx, HPy self)
{
    return HPyFloat_FromDouble(ctx, norm(Vector_AsStruct(ctx, self)));
}

HPyDef_MEMBER(Vector_x, "x", HPyMember_DOUBLE, offsetof(Vector, x))
HPyDef_MEMBER(Vector_y, "y", HPyMember_DOUBLE, offsetof(Vector, y))
HPyDef_MEMBER(Vector_z, "z", HPyMember_DOUBLE, offsetof(Vector, z))

static HPyDef *Vector_defines[] = {
    &Vector_new, &Vector_repr, &Vector_compare, &Vector_add, &Vector_subtract, &Vector_multiply, &Vector_length,
    &Vector_item, &Vector_dot, &Vector_norm, &Vector_x, &Vector_y, &Vector_z, NULL,
};

static HPyType_Spec Vector_spec = {
    .name = "vector.Vector",
    .doc = "Vector(x=0, y=0, z=0)",
    .basicsize = sizeof(Vector),
    .builtin_shape = SHAPE(Vector),
    .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE,
    .defines = Vector_defines,
};

HPyDef_SLOT(execute, HPy_mod_exec)
static int execute_impl(HPyContext *ctx, HPy module)
{
    HPy type = HPyType_FromSpec(ctx, &Vector_spec, NULL);
    if (HPy_IsNull(type))
        return -1;
    HPyGlobal_Store(ctx, &vector_type, type);
    int status = HPy_SetAttr_s(ctx, module, "Vector", type);
    HPy_Close(ctx, type);
    return status;
}

static HPyDef *module_defines[] = {&execute, NULL};
static HPyGlobal *module_globals[] = {&vector_type, NULL};

static HPyModuleDef module_definition = {
    .doc = "Vectors of three numbers.",
    .defines = module_defines,
    .globals = module_globals,
};

HPy_MODINIT(vector, module_definition)
