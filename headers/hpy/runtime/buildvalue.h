/* Objects from variables of C: HPy_BuildValue.
 *
 *     HPy_BuildValue(ctx, "(is)[d]{s:i}", 1, "a", 0.5, "k", 2)    # ((1, 'a'), [0.5], {'k': 2})
 *
 * | format        | argument                       |                                               |
 * |---------------|--------------------------------|-----------------------------------------------|
 * | i l L n       | int, long, long long, ssize_t  | an int                                        |
 * | I k K         | unsigned int, long, long long  | an int                                        |
 * | f d           | float, double                  | a float                                       |
 * | s             | const char *                   | a str, from UTF-8                             |
 * | O S           | HPy                            | the object; the handle stays the caller's     |
 * | (...)         |                                | a tuple                                       |
 * | [...]         |                                | a list                                        |
 * | {k:v, ...}    |                                | a dict                                        |
 *
 * An empty format gives None, one unit its object, several a tuple. Commas and spaces between units mean nothing, but in a
 * dict commas must stand between its items. HPy_NULL as an argument passes on the exception that it comes from.
 */
#ifndef HPY_RUNTIME_BUILDVALUE_H
#define HPY_RUNTIME_BUILDVALUE_H

#include <stdio.h>
#include <string.h>

/* What is being built. */
typedef struct {
    HPyContext *ctx;
    const char *at;
    va_list *values;
} _HPyBuild;

/* Raises a SystemError about the format; HPy_NULL. */
HPyAPI_HELPER HPy _HPyBuild_Fail(HPyContext *ctx, const char *what, char c)
{
    char message[128];
    snprintf(message, sizeof(message), "%s '%c' in the format string passed to HPy_BuildValue", what, c);
    HPyErr_SetString(ctx, ctx->h_SystemError, message);
    return HPy_NULL;
}

/* Has every bracket its partner? The outermost one without is reported. */
HPyAPI_HELPER int _HPyBuild_CheckBrackets(HPyContext *ctx, const char *fmt)
{
    static const char opening[] = "([{", closing[] = ")]}";
    char expected[64], outermost = 0;
    size_t depth = 0;
    for (; *fmt != 0; fmt++) {
        const char *found = strchr(opening, *fmt);
        if (found != NULL) {
            if (depth == 0)
                outermost = *fmt;
            if (depth == sizeof(expected)) {
                HPyErr_SetString(ctx, ctx->h_SystemError,
                                 "the format string passed to HPy_BuildValue is nested too deeply");
                return 0;
            }
            expected[depth++] = closing[found - opening];
        }
        else if (strchr(closing, *fmt) != NULL) {
            if (depth == 0 || expected[depth - 1] != *fmt) {
                _HPyBuild_Fail(ctx, "unmatched", depth == 0 ? *fmt : outermost);
                return 0;
            }
            depth--;
        }
    }
    if (depth > 0)
        _HPyBuild_Fail(ctx, "unmatched", outermost);
    return depth == 0;
}

/* The number of units up to the end of the format or the closing bracket. */
HPyAPI_HELPER HPy_ssize_t _HPyBuild_Count(const char *at)
{
    HPy_ssize_t n = 0;
    size_t depth = 0;
    for (; *at != 0; at++) {
        if (strchr(")]}", *at) != NULL) {
            if (depth == 0)
                return n;
            depth--;
        }
        else if (*at != ',' && *at != ' ') {
            n += depth == 0;
            depth += strchr("([{", *at) != NULL;
        }
    }
    return n;
}

HPyAPI_HELPER void _HPyBuild_SkipCommas(_HPyBuild *build)
{
    while (*build->at == ',' || *build->at == ' ')
        build->at++;
}

HPyAPI_HELPER HPy _HPyBuild_One(_HPyBuild *build);

/* A tuple of n units; the closing bracket is left. */
HPyAPI_HELPER HPy _HPyBuild_Tuple(_HPyBuild *build, HPy_ssize_t n)
{
    HPyTupleBuilder builder = HPyTupleBuilder_New(build->ctx, n);
    HPy_ssize_t i;
    for (i = 0; i < n; i++) {
        HPy item;
        _HPyBuild_SkipCommas(build);
        item = _HPyBuild_One(build);
        if (HPy_IsNull(item)) {
            HPyTupleBuilder_Cancel(build->ctx, builder);
            return HPy_NULL;
        }
        HPyTupleBuilder_Set(build->ctx, builder, i, item);
        HPy_Close(build->ctx, item);
    }
    _HPyBuild_SkipCommas(build);
    return HPyTupleBuilder_Build(build->ctx, builder);
}

/* A list of n units; the closing bracket is left. */
HPyAPI_HELPER HPy _HPyBuild_List(_HPyBuild *build, HPy_ssize_t n)
{
    HPyListBuilder builder = HPyListBuilder_New(build->ctx, n);
    HPy_ssize_t i;
    for (i = 0; i < n; i++) {
        HPy item;
        _HPyBuild_SkipCommas(build);
        item = _HPyBuild_One(build);
        if (HPy_IsNull(item)) {
            HPyListBuilder_Cancel(build->ctx, builder);
            return HPy_NULL;
        }
        HPyListBuilder_Set(build->ctx, builder, i, item);
        HPy_Close(build->ctx, item);
    }
    _HPyBuild_SkipCommas(build);
    return HPyListBuilder_Build(build->ctx, builder);
}

HPyAPI_HELPER void _HPyBuild_SkipSpaces(_HPyBuild *build)
{
    while (*build->at == ' ')
        build->at++;
}

/* Puts an item into a dict; 0 when an exception was raised. */
HPyAPI_HELPER int _HPyBuild_DictItem(_HPyBuild *build, HPy dict)
{
    HPyContext *ctx = build->ctx;
    HPy value = HPy_NULL;
    HPy key = _HPyBuild_One(build);
    int status = -1;
    if (HPy_IsNull(key))
        return 0;
    _HPyBuild_SkipSpaces(build);
    if (*build->at == ':') {
        build->at++;
        _HPyBuild_SkipSpaces(build);
        value = _HPyBuild_One(build);
    }
    else {
        _HPyBuild_Fail(ctx, "missing", ':');
    }
    if (!HPy_IsNull(value))
        status = HPy_SetItem(ctx, dict, key, value);
    HPy_Close(ctx, key);
    HPy_Close(ctx, value);
    return status == 0;
}

/* The items of a dict; the closing bracket is left. 0 when an exception was raised. */
HPyAPI_HELPER int _HPyBuild_DictItems(_HPyBuild *build, HPy dict)
{
    for (;;) {
        _HPyBuild_SkipSpaces(build);
        if (*build->at == '}')
            return 1;
        if (*build->at == ',') {
            _HPyBuild_Fail(build->ctx, "unexpected", ',');
            return 0;
        }
        if (!_HPyBuild_DictItem(build, dict))
            return 0;
        _HPyBuild_SkipSpaces(build);
        if (*build->at == ',') {
            build->at++;
        }
        else if (*build->at != '}') {
            _HPyBuild_Fail(build->ctx, "missing", ',');
            return 0;
        }
    }
}

HPyAPI_HELPER HPy _HPyBuild_Dict(_HPyBuild *build)
{
    HPy dict = HPyDict_New(build->ctx);
    if (HPy_IsNull(dict) || _HPyBuild_DictItems(build, dict))
        return dict;
    HPy_Close(build->ctx, dict);
    return HPy_NULL;
}

/* What stands in brackets; the opening one was read. */
HPyAPI_HELPER HPy _HPyBuild_Bracket(_HPyBuild *build, char bracket)
{
    HPy result;
    if (bracket == '(')
        result = _HPyBuild_Tuple(build, _HPyBuild_Count(build->at));
    else if (bracket == '[')
        result = _HPyBuild_List(build, _HPyBuild_Count(build->at));
    else
        result = _HPyBuild_Dict(build);
    if (!HPy_IsNull(result))
        build->at++;
    return result;
}

/* A new handle for the object of the next argument. */
HPyAPI_HELPER HPy _HPyBuild_Object(_HPyBuild *build)
{
    HPyContext *ctx = build->ctx;
    HPy h = va_arg(*build->values, HPy);
    if (!HPy_IsNull(h))
        return HPy_Dup(ctx, h);
    if (!HPyErr_Occurred(ctx))
        HPyErr_SetString(ctx, ctx->h_SystemError, "HPy_NULL object passed to HPy_BuildValue");
    return HPy_NULL;
}

/* A unit: a new handle, or HPy_NULL when an exception was raised. */
HPyAPI_HELPER HPy _HPyBuild_One(_HPyBuild *build)
{
    HPyContext *ctx = build->ctx;
    const char unit = *build->at++;
    switch (unit) {
    case '(':
    case '[':
    case '{':
        return _HPyBuild_Bracket(build, unit);
    case 'i':
        return HPyLong_FromLong(ctx, va_arg(*build->values, int));
    case 'I':
        return HPyLong_FromUnsignedLong(ctx, va_arg(*build->values, unsigned));
    case 'l':
        return HPyLong_FromLong(ctx, va_arg(*build->values, long));
    case 'k':
        return HPyLong_FromUnsignedLong(ctx, va_arg(*build->values, unsigned long));
    case 'L':
        return HPyLong_FromLongLong(ctx, va_arg(*build->values, long long));
    case 'K':
        return HPyLong_FromUnsignedLongLong(ctx, va_arg(*build->values, unsigned long long));
    case 'n':
        return HPyLong_FromSsize_t(ctx, va_arg(*build->values, HPy_ssize_t));
    case 'f': /* C passes a float as a double. */
    case 'd':
        return HPyFloat_FromDouble(ctx, va_arg(*build->values, double));
    case 's':
        return HPyUnicode_FromString(ctx, va_arg(*build->values, const char *));
    case 'O':
    case 'S':
        return _HPyBuild_Object(build);
    case 'N':
        HPyErr_SetString(ctx, ctx->h_SystemError,
                         "HPy_BuildValue does not support the 'N' formatting unit. Use 'O' and close the handle "
                         "yourself: functions of HPy never take handles over.");
        return HPy_NULL;
    default:
        return _HPyBuild_Fail(ctx, "bad format char", unit);
    }
}

/* Builds an object. */
HPyAPI_HELPER HPy HPy_BuildValue(HPyContext *ctx, const char *fmt, ...)
{
    _HPyBuild build;
    HPy result;
    HPy_ssize_t n;
    va_list values;
    if (!_HPyBuild_CheckBrackets(ctx, fmt))
        return HPy_NULL;
    va_start(values, fmt);
    build.ctx = ctx;
    build.at = fmt;
    build.values = &values;
    n = _HPyBuild_Count(fmt);
    _HPyBuild_SkipCommas(&build);
    if (n == 0)
        result = HPy_Dup(ctx, ctx->h_None);
    else if (n == 1)
        result = _HPyBuild_One(&build);
    else
        result = _HPyBuild_Tuple(&build, n);
    va_end(values);
    return result;
}

#endif /* HPY_RUNTIME_BUILDVALUE_H */
