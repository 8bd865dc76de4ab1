/* count(text): the number of words in a text. */
#include "hpy.h"

HPyDef_METH(count, "count", HPyFunc_O, .doc = "count(text): the number of words, separated by ASCII white space.")
static HPy count_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy_ssize_t size, words = 0;
    int inside = 0;
    (void)self;
    if (!HPyUnicode_Check(ctx, arg)) {
        HPyErr_SetString(ctx, ctx->h_TypeError, "count() needs a str");
        return HPy_NULL;
    }
    const char *text = HPyUnicode_AsUTF8AndSize(ctx, arg, &size);
    if (text == NULL)
        return HPy_NULL;
    for (HPy_ssize_t i = 0; i < size; i++) {
        int space = text[i] == ' ' || (text[i] >= '\t' && text[i] <= '\r');
        words += !space && !inside;
        inside = !space;
    }
    return HPyLong_FromSsize_t(ctx, words);
}

static HPyDef *defines[] = {&count, NULL};
static HPyModuleDef definition = {.doc = "Counts words.", .defines = defines};
HPy_MODINIT(_count, definition)
