/* A module that uses every macro of the headers: it must compile as C and as C++, without a warning. */
#include "hpy.h"

#include "haft/typed.h"

typedef struct {
    int number;
    double ratio;
    HPyField friend_;
    char letter;
} Thing;

typedef struct {
    long n;
} Sub;

HPyType_HELPERS(Thing)
HPyType_HELPERS(Sub, HPyType_BuiltinShape_Long)

static HPyGlobal things;

HPyDef_METH(nothing, "nothing", HPyFunc_NOARGS, .doc = "Gives None.")
static HPy nothing_impl(HPyContext *ctx, HPy self)
{
    (void)self;
    return HPy_Dup(ctx, ctx->h_None);
}

HPyDef_METH(same, "same", HPyFunc_O)
static HPy same_impl(HPyContext *ctx, HPy self, HPy arg)
{
    (void)self;
    return HPy_Dup(ctx, arg);
}

HPyDef_METH(add, "add", HPyFunc_VARARGS)
static HPy add_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    long a, b = 0;
    (void)self;
    if (!HPyArg_Parse(ctx, NULL, args, nargs, "l|l:add", &a, &b))
        return HPy_NULL;
    return HPyLong_FromLong(ctx, a + b);
}

HPyDef_METH(pair, "pair", HPyFunc_KEYWORDS)
static HPy pair_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    HPy a, b = HPy_NULL, result;
    HPyTracker ht;
    static const char *names[] = {"a", "b", NULL};
    (void)self;
    if (!HPyArg_ParseKeywords(ctx, &ht, args, nargs, kwnames, "O|O:pair", names, &a, &b))
        return HPy_NULL;
    result = HPyTuple_Pack(ctx, 2, a, HPy_IsNull(b) ? ctx->h_None : b);
    HPyTracker_Close(ctx, ht);
    return result;
}

HPyDef_SLOT(Thing_new, HPy_tp_new)
static HPy Thing_new_impl(HPyContext *ctx, HPy type, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Thing *thing;
    HPy h;
    int number = 0;
    static const char *names[] = {"number", NULL};
    if (!HPyArg_ParseKeywordsDict(ctx, NULL, args, nargs, kw, "|i", names, &number))
        return HPy_NULL;
    h = HPy_New(ctx, type, &thing);
    if (!HPy_IsNull(h)) {
        thing->number = number;
        thing->letter = 'x';
    }
    return h;
}

HPyDef_SLOT(Thing_init, HPy_tp_init)
static int Thing_init_impl(HPyContext *ctx, HPy self, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    (void)ctx, (void)self, (void)args, (void)nargs, (void)kw;
    return 0;
}

HPyDef_SLOT(Thing_traverse, HPy_tp_traverse)
static int Thing_traverse_impl(void *object, HPyFunc_visitproc visit, void *arg)
{
    Thing *thing = (Thing *)object;
    HPy_VISIT(&thing->friend_);
    return 0;
}

HPyDef_SLOT(Thing_destroy, HPy_tp_destroy)
static void Thing_destroy_impl(void *data)
{
    (void)data;
}

HPyDef_SLOT(Thing_finalize, HPy_tp_finalize)
static void Thing_finalize_impl(HPyContext *ctx, HPy self)
{
    (void)ctx, (void)self;
}

HPyDef_SLOT(Thing_compare, HPy_tp_richcompare)
static HPy Thing_compare_impl(HPyContext *ctx, HPy self, HPy other, HPy_RichCmpOp op)
{
    HPy_RETURN_RICHCOMPARE(ctx, Thing_AsStruct(ctx, self)->number, Thing_AsStruct(ctx, other)->number, op);
}

HPyDef_SLOT(Thing_repr, HPy_tp_repr)
static HPy Thing_repr_impl(HPyContext *ctx, HPy self)
{
    return HPyUnicode_FromFormat(ctx, "<Thing %d>", Thing_AsStruct(ctx, self)->number);
}

HPyDef_SLOT(Thing_hash, HPy_tp_hash)
static HPy_hash_t Thing_hash_impl(HPyContext *ctx, HPy self)
{
    return Thing_AsStruct(ctx, self)->number;
}

HPyDef_SLOT(Thing_call, HPy_tp_call)
static HPy Thing_call_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    (void)args, (void)kwnames;
    return HPyLong_FromSize_t(ctx, nargs + (size_t)Thing_AsStruct(ctx, self)->number);
}

HPyDef_SLOT(Thing_length, HPy_sq_length)
static HPy_ssize_t Thing_length_impl(HPyContext *ctx, HPy self)
{
    return Thing_AsStruct(ctx, self)->number;
}

HPyDef_SLOT(Thing_item, HPy_sq_item)
static HPy Thing_item_impl(HPyContext *ctx, HPy self, HPy_ssize_t index)
{
    if (index >= Thing_AsStruct(ctx, self)->number)
        return HPyErr_Format(ctx, ctx->h_IndexError, "no item %zd", index);
    return HPyLong_FromSsize_t(ctx, index);
}

HPyDef_SLOT(Thing_set_item, HPy_sq_ass_item)
static int Thing_set_item_impl(HPyContext *ctx, HPy self, HPy_ssize_t index, HPy value)
{
    (void)ctx, (void)self, (void)index, (void)value;
    return 0;
}

HPyDef_SLOT(Thing_set_key, HPy_mp_ass_subscript)
static int Thing_set_key_impl(HPyContext *ctx, HPy self, HPy key, HPy value)
{
    (void)ctx, (void)self, (void)key, (void)value;
    return 0;
}

HPyDef_SLOT(Thing_contains, HPy_sq_contains)
static int Thing_contains_impl(HPyContext *ctx, HPy self, HPy key)
{
    (void)ctx, (void)self, (void)key;
    return 0;
}

HPyDef_SLOT(Thing_add, HPy_nb_add)
static HPy Thing_add_impl(HPyContext *ctx, HPy a, HPy b)
{
    (void)a, (void)b;
    return HPy_Dup(ctx, ctx->h_NotImplemented);
}

HPyDef_SLOT(Thing_power, HPy_nb_power)
static HPy Thing_power_impl(HPyContext *ctx, HPy a, HPy b, HPy c)
{
    (void)a, (void)b, (void)c;
    return HPy_Dup(ctx, ctx->h_NotImplemented);
}

HPyDef_SLOT(Thing_negative, HPy_nb_negative)
static HPy Thing_negative_impl(HPyContext *ctx, HPy a)
{
    return HPy_Dup(ctx, a);
}

HPyDef_SLOT(Thing_bool, HPy_nb_bool)
static int Thing_bool_impl(HPyContext *ctx, HPy self)
{
    return Thing_AsStruct(ctx, self)->number != 0;
}

HPyDef_SLOT(Thing_getbuffer, HPy_bf_getbuffer)
static int Thing_getbuffer_impl(HPyContext *ctx, HPy self, HPy_buffer *buffer, int flags)
{
    (void)flags;
    memset(buffer, 0, sizeof(*buffer));
    buffer->buf = Thing_AsStruct(ctx, self);
    buffer->obj = HPy_Dup(ctx, self);
    buffer->len = buffer->itemsize = 1;
    return 0;
}

HPyDef_SLOT(Thing_releasebuffer, HPy_bf_releasebuffer)
static void Thing_releasebuffer_impl(HPyContext *ctx, HPy self, HPy_buffer *buffer)
{
    (void)ctx, (void)self, (void)buffer;
}

HPyDef_MEMBER(Thing_ratio, "ratio", HPyMember_DOUBLE, offsetof(Thing, ratio))
HPyDef_MEMBER(Thing_letter, "letter", HPyMember_CHAR, offsetof(Thing, letter), .readonly = 1, .doc = "A letter.")

HPyDef_GET(Thing_number, "number", .doc = "The number.")
static HPy Thing_number_get(HPyContext *ctx, HPy self, void *closure)
{
    (void)closure;
    return HPyLong_FromLong(ctx, Thing_AsStruct(ctx, self)->number);
}

HPyDef_SET(Thing_sink, "sink")
static int Thing_sink_set(HPyContext *ctx, HPy self, HPy value, void *closure)
{
    (void)ctx, (void)self, (void)value, (void)closure;
    return 0;
}

HPyDef_GETSET(Thing_friend, "friend", .closure = NULL)
static HPy Thing_friend_get(HPyContext *ctx, HPy self, void *closure)
{
    Thing *thing = Thing_AsStruct(ctx, self);
    (void)closure;
    if (HPyField_IsNull(thing->friend_))
        return HPy_Dup(ctx, ctx->h_None);
    return HPyField_Load(ctx, self, thing->friend_);
}
static int Thing_friend_set(HPyContext *ctx, HPy self, HPy value, void *closure)
{
    (void)closure;
    HPyField_Store(ctx, self, &Thing_AsStruct(ctx, self)->friend_, value);
    return 0;
}

HPyCapsule_DESTRUCTOR(free_it)
static void free_it_impl(const char *name, void *pointer, void *context)
{
    (void)name, (void)context;
    free(pointer);
}

HPyDef_CALL_FUNCTION(call_it)
static HPy call_it_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    (void)self, (void)args, (void)nargs, (void)kwnames;
    return HPy_Dup(ctx, ctx->h_True);
}

HPyDef_METH(capsule, "capsule", HPyFunc_O)
static HPy capsule_impl(HPyContext *ctx, HPy self, HPy arg)
{
    void *memory = malloc(1);
    (void)self;
    if (HPy_SetCallFunction(ctx, arg, &call_it) < 0) {
        free(memory);
        return HPy_NULL;
    }
    HPy_BEGIN_LEAVE_PYTHON(ctx)
    memset(memory, 0, 1);
    HPy_END_LEAVE_PYTHON(ctx)
    return HPyCapsule_New(ctx, memory, "memory", &free_it);
}

static double half_native(double x)
{
    return x / 2;
}

HPyDef_METH(half, "half", HPyFunc_O)
HAFT_TYPED(half, half_native, "double(double)")
static HPy half_impl(HPyContext *ctx, HPy self, HPy arg)
{
    double x = HPyFloat_AsDouble(ctx, arg);
    (void)self;
    if (x == -1.0 && HPyErr_Occurred(ctx))
        return HPy_NULL;
    return HPyFloat_FromDouble(ctx, half_native(x));
}

static HPyDef *Thing_defines[] = {
    &Thing_new, &Thing_init, &Thing_traverse, &Thing_destroy, &Thing_finalize, &Thing_compare, &Thing_repr, &Thing_hash,
    &Thing_call, &Thing_length, &Thing_item, &Thing_set_item, &Thing_set_key, &Thing_contains, &Thing_add, &Thing_power,
    &Thing_negative, &Thing_bool, &Thing_getbuffer, &Thing_releasebuffer, &Thing_ratio, &Thing_letter, &Thing_number,
    &Thing_sink, &Thing_friend, NULL
};

static HPyType_Spec Thing_spec = {
    .name = "everything.Thing",
    .basicsize = sizeof(Thing),
    .itemsize = 0,
    .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE | HPy_TPFLAGS_HAVE_GC,
    .builtin_shape = SHAPE(Thing),
    .legacy_slots = NULL,
    .defines = Thing_defines,
    .doc = "A thing.",
};

HPyDef_SLOT(execute, HPy_mod_exec)
static int execute_impl(HPyContext *ctx, HPy module)
{
    HPyType_SpecParam params[] = {{HPyType_SpecParam_Base, ctx->h_BaseObjectType}, {(HPyType_SpecParam_Kind)0, HPy_NULL}};
    HPy list = HPy_BuildValue(ctx, "[ii]", 1, 2);
    if (HPy_IsNull(list))
        return -1;
    HPyGlobal_Store(ctx, &things, list);
    HPy_Close(ctx, list);
    return HPyHelpers_AddType(ctx, module, "Thing", &Thing_spec, params) ? 0 : -1;
}

static HPyDef *module_defines[] = {&nothing, &same, &add, &pair, &capsule, &half, &execute, NULL};
static HPyGlobal *module_globals[] = {&things, NULL};

static HPyModuleDef module = {
    .doc = "Everything.",
    .size = 0,
    .legacy_methods = NULL,
    .defines = module_defines,
    .globals = module_globals,
};

HPy_MODINIT(everything, module)
