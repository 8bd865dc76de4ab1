// Texts and bytes: made, read, encoded and decoded.
#include "hpy.h"
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define METHOD(NAME) HPyDef_METH(py_##NAME, #NAME, HPyFunc_VARARGS)
#define VARARGS(NAME)                                                   \
    METHOD(NAME)                                                        \
    static HPy py_##NAME##_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)

/* The bytes of an argument, which may hold zeros; `n` is their number. */
static const char *chars(HPyContext *ctx, HPy h, HPy_ssize_t *n)
{
    *n = HPyBytes_Size(ctx, h);
    return *n < 0 ? NULL : HPyBytes_AsString(ctx, h);
}
static const char *text(HPyContext *ctx, HPy h) { return HPy_Is(ctx, h, ctx->h_None) ? NULL : HPyUnicode_AsUTF8AndSize(ctx, h, NULL); }

VARARGS(bytes_size) { HPy_ssize_t n = HPyBytes_Size(ctx, args[0]); return n < 0 ? HPy_NULL : HPyLong_FromSsize_t(ctx, n); }
VARARGS(bytes_quick)
{
    const char *start = HPyBytes_AS_STRING(ctx, args[0]);
    HPy_ssize_t n = HPyBytes_GET_SIZE(ctx, args[0]);
    return HPyBytes_FromStringAndSize(ctx, start + (n > 0), n - (n > 0));
}
VARARGS(bytes_until_zero)
{
    const char *start = HPyBytes_AsString(ctx, args[0]);
    return start == NULL ? HPy_NULL : HPyBytes_FromString(ctx, start);
}
VARARGS(ends_in_zero)
{
    HPy_ssize_t n;
    const char *start = chars(ctx, args[0], &n);
    return start == NULL ? HPy_NULL : HPyBool_FromBool(ctx, start[n] == 0);
}
VARARGS(bytes_of_size) { return HPyBytes_FromStringAndSize(ctx, NULL, HPyLong_AsSsize_t(ctx, args[0])); }
VARARGS(checks)
{
    return HPy_BuildValue(ctx, "ii", HPyBytes_Check(ctx, args[0]) != 0, HPyUnicode_Check(ctx, args[0]) != 0);
}

VARARGS(from_string) { return HPyUnicode_FromString(ctx, HPyBytes_AsString(ctx, args[0])); }
VARARGS(utf8)
{
    HPy_ssize_t n;
    const char *start = HPyUnicode_AsUTF8AndSize(ctx, args[0], &n);
    return start == NULL ? HPy_NULL : HPyBytes_FromStringAndSize(ctx, start, n);
}
VARARGS(as_utf8) { return HPyUnicode_AsUTF8String(ctx, args[0]); }
VARARGS(as_ascii) { return HPyUnicode_AsASCIIString(ctx, args[0]); }
VARARGS(as_latin1) { return HPyUnicode_AsLatin1String(ctx, args[0]); }
VARARGS(encode_fs) { return HPyUnicode_EncodeFSDefault(ctx, args[0]); }
VARARGS(decode_fs) { return HPyUnicode_DecodeFSDefault(ctx, HPyBytes_AsString(ctx, args[0])); }
VARARGS(decode_fs_size)
{
    HPy_ssize_t n;
    const char *start = chars(ctx, args[0], &n);
    return HPyUnicode_DecodeFSDefaultAndSize(ctx, start, n);
}
VARARGS(decode_ascii)
{
    HPy_ssize_t n;
    const char *start = chars(ctx, args[0], &n);
    return HPyUnicode_DecodeASCII(ctx, start, n, nargs > 1 ? text(ctx, args[1]) : NULL);
}
VARARGS(decode_latin1)
{
    HPy_ssize_t n;
    const char *start = chars(ctx, args[0], &n);
    return HPyUnicode_DecodeLatin1(ctx, start, n, nargs > 1 ? text(ctx, args[1]) : NULL);
}
VARARGS(decode) { return HPyUnicode_FromEncodedObject(ctx, args[0], nargs > 1 ? text(ctx, args[1]) : NULL, nargs > 2 ? text(ctx, args[2]) : NULL); }
VARARGS(read_char)
{
    HPy_UCS4 code = HPyUnicode_ReadChar(ctx, args[0], HPyLong_AsSsize_t(ctx, args[1]));
    return code == (HPy_UCS4) -1 ? HPy_NULL : HPyLong_FromUInt32_t(ctx, code);
}
VARARGS(substring) { return HPyUnicode_Substring(ctx, args[0], HPyLong_AsSsize_t(ctx, args[1]), HPyLong_AsSsize_t(ctx, args[2])); }
VARARGS(wide)
{
    static const wchar_t characters[] = L"a\u00e9\u20ac\U0001F600 and more";
    HPy_ssize_t n = HPyLong_AsSsize_t(ctx, args[0]);
    return HPyUnicode_FromWideChar(ctx, characters, n);
}
VARARGS(format)
{
    return HPyUnicode_FromFormat(ctx, "%s|%.3s|%5d|%05i|%x|%c|%%|%ld|%zu|%S|%R|%A|%.2S", "text", "cut here", 42, -42, 255, 'c',
                                 1234567890123L, (size_t) 7, args[0], args[0], args[0], args[0]);
}
VARARGS(error) { return HPyErr_Format(ctx, ctx->h_ValueError, "%d of %U at %p", 3, args[0], NULL); }

#define ALL(X) X(bytes_size) X(bytes_quick) X(bytes_until_zero) X(ends_in_zero) X(bytes_of_size) X(checks) X(from_string) X(utf8) \
    X(as_utf8) X(as_ascii) X(as_latin1) X(encode_fs) X(decode_fs) X(decode_fs_size) X(decode_ascii) X(decode_latin1) X(decode) \
    X(read_char) X(substring) X(wide) X(format) X(error)
#define NAMED(NAME) &py_##NAME,
static HPyDef *defines[] = {ALL(NAMED) NULL};
static HPyModuleDef def = {.defines = defines};
HPy_MODINIT(texts, def)
