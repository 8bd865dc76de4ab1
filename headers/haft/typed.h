/* Typed native signatures: how a host may call a method without handles.
 *
 * Beside the definition of a method stands one more line:
 *
 *     static double half_native(double x) { return x / 2; }
 *
 *     HPyDef_METH(half, "half", HPyFunc_O)
 *     HAFT_TYPED(half, half_native, "double(double)")
 *     static HPy half_impl(HPyContext *ctx, HPy self, HPy arg) { ... }
 *
 * It exports the symbol `haft_typed_half`. A host that knows it may, when the arguments have the types of the signature, call
 * `half_native` with numbers of C instead of `half_impl` with handles. Every other host ignores it, so the two functions must
 * do the same. In signatures NOARGS, O and VARARGS `self` is left out; without the context a function cannot raise.
 *
 * The signature is a text, `result(parameter, parameter)`:
 *
 * | type                                          | Python                            |
 * |-----------------------------------------------|-----------------------------------|
 * | double float                                  | float                             |
 * | int8 int16 int32 int64 uint8 uint16 uint32    | int in that range                 |
 * | uint64 long ssize size                        | int in that range                 |
 * | bool                                          | bool                              |
 * | void (result only)                            | None                              |
 * | handle                                        | any object, as an `HPy`           |
 * | self (first parameter only)                   | the native structure of `self`    |
 * | context (first parameter only)                | none: the `HPyContext *`          |
 *
 * HAFT_TYPED_RAISES(half, half_native, "double(context, double)", -1.0) says that an exception may have been raised when the
 * function returns that value; ask HPyErr_Occurred then. docs/src/typed_signatures.md has the reasons.
 */
#ifndef HAFT_TYPED_H
#define HAFT_TYPED_H

#include "hpy.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the structure. */
#define HAFT_TYPED_VERSION 1

/* What `haft_typed_NAME` is. */
typedef struct {
    uint32_t version;      /* HAFT_TYPED_VERSION */
    uint32_t has_sentinel; /* 1: `sentinel` may mean an exception */
    const HPyDef *def;     /* the method */
    void (*function)(void);
    const char *signature;
    union {
        int64_t integer;
        double number;
    } sentinel; /* as the result's type has it */
} HaftTyped;

#ifdef __cplusplus
}
#endif

#define HAFT_TYPED(SYM, FUNCTION, SIGNATURE)                                                            \
    HPy_EXPORTED_FUNC const HaftTyped haft_typed_##SYM;                                                 \
    const HaftTyped haft_typed_##SYM = {                                                                \
        HAFT_TYPED_VERSION, 0, &SYM, (void (*)(void))(FUNCTION), SIGNATURE, {0}};

#define HAFT_TYPED_RAISES(SYM, FUNCTION, SIGNATURE, SENTINEL)                                           \
    HPy_EXPORTED_FUNC const HaftTyped haft_typed_##SYM;                                                 \
    const HaftTyped haft_typed_##SYM = {                                                                \
        HAFT_TYPED_VERSION, 1, &SYM, (void (*)(void))(FUNCTION), SIGNATURE, {(int64_t)(SENTINEL)}};

/* The same for a result that is a double or a float. */
#ifndef __cplusplus
#  define HAFT_TYPED_RAISES_DOUBLE(SYM, FUNCTION, SIGNATURE, SENTINEL)                                  \
    HPy_EXPORTED_FUNC const HaftTyped haft_typed_##SYM;                                                 \
    const HaftTyped haft_typed_##SYM = {                                                                \
        HAFT_TYPED_VERSION, 1, &SYM, (void (*)(void))(FUNCTION), SIGNATURE, {.number = (SENTINEL)}};
#endif

#endif /* HAFT_TYPED_H */
