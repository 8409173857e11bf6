/* DESIGN. Two passes in bounded memory: the first finds every list of objects that stands in no
 * other list, with the names in its objects; the one that gives most of the kind's columns is
 * taken, of equals the longest. The second sends its rows. Elements are numbered from 1; of JSON
 * Lines the lines are, and one that is damaged is kept aside alone. */
#include "import/read_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "gis/text.h"
#include "import/columns.h"
#include "import/csv.h"
#include "import/json_lines.h"
#include "import/json_scan.h"
#include "import/names.h"
#include "import/reader.h"
#include "import/text_in.h"
#include "import/wire.h"

enum { SEND_AT = 1 << 18, LISTS_MAX = 16, PATH_MAX_BYTES = 200 };

struct list {
    char path[PATH_MAX_BYTES]; /* "" = the whole file */
    uint64_t objects;
    char **names; /* owned */
    int count, room;
};

struct work {
    const struct read_json_how *how;
    struct text_in in;
    struct json_scan *json;
    struct list lists[LISTS_MAX];
    int list_count;
    const struct list *taken;
    struct wire_about about;
    struct buf out;
    int output;
    uint64_t rows;
    /* The present row. */
    struct buf texts;
    size_t *begins, *ends; /* of each column's text in texts; begins > ends = no value */
    const char *code;      /* what is wrong with the row; NULL = nothing */
    int fault;             /* column at fault, -1 = none */
};

static bool rewind_scan(struct work *w, struct error *err)
{
    json_scan_close(w->json);
    w->json = NULL;
    return text_in_rewind(&w->in, err) && (w->json = json_scan_open(text_in_read, &w->in)) != NULL;
}

/* ---- the lists ---- */

/* The column of a name, from where the one before it stood; -1 = none. */
static int find_name(const struct list *l, const char *name, int from)
{
    for (int i = 0; i < l->count; i++) {
        int at = (from + i) % l->count;
        if (!strcmp(l->names[at], name))
            return at;
    }
    return -1;
}

static bool add_name(struct list *l, const char *name, int *from, struct error *err)
{
    int at = find_name(l, name, *from);
    if (at < 0) {
        if (l->count == READER_COLUMNS_MAX)
            return error_set(err, ERROR_TOO_LARGE, "the objects have more than %d names",
                             READER_COLUMNS_MAX);
        if (l->count == l->room) {
            l->room = l->room ? 2 * l->room : 32;
            l->names = mem_resize(l->names, (size_t)l->room, sizeof *l->names);
        }
        at = l->count++;
        l->names[at] = mem_copy(name);
    }
    *from = at + 1;
    return true;
}

/* The names of one object, whose bracket was taken. */
static bool survey_object(struct list *l, struct json_scan *j, struct error *err)
{
    enum json_token token;
    int from = 0;
    while ((token = json_scan_next(j, err)) == JSON_KEY)
        if (!add_name(l, json_scan_text(j, NULL), &from, err) ||
            !json_scan_value(NULL, j, json_scan_next(j, err), err))
            return false;
    l->objects++;
    return token == JSON_OBJECT_END;
}

/* The elements of a list, whose bracket was taken. */
static bool survey_list(struct work *w, const char *path, struct error *err)
{
    enum json_token token;
    struct list none = {.count = 0},
                *l = w->list_count < LISTS_MAX ? &w->lists[w->list_count++] : &none;
    text_copy(l->path, sizeof l->path, path);
    while ((token = json_scan_next(w->json, err)) != JSON_ARRAY_END) {
        bool object = token == JSON_OBJECT && l != &none;
        if (object ? !survey_object(l, w->json, err) : !json_scan_value(NULL, w->json, token, err))
            return false;
    }
    return true;
}

/* All lists in a value that begins with token. */
/* NOLINTNEXTLINE(misc-no-recursion): at most JSON_SCAN_DEPTH_MAX deep */
static bool survey_value(struct work *w, enum json_token token, const char *path, struct error *err)
{
    char inner[PATH_MAX_BYTES];
    if (token == JSON_ARRAY)
        return survey_list(w, path, err);
    if (token != JSON_OBJECT)
        return token != JSON_FAILED && token != JSON_END;
    while ((token = json_scan_next(w->json, err)) == JSON_KEY) {
        snprintf(inner, sizeof inner, "%s%s%s", path, *path ? "." : "",
                 json_scan_text(w->json, NULL));
        if (!survey_value(w, json_scan_next(w->json, err), inner, err))
            return false;
    }
    return token == JSON_OBJECT_END;
}

static int known_fields(const struct work *w, const struct list *l)
{
    if (!w->how->kind)
        return 0;
    bool has[COLUMNS_FIELDS_MAX] = {false};
    int known = 0;
    struct names *names = names_open(w->how->kind);
    for (int i = 0; i < l->count; i++) {
        enum names_rank rank;
        int field = names_find(&rank, names, l->names[i], strlen(l->names[i]));
        for (int m = 0; m < w->how->map_count && field < 0; m++)
            if (!strcmp(w->how->maps[m].column, l->names[i]))
                known++;
        if (field >= 0 && !has[field]) {
            has[field] = true;
            known++;
        }
    }
    names_close(names);
    return known;
}

static bool choose_list(struct work *w, struct error *err)
{
    int most = -1;
    char lists[160] = "";
    for (int i = 0; i < w->list_count; i++) {
        struct list *l = &w->lists[i];
        int known = l->objects ? known_fields(w, l) : -1;
        size_t used = strlen(lists);
        snprintf(lists + used, sizeof lists - used, "%s%s", used ? ", " : "", l->path);
        if (w->how->list ? strcmp(l->path, w->how->list) != 0
                         : known < most || !l->objects ||
                               (known == most && w->taken && l->objects <= w->taken->objects))
            continue;
        most = known;
        w->taken = l;
    }
    if (!w->taken)
        return error_set(err, ERROR_INPUT,
                         w->how->list ? "there is no list \"%.60s\" in the JSON; there are: %s"
                                      : "the JSON holds no list of objects%.0s%s",
                         w->how->list ? w->how->list : "", w->how->list ? lists : "");
    if (*w->taken->path)
        wire_note(&w->about, "list", w->taken->path,
                  w->how->list        ? "as told"
                  : w->list_count < 2 ? "there is no other"
                                      : "its names give more columns than those of other lists");
    return true;
}

/* ---- rows ---- */

static void begin_row(struct work *w)
{
    buf_clear(&w->texts);
    w->texts.overflow = false;
    w->code = NULL;
    w->fault = -1;
    for (int i = 0; i < w->taken->count; i++) {
        w->begins[i] = 1;
        w->ends[i] = 0;
    }
}

static void set_fault(struct work *w, const char *code, int column)
{
    if (w->code)
        return;
    w->code = code;
    w->fault = column;
}

/* The value that comes next, into the texts. */
static bool take_value(struct work *w, int column, struct json_scan *j, struct error *err)
{
    enum json_token token = json_scan_next(j, err);
    size_t len, begun = w->texts.len;
    if (token == JSON_NULL)
        return true;
    if (token == JSON_OBJECT || token == JSON_ARRAY) {
        struct buf nested = {.max = CSV_FIELD_MAX};
        bool ok = json_scan_value(&nested, j, token, err);
        if (nested.overflow)
            set_fault(w, "field_too_long", column);
        buf_add(&w->texts, nested.len ? nested.data : "", nested.len);
        buf_free(&nested);
        if (!ok)
            return false;
    } else if (token == JSON_FAILED || token == JSON_END) {
        return false;
    } else {
        const char *text = json_scan_text(j, &len);
        if (json_scan_fault(j) && token == JSON_TEXT)
            set_fault(w, json_scan_fault(j), column);
        if (len > CSV_FIELD_MAX)
            set_fault(w, "field_too_long", column);
        buf_add(&w->texts, text, len < CSV_FIELD_MAX ? len : CSV_SHOWN_MAX);
    }
    w->begins[column] = begun;
    w->ends[column] = w->texts.len;
    buf_char(&w->texts, '\0');
    return true;
}

/* One object, whose bracket was taken. */
static bool take_object(struct work *w, struct json_scan *j, struct error *err)
{
    enum json_token token;
    int from = 0;
    begin_row(w);
    while ((token = json_scan_next(j, err)) == JSON_KEY) {
        int column = find_name(w->taken, json_scan_text(j, NULL), from);
        if (column < 0)
            return error_set(err, ERROR_CONFLICT, "the file changed while it was read");
        if (w->begins[column] <= w->ends[column])
            set_fault(w, "name_twice", column);
        if (!take_value(w, column, j, err))
            return false;
        from = column + 1;
    }
    return token == JSON_OBJECT_END;
}

static const char *sentence(const char *code)
{
    return !strcmp(code, "not_utf8")         ? "the row is not UTF-8"
           : !strcmp(code, "nul_byte")       ? "the row has a NUL character"
           : !strcmp(code, "field_too_long") ? "a value is longer than 1 MiB"
           : !strcmp(code, "row_too_long")   ? "the row is longer than 16 MiB"
           : !strcmp(code, "name_twice")     ? "a name stands twice in one object"
           : !strcmp(code, "not_an_object")  ? "this is no object"
                                             : "the line is no JSON object";
}

/* What take_object left, or (w->code then says why) what cannot be used. */
static bool send_row(struct work *w, uint64_t line, struct error *err)
{
    struct buf *out = &w->out;
    if (w->texts.overflow)
        set_fault(w, "row_too_long", -1);
    size_t begun = wire_begin(out, w->code ? WIRE_BAD : WIRE_ROW);
    wire_u64(out, line);
    wire_u64(out, text_in_offset(&w->in));
    wire_u32(out, (uint32_t)w->taken->count);
    for (int i = 0; i < w->taken->count; i++) {
        bool given = w->begins[i] <= w->ends[i] && w->ends[i] <= w->texts.len;
        wire_text(out, given ? w->texts.data + w->begins[i] : NULL,
                  given ? w->ends[i] - w->begins[i] : 0);
    }
    wire_text(out, NULL, 0);
    if (w->code) {
        wire_text(out, w->code, strlen(w->code));
        wire_text(out, sentence(w->code), strlen(sentence(w->code)));
        wire_u32(out, (uint32_t)(w->fault + 1));
    }
    wire_end(out, begun);
    w->rows++;
    return out->len < SEND_AT || wire_flush(out, w->output) ||
           error_set(err, ERROR_SYSTEM, "nobody takes the rows");
}

static void send_header(struct work *w)
{
    w->about.encoding = encoding_names[w->in.encoding];
    wire_note(&w->about, "encoding", w->about.encoding, w->in.why);
    size_t begun = wire_begin(&w->out, WIRE_HEADER);
    wire_about(&w->out, &w->about);
    wire_u32(&w->out, (uint32_t)w->taken->count);
    for (int i = 0; i < w->taken->count; i++)
        wire_text(&w->out, w->taken->names[i], strlen(w->taken->names[i]));
    wire_end(&w->out, begun);
    w->begins = mem_zero((size_t)w->taken->count + 1, sizeof *w->begins);
    w->ends = mem_zero((size_t)w->taken->count + 1, sizeof *w->ends);
    w->texts.max = CSV_ROW_MAX;
}

static bool send_elements(struct work *w, struct error *err)
{
    enum json_token token;
    while ((token = json_scan_next(w->json, err)) != JSON_ARRAY_END) {
        bool ok = token == JSON_OBJECT;
        if (ok) {
            ok = take_object(w, w->json, err);
        } else {
            begin_row(w);
            set_fault(w, "not_an_object", -1);
            ok = json_scan_value(NULL, w->json, token, err);
        }
        if (!ok || !send_row(w, w->rows + 1, err))
            return false;
    }
    return true;
}

/* To the list that was taken, and its rows; *done when they are sent. */
/* NOLINTNEXTLINE(misc-no-recursion): at most JSON_SCAN_DEPTH_MAX deep */
static bool send_value(bool *done, struct work *w, enum json_token token, const char *path,
                       struct error *err)
{
    char inner[PATH_MAX_BYTES];
    if (token == JSON_ARRAY && !*done && !strcmp(path, w->taken->path)) {
        *done = true;
        return send_elements(w, err);
    }
    if (token != JSON_OBJECT)
        return json_scan_value(NULL, w->json, token, err);
    while ((token = json_scan_next(w->json, err)) == JSON_KEY) {
        snprintf(inner, sizeof inner, "%s%s%s", path, *path ? "." : "",
                 json_scan_text(w->json, NULL));
        if (!send_value(done, w, json_scan_next(w->json, err), inner, err))
            return false;
    }
    return token == JSON_OBJECT_END;
}

/* ---- JSON Lines ---- */

/* One line: its names in the first pass, its row in the second. */
static bool take_line(void *ctx, struct json_scan *j, uint64_t line, struct error *err)
{
    struct work *w = ctx;
    struct error no = {.kind = ERROR_NONE};
    bool object = json_scan_next(j, &no) == JSON_OBJECT;
    if (!w->taken) {
        object = object && survey_object(&w->lists[0], j, &no);
        return object || no.kind != ERROR_TOO_LARGE ||
               error_set(err, ERROR_TOO_LARGE, "line %llu: %s", (unsigned long long)line, no.text);
    }
    begin_row(w);
    if (!object || !take_object(w, j, &no) || json_scan_next(j, &no) != JSON_END)
        w->code = "not_json";
    return send_row(w, line, err);
}

static bool survey(struct work *w, struct error *err)
{
    if (w->how->lines) {
        w->list_count = 1;
        return json_lines(text_in_read, &w->in, take_line, w, err);
    }
    return rewind_scan(w, err) && survey_value(w, json_scan_next(w->json, err), "", err) &&
           json_scan_next(w->json, err) == JSON_END;
}

static bool send_rows(struct work *w, struct error *err)
{
    bool done = false;
    if (w->how->lines)
        return text_in_rewind(&w->in, err) && json_lines(text_in_read, &w->in, take_line, w, err);
    return rewind_scan(w, err) && send_value(&done, w, json_scan_next(w->json, err), "", err);
}

bool read_json(int input, const struct read_json_how *how, int output, struct error *err)
{
    struct work w = {.how = how, .output = output, .out.max = WIRE_RECORD_MAX + 2 * SEND_AT};
    bool ok = text_in_open(&w.in, input, how->gzip, how->kit, how->encoding, err) &&
              survey(&w, err) && choose_list(&w, err);
    if (ok) {
        send_header(&w);
        ok = wire_flush(&w.out, output) && send_rows(&w, err);
    }
    if (ok) {
        size_t begun = wire_begin(&w.out, WIRE_END);
        wire_u64(&w.out, w.rows);
        wire_end(&w.out, begun);
        ok = wire_flush(&w.out, output);
    }
    for (int i = 0; i < w.list_count; i++) {
        for (int n = 0; n < w.lists[i].count; n++)
            free(w.lists[i].names[n]);
        free(w.lists[i].names);
    }
    free(w.begins);
    free(w.ends);
    buf_free(&w.texts);
    buf_free(&w.out);
    json_scan_close(w.json);
    text_in_close(&w.in);
    return ok;
}
