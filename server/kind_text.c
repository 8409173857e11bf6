#include "server/kind_text.h"

#include <string.h>

bool kind_is_chinese(const char *header, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)header[i] >= 0x80)
            return true;
    return false;
}

void kind_label(struct buf *out, const struct import_field *f)
{
    for (const char *at = f->headers; at && *at;) {
        size_t len = strcspn(at, "|");
        if (kind_is_chinese(at, len)) {
            buf_add(out, at, len);
            return;
        }
        at += len + (at[len] == '|');
    }
    buf_text(out, f->name);
}

void kind_header(struct buf *out, const char *header, size_t len)
{
    static const char *const years[] = {"107", "2018"};
    for (size_t i = 0, run; i < len; i += run) {
        run = header[i] == '#' ? strspn(header + i, "#") : 1;
        if (run > 2)
            buf_text(out, years[run > 3]);
        else if (header[i] == '*')
            buf_text(out, "…");
        else
            buf_add(out, header + i, run);
    }
}

const char *kind_type(const struct import_kind *kind, int field)
{
    static const char *const names[] = {
        [IMPORT_TEXT] = "text", [IMPORT_NUMBER] = "number", [IMPORT_INTEGER] = "integer",
        [IMPORT_YEAR] = "year", [IMPORT_DATE] = "date",     [IMPORT_CAS] = "cas",
        [IMPORT_WORD] = "word", [IMPORT_LIST] = "list",     [IMPORT_YES] = "yes",
    };
    unsigned type = kind->rules ? (unsigned)kind->rules[field].type : ~0U;
    return type < sizeof names / sizeof *names ? names[type] : NULL;
}

void kind_template(struct buf *out, const struct import_kind *kind, bool english)
{
    buf_text(out, "\xEF\xBB\xBF");
    for (const struct import_field *f = kind->fields; f->name; f++) {
        buf_text(out, f == kind->fields ? "" : ",");
        if (english)
            buf_text(out, f->name);
        else
            kind_label(out, f);
    }
    buf_text(out, "\r\n");
}
