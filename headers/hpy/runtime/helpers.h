/* What modules do often. */
#ifndef HPY_RUNTIME_HELPERS_H
#define HPY_RUNTIME_HELPERS_H

/* Makes a type and sets it as an attribute of an object, often a module: 1, or 0 when an exception was raised. */
HPyAPI_HELPER int HPyHelpers_AddType(HPyContext *ctx, HPy obj, const char *name, HPyType_Spec *hpyspec,
                                     HPyType_SpecParam *params)
{
    int status;
    HPy type = HPyType_FromSpec(ctx, hpyspec, params);
    if (HPy_IsNull(type))
        return 0;
    status = HPy_SetAttr_s(ctx, obj, name, type);
    HPy_Close(ctx, type);
    return status == 0;
}

/* The dict of keyword arguments: names in a tuple, values in an array. */
HPyAPI_HELPER HPy _HPyHelpers_KeywordDict(HPyContext *ctx, const HPy *values, HPy kwnames, HPy_ssize_t n)
{
    HPy dict = HPyDict_New(ctx);
    HPy_ssize_t i;
    for (i = 0; i < n && !HPy_IsNull(dict); i++) {
        HPy name = HPy_GetItem_i(ctx, kwnames, i);
        if (HPy_IsNull(name) || HPy_SetItem(ctx, dict, name, values[i]) < 0) {
            HPy_Close(ctx, dict);
            dict = HPy_NULL;
        }
        HPy_Close(ctx, name);
    }
    return dict;
}

/* From the arguments of signature KEYWORDS to a tuple and a dict, each HPy_NULL if it would be empty: 1, or 0 when an
 * exception was raised and nothing was stored. */
HPyAPI_HELPER int HPyHelpers_PackArgsAndKeywords(HPyContext *ctx, const HPy *args, size_t nargs, HPy kwnames,
                                                 HPy *out_pos_args, HPy *out_kwd)
{
    HPy tuple = HPy_NULL, dict = HPy_NULL;
    HPy_ssize_t n_keywords;
    if (out_pos_args == NULL || out_kwd == NULL) {
        HPyErr_SetString(ctx, ctx->h_SystemError,
                         out_pos_args == NULL ? "argument 'out_pos_args' must not be NULL"
                                              : "argument 'out_kwd' must not be NULL");
        return 0;
    }
    n_keywords = HPy_IsNull(kwnames) ? 0 : HPy_Length(ctx, kwnames);
    if (n_keywords < 0)
        return 0;
    if (n_keywords > 0) {
        dict = _HPyHelpers_KeywordDict(ctx, args + nargs, kwnames, n_keywords);
        if (HPy_IsNull(dict))
            return 0;
    }
    if (nargs > 0) {
        tuple = HPyTuple_FromArray(ctx, (HPy *)args, (HPy_ssize_t)nargs);
        if (HPy_IsNull(tuple)) {
            HPy_Close(ctx, dict);
            return 0;
        }
    }
    *out_pos_args = tuple;
    *out_kwd = dict;
    return 1;
}

#endif /* HPY_RUNTIME_HELPERS_H */
