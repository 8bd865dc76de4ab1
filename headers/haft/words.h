/* Words: what a module does itself where handles are value words.
 *
 * In Haft a handle is the word of its value: small integers, most doubles and constants are in the word itself. A context
 * says by a mark that its host's words are of the kind described in autogen_words.h; then most conversions are a shift here
 * and no call. Every other context (of another host, of debug and trace mode, of a later kind of words) has no such mark,
 * and its functions are called: the same binary runs everywhere, and does the same. `-DHAFT_NO_WORDS` leaves this out.
 *
 * Each function here does what the function of the context of the same name does and says whether it could. What is not
 * the usual case (large integers, wrong types, a second open handle) is left to the context. docs/src/words.md has more.
 */
#ifndef HAFT_WORDS_H
#define HAFT_WORDS_H

#if UINTPTR_MAX != 0xffffffffffffffff && !defined(HAFT_NO_WORDS)
#  define HAFT_NO_WORDS
#endif

#ifdef HAFT_NO_WORDS
#  define _HAFT_DONE(call) 0
#else

#include <string.h>
#include "autogen_words.h"

/* Could it be done here? The usual case is that it could. */
#ifdef __GNUC__
#  define _HAFT_DONE(call) __builtin_expect(call, 1)
#else
#  define _HAFT_DONE(call) (call)
#endif

/* Where the host keeps its state. */
typedef struct {
    HPy *last;         /* the object whose handle was opened last, else none */
    const HPy *raised; /* the exception, or null */
} _HaftPlaces;

/* Are the words of the context of this kind? */
HPyAPI_FUNC bool _Haft_Marked(HPyContext *ctx)
{
    return *(const uint32_t *)(const void *)((const char *)ctx + _HAFT_MARK_OFFSET) == _HAFT_MARK;
}

HPyAPI_FUNC const _HaftPlaces *_Haft_Places(HPyContext *ctx) { return (const _HaftPlaces *)ctx->_private; }

HPyAPI_FUNC bool _Haft_IsObject(HPy h) { return h._i != 0 && ((uint64_t)h._i & _HAFT_OBJECT_MASK) == 0; }

HPyAPI_FUNC bool _Haft_IsInt(HPy h) { return ((uint64_t)h._i & _HAFT_INT_MASK) == _HAFT_INT_TAG; }

/* The integer in the word of one. */
HPyAPI_FUNC int64_t _Haft_Int(HPy h) { return (int64_t)h._i >> _HAFT_INT_SHIFT; }

/* ---- Handles ---- */

HPyAPI_FUNC bool _Haft_dup(HPyContext *ctx, HPy h, HPy *result)
{
    HPy *last;
    if (!_HAFT_DONE(_Haft_Marked(ctx)))
        return false;
    *result = h;
    if (_HAFT_DONE(_Haft_IsObject(h))) {
        last = _Haft_Places(ctx)->last;
        if (!_HAFT_DONE(last->_i == _HAFT_NONE))
            return false;
        *last = h;
    }
    return true;
}

HPyAPI_FUNC bool _Haft_close(HPyContext *ctx, HPy h)
{
    HPy *last;
    if (!_HAFT_DONE(_Haft_Marked(ctx)))
        return false;
    last = _Haft_Places(ctx)->last;
    if (_HAFT_DONE(last->_i == h._i)) {
        last->_i = _HAFT_NONE;
        return true;
    }
    return !_Haft_IsObject(h);
}

HPyAPI_FUNC bool _Haft_field_load(HPyContext *ctx, HPy source, HPyField field, HPy *result)
{
    (void)source;
    return _Haft_dup(ctx, _hconv(field._i), result);
}

/* ---- Integers ---- */

HPyAPI_FUNC bool _Haft_long_from_int64_t(HPyContext *ctx, int64_t value, HPy *result)
{
    uint64_t shifted = (uint64_t)value << _HAFT_INT_SHIFT;
    *result = _hconv((intptr_t)(shifted | _HAFT_INT_TAG));
    return (int64_t)shifted >> _HAFT_INT_SHIFT == value && _Haft_Marked(ctx);
}

HPyAPI_FUNC bool _Haft_long_from_uint64_t(HPyContext *ctx, uint64_t value, HPy *result)
{
    return value <= INT64_MAX && _Haft_long_from_int64_t(ctx, (int64_t)value, result);
}

HPyAPI_FUNC bool _Haft_long_from_int32_t(HPyContext *ctx, int32_t value, HPy *result)
{
    return _Haft_long_from_int64_t(ctx, value, result);
}

HPyAPI_FUNC bool _Haft_long_from_uint32_t(HPyContext *ctx, uint32_t value, HPy *result)
{
    return _Haft_long_from_int64_t(ctx, value, result);
}

HPyAPI_FUNC bool _Haft_long_from_size_t(HPyContext *ctx, size_t value, HPy *result)
{
    return _Haft_long_from_uint64_t(ctx, value, result);
}

HPyAPI_FUNC bool _Haft_long_from_ssize_t(HPyContext *ctx, HPy_ssize_t value, HPy *result)
{
    return _Haft_long_from_int64_t(ctx, value, result);
}

HPyAPI_FUNC bool _Haft_long_as_int64_t(HPyContext *ctx, HPy h, int64_t *result)
{
    *result = _Haft_Int(h);
    return _Haft_IsInt(h) && _Haft_Marked(ctx);
}

#define _HAFT_LONG_AS(NAME, TYPE)                                                               \
    HPyAPI_FUNC bool _Haft_long_as_##NAME(HPyContext *ctx, HPy h, TYPE *result)                 \
    {                                                                                           \
        int64_t value = _Haft_Int(h);                                                           \
        *result = (TYPE)value;                                                                  \
        return (int64_t)*result == value && (value >= 0 || (TYPE)-1 < (TYPE)1)                  \
            && _Haft_IsInt(h) && _Haft_Marked(ctx);                                             \
    }
_HAFT_LONG_AS(int32_t, int32_t)
_HAFT_LONG_AS(uint32_t, uint32_t)
_HAFT_LONG_AS(uint64_t, uint64_t)
_HAFT_LONG_AS(size_t, size_t)
_HAFT_LONG_AS(ssize_t, HPy_ssize_t)
#undef _HAFT_LONG_AS

HPyAPI_FUNC bool _Haft_long_as_double(HPyContext *ctx, HPy h, double *result)
{
    *result = (double)_Haft_Int(h);
    return _Haft_IsInt(h) && _Haft_Marked(ctx);
}

/* ---- Doubles ---- */

HPyAPI_FUNC bool _Haft_IsDouble(uint64_t word) { return ((_HAFT_FLOAT_TAGS >> (word & _HAFT_OBJECT_MASK)) & 1) != 0; }

HPyAPI_FUNC bool _Haft_float_from_double(HPyContext *ctx, double value, HPy *result)
{
    uint64_t bits, word;
    memcpy(&bits, &value, sizeof bits);
    word = ((bits << _HAFT_FLOAT_ROTATION) | (bits >> (64 - _HAFT_FLOAT_ROTATION))) + _HAFT_FLOAT_BIAS;
    *result = _hconv((intptr_t)word);
    return _Haft_IsDouble(word) && _Haft_Marked(ctx);
}

HPyAPI_FUNC bool _Haft_float_as_double(HPyContext *ctx, HPy h, double *result)
{
    uint64_t word = (uint64_t)h._i;
    if (!_Haft_IsDouble(word))
        return _Haft_long_as_double(ctx, h, result);
    word -= _HAFT_FLOAT_BIAS;
    word = (word >> _HAFT_FLOAT_ROTATION) | (word << (64 - _HAFT_FLOAT_ROTATION));
    memcpy(result, &word, sizeof word);
    return _Haft_Marked(ctx);
}

/* ---- Truth and identity ---- */

HPyAPI_FUNC bool _Haft_bool_from_bool(HPyContext *ctx, bool value, HPy *result)
{
    *result = _hconv(value ? _HAFT_TRUE : _HAFT_FALSE);
    return _Haft_Marked(ctx);
}

HPyAPI_FUNC bool _Haft_is_true(HPyContext *ctx, HPy h, int *result)
{
    bool is_int = _Haft_IsInt(h);
    *result = is_int ? _Haft_Int(h) != 0 : h._i == _HAFT_TRUE;
    return (is_int || h._i == _HAFT_TRUE || h._i == _HAFT_FALSE) && _Haft_Marked(ctx);
}

HPyAPI_FUNC bool _Haft_is(HPyContext *ctx, HPy obj, HPy other, int *result)
{
    *result = obj._i == other._i;
    return _Haft_Marked(ctx);
}

/* ---- Lists and tuples ---- */

/* The word at so many bytes from the start of an object. */
HPyAPI_FUNC uint64_t _Haft_Word(intptr_t object, int offset)
{
    uint64_t word;
    memcpy(&word, (const char *)object + offset, sizeof word);
    return word;
}

/* Is it an object of exactly the class with that shape? */
HPyAPI_FUNC bool _Haft_HasShape(HPy h, uint32_t shape)
{
    return _Haft_IsObject(h) && (uint32_t)_Haft_Word(h._i, 0) == shape;
}

/* Its items and their number, or null. */
HPyAPI_FUNC HPy *_Haft_Items(HPy h, uint64_t *len)
{
    if (_Haft_HasShape(h, _HAFT_LIST_SHAPE)) {
        HPy array = _hconv((intptr_t)_Haft_Word(h._i, _HAFT_LIST_ARRAY));
        *len = _Haft_Word(h._i, _HAFT_LIST_LEN) >> _HAFT_INT_SHIFT;
        return _Haft_IsObject(array) ? (HPy *)((char *)array._i + _HAFT_ITEMS) : NULL;
    }
    if (_Haft_HasShape(h, _HAFT_TUPLE_SHAPE)) {
        *len = _Haft_Word(h._i, _HAFT_TUPLE_LEN);
        return (HPy *)((char *)h._i + _HAFT_ITEMS);
    }
    return NULL;
}

HPyAPI_FUNC bool _Haft_length(HPyContext *ctx, HPy h, HPy_ssize_t *result)
{
    uint64_t len;
    if (!_Haft_Marked(ctx) || _Haft_Items(h, &len) == NULL)
        return false;
    *result = (HPy_ssize_t)len;
    return true;
}

HPyAPI_FUNC bool _Haft_get_item_i(HPyContext *ctx, HPy obj, HPy_ssize_t idx, HPy *result)
{
    uint64_t len;
    HPy *items;
    if (!_Haft_Marked(ctx))
        return false;
    items = _Haft_Items(obj, &len);
    return items != NULL && (uint64_t)idx < len && _Haft_dup(ctx, items[idx], result);
}

/* Puts an item into a list or tuple that is being built, where the collector need not hear of it. */
HPyAPI_FUNC bool _Haft_Put(HPyContext *ctx, HPy built, uint32_t shape, HPy_ssize_t index, HPy item)
{
    uint64_t len;
    HPy *items;
    unsigned gc;
    if (!_Haft_Marked(ctx) || !_Haft_HasShape(built, shape))
        return false;
    items = _Haft_Items(built, &len);
    if (items == NULL || (uint64_t)index >= len || HPy_IsNull(item))
        return false;
    /* The object that the items lie in: the array of a list, or the tuple. */
    gc = ((const unsigned char *)items - _HAFT_ITEMS)[_HAFT_GC];
    if ((gc & _HAFT_GC_MASK) == _HAFT_GC_OLD)
        return false;
    items[index] = item;
    return true;
}

HPyAPI_FUNC bool _Haft_list_builder_set(HPyContext *ctx, HPyListBuilder builder, HPy_ssize_t index, HPy item)
{
    return _Haft_Put(ctx, _hconv(builder._lst), _HAFT_LIST_SHAPE, index, item);
}

HPyAPI_FUNC bool _Haft_tuple_builder_set(HPyContext *ctx, HPyTupleBuilder builder, HPy_ssize_t index, HPy item)
{
    return _Haft_Put(ctx, _hconv(builder._tup), _HAFT_TUPLE_SHAPE, index, item);
}

HPyAPI_FUNC bool _Haft_list_builder_build(HPyContext *ctx, HPyListBuilder builder, HPy *result)
{
    *result = _hconv(builder._lst);
    return builder._lst != 0 && _Haft_Marked(ctx);
}

HPyAPI_FUNC bool _Haft_tuple_builder_build(HPyContext *ctx, HPyTupleBuilder builder, HPy *result)
{
    *result = _hconv(builder._tup);
    return builder._tup != 0 && _Haft_Marked(ctx);
}

/* ---- Errors and native structures ---- */

HPyAPI_FUNC bool _Haft_err_occurred(HPyContext *ctx, int *result)
{
    if (!_Haft_Marked(ctx))
        return false;
    *result = _Haft_Places(ctx)->raised->_i != 0;
    return true;
}

HPyAPI_FUNC bool _Haft_as_struct_object(HPyContext *ctx, HPy h, void **result)
{
    *result = (char *)h._i + _HAFT_OBJECT_STRUCT;
    return _Haft_Marked(ctx);
}

#endif /* HAFT_NO_WORDS */
#endif /* HAFT_WORDS_H */
