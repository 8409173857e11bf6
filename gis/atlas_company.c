/* Operators of the atlas, for what is shown only of several of them. Where a registration names no
 * operator, the company that its name begins with stands for it: plants of one company beside each
 * other are never several operators. Names that are written alike may make one of two; that hides
 * too much, never too little. */
#include <stdlib.h>
#include <string.h>

#include "gis/atlas_build.h"
#include "gis/mem.h"
#include "gis/text.h"

struct named {
    const char *company; /* in the keys */
    int64_t operator_id; /* 0 = not known; then below 0, by company */
    size_t at;
    uint32_t facility;
};

/* Leaves of a name's key at `from` what stands before its form of company, without 台灣: 台灣中油
 * 股份有限公司 and 中油公司 are one. A name that is nothing else stays whole. */
static void cut_company(struct buf *keys, size_t from)
{
    static const char *const forms[] = {"股份有限", "(股)", "有限公司", "公司"};
    static const char taiwan[] = "台灣";
    char *end = NULL;
    buf_char(keys, '\0');
    char *name = keys->data + from;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        char *form = strstr(name, forms[i]);
        end = form && (!end || form < end) ? form : end;
    }
    if (!end || end == name)
        return;
    *end = '\0';
    if (!strncmp(name, taiwan, sizeof taiwan - 1) && name[sizeof taiwan - 1])
        memmove(name, name + sizeof taiwan - 1, strlen(name) - sizeof taiwan + 2);
}

static int by_company(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    int order = strcmp(x->company, y->company);
    return order ? order : (x->operator_id < y->operator_id) - (x->operator_id > y->operator_id);
}

static int by_operator(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    return (x->operator_id > y->operator_id) - (x->operator_id < y->operator_id);
}

void atlas_set_companies(struct atlas_load *l)
{
    struct atlas *a = l->a;
    struct buf keys = {.max = 0xFFFFFFF0u};
    struct named *named = mem_zero(a->count, sizeof *named);
    for (uint32_t i = 0; i < a->count; i++) {
        const char *name = a->names + a->name[i];
        named[i] = (struct named){NULL, l->rows[i].operator_id, keys.len, i};
        text_name_key(&keys, name, strlen(name));
        cut_company(&keys, named[i].at);
    }
    for (uint32_t i = 0; i < a->count; i++)
        named[i].company = keys.data + named[i].at;
    qsort(named, a->count, sizeof *named, by_company);
    for (uint32_t i = 0; i < a->count; i++)
        if (!named[i].operator_id)
            named[i].operator_id = i && !strcmp(named[i].company, named[i - 1].company)
                                       ? named[i - 1].operator_id
                                       : -1 - (int64_t)i;
    qsort(named, a->count, sizeof *named, by_operator);
    a->company = mem_zero(a->count, sizeof *a->company);
    for (uint32_t i = 0, company = 0; i < a->count; i++) {
        company += i && named[i].operator_id != named[i - 1].operator_id;
        a->company[named[i].facility] = company;
    }
    free(named);
    buf_free(&keys);
}
