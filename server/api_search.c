/* /api/v1/search: one box for names, addresses, numbers, CAS and UN numbers, and coordinates. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/text.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/radar_query.h"
#include "server/reply.h"
#include "server/search_place.h"
#include "sql.h"

enum { WORDS_MAX = 6, QUERY_MAX = 100 /* characters */, LIMIT_MAX = 50 };

struct search {
    const char *text;
    struct buf word[WORDS_MAX]; /* LIKE patterns */
    int words;
    struct buf pattern; /* %whole query% */
    struct buf whole;   /* whole query, LIKE-escaped */
    struct buf number;  /* whole query as a number: upper case, no spaces */
    int64_t limit;
    struct radar_options options;
    const struct radar *radar; /* of these; to be put back */
};

/* The normal form with LIKE's own characters escaped. */
static void add_escaped(struct buf *out, const char *text, size_t len)
{
    struct buf key = {0};
    text_name_key(&key, text, len);
    for (size_t i = 0; i < key.len; i++) {
        if (strchr("%_\\", key.data[i]))
            buf_char(out, '\\');
        buf_char(out, key.data[i]);
    }
    buf_free(&key);
}

static size_t space_at(const char *text)
{
    if (*text == ' ' || *text == '\t')
        return 1;
    return !strncmp(text, "\xE3\x80\x80", 3) ? 3 : 0; /* U+3000 ideographic space */
}

static bool add_word(struct search *s, const char *text, size_t len, struct error *err)
{
    struct buf key = {0};
    add_escaped(&key, text, len);
    if (key.len) {
        if (s->words == WORDS_MAX) {
            buf_free(&key);
            return error_set(err, ERROR_INPUT, "q has more than %d words", WORDS_MAX);
        }
        struct buf *word = &s->word[s->words++];
        buf_char(word, '%');
        buf_add(word, key.data, key.len);
        buf_char(word, '%');
    }
    buf_free(&key);
    return true;
}

static bool read_words(struct search *s, struct error *err)
{
    size_t characters = 0, from = 0, at = 0;
    for (const char *c = s->text; *c; c++)
        characters += ((unsigned char)*c & 0xC0) != 0x80;
    if (characters > QUERY_MAX)
        return error_set(err, ERROR_INPUT, "q is longer than %d characters", QUERY_MAX);
    while (s->text[at]) {
        size_t space = space_at(s->text + at);
        if (!space) {
            if (isascii((unsigned char)s->text[at]))
                buf_char(&s->number, (char)toupper((unsigned char)s->text[at]));
            at++;
            continue;
        }
        if (!add_word(s, s->text + from, at - from, err))
            return false;
        at += space;
        from = at;
    }
    if (!add_word(s, s->text + from, at - from, err))
        return false;
    add_escaped(&s->whole, s->text, at);
    buf_char(&s->pattern, '%');
    add_escaped(&s->pattern, s->text, at);
    buf_char(&s->pattern, '%');
    return s->words > 0 || error_set(err, ERROR_INPUT, "q has nothing to search for");
}

static void write_places(struct json *j, const struct search *s, int *found)
{
    struct search_place places[SEARCH_PLACES_MAX];
    int count = search_place(places, s->text);
    for (int i = 0; i < count && *found < s->limit; i++, (*found)++) {
        char name[64];
        struct buf text = {.max = sizeof name};
        buf_format(&text, "%.9g, %.9g", places[i].lon, places[i].lat);
        json_open(j, NULL, '{');
        json_text(j, "type", "place");
        json_number(j, "lon", places[i].lon, 7);
        json_number(j, "lat", places[i].lat, 7);
        json_text(j, "name", buf_string(&text));
        json_text(j, "crs", places[i].crs);
        json_close(j, '}');
        buf_free(&text);
    }
}

static void write_facility(struct json *j, const struct db_result *r, int i,
                           const struct radar *radar)
{
    int64_t id = db_get_i64(r, i, 0), index = atlas_find_facility(radar->atlas, id);
    json_open(j, NULL, '{');
    json_text(j, "type", "facility");
    json_int(j, "id", id);
    json_text(j, "name", db_get_text(r, i, 1));
    json_text(j, "number", db_get_text(r, i, 2));
    json_text(j, "address", db_get_text(r, i, 3));
    json_number(j, "lon", db_get_f64(r, i, 4), 7);
    json_number(j, "lat", db_get_f64(r, i, 5), 7);
    json_text(j, "position_check", db_get_text(r, i, 6));
    json_exact(j, "score", index < 0 ? (double)NAN : radar->facility_area[index]);
    json_close(j, '}');
}

static void write_substance(struct json *j, const struct db_result *r, int i)
{
    json_open(j, NULL, '{');
    json_text(j, "type", "substance");
    json_text(j, "cas", db_get_text(r, i, 0));
    json_text(j, "name_zh", db_get_text(r, i, 1));
    json_text(j, "name_en", db_get_text(r, i, 2));
    json_text(j, "un", db_get_text(r, i, 3));
    json_int(j, "facilities", db_get_i64(r, i, 5));
    json_close(j, '}');
}

/* Both lists come sorted by rank; of the same rank the substance goes first, and substances take at
 * most half of the list while facilities are waiting. */
static void merge(struct json *j, const struct search *s, const struct db_result *facilities,
                  const struct db_result *substances, int *found)
{
    int f = 0, c = 0, nf = db_rows(facilities), nc = db_rows(substances);
    while (*found < s->limit && (f < nf || c < nc)) {
        bool substance = c < nc;
        if (substance && f < nf)
            substance = db_get_i64(substances, c, 4) <= db_get_i64(facilities, f, 7) &&
                        2 * (int64_t)c < s->limit;
        if (substance)
            write_substance(j, substances, c++);
        else
            write_facility(j, facilities, f++, s->radar);
        (*found)++;
    }
    json_close(j, ']');
    json_int(j, "limit", s->limit);
    json_bool(j, "truncated", f < nf || c < nc);
}

static struct db_value word_or_null(struct search *s, int i)
{
    return db_text(i < s->words ? buf_string(&s->word[i]) : NULL);
}

static bool read_covered(int64_t *covered, struct db *db, struct error *err)
{
    struct db_result *result = db_query(db, &SQL_search_covered, err, DB_NONE);
    if (!result)
        return false;
    *covered = db_get_i64(result, 0, 0);
    db_done(result);
    return true;
}

static bool answer(struct reply *reply, struct search *s, const struct request *r,
                   struct error *err)
{
    int64_t covered;
    if (!read_covered(&covered, r->db, err))
        return false;
    struct db_result *facilities =
        db_query(r->db, &SQL_search_facilities, err,
                 DB_ARGS(word_or_null(s, 0), word_or_null(s, 1), word_or_null(s, 2),
                         word_or_null(s, 3), word_or_null(s, 4), word_or_null(s, 5),
                         db_text(buf_string(&s->number)), db_i64(s->limit + 1), db_i64(covered)));
    struct db_result *substances =
        facilities ? db_query(r->db, &SQL_search_substances, err,
                              DB_ARGS(db_text(buf_string(&s->pattern)),
                                      db_text(buf_string(&s->whole)), db_i64(s->limit + 1)))
                   : NULL;
    if (substances) {
        struct json j = reply_json(reply);
        int found = 0;
        json_open(&j, NULL, '{');
        json_text(&j, "query", s->text);
        json_open(&j, "results", '[');
        write_places(&j, s, &found);
        s->radar = snapshot_radar(r->snapshot, &s->options);
        merge(&j, s, facilities, substances, &found);
        snapshot_radar_put(r->snapshot, s->radar);
        json_close(&j, '}');
    }
    bool ok = substances != NULL;
    db_done(facilities);
    db_done(substances);
    return ok;
}

static bool get_search(struct reply *reply, const struct request *r, struct error *err)
{
    struct search s = {.text = request_query(r, "q"), .limit = 20};
    bool done, ok;
    if (!s.text)
        return error_set(err, ERROR_INPUT, "q is missing: give a name, address, number or place");
    if (!answer_begin(&done, reply, r, err) ||
        !request_int(&s.limit, r, "limit", 1, LIMIT_MAX, err) ||
        !radar_query_options(&s.options, RADAR_FACILITIES, r, err))
        return false;
    ok = read_words(&s, err) && (done || answer(reply, &s, r, err));
    for (int i = 0; i < WORDS_MAX; i++)
        buf_free(&s.word[i]);
    buf_free(&s.pattern);
    buf_free(&s.whole);
    buf_free(&s.number);
    return ok;
}

static const struct parameter parameters[] = {
    {"q", PARAMETER_TEXT, 0, 0, NULL, NULL,
     "what to find: name, address, registration number, CAS, UN number, or a coordinate; all words "
     "must match; at most 100 characters"},
    {"limit", PARAMETER_INTEGER, 1, LIMIT_MAX, NULL, "20", "results at most"},
    RADAR_PARAMETERS,
    {.name = NULL}};

const struct route search_routes[] = {{.method = "GET",
                                       .pattern = "/api/v1/search",
                                       .handler = get_search,
                                       .parameters = parameters,
                                       .summary = "Facilities, substances and places by any words",
                                       .answer = "application/json",
                                       .tag = "facilities"},
                                      {.pattern = NULL}};
