// Functions by name: a table of C++ that holds Python objects.
//
//     haft build-ext registry.cpp
//
// The handles lie in a std::unordered_map, in memory that no Python knows of. A handle that was made with HPy_Dup stays valid
// there until it is closed, in every host. The finaliser closes them: unlike the destroy function it has a context.
#include <new>
#include <string>
#include <unordered_map>

#include "hpy.h"

namespace {

using Table = std::unordered_map<std::string, HPy>;

struct Registry {
    Table *table;
    long calls;
};

HPyType_HELPERS(Registry)

// The text of a `str`; a null pointer when an exception was raised.
const char *text(HPyContext *ctx, HPy h)
{
    if (!HPyUnicode_Check(ctx, h)) {
        HPyErr_SetString(ctx, ctx->h_TypeError, "a name is a str");
        return nullptr;
    }
    return HPyUnicode_AsUTF8AndSize(ctx, h, nullptr);
}

HPyDef_SLOT(Registry_new, HPy_tp_new)
HPy Registry_new_impl(HPyContext *ctx, HPy cls, const HPy *, HPy_ssize_t, HPy)
{
    Registry *registry;
    HPy h = HPy_New(ctx, cls, &registry);
    if (HPy_IsNull(h))
        return HPy_NULL;
    registry->table = new (std::nothrow) Table();
    if (registry->table == nullptr) {
        HPyErr_NoMemory(ctx);
        HPy_Close(ctx, h);
        return HPy_NULL;
    }
    return h;
}

HPyDef_SLOT(Registry_finalize, HPy_tp_finalize)
void Registry_finalize_impl(HPyContext *ctx, HPy self)
{
    Registry *registry = Registry_AsStruct(ctx, self);
    if (registry->table == nullptr)
        return;
    Table table;
    table.swap(*registry->table);
    for (auto &entry : table)
        HPy_Close(ctx, entry.second);
}

HPyDef_SLOT(Registry_destroy, HPy_tp_destroy)
void Registry_destroy_impl(void *structure)
{
    delete static_cast<Registry *>(structure)->table;
}

HPyDef_METH(Registry_add, "add", HPyFunc_VARARGS, .doc = "add(name, function): call it by that name from now on.")
HPy Registry_add_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    if (nargs != 2 || !HPyCallable_Check(ctx, args[1])) {
        HPyErr_SetString(ctx, ctx->h_TypeError, "add() takes a name and a function");
        return HPy_NULL;
    }
    const char *name = text(ctx, args[0]);
    if (name == nullptr)
        return HPy_NULL;
    Registry *registry = Registry_AsStruct(ctx, self);
    try {
        HPy &entry = (*registry->table)[name];
        HPy old = entry;
        entry = HPy_Dup(ctx, args[1]);
        // Closing may run Python, and that may change the table: `entry` is not used after it.
        if (!HPy_IsNull(old))
            HPy_Close(ctx, old);
    } catch (const std::bad_alloc &) {
        return HPyErr_NoMemory(ctx), HPy_NULL;
    }
    return HPy_Dup(ctx, ctx->h_None);
}

HPyDef_METH(Registry_call, "call", HPyFunc_KEYWORDS, .doc = "call(name, ...): call a function with the other arguments.")
HPy Registry_call_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    if (nargs < 1) {
        HPyErr_SetString(ctx, ctx->h_TypeError, "call() needs a name");
        return HPy_NULL;
    }
    const char *name = text(ctx, args[0]);
    if (name == nullptr)
        return HPy_NULL;
    Registry *registry = Registry_AsStruct(ctx, self);
    auto found = registry->table->find(name);
    if (found == registry->table->end()) {
        HPyErr_SetObject(ctx, ctx->h_KeyError, args[0]);
        return HPy_NULL;
    }
    registry->calls++;
    // The function may take itself out of the table while it runs.
    HPy function = HPy_Dup(ctx, found->second);
    HPy result = HPy_Call(ctx, function, args + 1, nargs - 1, kwnames);
    HPy_Close(ctx, function);
    return result;
}

HPyDef_METH(Registry_remove, "remove", HPyFunc_O, .doc = "remove(name): was there one?")
HPy Registry_remove_impl(HPyContext *ctx, HPy self, HPy arg)
{
    const char *name = text(ctx, arg);
    if (name == nullptr)
        return HPy_NULL;
    Registry *registry = Registry_AsStruct(ctx, self);
    auto node = registry->table->extract(name);
    if (!node.empty())
        HPy_Close(ctx, node.mapped());
    return HPyBool_FromBool(ctx, !node.empty());
}

HPyDef_SLOT(Registry_length, HPy_mp_length)
HPy_ssize_t Registry_length_impl(HPyContext *ctx, HPy self)
{
    return static_cast<HPy_ssize_t>(Registry_AsStruct(ctx, self)->table->size());
}

HPyDef_MEMBER(Registry_calls, "calls", HPyMember_LONG, offsetof(Registry, calls), .readonly = 1)

HPyDef *registry_defines[] = {
    &Registry_new,  &Registry_finalize, &Registry_destroy, &Registry_add,   &Registry_call,
    &Registry_remove, &Registry_length, &Registry_calls,   nullptr,
};

HPyType_Spec registry_spec = {
    .name = "registry.Registry",
    .basicsize = sizeof(Registry),
    .flags = HPy_TPFLAGS_DEFAULT,
    .builtin_shape = SHAPE(Registry),
    .defines = registry_defines,
    .doc = "Functions by name.",
};

HPyDef_SLOT(execute, HPy_mod_exec)
int execute_impl(HPyContext *ctx, HPy module)
{
    return HPyHelpers_AddType(ctx, module, "Registry", &registry_spec, nullptr) ? 0 : -1;
}

HPyDef *module_defines[] = {&execute, nullptr};

HPyModuleDef module_definition = {
    .doc = "A table of functions, in C++.",
    .defines = module_defines,
};

} // namespace

HPy_MODINIT(registry, module_definition)
