/* The signatures of functions of a module. Made by `cargo xtask gen` from the tables in hpy-abi/src; edit those. */

#ifndef HPY_AUTOGEN_HPYFUNC_DECLARE_H
#define HPY_AUTOGEN_HPYFUNC_DECLARE_H

#define _HPyFunc_DECLARE_HPyFunc_VARARGS(SYM) static HPy SYM(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
#define _HPyFunc_DECLARE_HPyFunc_KEYWORDS(SYM) static HPy SYM(HPyContext *ctx, HPy self, const HPy *args, size_t nargsf, HPy kwnames)
#define _HPyFunc_DECLARE_HPyFunc_NOARGS(SYM) static HPy SYM(HPyContext *ctx, HPy self)
#define _HPyFunc_DECLARE_HPyFunc_O(SYM) static HPy SYM(HPyContext *ctx, HPy self, HPy arg)
#define _HPyFunc_DECLARE_HPyFunc_DESTROYFUNC(SYM) static void SYM(void *data)
#define _HPyFunc_DECLARE_HPyFunc_GETBUFFERPROC(SYM) static int SYM(HPyContext *ctx, HPy self, HPy_buffer *view, int flags)
#define _HPyFunc_DECLARE_HPyFunc_RELEASEBUFFERPROC(SYM) static void SYM(HPyContext *ctx, HPy self, HPy_buffer *view)
#define _HPyFunc_DECLARE_HPyFunc_UNARYFUNC(SYM) static HPy SYM(HPyContext *ctx, HPy arg0)
#define _HPyFunc_DECLARE_HPyFunc_BINARYFUNC(SYM) static HPy SYM(HPyContext *ctx, HPy arg0, HPy arg1)
#define _HPyFunc_DECLARE_HPyFunc_TERNARYFUNC(SYM) static HPy SYM(HPyContext *ctx, HPy arg0, HPy arg1, HPy arg2)
#define _HPyFunc_DECLARE_HPyFunc_INQUIRY(SYM) static int SYM(HPyContext *ctx, HPy arg0)
#define _HPyFunc_DECLARE_HPyFunc_LENFUNC(SYM) static HPy_ssize_t SYM(HPyContext *ctx, HPy arg0)
#define _HPyFunc_DECLARE_HPyFunc_SSIZEARGFUNC(SYM) static HPy SYM(HPyContext *ctx, HPy arg0, HPy_ssize_t arg1)
#define _HPyFunc_DECLARE_HPyFunc_SSIZESSIZEARGFUNC(SYM) static HPy SYM(HPyContext *ctx, HPy arg0, HPy_ssize_t arg1, HPy_ssize_t arg2)
#define _HPyFunc_DECLARE_HPyFunc_SSIZEOBJARGPROC(SYM) static int SYM(HPyContext *ctx, HPy arg0, HPy_ssize_t arg1, HPy arg2)
#define _HPyFunc_DECLARE_HPyFunc_SSIZESSIZEOBJARGPROC(SYM) static int SYM(HPyContext *ctx, HPy arg0, HPy_ssize_t arg1, HPy_ssize_t arg2, HPy arg3)
#define _HPyFunc_DECLARE_HPyFunc_OBJOBJARGPROC(SYM) static int SYM(HPyContext *ctx, HPy arg0, HPy arg1, HPy arg2)
#define _HPyFunc_DECLARE_HPyFunc_FREEFUNC(SYM) static void SYM(HPyContext *ctx, void *arg0)
#define _HPyFunc_DECLARE_HPyFunc_GETATTRFUNC(SYM) static HPy SYM(HPyContext *ctx, HPy arg0, char *arg1)
#define _HPyFunc_DECLARE_HPyFunc_GETATTROFUNC(SYM) static HPy SYM(HPyContext *ctx, HPy arg0, HPy arg1)
#define _HPyFunc_DECLARE_HPyFunc_SETATTRFUNC(SYM) static int SYM(HPyContext *ctx, HPy arg0, char *arg1, HPy arg2)
#define _HPyFunc_DECLARE_HPyFunc_SETATTROFUNC(SYM) static int SYM(HPyContext *ctx, HPy arg0, HPy arg1, HPy arg2)
#define _HPyFunc_DECLARE_HPyFunc_REPRFUNC(SYM) static HPy SYM(HPyContext *ctx, HPy arg0)
#define _HPyFunc_DECLARE_HPyFunc_HASHFUNC(SYM) static HPy_hash_t SYM(HPyContext *ctx, HPy arg0)
#define _HPyFunc_DECLARE_HPyFunc_RICHCMPFUNC(SYM) static HPy SYM(HPyContext *ctx, HPy arg0, HPy arg1, HPy_RichCmpOp arg2)
#define _HPyFunc_DECLARE_HPyFunc_GETITERFUNC(SYM) static HPy SYM(HPyContext *ctx, HPy arg0)
#define _HPyFunc_DECLARE_HPyFunc_ITERNEXTFUNC(SYM) static HPy SYM(HPyContext *ctx, HPy arg0)
#define _HPyFunc_DECLARE_HPyFunc_DESCRGETFUNC(SYM) static HPy SYM(HPyContext *ctx, HPy arg0, HPy arg1, HPy arg2)
#define _HPyFunc_DECLARE_HPyFunc_DESCRSETFUNC(SYM) static int SYM(HPyContext *ctx, HPy arg0, HPy arg1, HPy arg2)
#define _HPyFunc_DECLARE_HPyFunc_INITPROC(SYM) static int SYM(HPyContext *ctx, HPy self, const HPy *args, HPy_ssize_t nargs, HPy kw)
#define _HPyFunc_DECLARE_HPyFunc_NEWFUNC(SYM) static HPy SYM(HPyContext *ctx, HPy self, const HPy *args, HPy_ssize_t nargs, HPy kw)
#define _HPyFunc_DECLARE_HPyFunc_GETTER(SYM) static HPy SYM(HPyContext *ctx, HPy arg0, void *arg1)
#define _HPyFunc_DECLARE_HPyFunc_SETTER(SYM) static int SYM(HPyContext *ctx, HPy arg0, HPy arg1, void *arg2)
#define _HPyFunc_DECLARE_HPyFunc_OBJOBJPROC(SYM) static int SYM(HPyContext *ctx, HPy arg0, HPy arg1)
#define _HPyFunc_DECLARE_HPyFunc_TRAVERSEPROC(SYM) static int SYM(void *object, HPyFunc_visitproc visit, void *arg)
#define _HPyFunc_DECLARE_HPyFunc_DESTRUCTOR(SYM) static void SYM(HPyContext *ctx, HPy arg0)
#define _HPyFunc_DECLARE_HPyFunc_MOD_CREATE(SYM) static HPy SYM(HPyContext *ctx, HPy spec)

/* A function of positional arguments. */
typedef HPy (*HPyFunc_varargs)(HPyContext *ctx, HPy self, const HPy *args, size_t nargs);
/* A function of positional and keyword arguments, whose names come as a tuple or null. */
typedef HPy (*HPyFunc_keywords)(HPyContext *ctx, HPy self, const HPy *args, size_t nargsf, HPy kwnames);
/* A function of no arguments. */
typedef HPy (*HPyFunc_noargs)(HPyContext *ctx, HPy self);
/* A function of one argument. */
typedef HPy (*HPyFunc_o)(HPyContext *ctx, HPy self, HPy arg);
/* Frees what a native structure owns. */
typedef void (*HPyFunc_destroyfunc)(void *data);
/* Fills a view of memory. */
typedef int (*HPyFunc_getbufferproc)(HPyContext *ctx, HPy self, HPy_buffer *view, int flags);
/* Gives a view of memory up. */
typedef void (*HPyFunc_releasebufferproc)(HPyContext *ctx, HPy self, HPy_buffer *view);
/* An operator of one operand. */
typedef HPy (*HPyFunc_unaryfunc)(HPyContext *ctx, HPy arg0);
/* An operator of two operands. */
typedef HPy (*HPyFunc_binaryfunc)(HPyContext *ctx, HPy arg0, HPy arg1);
/* An operator of three operands. */
typedef HPy (*HPyFunc_ternaryfunc)(HPyContext *ctx, HPy arg0, HPy arg1, HPy arg2);
/* A question about an object. */
typedef int (*HPyFunc_inquiry)(HPyContext *ctx, HPy arg0);
/* A length. */
typedef HPy_ssize_t (*HPyFunc_lenfunc)(HPyContext *ctx, HPy arg0);
/* An item by its index. */
typedef HPy (*HPyFunc_ssizeargfunc)(HPyContext *ctx, HPy arg0, HPy_ssize_t arg1);
/* A part of a sequence. */
typedef HPy (*HPyFunc_ssizessizeargfunc)(HPyContext *ctx, HPy arg0, HPy_ssize_t arg1, HPy_ssize_t arg2);
/* Sets an item by its index, or deletes it when the value is null. */
typedef int (*HPyFunc_ssizeobjargproc)(HPyContext *ctx, HPy arg0, HPy_ssize_t arg1, HPy arg2);
/* Sets or deletes a part of a sequence. */
typedef int (*HPyFunc_ssizessizeobjargproc)(HPyContext *ctx, HPy arg0, HPy_ssize_t arg1, HPy_ssize_t arg2, HPy arg3);
/* Sets an item by its key, or deletes it when the value is null. */
typedef int (*HPyFunc_objobjargproc)(HPyContext *ctx, HPy arg0, HPy arg1, HPy arg2);
/* Frees memory; no slot uses it. */
typedef void (*HPyFunc_freefunc)(HPyContext *ctx, void *arg0);
/* An attribute by a name in C; no slot uses it. */
typedef HPy (*HPyFunc_getattrfunc)(HPyContext *ctx, HPy arg0, char *arg1);
/* An attribute; no slot uses it. */
typedef HPy (*HPyFunc_getattrofunc)(HPyContext *ctx, HPy arg0, HPy arg1);
/* Sets an attribute by a name in C; no slot uses it. */
typedef int (*HPyFunc_setattrfunc)(HPyContext *ctx, HPy arg0, char *arg1, HPy arg2);
/* Sets an attribute; no slot uses it. */
typedef int (*HPyFunc_setattrofunc)(HPyContext *ctx, HPy arg0, HPy arg1, HPy arg2);
/* A text for an object. */
typedef HPy (*HPyFunc_reprfunc)(HPyContext *ctx, HPy arg0);
/* A hash. */
typedef HPy_hash_t (*HPyFunc_hashfunc)(HPyContext *ctx, HPy arg0);
/* A comparison. */
typedef HPy (*HPyFunc_richcmpfunc)(HPyContext *ctx, HPy arg0, HPy arg1, HPy_RichCmpOp arg2);
/* An iterator; no slot uses it. */
typedef HPy (*HPyFunc_getiterfunc)(HPyContext *ctx, HPy arg0);
/* The next item; no slot uses it. */
typedef HPy (*HPyFunc_iternextfunc)(HPyContext *ctx, HPy arg0);
/* An attribute through its descriptor; no slot uses it. */
typedef HPy (*HPyFunc_descrgetfunc)(HPyContext *ctx, HPy arg0, HPy arg1, HPy arg2);
/* Sets an attribute through its descriptor; no slot uses it. */
typedef int (*HPyFunc_descrsetfunc)(HPyContext *ctx, HPy arg0, HPy arg1, HPy arg2);
/* Initialises an instance, with positional arguments and a dict of keyword arguments or null. */
typedef int (*HPyFunc_initproc)(HPyContext *ctx, HPy self, const HPy *args, HPy_ssize_t nargs, HPy kw);
/* Makes an instance, with positional arguments and a dict of keyword arguments or null. */
typedef HPy (*HPyFunc_newfunc)(HPyContext *ctx, HPy self, const HPy *args, HPy_ssize_t nargs, HPy kw);
/* Gets an attribute. */
typedef HPy (*HPyFunc_getter)(HPyContext *ctx, HPy arg0, void *arg1);
/* Sets an attribute, or deletes it when the value is null. */
typedef int (*HPyFunc_setter)(HPyContext *ctx, HPy arg0, HPy arg1, void *arg2);
/* A question about two objects. */
typedef int (*HPyFunc_objobjproc)(HPyContext *ctx, HPy arg0, HPy arg1);
/* Visits the fields of a native structure. */
typedef int (*HPyFunc_traverseproc)(void *object, HPyFunc_visitproc visit, void *arg);
/* The end of an object. */
typedef void (*HPyFunc_destructor)(HPyContext *ctx, HPy arg0);
/* Makes a module from its spec. */
typedef HPy (*HPyFunc_mod_create)(HPyContext *ctx, HPy spec);

#endif /* HPY_AUTOGEN_HPYFUNC_DECLARE_H */
