/* Modules: their description, and what the host finds in the file. */
#ifndef HPY_MODULE_H
#define HPY_MODULE_H

/* The description of a module. The host takes its name from where it found the module. */
typedef struct {
    const char *doc;                 /* or NULL */
    HPy_ssize_t size;                /* of the module's state; must be 0 */
    cpy_PyMethodDef *legacy_methods; /* not in universal modules: NULL */
    HPyDef **defines;                /* addresses of definitions and a NULL, or NULL */
    HPyGlobal **globals;             /* addresses of the HPyGlobal variables and a NULL, or NULL */
} HPyModuleDef;

/* The context that trampolines use. When HPY_EMBEDDED_MODULES is defined there are several modules in a binary, each in
 * one source file that says HPY_MOD_EMBEDDABLE(name) before its definitions. */
#ifdef HPY_EMBEDDED_MODULES
#  define _HPy_CTX_MODIFIER static
#  define HPY_MOD_EMBEDDABLE(modname) _HPy_CTX_MODIFIER HPyContext *_ctx_for_trampolines;
#else
#  define _HPy_CTX_MODIFIER _HPy_HIDDEN
#  define HPY_MOD_EMBEDDABLE(modname)
extern HPyContext *_ctx_for_trampolines;
#endif

/* HPy_MODINIT(spam, def): once in the binary spam.hpy0.so, after HPyModuleDef def. Defines what the host calls: two
 * functions that say which version is needed, one that takes the context, one that gives the description. */
#define HPy_MODINIT(ext_name, mod_def)                                          \
    HPy_EXPORTED_FUNC uint32_t get_required_hpy_major_version_##ext_name(void); \
    uint32_t get_required_hpy_major_version_##ext_name(void)                    \
    {                                                                           \
        return HPY_ABI_VERSION;                                                 \
    }                                                                           \
    HPy_EXPORTED_FUNC uint32_t get_required_hpy_minor_version_##ext_name(void); \
    uint32_t get_required_hpy_minor_version_##ext_name(void)                    \
    {                                                                           \
        return HPY_ABI_VERSION_MINOR;                                           \
    }                                                                           \
    _HPy_CTX_MODIFIER HPyContext *_ctx_for_trampolines;                         \
    HPy_EXPORTED_FUNC void HPyInitGlobalContext_##ext_name(HPyContext *ctx);    \
    void HPyInitGlobalContext_##ext_name(HPyContext *ctx)                       \
    {                                                                           \
        _ctx_for_trampolines = ctx;                                             \
    }                                                                           \
    HPy_EXPORTED_FUNC HPyModuleDef *HPyInit_##ext_name(void);                   \
    HPyModuleDef *HPyInit_##ext_name(void)                                      \
    {                                                                           \
        return &mod_def;                                                        \
    }

#endif /* HPY_MODULE_H */
