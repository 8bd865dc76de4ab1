/* HPy: extension modules that are compiled once and run in every Python that has HPy.
 *
 * This is the universal mode: a module knows its host only through the context, a structure of constants and function
 * pointers whose layout never changes. Everything else here is a `static inline` function over it, so a module needs
 * nothing but this header: no library, no further source file.
 *
 *     cc -shared -fPIC -DHPY_ABI_UNIVERSAL -I headers spam.c -o spam.hpy0.so
 */
#ifndef HPy_H
#define HPy_H

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <wchar.h>

/* ---- Modes and versions ---- */

#if defined(HPY_ABI_CPYTHON) || defined(HPY_ABI_HYBRID)
#  error "These headers have HPy's universal mode only: define HPY_ABI_UNIVERSAL instead of HPY_ABI_CPYTHON or HPY_ABI_HYBRID"
#elif !defined(HPY_ABI_UNIVERSAL)
#  error "Which kind of module? Define HPY_ABI_UNIVERSAL, as in cc -DHPY_ABI_UNIVERSAL"
#endif

#define HPY_ABI "universal"
#include "hpy/version.h"

/* ---- What compilers differ in ---- */

#ifdef __GNUC__
#  define _HPy_HIDDEN __attribute__((visibility("hidden")))
#  define _HPy_UNUSED __attribute__((unused))
#  define _HPy_NO_RETURN __attribute__((noreturn))
#elif defined(_MSC_VER)
#  define _HPy_HIDDEN
#  define _HPy_UNUSED
#  define _HPy_NO_RETURN __declspec(noreturn)
#else
#  define _HPy_HIDDEN
#  define _HPy_UNUSED
#  define _HPy_NO_RETURN
#endif

/* A parameter that is not used; its use by accident does not compile. */
#define _HPy_UNUSED_ARG(x) (_HPy_unused_##x) _HPy_UNUSED

#if defined(__has_attribute)
#  if __has_attribute(error)
#    define _HPY_LEGACY \
         __attribute__((error("Cannot use legacy functions when targeting the HPy Universal ABI")))
#  endif
#endif
#ifndef _HPY_LEGACY
#  define _HPY_LEGACY
#endif

/* Functions of this header: a module gets a copy of those that it calls. */
#define HPyAPI_FUNC _HPy_UNUSED static inline
#define HPyAPI_INLINE_HELPER HPyAPI_FUNC
#define HPyAPI_HELPER HPyAPI_FUNC
#define HPyAPI_UNUSED HPyAPI_FUNC

/* A structure of one word, by value. C++ has no compound literals. */
#ifdef __cplusplus
#  define _HPy_WORD(TYPE, word) (TYPE{word})
#else
#  define _HPy_WORD(TYPE, word) ((TYPE){word})
#endif
#define _hconv(word) _HPy_WORD(HPy, word)
#define _hfconv(word) _HPy_WORD(HPyField, word)
#define _htsconv(word) _HPy_WORD(HPyThreadState, word)
#define _hgconv(word) _HPy_WORD(HPyGlobal, word)

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Words ---- */

/* A handle stands for an object until it is closed. It is a word that only the host understands; 0 stands for nothing.
 * Arguments of a function stay its caller's; what a function returns belongs to the caller, who must close it. The same
 * object may have several handles at once, so handles are compared with HPy_Is. */
typedef struct _HPy_s { intptr_t _i; } HPy;
/* A reference in a native structure; HPyField_Store and HPyField_Load. */
typedef struct { intptr_t _i; } HPyField;
/* A reference in a static variable; HPyGlobal_Store and HPyGlobal_Load. */
typedef struct { intptr_t _i; } HPyGlobal;
/* A list being built. */
typedef struct { intptr_t _lst; } HPyListBuilder;
/* A tuple being built. */
typedef struct { intptr_t _tup; } HPyTupleBuilder;
/* Handles to close together. */
typedef struct { intptr_t _i; } HPyTracker;
/* What HPy_LeavePythonExecution gave. */
typedef struct { intptr_t _i; } HPyThreadState;

#define HPy_NULL _hconv(0)
#define HPy_IsNull(h) ((h)._i == 0)
#define HPyField_NULL _hfconv(0)
#define HPyField_IsNull(f) ((f)._i == 0)

typedef struct _HPyContext_s HPyContext;

typedef intptr_t HPy_ssize_t;
typedef intptr_t HPy_hash_t;
typedef uint32_t HPy_UCS4;
#define HPY_SSIZE_T_MAX INTPTR_MAX
#define HPY_SSIZE_T_MIN (-HPY_SSIZE_T_MAX - 1)

/* A handle as a pointer, for containers in C that hold pointers; the handle stays open meanwhile. */
HPyAPI_FUNC HPy HPy_FromVoidP(void *p) { return _hconv((intptr_t)p); }
HPyAPI_FUNC void *HPy_AsVoidP(HPy h) { return (void *)h._i; }

/* ---- The parts ---- */

#include "hpy/autogen_enums.h"
#include "hpy/cpy_types.h"
#include "hpy/hpyexports.h"
#include "hpy/hpyfunc.h"
#include "hpy/hpydef.h"
#include "hpy/hpytype.h"
#include "hpy/hpymodule.h"
#include "hpy/universal/autogen_ctx.h"
#include "haft/words.h"
#include "hpy/universal/autogen_trampolines.h"
#include "hpy/universal/misc_trampolines.h"
#include "hpy/macros.h"
#include "hpy/inline_helpers.h"
#include "hpy/runtime/format.h"
#include "hpy/runtime/argparse.h"
#include "hpy/runtime/buildvalue.h"
#include "hpy/runtime/helpers.h"
#include "hpy/runtime/structseq.h"

#ifdef __cplusplus
}
#endif
#endif /* HPy_H */
