// Containers: lists, tuples, dicts, slices, builders, trackers, capsules; and Python left and entered again.
#include "hpy.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define VARARGS(NAME)                                                   \
    HPyDef_METH(py_##NAME, #NAME, HPyFunc_VARARGS)                      \
    static HPy py_##NAME##_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)

static HPy done(HPyContext *ctx, int status) { return status < 0 ? HPy_NULL : HPy_Dup(ctx, ctx->h_None); }

VARARGS(list) { return HPyList_New(ctx, HPyLong_AsSsize_t(ctx, args[0])); }
VARARGS(append) { return done(ctx, HPyList_Append(ctx, args[0], args[1])); }
VARARGS(built_list)
{
    HPyListBuilder builder = HPyListBuilder_New(ctx, (HPy_ssize_t) nargs);
    for (size_t i = nargs; i-- > 0;)
        HPyListBuilder_Set(ctx, builder, (HPy_ssize_t) i, args[i]);
    return HPyListBuilder_Build(ctx, builder);
}
VARARGS(built_tuple)
{
    HPyTupleBuilder builder = HPyTupleBuilder_New(ctx, (HPy_ssize_t) nargs);
    for (size_t i = 0; i < nargs; i++)
        HPyTupleBuilder_Set(ctx, builder, (HPy_ssize_t) i, args[i]);
    return HPyTupleBuilder_Build(ctx, builder);
}
/* Builders of many items that are made anew, while others are made and given up. */
VARARGS(built_many)
{
    long n = HPyLong_AsLong(ctx, args[0]);
    HPyListBuilder list = HPyListBuilder_New(ctx, n);
    HPyTupleBuilder tuple = HPyTupleBuilder_New(ctx, n);
    for (long i = 0; i < n; i++) {
        HPyListBuilder other_list = HPyListBuilder_New(ctx, 3);
        HPyTupleBuilder other_tuple = HPyTupleBuilder_New(ctx, 3);
        HPy number = HPyLong_FromLong(ctx, i), name = HPyUnicode_FromFormat(ctx, "item %ld", i);
        HPyListBuilder_Set(ctx, list, i, name);
        HPyTupleBuilder_Set(ctx, tuple, i, number);
        HPyListBuilder_Set(ctx, other_list, 0, name);
        HPyTupleBuilder_Set(ctx, other_tuple, 0, name);
        HPy_Close(ctx, number);
        HPy_Close(ctx, name);
        HPyListBuilder_Cancel(ctx, other_list);
        HPyTupleBuilder_Cancel(ctx, other_tuple);
    }
    HPy pair[2] = {HPyListBuilder_Build(ctx, list), HPyTupleBuilder_Build(ctx, tuple)};
    HPy result = HPyTuple_FromArray(ctx, pair, 2);
    HPy_Close(ctx, pair[0]);
    HPy_Close(ctx, pair[1]);
    return result;
}
VARARGS(tuple) { return HPyTuple_FromArray(ctx, (HPy *) args, (HPy_ssize_t) nargs); }
VARARGS(pack) { return HPyTuple_Pack(ctx, 3, args[0], args[1], args[0]); }

VARARGS(dict) { return HPyDict_New(ctx); }
VARARGS(keys) { return HPyDict_Keys(ctx, args[0]); }
VARARGS(copy) { return HPyDict_Copy(ctx, args[0]); }

VARARGS(slice)
{
    HPy_ssize_t start, stop, step;
    if (HPySlice_Unpack(ctx, args[0], &start, &stop, &step) < 0)
        return HPy_NULL;
    HPy_ssize_t count = HPySlice_AdjustIndices(ctx, HPyLong_AsSsize_t(ctx, args[1]), &start, &stop, step);
    return HPy_BuildValue(ctx, "llll", (long) start, (long) stop, (long) step, (long) count);
}

VARARGS(tracked)
{
    HPyTracker tracker = HPyTracker_New(ctx, 1);
    HPy list = HPyList_New(ctx, 0);
    for (long i = 0; i < 20; i++) {
        HPy item = HPyUnicode_FromFormat(ctx, "%ld", i);
        HPyTracker_Add(ctx, tracker, item);
        HPyList_Append(ctx, list, item);
    }
    if (HPy_IsTrue(ctx, args[0])) {
        // Handles that leave a tracker must be closed by others: here by being returned.
        HPyTracker other = HPyTracker_New(ctx, 0);
        HPyTracker_Add(ctx, other, list);
        HPyTracker_ForgetAll(ctx, other);
        HPyTracker_Close(ctx, other);
    }
    HPyTracker_Close(ctx, tracker);
    return list;
}

// ---- capsules

static int number, n_destroyed;
static void *seen_pointer, *seen_context;
static char seen_name[40];
HPyCapsule_DESTRUCTOR(destructor)
static void destructor_impl(const char *name, void *pointer, void *context)
{
    n_destroyed++;
    seen_pointer = pointer;
    seen_context = context;
    strcpy(seen_name, name == NULL ? "no name" : name);
}

VARARGS(capsule)
{
    int *pointer = malloc(sizeof(int));
    *pointer = ++number;
    HPy capsule = HPyCapsule_New(ctx, pointer, "boxes.first", NULL);
    if (HPy_IsNull(capsule))
        return HPy_NULL;
    if (nargs > 0 && (HPyCapsule_SetName(ctx, capsule, "boxes.second") < 0 || HPyCapsule_SetContext(ctx, capsule, &number) < 0))
        return HPy_NULL;
    return capsule;
}
VARARGS(capsule_of_null) { return HPyCapsule_New(ctx, NULL, "x", NULL); }
VARARGS(look)
{
    if (!HPyCapsule_IsValid(ctx, args[0], "boxes.first") && !HPyCapsule_IsValid(ctx, args[0], "boxes.second"))
        return HPyErr_SetString(ctx, ctx->h_TypeError, "no capsule of this module");
    const char *name = HPyCapsule_GetName(ctx, args[0]);
    int *pointer = HPyCapsule_GetPointer(ctx, args[0], name);
    return HPy_BuildValue(ctx, "sii", name, *pointer, HPyCapsule_GetContext(ctx, args[0]) == &number);
}
VARARGS(pointer)
{
    void *pointer = HPyCapsule_GetPointer(ctx, args[0], HPyUnicode_AsUTF8AndSize(ctx, args[1], NULL));
    return pointer == NULL ? HPy_NULL : HPy_Dup(ctx, ctx->h_True);
}
VARARGS(name) { const char *name = HPyCapsule_GetName(ctx, args[0]); return name ? HPyUnicode_FromString(ctx, name) : HPy_NULL; }
VARARGS(change)
{
    static int other = 77;
    void *old = HPyCapsule_GetPointer(ctx, args[0], "boxes.first");
    if (old == NULL || HPyCapsule_SetPointer(ctx, args[0], &other) < 0)
        return HPy_NULL;
    free(old);
    return HPyCapsule_SetPointer(ctx, args[0], NULL) < 0 ? HPy_NULL : HPy_Dup(ctx, ctx->h_None);
}
VARARGS(watch) { return done(ctx, HPyCapsule_SetDestructor(ctx, args[0], &destructor)); }
VARARGS(destroyed)
{
    HPy result = HPy_BuildValue(ctx, "isi", n_destroyed, seen_name, seen_context == &number);
    if (n_destroyed)
        free(seen_pointer), seen_pointer = NULL;
    return result;
}

// ---- another thread calls while Python is left

typedef struct { HPyContext *ctx; long n, sum; } Work;
static void *work(void *data)
{
    Work *work = data;
    for (long i = 0; i < work->n; i++)
        work->sum += i;
    return NULL;
}
VARARGS(in_thread)
{
    Work task = {ctx, HPyLong_AsLong(ctx, args[0]), 0};
    pthread_t thread;
    HPy_BEGIN_LEAVE_PYTHON(ctx)
    if (pthread_create(&thread, NULL, work, &task) == 0)
        pthread_join(thread, NULL);
    HPy_END_LEAVE_PYTHON(ctx)
    return HPyLong_FromLong(ctx, task.sum);
}

#define ALL(X) X(list) X(append) X(built_list) X(built_tuple) X(built_many) X(tuple) X(pack) X(dict) X(keys) X(copy) X(slice) X(tracked) \
    X(capsule) X(capsule_of_null) X(look) X(pointer) X(name) X(change) X(watch) X(destroyed) X(in_thread)
#define NAMED(NAME) &py_##NAME,
static HPyDef *defines[] = {ALL(NAMED) NULL};
static HPyModuleDef def = {.defines = defines};
HPy_MODINIT(boxes, def)
