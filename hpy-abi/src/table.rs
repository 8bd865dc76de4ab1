//! The table of the context: one row for each of its slots, in order, from which everything else is made.
//!
//! A row of a constant is `INDEX FIELD { NAME }`. A row of a function is
//! `INDEX FIELD { METHOD = API(PARAMETER: KIND, …) -> KIND, EFFECT, ERROR }`: the field of the context, the method of
//! [`crate::Host`], the function or macro of `hpy.h`, what it takes and gives (see [`crate::kinds`]), what it may do
//! ([`crate::Effect`]) and how it says that an exception was raised ([`crate::ErrorValue`]). `shared` marks the functions
//! that are the same on every host ([`crate::shared`]); the trait has them as defaults.
//!
//! Names, order and signatures are those of HPy 0.9.0's universal ABI and can never change. Rows are never added: a module
//! that used a slot above the last would crash in every other host.

/// Calls the macro `$callback` with all rows, in four sections: constants, functions, constants, functions.
///
/// A callback that treats all sections alike has the pattern
/// `$( $section:ident { $( $(#[doc = $doc:literal])+ $index:literal $field:ident $body:tt )+ } )+`.
#[macro_export]
macro_rules! for_each_slot {
    ($callback:ident) => {
        $callback! {
            constants {
            /// The object `None`.
            0 h_None { None }
            /// The object `True`.
            1 h_True { True }
            /// The object `False`.
            2 h_False { False }
            /// The object `NotImplemented`.
            3 h_NotImplemented { NotImplemented }
            /// The object `Ellipsis`.
            4 h_Ellipsis { Ellipsis }
            /// The class `BaseException`.
            5 h_BaseException { BaseException }
            /// The class `Exception`.
            6 h_Exception { Exception }
            /// The class `StopAsyncIteration`.
            7 h_StopAsyncIteration { StopAsyncIteration }
            /// The class `StopIteration`.
            8 h_StopIteration { StopIteration }
            /// The class `GeneratorExit`.
            9 h_GeneratorExit { GeneratorExit }
            /// The class `ArithmeticError`.
            10 h_ArithmeticError { ArithmeticError }
            /// The class `LookupError`.
            11 h_LookupError { LookupError }
            /// The class `AssertionError`.
            12 h_AssertionError { AssertionError }
            /// The class `AttributeError`.
            13 h_AttributeError { AttributeError }
            /// The class `BufferError`.
            14 h_BufferError { BufferError }
            /// The class `EOFError`.
            15 h_EOFError { EOFError }
            /// The class `FloatingPointError`.
            16 h_FloatingPointError { FloatingPointError }
            /// The class `OSError`.
            17 h_OSError { OSError }
            /// The class `ImportError`.
            18 h_ImportError { ImportError }
            /// The class `ModuleNotFoundError`.
            19 h_ModuleNotFoundError { ModuleNotFoundError }
            /// The class `IndexError`.
            20 h_IndexError { IndexError }
            /// The class `KeyError`.
            21 h_KeyError { KeyError }
            /// The class `KeyboardInterrupt`.
            22 h_KeyboardInterrupt { KeyboardInterrupt }
            /// The class `MemoryError`.
            23 h_MemoryError { MemoryError }
            /// The class `NameError`.
            24 h_NameError { NameError }
            /// The class `OverflowError`.
            25 h_OverflowError { OverflowError }
            /// The class `RuntimeError`.
            26 h_RuntimeError { RuntimeError }
            /// The class `RecursionError`.
            27 h_RecursionError { RecursionError }
            /// The class `NotImplementedError`.
            28 h_NotImplementedError { NotImplementedError }
            /// The class `SyntaxError`.
            29 h_SyntaxError { SyntaxError }
            /// The class `IndentationError`.
            30 h_IndentationError { IndentationError }
            /// The class `TabError`.
            31 h_TabError { TabError }
            /// The class `ReferenceError`.
            32 h_ReferenceError { ReferenceError }
            /// The class `SystemError`.
            33 h_SystemError { SystemError }
            /// The class `SystemExit`.
            34 h_SystemExit { SystemExit }
            /// The class `TypeError`.
            35 h_TypeError { TypeError }
            /// The class `UnboundLocalError`.
            36 h_UnboundLocalError { UnboundLocalError }
            /// The class `UnicodeError`.
            37 h_UnicodeError { UnicodeError }
            /// The class `UnicodeEncodeError`.
            38 h_UnicodeEncodeError { UnicodeEncodeError }
            /// The class `UnicodeDecodeError`.
            39 h_UnicodeDecodeError { UnicodeDecodeError }
            /// The class `UnicodeTranslateError`.
            40 h_UnicodeTranslateError { UnicodeTranslateError }
            /// The class `ValueError`.
            41 h_ValueError { ValueError }
            /// The class `ZeroDivisionError`.
            42 h_ZeroDivisionError { ZeroDivisionError }
            /// The class `BlockingIOError`.
            43 h_BlockingIOError { BlockingIOError }
            /// The class `BrokenPipeError`.
            44 h_BrokenPipeError { BrokenPipeError }
            /// The class `ChildProcessError`.
            45 h_ChildProcessError { ChildProcessError }
            /// The class `ConnectionError`.
            46 h_ConnectionError { ConnectionError }
            /// The class `ConnectionAbortedError`.
            47 h_ConnectionAbortedError { ConnectionAbortedError }
            /// The class `ConnectionRefusedError`.
            48 h_ConnectionRefusedError { ConnectionRefusedError }
            /// The class `ConnectionResetError`.
            49 h_ConnectionResetError { ConnectionResetError }
            /// The class `FileExistsError`.
            50 h_FileExistsError { FileExistsError }
            /// The class `FileNotFoundError`.
            51 h_FileNotFoundError { FileNotFoundError }
            /// The class `InterruptedError`.
            52 h_InterruptedError { InterruptedError }
            /// The class `IsADirectoryError`.
            53 h_IsADirectoryError { IsADirectoryError }
            /// The class `NotADirectoryError`.
            54 h_NotADirectoryError { NotADirectoryError }
            /// The class `PermissionError`.
            55 h_PermissionError { PermissionError }
            /// The class `ProcessLookupError`.
            56 h_ProcessLookupError { ProcessLookupError }
            /// The class `TimeoutError`.
            57 h_TimeoutError { TimeoutError }
            /// The class `Warning`.
            58 h_Warning { Warning }
            /// The class `UserWarning`.
            59 h_UserWarning { UserWarning }
            /// The class `DeprecationWarning`.
            60 h_DeprecationWarning { DeprecationWarning }
            /// The class `PendingDeprecationWarning`.
            61 h_PendingDeprecationWarning { PendingDeprecationWarning }
            /// The class `SyntaxWarning`.
            62 h_SyntaxWarning { SyntaxWarning }
            /// The class `RuntimeWarning`.
            63 h_RuntimeWarning { RuntimeWarning }
            /// The class `FutureWarning`.
            64 h_FutureWarning { FutureWarning }
            /// The class `ImportWarning`.
            65 h_ImportWarning { ImportWarning }
            /// The class `UnicodeWarning`.
            66 h_UnicodeWarning { UnicodeWarning }
            /// The class `BytesWarning`.
            67 h_BytesWarning { BytesWarning }
            /// The class `ResourceWarning`.
            68 h_ResourceWarning { ResourceWarning }
            /// The class `object`.
            69 h_BaseObjectType { BaseObjectType }
            /// The class `type`.
            70 h_TypeType { TypeType }
            /// The class `bool`.
            71 h_BoolType { BoolType }
            /// The class `int`.
            72 h_LongType { LongType }
            /// The class `float`.
            73 h_FloatType { FloatType }
            /// The class `str`.
            74 h_UnicodeType { UnicodeType }
            /// The class `tuple`.
            75 h_TupleType { TupleType }
            /// The class `list`.
            76 h_ListType { ListType }
            }
            functions {
            /// Another handle for the object of `h`; of `HPy_NULL` it is `HPy_NULL`.
            77 ctx_Dup { dup = HPy_Dup(h: NullableHandle) -> Owned, Handles, Never }
            /// Gives up a handle, which must not be used afterwards; `HPy_NULL` is fine.
            78 ctx_Close { close = HPy_Close(h: ClosedHandle) -> Unit, Handles, Never }
            /// The `int` of that value.
            79 ctx_Long_FromInt32_t { long_from_int32_t = HPyLong_FromInt32_t(value: I32) -> Owned, Allocates, Null }
            /// The `int` of that value.
            80 ctx_Long_FromUInt32_t { long_from_uint32_t = HPyLong_FromUInt32_t(value: U32) -> Owned, Allocates, Null }
            /// The `int` of that value.
            81 ctx_Long_FromInt64_t { long_from_int64_t = HPyLong_FromInt64_t(v: I64) -> Owned, Allocates, Null }
            /// The `int` of that value.
            82 ctx_Long_FromUInt64_t { long_from_uint64_t = HPyLong_FromUInt64_t(v: U64) -> Owned, Allocates, Null }
            /// The `int` of that value.
            83 ctx_Long_FromSize_t { long_from_size_t = HPyLong_FromSize_t(value: Size) -> Owned, Allocates, Null }
            /// The `int` of that value.
            84 ctx_Long_FromSsize_t { long_from_ssize_t = HPyLong_FromSsize_t(value: Ssize) -> Owned, Allocates, Null }
            /// The value of an `int`, or of what has `__index__`; OverflowError if it does not fit.
            85 ctx_Long_AsInt32_t { long_as_int32_t = HPyLong_AsInt32_t(h: Handle) -> I32, Calls, Ambiguous }
            /// The value of an `int`; TypeError for anything else, OverflowError if it does not fit.
            86 ctx_Long_AsUInt32_t { long_as_uint32_t = HPyLong_AsUInt32_t(h: Handle) -> U32, Calls, Ambiguous }
            /// The lowest 32 bits of an `int`, or of what has `__index__`.
            87 ctx_Long_AsUInt32_tMask {
                long_as_uint32_t_mask = HPyLong_AsUInt32_tMask(h: Handle) -> U32, Calls, Ambiguous
            }
            /// The value of an `int`, or of what has `__index__`; OverflowError if it does not fit.
            88 ctx_Long_AsInt64_t { long_as_int64_t = HPyLong_AsInt64_t(h: Handle) -> I64, Calls, Ambiguous }
            /// The value of an `int`; TypeError for anything else, OverflowError if it does not fit.
            89 ctx_Long_AsUInt64_t { long_as_uint64_t = HPyLong_AsUInt64_t(h: Handle) -> U64, Calls, Ambiguous }
            /// The lowest 64 bits of an `int`, or of what has `__index__`.
            90 ctx_Long_AsUInt64_tMask {
                long_as_uint64_t_mask = HPyLong_AsUInt64_tMask(h: Handle) -> U64, Calls, Ambiguous
            }
            /// The value of an `int`; TypeError for anything else, OverflowError if it does not fit.
            91 ctx_Long_AsSize_t { long_as_size_t = HPyLong_AsSize_t(h: Handle) -> Size, Calls, Ambiguous }
            /// The value of an `int`; TypeError for anything else, OverflowError if it does not fit.
            92 ctx_Long_AsSsize_t { long_as_ssize_t = HPyLong_AsSsize_t(h: Handle) -> Ssize, Calls, Ambiguous }
            /// The pointer whose number an `int` is; OverflowError if there is none.
            93 ctx_Long_AsVoidPtr { long_as_void_ptr = HPyLong_AsVoidPtr(h: Handle) -> Data, Calls, NullAmbiguous }
            /// The nearest `double` of an `int`; TypeError for anything else, OverflowError if it is too large.
            94 ctx_Long_AsDouble { long_as_double = HPyLong_AsDouble(h: Handle) -> Double, Calls, Ambiguous }
            /// The `float` of that value.
            95 ctx_Float_FromDouble { float_from_double = HPyFloat_FromDouble(v: Double) -> Owned, Allocates, Null }
            /// The value of a `float`, or of what has `__float__` or `__index__`.
            96 ctx_Float_AsDouble { float_as_double = HPyFloat_AsDouble(h: Handle) -> Double, Calls, Ambiguous }
            /// `True` or `False`.
            97 ctx_Bool_FromBool { bool_from_bool = HPyBool_FromBool(v: Bool) -> Owned, Pure, Never }
            /// `len(h)`.
            98 ctx_Length { length = HPy_Length(h: Handle) -> Ssize, Calls, MinusOne }
            /// Has the object `__index__`, `__int__` or `__float__`, or is it a `complex`?
            99 ctx_Number_Check { number_check = HPyNumber_Check(h: Handle) -> Test, Reads, Never }
            /// `h1 + h2`.
            100 ctx_Add { add = HPy_Add(h1: Handle, h2: Handle) -> Owned, Calls, Null }
            /// `h1 - h2`.
            101 ctx_Subtract { subtract = HPy_Subtract(h1: Handle, h2: Handle) -> Owned, Calls, Null }
            /// `h1 * h2`.
            102 ctx_Multiply { multiply = HPy_Multiply(h1: Handle, h2: Handle) -> Owned, Calls, Null }
            /// `h1 @ h2`.
            103 ctx_MatrixMultiply {
                matrix_multiply = HPy_MatrixMultiply(h1: Handle, h2: Handle) -> Owned, Calls, Null
            }
            /// `h1 // h2`.
            104 ctx_FloorDivide { floor_divide = HPy_FloorDivide(h1: Handle, h2: Handle) -> Owned, Calls, Null }
            /// `h1 / h2`.
            105 ctx_TrueDivide { true_divide = HPy_TrueDivide(h1: Handle, h2: Handle) -> Owned, Calls, Null }
            /// `h1 % h2`.
            106 ctx_Remainder { remainder = HPy_Remainder(h1: Handle, h2: Handle) -> Owned, Calls, Null }
            /// `divmod(h1, h2)`.
            107 ctx_Divmod { divmod = HPy_Divmod(h1: Handle, h2: Handle) -> Owned, Calls, Null }
            /// `pow(h1, h2, h3)`; `None` as `h3` stands for its absence.
            108 ctx_Power { power = HPy_Power(h1: Handle, h2: Handle, h3: Handle) -> Owned, Calls, Null }
            /// `-h1`.
            109 ctx_Negative { negative = HPy_Negative(h1: Handle) -> Owned, Calls, Null }
            /// `+h1`.
            110 ctx_Positive { positive = HPy_Positive(h1: Handle) -> Owned, Calls, Null }
            /// `abs(h1)`.
            111 ctx_Absolute { absolute = HPy_Absolute(h1: Handle) -> Owned, Calls, Null }
            /// `~h1`.
            112 ctx_Invert { invert = HPy_Invert(h1: Handle) -> Owned, Calls, Null }
            /// `h1 << h2`.
            113 ctx_Lshift { lshift = HPy_Lshift(h1: Handle, h2: Handle) -> Owned, Calls, Null }
            /// `h1 >> h2`.
            114 ctx_Rshift { rshift = HPy_Rshift(h1: Handle, h2: Handle) -> Owned, Calls, Null }
            /// `h1 & h2`.
            115 ctx_And { and = HPy_And(h1: Handle, h2: Handle) -> Owned, Calls, Null }
            /// `h1 ^ h2`.
            116 ctx_Xor { xor = HPy_Xor(h1: Handle, h2: Handle) -> Owned, Calls, Null }
            /// `h1 | h2`.
            117 ctx_Or { or = HPy_Or(h1: Handle, h2: Handle) -> Owned, Calls, Null }
            /// `operator.index(h1)`.
            118 ctx_Index { index = HPy_Index(h1: Handle) -> Owned, Calls, Null }
            /// `int(h1)`.
            119 ctx_Long { long = HPy_Long(h1: Handle) -> Owned, Calls, Null }
            /// `float(h1)`.
            120 ctx_Float { float = HPy_Float(h1: Handle) -> Owned, Calls, Null }
            /// What `h1 += h2` leaves in `h1`.
            121 ctx_InPlaceAdd { in_place_add = HPy_InPlaceAdd(h1: Handle, h2: Handle) -> Owned, Calls, Null }
            /// What `h1 -= h2` leaves in `h1`.
            122 ctx_InPlaceSubtract {
                in_place_subtract = HPy_InPlaceSubtract(h1: Handle, h2: Handle) -> Owned, Calls, Null
            }
            /// What `h1 *= h2` leaves in `h1`.
            123 ctx_InPlaceMultiply {
                in_place_multiply = HPy_InPlaceMultiply(h1: Handle, h2: Handle) -> Owned, Calls, Null
            }
            /// What `h1 @= h2` leaves in `h1`.
            124 ctx_InPlaceMatrixMultiply {
                in_place_matrix_multiply = HPy_InPlaceMatrixMultiply(h1: Handle, h2: Handle) -> Owned, Calls, Null
            }
            /// What `h1 //= h2` leaves in `h1`.
            125 ctx_InPlaceFloorDivide {
                in_place_floor_divide = HPy_InPlaceFloorDivide(h1: Handle, h2: Handle) -> Owned, Calls, Null
            }
            /// What `h1 /= h2` leaves in `h1`.
            126 ctx_InPlaceTrueDivide {
                in_place_true_divide = HPy_InPlaceTrueDivide(h1: Handle, h2: Handle) -> Owned, Calls, Null
            }
            /// What `h1 %= h2` leaves in `h1`.
            127 ctx_InPlaceRemainder {
                in_place_remainder = HPy_InPlaceRemainder(h1: Handle, h2: Handle) -> Owned, Calls, Null
            }
            /// What `h1 **= h2` leaves in `h1`; `h3` is a modulus or `None`.
            128 ctx_InPlacePower {
                in_place_power = HPy_InPlacePower(h1: Handle, h2: Handle, h3: Handle) -> Owned, Calls, Null
            }
            /// What `h1 <<= h2` leaves in `h1`.
            129 ctx_InPlaceLshift { in_place_lshift = HPy_InPlaceLshift(h1: Handle, h2: Handle) -> Owned, Calls, Null }
            /// What `h1 >>= h2` leaves in `h1`.
            130 ctx_InPlaceRshift { in_place_rshift = HPy_InPlaceRshift(h1: Handle, h2: Handle) -> Owned, Calls, Null }
            /// What `h1 &= h2` leaves in `h1`.
            131 ctx_InPlaceAnd { in_place_and = HPy_InPlaceAnd(h1: Handle, h2: Handle) -> Owned, Calls, Null }
            /// What `h1 ^= h2` leaves in `h1`.
            132 ctx_InPlaceXor { in_place_xor = HPy_InPlaceXor(h1: Handle, h2: Handle) -> Owned, Calls, Null }
            /// What `h1 |= h2` leaves in `h1`.
            133 ctx_InPlaceOr { in_place_or = HPy_InPlaceOr(h1: Handle, h2: Handle) -> Owned, Calls, Null }
            /// `callable(h)`.
            134 ctx_Callable_Check { callable_check = HPyCallable_Check(h: Handle) -> Test, Reads, Never }
            /// `callable(*args, **kw)`, with a tuple and a dict or nulls.
            135 ctx_CallTupleDict {
                call_tuple_dict = HPy_CallTupleDict(
                    callable: Handle, args: NullableHandle, kw: NullableHandle
                ) -> Owned, Calls, Null
            }
            /// Prints the message and ends the process at once.
            136 ctx_FatalError { fatal_error = HPy_FatalError(message: Text) -> Unit, Stops, Never }
            /// Raises `h_type(utf8_message)`.
            137 ctx_Err_SetString {
                err_set_string = HPyErr_SetString(h_type: Handle, utf8_message: Text) -> Unit, Calls, Raises
            }
            /// Raises `h_type` with a value, which may be the exception itself or its arguments.
            138 ctx_Err_SetObject {
                err_set_object = HPyErr_SetObject(h_type: Handle, h_value: NullableHandle) -> Unit, Calls, Raises
            }
            /// Raises `h_type(errno, strerror(errno), filename)`.
            139 ctx_Err_SetFromErrnoWithFilename {
                err_set_from_errno_with_filename = HPyErr_SetFromErrnoWithFilename(
                    h_type: Handle, filename_fsencoded: NullableFileName
                ) -> Owned, Calls, AlwaysNull
            }
            /// Raises `h_type(errno, strerror(errno), filename1, filename2)`, less the file names that are null.
            140 ctx_Err_SetFromErrnoWithFilenameObjects {
                err_set_from_errno_with_filename_objects = HPyErr_SetFromErrnoWithFilenameObjects(
                    h_type: Handle, filename1: NullableHandle, filename2: NullableHandle
                ) -> Unit, Calls, Raises
            }
            /// Is an exception being raised?
            141 ctx_Err_Occurred { err_occurred = HPyErr_Occurred() -> Test, Reads, Never }
            /// Is the exception being raised an instance of the class `exc`, or of one in the tuple `exc`?
            142 ctx_Err_ExceptionMatches {
                err_exception_matches = HPyErr_ExceptionMatches(exc: Handle) -> Test, Calls, Never
            }
            /// Raises MemoryError.
            143 ctx_Err_NoMemory { err_no_memory = HPyErr_NoMemory() -> Unit, Writes, Raises }
            /// Forgets the exception being raised, if there is one.
            144 ctx_Err_Clear { err_clear = HPyErr_Clear() -> Unit, Handles, Never }
            /// A new exception class `module.name` with a base or a tuple of bases (null: Exception) and the entries of a dict.
            145 ctx_Err_NewException {
                err_new_exception = HPyErr_NewException(
                    utf8_name: Text, base: NullableHandle, dict: NullableHandle
                ) -> Owned, Calls, Null
            }
            /// The same, with a docstring.
            146 ctx_Err_NewExceptionWithDoc {
                err_new_exception_with_doc = HPyErr_NewExceptionWithDoc(
                    utf8_name: Text, utf8_doc: NullableText, base: NullableHandle, dict: NullableHandle
                ) -> Owned, Calls, Null
            }
            /// `warnings.warn(message, category, stack_level)`; null as the category: RuntimeWarning.
            147 ctx_Err_WarnEx {
                err_warn_ex = HPyErr_WarnEx(
                    category: NullableHandle, utf8_message: Text, stack_level: Ssize
                ) -> Status, Calls, MinusOne
            }
            /// Reports the exception being raised as one that `obj` cannot pass on, and forgets it.
            148 ctx_Err_WriteUnraisable {
                err_write_unraisable = HPyErr_WriteUnraisable(obj: NullableHandle) -> Unit, Calls, Never
            }
            /// `bool(h)`.
            149 ctx_IsTrue { is_true = HPy_IsTrue(h: Handle) -> Truth, Calls, MinusOne }
            /// A new type from its description.
            150 ctx_Type_FromSpec {
                type_from_spec = HPyType_FromSpec(spec: Spec, params: Params) -> Owned, Calls, Null
            }
            /// A new instance of the type, its native structure all zero; the arguments do not matter.
            151 ctx_Type_GenericNew {
                type_generic_new = HPyType_GenericNew(
                    type_: Handle, args: Handles, nargs: SignedCount, kw: NullableHandle
                ) -> Owned, Calls, Null
            }
            /// `getattr(obj, name)`.
            152 ctx_GetAttr { get_attr = HPy_GetAttr(obj: Handle, name: Handle) -> Owned, Calls, Null }
            /// `getattr(obj, name)`.
            153 ctx_GetAttr_s { get_attr_s = HPy_GetAttr_s(obj: Handle, utf8_name: Text) -> Owned, Calls, Null }
            /// `hasattr(obj, name)`; an exception of any kind means no.
            154 ctx_HasAttr { has_attr = HPy_HasAttr(obj: Handle, name: Handle) -> Test, Calls, Never }
            /// `hasattr(obj, name)`; an exception of any kind means no.
            155 ctx_HasAttr_s { has_attr_s = HPy_HasAttr_s(obj: Handle, utf8_name: Text) -> Test, Calls, Never }
            /// `setattr(obj, name, value)`; null as the value deletes the attribute.
            156 ctx_SetAttr {
                set_attr = HPy_SetAttr(obj: Handle, name: Handle, value: NullableHandle) -> Status, Calls, MinusOne
            }
            /// `setattr(obj, name, value)`; null as the value deletes the attribute.
            157 ctx_SetAttr_s {
                set_attr_s = HPy_SetAttr_s(
                    obj: Handle, utf8_name: Text, value: NullableHandle
                ) -> Status, Calls, MinusOne
            }
            /// `obj[key]`.
            158 ctx_GetItem { get_item = HPy_GetItem(obj: Handle, key: Handle) -> Owned, Calls, Null }
            /// `obj[idx]`.
            159 ctx_GetItem_i { get_item_i = HPy_GetItem_i(obj: Handle, idx: Ssize) -> Owned, Calls, Null }
            /// `obj[key]`.
            160 ctx_GetItem_s { get_item_s = HPy_GetItem_s(obj: Handle, utf8_key: Text) -> Owned, Calls, Null }
            /// `key in container`.
            161 ctx_Contains { contains = HPy_Contains(container: Handle, key: Handle) -> Truth, Calls, MinusOne }
            /// `obj[key] = value`.
            162 ctx_SetItem {
                set_item = HPy_SetItem(obj: Handle, key: Handle, value: Handle) -> Status, Calls, MinusOne
            }
            /// `obj[idx] = value`.
            163 ctx_SetItem_i {
                set_item_i = HPy_SetItem_i(obj: Handle, idx: Ssize, value: Handle) -> Status, Calls, MinusOne
            }
            /// `obj[key] = value`.
            164 ctx_SetItem_s {
                set_item_s = HPy_SetItem_s(obj: Handle, utf8_key: Text, value: Handle) -> Status, Calls, MinusOne
            }
            /// `type(obj)`.
            165 ctx_Type { type_ = HPy_Type(obj: Handle) -> Owned, Reads, Never }
            /// Is `type` in the MRO of `type(obj)`?
            166 ctx_TypeCheck { type_check = HPy_TypeCheck(obj: Handle, type_: Handle) -> Test, Reads, Never }
            /// `obj is other`.
            167 ctx_Is { is = HPy_Is(obj: Handle, other: Handle) -> Test, Pure, Never }
            /// The native structure of an instance whose type has shape Object.
            168 ctx_AsStruct_Object { as_struct_object = _HPy_AsStruct_Object(h: Handle) -> Data, Pure, Never }
            /// The structure of an instance of a legacy type, which universal modules do not have.
            169 ctx_AsStruct_Legacy { as_struct_legacy = _HPy_AsStruct_Legacy(h: Handle) -> Data, Pure, Never }
            /// A new instance of the type and the address of its native structure, all zero.
            170 ctx_New { new = HPy_New(h_type: Handle, data: OutData) -> Owned, Calls, Null }
            /// `repr(obj)`.
            171 ctx_Repr { repr = HPy_Repr(obj: Handle) -> Owned, Calls, Null }
            /// `str(obj)`.
            172 ctx_Str { str = HPy_Str(obj: Handle) -> Owned, Calls, Null }
            /// `ascii(obj)`.
            173 ctx_ASCII { ascii = HPy_ASCII(obj: Handle) -> Owned, Calls, Null }
            /// `bytes(obj)`.
            174 ctx_Bytes { bytes = HPy_Bytes(obj: Handle) -> Owned, Calls, Null }
            /// `v < w`, or another comparison.
            175 ctx_RichCompare { rich_compare = HPy_RichCompare(v: Handle, w: Handle, op: Int) -> Owned, Calls, Null }
            /// The truth of a comparison; what is identical counts as equal.
            176 ctx_RichCompareBool {
                rich_compare_bool = HPy_RichCompareBool(v: Handle, w: Handle, op: Int) -> Truth, Calls, MinusOne
            }
            /// `hash(obj)`.
            177 ctx_Hash { hash = HPy_Hash(obj: Handle) -> Hash, Calls, MinusOne }
            /// `isinstance(h, bytes)`.
            178 ctx_Bytes_Check { bytes_check = HPyBytes_Check(h: Handle) -> Test, Reads, Never }
            /// The number of bytes; TypeError for what is not `bytes`.
            179 ctx_Bytes_Size { bytes_size = HPyBytes_Size(h: Handle) -> Ssize, Reads, MinusOne }
            /// The number of bytes of what is known to be `bytes`.
            180 ctx_Bytes_GET_SIZE { bytes_size_unchecked = HPyBytes_GET_SIZE(h: Handle) -> Ssize, Pure, Never }
            /// The bytes, with a zero after them, valid as long as the handle; TypeError for what is not `bytes`.
            181 ctx_Bytes_AsString { bytes_as_string = HPyBytes_AsString(h: Handle) -> BorrowedBytes, Reads, Null }
            /// The bytes of what is known to be `bytes`.
            182 ctx_Bytes_AS_STRING {
                bytes_as_string_unchecked = HPyBytes_AS_STRING(h: Handle) -> BorrowedBytes, Pure, Never
            }
            /// The `bytes` of a string in C, up to its zero.
            183 ctx_Bytes_FromString { bytes_from_string = HPyBytes_FromString(bytes: Text) -> Owned, Allocates, Null }
            /// The `bytes` of a memory area; a null area is a ValueError, a negative size a SystemError.
            184 ctx_Bytes_FromStringAndSize {
                bytes_from_string_and_size = HPyBytes_FromStringAndSize(
                    bytes: NullableChars, len: Ssize
                ) -> Owned, Allocates, Null
            }
            /// The `str` of a string in UTF-8.
            185 ctx_Unicode_FromString {
                unicode_from_string = HPyUnicode_FromString(utf8: Text) -> Owned, Allocates, Null
            }
            /// `isinstance(h, str)`.
            186 ctx_Unicode_Check { unicode_check = HPyUnicode_Check(h: Handle) -> Test, Reads, Never }
            /// `h.encode('ascii')`.
            187 ctx_Unicode_AsASCIIString {
                unicode_as_ascii_string = HPyUnicode_AsASCIIString(h: Handle) -> Owned, Allocates, Null
            }
            /// `h.encode('latin-1')`.
            188 ctx_Unicode_AsLatin1String {
                unicode_as_latin1_string = HPyUnicode_AsLatin1String(h: Handle) -> Owned, Allocates, Null
            }
            /// `h.encode('utf-8')`.
            189 ctx_Unicode_AsUTF8String {
                unicode_as_utf8_string = HPyUnicode_AsUTF8String(h: Handle) -> Owned, Allocates, Null
            }
            /// The UTF-8 of a `str`, with a zero after it, valid as long as the handle, and its length.
            190 ctx_Unicode_AsUTF8AndSize {
                unicode_as_utf8_and_size = HPyUnicode_AsUTF8AndSize(
                    h: Handle, size: NullableOutSize
                ) -> BorrowedText, Allocates, Null
            }
            /// The `str` of `size` wide characters; -1: up to the zero.
            191 ctx_Unicode_FromWideChar {
                unicode_from_wide_char = HPyUnicode_FromWideChar(w: WideChars, size: Ssize) -> Owned, Allocates, Null
            }
            /// `os.fsdecode` of a string in C.
            192 ctx_Unicode_DecodeFSDefault {
                unicode_decode_fs_default = HPyUnicode_DecodeFSDefault(v: FileName) -> Owned, Allocates, Null
            }
            /// `os.fsdecode` of a memory area.
            193 ctx_Unicode_DecodeFSDefaultAndSize {
                unicode_decode_fs_default_and_size = HPyUnicode_DecodeFSDefaultAndSize(
                    v: Chars, size: Ssize
                ) -> Owned, Allocates, Null
            }
            /// `os.fsencode(h)`.
            194 ctx_Unicode_EncodeFSDefault {
                unicode_encode_fs_default = HPyUnicode_EncodeFSDefault(h: Handle) -> Owned, Allocates, Null
            }
            /// The code point at an index; IndexError if there is none.
            195 ctx_Unicode_ReadChar {
                unicode_read_char = HPyUnicode_ReadChar(h: Handle, index: Ssize) -> Char, Reads, Ambiguous
            }
            /// `bytes.decode('ascii', errors)`.
            196 ctx_Unicode_DecodeASCII {
                unicode_decode_ascii = HPyUnicode_DecodeASCII(
                    ascii: Chars, size: Ssize, errors: NullableText
                ) -> Owned, Calls, Null
            }
            /// `bytes.decode('latin-1', errors)`.
            197 ctx_Unicode_DecodeLatin1 {
                unicode_decode_latin1 = HPyUnicode_DecodeLatin1(
                    latin1: Chars, size: Ssize, errors: NullableText
                ) -> Owned, Allocates, Null
            }
            /// `isinstance(h, list)`.
            198 ctx_List_Check { list_check = HPyList_Check(h: Handle) -> Test, Reads, Never }
            /// A new list of `len` items, all `None`: nearly always 0, with `HPyList_Append` or a builder.
            199 ctx_List_New { list_new = HPyList_New(len: Ssize) -> Owned, Allocates, Null }
            /// `h_list.append(h_item)`.
            200 ctx_List_Append {
                list_append = HPyList_Append(h_list: Handle, h_item: Handle) -> Status, Writes, MinusOne
            }
            /// `isinstance(h, dict)`.
            201 ctx_Dict_Check { dict_check = HPyDict_Check(h: Handle) -> Test, Reads, Never }
            /// `{}`.
            202 ctx_Dict_New { dict_new = HPyDict_New() -> Owned, Allocates, Null }
            /// `isinstance(h, tuple)`.
            203 ctx_Tuple_Check { tuple_check = HPyTuple_Check(h: Handle) -> Test, Reads, Never }
            /// The tuple of the objects in an array of handles, which stay the caller's.
            204 ctx_Tuple_FromArray {
                tuple_from_array = HPyTuple_FromArray(items: ItemHandles, n: SignedCount) -> Owned, Allocates, Null
            }
            /// The module `name`, the innermost one when there are dots.
            205 ctx_Import_ImportModule {
                import_import_module = HPyImport_ImportModule(utf8_name: Text) -> Owned, Calls, Null
            }
            /// A handle for an object of the C API, where the host has one.
            206 ctx_FromPyObject { from_py_object = HPy_FromPyObject(obj: PyObject) -> Owned, Handles, Null }
            /// The object of the C API, where the host has one.
            207 ctx_AsPyObject { as_py_object = HPy_AsPyObject(h: Handle) -> PyObject, Handles, Null }
            /// How the trampolines that a module carries for CPython reach its functions.
            208 ctx_CallRealFunctionFromTrampoline {
                call_real_function_from_trampoline = _HPy_CallRealFunctionFromTrampoline(
                    sig: SignatureNumber, func: CFunction, args: Data
                ) -> Unit, Calls, Never
            }
            /// Starts a list of `size` items; failure shows when it is built.
            209 ctx_ListBuilder_New {
                list_builder_new = HPyListBuilder_New(size: Ssize) -> ListBuilder, Allocates, Never, shared
            }
            /// Sets an item, once.
            210 ctx_ListBuilder_Set {
                list_builder_set = HPyListBuilder_Set(
                    builder: ListBuilder, index: Ssize, h_item: Handle
                ) -> Unit, Handles, Never, shared
            }
            /// The list; the builder is used up.
            211 ctx_ListBuilder_Build {
                list_builder_build = HPyListBuilder_Build(builder: BuiltList) -> Owned, Allocates, Null, shared
            }
            /// Uses up a builder without a list.
            212 ctx_ListBuilder_Cancel {
                list_builder_cancel = HPyListBuilder_Cancel(builder: BuiltList) -> Unit, Handles, Never, shared
            }
            /// Starts a tuple of `size` items; failure shows when it is built.
            213 ctx_TupleBuilder_New {
                tuple_builder_new = HPyTupleBuilder_New(size: Ssize) -> TupleBuilder, Allocates, Never, shared
            }
            /// Sets an item, once.
            214 ctx_TupleBuilder_Set {
                tuple_builder_set = HPyTupleBuilder_Set(
                    builder: TupleBuilder, index: Ssize, h_item: Handle
                ) -> Unit, Handles, Never, shared
            }
            /// The tuple; the builder is used up.
            215 ctx_TupleBuilder_Build {
                tuple_builder_build = HPyTupleBuilder_Build(builder: BuiltTuple) -> Owned, Allocates, Null, shared
            }
            /// Uses up a builder without a tuple.
            216 ctx_TupleBuilder_Cancel {
                tuple_builder_cancel = HPyTupleBuilder_Cancel(builder: BuiltTuple) -> Unit, Handles, Never, shared
            }
            /// A list of handles to close together, with room for `size` of them at first.
            217 ctx_Tracker_New { tracker_new = HPyTracker_New(size: Ssize) -> Tracker, Allocates, Null, shared }
            /// Adds a handle; the tracker owns it even on failure.
            218 ctx_Tracker_Add {
                tracker_add = HPyTracker_Add(ht: Tracker, h: TrackedHandle) -> Status, Handles, MinusOne, shared
            }
            /// Gives the handles back to the caller.
            219 ctx_Tracker_ForgetAll {
                tracker_forget_all = HPyTracker_ForgetAll(ht: Tracker) -> Unit, Handles, Never, shared
            }
            /// Closes the handles and the tracker.
            220 ctx_Tracker_Close { tracker_close = HPyTracker_Close(ht: Tracker) -> Unit, Handles, Never, shared }
            /// Makes a field in the native structure of `target_object` refer to an object, or to none.
            221 ctx_Field_Store {
                field_store = HPyField_Store(
                    target_object: Handle, target_field: FieldSlot, h: NullableHandle
                ) -> Unit, Writes, Never
            }
            /// A handle for what a field refers to.
            222 ctx_Field_Load {
                field_load = HPyField_Load(source_object: Handle, source_field: Field) -> Owned, Reads, Never
            }
            /// Takes the lock of the interpreter again.
            223 ctx_ReenterPythonExecution {
                reenter_python_execution = HPy_ReenterPythonExecution(state: ThreadState) -> Unit, Calls, Never
            }
            /// Lets other threads run Python; until the lock is taken again no other function may be called.
            224 ctx_LeavePythonExecution {
                leave_python_execution = HPy_LeavePythonExecution() -> ThreadState, Calls, Never
            }
            /// Makes a global C variable refer to an object, one per interpreter.
            225 ctx_Global_Store {
                global_store = HPyGlobal_Store(global: GlobalSlot, h: NullableHandle) -> Unit, Writes, Never
            }
            /// A handle for what a global C variable refers to.
            226 ctx_Global_Load { global_load = HPyGlobal_Load(global: Global) -> Owned, Reads, Never }
            /// Prints what is known of an object to the standard error stream.
            227 ctx_Dump { dump = _HPy_Dump(h: NullableHandle) -> Unit, Calls, Never }
            /// The native structure of an instance whose type has shape Type.
            228 ctx_AsStruct_Type { as_struct_type = _HPy_AsStruct_Type(h: Handle) -> Data, Pure, Never }
            /// The native structure of an instance whose type has shape Long.
            229 ctx_AsStruct_Long { as_struct_long = _HPy_AsStruct_Long(h: Handle) -> Data, Pure, Never }
            /// The native structure of an instance whose type has shape Float.
            230 ctx_AsStruct_Float { as_struct_float = _HPy_AsStruct_Float(h: Handle) -> Data, Pure, Never }
            /// The native structure of an instance whose type has shape Unicode.
            231 ctx_AsStruct_Unicode { as_struct_unicode = _HPy_AsStruct_Unicode(h: Handle) -> Data, Pure, Never }
            /// The native structure of an instance whose type has shape Tuple.
            232 ctx_AsStruct_Tuple { as_struct_tuple = _HPy_AsStruct_Tuple(h: Handle) -> Data, Pure, Never }
            /// The native structure of an instance whose type has shape List.
            233 ctx_AsStruct_List { as_struct_list = _HPy_AsStruct_List(h: Handle) -> Data, Pure, Never }
            /// The shape that a type was made with, or that its base has.
            234 ctx_Type_GetBuiltinShape {
                type_get_builtin_shape = _HPyType_GetBuiltinShape(h_type: Handle) -> Shape, Reads, ShapeUnknown
            }
            /// `del obj[key]`.
            235 ctx_DelItem { del_item = HPy_DelItem(obj: Handle, key: Handle) -> Status, Calls, MinusOne }
            /// `del obj[idx]`.
            236 ctx_DelItem_i { del_item_i = HPy_DelItem_i(obj: Handle, idx: Ssize) -> Status, Calls, MinusOne }
            /// `del obj[key]`.
            237 ctx_DelItem_s { del_item_s = HPy_DelItem_s(obj: Handle, utf8_key: Text) -> Status, Calls, MinusOne }
            }
            constants {
            /// The class `complex`.
            238 h_ComplexType { ComplexType }
            /// The class `bytes`.
            239 h_BytesType { BytesType }
            /// The class `memoryview`.
            240 h_MemoryViewType { MemoryViewType }
            /// The class of capsules.
            241 h_CapsuleType { CapsuleType }
            /// The class `slice`.
            242 h_SliceType { SliceType }
            /// The dict of the module `builtins`.
            243 h_Builtins { Builtins }
            }
            functions {
            /// A capsule around a pointer, which must not be null; the name is kept by address.
            244 ctx_Capsule_New {
                capsule_new = HPyCapsule_New(
                    pointer: Data, utf8_name: NullableText, destructor: Destructor
                ) -> Owned, Allocates, Null
            }
            /// The pointer (if the name is equal), the name or the context of a capsule; ValueError if it is none.
            245 ctx_Capsule_Get {
                capsule_get = _HPyCapsule_Get(
                    capsule: Handle, key: CapsuleKey, utf8_name: NullableText
                ) -> Data, Reads, NullAmbiguous
            }
            /// Is it a capsule of that name?
            246 ctx_Capsule_IsValid {
                capsule_is_valid = HPyCapsule_IsValid(capsule: Handle, utf8_name: NullableText) -> Test, Reads, Never
            }
            /// Changes the pointer, the name, the context or the destructor of a capsule.
            247 ctx_Capsule_Set {
                capsule_set = _HPyCapsule_Set(capsule: Handle, key: CapsuleKey, value: Data) -> Status, Writes, MinusOne
            }
            /// `compile(source, filename, 'eval' or 'exec' or 'single')`.
            248 ctx_Compile_s {
                compile_s = HPy_Compile_s(
                    utf8_source: Text, utf8_filename: Text, kind: SourceKind
                ) -> Owned, Calls, Null
            }
            /// `eval(code, globals, locals)`.
            249 ctx_EvalCode {
                eval_code = HPy_EvalCode(code: Handle, globals: Handle, locals: Handle) -> Owned, Calls, Null
            }
            /// `contextvars.ContextVar(name, default=default_value)`.
            250 ctx_ContextVar_New {
                context_var_new = HPyContextVar_New(name: Text, default_value: NullableHandle) -> Owned, Allocates, Null
            }
            /// The value of a context variable, else `default_value`, else its own default, else null.
            251 ctx_ContextVar_Get {
                context_var_get = HPyContextVar_Get(
                    context_var: Handle, default_value: NullableHandle, result: OutHandle
                ) -> Status32, Reads, MinusOne
            }
            /// Sets a context variable and returns the token that restores it.
            252 ctx_ContextVar_Set {
                context_var_set = HPyContextVar_Set(context_var: Handle, value: Handle) -> Owned, Allocates, Null
            }
            /// `type.__name__` in UTF-8, valid as long as the handle.
            253 ctx_Type_GetName { type_get_name = HPyType_GetName(type_: Handle) -> BorrowedText, Reads, Null }
            /// Is `type` in the MRO of `sub`?
            254 ctx_Type_IsSubtype {
                type_is_subtype = HPyType_IsSubtype(sub: Handle, type_: Handle) -> Test, Reads, Never
            }
            /// `str(obj, encoding, errors)` of what gives bytes.
            255 ctx_Unicode_FromEncodedObject {
                unicode_from_encoded_object = HPyUnicode_FromEncodedObject(
                    obj: Handle, encoding: NullableText, errors: NullableText
                ) -> Owned, Calls, Null
            }
            /// `str[start:end]`; a negative index is an IndexError.
            256 ctx_Unicode_Substring {
                unicode_substring = HPyUnicode_Substring(
                    str: Handle, start: Ssize, end: Ssize
                ) -> Owned, Allocates, Null
            }
            /// `list(dict.keys(h))`.
            257 ctx_Dict_Keys { dict_keys = HPyDict_Keys(h: Handle) -> Owned, Allocates, Null }
            /// `dict.copy(h)`.
            258 ctx_Dict_Copy { dict_copy = HPyDict_Copy(h: Handle) -> Owned, Allocates, Null }
            /// The three numbers of a slice; out of range is cut, `None` replaced, a step of 0 is a ValueError.
            259 ctx_Slice_Unpack {
                slice_unpack = HPySlice_Unpack(
                    slice: Handle, start: OutSize, stop: OutSize, step: OutSize
                ) -> Status, Calls, MinusOne
            }
            /// Makes calls of this one instance go to a function; its type must have `HPy_tp_call`.
            260 ctx_SetCallFunction {
                set_call_function = HPy_SetCallFunction(h: Handle, func: CallFunction) -> Status, Writes, MinusOne
            }
            /// `callable(...)`: `nargs` positional arguments, then one for each name in the tuple `kwnames`.
            261 ctx_Call {
                call = HPy_Call(
                    callable: Handle, args: Handles, nargs: Count, kwnames: NullableHandle
                ) -> Owned, Calls, Null
            }
            /// `args[0].name(...)`; `nargs` counts the receiver.
            262 ctx_CallMethod {
                call_method = HPy_CallMethod(
                    name: Handle, args: Handles, nargs: Count, kwnames: NullableHandle
                ) -> Owned, Calls, Null
            }
            }
        }
    };
}
