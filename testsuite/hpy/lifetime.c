// What keeps objects alive: handles in C's memory, fields in structs and elsewhere, global variables.
#include "hpy.h"
#include <stdlib.h>
#include <string.h>

static HPy kept[8];
static long n_destroyed, n_finalized;
static HPyGlobal global;

HPyDef_METH(keep, "keep", HPyFunc_VARARGS)
static HPy keep_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    for (size_t i = 0; i < nargs && i < 8; i++)
        kept[i] = HPy_Dup(ctx, args[i]);
    return HPy_Dup(ctx, ctx->h_None);
}

HPyDef_METH(take, "take", HPyFunc_O)
static HPy take_impl(HPyContext *ctx, HPy self, HPy arg)
{
    long i = HPyLong_AsLong(ctx, arg);
    HPy result = kept[i];
    kept[i] = HPy_NULL;
    return result;
}

// As many handles of one object as a header cannot count.
HPyDef_METH(many, "many", HPyFunc_O)
static HPy many_impl(HPyContext *ctx, HPy self, HPy arg)
{
    for (int i = 0; i < 10000; i++)
        HPy_Dup(ctx, arg);
    HPy *handles = malloc(1000 * sizeof(HPy));
    for (int i = 0; i < 1000; i++)
        handles[i] = HPyUnicode_FromString(ctx, "a text of its own");
    for (int i = 0; i < 1000; i++)
        HPy_Close(ctx, handles[i]);
    free(handles);
    for (int i = 0; i < 10000; i++)
        HPy_Close(ctx, arg);
    return HPy_Dup(ctx, arg);
}

HPyDef_METH(set_global, "set_global", HPyFunc_O)
static HPy set_global_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPyGlobal_Store(ctx, &global, arg);
    return HPy_Dup(ctx, ctx->h_None);
}

HPyDef_METH(get_global, "get_global", HPyFunc_NOARGS)
static HPy get_global_impl(HPyContext *ctx, HPy self) { return HPyGlobal_Load(ctx, global); }

HPyDef_METH(counts, "counts", HPyFunc_NOARGS)
static HPy counts_impl(HPyContext *ctx, HPy self) { return HPy_BuildValue(ctx, "(ll)", n_destroyed, n_finalized); }

// A stack of references in memory of its own.
typedef struct {
    HPy_ssize_t size, capacity;
    HPyField *items;
    HPyField first;
} Stack;
HPyType_HELPERS(Stack)

HPyDef_METH(Stack_push, "push", HPyFunc_O)
static HPy Stack_push_impl(HPyContext *ctx, HPy self, HPy arg)
{
    Stack *stack = Stack_AsStruct(ctx, self);
    if (stack->size == stack->capacity) {
        HPy_ssize_t capacity = stack->capacity * 2 + 2;
        HPyField *items = calloc(capacity, sizeof(HPyField));
        if (stack->size)
            memcpy(items, stack->items, stack->size * sizeof(HPyField));
        free(stack->items);
        stack->items = items;
        stack->capacity = capacity;
    }
    HPyField_Store(ctx, self, &stack->items[stack->size++], arg);
    if (HPyField_IsNull(stack->first))
        HPyField_Store(ctx, self, &stack->first, arg);
    return HPyLong_FromSsize_t(ctx, stack->size);
}

HPyDef_SLOT(Stack_item, HPy_sq_item)
static HPy Stack_item_impl(HPyContext *ctx, HPy self, HPy_ssize_t i)
{
    Stack *stack = Stack_AsStruct(ctx, self);
    if (i < 0 || i >= stack->size) {
        HPyErr_SetString(ctx, ctx->h_IndexError, "no such item");
        return HPy_NULL;
    }
    return HPyField_Load(ctx, self, stack->items[i]);
}

HPyDef_SLOT(Stack_len, HPy_sq_length)
static HPy_ssize_t Stack_len_impl(HPyContext *ctx, HPy self) { return Stack_AsStruct(ctx, self)->size; }

HPyDef_SLOT(Stack_traverse, HPy_tp_traverse)
static int Stack_traverse_impl(void *self, HPyFunc_visitproc visit, void *arg)
{
    Stack *stack = self;
    for (HPy_ssize_t i = 0; i < stack->size; i++)
        HPy_VISIT(&stack->items[i]);
    HPy_VISIT(&stack->first);
    return 0;
}

HPyDef_SLOT(Stack_destroy, HPy_tp_destroy)
static void Stack_destroy_impl(void *self)
{
    free(((Stack *)self)->items);
    n_destroyed++;
}

HPyDef_SLOT(Stack_finalize, HPy_tp_finalize)
static void Stack_finalize_impl(HPyContext *ctx, HPy self)
{
    n_finalized++;
    HPy seen = HPyGlobal_Load(ctx, global);
    if (HPyList_Check(ctx, seen)) {
        HPy size = HPyLong_FromSsize_t(ctx, HPy_Length(ctx, self));
        HPyList_Append(ctx, seen, size);
        HPy_Close(ctx, size);
    }
    HPy_Close(ctx, seen);
}

static HPyDef *Stack_defines[] = {&Stack_push, &Stack_item, &Stack_len, &Stack_traverse, &Stack_destroy, &Stack_finalize, NULL};
static HPyType_Spec Stack_spec = {
    .name = "lifetime.Stack",
    .basicsize = sizeof(Stack),
    .builtin_shape = SHAPE(Stack),
    .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE | HPy_TPFLAGS_HAVE_GC,
    .defines = Stack_defines};

HPyDef_METH(make, "make", HPyFunc_NOARGS, .doc = "An instance made in C.")
static HPy make_impl(HPyContext *ctx, HPy self)
{
    HPy type = HPy_GetAttr_s(ctx, self, "Stack");
    Stack *stack;
    HPy result = HPy_New(ctx, type, &stack);
    HPy_Close(ctx, type);
    return result;
}

HPyDef_SLOT(exec, HPy_mod_exec)
static int exec_impl(HPyContext *ctx, HPy module)
{
    return HPyHelpers_AddType(ctx, module, "Stack", &Stack_spec, NULL) ? 0 : -1;
}

static HPyDef *defines[] = {&keep, &take, &many, &set_global, &get_global, &counts, &make, &exec, NULL};
static HPyGlobal *globals[] = {&global, NULL};
static HPyModuleDef def = {.defines = defines, .globals = globals};
HPy_MODINIT(lifetime, def)
