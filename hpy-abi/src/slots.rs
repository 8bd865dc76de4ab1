//! The slots of types and modules: number, signature, meaning.

use std::ffi::c_int;

use crate::signature::Signature;

/// Calls the macro `$callback` with a row for each slot: `/// meaning.  NUMBER NAME C_NAME SIGNATURE;`
#[macro_export]
macro_rules! for_each_type_slot {
    ($callback:ident) => {
        $callback! {
            /// Fills a view of the memory of `self`.
            1 BfGetbuffer HPy_bf_getbuffer GetBuffer;
            /// Gives such a view up.
            2 BfReleasebuffer HPy_bf_releasebuffer ReleaseBuffer;
            /// `self[key] = value`, or `del self[key]` when the value is null.
            3 MpAssSubscript HPy_mp_ass_subscript ObjObjArg;
            /// `len(self)`.
            4 MpLength HPy_mp_length Len;
            /// `self[key]`.
            5 MpSubscript HPy_mp_subscript Binary;
            /// `abs(self)`.
            6 NbAbsolute HPy_nb_absolute Unary;
            /// `self + other`.
            7 NbAdd HPy_nb_add Binary;
            /// `self & other`.
            8 NbAnd HPy_nb_and Binary;
            /// `bool(self)`.
            9 NbBool HPy_nb_bool Inquiry;
            /// `divmod(self, other)`.
            10 NbDivmod HPy_nb_divmod Binary;
            /// `float(self)`.
            11 NbFloat HPy_nb_float Unary;
            /// `self // other`.
            12 NbFloorDivide HPy_nb_floor_divide Binary;
            /// `operator.index(self)`.
            13 NbIndex HPy_nb_index Unary;
            /// `self += other`.
            14 NbInplaceAdd HPy_nb_inplace_add Binary;
            /// `self &= other`.
            15 NbInplaceAnd HPy_nb_inplace_and Binary;
            /// `self //= other`.
            16 NbInplaceFloorDivide HPy_nb_inplace_floor_divide Binary;
            /// `self <<= other`.
            17 NbInplaceLshift HPy_nb_inplace_lshift Binary;
            /// `self *= other`.
            18 NbInplaceMultiply HPy_nb_inplace_multiply Binary;
            /// `self |= other`.
            19 NbInplaceOr HPy_nb_inplace_or Binary;
            /// `self **= other`, with a modulus or `None`.
            20 NbInplacePower HPy_nb_inplace_power Ternary;
            /// `self %= other`.
            21 NbInplaceRemainder HPy_nb_inplace_remainder Binary;
            /// `self >>= other`.
            22 NbInplaceRshift HPy_nb_inplace_rshift Binary;
            /// `self -= other`.
            23 NbInplaceSubtract HPy_nb_inplace_subtract Binary;
            /// `self /= other`.
            24 NbInplaceTrueDivide HPy_nb_inplace_true_divide Binary;
            /// `self ^= other`.
            25 NbInplaceXor HPy_nb_inplace_xor Binary;
            /// `int(self)`.
            26 NbInt HPy_nb_int Unary;
            /// `~self`.
            27 NbInvert HPy_nb_invert Unary;
            /// `self << other`.
            28 NbLshift HPy_nb_lshift Binary;
            /// `self * other`.
            29 NbMultiply HPy_nb_multiply Binary;
            /// `-self`.
            30 NbNegative HPy_nb_negative Unary;
            /// `self | other`.
            31 NbOr HPy_nb_or Binary;
            /// `+self`.
            32 NbPositive HPy_nb_positive Unary;
            /// `pow(self, other, modulus)`.
            33 NbPower HPy_nb_power Ternary;
            /// `self % other`.
            34 NbRemainder HPy_nb_remainder Binary;
            /// `self >> other`.
            35 NbRshift HPy_nb_rshift Binary;
            /// `self - other`.
            36 NbSubtract HPy_nb_subtract Binary;
            /// `self / other`.
            37 NbTrueDivide HPy_nb_true_divide Binary;
            /// `self ^ other`.
            38 NbXor HPy_nb_xor Binary;
            /// `self[index] = value`, or `del self[index]` when the value is null.
            39 SqAssItem HPy_sq_ass_item SsizeObjArg;
            /// `self + other` of sequences.
            40 SqConcat HPy_sq_concat Binary;
            /// `key in self`.
            41 SqContains HPy_sq_contains ObjObj;
            /// `self += other` of sequences.
            42 SqInplaceConcat HPy_sq_inplace_concat Binary;
            /// `self *= number` of sequences.
            43 SqInplaceRepeat HPy_sq_inplace_repeat SsizeArg;
            /// `self[index]`.
            44 SqItem HPy_sq_item SsizeArg;
            /// `len(self)` of sequences.
            45 SqLength HPy_sq_length Len;
            /// `self * number` of sequences.
            46 SqRepeat HPy_sq_repeat SsizeArg;
            /// `self(...)`.
            50 TpCall HPy_tp_call Keywords;
            /// `hash(self)`.
            59 TpHash HPy_tp_hash Hash;
            /// `self.__init__(...)`.
            60 TpInit HPy_tp_init Init;
            /// `type.__new__(type, ...)`.
            65 TpNew HPy_tp_new New;
            /// `repr(self)`.
            66 TpRepr HPy_tp_repr Repr;
            /// `self < other` and the other comparisons.
            67 TpRichcompare HPy_tp_richcompare RichCmp;
            /// `str(self)`.
            70 TpStr HPy_tp_str Repr;
            /// Visits the fields of a native structure; has no context and may call nothing.
            71 TpTraverse HPy_tp_traverse Traverse;
            /// `self @ other`.
            75 NbMatrixMultiply HPy_nb_matrix_multiply Binary;
            /// `self @= other`.
            76 NbInplaceMatrixMultiply HPy_nb_inplace_matrix_multiply Binary;
            /// `self.__del__()`.
            80 TpFinalize HPy_tp_finalize Destructor;
            /// Frees what a native structure owns; has no context and may call nothing.
            1000 TpDestroy HPy_tp_destroy Destroy;
            /// Makes the module object from its spec.
            2000 ModCreate HPy_mod_create ModCreate;
            /// Runs the body of the module.
            2001 ModExec HPy_mod_exec Inquiry;
        }
    };
}

macro_rules! slots {
    ($( $(#[doc = $doc:literal])+ $number:literal $name:ident $c:ident $signature:ident; )+) => {
        /// A slot of a type or of a module.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum TypeSlot { $( $(#[doc = $doc])+ $name = $number, )+ }

        impl TypeSlot {
            /// All slots.
            pub const ALL: &[TypeSlot] = &[ $( TypeSlot::$name ),+ ];

            /// The slot of that number, if C gave a valid one.
            pub const fn of(number: c_int) -> Option<TypeSlot> {
                match number { $( $number => Some(TypeSlot::$name), )+ _ => None }
            }

            /// Its number.
            pub const fn number(self) -> c_int {
                self as c_int
            }

            /// The signature of the function in it.
            pub const fn signature(self) -> Signature {
                match self { $( TypeSlot::$name => Signature::$signature, )+ }
            }

            /// Its name in C.
            pub const fn c_name(self) -> &'static str {
                match self { $( TypeSlot::$name => stringify!($c), )+ }
            }

            /// What it is for.
            pub const fn doc(self) -> &'static str {
                match self { $( TypeSlot::$name => concat!($($doc),+), )+ }
            }
        }
    };
}
for_each_type_slot!(slots);

const _: () = assert!(TypeSlot::ALL.len() == 60);
