/* The functions of a module: their signatures, and the small functions through which CPython reaches them. */
#ifndef HPY_FUNC_H
#define HPY_FUNC_H

/* A view of memory; the slot HPy_bf_getbuffer fills it. */
typedef struct {
    void *buf;
    HPy obj; /* the exporter, owned */
    HPy_ssize_t len;
    HPy_ssize_t itemsize;
    int readonly;
    int ndim;
    char *format;
    HPy_ssize_t *shape;
    HPy_ssize_t *strides;
    HPy_ssize_t *suboffsets;
    void *internal;
} HPy_buffer;

/* What a function in slot HPy_tp_traverse calls for each field. */
typedef int (*HPyFunc_visitproc)(HPyField *, void *);

/* Visits a field, in a function whose parameters are called `visit` and `arg`. */
#define HPy_VISIT(FIELD)                                \
    do {                                                \
        if (!HPyField_IsNull(*(FIELD))) {               \
            int _hpy_visited = visit((FIELD), arg);     \
            if (_hpy_visited)                           \
                return _hpy_visited;                    \
        }                                               \
    } while (0)

#include "hpy/autogen_hpyfunc_declare.h"

/* Declares function SYM of signature SIG. The constant makes a misspelt SIG a clear error. */
#define HPyFunc_DECLARE(SYM, SIG)   \
    enum { SYM##_sig = SIG };       \
    _HPyFunc_DECLARE_##SIG(SYM)

/* Defines function SYM, which CPython calls and which calls IMPL. */
#define HPyFunc_TRAMPOLINE(SYM, IMPL, SIG)  \
    enum { SYM##_sig = SIG };               \
    _HPyFunc_TRAMPOLINE_##SIG(SYM, IMPL)

/* A function as one of another type. Compilers take the way through `void (*)(void)` as intended. */
#define _HPy_FUNCTION(TYPE, IMPL) ((TYPE)(void (*)(void))(IMPL))

#include "hpy/universal/autogen_hpyfunc_trampolines.h"

#endif /* HPY_FUNC_H */
