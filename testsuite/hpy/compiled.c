// A class whose slots, attributes and members are used in loops that become machine code.
#include "hpy.h"
#include <stdlib.h>
#include <string.h>

#define SIZE 8
typedef struct {
    long items[SIZE];
    long counted;
    double scale;
    int32_t small;
    unsigned char byte;
    HPyField kept;
} Row;
HPyType_HELPERS(Row)

HPyDef_SLOT(Row_new, HPy_tp_new)
static HPy Row_new_impl(HPyContext *ctx, HPy cls, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Row *row;
    long first = 0;
    if (!HPyArg_Parse(ctx, NULL, args, nargs, "|l", &first))
        return HPy_NULL;
    HPy h = HPy_New(ctx, cls, &row);
    for (int i = 0; !HPy_IsNull(h) && i < SIZE; i++)
        row->items[i] = first + i;
    return h;
}
HPyDef_SLOT(Row_traverse, HPy_tp_traverse)
static int Row_traverse_impl(void *self, HPyFunc_visitproc visit, void *arg)
{
    HPy_VISIT(&((Row *) self)->kept);
    return 0;
}

static int outside(HPyContext *ctx, HPy_ssize_t index)
{
    if (index >= 0 && index < SIZE)
        return 0;
    HPyErr_Format(ctx, ctx->h_IndexError, "%zd of %d", index, SIZE);
    return 1;
}
HPyDef_SLOT(Row_length, HPy_sq_length)
static HPy_ssize_t Row_length_impl(HPyContext *ctx, HPy self) { return SIZE; }
HPyDef_SLOT(Row_item, HPy_sq_item)
static HPy Row_item_impl(HPyContext *ctx, HPy self, HPy_ssize_t index)
{
    return outside(ctx, index) ? HPy_NULL : HPyLong_FromLong(ctx, Row_AsStruct(ctx, self)->items[index]);
}
HPyDef_SLOT(Row_ass_item, HPy_sq_ass_item)
static int Row_ass_item_impl(HPyContext *ctx, HPy self, HPy_ssize_t index, HPy value)
{
    if (outside(ctx, index))
        return -1;
    long number = HPy_IsNull(value) ? 0 : HPyLong_AsLong(ctx, value);
    if (number == -1 && HPyErr_Occurred(ctx))
        return -1;
    Row_AsStruct(ctx, self)->items[index] = number;
    return 0;
}
HPyDef_SLOT(Row_negative, HPy_nb_negative)
static HPy Row_negative_impl(HPyContext *ctx, HPy self) { return HPyLong_FromLong(ctx, -Row_AsStruct(ctx, self)->items[0]); }
HPyDef_SLOT(Row_add, HPy_nb_add)
static HPy Row_add_impl(HPyContext *ctx, HPy left, HPy right)
{
    if (!HPyNumber_Check(ctx, right) || !HPy_TypeCheck(ctx, right, ctx->h_LongType))
        return HPy_Dup(ctx, ctx->h_NotImplemented);
    long number = HPyLong_AsLong(ctx, right);
    if (number == 13)
        return HPyErr_SetString(ctx, ctx->h_ValueError, "not 13");
    return HPyLong_FromLong(ctx, Row_AsStruct(ctx, left)->items[0] + number);
}

HPyDef_GETSET(Row_count, "count", .closure = (void *) 3)
static HPy Row_count_get(HPyContext *ctx, HPy self, void *closure)
{
    return HPyLong_FromLong(ctx, Row_AsStruct(ctx, self)->counted * (long) (intptr_t) closure);
}
static int Row_count_set(HPyContext *ctx, HPy self, HPy value, void *closure)
{
    if (HPy_IsNull(value)) {
        Row_AsStruct(ctx, self)->counted = -100;
        return 0;
    }
    long number = HPyLong_AsLong(ctx, value);
    if (number == -1 && HPyErr_Occurred(ctx))
        return -1;
    if (number < 0) {
        HPyErr_SetString(ctx, ctx->h_ValueError, "negative count");
        return -1;
    }
    Row_AsStruct(ctx, self)->counted = number;
    return 0;
}
HPyDef_GETSET(Row_kept, "kept")
static HPy Row_kept_get(HPyContext *ctx, HPy self, void *closure)
{
    Row *row = Row_AsStruct(ctx, self);
    return HPyField_IsNull(row->kept) ? HPy_Dup(ctx, ctx->h_None) : HPyField_Load(ctx, self, row->kept);
}
static int Row_kept_set(HPyContext *ctx, HPy self, HPy value, void *closure)
{
    HPyField_Store(ctx, self, &Row_AsStruct(ctx, self)->kept, value);
    return 0;
}
HPyDef_MEMBER(Row_scale, "scale", HPyMember_DOUBLE, offsetof(Row, scale))
HPyDef_MEMBER(Row_small, "small", HPyMember_INT, offsetof(Row, small))
HPyDef_MEMBER(Row_byte, "byte", HPyMember_UBYTE, offsetof(Row, byte))

static HPyDef *Row_defines[] = {&Row_new, &Row_traverse, &Row_length, &Row_item, &Row_ass_item, &Row_negative, &Row_add, &Row_count,
                                &Row_kept, &Row_scale, &Row_small, &Row_byte, NULL};
static HPyType_Spec Row_spec = {.name = "compiled.Row", .basicsize = sizeof(Row), .builtin_shape = SHAPE(Row),
                                .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_HAVE_GC | HPy_TPFLAGS_BASETYPE, .defines = Row_defines};

// Keys of any kind.
typedef struct { long last; } Table;
HPyType_HELPERS(Table)
HPyDef_SLOT(Table_subscript, HPy_mp_subscript)
static HPy Table_subscript_impl(HPyContext *ctx, HPy self, HPy key)
{
    if (HPyUnicode_Check(ctx, key))
        return HPyErr_SetObject(ctx, ctx->h_KeyError, key);
    return HPyTuple_Pack(ctx, 2, self, key);
}
HPyDef_SLOT(Table_ass_subscript, HPy_mp_ass_subscript)
static int Table_ass_subscript_impl(HPyContext *ctx, HPy self, HPy key, HPy value)
{
    long number = HPy_IsNull(value) ? -5 : HPyLong_AsLong(ctx, value);
    if (number == -1 && HPyErr_Occurred(ctx))
        return -1;
    Table_AsStruct(ctx, self)->last = number + HPyLong_AsLong(ctx, key);
    return HPyErr_Occurred(ctx) ? -1 : 0;
}
HPyDef_SLOT(Table_destroy, HPy_tp_destroy)
static long destroyed;
static void Table_destroy_impl(void *self) { destroyed++; }
HPyDef_MEMBER(Table_last, "last", HPyMember_LONG, offsetof(Table, last))
static HPyDef *Table_defines[] = {&Table_subscript, &Table_ass_subscript, &Table_destroy, &Table_last, NULL};
static HPyType_Spec Table_spec = {.name = "compiled.Table", .basicsize = sizeof(Table), .builtin_shape = SHAPE(Table),
                                  .defines = Table_defines};

// Nothing but members; made by `object.__new__`.
typedef struct { double x, y; short tag; } Dot;
HPyType_HELPERS(Dot)
HPyDef_MEMBER(Dot_x, "x", HPyMember_DOUBLE, offsetof(Dot, x))
HPyDef_MEMBER(Dot_y, "y", HPyMember_DOUBLE, offsetof(Dot, y))
HPyDef_MEMBER(Dot_tag, "tag", HPyMember_SHORT, offsetof(Dot, tag))
HPyDef_METH(Dot_sum, "sum", HPyFunc_NOARGS)
static HPy Dot_sum_impl(HPyContext *ctx, HPy self)
{
    Dot *dot = Dot_AsStruct(ctx, self);
    return HPyFloat_FromDouble(ctx, dot->x + dot->y);
}
static HPyDef *Dot_defines[] = {&Dot_x, &Dot_y, &Dot_tag, &Dot_sum, NULL};
static HPyType_Spec Dot_spec = {.name = "compiled.Dot", .basicsize = sizeof(Dot), .builtin_shape = SHAPE(Dot),
                                .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE, .defines = Dot_defines};

HPyDef_METH(pair, "pair", HPyFunc_O)
static HPy pair_impl(HPyContext *ctx, HPy self, HPy arg)
{
    // Two handles of the result, of which one is closed; others stay open for a while.
    HPy first = HPyTuple_Pack(ctx, 2, arg, arg), second = HPy_Dup(ctx, first), other = HPyList_New(ctx, 1);
    HPy_Close(ctx, first);
    HPy_Close(ctx, other);
    return second;
}
static HPy held[100];
static int n_held;
HPyDef_METH(hold, "hold", HPyFunc_O)
static HPy hold_impl(HPyContext *ctx, HPy self, HPy arg)
{
    // The result has an older handle, too.
    HPy made = HPyTuple_Pack(ctx, 1, arg);
    if (n_held == 100)
        while (n_held > 0)
            HPy_Close(ctx, held[--n_held]);
    held[n_held++] = HPy_Dup(ctx, made);
    return made;
}
HPyDef_METH(both, "both", HPyFunc_O)
static HPy both_impl(HPyContext *ctx, HPy self, HPy arg)
{
    // A result although an exception is set, which is a mistake.
    if (HPy_TypeCheck(ctx, arg, ctx->h_LongType) && HPyLong_AsLong(ctx, arg) % 1000 == 999)
        HPyErr_SetString(ctx, ctx->h_ValueError, "and a result");
    return HPyTuple_Pack(ctx, 1, arg);
}
HPyDef_METH(n_destroyed, "n_destroyed", HPyFunc_NOARGS)
static HPy n_destroyed_impl(HPyContext *ctx, HPy self) { return HPyLong_FromLong(ctx, destroyed); }

HPyDef_SLOT(exec, HPy_mod_exec)
static int exec_impl(HPyContext *ctx, HPy module)
{
    return HPyHelpers_AddType(ctx, module, "Row", &Row_spec, NULL) && HPyHelpers_AddType(ctx, module, "Table", &Table_spec, NULL)
           && HPyHelpers_AddType(ctx, module, "Dot", &Dot_spec, NULL) ? 0 : -1;
}
static HPyDef *defines[] = {&pair, &hold, &both, &n_destroyed, &exec, NULL};
static HPyModuleDef def = {.defines = defines};
HPy_MODINIT(compiled, def)
