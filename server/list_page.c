#include "server/list_page.h"

#include <stdio.h>
#include <string.h>

#include "server/link.h"
#include "server/reply.h"

enum { LIMIT_DEFAULT = 50 };

const char *const list_format_names[] = {[LIST_JSON] = "json",
                                         [LIST_CSV] = "csv",
                                         [LIST_XLSX] = "xlsx",
                                         [LIST_GEOJSON] = "geojson",
                                         NULL};

enum list_format list_format(const struct request *r)
{
    const char *asked = request_query(r, "format");
    for (int i = 0; asked && list_format_names[i]; i++)
        if (!strcmp(asked, list_format_names[i]))
            return (enum list_format)i;
    return LIST_JSON;
}

bool list_page_read(struct list_page *out, const struct request *r, struct error *err)
{
    *out = (struct list_page){.format = list_format(r)};
    bool page = out->format == LIST_JSON;
    out->limit = page ? LIMIT_DEFAULT : SHEET_SERVED_MAX;
    if (!request_int(&out->limit, r, "limit", 1, SHEET_SERVED_MAX, err) ||
        !request_int(&out->after, r, "after", 0, UINT32_MAX, err))
        return false;
    if (page && out->limit > HTTP_LIST_MAX)
        return error_set(err, ERROR_INPUT,
                         "limit must be 1 to %d for JSON (%d for CSV, XLSX and GeoJSON), not %lld",
                         HTTP_LIST_MAX, SHEET_SERVED_MAX, (long long)out->limit);
    return true;
}

const char *list_page_next(struct buf *url, const struct request *r, int64_t end, int64_t count)
{
    char number[24];
    if (end >= count)
        return NULL;
    snprintf(number, sizeof number, "%lld", (long long)end);
    link_request(url, r, "after", number);
    return buf_string(url);
}

bool list_send_sheet(struct reply *reply, struct sheet *sheet, enum sheet_format format,
                     const char *name, struct error *err)
{
    char file[64];
    if (!sheet || !sheet_finish(&reply->body, sheet, err))
        return false;
    snprintf(file, sizeof file, "%s.%s", name, format == SHEET_CSV ? "csv" : "xlsx");
    reply->type = sheet_type(format);
    reply_file(reply, file);
    return true;
}
