/* Types: their description, and access to the native structure of their instances. */
#ifndef HPY_TYPE_H
#define HPY_TYPE_H

/* The description of a type, for HPyType_FromSpec. */
typedef struct {
    const char *name;                   /* "module.Name" */
    int basicsize;                      /* of the native structure; 0: that of the base */
    int itemsize;                       /* not supported: 0 */
    unsigned long flags;                /* HPy_TPFLAGS_DEFAULT and others */
    HPyType_BuiltinShape builtin_shape; /* SHAPE(Type) */
    void *legacy_slots;                 /* not in universal modules: NULL */
    HPyDef **defines;                   /* addresses of definitions and a NULL, or NULL */
    const char *doc;                    /* or NULL */
} HPyType_Spec;

/* A base or the metaclass of a type; a list of them ends with a row of kind 0. */
typedef struct {
    HPyType_SpecParam_Kind kind;
    HPy object;
} HPyType_SpecParam;

/* How instances of a type are called, as CPython sees it. */
typedef struct {
    cpy_vectorcallfunc cpy_trampoline;
    HPyCallFunction impl;
} HPyType_Vectorcall;

#define _Py_TPFLAGS_HEAPTYPE (1UL << 9)
#define _Py_TPFLAGS_HAVE_VERSION_TAG (1UL << 18)
/* The flags of every type. */
#define HPy_TPFLAGS_DEFAULT (_Py_TPFLAGS_HEAPTYPE | _Py_TPFLAGS_HAVE_VERSION_TAG)
/* The type can be a base. */
#define HPy_TPFLAGS_BASETYPE (1UL << 10)
/* Its instances can be called quickly; set by slot HPy_tp_call. */
#define HPy_TPFLAGS_HAVE_VECTORCALL (1UL << 11)
/* Its instances have fields and a slot HPy_tp_traverse. */
#define HPy_TPFLAGS_HAVE_GC (1UL << 14)

/* HPyType_HELPERS(Point) or HPyType_HELPERS(Point, HPyType_BuiltinShape_Tuple), after structure Point was defined:
 * defines `Point *Point_AsStruct(HPyContext *ctx, HPy h)` and makes `SHAPE(Point)` known. */
#define HPyType_HELPERS(...)                                                                    \
    _HPyType_EXPAND(_HPyType_HELPERS_OF(__VA_ARGS__, HPyType_BuiltinShape_Object, 0))
#define HPyType_LEGACY_HELPERS(TYPE) HPyType_HELPERS(TYPE, HPyType_BuiltinShape_Legacy)

#define _HPyType_EXPAND(X) X
#define _HPyType_HELPERS_OF(TYPE, BUILTIN_SHAPE, ...)                                           \
    enum { TYPE##_SHAPE = (int)BUILTIN_SHAPE };                                                 \
    HPyAPI_FUNC TYPE *TYPE##_AsStruct(HPyContext *ctx, HPy h)                                   \
    {                                                                                           \
        return (TYPE *)BUILTIN_SHAPE##_AsStruct(ctx, h);                                        \
    }

#define SHAPE(TYPE) ((HPyType_BuiltinShape)TYPE##_SHAPE)

#define HPyType_BuiltinShape_Legacy_AsStruct _HPy_AsStruct_Legacy
#define HPyType_BuiltinShape_Object_AsStruct _HPy_AsStruct_Object
#define HPyType_BuiltinShape_Type_AsStruct _HPy_AsStruct_Type
#define HPyType_BuiltinShape_Long_AsStruct _HPy_AsStruct_Long
#define HPyType_BuiltinShape_Float_AsStruct _HPy_AsStruct_Float
#define HPyType_BuiltinShape_Unicode_AsStruct _HPy_AsStruct_Unicode
#define HPyType_BuiltinShape_Tuple_AsStruct _HPy_AsStruct_Tuple
#define HPyType_BuiltinShape_List_AsStruct _HPy_AsStruct_List

#endif /* HPY_TYPE_H */
