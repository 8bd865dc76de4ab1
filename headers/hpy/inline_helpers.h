/* Functions made of other functions: shorter names, C's own integer types, and what later versions of HPy added. */
#ifndef HPY_INLINE_HELPERS_H
#define HPY_INLINE_HELPERS_H

/* ---- Errors ---- */

/* Raises `h_type(errno, strerror(errno))`; always HPy_NULL. */
HPyAPI_INLINE_HELPER HPy HPyErr_SetFromErrno(HPyContext *ctx, HPy h_type)
{
    return HPyErr_SetFromErrnoWithFilenameObjects(ctx, h_type, HPy_NULL, HPy_NULL);
}

/* The same, with a file name. */
HPyAPI_INLINE_HELPER HPy HPyErr_SetFromErrnoWithFilenameObject(HPyContext *ctx, HPy h_type, HPy filename)
{
    return HPyErr_SetFromErrnoWithFilenameObjects(ctx, h_type, filename, HPy_NULL);
}

/* ---- Attributes and calls ---- */

/* `delattr(obj, name)`: 0, or -1 on errors. */
HPyAPI_INLINE_HELPER int HPy_DelAttr(HPyContext *ctx, HPy obj, HPy name)
{
    return HPy_SetAttr(ctx, obj, name, HPy_NULL);
}

/* The same, with the name in UTF-8. */
HPyAPI_INLINE_HELPER int HPy_DelAttr_s(HPyContext *ctx, HPy obj, const char *utf8_name)
{
    return HPy_SetAttr_s(ctx, obj, utf8_name, HPy_NULL);
}

/* `callable(*args, **kw)`, which gives up the callable, or null if getting it failed. */
HPyAPI_INLINE_HELPER HPy _HPy_CallAndClose(HPyContext *ctx, HPy callable, HPy args, HPy kw)
{
    HPy result;
    if (HPy_IsNull(callable))
        return HPy_NULL;
    result = HPy_CallTupleDict(ctx, callable, args, kw);
    HPy_Close(ctx, callable);
    return result;
}

/* `receiver.name(*args, **kw)`, with a tuple and a dict or HPy_NULL. */
HPyAPI_INLINE_HELPER HPy HPy_CallMethodTupleDict(HPyContext *ctx, HPy name, HPy receiver, HPy args, HPy kw)
{
    return _HPy_CallAndClose(ctx, HPy_GetAttr(ctx, receiver, name), args, kw);
}

/* The same, with the name in UTF-8. */
HPyAPI_INLINE_HELPER HPy HPy_CallMethodTupleDict_s(HPyContext *ctx, const char *utf8_name, HPy receiver, HPy args, HPy kw)
{
    return _HPy_CallAndClose(ctx, HPy_GetAttr_s(ctx, receiver, utf8_name), args, kw);
}

/* ---- Tuples ---- */

/* The tuple of n handles, which stay the caller's. */
HPyAPI_INLINE_HELPER HPy HPyTuple_Pack(HPyContext *ctx, HPy_ssize_t n, ...)
{
    HPyTupleBuilder builder = HPyTupleBuilder_New(ctx, n);
    HPy_ssize_t i;
    va_list items;
    va_start(items, n);
    for (i = 0; i < n; i++)
        HPyTupleBuilder_Set(ctx, builder, i, va_arg(items, HPy));
    va_end(items);
    return HPyTupleBuilder_Build(ctx, builder);
}

/* `callable(*args)`. It does without HPy_Call, which some hosts have at another place. */
HPyAPI_INLINE_HELPER HPy _HPy_CallArray(HPyContext *ctx, HPy callable, HPy *args, HPy_ssize_t n)
{
    HPy result;
    HPy tuple = HPyTuple_FromArray(ctx, args, n);
    if (HPy_IsNull(tuple))
        return HPy_NULL;
    result = HPy_CallTupleDict(ctx, callable, tuple, HPy_NULL);
    HPy_Close(ctx, tuple);
    return result;
}

/* ---- Integers of C ---- */

HPyAPI_INLINE_HELPER HPy HPyLong_FromLong(HPyContext *ctx, long v)
{
    return HPyLong_FromInt64_t(ctx, (int64_t)v);
}

HPyAPI_INLINE_HELPER HPy HPyLong_FromUnsignedLong(HPyContext *ctx, unsigned long v)
{
    return HPyLong_FromUInt64_t(ctx, (uint64_t)v);
}

HPyAPI_INLINE_HELPER HPy HPyLong_FromLongLong(HPyContext *ctx, long long v)
{
    return HPyLong_FromInt64_t(ctx, (int64_t)v);
}

HPyAPI_INLINE_HELPER HPy HPyLong_FromUnsignedLongLong(HPyContext *ctx, unsigned long long v)
{
    return HPyLong_FromUInt64_t(ctx, (uint64_t)v);
}

HPyAPI_INLINE_HELPER long HPyLong_AsLong(HPyContext *ctx, HPy h)
{
    if (sizeof(long) == sizeof(int32_t))
        return (long)HPyLong_AsInt32_t(ctx, h);
    return (long)HPyLong_AsInt64_t(ctx, h);
}

HPyAPI_INLINE_HELPER unsigned long HPyLong_AsUnsignedLong(HPyContext *ctx, HPy h)
{
    if (sizeof(unsigned long) == sizeof(uint32_t))
        return (unsigned long)HPyLong_AsUInt32_t(ctx, h);
    return (unsigned long)HPyLong_AsUInt64_t(ctx, h);
}

HPyAPI_INLINE_HELPER unsigned long HPyLong_AsUnsignedLongMask(HPyContext *ctx, HPy h)
{
    if (sizeof(unsigned long) == sizeof(uint32_t))
        return (unsigned long)HPyLong_AsUInt32_tMask(ctx, h);
    return (unsigned long)HPyLong_AsUInt64_tMask(ctx, h);
}

HPyAPI_INLINE_HELPER long long HPyLong_AsLongLong(HPyContext *ctx, HPy h)
{
    return (long long)HPyLong_AsInt64_t(ctx, h);
}

HPyAPI_INLINE_HELPER unsigned long long HPyLong_AsUnsignedLongLong(HPyContext *ctx, HPy h)
{
    return (unsigned long long)HPyLong_AsUInt64_t(ctx, h);
}

HPyAPI_INLINE_HELPER unsigned long long HPyLong_AsUnsignedLongLongMask(HPyContext *ctx, HPy h)
{
    return (unsigned long long)HPyLong_AsUInt64_tMask(ctx, h);
}

/* `True` or `False`. */
HPyAPI_INLINE_HELPER HPy HPyBool_FromLong(HPyContext *ctx, long v)
{
    return HPyBool_FromBool(ctx, v != 0);
}

/* ---- Slices ---- */

/* Fits the numbers of a slice to a sequence of that length and returns how many items the slice has; `step` is not 0. */
HPyAPI_INLINE_HELPER HPy_ssize_t HPySlice_AdjustIndices(HPyContext *_HPy_UNUSED_ARG(ctx), HPy_ssize_t length,
                                                        HPy_ssize_t *start, HPy_ssize_t *stop, HPy_ssize_t step)
{
    /* A slice that goes up ends at `length`, one that goes down at -1. */
    const HPy_ssize_t lowest = step < 0 ? -1 : 0;
    const HPy_ssize_t highest = step < 0 ? length - 1 : length;
    HPy_ssize_t *ends[2];
    int i;
    ends[0] = start;
    ends[1] = stop;
    assert(step != 0 && step >= -HPY_SSIZE_T_MAX);
    for (i = 0; i < 2; i++) {
        if (*ends[i] < 0) {
            *ends[i] += length;
            if (*ends[i] < 0)
                *ends[i] = lowest;
        }
        else if (*ends[i] >= length) {
            *ends[i] = highest;
        }
    }
    if (step < 0)
        return *stop < *start ? (*start - *stop - 1) / -step + 1 : 0;
    return *start < *stop ? (*stop - *start - 1) / step + 1 : 0;
}

/* ---- Functions that HPy got after 0.9, made of those of 0.9: they run in every host ---- */

/* The function of module `builtins` of that name. */
HPyAPI_INLINE_HELPER HPy _HPy_Builtin(HPyContext *ctx, const char *utf8_name)
{
    return HPy_GetItem_s(ctx, ctx->h_Builtins, utf8_name);
}

/* `slice(start, stop, step)`; HPy_NULL stands for None. */
HPyAPI_INLINE_HELPER HPy HPySlice_New(HPyContext *ctx, HPy start, HPy stop, HPy step)
{
    HPy args[3];
    args[0] = HPy_IsNull(start) ? ctx->h_None : start;
    args[1] = HPy_IsNull(stop) ? ctx->h_None : stop;
    args[2] = HPy_IsNull(step) ? ctx->h_None : step;
    return _HPy_CallArray(ctx, ctx->h_SliceType, args, 3);
}

/* The slice of two numbers. */
HPyAPI_INLINE_HELPER HPy _HPySlice_OfNumbers(HPyContext *ctx, HPy_ssize_t start, HPy_ssize_t end)
{
    HPy slice = HPy_NULL;
    HPy h_start = HPyLong_FromSsize_t(ctx, start);
    HPy h_end = HPyLong_FromSsize_t(ctx, end);
    if (!HPy_IsNull(h_start) && !HPy_IsNull(h_end))
        slice = HPySlice_New(ctx, h_start, h_end, HPy_NULL);
    HPy_Close(ctx, h_start);
    HPy_Close(ctx, h_end);
    return slice;
}

/* `obj[start:end]`. */
HPyAPI_INLINE_HELPER HPy HPy_GetSlice(HPyContext *ctx, HPy obj, HPy_ssize_t start, HPy_ssize_t end)
{
    HPy result;
    HPy slice = _HPySlice_OfNumbers(ctx, start, end);
    if (HPy_IsNull(slice))
        return HPy_NULL;
    result = HPy_GetItem(ctx, obj, slice);
    HPy_Close(ctx, slice);
    return result;
}

/* `obj[start:end] = value`: 0, or -1 on errors. */
HPyAPI_INLINE_HELPER int HPy_SetSlice(HPyContext *ctx, HPy obj, HPy_ssize_t start, HPy_ssize_t end, HPy value)
{
    int status;
    HPy slice = _HPySlice_OfNumbers(ctx, start, end);
    if (HPy_IsNull(slice))
        return -1;
    status = HPy_SetItem(ctx, obj, slice, value);
    HPy_Close(ctx, slice);
    return status;
}

/* `del obj[start:end]`: 0, or -1 on errors. */
HPyAPI_INLINE_HELPER int HPy_DelSlice(HPyContext *ctx, HPy obj, HPy_ssize_t start, HPy_ssize_t end)
{
    int status;
    HPy slice = _HPySlice_OfNumbers(ctx, start, end);
    if (HPy_IsNull(slice))
        return -1;
    status = HPy_DelItem(ctx, obj, slice);
    HPy_Close(ctx, slice);
    return status;
}

/* `list.insert(h_list, index, h_item)`: 0, or -1 on errors. */
HPyAPI_INLINE_HELPER int HPyList_Insert(HPyContext *ctx, HPy h_list, HPy_ssize_t index, HPy h_item)
{
    HPy args[3], result = HPy_NULL;
    HPy insert = HPy_GetAttr_s(ctx, ctx->h_ListType, "insert");
    if (HPy_IsNull(insert))
        return -1;
    args[0] = h_list;
    args[1] = HPyLong_FromSsize_t(ctx, index);
    args[2] = h_item;
    if (!HPy_IsNull(args[1]))
        result = _HPy_CallArray(ctx, insert, args, 3);
    HPy_Close(ctx, args[1]);
    HPy_Close(ctx, insert);
    if (HPy_IsNull(result))
        return -1;
    HPy_Close(ctx, result);
    return 0;
}

/* `iter(obj)`. */
HPyAPI_INLINE_HELPER HPy HPy_GetIter(HPyContext *ctx, HPy obj)
{
    HPy result;
    HPy iter = _HPy_Builtin(ctx, "iter");
    if (HPy_IsNull(iter))
        return HPy_NULL;
    result = _HPy_CallArray(ctx, iter, &obj, 1);
    HPy_Close(ctx, iter);
    return result;
}

/* The next item of an iterator; HPy_NULL without an exception: there is none. */
HPyAPI_INLINE_HELPER HPy HPyIter_Next(HPyContext *ctx, HPy iterator)
{
    HPy result;
    HPy next = _HPy_Builtin(ctx, "next");
    if (HPy_IsNull(next))
        return HPy_NULL;
    result = _HPy_CallArray(ctx, next, &iterator, 1);
    HPy_Close(ctx, next);
    if (HPy_IsNull(result) && HPyErr_ExceptionMatches(ctx, ctx->h_StopIteration))
        HPyErr_Clear(ctx);
    return result;
}

/* Is it an iterator: has its type `__next__`? */
HPyAPI_INLINE_HELPER int HPyIter_Check(HPyContext *ctx, HPy obj)
{
    HPy type = HPy_Type(ctx, obj);
    int found = HPy_HasAttr_s(ctx, type, "__next__");
    HPy_Close(ctx, type);
    return found;
}

#endif /* HPY_INLINE_HELPERS_H */
