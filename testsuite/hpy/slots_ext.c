// Every slot of operators, sequences, mappings, comparison and calls.
#include "hpy.h"

typedef struct { long value; } Num;
HPyType_HELPERS(Num)

static HPy make_num(HPyContext *ctx, HPy like, long value)
{
    HPy type = HPy_Type(ctx, like);
    Num *num;
    HPy result = HPy_New(ctx, type, &num);
    HPy_Close(ctx, type);
    if (!HPy_IsNull(result))
        num->value = value;
    return result;
}

HPyDef_SLOT(Num_init, HPy_tp_init)
static int Num_init_impl(HPyContext *ctx, HPy self, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    return HPyArg_Parse(ctx, NULL, args, nargs, "l", &Num_AsStruct(ctx, self)->value) ? 0 : -1;
}

// The operands as a text: `Num(2) + 3`.
static HPy shown(HPyContext *ctx, const char *op, HPy a, HPy b)
{
    return HPyUnicode_FromFormat(ctx, "%R %s %R", a, op, b);
}

#define BINARY(NAME, SLOT, OP)                                                \
    HPyDef_SLOT(NAME, SLOT)                                                   \
    static HPy NAME##_impl(HPyContext *ctx, HPy a, HPy b)                     \
    {                                                                         \
        if (HPyUnicode_Check(ctx, b))                                         \
            return HPy_Dup(ctx, ctx->h_NotImplemented);                       \
        return shown(ctx, OP, a, b);                                          \
    }

BINARY(add, HPy_nb_add, "+") BINARY(sub, HPy_nb_subtract, "-") BINARY(mul, HPy_nb_multiply, "*")
BINARY(mod, HPy_nb_remainder, "%") BINARY(dm, HPy_nb_divmod, "divmod") BINARY(lsh, HPy_nb_lshift, "<<")
BINARY(rsh, HPy_nb_rshift, ">>") BINARY(and_, HPy_nb_and, "&") BINARY(xor_, HPy_nb_xor, "^")
BINARY(or_, HPy_nb_or, "|") BINARY(floordiv, HPy_nb_floor_divide, "//") BINARY(truediv, HPy_nb_true_divide, "/")
BINARY(mm, HPy_nb_matrix_multiply, "@")
BINARY(iadd, HPy_nb_inplace_add, "+=") BINARY(isub, HPy_nb_inplace_subtract, "-=")
BINARY(imul, HPy_nb_inplace_multiply, "*=") BINARY(imod, HPy_nb_inplace_remainder, "%=")
BINARY(ilsh, HPy_nb_inplace_lshift, "<<=") BINARY(irsh, HPy_nb_inplace_rshift, ">>=")
BINARY(iand, HPy_nb_inplace_and, "&=") BINARY(ixor, HPy_nb_inplace_xor, "^=") BINARY(ior, HPy_nb_inplace_or, "|=")
BINARY(ifdiv, HPy_nb_inplace_floor_divide, "//=") BINARY(itdiv, HPy_nb_inplace_true_divide, "/=")
BINARY(imm, HPy_nb_inplace_matrix_multiply, "@=")

HPyDef_SLOT(pow_, HPy_nb_power)
static HPy pow__impl(HPyContext *ctx, HPy a, HPy b, HPy c) { return HPyUnicode_FromFormat(ctx, "%R ** %R %% %R", a, b, c); }
HPyDef_SLOT(ipow, HPy_nb_inplace_power)
static HPy ipow_impl(HPyContext *ctx, HPy a, HPy b, HPy c) { return HPyUnicode_FromFormat(ctx, "%R **= %R", a, b); }

#define UNARY(NAME, SLOT, VALUE)                             \
    HPyDef_SLOT(NAME, SLOT)                                  \
    static HPy NAME##_impl(HPyContext *ctx, HPy self)        \
    {                                                        \
        long v = Num_AsStruct(ctx, self)->value;             \
        return VALUE;                                        \
    }
UNARY(neg, HPy_nb_negative, make_num(ctx, self, -v)) UNARY(pos, HPy_nb_positive, make_num(ctx, self, v))
UNARY(abs_, HPy_nb_absolute, make_num(ctx, self, v < 0 ? -v : v)) UNARY(inv, HPy_nb_invert, make_num(ctx, self, ~v))
UNARY(int_, HPy_nb_int, HPyLong_FromLong(ctx, v)) UNARY(index_, HPy_nb_index, HPyLong_FromLong(ctx, v))
UNARY(float_, HPy_nb_float, HPyFloat_FromDouble(ctx, v)) UNARY(repr_, HPy_tp_repr, HPyUnicode_FromFormat(ctx, "Num(%ld)", v))
UNARY(str_, HPy_tp_str, HPyUnicode_FromFormat(ctx, "<%ld>", v))

HPyDef_SLOT(bool_, HPy_nb_bool)
static int bool__impl(HPyContext *ctx, HPy self) { return Num_AsStruct(ctx, self)->value != 0; }
HPyDef_SLOT(hash_, HPy_tp_hash)
static HPy_hash_t hash__impl(HPyContext *ctx, HPy self) { return Num_AsStruct(ctx, self)->value; }

HPyDef_SLOT(cmp, HPy_tp_richcompare)
static HPy cmp_impl(HPyContext *ctx, HPy a, HPy b, HPy_RichCmpOp op)
{
    HPy type = HPy_Type(ctx, a);
    int same = HPy_TypeCheck(ctx, b, type);
    HPy_Close(ctx, type);
    if (!same)
        return HPy_Dup(ctx, ctx->h_NotImplemented);
    long x = Num_AsStruct(ctx, a)->value, y = Num_AsStruct(ctx, b)->value;
    HPy_RETURN_RICHCOMPARE(ctx, x, y, op);
}

HPyDef_SLOT(call, HPy_tp_call)
static HPy call_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    return HPyUnicode_FromFormat(ctx, "%R called with %d", self, (int)nargs);
}
HPyDef_CALL_FUNCTION(other_call)
static HPy other_call_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    return HPyUnicode_FromFormat(ctx, "%R called otherwise", self);
}
HPyDef_METH(otherwise, "otherwise", HPyFunc_NOARGS)
static HPy otherwise_impl(HPyContext *ctx, HPy self)
{
    if (HPy_SetCallFunction(ctx, self, &other_call) < 0)
        return HPy_NULL;
    return HPy_Dup(ctx, self);
}

static HPyDef *Num_defines[] = {
    &Num_init, &add, &sub, &mul, &mod, &dm, &lsh, &rsh, &and_, &xor_, &or_, &floordiv, &truediv, &mm, &iadd, &isub, &imul,
    &imod, &ilsh, &irsh, &iand, &ixor, &ior, &ifdiv, &itdiv, &imm, &pow_, &ipow, &neg, &pos, &abs_, &inv, &int_,
    &index_, &float_, &repr_, &str_, &bool_, &hash_, &cmp, &call, &otherwise, NULL};
static HPyType_Spec Num_spec = {
    .name = "slots_ext.Num", .basicsize = sizeof(Num), .builtin_shape = SHAPE(Num),
    .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE, .defines = Num_defines};

// A sequence of ten squares.
HPyDef_SLOT(seq_len, HPy_sq_length)
static HPy_ssize_t seq_len_impl(HPyContext *ctx, HPy self) { return 10; }
HPyDef_SLOT(seq_item, HPy_sq_item)
static HPy seq_item_impl(HPyContext *ctx, HPy self, HPy_ssize_t i)
{
    if (i < 0 || i >= 10) {
        HPyErr_SetString(ctx, ctx->h_IndexError, "ten squares");
        return HPy_NULL;
    }
    return HPyLong_FromSsize_t(ctx, i * i);
}
HPyDef_SLOT(seq_set, HPy_sq_ass_item)
static int seq_set_impl(HPyContext *ctx, HPy self, HPy_ssize_t i, HPy value)
{
    HPy text = HPy_IsNull(value) ? HPyUnicode_FromFormat(ctx, "del %zd", i) : HPyUnicode_FromFormat(ctx, "%zd = %R", i, value);
    HPyErr_SetObject(ctx, ctx->h_RuntimeError, text);
    HPy_Close(ctx, text);
    return -1;
}
HPyDef_SLOT(seq_concat, HPy_sq_concat)
static HPy seq_concat_impl(HPyContext *ctx, HPy self, HPy other) { return HPyUnicode_FromFormat(ctx, "concat %R", other); }
HPyDef_SLOT(seq_repeat, HPy_sq_repeat)
static HPy seq_repeat_impl(HPyContext *ctx, HPy self, HPy_ssize_t n) { return HPyUnicode_FromFormat(ctx, "repeat %zd", n); }
HPyDef_SLOT(seq_iconcat, HPy_sq_inplace_concat)
static HPy seq_iconcat_impl(HPyContext *ctx, HPy self, HPy other) { return HPyUnicode_FromFormat(ctx, "iconcat %R", other); }
HPyDef_SLOT(seq_irepeat, HPy_sq_inplace_repeat)
static HPy seq_irepeat_impl(HPyContext *ctx, HPy self, HPy_ssize_t n) { return HPyUnicode_FromFormat(ctx, "irepeat %zd", n); }
HPyDef_SLOT(seq_contains, HPy_sq_contains)
static int seq_contains_impl(HPyContext *ctx, HPy self, HPy item)
{
    long v = HPyLong_AsLong(ctx, item);
    return v == -1 && HPyErr_Occurred(ctx) ? -1 : v % 2 == 0;
}
static HPyDef *Seq_defines[] = {&seq_len, &seq_item, &seq_set, &seq_concat, &seq_repeat, &seq_iconcat, &seq_irepeat, &seq_contains, NULL};
static HPyType_Spec Seq_spec = {.name = "slots_ext.Seq", .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE, .defines = Seq_defines};

HPyDef_SLOT(map_len, HPy_mp_length)
static HPy_ssize_t map_len_impl(HPyContext *ctx, HPy self) { return 3; }
HPyDef_SLOT(map_item, HPy_mp_subscript)
static HPy map_item_impl(HPyContext *ctx, HPy self, HPy key) { return HPyUnicode_FromFormat(ctx, "[%R]", key); }
HPyDef_SLOT(map_set, HPy_mp_ass_subscript)
static int map_set_impl(HPyContext *ctx, HPy self, HPy key, HPy value)
{
    HPyErr_SetObject(ctx, ctx->h_KeyError, key);
    return -1;
}
static HPyDef *Map_defines[] = {&map_len, &map_item, &map_set, NULL};
static HPyType_Spec Map_spec = {.name = "slots_ext.Map", .defines = Map_defines};

// Compares, and so has no hash.
HPyDef_SLOT(only_cmp, HPy_tp_richcompare)
static HPy only_cmp_impl(HPyContext *ctx, HPy a, HPy b, HPy_RichCmpOp op) { return HPyBool_FromBool(ctx, op == HPy_EQ); }
static HPyDef *Eq_defines[] = {&only_cmp, NULL};
static HPyType_Spec Eq_spec = {.name = "slots_ext.Eq", .defines = Eq_defines};

HPyDef_SLOT(exec, HPy_mod_exec)
static int exec_impl(HPyContext *ctx, HPy module)
{
    return HPyHelpers_AddType(ctx, module, "Num", &Num_spec, NULL) && HPyHelpers_AddType(ctx, module, "Seq", &Seq_spec, NULL)
        && HPyHelpers_AddType(ctx, module, "Map", &Map_spec, NULL) && HPyHelpers_AddType(ctx, module, "Eq", &Eq_spec, NULL) ? 0 : -1;
}
static HPyDef *defines[] = {&exec, NULL};
static HPyModuleDef def = {.defines = defines};
HPy_MODINIT(slots_ext, def)
