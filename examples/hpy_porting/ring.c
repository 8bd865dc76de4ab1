/* A ring of the last N objects, for every Python that is an HPy host: the port of ring_capi.c.
 *
 *     haft build-ext ring.c
 */
#include <stdlib.h>

#include "hpy.h"

typedef struct {
    HPy_ssize_t capacity, length, start;
    HPyField *items;
} Ring;

HPyType_HELPERS(Ring)

HPyDef_SLOT(Ring_new, HPy_tp_new)
static HPy Ring_new_impl(HPyContext *ctx, HPy type, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    static const char *names[] = {"capacity", NULL};
    HPy_ssize_t capacity;
    HPyTracker tracker;
    if (!HPyArg_ParseKeywordsDict(ctx, &tracker, args, nargs, kw, "n:Ring", names, &capacity))
        return HPy_NULL;
    HPyTracker_Close(ctx, tracker);
    if (capacity < 1) {
        HPyErr_SetString(ctx, ctx->h_ValueError, "a ring has room for one object at least");
        return HPy_NULL;
    }
    Ring *ring;
    HPy self = HPy_New(ctx, type, &ring);
    if (HPy_IsNull(self))
        return HPy_NULL;
    ring->items = calloc((size_t)capacity, sizeof(HPyField));
    if (ring->items == NULL) {
        HPy_Close(ctx, self);
        return HPyErr_NoMemory(ctx), HPy_NULL;
    }
    ring->capacity = capacity;
    return self;
}

HPyDef_SLOT(Ring_traverse, HPy_tp_traverse)
static int Ring_traverse_impl(void *self, HPyFunc_visitproc visit, void *arg)
{
    Ring *ring = self;
    if (ring->items != NULL)
        for (HPy_ssize_t i = 0; i < ring->capacity; i++)
            HPy_VISIT(&ring->items[i]);
    return 0;
}

HPyDef_SLOT(Ring_destroy, HPy_tp_destroy)
static void Ring_destroy_impl(void *self)
{
    free(((Ring *)self)->items);
}

HPyDef_SLOT(Ring_length, HPy_sq_length)
static HPy_ssize_t Ring_length_impl(HPyContext *ctx, HPy self)
{
    return Ring_AsStruct(ctx, self)->length;
}

HPyDef_SLOT(Ring_item, HPy_sq_item)
static HPy Ring_item_impl(HPyContext *ctx, HPy self, HPy_ssize_t index)
{
    Ring *ring = Ring_AsStruct(ctx, self);
    if (index < 0 || index >= ring->length) {
        HPyErr_SetString(ctx, ctx->h_IndexError, "ring index out of range");
        return HPy_NULL;
    }
    return HPyField_Load(ctx, self, ring->items[(ring->start + index) % ring->capacity]);
}

HPyDef_METH(Ring_push, "push", HPyFunc_O, .doc = "Add an object; the one that had to go for it, or None.")
static HPy Ring_push_impl(HPyContext *ctx, HPy self, HPy object)
{
    Ring *ring = Ring_AsStruct(ctx, self);
    HPyField *place = &ring->items[(ring->start + ring->length) % ring->capacity];
    HPy old = HPyField_IsNull(*place) ? HPy_Dup(ctx, ctx->h_None) : HPyField_Load(ctx, self, *place);
    HPyField_Store(ctx, self, place, object);
    if (ring->length < ring->capacity)
        ring->length++;
    else
        ring->start = (ring->start + 1) % ring->capacity;
    return old;
}

HPyDef_GET(Ring_full, "full", .doc = "Will the next object push one out?")
static HPy Ring_full_get(HPyContext *ctx, HPy self, void *closure)
{
    Ring *ring = Ring_AsStruct(ctx, self);
    (void)closure;
    return HPyBool_FromBool(ctx, ring->length == ring->capacity);
}

HPyDef_MEMBER(Ring_capacity, "capacity", HPyMember_HPYSSIZET, offsetof(Ring, capacity), .readonly = 1,
              .doc = "How many objects there is room for.")

static HPyDef *Ring_defines[] = {
    &Ring_new,  &Ring_traverse, &Ring_destroy,  &Ring_length, &Ring_item,
    &Ring_push, &Ring_full,     &Ring_capacity, NULL,
};

static HPyType_Spec Ring_spec = {
    .name = "ring.Ring",
    .doc = "Ring(capacity): the last objects that were pushed.",
    .basicsize = sizeof(Ring),
    .builtin_shape = SHAPE(Ring),
    .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE | HPy_TPFLAGS_HAVE_GC,
    .defines = Ring_defines,
};

HPyDef_METH(last, "last", HPyFunc_VARARGS, .doc = "last(iterable, n): a ring of its last n objects.")
static HPy last_impl(HPyContext *ctx, HPy module, const HPy *args, size_t nargs)
{
    if (nargs != 2) {
        HPyErr_SetString(ctx, ctx->h_TypeError, "last() takes an iterable and a number");
        return HPy_NULL;
    }
    HPy type = HPy_GetAttr_s(ctx, module, "Ring");
    if (HPy_IsNull(type))
        return HPy_NULL;
    HPy ring = HPy_Call(ctx, type, &args[1], 1, HPy_NULL);
    HPy_Close(ctx, type);
    if (HPy_IsNull(ring))
        return HPy_NULL;
    HPy iterator = HPy_GetIter(ctx, args[0]);
    if (HPy_IsNull(iterator)) {
        HPy_Close(ctx, ring);
        return HPy_NULL;
    }
    HPy object;
    while (object = HPyIter_Next(ctx, iterator), !HPy_IsNull(object)) {
        HPy old = Ring_push_impl(ctx, ring, object);
        HPy_Close(ctx, object);
        HPy_Close(ctx, old);
    }
    HPy_Close(ctx, iterator);
    if (HPyErr_Occurred(ctx)) {
        HPy_Close(ctx, ring);
        return HPy_NULL;
    }
    return ring;
}

HPyDef_SLOT(execute, HPy_mod_exec)
static int execute_impl(HPyContext *ctx, HPy module)
{
    return HPyHelpers_AddType(ctx, module, "Ring", &Ring_spec, NULL) ? 0 : -1;
}

static HPyDef *module_defines[] = {&last, &execute, NULL};

static HPyModuleDef module_definition = {
    .doc = "The last objects of many.",
    .defines = module_defines,
};

HPy_MODINIT(ring, module_definition)
