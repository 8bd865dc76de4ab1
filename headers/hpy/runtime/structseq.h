/* Struct sequences: tuples whose items have names, made with `collections.namedtuple`. */
#ifndef HPY_RUNTIME_STRUCTSEQ_H
#define HPY_RUNTIME_STRUCTSEQ_H

#include <string.h>

/* An item. */
typedef struct {
    const char *name; /* HPyStructSequence_UnnamedField: none; NULL ends the list */
    const char *doc;  /* or NULL */
} HPyStructSequence_Field;

/* A type of struct sequences. */
typedef struct {
    const char *name; /* "module.Name" */
    const char *doc;  /* or NULL */
    HPyStructSequence_Field *fields;
} HPyStructSequence_Desc;

/* The name of an item without a name. */
_HPy_UNUSED static const char *const HPyStructSequence_UnnamedField = "_";

/* Sets an attribute to a str and gives it up: 0 when an exception was raised. */
HPyAPI_HELPER int _HPyStructSequence_Set(HPyContext *ctx, HPy type, const char *attribute, HPy value)
{
    int status = HPy_IsNull(value) ? -1 : HPy_SetAttr_s(ctx, type, attribute, value);
    HPy_Close(ctx, value);
    return status == 0;
}

/* Sets what a field's descriptor says about it, if there is a docstring. */
HPyAPI_HELPER int _HPyStructSequence_Document(HPyContext *ctx, HPy type, const HPyStructSequence_Field *field)
{
    HPy attribute;
    int fine;
    if (field->doc == NULL || strcmp(field->name, HPyStructSequence_UnnamedField) == 0)
        return 1;
    attribute = HPy_GetAttr_s(ctx, type, field->name);
    if (HPy_IsNull(attribute))
        return 0;
    fine = _HPyStructSequence_Set(ctx, attribute, "__doc__", HPyUnicode_FromString(ctx, field->doc));
    HPy_Close(ctx, attribute);
    return fine;
}

/* `collections.namedtuple("name", fields, rename=True, defaults=...)`; `None` is the default of every item. */
HPyAPI_HELPER HPy _HPyStructSequence_NamedTuple(HPyContext *ctx, const HPyStructSequence_Field *fields, HPy_ssize_t n)
{
    HPyListBuilder names = HPyListBuilder_New(ctx, n);
    HPyListBuilder defaults = HPyListBuilder_New(ctx, n);
    HPy_ssize_t i;
    HPy module, result = HPy_NULL, kw = HPy_NULL, h_names, h_defaults, args = HPy_NULL;
    for (i = 0; i < n; i++) {
        HPy name = HPyUnicode_FromString(ctx, fields[i].name);
        if (HPy_IsNull(name)) {
            HPyListBuilder_Cancel(ctx, names);
            HPyListBuilder_Cancel(ctx, defaults);
            return HPy_NULL;
        }
        HPyListBuilder_Set(ctx, names, i, name);
        HPyListBuilder_Set(ctx, defaults, i, ctx->h_None);
        HPy_Close(ctx, name);
    }
    h_names = HPyListBuilder_Build(ctx, names);
    h_defaults = HPyListBuilder_Build(ctx, defaults);
    module = HPyImport_ImportModule(ctx, "collections");
    if (!HPy_IsNull(h_names) && !HPy_IsNull(h_defaults) && !HPy_IsNull(module)) {
        args = HPy_BuildValue(ctx, "(sO)", "StructSequence", h_names);
        kw = HPy_BuildValue(ctx, "{s:O,s:O}", "rename", ctx->h_True, "defaults", h_defaults);
    }
    if (!HPy_IsNull(args) && !HPy_IsNull(kw))
        result = HPy_CallMethodTupleDict_s(ctx, "namedtuple", module, args, kw);
    HPy_Close(ctx, args);
    HPy_Close(ctx, kw);
    HPy_Close(ctx, module);
    HPy_Close(ctx, h_defaults);
    HPy_Close(ctx, h_names);
    return result;
}

/* The str of a text up to a place in it. */
HPyAPI_HELPER HPy _HPyStructSequence_Module(HPyContext *ctx, const char *name, const char *end)
{
    const size_t n = (size_t)(end - name);
    char *module = (char *)malloc(n + 1);
    HPy result;
    if (module == NULL)
        return HPyErr_NoMemory(ctx);
    memcpy(module, name, n);
    module[n] = 0;
    result = HPyUnicode_FromString(ctx, module);
    free(module);
    return result;
}

/* Names and documents a new type: 0 when an exception was raised. */
HPyAPI_HELPER int _HPyStructSequence_Finish(HPyContext *ctx, HPy type, const HPyStructSequence_Desc *desc, HPy_ssize_t n)
{
    const char *dot = strrchr(desc->name, '.');
    const char *name = dot == NULL ? desc->name : dot + 1;
    HPy doc = desc->doc == NULL ? HPy_Dup(ctx, ctx->h_None) : HPyUnicode_FromString(ctx, desc->doc);
    HPy_ssize_t i;
    if (!_HPyStructSequence_Set(ctx, type, "__doc__", doc) ||
        !_HPyStructSequence_Set(ctx, type, "n_fields", HPyLong_FromSsize_t(ctx, n)) ||
        !_HPyStructSequence_Set(ctx, type, "__name__", HPyUnicode_FromString(ctx, name)) ||
        !_HPyStructSequence_Set(ctx, type, "__qualname__", HPyUnicode_FromString(ctx, name)))
        return 0;
    for (i = 0; i < n; i++) {
        if (!_HPyStructSequence_Document(ctx, type, &desc->fields[i]))
            return 0;
    }
    if (dot != NULL)
        return _HPyStructSequence_Set(ctx, type, "__module__", _HPyStructSequence_Module(ctx, desc->name, dot));
    return 1;
}

/* A new type of struct sequences. */
HPyAPI_HELPER HPy HPyStructSequence_NewType(HPyContext *ctx, HPyStructSequence_Desc *desc)
{
    HPy_ssize_t n = 0;
    HPy type;
    if (desc->name == NULL) {
        HPyErr_SetString(ctx, ctx->h_SystemError, "Struct sequence descriptor does not define the name field.");
        return HPy_NULL;
    }
    while (desc->fields[n].name != NULL)
        n++;
    type = _HPyStructSequence_NamedTuple(ctx, desc->fields, n);
    if (HPy_IsNull(type) || _HPyStructSequence_Finish(ctx, type, desc, n))
        return type;
    HPy_Close(ctx, type);
    return HPy_NULL;
}

/* A new struct sequence; TypeError if the type is none, or if the number of items is wrong. */
HPyAPI_HELPER HPy HPyStructSequence_New(HPyContext *ctx, HPy type, HPy_ssize_t nargs, HPy *args)
{
    if (!HPy_HasAttr_s(ctx, type, "n_fields")) {
        HPyErr_Format(ctx, ctx->h_TypeError, "object '%R' does not look like a struct sequence type", type);
        return HPy_NULL;
    }
    return _HPy_CallArray(ctx, type, args, nargs);
}

#endif /* HPY_RUNTIME_STRUCTSEQ_H */
