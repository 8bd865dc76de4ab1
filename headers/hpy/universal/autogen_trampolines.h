/* The functions of HPy, which call those of the context. Made by `cargo xtask gen` from the tables in hpy-abi/src; edit those. */

#ifndef HPY_AUTOGEN_TRAMPOLINES_H
#define HPY_AUTOGEN_TRAMPOLINES_H

/* Another handle for the object of `h`; of `HPy_NULL` it is `HPy_NULL`. */
HPyAPI_FUNC HPy HPy_Dup(HPyContext *ctx, HPy h)
{
    HPy result;
    if (_HAFT_DONE(_Haft_dup(ctx, h, &result)))
        return result;
    return ctx->ctx_Dup(ctx, h);
}

/* Gives up a handle, which must not be used afterwards; `HPy_NULL` is fine. */
HPyAPI_FUNC void HPy_Close(HPyContext *ctx, HPy h)
{
    if (_HAFT_DONE(_Haft_close(ctx, h)))
        return;
    ctx->ctx_Close(ctx, h);
}

/* The `int` of that value. */
HPyAPI_FUNC HPy HPyLong_FromInt32_t(HPyContext *ctx, int32_t value)
{
    HPy result;
    if (_HAFT_DONE(_Haft_long_from_int32_t(ctx, value, &result)))
        return result;
    return ctx->ctx_Long_FromInt32_t(ctx, value);
}

/* The `int` of that value. */
HPyAPI_FUNC HPy HPyLong_FromUInt32_t(HPyContext *ctx, uint32_t value)
{
    HPy result;
    if (_HAFT_DONE(_Haft_long_from_uint32_t(ctx, value, &result)))
        return result;
    return ctx->ctx_Long_FromUInt32_t(ctx, value);
}

/* The `int` of that value. */
HPyAPI_FUNC HPy HPyLong_FromInt64_t(HPyContext *ctx, int64_t v)
{
    HPy result;
    if (_HAFT_DONE(_Haft_long_from_int64_t(ctx, v, &result)))
        return result;
    return ctx->ctx_Long_FromInt64_t(ctx, v);
}

/* The `int` of that value. */
HPyAPI_FUNC HPy HPyLong_FromUInt64_t(HPyContext *ctx, uint64_t v)
{
    HPy result;
    if (_HAFT_DONE(_Haft_long_from_uint64_t(ctx, v, &result)))
        return result;
    return ctx->ctx_Long_FromUInt64_t(ctx, v);
}

/* The `int` of that value. */
HPyAPI_FUNC HPy HPyLong_FromSize_t(HPyContext *ctx, size_t value)
{
    HPy result;
    if (_HAFT_DONE(_Haft_long_from_size_t(ctx, value, &result)))
        return result;
    return ctx->ctx_Long_FromSize_t(ctx, value);
}

/* The `int` of that value. */
HPyAPI_FUNC HPy HPyLong_FromSsize_t(HPyContext *ctx, HPy_ssize_t value)
{
    HPy result;
    if (_HAFT_DONE(_Haft_long_from_ssize_t(ctx, value, &result)))
        return result;
    return ctx->ctx_Long_FromSsize_t(ctx, value);
}

/* The value of an `int`, or of what has `__index__`; OverflowError if it does not fit. */
HPyAPI_FUNC int32_t HPyLong_AsInt32_t(HPyContext *ctx, HPy h)
{
    int32_t result;
    if (_HAFT_DONE(_Haft_long_as_int32_t(ctx, h, &result)))
        return result;
    return ctx->ctx_Long_AsInt32_t(ctx, h);
}

/* The value of an `int`; TypeError for anything else, OverflowError if it does not fit. */
HPyAPI_FUNC uint32_t HPyLong_AsUInt32_t(HPyContext *ctx, HPy h)
{
    uint32_t result;
    if (_HAFT_DONE(_Haft_long_as_uint32_t(ctx, h, &result)))
        return result;
    return ctx->ctx_Long_AsUInt32_t(ctx, h);
}

/* The lowest 32 bits of an `int`, or of what has `__index__`. */
HPyAPI_FUNC uint32_t HPyLong_AsUInt32_tMask(HPyContext *ctx, HPy h)
{
    return ctx->ctx_Long_AsUInt32_tMask(ctx, h);
}

/* The value of an `int`, or of what has `__index__`; OverflowError if it does not fit. */
HPyAPI_FUNC int64_t HPyLong_AsInt64_t(HPyContext *ctx, HPy h)
{
    int64_t result;
    if (_HAFT_DONE(_Haft_long_as_int64_t(ctx, h, &result)))
        return result;
    return ctx->ctx_Long_AsInt64_t(ctx, h);
}

/* The value of an `int`; TypeError for anything else, OverflowError if it does not fit. */
HPyAPI_FUNC uint64_t HPyLong_AsUInt64_t(HPyContext *ctx, HPy h)
{
    uint64_t result;
    if (_HAFT_DONE(_Haft_long_as_uint64_t(ctx, h, &result)))
        return result;
    return ctx->ctx_Long_AsUInt64_t(ctx, h);
}

/* The lowest 64 bits of an `int`, or of what has `__index__`. */
HPyAPI_FUNC uint64_t HPyLong_AsUInt64_tMask(HPyContext *ctx, HPy h)
{
    return ctx->ctx_Long_AsUInt64_tMask(ctx, h);
}

/* The value of an `int`; TypeError for anything else, OverflowError if it does not fit. */
HPyAPI_FUNC size_t HPyLong_AsSize_t(HPyContext *ctx, HPy h)
{
    size_t result;
    if (_HAFT_DONE(_Haft_long_as_size_t(ctx, h, &result)))
        return result;
    return ctx->ctx_Long_AsSize_t(ctx, h);
}

/* The value of an `int`; TypeError for anything else, OverflowError if it does not fit. */
HPyAPI_FUNC HPy_ssize_t HPyLong_AsSsize_t(HPyContext *ctx, HPy h)
{
    HPy_ssize_t result;
    if (_HAFT_DONE(_Haft_long_as_ssize_t(ctx, h, &result)))
        return result;
    return ctx->ctx_Long_AsSsize_t(ctx, h);
}

/* The pointer whose number an `int` is; OverflowError if there is none. */
HPyAPI_FUNC void *HPyLong_AsVoidPtr(HPyContext *ctx, HPy h)
{
    return ctx->ctx_Long_AsVoidPtr(ctx, h);
}

/* The nearest `double` of an `int`; TypeError for anything else, OverflowError if it is too large. */
HPyAPI_FUNC double HPyLong_AsDouble(HPyContext *ctx, HPy h)
{
    double result;
    if (_HAFT_DONE(_Haft_long_as_double(ctx, h, &result)))
        return result;
    return ctx->ctx_Long_AsDouble(ctx, h);
}

/* The `float` of that value. */
HPyAPI_FUNC HPy HPyFloat_FromDouble(HPyContext *ctx, double v)
{
    HPy result;
    if (_HAFT_DONE(_Haft_float_from_double(ctx, v, &result)))
        return result;
    return ctx->ctx_Float_FromDouble(ctx, v);
}

/* The value of a `float`, or of what has `__float__` or `__index__`. */
HPyAPI_FUNC double HPyFloat_AsDouble(HPyContext *ctx, HPy h)
{
    double result;
    if (_HAFT_DONE(_Haft_float_as_double(ctx, h, &result)))
        return result;
    return ctx->ctx_Float_AsDouble(ctx, h);
}

/* `True` or `False`. */
HPyAPI_FUNC HPy HPyBool_FromBool(HPyContext *ctx, bool v)
{
    HPy result;
    if (_HAFT_DONE(_Haft_bool_from_bool(ctx, v, &result)))
        return result;
    return ctx->ctx_Bool_FromBool(ctx, v);
}

/* `len(h)`. */
HPyAPI_FUNC HPy_ssize_t HPy_Length(HPyContext *ctx, HPy h)
{
    HPy_ssize_t result;
    if (_HAFT_DONE(_Haft_length(ctx, h, &result)))
        return result;
    return ctx->ctx_Length(ctx, h);
}

/* Has the object `__index__`, `__int__` or `__float__`, or is it a `complex`? */
HPyAPI_FUNC int HPyNumber_Check(HPyContext *ctx, HPy h)
{
    return ctx->ctx_Number_Check(ctx, h);
}

/* `h1 + h2`. */
HPyAPI_FUNC HPy HPy_Add(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_Add(ctx, h1, h2);
}

/* `h1 - h2`. */
HPyAPI_FUNC HPy HPy_Subtract(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_Subtract(ctx, h1, h2);
}

/* `h1 * h2`. */
HPyAPI_FUNC HPy HPy_Multiply(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_Multiply(ctx, h1, h2);
}

/* `h1 @ h2`. */
HPyAPI_FUNC HPy HPy_MatrixMultiply(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_MatrixMultiply(ctx, h1, h2);
}

/* `h1 // h2`. */
HPyAPI_FUNC HPy HPy_FloorDivide(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_FloorDivide(ctx, h1, h2);
}

/* `h1 / h2`. */
HPyAPI_FUNC HPy HPy_TrueDivide(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_TrueDivide(ctx, h1, h2);
}

/* `h1 % h2`. */
HPyAPI_FUNC HPy HPy_Remainder(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_Remainder(ctx, h1, h2);
}

/* `divmod(h1, h2)`. */
HPyAPI_FUNC HPy HPy_Divmod(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_Divmod(ctx, h1, h2);
}

/* `pow(h1, h2, h3)`; `None` as `h3` stands for its absence. */
HPyAPI_FUNC HPy HPy_Power(HPyContext *ctx, HPy h1, HPy h2, HPy h3)
{
    return ctx->ctx_Power(ctx, h1, h2, h3);
}

/* `-h1`. */
HPyAPI_FUNC HPy HPy_Negative(HPyContext *ctx, HPy h1)
{
    return ctx->ctx_Negative(ctx, h1);
}

/* `+h1`. */
HPyAPI_FUNC HPy HPy_Positive(HPyContext *ctx, HPy h1)
{
    return ctx->ctx_Positive(ctx, h1);
}

/* `abs(h1)`. */
HPyAPI_FUNC HPy HPy_Absolute(HPyContext *ctx, HPy h1)
{
    return ctx->ctx_Absolute(ctx, h1);
}

/* `~h1`. */
HPyAPI_FUNC HPy HPy_Invert(HPyContext *ctx, HPy h1)
{
    return ctx->ctx_Invert(ctx, h1);
}

/* `h1 << h2`. */
HPyAPI_FUNC HPy HPy_Lshift(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_Lshift(ctx, h1, h2);
}

/* `h1 >> h2`. */
HPyAPI_FUNC HPy HPy_Rshift(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_Rshift(ctx, h1, h2);
}

/* `h1 & h2`. */
HPyAPI_FUNC HPy HPy_And(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_And(ctx, h1, h2);
}

/* `h1 ^ h2`. */
HPyAPI_FUNC HPy HPy_Xor(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_Xor(ctx, h1, h2);
}

/* `h1 | h2`. */
HPyAPI_FUNC HPy HPy_Or(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_Or(ctx, h1, h2);
}

/* `operator.index(h1)`. */
HPyAPI_FUNC HPy HPy_Index(HPyContext *ctx, HPy h1)
{
    return ctx->ctx_Index(ctx, h1);
}

/* `int(h1)`. */
HPyAPI_FUNC HPy HPy_Long(HPyContext *ctx, HPy h1)
{
    return ctx->ctx_Long(ctx, h1);
}

/* `float(h1)`. */
HPyAPI_FUNC HPy HPy_Float(HPyContext *ctx, HPy h1)
{
    return ctx->ctx_Float(ctx, h1);
}

/* What `h1 += h2` leaves in `h1`. */
HPyAPI_FUNC HPy HPy_InPlaceAdd(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_InPlaceAdd(ctx, h1, h2);
}

/* What `h1 -= h2` leaves in `h1`. */
HPyAPI_FUNC HPy HPy_InPlaceSubtract(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_InPlaceSubtract(ctx, h1, h2);
}

/* What `h1 *= h2` leaves in `h1`. */
HPyAPI_FUNC HPy HPy_InPlaceMultiply(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_InPlaceMultiply(ctx, h1, h2);
}

/* What `h1 @= h2` leaves in `h1`. */
HPyAPI_FUNC HPy HPy_InPlaceMatrixMultiply(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_InPlaceMatrixMultiply(ctx, h1, h2);
}

/* What `h1 //= h2` leaves in `h1`. */
HPyAPI_FUNC HPy HPy_InPlaceFloorDivide(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_InPlaceFloorDivide(ctx, h1, h2);
}

/* What `h1 /= h2` leaves in `h1`. */
HPyAPI_FUNC HPy HPy_InPlaceTrueDivide(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_InPlaceTrueDivide(ctx, h1, h2);
}

/* What `h1 %= h2` leaves in `h1`. */
HPyAPI_FUNC HPy HPy_InPlaceRemainder(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_InPlaceRemainder(ctx, h1, h2);
}

/* What `h1 **= h2` leaves in `h1`; `h3` is a modulus or `None`. */
HPyAPI_FUNC HPy HPy_InPlacePower(HPyContext *ctx, HPy h1, HPy h2, HPy h3)
{
    return ctx->ctx_InPlacePower(ctx, h1, h2, h3);
}

/* What `h1 <<= h2` leaves in `h1`. */
HPyAPI_FUNC HPy HPy_InPlaceLshift(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_InPlaceLshift(ctx, h1, h2);
}

/* What `h1 >>= h2` leaves in `h1`. */
HPyAPI_FUNC HPy HPy_InPlaceRshift(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_InPlaceRshift(ctx, h1, h2);
}

/* What `h1 &= h2` leaves in `h1`. */
HPyAPI_FUNC HPy HPy_InPlaceAnd(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_InPlaceAnd(ctx, h1, h2);
}

/* What `h1 ^= h2` leaves in `h1`. */
HPyAPI_FUNC HPy HPy_InPlaceXor(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_InPlaceXor(ctx, h1, h2);
}

/* What `h1 |= h2` leaves in `h1`. */
HPyAPI_FUNC HPy HPy_InPlaceOr(HPyContext *ctx, HPy h1, HPy h2)
{
    return ctx->ctx_InPlaceOr(ctx, h1, h2);
}

/* `callable(h)`. */
HPyAPI_FUNC int HPyCallable_Check(HPyContext *ctx, HPy h)
{
    return ctx->ctx_Callable_Check(ctx, h);
}

/* `callable(*args, **kw)`, with a tuple and a dict or nulls. */
HPyAPI_FUNC HPy HPy_CallTupleDict(HPyContext *ctx, HPy callable, HPy args, HPy kw)
{
    return ctx->ctx_CallTupleDict(ctx, callable, args, kw);
}

/* Raises `h_type(utf8_message)`. */
HPyAPI_FUNC HPy HPyErr_SetString(HPyContext *ctx, HPy h_type, const char *utf8_message)
{
    ctx->ctx_Err_SetString(ctx, h_type, utf8_message);
    return HPy_NULL;
}

/* Raises `h_type` with a value, which may be the exception itself or its arguments. */
HPyAPI_FUNC HPy HPyErr_SetObject(HPyContext *ctx, HPy h_type, HPy h_value)
{
    ctx->ctx_Err_SetObject(ctx, h_type, h_value);
    return HPy_NULL;
}

/* Raises `h_type(errno, strerror(errno), filename)`. */
HPyAPI_FUNC HPy HPyErr_SetFromErrnoWithFilename(HPyContext *ctx, HPy h_type, const char *filename_fsencoded)
{
    return ctx->ctx_Err_SetFromErrnoWithFilename(ctx, h_type, filename_fsencoded);
}

/* Raises `h_type(errno, strerror(errno), filename1, filename2)`, less the file names that are null. */
HPyAPI_FUNC HPy HPyErr_SetFromErrnoWithFilenameObjects(HPyContext *ctx, HPy h_type, HPy filename1, HPy filename2)
{
    ctx->ctx_Err_SetFromErrnoWithFilenameObjects(ctx, h_type, filename1, filename2);
    return HPy_NULL;
}

/* Is an exception being raised? */
HPyAPI_FUNC int HPyErr_Occurred(HPyContext *ctx)
{
    int result;
    if (_HAFT_DONE(_Haft_err_occurred(ctx, &result)))
        return result;
    return ctx->ctx_Err_Occurred(ctx);
}

/* Is the exception being raised an instance of the class `exc`, or of one in the tuple `exc`? */
HPyAPI_FUNC int HPyErr_ExceptionMatches(HPyContext *ctx, HPy exc)
{
    return ctx->ctx_Err_ExceptionMatches(ctx, exc);
}

/* Raises MemoryError. */
HPyAPI_FUNC HPy HPyErr_NoMemory(HPyContext *ctx)
{
    ctx->ctx_Err_NoMemory(ctx);
    return HPy_NULL;
}

/* Forgets the exception being raised, if there is one. */
HPyAPI_FUNC void HPyErr_Clear(HPyContext *ctx)
{
    ctx->ctx_Err_Clear(ctx);
}

/* A new exception class `module.name` with a base or a tuple of bases (null: Exception) and the entries of a dict. */
HPyAPI_FUNC HPy HPyErr_NewException(HPyContext *ctx, const char *utf8_name, HPy base, HPy dict)
{
    return ctx->ctx_Err_NewException(ctx, utf8_name, base, dict);
}

/* The same, with a docstring. */
HPyAPI_FUNC HPy HPyErr_NewExceptionWithDoc(HPyContext *ctx, const char *utf8_name, const char *utf8_doc, HPy base, HPy dict)
{
    return ctx->ctx_Err_NewExceptionWithDoc(ctx, utf8_name, utf8_doc, base, dict);
}

/* `warnings.warn(message, category, stack_level)`; null as the category: RuntimeWarning. */
HPyAPI_FUNC int HPyErr_WarnEx(HPyContext *ctx, HPy category, const char *utf8_message, HPy_ssize_t stack_level)
{
    return ctx->ctx_Err_WarnEx(ctx, category, utf8_message, stack_level);
}

/* Reports the exception being raised as one that `obj` cannot pass on, and forgets it. */
HPyAPI_FUNC void HPyErr_WriteUnraisable(HPyContext *ctx, HPy obj)
{
    ctx->ctx_Err_WriteUnraisable(ctx, obj);
}

/* `bool(h)`. */
HPyAPI_FUNC int HPy_IsTrue(HPyContext *ctx, HPy h)
{
    int result;
    if (_HAFT_DONE(_Haft_is_true(ctx, h, &result)))
        return result;
    return ctx->ctx_IsTrue(ctx, h);
}

/* A new type from its description. */
HPyAPI_FUNC HPy HPyType_FromSpec(HPyContext *ctx, HPyType_Spec *spec, HPyType_SpecParam *params)
{
    return ctx->ctx_Type_FromSpec(ctx, spec, params);
}

/* A new instance of the type, its native structure all zero; the arguments do not matter. */
HPyAPI_FUNC HPy HPyType_GenericNew(HPyContext *ctx, HPy type, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    return ctx->ctx_Type_GenericNew(ctx, type, args, nargs, kw);
}

/* `getattr(obj, name)`. */
HPyAPI_FUNC HPy HPy_GetAttr(HPyContext *ctx, HPy obj, HPy name)
{
    return ctx->ctx_GetAttr(ctx, obj, name);
}

/* `getattr(obj, name)`. */
HPyAPI_FUNC HPy HPy_GetAttr_s(HPyContext *ctx, HPy obj, const char *utf8_name)
{
    return ctx->ctx_GetAttr_s(ctx, obj, utf8_name);
}

/* `hasattr(obj, name)`; an exception of any kind means no. */
HPyAPI_FUNC int HPy_HasAttr(HPyContext *ctx, HPy obj, HPy name)
{
    return ctx->ctx_HasAttr(ctx, obj, name);
}

/* `hasattr(obj, name)`; an exception of any kind means no. */
HPyAPI_FUNC int HPy_HasAttr_s(HPyContext *ctx, HPy obj, const char *utf8_name)
{
    return ctx->ctx_HasAttr_s(ctx, obj, utf8_name);
}

/* `setattr(obj, name, value)`; null as the value deletes the attribute. */
HPyAPI_FUNC int HPy_SetAttr(HPyContext *ctx, HPy obj, HPy name, HPy value)
{
    return ctx->ctx_SetAttr(ctx, obj, name, value);
}

/* `setattr(obj, name, value)`; null as the value deletes the attribute. */
HPyAPI_FUNC int HPy_SetAttr_s(HPyContext *ctx, HPy obj, const char *utf8_name, HPy value)
{
    return ctx->ctx_SetAttr_s(ctx, obj, utf8_name, value);
}

/* `obj[key]`. */
HPyAPI_FUNC HPy HPy_GetItem(HPyContext *ctx, HPy obj, HPy key)
{
    return ctx->ctx_GetItem(ctx, obj, key);
}

/* `obj[idx]`. */
HPyAPI_FUNC HPy HPy_GetItem_i(HPyContext *ctx, HPy obj, HPy_ssize_t idx)
{
    HPy result;
    if (_HAFT_DONE(_Haft_get_item_i(ctx, obj, idx, &result)))
        return result;
    return ctx->ctx_GetItem_i(ctx, obj, idx);
}

/* `obj[key]`. */
HPyAPI_FUNC HPy HPy_GetItem_s(HPyContext *ctx, HPy obj, const char *utf8_key)
{
    return ctx->ctx_GetItem_s(ctx, obj, utf8_key);
}

/* `key in container`. */
HPyAPI_FUNC int HPy_Contains(HPyContext *ctx, HPy container, HPy key)
{
    return ctx->ctx_Contains(ctx, container, key);
}

/* `obj[key] = value`. */
HPyAPI_FUNC int HPy_SetItem(HPyContext *ctx, HPy obj, HPy key, HPy value)
{
    return ctx->ctx_SetItem(ctx, obj, key, value);
}

/* `obj[idx] = value`. */
HPyAPI_FUNC int HPy_SetItem_i(HPyContext *ctx, HPy obj, HPy_ssize_t idx, HPy value)
{
    return ctx->ctx_SetItem_i(ctx, obj, idx, value);
}

/* `obj[key] = value`. */
HPyAPI_FUNC int HPy_SetItem_s(HPyContext *ctx, HPy obj, const char *utf8_key, HPy value)
{
    return ctx->ctx_SetItem_s(ctx, obj, utf8_key, value);
}

/* `type(obj)`. */
HPyAPI_FUNC HPy HPy_Type(HPyContext *ctx, HPy obj)
{
    return ctx->ctx_Type(ctx, obj);
}

/* Is `type` in the MRO of `type(obj)`? */
HPyAPI_FUNC int HPy_TypeCheck(HPyContext *ctx, HPy obj, HPy type)
{
    return ctx->ctx_TypeCheck(ctx, obj, type);
}

/* `obj is other`. */
HPyAPI_FUNC int HPy_Is(HPyContext *ctx, HPy obj, HPy other)
{
    int result;
    if (_HAFT_DONE(_Haft_is(ctx, obj, other, &result)))
        return result;
    return ctx->ctx_Is(ctx, obj, other);
}

/* The native structure of an instance whose type has shape Object. */
HPyAPI_FUNC void *_HPy_AsStruct_Object(HPyContext *ctx, HPy h)
{
    void *result;
    if (_HAFT_DONE(_Haft_as_struct_object(ctx, h, &result)))
        return result;
    return ctx->ctx_AsStruct_Object(ctx, h);
}

/* The structure of an instance of a legacy type, which universal modules do not have. */
HPyAPI_FUNC void *_HPy_AsStruct_Legacy(HPyContext *ctx, HPy h)
{
    return ctx->ctx_AsStruct_Legacy(ctx, h);
}

/* `repr(obj)`. */
HPyAPI_FUNC HPy HPy_Repr(HPyContext *ctx, HPy obj)
{
    return ctx->ctx_Repr(ctx, obj);
}

/* `str(obj)`. */
HPyAPI_FUNC HPy HPy_Str(HPyContext *ctx, HPy obj)
{
    return ctx->ctx_Str(ctx, obj);
}

/* `ascii(obj)`. */
HPyAPI_FUNC HPy HPy_ASCII(HPyContext *ctx, HPy obj)
{
    return ctx->ctx_ASCII(ctx, obj);
}

/* `bytes(obj)`. */
HPyAPI_FUNC HPy HPy_Bytes(HPyContext *ctx, HPy obj)
{
    return ctx->ctx_Bytes(ctx, obj);
}

/* `v < w`, or another comparison. */
HPyAPI_FUNC HPy HPy_RichCompare(HPyContext *ctx, HPy v, HPy w, int op)
{
    return ctx->ctx_RichCompare(ctx, v, w, op);
}

/* The truth of a comparison; what is identical counts as equal. */
HPyAPI_FUNC int HPy_RichCompareBool(HPyContext *ctx, HPy v, HPy w, int op)
{
    return ctx->ctx_RichCompareBool(ctx, v, w, op);
}

/* `hash(obj)`. */
HPyAPI_FUNC HPy_hash_t HPy_Hash(HPyContext *ctx, HPy obj)
{
    return ctx->ctx_Hash(ctx, obj);
}

/* `isinstance(h, bytes)`. */
HPyAPI_FUNC int HPyBytes_Check(HPyContext *ctx, HPy h)
{
    return ctx->ctx_Bytes_Check(ctx, h);
}

/* The number of bytes; TypeError for what is not `bytes`. */
HPyAPI_FUNC HPy_ssize_t HPyBytes_Size(HPyContext *ctx, HPy h)
{
    return ctx->ctx_Bytes_Size(ctx, h);
}

/* The number of bytes of what is known to be `bytes`. */
HPyAPI_FUNC HPy_ssize_t HPyBytes_GET_SIZE(HPyContext *ctx, HPy h)
{
    return ctx->ctx_Bytes_GET_SIZE(ctx, h);
}

/* The bytes, with a zero after them, valid as long as the handle; TypeError for what is not `bytes`. */
HPyAPI_FUNC const char *HPyBytes_AsString(HPyContext *ctx, HPy h)
{
    return ctx->ctx_Bytes_AsString(ctx, h);
}

/* The bytes of what is known to be `bytes`. */
HPyAPI_FUNC const char *HPyBytes_AS_STRING(HPyContext *ctx, HPy h)
{
    return ctx->ctx_Bytes_AS_STRING(ctx, h);
}

/* The `bytes` of a string in C, up to its zero. */
HPyAPI_FUNC HPy HPyBytes_FromString(HPyContext *ctx, const char *bytes)
{
    return ctx->ctx_Bytes_FromString(ctx, bytes);
}

/* The `bytes` of a memory area; a null area is a ValueError, a negative size a SystemError. */
HPyAPI_FUNC HPy HPyBytes_FromStringAndSize(HPyContext *ctx, const char *bytes, HPy_ssize_t len)
{
    return ctx->ctx_Bytes_FromStringAndSize(ctx, bytes, len);
}

/* The `str` of a string in UTF-8. */
HPyAPI_FUNC HPy HPyUnicode_FromString(HPyContext *ctx, const char *utf8)
{
    return ctx->ctx_Unicode_FromString(ctx, utf8);
}

/* `isinstance(h, str)`. */
HPyAPI_FUNC int HPyUnicode_Check(HPyContext *ctx, HPy h)
{
    return ctx->ctx_Unicode_Check(ctx, h);
}

/* `h.encode('ascii')`. */
HPyAPI_FUNC HPy HPyUnicode_AsASCIIString(HPyContext *ctx, HPy h)
{
    return ctx->ctx_Unicode_AsASCIIString(ctx, h);
}

/* `h.encode('latin-1')`. */
HPyAPI_FUNC HPy HPyUnicode_AsLatin1String(HPyContext *ctx, HPy h)
{
    return ctx->ctx_Unicode_AsLatin1String(ctx, h);
}

/* `h.encode('utf-8')`. */
HPyAPI_FUNC HPy HPyUnicode_AsUTF8String(HPyContext *ctx, HPy h)
{
    return ctx->ctx_Unicode_AsUTF8String(ctx, h);
}

/* The UTF-8 of a `str`, with a zero after it, valid as long as the handle, and its length. */
HPyAPI_FUNC const char *HPyUnicode_AsUTF8AndSize(HPyContext *ctx, HPy h, HPy_ssize_t *size)
{
    return ctx->ctx_Unicode_AsUTF8AndSize(ctx, h, size);
}

/* The `str` of `size` wide characters; -1: up to the zero. */
HPyAPI_FUNC HPy HPyUnicode_FromWideChar(HPyContext *ctx, const wchar_t *w, HPy_ssize_t size)
{
    return ctx->ctx_Unicode_FromWideChar(ctx, w, size);
}

/* `os.fsdecode` of a string in C. */
HPyAPI_FUNC HPy HPyUnicode_DecodeFSDefault(HPyContext *ctx, const char *v)
{
    return ctx->ctx_Unicode_DecodeFSDefault(ctx, v);
}

/* `os.fsdecode` of a memory area. */
HPyAPI_FUNC HPy HPyUnicode_DecodeFSDefaultAndSize(HPyContext *ctx, const char *v, HPy_ssize_t size)
{
    return ctx->ctx_Unicode_DecodeFSDefaultAndSize(ctx, v, size);
}

/* `os.fsencode(h)`. */
HPyAPI_FUNC HPy HPyUnicode_EncodeFSDefault(HPyContext *ctx, HPy h)
{
    return ctx->ctx_Unicode_EncodeFSDefault(ctx, h);
}

/* The code point at an index; IndexError if there is none. */
HPyAPI_FUNC HPy_UCS4 HPyUnicode_ReadChar(HPyContext *ctx, HPy h, HPy_ssize_t index)
{
    return ctx->ctx_Unicode_ReadChar(ctx, h, index);
}

/* `bytes.decode('ascii', errors)`. */
HPyAPI_FUNC HPy HPyUnicode_DecodeASCII(HPyContext *ctx, const char *ascii, HPy_ssize_t size, const char *errors)
{
    return ctx->ctx_Unicode_DecodeASCII(ctx, ascii, size, errors);
}

/* `bytes.decode('latin-1', errors)`. */
HPyAPI_FUNC HPy HPyUnicode_DecodeLatin1(HPyContext *ctx, const char *latin1, HPy_ssize_t size, const char *errors)
{
    return ctx->ctx_Unicode_DecodeLatin1(ctx, latin1, size, errors);
}

/* `isinstance(h, list)`. */
HPyAPI_FUNC int HPyList_Check(HPyContext *ctx, HPy h)
{
    return ctx->ctx_List_Check(ctx, h);
}

/* A new list of `len` items, all `None`: nearly always 0, with `HPyList_Append` or a builder. */
HPyAPI_FUNC HPy HPyList_New(HPyContext *ctx, HPy_ssize_t len)
{
    return ctx->ctx_List_New(ctx, len);
}

/* `h_list.append(h_item)`. */
HPyAPI_FUNC int HPyList_Append(HPyContext *ctx, HPy h_list, HPy h_item)
{
    return ctx->ctx_List_Append(ctx, h_list, h_item);
}

/* `isinstance(h, dict)`. */
HPyAPI_FUNC int HPyDict_Check(HPyContext *ctx, HPy h)
{
    return ctx->ctx_Dict_Check(ctx, h);
}

/* `{}`. */
HPyAPI_FUNC HPy HPyDict_New(HPyContext *ctx)
{
    return ctx->ctx_Dict_New(ctx);
}

/* `isinstance(h, tuple)`. */
HPyAPI_FUNC int HPyTuple_Check(HPyContext *ctx, HPy h)
{
    return ctx->ctx_Tuple_Check(ctx, h);
}

/* The tuple of the objects in an array of handles, which stay the caller's. */
HPyAPI_FUNC HPy HPyTuple_FromArray(HPyContext *ctx, HPy items[], HPy_ssize_t n)
{
    return ctx->ctx_Tuple_FromArray(ctx, items, n);
}

/* The module `name`, the innermost one when there are dots. */
HPyAPI_FUNC HPy HPyImport_ImportModule(HPyContext *ctx, const char *utf8_name)
{
    return ctx->ctx_Import_ImportModule(ctx, utf8_name);
}

/* How the trampolines that a module carries for CPython reach its functions. */
HPyAPI_FUNC void _HPy_CallRealFunctionFromTrampoline(HPyContext *ctx, HPyFunc_Signature sig, HPyCFunction func, void *args)
{
    ctx->ctx_CallRealFunctionFromTrampoline(ctx, sig, func, args);
}

/* Starts a list of `size` items; failure shows when it is built. */
HPyAPI_FUNC HPyListBuilder HPyListBuilder_New(HPyContext *ctx, HPy_ssize_t size)
{
    return ctx->ctx_ListBuilder_New(ctx, size);
}

/* Sets an item, once. */
HPyAPI_FUNC void HPyListBuilder_Set(HPyContext *ctx, HPyListBuilder builder, HPy_ssize_t index, HPy h_item)
{
    if (_HAFT_DONE(_Haft_list_builder_set(ctx, builder, index, h_item)))
        return;
    ctx->ctx_ListBuilder_Set(ctx, builder, index, h_item);
}

/* The list; the builder is used up. */
HPyAPI_FUNC HPy HPyListBuilder_Build(HPyContext *ctx, HPyListBuilder builder)
{
    HPy result;
    if (_HAFT_DONE(_Haft_list_builder_build(ctx, builder, &result)))
        return result;
    return ctx->ctx_ListBuilder_Build(ctx, builder);
}

/* Uses up a builder without a list. */
HPyAPI_FUNC void HPyListBuilder_Cancel(HPyContext *ctx, HPyListBuilder builder)
{
    ctx->ctx_ListBuilder_Cancel(ctx, builder);
}

/* Starts a tuple of `size` items; failure shows when it is built. */
HPyAPI_FUNC HPyTupleBuilder HPyTupleBuilder_New(HPyContext *ctx, HPy_ssize_t size)
{
    return ctx->ctx_TupleBuilder_New(ctx, size);
}

/* Sets an item, once. */
HPyAPI_FUNC void HPyTupleBuilder_Set(HPyContext *ctx, HPyTupleBuilder builder, HPy_ssize_t index, HPy h_item)
{
    if (_HAFT_DONE(_Haft_tuple_builder_set(ctx, builder, index, h_item)))
        return;
    ctx->ctx_TupleBuilder_Set(ctx, builder, index, h_item);
}

/* The tuple; the builder is used up. */
HPyAPI_FUNC HPy HPyTupleBuilder_Build(HPyContext *ctx, HPyTupleBuilder builder)
{
    HPy result;
    if (_HAFT_DONE(_Haft_tuple_builder_build(ctx, builder, &result)))
        return result;
    return ctx->ctx_TupleBuilder_Build(ctx, builder);
}

/* Uses up a builder without a tuple. */
HPyAPI_FUNC void HPyTupleBuilder_Cancel(HPyContext *ctx, HPyTupleBuilder builder)
{
    ctx->ctx_TupleBuilder_Cancel(ctx, builder);
}

/* A list of handles to close together, with room for `size` of them at first. */
HPyAPI_FUNC HPyTracker HPyTracker_New(HPyContext *ctx, HPy_ssize_t size)
{
    return ctx->ctx_Tracker_New(ctx, size);
}

/* Adds a handle; the tracker owns it even on failure. */
HPyAPI_FUNC int HPyTracker_Add(HPyContext *ctx, HPyTracker ht, HPy h)
{
    return ctx->ctx_Tracker_Add(ctx, ht, h);
}

/* Gives the handles back to the caller. */
HPyAPI_FUNC void HPyTracker_ForgetAll(HPyContext *ctx, HPyTracker ht)
{
    ctx->ctx_Tracker_ForgetAll(ctx, ht);
}

/* Closes the handles and the tracker. */
HPyAPI_FUNC void HPyTracker_Close(HPyContext *ctx, HPyTracker ht)
{
    ctx->ctx_Tracker_Close(ctx, ht);
}

/* Makes a field in the native structure of `target_object` refer to an object, or to none. */
HPyAPI_FUNC void HPyField_Store(HPyContext *ctx, HPy target_object, HPyField *target_field, HPy h)
{
    ctx->ctx_Field_Store(ctx, target_object, target_field, h);
}

/* A handle for what a field refers to. */
HPyAPI_FUNC HPy HPyField_Load(HPyContext *ctx, HPy source_object, HPyField source_field)
{
    HPy result;
    if (_HAFT_DONE(_Haft_field_load(ctx, source_object, source_field, &result)))
        return result;
    return ctx->ctx_Field_Load(ctx, source_object, source_field);
}

/* Takes the lock of the interpreter again. */
HPyAPI_FUNC void HPy_ReenterPythonExecution(HPyContext *ctx, HPyThreadState state)
{
    ctx->ctx_ReenterPythonExecution(ctx, state);
}

/* Lets other threads run Python; until the lock is taken again no other function may be called. */
HPyAPI_FUNC HPyThreadState HPy_LeavePythonExecution(HPyContext *ctx)
{
    return ctx->ctx_LeavePythonExecution(ctx);
}

/* Makes a global C variable refer to an object, one per interpreter. */
HPyAPI_FUNC void HPyGlobal_Store(HPyContext *ctx, HPyGlobal *global, HPy h)
{
    ctx->ctx_Global_Store(ctx, global, h);
}

/* A handle for what a global C variable refers to. */
HPyAPI_FUNC HPy HPyGlobal_Load(HPyContext *ctx, HPyGlobal global)
{
    return ctx->ctx_Global_Load(ctx, global);
}

/* Prints what is known of an object to the standard error stream. */
HPyAPI_FUNC void _HPy_Dump(HPyContext *ctx, HPy h)
{
    ctx->ctx_Dump(ctx, h);
}

/* The native structure of an instance whose type has shape Type. */
HPyAPI_FUNC void *_HPy_AsStruct_Type(HPyContext *ctx, HPy h)
{
    return ctx->ctx_AsStruct_Type(ctx, h);
}

/* The native structure of an instance whose type has shape Long. */
HPyAPI_FUNC void *_HPy_AsStruct_Long(HPyContext *ctx, HPy h)
{
    return ctx->ctx_AsStruct_Long(ctx, h);
}

/* The native structure of an instance whose type has shape Float. */
HPyAPI_FUNC void *_HPy_AsStruct_Float(HPyContext *ctx, HPy h)
{
    return ctx->ctx_AsStruct_Float(ctx, h);
}

/* The native structure of an instance whose type has shape Unicode. */
HPyAPI_FUNC void *_HPy_AsStruct_Unicode(HPyContext *ctx, HPy h)
{
    return ctx->ctx_AsStruct_Unicode(ctx, h);
}

/* The native structure of an instance whose type has shape Tuple. */
HPyAPI_FUNC void *_HPy_AsStruct_Tuple(HPyContext *ctx, HPy h)
{
    return ctx->ctx_AsStruct_Tuple(ctx, h);
}

/* The native structure of an instance whose type has shape List. */
HPyAPI_FUNC void *_HPy_AsStruct_List(HPyContext *ctx, HPy h)
{
    return ctx->ctx_AsStruct_List(ctx, h);
}

/* The shape that a type was made with, or that its base has. */
HPyAPI_FUNC HPyType_BuiltinShape _HPyType_GetBuiltinShape(HPyContext *ctx, HPy h_type)
{
    return ctx->ctx_Type_GetBuiltinShape(ctx, h_type);
}

/* `del obj[key]`. */
HPyAPI_FUNC int HPy_DelItem(HPyContext *ctx, HPy obj, HPy key)
{
    return ctx->ctx_DelItem(ctx, obj, key);
}

/* `del obj[idx]`. */
HPyAPI_FUNC int HPy_DelItem_i(HPyContext *ctx, HPy obj, HPy_ssize_t idx)
{
    return ctx->ctx_DelItem_i(ctx, obj, idx);
}

/* `del obj[key]`. */
HPyAPI_FUNC int HPy_DelItem_s(HPyContext *ctx, HPy obj, const char *utf8_key)
{
    return ctx->ctx_DelItem_s(ctx, obj, utf8_key);
}

/* A capsule around a pointer, which must not be null; the name is kept by address. */
HPyAPI_FUNC HPy HPyCapsule_New(HPyContext *ctx, void *pointer, const char *utf8_name, HPyCapsule_Destructor *destructor)
{
    return ctx->ctx_Capsule_New(ctx, pointer, utf8_name, destructor);
}

/* Is it a capsule of that name? */
HPyAPI_FUNC int HPyCapsule_IsValid(HPyContext *ctx, HPy capsule, const char *utf8_name)
{
    return ctx->ctx_Capsule_IsValid(ctx, capsule, utf8_name);
}

/* `compile(source, filename, 'eval' or 'exec' or 'single')`. */
HPyAPI_FUNC HPy HPy_Compile_s(HPyContext *ctx, const char *utf8_source, const char *utf8_filename, HPy_SourceKind kind)
{
    return ctx->ctx_Compile_s(ctx, utf8_source, utf8_filename, kind);
}

/* `eval(code, globals, locals)`. */
HPyAPI_FUNC HPy HPy_EvalCode(HPyContext *ctx, HPy code, HPy globals, HPy locals)
{
    return ctx->ctx_EvalCode(ctx, code, globals, locals);
}

/* `contextvars.ContextVar(name, default=default_value)`. */
HPyAPI_FUNC HPy HPyContextVar_New(HPyContext *ctx, const char *name, HPy default_value)
{
    return ctx->ctx_ContextVar_New(ctx, name, default_value);
}

/* The value of a context variable, else `default_value`, else its own default, else null. */
HPyAPI_FUNC int32_t HPyContextVar_Get(HPyContext *ctx, HPy context_var, HPy default_value, HPy *result)
{
    return ctx->ctx_ContextVar_Get(ctx, context_var, default_value, result);
}

/* Sets a context variable and returns the token that restores it. */
HPyAPI_FUNC HPy HPyContextVar_Set(HPyContext *ctx, HPy context_var, HPy value)
{
    return ctx->ctx_ContextVar_Set(ctx, context_var, value);
}

/* `type.__name__` in UTF-8, valid as long as the handle. */
HPyAPI_FUNC const char *HPyType_GetName(HPyContext *ctx, HPy type)
{
    return ctx->ctx_Type_GetName(ctx, type);
}

/* Is `type` in the MRO of `sub`? */
HPyAPI_FUNC int HPyType_IsSubtype(HPyContext *ctx, HPy sub, HPy type)
{
    return ctx->ctx_Type_IsSubtype(ctx, sub, type);
}

/* `str(obj, encoding, errors)` of what gives bytes. */
HPyAPI_FUNC HPy HPyUnicode_FromEncodedObject(HPyContext *ctx, HPy obj, const char *encoding, const char *errors)
{
    return ctx->ctx_Unicode_FromEncodedObject(ctx, obj, encoding, errors);
}

/* `str[start:end]`; a negative index is an IndexError. */
HPyAPI_FUNC HPy HPyUnicode_Substring(HPyContext *ctx, HPy str, HPy_ssize_t start, HPy_ssize_t end)
{
    return ctx->ctx_Unicode_Substring(ctx, str, start, end);
}

/* `list(dict.keys(h))`. */
HPyAPI_FUNC HPy HPyDict_Keys(HPyContext *ctx, HPy h)
{
    return ctx->ctx_Dict_Keys(ctx, h);
}

/* `dict.copy(h)`. */
HPyAPI_FUNC HPy HPyDict_Copy(HPyContext *ctx, HPy h)
{
    return ctx->ctx_Dict_Copy(ctx, h);
}

/* The three numbers of a slice; out of range is cut, `None` replaced, a step of 0 is a ValueError. */
HPyAPI_FUNC int HPySlice_Unpack(HPyContext *ctx, HPy slice, HPy_ssize_t *start, HPy_ssize_t *stop, HPy_ssize_t *step)
{
    return ctx->ctx_Slice_Unpack(ctx, slice, start, stop, step);
}

/* Makes calls of this one instance go to a function; its type must have `HPy_tp_call`. */
HPyAPI_FUNC int HPy_SetCallFunction(HPyContext *ctx, HPy h, HPyCallFunction *func)
{
    return ctx->ctx_SetCallFunction(ctx, h, func);
}

/* `callable(...)`: `nargs` positional arguments, then one for each name in the tuple `kwnames`. */
HPyAPI_FUNC HPy HPy_Call(HPyContext *ctx, HPy callable, const HPy *args, size_t nargs, HPy kwnames)
{
    return ctx->ctx_Call(ctx, callable, args, nargs, kwnames);
}

/* `args[0].name(...)`; `nargs` counts the receiver. */
HPyAPI_FUNC HPy HPy_CallMethod(HPyContext *ctx, HPy name, const HPy *args, size_t nargs, HPy kwnames)
{
    return ctx->ctx_CallMethod(ctx, name, args, nargs, kwnames);
}

#endif /* HPY_AUTOGEN_TRAMPOLINES_H */
