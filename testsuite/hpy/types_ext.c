// A class with a struct, and one that extends it.
#include "hpy.h"

typedef struct {
    long x, y;
    HPyField tag;
} Point;
HPyType_HELPERS(Point)

HPyDef_SLOT(Point_new, HPy_tp_new)
static HPy Point_new_impl(HPyContext *ctx, HPy cls, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Point *point;
    HPy result = HPy_New(ctx, cls, &point);
    if (HPy_IsNull(result))
        return HPy_NULL;
    point->x = -1;
    return result;
}

HPyDef_SLOT(Point_init, HPy_tp_init)
static int Point_init_impl(HPyContext *ctx, HPy self, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Point *point = Point_AsStruct(ctx, self);
    static const char *names[] = {"x", "y", NULL};
    return HPyArg_ParseKeywordsDict(ctx, NULL, args, nargs, kw, "|ll", names, &point->x, &point->y) ? 0 : -1;
}

HPyDef_SLOT(Point_repr, HPy_tp_repr)
static HPy Point_repr_impl(HPyContext *ctx, HPy self)
{
    Point *point = Point_AsStruct(ctx, self);
    return HPyUnicode_FromFormat(ctx, "Point(%ld, %ld)", point->x, point->y);
}

HPyDef_METH(Point_norm, "norm", HPyFunc_NOARGS, .doc = "norm($self, /)\n--\n\nThe square of its length.")
static HPy Point_norm_impl(HPyContext *ctx, HPy self)
{
    Point *point = Point_AsStruct(ctx, self);
    return HPyLong_FromLong(ctx, point->x * point->x + point->y * point->y);
}

HPyDef_METH(Point_move, "move", HPyFunc_VARARGS)
static HPy Point_move_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    Point *point = Point_AsStruct(ctx, self);
    long dx, dy;
    if (!HPyArg_Parse(ctx, NULL, args, nargs, "ll", &dx, &dy))
        return HPy_NULL;
    point->x += dx;
    point->y += dy;
    return HPy_Dup(ctx, self);
}

HPyDef_MEMBER(Point_x, "x", HPyMember_LONG, offsetof(Point, x), .doc = "To the right.")
HPyDef_MEMBER(Point_y, "y", HPyMember_LONG, offsetof(Point, y), .readonly = 1)
HPyDef_MEMBER(Point_tag, "tag", HPyMember_OBJECT, offsetof(Point, tag))

HPyDef_GETSET(Point_sum, "sum", .doc = "x + y", .closure = (void *)100)
static HPy Point_sum_get(HPyContext *ctx, HPy self, void *closure)
{
    Point *point = Point_AsStruct(ctx, self);
    return HPyLong_FromLong(ctx, point->x + point->y + (long)closure);
}
static int Point_sum_set(HPyContext *ctx, HPy self, HPy value, void *closure)
{
    if (HPy_IsNull(value)) {
        HPyErr_SetString(ctx, ctx->h_TypeError, "sums stay");
        return -1;
    }
    Point *point = Point_AsStruct(ctx, self);
    long sum = HPyLong_AsLong(ctx, value);
    if (sum == -1 && HPyErr_Occurred(ctx))
        return -1;
    point->x = sum - (long)closure - point->y;
    return 0;
}

HPyDef_GET(Point_pair, "pair")
static HPy Point_pair_get(HPyContext *ctx, HPy self, void *closure)
{
    Point *point = Point_AsStruct(ctx, self);
    return HPy_BuildValue(ctx, "(ll)", point->x, point->y);
}

HPyDef_SLOT(Point_traverse, HPy_tp_traverse)
static int Point_traverse_impl(void *self, HPyFunc_visitproc visit, void *arg)
{
    HPy_VISIT(&((Point *)self)->tag);
    return 0;
}

static HPyDef *Point_defines[] = {
    &Point_new, &Point_init, &Point_repr, &Point_norm, &Point_move, &Point_x, &Point_y, &Point_tag,
    &Point_sum, &Point_pair, &Point_traverse, NULL};
static HPyType_Spec Point_spec = {
    .name = "types_ext.Point",
    .doc = "Point(x=-1, y=0)\n--\n\nA point of the plane.",
    .basicsize = sizeof(Point),
    .builtin_shape = SHAPE(Point),
    .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE,
    .defines = Point_defines};

typedef struct {
    Point base;
    double z;
} Solid;
HPyType_HELPERS(Solid)

HPyDef_SLOT(Solid_repr, HPy_tp_repr)
static HPy Solid_repr_impl(HPyContext *ctx, HPy self)
{
    Solid *solid = Solid_AsStruct(ctx, self);
    return HPyUnicode_FromFormat(ctx, "Solid(%ld, %ld, %d)", solid->base.x, solid->base.y, (int)solid->z);
}

HPyDef_METH(Solid_norm, "norm", HPyFunc_NOARGS)
static HPy Solid_norm_impl(HPyContext *ctx, HPy self)
{
    Solid *solid = Solid_AsStruct(ctx, self);
    return HPyFloat_FromDouble(ctx, solid->z * solid->z);
}

HPyDef_MEMBER(Solid_z, "z", HPyMember_DOUBLE, offsetof(Solid, z))
static HPyDef *Solid_defines[] = {&Solid_repr, &Solid_norm, &Solid_z, NULL};
static HPyType_Spec Solid_spec = {
    .name = "types_ext.Solid",
    .basicsize = sizeof(Solid),
    .builtin_shape = SHAPE(Solid),
    .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE,
    .defines = Solid_defines};

static HPyType_Spec Empty_spec = {.name = "types_ext.Empty"};

HPyDef_SLOT(exec, HPy_mod_exec)
static int exec_impl(HPyContext *ctx, HPy module)
{
    HPy point = HPyType_FromSpec(ctx, &Point_spec, NULL);
    if (HPy_IsNull(point))
        return -1;
    HPyType_SpecParam params[] = {{HPyType_SpecParam_Base, point}, {(HPyType_SpecParam_Kind)0}};
    HPy solid = HPyType_FromSpec(ctx, &Solid_spec, params);
    HPy_SetAttr_s(ctx, module, "Point", point);
    HPy_Close(ctx, point);
    if (HPy_IsNull(solid))
        return -1;
    HPy_SetAttr_s(ctx, module, "Solid", solid);
    HPy_Close(ctx, solid);
    return HPyHelpers_AddType(ctx, module, "Empty", &Empty_spec, NULL) ? 0 : -1;
}

static HPyDef *defines[] = {&exec, NULL};
static HPyModuleDef def = {.defines = defines};
HPy_MODINIT(types_ext, def)
