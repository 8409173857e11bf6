#include "server/import_wish.h"

#include <string.h>

/* Empty is as good as absent: forms send empty fields. */
static const char *given(const struct request *r, const char *name)
{
    const char *value = request_query(r, name);
    return value && *value ? value : NULL;
}

/* Whether ",FIELD=" begins here: a comma may also be part of a column's name. */
static bool next_map(const char *at, const struct import_kind *kind)
{
    for (const struct import_field *f = kind->fields; *at == ',' && f->name; f++) {
        size_t len = strlen(f->name);
        if (!strncmp(at + 1, f->name, len) && at[1 + len] == '=')
            return true;
    }
    return false;
}

static bool add_map(struct import_wish *w, char **to, const char *from, size_t len, bool constant,
                    struct error *err)
{
    size_t field = strcspn(from, "=");
    if (field == 0 || field + 1 >= len)
        return error_set(err, ERROR_INPUT, "%s is \"%.60s\"; it wants FIELD=%s",
                         constant ? "set" : "map", from, constant ? "VALUE" : "COLUMN");
    if (w->request.map_count == WISH_MAPS_MAX || len + 1 > (size_t)(w->text + sizeof w->text - *to))
        return error_set(err, ERROR_INPUT,
                         "there are more than %d of map and set, or they are too long",
                         WISH_MAPS_MAX);
    memcpy(*to, from, len);
    (*to)[field] = (*to)[len] = '\0';
    w->maps[w->request.map_count++] =
        (struct import_map){.field = *to, .column = *to + field + 1, .constant = constant};
    *to += len + 1;
    return true;
}

static bool read_maps(struct import_wish *w, const struct request *r, struct error *err)
{
    char *to = w->text;
    const struct import_kind *kind = import_find_kind(w->request.kind, err);
    if (!kind)
        return false;
    for (int i = 0; i < r->query_count; i++) {
        const char *from = r->query[i].value, *at = from;
        bool constant = !strcmp(r->query[i].name, "set");
        if ((!constant && strcmp(r->query[i].name, "map") != 0) || !*from)
            continue;
        for (;; at++) {
            if (*at && (constant || !next_map(at, kind)))
                continue;
            if (!add_map(w, &to, from, (size_t)(at - from), constant, err))
                return false;
            if (!*at)
                break;
            from = at + 1;
        }
    }
    return true;
}

static bool check_name(const char *name, struct error *err)
{
    if (strlen(name) <= WISH_NAME_MAX && !strchr(name, '/') && !strchr(name, '\\'))
        return true;
    return error_set(err, ERROR_INPUT,
                     "name is the file's name without folders, at most %d bytes, with its ending",
                     WISH_NAME_MAX);
}

bool import_wish_read(struct import_wish *w, const struct request *r, struct error *err)
{
    struct import_request *q = &w->request;
    const char *dry = given(r, "dry_run");
    *q = (struct import_request){.kind = given(r, "kind"),
                                 .source = given(r, "source"),
                                 .name = given(r, "name"),
                                 .crs = given(r, "crs"),
                                 .encoding = given(r, "encoding"),
                                 .sheet = given(r, "sheet"),
                                 .dry_run = dry && !strcmp(dry, "yes"),
                                 .maps = w->maps};
    if (!q->kind || !q->source || !q->name)
        return error_set(err, ERROR_INPUT,
                         "kind (what the file holds), source (the system it comes from) and name "
                         "(the file's name) are wanted");
    return check_name(q->name, err) && read_maps(w, r, err) && import_check(q, err);
}

static void write_maps(struct json *j, const char *key, const struct import_request *q,
                       bool constant)
{
    json_open(j, key, '[');
    for (int i = 0; i < q->map_count; i++) {
        struct buf map = {.max = HTTP_VALUE_MAX * 2};
        if (q->maps[i].constant != constant)
            continue;
        buf_format(&map, "%s=", q->maps[i].field);
        buf_text(&map, q->maps[i].column);
        json_text(j, NULL, buf_string(&map));
        buf_free(&map);
    }
    json_close(j, ']');
}

void import_wish_options(struct buf *out, const struct import_wish *w)
{
    const struct import_request *q = &w->request;
    struct json j = {.out = out};
    json_open(&j, NULL, '{');
    json_text(&j, "crs", q->crs);
    json_text(&j, "encoding", q->encoding);
    json_text(&j, "sheet", q->sheet);
    write_maps(&j, "map", q, false);
    write_maps(&j, "set", q, true);
    json_bool(&j, "dry_run", q->dry_run);
    json_close(&j, '}');
}
