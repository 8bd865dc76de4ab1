// Structs on top of int, float, str, tuple, list and type.
#include "hpy.h"

typedef struct { double weight; HPyField note; char text[24]; } Extra;

#define SHAPED(NAME, SHAPE_NAME)                                                        \
    typedef struct { Extra e; } NAME;                                                   \
    HPyType_HELPERS(NAME, HPyType_BuiltinShape_##SHAPE_NAME)                            \
    HPyDef_MEMBER(NAME##_weight, "weight", HPyMember_DOUBLE, offsetof(NAME, e.weight))  \
    HPyDef_MEMBER(NAME##_note, "note", HPyMember_OBJECT, offsetof(NAME, e.note))        \
    HPyDef_METH(NAME##_twice, "twice", HPyFunc_NOARGS)                                  \
    static HPy NAME##_twice_impl(HPyContext *ctx, HPy self)                             \
    {                                                                                   \
        NAME *data = NAME##_AsStruct(ctx, self);                                        \
        data->e.weight *= 2;                                                            \
        return HPyFloat_FromDouble(ctx, data->e.weight);                                \
    }                                                                                   \
    HPyDef_SLOT(NAME##_traverse, HPy_tp_traverse)                                       \
    static int NAME##_traverse_impl(void *self, HPyFunc_visitproc visit, void *arg)     \
    {                                                                                   \
        HPy_VISIT(&((NAME *)self)->e.note);                                             \
        return 0;                                                                       \
    }                                                                                   \
    HPyDef_SLOT(NAME##_destroy, HPy_tp_destroy)                                         \
    static void NAME##_destroy_impl(void *self) { n_destroyed++; }                      \
    static HPyDef *NAME##_defines[] = {&NAME##_weight, &NAME##_note, &NAME##_twice,     \
                                       &NAME##_traverse, &NAME##_destroy, NULL};        \
    static HPyType_Spec NAME##_spec = {                                                 \
        .name = "shapes." #NAME, .basicsize = sizeof(NAME), .builtin_shape = SHAPE(NAME), \
        .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE, .defines = NAME##_defines};

static long n_destroyed;
SHAPED(Int, Long)
SHAPED(Float, Float)
SHAPED(Str, Unicode)
SHAPED(Tuple, Tuple)
SHAPED(List, List)
SHAPED(Meta, Type)

HPyDef_METH(destroyed, "destroyed", HPyFunc_NOARGS)
static HPy destroyed_impl(HPyContext *ctx, HPy self) { return HPyLong_FromLong(ctx, n_destroyed); }

HPyDef_METH(wrong, "wrong", HPyFunc_O)
static HPy wrong_impl(HPyContext *ctx, HPy self, HPy base)
{
    HPyType_SpecParam params[] = {{HPyType_SpecParam_Base, base}, {(HPyType_SpecParam_Kind)0}};
    return HPyType_FromSpec(ctx, &Int_spec, params);
}

static int add(HPyContext *ctx, HPy module, const char *name, HPyType_Spec *spec, HPy base)
{
    HPyType_SpecParam params[] = {{HPyType_SpecParam_Base, base}, {(HPyType_SpecParam_Kind)0}};
    return HPyHelpers_AddType(ctx, module, name, spec, params);
}

HPyDef_SLOT(exec, HPy_mod_exec)
static int exec_impl(HPyContext *ctx, HPy module)
{
    int fine = add(ctx, module, "Int", &Int_spec, ctx->h_LongType)
        && add(ctx, module, "Float", &Float_spec, ctx->h_FloatType)
        && add(ctx, module, "Str", &Str_spec, ctx->h_UnicodeType)
        && add(ctx, module, "Tuple", &Tuple_spec, ctx->h_TupleType)
        && add(ctx, module, "List", &List_spec, ctx->h_ListType)
        && add(ctx, module, "Meta", &Meta_spec, ctx->h_TypeType);
    return fine ? 0 : -1;
}

static HPyDef *defines[] = {&destroyed, &wrong, &exec, NULL};
static HPyModuleDef def = {.defines = defines};
HPy_MODINIT(shapes, def)
