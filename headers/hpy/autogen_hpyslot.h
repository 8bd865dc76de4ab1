/* Slots of types and modules, and the signatures of the functions in them. Made by `cargo xtask gen` from the tables in hpy-abi/src; edit those. */

#ifndef HPY_AUTOGEN_HPYSLOT_H
#define HPY_AUTOGEN_HPYSLOT_H

typedef enum {
    HPy_bf_getbuffer = 1, /* Fills a view of the memory of `self` */
    HPy_bf_releasebuffer = 2, /* Gives such a view up */
    HPy_mp_ass_subscript = 3, /* `self[key] = value`, or `del self[key]` when the value is null */
    HPy_mp_length = 4, /* `len(self)` */
    HPy_mp_subscript = 5, /* `self[key]` */
    HPy_nb_absolute = 6, /* `abs(self)` */
    HPy_nb_add = 7, /* `self + other` */
    HPy_nb_and = 8, /* `self & other` */
    HPy_nb_bool = 9, /* `bool(self)` */
    HPy_nb_divmod = 10, /* `divmod(self, other)` */
    HPy_nb_float = 11, /* `float(self)` */
    HPy_nb_floor_divide = 12, /* `self // other` */
    HPy_nb_index = 13, /* `operator.index(self)` */
    HPy_nb_inplace_add = 14, /* `self += other` */
    HPy_nb_inplace_and = 15, /* `self &= other` */
    HPy_nb_inplace_floor_divide = 16, /* `self //= other` */
    HPy_nb_inplace_lshift = 17, /* `self <<= other` */
    HPy_nb_inplace_multiply = 18, /* `self *= other` */
    HPy_nb_inplace_or = 19, /* `self |= other` */
    HPy_nb_inplace_power = 20, /* `self **= other`, with a modulus or `None` */
    HPy_nb_inplace_remainder = 21, /* `self %= other` */
    HPy_nb_inplace_rshift = 22, /* `self >>= other` */
    HPy_nb_inplace_subtract = 23, /* `self -= other` */
    HPy_nb_inplace_true_divide = 24, /* `self /= other` */
    HPy_nb_inplace_xor = 25, /* `self ^= other` */
    HPy_nb_int = 26, /* `int(self)` */
    HPy_nb_invert = 27, /* `~self` */
    HPy_nb_lshift = 28, /* `self << other` */
    HPy_nb_multiply = 29, /* `self * other` */
    HPy_nb_negative = 30, /* `-self` */
    HPy_nb_or = 31, /* `self | other` */
    HPy_nb_positive = 32, /* `+self` */
    HPy_nb_power = 33, /* `pow(self, other, modulus)` */
    HPy_nb_remainder = 34, /* `self % other` */
    HPy_nb_rshift = 35, /* `self >> other` */
    HPy_nb_subtract = 36, /* `self - other` */
    HPy_nb_true_divide = 37, /* `self / other` */
    HPy_nb_xor = 38, /* `self ^ other` */
    HPy_sq_ass_item = 39, /* `self[index] = value`, or `del self[index]` when the value is null */
    HPy_sq_concat = 40, /* `self + other` of sequences */
    HPy_sq_contains = 41, /* `key in self` */
    HPy_sq_inplace_concat = 42, /* `self += other` of sequences */
    HPy_sq_inplace_repeat = 43, /* `self *= number` of sequences */
    HPy_sq_item = 44, /* `self[index]` */
    HPy_sq_length = 45, /* `len(self)` of sequences */
    HPy_sq_repeat = 46, /* `self * number` of sequences */
    HPy_tp_call = 50, /* `self(...)` */
    HPy_tp_hash = 59, /* `hash(self)` */
    HPy_tp_init = 60, /* `self.__init__(...)` */
    HPy_tp_new = 65, /* `type.__new__(type, ...)` */
    HPy_tp_repr = 66, /* `repr(self)` */
    HPy_tp_richcompare = 67, /* `self < other` and the other comparisons */
    HPy_tp_str = 70, /* `str(self)` */
    HPy_tp_traverse = 71, /* Visits the fields of a native structure; has no context and may call nothing */
    HPy_nb_matrix_multiply = 75, /* `self @ other` */
    HPy_nb_inplace_matrix_multiply = 76, /* `self @= other` */
    HPy_tp_finalize = 80, /* `self.__del__()` */
    HPy_tp_destroy = 1000, /* Frees what a native structure owns; has no context and may call nothing */
    HPy_mod_create = 2000, /* Makes the module object from its spec */
    HPy_mod_exec = 2001, /* Runs the body of the module */
} HPySlot_Slot;

#define _HPySlot_SIG__HPy_bf_getbuffer HPyFunc_GETBUFFERPROC
#define _HPySlot_SIG__HPy_bf_releasebuffer HPyFunc_RELEASEBUFFERPROC
#define _HPySlot_SIG__HPy_mp_ass_subscript HPyFunc_OBJOBJARGPROC
#define _HPySlot_SIG__HPy_mp_length HPyFunc_LENFUNC
#define _HPySlot_SIG__HPy_mp_subscript HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_nb_absolute HPyFunc_UNARYFUNC
#define _HPySlot_SIG__HPy_nb_add HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_nb_and HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_nb_bool HPyFunc_INQUIRY
#define _HPySlot_SIG__HPy_nb_divmod HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_nb_float HPyFunc_UNARYFUNC
#define _HPySlot_SIG__HPy_nb_floor_divide HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_nb_index HPyFunc_UNARYFUNC
#define _HPySlot_SIG__HPy_nb_inplace_add HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_nb_inplace_and HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_nb_inplace_floor_divide HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_nb_inplace_lshift HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_nb_inplace_multiply HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_nb_inplace_or HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_nb_inplace_power HPyFunc_TERNARYFUNC
#define _HPySlot_SIG__HPy_nb_inplace_remainder HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_nb_inplace_rshift HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_nb_inplace_subtract HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_nb_inplace_true_divide HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_nb_inplace_xor HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_nb_int HPyFunc_UNARYFUNC
#define _HPySlot_SIG__HPy_nb_invert HPyFunc_UNARYFUNC
#define _HPySlot_SIG__HPy_nb_lshift HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_nb_multiply HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_nb_negative HPyFunc_UNARYFUNC
#define _HPySlot_SIG__HPy_nb_or HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_nb_positive HPyFunc_UNARYFUNC
#define _HPySlot_SIG__HPy_nb_power HPyFunc_TERNARYFUNC
#define _HPySlot_SIG__HPy_nb_remainder HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_nb_rshift HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_nb_subtract HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_nb_true_divide HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_nb_xor HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_sq_ass_item HPyFunc_SSIZEOBJARGPROC
#define _HPySlot_SIG__HPy_sq_concat HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_sq_contains HPyFunc_OBJOBJPROC
#define _HPySlot_SIG__HPy_sq_inplace_concat HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_sq_inplace_repeat HPyFunc_SSIZEARGFUNC
#define _HPySlot_SIG__HPy_sq_item HPyFunc_SSIZEARGFUNC
#define _HPySlot_SIG__HPy_sq_length HPyFunc_LENFUNC
#define _HPySlot_SIG__HPy_sq_repeat HPyFunc_SSIZEARGFUNC
#define _HPySlot_SIG__HPy_tp_call HPyFunc_KEYWORDS
#define _HPySlot_SIG__HPy_tp_hash HPyFunc_HASHFUNC
#define _HPySlot_SIG__HPy_tp_init HPyFunc_INITPROC
#define _HPySlot_SIG__HPy_tp_new HPyFunc_NEWFUNC
#define _HPySlot_SIG__HPy_tp_repr HPyFunc_REPRFUNC
#define _HPySlot_SIG__HPy_tp_richcompare HPyFunc_RICHCMPFUNC
#define _HPySlot_SIG__HPy_tp_str HPyFunc_REPRFUNC
#define _HPySlot_SIG__HPy_tp_traverse HPyFunc_TRAVERSEPROC
#define _HPySlot_SIG__HPy_nb_matrix_multiply HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_nb_inplace_matrix_multiply HPyFunc_BINARYFUNC
#define _HPySlot_SIG__HPy_tp_finalize HPyFunc_DESTRUCTOR
#define _HPySlot_SIG__HPy_tp_destroy HPyFunc_DESTROYFUNC
#define _HPySlot_SIG__HPy_mod_create HPyFunc_MOD_CREATE
#define _HPySlot_SIG__HPy_mod_exec HPyFunc_INQUIRY

#endif /* HPY_AUTOGEN_HPYSLOT_H */
