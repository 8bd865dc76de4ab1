/* What CPython calls: functions of CPython's own types that hand their arguments, in a structure, to the context. Made by `cargo xtask gen` from the tables in hpy-abi/src; edit those. */

#ifndef HPY_AUTOGEN_HPYFUNC_TRAMPOLINES_H
#define HPY_AUTOGEN_HPYFUNC_TRAMPOLINES_H

typedef struct {
    cpy_PyObject *self;
    cpy_PyObject *const *args;
    HPy_ssize_t nargs;
    cpy_PyObject *result;
} _HPyFunc_args_VARARGS;

#define _HPyFunc_TRAMPOLINE_HPyFunc_VARARGS(SYM, IMPL) \
    static cpy_PyObject *SYM(cpy_PyObject *self, cpy_PyObject *const *args, HPy_ssize_t nargs) \
    { \
        _HPyFunc_args_VARARGS a = {self, args, nargs, NULL}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_VARARGS, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *self;
    cpy_PyObject *const *args;
    size_t nargsf;
    cpy_PyObject *kwnames;
    cpy_PyObject *result;
} _HPyFunc_args_KEYWORDS;

#define _HPyFunc_TRAMPOLINE_HPyFunc_KEYWORDS(SYM, IMPL) \
    static cpy_PyObject *SYM(cpy_PyObject *self, cpy_PyObject *const *args, size_t nargsf, cpy_PyObject *kwnames) \
    { \
        _HPyFunc_args_KEYWORDS a = {self, args, nargsf, kwnames, NULL}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_KEYWORDS, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *self;
    cpy_PyObject *result;
} _HPyFunc_args_NOARGS;

#define _HPyFunc_TRAMPOLINE_HPyFunc_NOARGS(SYM, IMPL) \
    static cpy_PyObject *SYM(cpy_PyObject *self) \
    { \
        _HPyFunc_args_NOARGS a = {self, NULL}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_NOARGS, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *self;
    cpy_PyObject *arg;
    cpy_PyObject *result;
} _HPyFunc_args_O;

#define _HPyFunc_TRAMPOLINE_HPyFunc_O(SYM, IMPL) \
    static cpy_PyObject *SYM(cpy_PyObject *self, cpy_PyObject *arg) \
    { \
        _HPyFunc_args_O a = {self, arg, NULL}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_O, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

#define _HPyFunc_TRAMPOLINE_HPyFunc_DESTROYFUNC(SYM, IMPL) \
    static void SYM(void) { abort(); }

typedef struct {
    cpy_PyObject *self;
    cpy_Py_buffer *view;
    int flags;
    int result;
} _HPyFunc_args_GETBUFFERPROC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_GETBUFFERPROC(SYM, IMPL) \
    static int SYM(cpy_PyObject *self, cpy_Py_buffer *view, int flags) \
    { \
        _HPyFunc_args_GETBUFFERPROC a = {self, view, flags, 0}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_GETBUFFERPROC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *self;
    cpy_Py_buffer *view;
} _HPyFunc_args_RELEASEBUFFERPROC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_RELEASEBUFFERPROC(SYM, IMPL) \
    static void SYM(cpy_PyObject *self, cpy_Py_buffer *view) \
    { \
        _HPyFunc_args_RELEASEBUFFERPROC a = {self, view}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_RELEASEBUFFERPROC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
    }

typedef struct {
    cpy_PyObject *arg0;
    cpy_PyObject *result;
} _HPyFunc_args_UNARYFUNC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_UNARYFUNC(SYM, IMPL) \
    static cpy_PyObject *SYM(cpy_PyObject *arg0) \
    { \
        _HPyFunc_args_UNARYFUNC a = {arg0, NULL}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_UNARYFUNC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *arg0;
    cpy_PyObject *arg1;
    cpy_PyObject *result;
} _HPyFunc_args_BINARYFUNC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_BINARYFUNC(SYM, IMPL) \
    static cpy_PyObject *SYM(cpy_PyObject *arg0, cpy_PyObject *arg1) \
    { \
        _HPyFunc_args_BINARYFUNC a = {arg0, arg1, NULL}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_BINARYFUNC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *arg0;
    cpy_PyObject *arg1;
    cpy_PyObject *arg2;
    cpy_PyObject *result;
} _HPyFunc_args_TERNARYFUNC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_TERNARYFUNC(SYM, IMPL) \
    static cpy_PyObject *SYM(cpy_PyObject *arg0, cpy_PyObject *arg1, cpy_PyObject *arg2) \
    { \
        _HPyFunc_args_TERNARYFUNC a = {arg0, arg1, arg2, NULL}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_TERNARYFUNC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *arg0;
    int result;
} _HPyFunc_args_INQUIRY;

#define _HPyFunc_TRAMPOLINE_HPyFunc_INQUIRY(SYM, IMPL) \
    static int SYM(cpy_PyObject *arg0) \
    { \
        _HPyFunc_args_INQUIRY a = {arg0, 0}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_INQUIRY, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *arg0;
    HPy_ssize_t result;
} _HPyFunc_args_LENFUNC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_LENFUNC(SYM, IMPL) \
    static HPy_ssize_t SYM(cpy_PyObject *arg0) \
    { \
        _HPyFunc_args_LENFUNC a = {arg0, 0}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_LENFUNC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *arg0;
    HPy_ssize_t arg1;
    cpy_PyObject *result;
} _HPyFunc_args_SSIZEARGFUNC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_SSIZEARGFUNC(SYM, IMPL) \
    static cpy_PyObject *SYM(cpy_PyObject *arg0, HPy_ssize_t arg1) \
    { \
        _HPyFunc_args_SSIZEARGFUNC a = {arg0, arg1, NULL}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_SSIZEARGFUNC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *arg0;
    HPy_ssize_t arg1;
    HPy_ssize_t arg2;
    cpy_PyObject *result;
} _HPyFunc_args_SSIZESSIZEARGFUNC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_SSIZESSIZEARGFUNC(SYM, IMPL) \
    static cpy_PyObject *SYM(cpy_PyObject *arg0, HPy_ssize_t arg1, HPy_ssize_t arg2) \
    { \
        _HPyFunc_args_SSIZESSIZEARGFUNC a = {arg0, arg1, arg2, NULL}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_SSIZESSIZEARGFUNC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *arg0;
    HPy_ssize_t arg1;
    cpy_PyObject *arg2;
    int result;
} _HPyFunc_args_SSIZEOBJARGPROC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_SSIZEOBJARGPROC(SYM, IMPL) \
    static int SYM(cpy_PyObject *arg0, HPy_ssize_t arg1, cpy_PyObject *arg2) \
    { \
        _HPyFunc_args_SSIZEOBJARGPROC a = {arg0, arg1, arg2, 0}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_SSIZEOBJARGPROC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *arg0;
    HPy_ssize_t arg1;
    HPy_ssize_t arg2;
    cpy_PyObject *arg3;
    int result;
} _HPyFunc_args_SSIZESSIZEOBJARGPROC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_SSIZESSIZEOBJARGPROC(SYM, IMPL) \
    static int SYM(cpy_PyObject *arg0, HPy_ssize_t arg1, HPy_ssize_t arg2, cpy_PyObject *arg3) \
    { \
        _HPyFunc_args_SSIZESSIZEOBJARGPROC a = {arg0, arg1, arg2, arg3, 0}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_SSIZESSIZEOBJARGPROC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *arg0;
    cpy_PyObject *arg1;
    cpy_PyObject *arg2;
    int result;
} _HPyFunc_args_OBJOBJARGPROC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_OBJOBJARGPROC(SYM, IMPL) \
    static int SYM(cpy_PyObject *arg0, cpy_PyObject *arg1, cpy_PyObject *arg2) \
    { \
        _HPyFunc_args_OBJOBJARGPROC a = {arg0, arg1, arg2, 0}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_OBJOBJARGPROC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    void *arg0;
} _HPyFunc_args_FREEFUNC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_FREEFUNC(SYM, IMPL) \
    static void SYM(void *arg0) \
    { \
        _HPyFunc_args_FREEFUNC a = {arg0}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_FREEFUNC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
    }

typedef struct {
    cpy_PyObject *arg0;
    char *arg1;
    cpy_PyObject *result;
} _HPyFunc_args_GETATTRFUNC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_GETATTRFUNC(SYM, IMPL) \
    static cpy_PyObject *SYM(cpy_PyObject *arg0, char *arg1) \
    { \
        _HPyFunc_args_GETATTRFUNC a = {arg0, arg1, NULL}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_GETATTRFUNC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *arg0;
    cpy_PyObject *arg1;
    cpy_PyObject *result;
} _HPyFunc_args_GETATTROFUNC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_GETATTROFUNC(SYM, IMPL) \
    static cpy_PyObject *SYM(cpy_PyObject *arg0, cpy_PyObject *arg1) \
    { \
        _HPyFunc_args_GETATTROFUNC a = {arg0, arg1, NULL}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_GETATTROFUNC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *arg0;
    char *arg1;
    cpy_PyObject *arg2;
    int result;
} _HPyFunc_args_SETATTRFUNC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_SETATTRFUNC(SYM, IMPL) \
    static int SYM(cpy_PyObject *arg0, char *arg1, cpy_PyObject *arg2) \
    { \
        _HPyFunc_args_SETATTRFUNC a = {arg0, arg1, arg2, 0}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_SETATTRFUNC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *arg0;
    cpy_PyObject *arg1;
    cpy_PyObject *arg2;
    int result;
} _HPyFunc_args_SETATTROFUNC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_SETATTROFUNC(SYM, IMPL) \
    static int SYM(cpy_PyObject *arg0, cpy_PyObject *arg1, cpy_PyObject *arg2) \
    { \
        _HPyFunc_args_SETATTROFUNC a = {arg0, arg1, arg2, 0}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_SETATTROFUNC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *arg0;
    cpy_PyObject *result;
} _HPyFunc_args_REPRFUNC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_REPRFUNC(SYM, IMPL) \
    static cpy_PyObject *SYM(cpy_PyObject *arg0) \
    { \
        _HPyFunc_args_REPRFUNC a = {arg0, NULL}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_REPRFUNC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *arg0;
    HPy_hash_t result;
} _HPyFunc_args_HASHFUNC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_HASHFUNC(SYM, IMPL) \
    static HPy_hash_t SYM(cpy_PyObject *arg0) \
    { \
        _HPyFunc_args_HASHFUNC a = {arg0, 0}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_HASHFUNC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *arg0;
    cpy_PyObject *arg1;
    HPy_RichCmpOp arg2;
    cpy_PyObject *result;
} _HPyFunc_args_RICHCMPFUNC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_RICHCMPFUNC(SYM, IMPL) \
    static cpy_PyObject *SYM(cpy_PyObject *arg0, cpy_PyObject *arg1, int arg2) \
    { \
        _HPyFunc_args_RICHCMPFUNC a = {arg0, arg1, (HPy_RichCmpOp)arg2, NULL}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_RICHCMPFUNC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *arg0;
    cpy_PyObject *result;
} _HPyFunc_args_GETITERFUNC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_GETITERFUNC(SYM, IMPL) \
    static cpy_PyObject *SYM(cpy_PyObject *arg0) \
    { \
        _HPyFunc_args_GETITERFUNC a = {arg0, NULL}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_GETITERFUNC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *arg0;
    cpy_PyObject *result;
} _HPyFunc_args_ITERNEXTFUNC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_ITERNEXTFUNC(SYM, IMPL) \
    static cpy_PyObject *SYM(cpy_PyObject *arg0) \
    { \
        _HPyFunc_args_ITERNEXTFUNC a = {arg0, NULL}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_ITERNEXTFUNC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *arg0;
    cpy_PyObject *arg1;
    cpy_PyObject *arg2;
    cpy_PyObject *result;
} _HPyFunc_args_DESCRGETFUNC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_DESCRGETFUNC(SYM, IMPL) \
    static cpy_PyObject *SYM(cpy_PyObject *arg0, cpy_PyObject *arg1, cpy_PyObject *arg2) \
    { \
        _HPyFunc_args_DESCRGETFUNC a = {arg0, arg1, arg2, NULL}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_DESCRGETFUNC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *arg0;
    cpy_PyObject *arg1;
    cpy_PyObject *arg2;
    int result;
} _HPyFunc_args_DESCRSETFUNC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_DESCRSETFUNC(SYM, IMPL) \
    static int SYM(cpy_PyObject *arg0, cpy_PyObject *arg1, cpy_PyObject *arg2) \
    { \
        _HPyFunc_args_DESCRSETFUNC a = {arg0, arg1, arg2, 0}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_DESCRSETFUNC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *self;
    cpy_PyObject *args;
    cpy_PyObject *kw;
    int result;
} _HPyFunc_args_INITPROC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_INITPROC(SYM, IMPL) \
    static int SYM(cpy_PyObject *self, cpy_PyObject *args, cpy_PyObject *kw) \
    { \
        _HPyFunc_args_INITPROC a = {self, args, kw, 0}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_INITPROC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *self;
    cpy_PyObject *args;
    cpy_PyObject *kw;
    cpy_PyObject *result;
} _HPyFunc_args_NEWFUNC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_NEWFUNC(SYM, IMPL) \
    static cpy_PyObject *SYM(cpy_PyObject *self, cpy_PyObject *args, cpy_PyObject *kw) \
    { \
        _HPyFunc_args_NEWFUNC a = {self, args, kw, NULL}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_NEWFUNC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *arg0;
    void *arg1;
    cpy_PyObject *result;
} _HPyFunc_args_GETTER;

#define _HPyFunc_TRAMPOLINE_HPyFunc_GETTER(SYM, IMPL) \
    static cpy_PyObject *SYM(cpy_PyObject *arg0, void *arg1) \
    { \
        _HPyFunc_args_GETTER a = {arg0, arg1, NULL}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_GETTER, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *arg0;
    cpy_PyObject *arg1;
    void *arg2;
    int result;
} _HPyFunc_args_SETTER;

#define _HPyFunc_TRAMPOLINE_HPyFunc_SETTER(SYM, IMPL) \
    static int SYM(cpy_PyObject *arg0, cpy_PyObject *arg1, void *arg2) \
    { \
        _HPyFunc_args_SETTER a = {arg0, arg1, arg2, 0}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_SETTER, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *arg0;
    cpy_PyObject *arg1;
    int result;
} _HPyFunc_args_OBJOBJPROC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_OBJOBJPROC(SYM, IMPL) \
    static int SYM(cpy_PyObject *arg0, cpy_PyObject *arg1) \
    { \
        _HPyFunc_args_OBJOBJPROC a = {arg0, arg1, 0}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_OBJOBJPROC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *self;
    cpy_visitproc visit;
    void *arg;
    int result;
} _HPyFunc_args_TRAVERSEPROC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_TRAVERSEPROC(SYM, IMPL) \
    static int SYM(cpy_PyObject *self, cpy_visitproc visit, void *arg) \
    { \
        _HPyFunc_args_TRAVERSEPROC a = {self, visit, arg, 0}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_TRAVERSEPROC, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

typedef struct {
    cpy_PyObject *arg0;
} _HPyFunc_args_DESTRUCTOR;

#define _HPyFunc_TRAMPOLINE_HPyFunc_DESTRUCTOR(SYM, IMPL) \
    static void SYM(cpy_PyObject *arg0) \
    { \
        _HPyFunc_args_DESTRUCTOR a = {arg0}; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_DESTRUCTOR, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
    }

typedef struct {
    cpy_PyObject *spec;
    cpy_PyObject *result;
} _HPyFunc_args_MOD_CREATE;

#define _HPyFunc_TRAMPOLINE_HPyFunc_MOD_CREATE(SYM, IMPL) \
    static cpy_PyObject *SYM(cpy_PyObject *spec, cpy_PyModuleDef *def) \
    { \
        _HPyFunc_args_MOD_CREATE a = {spec, NULL}; \
        (void)def; \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_MOD_CREATE, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \
        return a.result; \
    }

#define HPyCapsule_DESTRUCTOR_TRAMPOLINE(SYM, IMPL) \
    static void SYM(cpy_PyObject *capsule) \
    { \
        _HPy_CallRealFunctionFromTrampoline( \
            _ctx_for_trampolines, HPyFunc_CAPSULE_DESTRUCTOR, _HPy_FUNCTION(HPyCFunction, IMPL), capsule); \
    }

#endif /* HPY_AUTOGEN_HPYFUNC_TRAMPOLINES_H */
