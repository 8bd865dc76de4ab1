// Numbers: conversions from and to those of C, and every operator.
#include "hpy.h"

#define DEFINE(NAME, SIGNATURE) HPyDef_METH(py_##NAME, #NAME, SIGNATURE)

// The number as C has it, and back.
#define AS(NAME, TYPE, READ, ERROR, MAKE)                               \
    DEFINE(NAME, HPyFunc_O)                                             \
    static HPy py_##NAME##_impl(HPyContext *ctx, HPy self, HPy arg)          \
    {                                                                   \
        TYPE value = READ(ctx, arg);                                    \
        if (value == (TYPE) ERROR && HPyErr_Occurred(ctx))              \
            return HPy_NULL;                                            \
        return MAKE(ctx, value);                                        \
    }
AS(int32, int32_t, HPyLong_AsInt32_t, -1, HPyLong_FromInt32_t)
AS(uint32, uint32_t, HPyLong_AsUInt32_t, -1, HPyLong_FromUInt32_t)
AS(uint32_mask, uint32_t, HPyLong_AsUInt32_tMask, -1, HPyLong_FromUInt32_t)
AS(int64, int64_t, HPyLong_AsInt64_t, -1, HPyLong_FromInt64_t)
AS(uint64, uint64_t, HPyLong_AsUInt64_t, -1, HPyLong_FromUInt64_t)
AS(uint64_mask, uint64_t, HPyLong_AsUInt64_tMask, -1, HPyLong_FromUInt64_t)
AS(size, size_t, HPyLong_AsSize_t, -1, HPyLong_FromSize_t)
AS(ssize, HPy_ssize_t, HPyLong_AsSsize_t, -1, HPyLong_FromSsize_t)
AS(as_double, double, HPyLong_AsDouble, -1.0, HPyFloat_FromDouble)
AS(real, double, HPyFloat_AsDouble, -1.0, HPyFloat_FromDouble)

DEFINE(address, HPyFunc_O)
static HPy py_address_impl(HPyContext *ctx, HPy self, HPy arg)
{
    void *address = HPyLong_AsVoidPtr(ctx, arg);
    if (address == NULL && HPyErr_Occurred(ctx))
        return HPy_NULL;
    return HPyLong_FromUInt64_t(ctx, (uint64_t) (uintptr_t) address);
}

DEFINE(truth, HPyFunc_O)
static HPy py_truth_impl(HPyContext *ctx, HPy self, HPy arg)
{
    int truth = HPy_IsTrue(ctx, arg);
    return truth < 0 ? HPy_NULL : HPyBool_FromBool(ctx, truth);
}

#define TEST(NAME, CHECK)                                               \
    DEFINE(NAME, HPyFunc_O)                                             \
    static HPy py_##NAME##_impl(HPyContext *ctx, HPy self, HPy arg) { return HPyBool_FromBool(ctx, CHECK(ctx, arg)); }
TEST(is_number, HPyNumber_Check)

#define UNARY(NAME, FUNCTION)                                           \
    DEFINE(NAME, HPyFunc_O)                                             \
    static HPy py_##NAME##_impl(HPyContext *ctx, HPy self, HPy arg) { return FUNCTION(ctx, arg); }
#define BINARY(NAME, FUNCTION)                                          \
    DEFINE(NAME, HPyFunc_VARARGS)                                       \
    static HPy py_##NAME##_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs) \
    {                                                                   \
        return nargs == 2 ? FUNCTION(ctx, args[0], args[1]) : HPyErr_SetString(ctx, ctx->h_TypeError, "two operands"); \
    }
#define TERNARY(NAME, FUNCTION)                                         \
    DEFINE(NAME, HPyFunc_VARARGS)                                       \
    static HPy py_##NAME##_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs) \
    {                                                                   \
        return FUNCTION(ctx, args[0], args[1], nargs == 3 ? args[2] : ctx->h_None); \
    }

#define ALL_UNARY(X) X(negative, HPy_Negative) X(positive, HPy_Positive) X(absolute, HPy_Absolute) X(invert, HPy_Invert) \
    X(index, HPy_Index) X(as_long, HPy_Long) X(as_float, HPy_Float)
#define ALL_BINARY(X) X(add, HPy_Add) X(subtract, HPy_Subtract) X(multiply, HPy_Multiply) X(matmul, HPy_MatrixMultiply) \
    X(floordiv, HPy_FloorDivide) X(truediv, HPy_TrueDivide) X(remainder, HPy_Remainder) X(divmod, HPy_Divmod) \
    X(lshift, HPy_Lshift) X(rshift, HPy_Rshift) X(and, HPy_And) X(xor, HPy_Xor) X(or, HPy_Or) \
    X(iadd, HPy_InPlaceAdd) X(isubtract, HPy_InPlaceSubtract) X(imultiply, HPy_InPlaceMultiply) \
    X(imatmul, HPy_InPlaceMatrixMultiply) X(ifloordiv, HPy_InPlaceFloorDivide) X(itruediv, HPy_InPlaceTrueDivide) \
    X(iremainder, HPy_InPlaceRemainder) X(ilshift, HPy_InPlaceLshift) X(irshift, HPy_InPlaceRshift) \
    X(iand, HPy_InPlaceAnd) X(ixor, HPy_InPlaceXor) X(ior, HPy_InPlaceOr)
#define ALL_TERNARY(X) X(power, HPy_Power) X(ipower, HPy_InPlacePower)

ALL_UNARY(UNARY)
ALL_BINARY(BINARY)
ALL_TERNARY(TERNARY)

#define NAMED(NAME, FUNCTION) &py_##NAME,
static HPyDef *defines[] = {&py_int32, &py_uint32, &py_uint32_mask, &py_int64, &py_uint64, &py_uint64_mask, &py_size, &py_ssize,
                            &py_as_double, &py_real, &py_address, &py_truth, &py_is_number, ALL_UNARY(NAMED) ALL_BINARY(NAMED) ALL_TERNARY(NAMED) NULL};
static HPyModuleDef def = {.defines = defines};
HPy_MODINIT(numeric, def)
