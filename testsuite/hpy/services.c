// Buffers, capsules, context variables, evaluation, imports, exceptions, struct sequences, threads.
#include "hpy.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <errno.h>

typedef struct { long exports, released; HPy_ssize_t shape[2], strides[2]; int items[12]; } Grid;
HPyType_HELPERS(Grid)

HPyDef_SLOT(Grid_get, HPy_bf_getbuffer)
static int Grid_get_impl(HPyContext *ctx, HPy self, HPy_buffer *buffer, int flags)
{
    Grid *grid = Grid_AsStruct(ctx, self);
    if (grid->exports == 3) {
        HPyErr_SetString(ctx, ctx->h_BufferError, "three are enough");
        buffer->obj = HPy_NULL;
        return -1;
    }
    for (int i = 0; grid->exports == 0 && grid->released == 0 && i < 12; i++)
        grid->items[i] = i;
    grid->exports++;
    grid->shape[0] = 3, grid->shape[1] = 4;
    grid->strides[0] = 16, grid->strides[1] = 4;
    *buffer = (HPy_buffer){.buf = grid->items, .obj = HPy_Dup(ctx, self), .len = 48, .itemsize = 4, .ndim = 2,
                           .format = (char *)"i", .shape = grid->shape, .strides = grid->strides};
    return 0;
}
HPyDef_SLOT(Grid_release, HPy_bf_releasebuffer)
static void Grid_release_impl(HPyContext *ctx, HPy self, HPy_buffer *buffer)
{
    Grid *grid = Grid_AsStruct(ctx, self);
    grid->exports--;
    grid->released++;
}
HPyDef_MEMBER(Grid_exports, "exports", HPyMember_LONG, offsetof(Grid, exports))
HPyDef_MEMBER(Grid_released, "released", HPyMember_LONG, offsetof(Grid, released))
static HPyDef *Grid_defines[] = {&Grid_get, &Grid_release, &Grid_exports, &Grid_released, NULL};
static HPyType_Spec Grid_spec = {.name = "services.Grid", .basicsize = sizeof(Grid), .builtin_shape = SHAPE(Grid), .defines = Grid_defines};

static long n_freed;
HPyCapsule_DESTRUCTOR(dtor)
static void dtor_impl(const char *name, void *pointer, void *context) { free(pointer); n_freed++; }

HPyDef_METH(capsule, "capsule", HPyFunc_O)
static HPy capsule_impl(HPyContext *ctx, HPy self, HPy arg)
{
    long *number = malloc(sizeof(long));
    *number = HPyLong_AsLong(ctx, arg);
    return HPyCapsule_New(ctx, number, "services.number", &dtor);
}
HPyDef_METH(inside, "inside", HPyFunc_O)
static HPy inside_impl(HPyContext *ctx, HPy self, HPy arg)
{
    long *number = HPyCapsule_GetPointer(ctx, arg, "services.number");
    return number ? HPyLong_FromLong(ctx, *number) : HPy_NULL;
}
HPyDef_METH(freed, "freed", HPyFunc_NOARGS)
static HPy freed_impl(HPyContext *ctx, HPy self) { return HPyLong_FromLong(ctx, n_freed); }

HPyDef_METH(variable, "variable", HPyFunc_VARARGS)
static HPy variable_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    return HPyContextVar_New(ctx, "setting", nargs ? args[0] : HPy_NULL);
}
HPyDef_METH(get, "get", HPyFunc_VARARGS)
static HPy get_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    HPy result;
    if (HPyContextVar_Get(ctx, args[0], nargs > 1 ? args[1] : HPy_NULL, &result) < 0)
        return HPy_NULL;
    return HPy_IsNull(result) ? HPyUnicode_FromString(ctx, "nothing") : result;
}
HPyDef_METH(set, "set", HPyFunc_VARARGS)
static HPy set_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs) { return HPyContextVar_Set(ctx, args[0], args[1]); }

HPyDef_METH(run, "run", HPyFunc_VARARGS)
static HPy run_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    const char *source = HPyUnicode_AsUTF8AndSize(ctx, args[0], NULL);
    HPy code = HPy_Compile_s(ctx, source, "given.py", nargs > 2 ? HPy_SourceKind_File : HPy_SourceKind_Expr);
    if (HPy_IsNull(code))
        return HPy_NULL;
    HPy result = HPy_EvalCode(ctx, code, args[1], args[1]);
    HPy_Close(ctx, code);
    return result;
}
HPyDef_METH(import_, "import_", HPyFunc_O)
static HPy import__impl(HPyContext *ctx, HPy self, HPy arg) { return HPyImport_ImportModule(ctx, HPyUnicode_AsUTF8AndSize(ctx, arg, NULL)); }

HPyDef_METH(exception, "exception", HPyFunc_VARARGS)
static HPy exception_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    return HPyErr_NewExceptionWithDoc(ctx, HPyUnicode_AsUTF8AndSize(ctx, args[0], NULL), "Of C.",
                                      nargs > 1 ? args[1] : HPy_NULL, nargs > 2 ? args[2] : HPy_NULL);
}
HPyDef_METH(no_file, "no_file", HPyFunc_VARARGS)
static HPy no_file_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    errno = ENOENT;
    if (nargs == 1)
        return HPyErr_SetFromErrnoWithFilename(ctx, ctx->h_OSError, HPyUnicode_AsUTF8AndSize(ctx, args[0], NULL));
    return HPyErr_SetFromErrnoWithFilenameObjects(ctx, ctx->h_OSError, args[0], args[1]);
}
HPyDef_METH(unraisable, "unraisable", HPyFunc_O)
static HPy unraisable_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPyErr_SetString(ctx, ctx->h_ValueError, "nobody hears");
    HPyErr_WriteUnraisable(ctx, arg);
    return HPyBool_FromBool(ctx, HPyErr_Occurred(ctx));
}
HPyDef_METH(warn_, "warn", HPyFunc_O)
static HPy warn__impl(HPyContext *ctx, HPy self, HPy arg)
{
    if (HPyErr_WarnEx(ctx, arg, "careful", 1) < 0)
        return HPy_NULL;
    return HPy_Dup(ctx, ctx->h_None);
}

HPyDef_METH(work, "work", HPyFunc_O)
static HPy work_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy kept = HPyUnicode_FromFormat(ctx, "kept %R", arg);
    HPy_BEGIN_LEAVE_PYTHON(ctx)
    usleep(20000);
    HPy_END_LEAVE_PYTHON(ctx)
    return kept;
}

HPyDef_METH(slice, "slice", HPyFunc_O)
static HPy slice_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy_ssize_t start, stop, step;
    if (HPySlice_Unpack(ctx, arg, &start, &stop, &step) < 0)
        return HPy_NULL;
    HPy_ssize_t n = HPySlice_AdjustIndices(ctx, 10, &start, &stop, step);
    return HPy_BuildValue(ctx, "(nnnn)", start, stop, step, n);
}

HPyDef_METH(texts, "texts", HPyFunc_O)
static HPy texts_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy_ssize_t size;
    const char *utf8 = HPyUnicode_AsUTF8AndSize(ctx, arg, &size);
    if (utf8 == NULL)
        return HPy_NULL;
    HPy again = HPyUnicode_FromString(ctx, utf8);
    HPy part = HPyUnicode_Substring(ctx, arg, 1, 3);
    HPy result = HPy_BuildValue(ctx, "(OnOki)", again, size, part, (unsigned long)HPyUnicode_ReadChar(ctx, arg, 1), (int)strlen(utf8));
    HPy_Close(ctx, again);
    HPy_Close(ctx, part);
    return result;
}

static HPyStructSequence_Field fields[] = {{"x", "first"}, {"y", "second"}, {NULL}};
static HPyStructSequence_Desc pair_desc = {.name = "services.Pair", .doc = "Two.", .fields = fields};
HPyDef_METH(pair, "pair", HPyFunc_VARARGS)
static HPy pair_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    HPy type = HPy_GetAttr_s(ctx, self, "Pair");
    HPy result = HPyStructSequence_New(ctx, type, nargs, (HPy *)args);
    HPy_Close(ctx, type);
    return result;
}

HPyDef_SLOT(exec, HPy_mod_exec)
static int exec_impl(HPyContext *ctx, HPy module)
{
    HPy type = HPyStructSequence_NewType(ctx, &pair_desc);
    if (HPy_IsNull(type))
        return -1;
    HPy_SetAttr_s(ctx, module, "Pair", type);
    HPy_Close(ctx, type);
    return HPyHelpers_AddType(ctx, module, "Grid", &Grid_spec, NULL) ? 0 : -1;
}
static HPyDef *defines[] = {&capsule, &inside, &freed, &variable, &get, &set, &run, &import_, &exception, &no_file,
                            &unraisable, &warn_, &work, &slice, &texts, &pair, &exec, NULL};
static HPyModuleDef def = {.defines = defines};
HPy_MODINIT(services, def)
