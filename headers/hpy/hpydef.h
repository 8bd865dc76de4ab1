/* Definitions: what a module or a type consists of. */
#ifndef HPY_DEF_H
#define HPY_DEF_H

#include "hpy/autogen_hpyslot.h"

#ifdef __cplusplus
typedef void *(*HPyCFunction)(...);
#else
typedef void *(*HPyCFunction)();
#endif
typedef void (*HPyFunc_Capsule_Destructor)(const char *name, void *pointer, void *context);

/* A slot and the function in it. */
typedef struct {
    HPySlot_Slot slot;
    HPyCFunction impl;
    cpy_PyCFunction cpy_trampoline;
} HPySlot;

/* A method. */
typedef struct {
    const char *name;
    HPyCFunction impl;
    cpy_PyCFunction cpy_trampoline;
    HPyFunc_Signature signature;
    const char *doc; /* or NULL */
} HPyMeth;

/* An attribute that is a piece of the native structure. */
typedef struct {
    const char *name;
    HPyMember_FieldType type;
    HPy_ssize_t offset; /* offsetof(type, field) */
    int readonly;
    const char *doc; /* or NULL */
} HPyMember;

/* An attribute that functions get and set. */
typedef struct {
    const char *name;
    HPyCFunction getter_impl; /* or NULL */
    HPyCFunction setter_impl; /* or NULL */
    cpy_getter getter_cpy_trampoline;
    cpy_setter setter_cpy_trampoline;
    const char *doc; /* or NULL */
    void *closure;   /* handed to both */
} HPyGetSet;

/* Any of them. */
typedef struct {
    HPyDef_Kind kind;
    union {
        HPySlot slot;
        HPyMeth meth;
        HPyMember member;
        HPyGetSet getset;
    };
} HPyDef;

/* What runs when a capsule goes: HPyCapsule_DESTRUCTOR makes one. */
typedef struct {
    cpy_PyCapsule_Destructor cpy_trampoline;
    HPyFunc_Capsule_Destructor impl;
} HPyCapsule_Destructor;

/* What runs when an instance is called: HPyDef_CALL_FUNCTION makes one. */
typedef struct {
    cpy_vectorcallfunc cpy_trampoline;
    HPyFunc_keywords impl;
} HPyCallFunction;

/* The macros below leave fields out on purpose. */
#if defined(__GNUC__) && defined(__cplusplus)
#  define _HPy_PARTIAL_BEGIN \
    _Pragma("GCC diagnostic push") \
    _Pragma("GCC diagnostic ignored \"-Wmissing-field-initializers\"")
#  define _HPy_PARTIAL_END _Pragma("GCC diagnostic pop")
#else
#  define _HPy_PARTIAL_BEGIN
#  define _HPy_PARTIAL_END
#endif

/* The signature of a slot's function. */
#define HPySlot_SIG(SLOT) _HPySlot_SIG__##SLOT

/* HPyDef_SLOT(SYM, SLOT): definition SYM of a slot, whose function SYM_impl follows. */
#define HPyDef_SLOT(SYM, SLOT) HPyDef_SLOT_IMPL(SYM, SYM##_impl, SLOT)

#define HPyDef_SLOT_IMPL(SYM, IMPL, SLOT)               \
    enum { SYM##_slot = SLOT };                         \
    _HPyDef_SLOT(SYM, IMPL, SLOT, HPySlot_SIG(SLOT))

#define _HPyDef_SLOT(SYM, IMPL, SLOT, SIG) _HPyDef_SLOT_SIG(SYM, IMPL, SLOT, SIG)
#define _HPyDef_SLOT_SIG(SYM, IMPL, SLOT, SIG)                                          \
    HPyFunc_DECLARE(IMPL, SIG);                                                         \
    HPyFunc_TRAMPOLINE(SYM##_trampoline, IMPL, SIG)                                     \
    _HPy_PARTIAL_BEGIN                                                                  \
    HPyDef SYM = {                                                                      \
        .kind = HPyDef_Kind_Slot,                                                       \
        .slot = {                                                                       \
            .slot = SLOT,                                                               \
            .impl = _HPy_FUNCTION(HPyCFunction, IMPL),                                  \
            .cpy_trampoline = _HPy_FUNCTION(cpy_PyCFunction, SYM##_trampoline)          \
        }                                                                               \
    };                                                                                  \
    _HPy_PARTIAL_END

/* HPyDef_METH(SYM, "name", SIG, .doc = "..."): definition SYM of a method, whose function SYM_impl follows. SIG is one of
 * HPyFunc_NOARGS, HPyFunc_O, HPyFunc_VARARGS, HPyFunc_KEYWORDS. */
#define HPyDef_METH(SYM, NAME, SIG, ...) HPyDef_METH_IMPL(SYM, NAME, SYM##_impl, SIG, __VA_ARGS__)

#define HPyDef_METH_IMPL(SYM, NAME, IMPL, SIG, ...)                                     \
    HPyFunc_DECLARE(IMPL, SIG);                                                         \
    HPyFunc_TRAMPOLINE(SYM##_trampoline, IMPL, SIG)                                     \
    _HPy_PARTIAL_BEGIN                                                                  \
    HPyDef SYM = {                                                                      \
        .kind = HPyDef_Kind_Meth,                                                       \
        .meth = {                                                                       \
            .name = NAME,                                                               \
            .impl = _HPy_FUNCTION(HPyCFunction, IMPL),                                  \
            .cpy_trampoline = _HPy_FUNCTION(cpy_PyCFunction, SYM##_trampoline),         \
            .signature = SIG,                                                           \
            __VA_ARGS__                                                                 \
        }                                                                               \
    };                                                                                  \
    _HPy_PARTIAL_END

/* HPyDef_MEMBER(SYM, "name", HPyMember_INT, offsetof(Type, field), .readonly = 1, .doc = "..."): definition SYM of a
 * member. */
#define HPyDef_MEMBER(SYM, NAME, TYPE, OFFSET, ...)                                     \
    _HPy_PARTIAL_BEGIN                                                                  \
    HPyDef SYM = {                                                                      \
        .kind = HPyDef_Kind_Member,                                                     \
        .member = {                                                                     \
            .name = NAME,                                                               \
            .type = TYPE,                                                               \
            .offset = OFFSET,                                                           \
            __VA_ARGS__                                                                 \
        }                                                                               \
    };                                                                                  \
    _HPy_PARTIAL_END

/* HPyDef_GET(SYM, "name", .doc = "...", .closure = ...): definition SYM of an attribute, whose function SYM_get follows. */
#define HPyDef_GET(SYM, NAME, ...) HPyDef_GET_IMPL(SYM, NAME, SYM##_get, __VA_ARGS__)

#define HPyDef_GET_IMPL(SYM, NAME, GETIMPL, ...)                                        \
    HPyFunc_DECLARE(GETIMPL, HPyFunc_GETTER);                                           \
    HPyFunc_TRAMPOLINE(SYM##_get_trampoline, GETIMPL, HPyFunc_GETTER)                   \
    _HPy_PARTIAL_BEGIN                                                                  \
    HPyDef SYM = {                                                                      \
        .kind = HPyDef_Kind_GetSet,                                                     \
        .getset = {                                                                     \
            .name = NAME,                                                               \
            .getter_impl = _HPy_FUNCTION(HPyCFunction, GETIMPL),                        \
            .getter_cpy_trampoline = _HPy_FUNCTION(cpy_getter, SYM##_get_trampoline),   \
            __VA_ARGS__                                                                 \
        }                                                                               \
    };                                                                                  \
    _HPy_PARTIAL_END

/* HPyDef_SET(SYM, "name", ...): definition SYM of an attribute that can only be set; function SYM_set follows. */
#define HPyDef_SET(SYM, NAME, ...) HPyDef_SET_IMPL(SYM, NAME, SYM##_set, __VA_ARGS__)

#define HPyDef_SET_IMPL(SYM, NAME, SETIMPL, ...)                                        \
    HPyFunc_DECLARE(SETIMPL, HPyFunc_SETTER);                                           \
    HPyFunc_TRAMPOLINE(SYM##_set_trampoline, SETIMPL, HPyFunc_SETTER)                   \
    _HPy_PARTIAL_BEGIN                                                                  \
    HPyDef SYM = {                                                                      \
        .kind = HPyDef_Kind_GetSet,                                                     \
        .getset = {                                                                     \
            .name = NAME,                                                               \
            .setter_impl = _HPy_FUNCTION(HPyCFunction, SETIMPL),                        \
            .setter_cpy_trampoline = _HPy_FUNCTION(cpy_setter, SYM##_set_trampoline),   \
            __VA_ARGS__                                                                 \
        }                                                                               \
    };                                                                                  \
    _HPy_PARTIAL_END

/* HPyDef_GETSET(SYM, "name", ...): definition SYM of an attribute; functions SYM_get and SYM_set follow. */
#define HPyDef_GETSET(SYM, NAME, ...) HPyDef_GETSET_IMPL(SYM, NAME, SYM##_get, SYM##_set, __VA_ARGS__)

#define HPyDef_GETSET_IMPL(SYM, NAME, GETIMPL, SETIMPL, ...)                            \
    HPyFunc_DECLARE(GETIMPL, HPyFunc_GETTER);                                           \
    HPyFunc_TRAMPOLINE(SYM##_get_trampoline, GETIMPL, HPyFunc_GETTER)                   \
    HPyFunc_DECLARE(SETIMPL, HPyFunc_SETTER);                                           \
    HPyFunc_TRAMPOLINE(SYM##_set_trampoline, SETIMPL, HPyFunc_SETTER)                   \
    _HPy_PARTIAL_BEGIN                                                                  \
    HPyDef SYM = {                                                                      \
        .kind = HPyDef_Kind_GetSet,                                                     \
        .getset = {                                                                     \
            .name = NAME,                                                               \
            .getter_impl = _HPy_FUNCTION(HPyCFunction, GETIMPL),                        \
            .setter_impl = _HPy_FUNCTION(HPyCFunction, SETIMPL),                        \
            .getter_cpy_trampoline = _HPy_FUNCTION(cpy_getter, SYM##_get_trampoline),   \
            .setter_cpy_trampoline = _HPy_FUNCTION(cpy_setter, SYM##_set_trampoline),   \
            __VA_ARGS__                                                                 \
        }                                                                               \
    };                                                                                  \
    _HPy_PARTIAL_END

/* HPyCapsule_DESTRUCTOR(SYM): destructor SYM for HPyCapsule_New, whose function
 * `void SYM_impl(const char *name, void *pointer, void *context)` follows. */
#define HPyCapsule_DESTRUCTOR(SYM)                                                      \
    static void SYM##_impl(const char *name, void *pointer, void *context);             \
    HPyCapsule_DESTRUCTOR_TRAMPOLINE(SYM##_trampoline, SYM##_impl)                      \
    static HPyCapsule_Destructor SYM = {                                                \
        .cpy_trampoline = SYM##_trampoline,                                             \
        .impl = SYM##_impl                                                              \
    };

/* HPyDef_CALL_FUNCTION(SYM): call function SYM for HPy_SetCallFunction, whose function SYM_impl of signature KEYWORDS
 * follows. */
#define HPyDef_CALL_FUNCTION(SYM)                                                       \
    HPyFunc_DECLARE(SYM##_impl, HPyFunc_KEYWORDS);                                      \
    HPyFunc_TRAMPOLINE(SYM##_trampoline, SYM##_impl, HPyFunc_KEYWORDS)                  \
    static HPyCallFunction SYM = {                                                      \
        .cpy_trampoline = SYM##_trampoline,                                             \
        .impl = SYM##_impl                                                              \
    };

#endif /* HPY_DEF_H */
