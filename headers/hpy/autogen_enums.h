/* Numbers with names. Made by `cargo xtask gen` from the tables in hpy-abi/src; edit those. */

#ifndef HPY_AUTOGEN_ENUMS_H
#define HPY_AUTOGEN_ENUMS_H

typedef enum {
    HPy_SourceKind_Expr = 0, /* An expression */
    HPy_SourceKind_File = 1, /* A file */
    HPy_SourceKind_Single = 2, /* A statement of the interactive interpreter */
} HPy_SourceKind;

typedef enum {
    HPyCapsule_key_Pointer = 0, /* The pointer */
    HPyCapsule_key_Name = 1, /* The name */
    HPyCapsule_key_Context = 2, /* The context */
    HPyCapsule_key_Destructor = 3, /* The destructor */
} _HPyCapsule_key;

typedef enum {
    HPy_LT = 0, /* `<` */
    HPy_LE = 1, /* `<=` */
    HPy_EQ = 2, /* `==` */
    HPy_NE = 3, /* `!=` */
    HPy_GT = 4, /* `>` */
    HPy_GE = 5, /* `>=` */
} HPy_RichCmpOp;

typedef enum {
    HPyDef_Kind_Slot = 1, /* A slot */
    HPyDef_Kind_Meth = 2, /* A method */
    HPyDef_Kind_Member = 3, /* A member */
    HPyDef_Kind_GetSet = 4, /* An attribute with getter and setter */
} HPyDef_Kind;

typedef enum {
    HPyMember_SHORT = 0, /* `short` */
    HPyMember_INT = 1, /* `int` */
    HPyMember_LONG = 2, /* `long` */
    HPyMember_FLOAT = 3, /* `float` */
    HPyMember_DOUBLE = 4, /* `double` */
    HPyMember_STRING = 5, /* `char *`, UTF-8; null is `None`; cannot be set */
    HPyMember_OBJECT = 6, /* `HPyField`; nothing is `None` */
    HPyMember_CHAR = 7, /* `char`, a `str` of one character */
    HPyMember_BYTE = 8, /* `signed char`, a number */
    HPyMember_UBYTE = 9, /* `unsigned char`, a number */
    HPyMember_USHORT = 10, /* `unsigned short` */
    HPyMember_UINT = 11, /* `unsigned int` */
    HPyMember_ULONG = 12, /* `unsigned long` */
    HPyMember_STRING_INPLACE = 13, /* `char[]`, UTF-8; cannot be set */
    HPyMember_BOOL = 14, /* `char`, a truth value */
    HPyMember_OBJECT_EX = 16, /* `HPyField`; nothing is an AttributeError */
    HPyMember_LONGLONG = 17, /* `long long` */
    HPyMember_ULONGLONG = 18, /* `unsigned long long` */
    HPyMember_HPYSSIZET = 19, /* `HPy_ssize_t` */
    HPyMember_NONE = 20, /* Always `None` */
} HPyMember_FieldType;

typedef enum {
    HPyType_BuiltinShape_Legacy = -1, /* A structure that begins with an object's header of the C API */
    HPyType_BuiltinShape_Object = 0, /* `object` */
    HPyType_BuiltinShape_Type = 1, /* `type` */
    HPyType_BuiltinShape_Long = 2, /* `int` */
    HPyType_BuiltinShape_Float = 3, /* `float` */
    HPyType_BuiltinShape_Unicode = 4, /* `str` */
    HPyType_BuiltinShape_Tuple = 5, /* `tuple` */
    HPyType_BuiltinShape_List = 6, /* `list` */
} HPyType_BuiltinShape;

typedef enum {
    HPyType_SpecParam_Base = 1, /* A base */
    HPyType_SpecParam_BasesTuple = 2, /* A tuple of all bases */
    HPyType_SpecParam_Metaclass = 3, /* The metaclass */
} HPyType_SpecParam_Kind;

typedef enum {
    HPyFunc_VARARGS = 1, /* A function of positional arguments */
    HPyFunc_KEYWORDS = 2, /* A function of positional and keyword arguments, whose names come as a tuple or null */
    HPyFunc_NOARGS = 3, /* A function of no arguments */
    HPyFunc_O = 4, /* A function of one argument */
    HPyFunc_DESTROYFUNC = 5, /* Frees what a native structure owns */
    HPyFunc_GETBUFFERPROC = 6, /* Fills a view of memory */
    HPyFunc_RELEASEBUFFERPROC = 7, /* Gives a view of memory up */
    HPyFunc_UNARYFUNC = 8, /* An operator of one operand */
    HPyFunc_BINARYFUNC = 9, /* An operator of two operands */
    HPyFunc_TERNARYFUNC = 10, /* An operator of three operands */
    HPyFunc_INQUIRY = 11, /* A question about an object */
    HPyFunc_LENFUNC = 12, /* A length */
    HPyFunc_SSIZEARGFUNC = 13, /* An item by its index */
    HPyFunc_SSIZESSIZEARGFUNC = 14, /* A part of a sequence */
    HPyFunc_SSIZEOBJARGPROC = 15, /* Sets an item by its index, or deletes it when the value is null */
    HPyFunc_SSIZESSIZEOBJARGPROC = 16, /* Sets or deletes a part of a sequence */
    HPyFunc_OBJOBJARGPROC = 17, /* Sets an item by its key, or deletes it when the value is null */
    HPyFunc_FREEFUNC = 18, /* Frees memory; no slot uses it */
    HPyFunc_GETATTRFUNC = 19, /* An attribute by a name in C; no slot uses it */
    HPyFunc_GETATTROFUNC = 20, /* An attribute; no slot uses it */
    HPyFunc_SETATTRFUNC = 21, /* Sets an attribute by a name in C; no slot uses it */
    HPyFunc_SETATTROFUNC = 22, /* Sets an attribute; no slot uses it */
    HPyFunc_REPRFUNC = 23, /* A text for an object */
    HPyFunc_HASHFUNC = 24, /* A hash */
    HPyFunc_RICHCMPFUNC = 25, /* A comparison */
    HPyFunc_GETITERFUNC = 26, /* An iterator; no slot uses it */
    HPyFunc_ITERNEXTFUNC = 27, /* The next item; no slot uses it */
    HPyFunc_DESCRGETFUNC = 28, /* An attribute through its descriptor; no slot uses it */
    HPyFunc_DESCRSETFUNC = 29, /* Sets an attribute through its descriptor; no slot uses it */
    HPyFunc_INITPROC = 30, /* Initialises an instance, with positional arguments and a dict of keyword arguments or null */
    HPyFunc_NEWFUNC = 31, /* Makes an instance, with positional arguments and a dict of keyword arguments or null */
    HPyFunc_GETTER = 32, /* Gets an attribute */
    HPyFunc_SETTER = 33, /* Sets an attribute, or deletes it when the value is null */
    HPyFunc_OBJOBJPROC = 34, /* A question about two objects */
    HPyFunc_TRAVERSEPROC = 35, /* Visits the fields of a native structure */
    HPyFunc_DESTRUCTOR = 36, /* The end of an object */
    HPyFunc_CAPSULE_DESTRUCTOR = 37, /* The end of a capsule: its name, pointer and context */
    HPyFunc_VECTORCALLFUNC = 38, /* A call as CPython makes it; nothing uses it */
    HPyFunc_MOD_CREATE = 39, /* Makes a module from its spec */
} HPyFunc_Signature;

#endif /* HPY_AUTOGEN_ENUMS_H */
