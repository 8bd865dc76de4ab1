/* Texts from formats: HPyUnicode_FromFormat, HPyErr_Format.
 *
 *     %[0][width][.precision]unit
 *
 * | unit                   | argument                 |                                                             |
 * |------------------------|--------------------------|-------------------------------------------------------------|
 * | %%                     |                          | a per cent sign                                             |
 * | %c                     | int                      | the character of that code point                            |
 * | %d %i %u %x            | int, unsigned            | as printf; also with l, ll, and z before d, i, u            |
 * | %p                     | void *                   | an address, 0x...                                           |
 * | %s                     | const char *             | UTF-8                                                       |
 * | %U                     | HPy                      | a str                                                       |
 * | %V                     | HPy, const char *        | a str, or UTF-8 when it is HPy_NULL                         |
 * | %S %R %A               | HPy                      | str(), repr(), ascii() of an object                         |
 *
 * Width is in characters, filled up with spaces on the left, or with zeros before the digits of a number (`0`). Precision
 * is the least number of digits of a number, the largest number of characters of the text of a handle, and of bytes of a
 * text in UTF-8. What a unit does not support is a SystemError.
 */
#ifndef HPY_RUNTIME_FORMAT_H
#define HPY_RUNTIME_FORMAT_H

#include <stdio.h>
#include <string.h>

/* A text that grows. */
typedef struct {
    char *bytes;
    size_t length;
    size_t room;
    int no_memory;
} _HPyText;

/* A unit, parsed. */
typedef struct {
    int zeros;
    HPy_ssize_t width;     /* -1: not given */
    HPy_ssize_t precision; /* -1: not given */
    char size;             /* 'l', 'L' for ll, 'z', or 0 */
    char unit;
} _HPyUnit;

/* Makes room for n more bytes and a zero; false when there is no memory. */
HPyAPI_HELPER int _HPyText_Reserve(_HPyText *text, size_t n)
{
    size_t room = text->length + n + 1;
    char *bytes;
    if (text->no_memory)
        return 0;
    if (room <= text->room)
        return 1;
    room += room / 2;
    bytes = (char *)realloc(text->bytes, room);
    if (bytes == NULL) {
        text->no_memory = 1;
        return 0;
    }
    text->bytes = bytes;
    text->room = room;
    return 1;
}

HPyAPI_HELPER void _HPyText_Add(_HPyText *text, const char *bytes, size_t n)
{
    if (!_HPyText_Reserve(text, n))
        return;
    memcpy(text->bytes + text->length, bytes, n);
    text->length += n;
}

HPyAPI_HELPER void _HPyText_Fill(_HPyText *text, char c, HPy_ssize_t n)
{
    if (n <= 0 || !_HPyText_Reserve(text, (size_t)n))
        return;
    memset(text->bytes + text->length, c, (size_t)n);
    text->length += (size_t)n;
}

/* The character of a code point, in UTF-8. */
HPyAPI_HELPER void _HPyText_AddChar(_HPyText *text, unsigned c)
{
    char bytes[4];
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    size_t i;
    if (n == 1) {
        bytes[0] = (char)c;
    }
    else {
        for (i = n - 1; i > 0; i--) {
            bytes[i] = (char)(0x80 | (c & 0x3f));
            c >>= 6;
        }
        bytes[0] = (char)((0xf00 >> n) | c);
    }
    _HPyText_Add(text, bytes, n);
}

/* Digits, perhaps after a minus sign, with the unit's width and precision. */
HPyAPI_HELPER void _HPyText_AddNumber(_HPyText *text, const _HPyUnit *unit, const char *number)
{
    const int negative = number[0] == '-';
    const char *digits = number + negative;
    const HPy_ssize_t n_digits = (HPy_ssize_t)strlen(digits);
    const HPy_ssize_t n_zeros = unit->precision > n_digits ? unit->precision - n_digits : 0;
    const HPy_ssize_t n_fill = unit->width - negative - n_zeros - n_digits;
    if (!unit->zeros)
        _HPyText_Fill(text, ' ', n_fill);
    if (negative)
        _HPyText_Add(text, "-", 1);
    if (unit->zeros)
        _HPyText_Fill(text, '0', n_fill);
    _HPyText_Fill(text, '0', n_zeros);
    _HPyText_Add(text, digits, (size_t)n_digits);
}

/* The number of the next argument. */
HPyAPI_HELPER void _HPyText_AddInteger(_HPyText *text, const _HPyUnit *unit, va_list *values)
{
    char number[24]; /* The longest number of 64 bits has 20 digits and a sign. */
    if (unit->unit == 'x') {
        snprintf(number, sizeof(number), "%x", va_arg(*values, unsigned));
    }
    else if (unit->unit == 'u') {
        unsigned long long value;
        if (unit->size == 'l')
            value = va_arg(*values, unsigned long);
        else if (unit->size == 'L')
            value = va_arg(*values, unsigned long long);
        else if (unit->size == 'z')
            value = va_arg(*values, size_t);
        else
            value = va_arg(*values, unsigned);
        snprintf(number, sizeof(number), "%llu", value);
    }
    else {
        long long value;
        if (unit->size == 'l')
            value = va_arg(*values, long);
        else if (unit->size == 'L')
            value = va_arg(*values, long long);
        else if (unit->size == 'z')
            value = va_arg(*values, HPy_ssize_t);
        else
            value = va_arg(*values, int);
        snprintf(number, sizeof(number), "%lld", value);
    }
    _HPyText_AddNumber(text, unit, number);
}

/* Bytes of UTF-8, of which `precision` counts. A character is never cut. */
HPyAPI_HELPER void _HPyText_AddBytes(_HPyText *text, const _HPyUnit *unit, const char *utf8)
{
    size_t n = strlen(utf8);
    if (unit->precision >= 0 && (size_t)unit->precision < n) {
        n = (size_t)unit->precision;
        while (n > 0 && (utf8[n] & 0xc0) == 0x80)
            n--;
    }
    _HPyText_Fill(text, ' ', unit->width - (HPy_ssize_t)n);
    _HPyText_Add(text, utf8, n);
}

/* A str, of which `precision` counts characters; false when an exception was raised. */
HPyAPI_HELPER int _HPyText_AddStr(HPyContext *ctx, _HPyText *text, const _HPyUnit *unit, HPy str)
{
    HPy_ssize_t size, end = 0, n_chars = 0;
    const char *utf8 = HPyUnicode_AsUTF8AndSize(ctx, str, &size);
    if (utf8 == NULL)
        return 0;
    while (end < size) {
        if ((utf8[end] & 0xc0) != 0x80) {
            if (unit->precision >= 0 && n_chars == unit->precision)
                break;
            n_chars++;
        }
        end++;
    }
    _HPyText_Fill(text, ' ', unit->width - n_chars);
    _HPyText_Add(text, utf8, (size_t)end);
    return 1;
}

/* The text of an object; gives up the handle of the text. */
HPyAPI_HELPER int _HPyText_AddAndClose(HPyContext *ctx, _HPyText *text, const _HPyUnit *unit, HPy str)
{
    int fine;
    if (HPy_IsNull(str))
        return 0;
    fine = _HPyText_AddStr(ctx, text, unit, str);
    HPy_Close(ctx, str);
    return fine;
}

/* Raises a SystemError about a unit; 0. */
HPyAPI_HELPER int _HPyUnit_Fail(HPyContext *ctx, const _HPyUnit *unit, const char *format)
{
    char message[96];
    snprintf(message, sizeof(message), format, unit->unit);
    HPyErr_SetString(ctx, ctx->h_SystemError, message);
    return 0;
}

/* Reads digits; false when the number is too large. */
HPyAPI_HELPER int _HPyUnit_Number(HPyContext *ctx, const char **at, HPy_ssize_t *number, const char *what)
{
    if (**at < '0' || **at > '9')
        return 1;
    *number = 0;
    while (**at >= '0' && **at <= '9') {
        const int digit = **at - '0';
        if (*number > (HPY_SSIZE_T_MAX - digit) / 10) {
            HPyErr_SetString(ctx, ctx->h_ValueError, what);
            return 0;
        }
        *number = *number * 10 + digit;
        (*at)++;
    }
    return 1;
}

/* Reads a unit after its per cent sign. */
HPyAPI_HELPER int _HPyUnit_Parse(HPyContext *ctx, const char **at, _HPyUnit *unit)
{
    unit->zeros = **at == '0';
    unit->width = unit->precision = -1;
    unit->size = 0;
    if (!_HPyUnit_Number(ctx, at, &unit->width, "width too big"))
        return 0;
    if (**at == '.') {
        (*at)++;
        if (!_HPyUnit_Number(ctx, at, &unit->precision, "precision too big"))
            return 0;
    }
    if (**at == 'l' || **at == 'z') {
        unit->size = *(*at)++;
        if (unit->size == 'l' && **at == 'l') {
            unit->size = 'L';
            (*at)++;
        }
        if (**at != 'd' && **at != 'i' && **at != 'u')
            return _HPyUnit_Fail(ctx, unit, "invalid format string");
    }
    unit->unit = **at;
    if (unit->unit != 0)
        (*at)++;
    if (unit->zeros && unit->unit != 0 && strchr("sUVSRApc", unit->unit) != NULL)
        return _HPyUnit_Fail(ctx, unit, "formatting unit '%%%c' does not support 0-padding");
    if ((unit->width >= 0 || unit->precision >= 0) && (unit->unit == 'c' || unit->unit == 'p'))
        return _HPyUnit_Fail(ctx, unit, "formatting unit '%%%c' does not support width nor precision");
    return 1;
}

/* The next argument, which is a handle; a null one is an error. */
HPyAPI_HELPER HPy _HPyUnit_Handle(HPyContext *ctx, const _HPyUnit *unit, va_list *values)
{
    HPy h = va_arg(*values, HPy);
    if (HPy_IsNull(h))
        _HPyUnit_Fail(ctx, unit, "HPy_NULL passed as value for formatting unit '%%%c'");
    return h;
}

/* Formats a unit; false when an exception was raised. */
HPyAPI_HELPER int _HPyText_AddUnit(HPyContext *ctx, _HPyText *text, const _HPyUnit *unit, va_list *values)
{
    char address[32];
    const char *utf8;
    HPy h;
    int c;
    switch (unit->unit) {
    case 'c':
        c = va_arg(*values, int);
        if (c < 0 || c > 0x10ffff) {
            HPyErr_SetString(ctx, ctx->h_OverflowError, "character argument not in range(0x110000)");
            return 0;
        }
        _HPyText_AddChar(text, (unsigned)c);
        return 1;
    case 'd':
    case 'i':
    case 'u':
    case 'x':
        _HPyText_AddInteger(text, unit, values);
        return 1;
    case 'p':
        snprintf(address, sizeof(address), "0x%llx", (unsigned long long)(uintptr_t)va_arg(*values, void *));
        _HPyText_Add(text, address, strlen(address));
        return 1;
    case 's':
        utf8 = va_arg(*values, const char *);
        if (utf8 == NULL)
            return _HPyUnit_Fail(ctx, unit, "null c string passed as value for formatting unit '%%%c'");
        _HPyText_AddBytes(text, unit, utf8);
        return 1;
    case 'U':
        h = _HPyUnit_Handle(ctx, unit, values);
        return !HPy_IsNull(h) && _HPyText_AddAndClose(ctx, text, unit, HPy_Dup(ctx, h));
    case 'V':
        h = va_arg(*values, HPy);
        utf8 = va_arg(*values, const char *);
        if (!HPy_IsNull(h))
            return _HPyText_AddAndClose(ctx, text, unit, HPy_Dup(ctx, h));
        if (utf8 == NULL)
            return _HPyUnit_Fail(ctx, unit, "HPy_NULL and a null c string passed as values for formatting unit '%%%c'");
        _HPyText_AddBytes(text, unit, utf8);
        return 1;
    case 'S':
        h = _HPyUnit_Handle(ctx, unit, values);
        return !HPy_IsNull(h) && _HPyText_AddAndClose(ctx, text, unit, HPy_Str(ctx, h));
    case 'R':
        h = _HPyUnit_Handle(ctx, unit, values);
        return !HPy_IsNull(h) && _HPyText_AddAndClose(ctx, text, unit, HPy_Repr(ctx, h));
    case 'A':
        h = _HPyUnit_Handle(ctx, unit, values);
        return !HPy_IsNull(h) && _HPyText_AddAndClose(ctx, text, unit, HPy_ASCII(ctx, h));
    default:
        return _HPyUnit_Fail(ctx, unit, "invalid format string");
    }
}

/* Formats everything; false when an exception was raised. */
HPyAPI_HELPER int _HPyText_Format(HPyContext *ctx, _HPyText *text, const char *format, va_list *values)
{
    const char *at = format;
    while (*at != 0) {
        const char *start = at;
        _HPyUnit unit;
        while (*at != 0 && *at != '%') {
            if ((unsigned char)*at > 127) {
                char message[96];
                snprintf(message, sizeof(message),
                         "expected an ASCII-encoded format string, got a non-ASCII byte: 0x%02x", (unsigned char)*at);
                HPyErr_SetString(ctx, ctx->h_ValueError, message);
                return 0;
            }
            at++;
        }
        _HPyText_Add(text, start, (size_t)(at - start));
        if (*at == 0)
            return 1;
        at++;
        if (*at == '%') {
            _HPyText_Add(text, "%", 1);
            at++;
            continue;
        }
        if (!_HPyUnit_Parse(ctx, &at, &unit) || !_HPyText_AddUnit(ctx, text, &unit, values))
            return 0;
    }
    return 1;
}

/* The str of a format and its arguments; HPy_NULL on errors. */
HPyAPI_HELPER HPy HPyUnicode_FromFormatV(HPyContext *ctx, const char *format, va_list vargs)
{
    _HPyText text = {NULL, 0, 0, 0};
    HPy result = HPy_NULL;
    va_list values;
    int fine;
    va_copy(values, vargs);
    fine = _HPyText_Format(ctx, &text, format, &values);
    va_end(values);
    if (fine && _HPyText_Reserve(&text, 0)) {
        text.bytes[text.length] = 0;
        result = HPyUnicode_FromString(ctx, text.bytes);
    }
    else if (text.no_memory) {
        HPyErr_NoMemory(ctx);
    }
    free(text.bytes);
    return result;
}

/* The same, with the arguments one by one. */
HPyAPI_HELPER HPy HPyUnicode_FromFormat(HPyContext *ctx, const char *fmt, ...)
{
    HPy result;
    va_list values;
    va_start(values, fmt);
    result = HPyUnicode_FromFormatV(ctx, fmt, values);
    va_end(values);
    return result;
}

/* Raises `h_type(text)`; always HPy_NULL. An error in the format is raised instead. */
HPyAPI_HELPER HPy HPyErr_Format(HPyContext *ctx, HPy h_type, const char *fmt, ...)
{
    HPy text;
    va_list values;
    va_start(values, fmt);
    text = HPyUnicode_FromFormatV(ctx, fmt, values);
    va_end(values);
    if (!HPy_IsNull(text)) {
        HPyErr_SetObject(ctx, h_type, text);
        HPy_Close(ctx, text);
    }
    return HPy_NULL;
}

#endif /* HPY_RUNTIME_FORMAT_H */
