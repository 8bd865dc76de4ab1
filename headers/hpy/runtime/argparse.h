/* Arguments into variables of C: HPyArg_Parse, HPyArg_ParseKeywords, HPyArg_ParseKeywordsDict. They return 1, or 0 when an
 * exception was raised.
 *
 *     long a; double b = 0; HPy c; HPyTracker ht;
 *     static const char *names[] = {"a", "b", "c", NULL};
 *     if (!HPyArg_ParseKeywords(ctx, &ht, args, nargs, kwnames, "l|d$O:name", names, &a, &b, &c))
 *         return HPy_NULL;
 *     ...
 *     HPyTracker_Close(ctx, ht);
 *
 * | format  | variable                        |                                                              |
 * |---------|---------------------------------|--------------------------------------------------------------|
 * | b h i   | unsigned char, short, int       | an int, or OverflowError                                     |
 * | l L n   | long, long long, HPy_ssize_t    | an int, or OverflowError                                     |
 * | B H I   | unsigned char, short, int       | the lowest bits of an int                                    |
 * | k K     | unsigned long, long long        | the lowest bits of an int                                    |
 * | f d     | float, double                   | a float                                                      |
 * | p       | int                             | the truth of an object                                       |
 * | s       | const char *                    | the UTF-8 of a str without zeros, as long as the object lives |
 * | O       | HPy                             | an object; closed with the tracker where there are keywords  |
 * | \|      |                                 | what follows may be missing; its variables stay as they are  |
 * | $       |                                 | what follows can only be given by keyword, and may be missing |
 * | :name   |                                 | the name of the function, for messages                       |
 * | ;text   |                                 | the message instead of any other                             |
 *
 * The tracker is made even if nothing needs it, unless its address is NULL; after an error it is closed already.
 * An empty name in the list of keywords: the argument is positional only.
 */
#ifndef HPY_RUNTIME_ARGPARSE_H
#define HPY_RUNTIME_ARGPARSE_H

#include <limits.h>
#include <stdio.h>
#include <string.h>

/* What is being parsed. */
typedef struct {
    HPyContext *ctx;
    const char *where; /* what follows the units: ":name", ";text" or "" */
    HPyTracker *track; /* where handles are kept, or NULL */
} _HPyArgs;

/* Raises an exception about the arguments; 0. */
HPyAPI_HELPER int _HPyArgs_Fail(const _HPyArgs *args, HPy type, const char *message)
{
    char text[512];
    if (args->where[0] == ';')
        snprintf(text, sizeof(text), "%s", args->where + 1);
    else if (args->where[0] == ':')
        snprintf(text, sizeof(text), "%.200s() %.256s", args->where + 1, message);
    else
        snprintf(text, sizeof(text), "function %.256s", message);
    HPyErr_SetString(args->ctx, type, text);
    return 0;
}

/* An int within limits; 0 when an exception was raised. */
HPyAPI_HELPER int _HPyArgs_Long(const _HPyArgs *args, HPy h, long least, long most, const char *what, long *value)
{
    char message[80];
    *value = HPyLong_AsLong(args->ctx, h);
    if (*value == -1 && HPyErr_Occurred(args->ctx))
        return 0;
    if (*value >= least && *value <= most)
        return 1;
    snprintf(message, sizeof(message), "%s is %s", what,
             *value < least ? "less than minimum" : "greater than maximum");
    return _HPyArgs_Fail(args, args->ctx->h_OverflowError, message);
}

/* The UTF-8 of a str; 0 when an exception was raised. */
HPyAPI_HELPER int _HPyArgs_Text(const _HPyArgs *args, HPy h, const char **utf8)
{
    HPy_ssize_t size;
    if (!HPyUnicode_Check(args->ctx, h))
        return _HPyArgs_Fail(args, args->ctx->h_TypeError, "a str is required");
    *utf8 = HPyUnicode_AsUTF8AndSize(args->ctx, h, &size);
    if (*utf8 == NULL)
        return 0;
    if (memchr(*utf8, 0, (size_t)size) != NULL)
        return _HPyArgs_Fail(args, args->ctx->h_ValueError, "embedded null character");
    return 1;
}

/* Stores the lowest bits of an int; 0 when an exception was raised. */
HPyAPI_HELPER int _HPyArgs_Mask(const _HPyArgs *args, char unit, HPy h, void *variable)
{
    const uint64_t value = HPyLong_AsUInt64_tMask(args->ctx, h);
    if (value == (uint64_t)-1 && HPyErr_Occurred(args->ctx))
        return 0;
    switch (unit) {
    case 'B': *(unsigned char *)variable = (unsigned char)value; break;
    case 'H': *(unsigned short *)variable = (unsigned short)value; break;
    case 'I': *(unsigned *)variable = (unsigned)value; break;
    case 'k': *(unsigned long *)variable = (unsigned long)value; break;
    default: *(unsigned long long *)variable = (unsigned long long)value; break;
    }
    return 1;
}

/* Stores a number that must fit; 0 when an exception was raised. */
HPyAPI_HELPER int _HPyArgs_Number(const _HPyArgs *args, char unit, HPy h, void *variable)
{
    HPyContext *ctx = args->ctx;
    long value = 0;
    int failed = 0;
    switch (unit) {
    case 'b':
        failed = !_HPyArgs_Long(args, h, 0, UCHAR_MAX, "unsigned byte integer", &value);
        if (!failed)
            *(unsigned char *)variable = (unsigned char)value;
        break;
    case 'h':
        failed = !_HPyArgs_Long(args, h, SHRT_MIN, SHRT_MAX, "signed short integer", &value);
        if (!failed)
            *(short *)variable = (short)value;
        break;
    case 'i':
        failed = !_HPyArgs_Long(args, h, INT_MIN, INT_MAX, "signed integer", &value);
        if (!failed)
            *(int *)variable = (int)value;
        break;
    case 'l':
        *(long *)variable = HPyLong_AsLong(ctx, h);
        failed = *(long *)variable == -1 && HPyErr_Occurred(ctx);
        break;
    case 'L':
        *(long long *)variable = HPyLong_AsLongLong(ctx, h);
        failed = *(long long *)variable == -1 && HPyErr_Occurred(ctx);
        break;
    case 'n':
        *(HPy_ssize_t *)variable = HPyLong_AsSsize_t(ctx, h);
        failed = *(HPy_ssize_t *)variable == -1 && HPyErr_Occurred(ctx);
        break;
    case 'f':
        *(float *)variable = (float)HPyFloat_AsDouble(ctx, h);
        failed = *(float *)variable == -1.0f && HPyErr_Occurred(ctx);
        break;
    default:
        *(double *)variable = HPyFloat_AsDouble(ctx, h);
        failed = *(double *)variable == -1.0 && HPyErr_Occurred(ctx);
        break;
    }
    return !failed;
}

/* Stores an argument; HPy_NULL leaves the variable as it is. 0 when an exception was raised. */
HPyAPI_HELPER int _HPyArgs_Store(const _HPyArgs *args, char unit, HPy h, va_list *variables)
{
    void *variable;
    int truth;
    if (unit == 0 || strchr("bhilLnfdBHIkKpsO", unit) == NULL)
        return _HPyArgs_Fail(args, args->ctx->h_SystemError, "unknown arg format code");
    variable = va_arg(*variables, void *);
    if (HPy_IsNull(h))
        return 1;
    switch (unit) {
    case 'O':
        if (args->track != NULL) {
            h = HPy_Dup(args->ctx, h);
            if (HPyTracker_Add(args->ctx, *args->track, h) < 0)
                return 0;
        }
        *(HPy *)variable = h;
        return 1;
    case 'p':
        truth = HPy_IsTrue(args->ctx, h);
        if (truth < 0)
            return 0;
        *(int *)variable = truth != 0;
        return 1;
    case 's':
        return _HPyArgs_Text(args, h, (const char **)variable);
    case 'B':
    case 'H':
    case 'I':
    case 'k':
    case 'K':
        return _HPyArgs_Mask(args, unit, h, variable);
    default:
        return _HPyArgs_Number(args, unit, h, variable);
    }
}

/* Where the units end. */
HPyAPI_HELPER const char *_HPyArgs_End(const char *fmt)
{
    return fmt + strcspn(fmt, ":;");
}

/* The positional arguments of HPyArg_Parse. */
HPyAPI_HELPER int _HPyArgs_Positional(const _HPyArgs *args, const HPy *values, size_t n_values, const char *fmt,
                                      va_list *variables)
{
    int optional = 0;
    size_t i = 0;
    const char *at;
    for (at = fmt; at != args->where; at++) {
        if (*at == '|') {
            optional = 1;
            continue;
        }
        if (i >= n_values && !optional)
            return _HPyArgs_Fail(args, args->ctx->h_TypeError, "required positional argument missing");
        if (!_HPyArgs_Store(args, *at, i < n_values ? values[i] : HPy_NULL, variables))
            return 0;
        i++;
    }
    if (i < n_values)
        return _HPyArgs_Fail(args, args->ctx->h_TypeError, "mismatched args (too many arguments for fmt)");
    return 1;
}

/* Makes the tracker, if there is a place for it. */
HPyAPI_HELPER int _HPyArgs_Begin(HPyContext *ctx, HPyTracker *ht)
{
    if (ht == NULL)
        return 1;
    *ht = HPyTracker_New(ctx, 0);
    return !HPy_IsNull(*ht);
}

/* After an error: closes the tracker. */
HPyAPI_HELPER int _HPyArgs_Finish(HPyContext *ctx, HPyTracker *ht, int fine)
{
    if (!fine && ht != NULL)
        HPyTracker_Close(ctx, *ht);
    return fine;
}

/* Parses positional arguments. Handles are borrowed from `args`. */
HPyAPI_HELPER int HPyArg_Parse(HPyContext *ctx, HPyTracker *ht, const HPy *args, size_t nargs, const char *fmt, ...)
{
    _HPyArgs state;
    va_list variables;
    int fine;
    state.ctx = ctx;
    state.where = _HPyArgs_End(fmt);
    state.track = NULL;
    if (!_HPyArgs_Begin(ctx, ht))
        return 0;
    va_start(variables, fmt);
    fine = _HPyArgs_Positional(&state, args, nargs, fmt, &variables);
    va_end(variables);
    return _HPyArgs_Finish(ctx, ht, fine);
}

/* Keyword arguments: a tuple of names whose values follow the positional arguments, or a dict. */
typedef struct {
    HPy names;         /* the tuple, or HPy_NULL */
    const HPy *values; /* of the names */
    HPy dict;          /* the dict, or HPy_NULL */
    HPy_ssize_t n;     /* how many there are */
    HPy_ssize_t used;  /* how many were asked for */
} _HPyKeywords;

/* A new handle for the value of a keyword, or HPy_NULL; 0 when an exception was raised. */
HPyAPI_HELPER int _HPyKeywords_Find(HPyContext *ctx, _HPyKeywords *keywords, const char *name, HPy *value)
{
    HPy_ssize_t i;
    *value = HPy_NULL;
    if (keywords->n == 0 || name[0] == 0)
        return 1;
    if (!HPy_IsNull(keywords->dict)) {
        HPy key = HPyUnicode_FromString(ctx, name);
        int found = HPy_IsNull(key) ? -1 : HPy_Contains(ctx, keywords->dict, key);
        if (found > 0) {
            *value = HPy_GetItem(ctx, keywords->dict, key);
            found = HPy_IsNull(*value) ? -1 : 1;
            keywords->used++;
        }
        HPy_Close(ctx, key);
        return found >= 0;
    }
    for (i = 0; i < keywords->n; i++) {
        HPy key = HPy_GetItem_i(ctx, keywords->names, i);
        const char *utf8 = HPy_IsNull(key) ? NULL : HPyUnicode_AsUTF8AndSize(ctx, key, NULL);
        int found = utf8 == NULL ? -1 : strcmp(utf8, name) == 0;
        HPy_Close(ctx, key);
        if (found < 0)
            return 0;
        if (found) {
            *value = HPy_Dup(ctx, keywords->values[i]);
            keywords->used++;
            return 1;
        }
    }
    return 1;
}

/* The number of names, of which only the first may be empty; -1 when an exception was raised. */
HPyAPI_HELPER HPy_ssize_t _HPyArgs_CountNames(const _HPyArgs *args, const char *const names[])
{
    HPy_ssize_t n;
    for (n = 0; names[n] != NULL; n++) {
        if (n > 0 && names[n][0] == 0 && names[n - 1][0] != 0) {
            _HPyArgs_Fail(args, args->ctx->h_SystemError, "empty keyword parameter name");
            return -1;
        }
    }
    return n;
}

/* The value for parameter `i` (a new handle or HPy_NULL) and its storing; 0 when an exception was raised. */
HPyAPI_HELPER int _HPyArgs_StoreKeyword(const _HPyArgs *args, char unit, int optional, HPy positional, const char *name,
                                        _HPyKeywords *keywords, va_list *variables)
{
    HPyContext *ctx = args->ctx;
    HPy value;
    int fine;
    if (!HPy_IsNull(positional))
        return _HPyArgs_Store(args, unit, positional, variables);
    if (!_HPyKeywords_Find(ctx, keywords, name, &value))
        return 0;
    if (HPy_IsNull(value) && !optional)
        return _HPyArgs_Fail(args, ctx->h_TypeError, "no value for required argument");
    fine = _HPyArgs_Store(args, unit, value, variables);
    if (fine && unit == 's' && args->track != NULL && !HPy_IsNull(value))
        return HPyTracker_Add(ctx, *args->track, value) >= 0; /* The text is valid as long as its handle. */
    HPy_Close(ctx, value);
    return fine;
}

/* Arguments of functions with keywords. */
HPyAPI_HELPER int _HPyArgs_Keywords(const _HPyArgs *args, const HPy *values, HPy_ssize_t n_values,
                                    _HPyKeywords *keywords, const char *fmt, const char *const names[],
                                    va_list *variables)
{
    HPyContext *ctx = args->ctx;
    const HPy_ssize_t n_names = _HPyArgs_CountNames(args, names);
    HPy_ssize_t i = 0;
    int optional = 0, keyword_only = 0;
    const char *at;
    if (n_names < 0 || keywords->n < 0)
        return 0;
    for (at = fmt; at != args->where; at++) {
        if (*at == '|' || *at == '$') {
            optional = 1;
            keyword_only |= *at == '$';
            continue;
        }
        if (*at == 'O' && args->track == NULL)
            return _HPyArgs_Fail(args, ctx->h_SystemError,
                                 "HPyArg_ParseKeywords cannot use the format character 'O' unless an HPyTracker is "
                                 "provided. Please supply an HPyTracker.");
        if (i >= n_names)
            return _HPyArgs_Fail(args, ctx->h_TypeError, "mismatched args (too few keywords for fmt)");
        if (i < n_values && keyword_only)
            return _HPyArgs_Fail(args, ctx->h_TypeError, "keyword only argument passed as positional argument");
        if (!_HPyArgs_StoreKeyword(args, *at, optional, i < n_values ? values[i] : HPy_NULL, names[i], keywords,
                                   variables))
            return 0;
        i++;
    }
    if (i != n_names)
        return _HPyArgs_Fail(args, ctx->h_TypeError, "mismatched args (too many keywords for fmt)");
    if (n_values > i)
        return _HPyArgs_Fail(args, ctx->h_TypeError, "mismatched args (too many arguments for fmt)");
    if (keywords->used < keywords->n)
        return _HPyArgs_Fail(args, ctx->h_TypeError, "got an unexpected keyword argument");
    return 1;
}

/* Parses positional arguments and those of the names in tuple `kwnames`, which follow them in `args`. */
HPyAPI_HELPER int HPyArg_ParseKeywords(HPyContext *ctx, HPyTracker *ht, const HPy *args, size_t nargs, HPy kwnames,
                                       const char *fmt, const char *keywords[], ...)
{
    _HPyArgs state;
    _HPyKeywords given;
    va_list variables;
    int fine;
    state.ctx = ctx;
    state.where = _HPyArgs_End(fmt);
    state.track = ht;
    given.names = kwnames;
    given.values = args == NULL ? args : args + nargs;
    given.dict = HPy_NULL;
    given.used = 0;
    if (!_HPyArgs_Begin(ctx, ht))
        return 0;
    given.n = HPy_IsNull(kwnames) ? 0 : HPy_Length(ctx, kwnames);
    va_start(variables, keywords);
    fine = _HPyArgs_Keywords(&state, args, (HPy_ssize_t)nargs, &given, fmt, keywords, &variables);
    va_end(variables);
    return _HPyArgs_Finish(ctx, ht, fine);
}

/* Parses positional arguments and those in dict `kw`, as slots HPy_tp_new and HPy_tp_init get them. */
HPyAPI_HELPER int HPyArg_ParseKeywordsDict(HPyContext *ctx, HPyTracker *ht, const HPy *args, HPy_ssize_t nargs, HPy kw,
                                           const char *fmt, const char *keywords[], ...)
{
    _HPyArgs state;
    _HPyKeywords given;
    va_list variables;
    int fine;
    state.ctx = ctx;
    state.where = _HPyArgs_End(fmt);
    state.track = ht;
    given.names = HPy_NULL;
    given.values = NULL;
    given.dict = kw;
    given.used = 0;
    if (!_HPyArgs_Begin(ctx, ht))
        return 0;
    given.n = HPy_IsNull(kw) ? 0 : HPy_Length(ctx, kw);
    va_start(variables, keywords);
    fine = _HPyArgs_Keywords(&state, args, nargs, &given, fmt, keywords, &variables);
    va_end(variables);
    return _HPyArgs_Finish(ctx, ht, fine);
}

#endif /* HPY_RUNTIME_ARGPARSE_H */
