/* DESIGN. Weighted edit distance (Levenshtein) by characters, not by trigrams: Chinese names have
 * two to six characters, of which one wrong leaves no trigram. Short names are similar only by
 * characters that look alike, else 甲醇 and 甲苯 would be. Every name not linked is compared with
 * every name known; lengths and numbers sort nearly all out before the table is filled. */
#include "import/link_similar.h"

#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "gis/text.h"
#include "import/stage.h"
#include "sql.h"

enum { LETTERS_MAX = 60, UNLINKED_MAX = 1000, SUGGESTIONS_MAX = 3 };

struct name {
    uint32_t letters[LETTERS_MAX];
    int count;
    char *key;
    int64_t id; /* of the substance */
};

struct names {
    struct name *items;
    size_t count, cap;
};

/* Characters that writers and scanners take for one another, pair by pair. */
static const char alike[] =
    "苯笨酯脂腈晴醇酵氯綠銨胺銨氨胺氨酚盼烯稀硫琉己已已巳己巳丙內末未鈉納鎘鍋鈣鈞錳猛溴澳硝稍磷鱗砷"
    "伸"
    "汞永氰氣醋酢甲申甲由丁了戊戌戊戍庚康辛幸萘奈蒽恩酐酊酐肝呋夫喃南吡比啶定嗪秦醯酰羥經羧梭鹽塩"
    "氣汽環還烷浣醛荃碘典鉀鈿酸醆粉紛煤媒";
static const char numbers[] = "0123456789一二三四五六七八九十單雙";

static bool holds(const char *set, uint32_t letter)
{
    size_t used;
    for (; *set; set += used)
        if (text_utf8_next(set, &used) == letter)
            return true;
    return false;
}

static bool look_alike(uint32_t a, uint32_t b)
{
    size_t used;
    if (a < 0x80 || b < 0x80)
        return false;
    for (const char *s = alike; *s;) {
        uint32_t x = text_utf8_next(s, &used);
        s += used;
        uint32_t y = text_utf8_next(s, &used);
        s += used;
        if ((x == a && y == b) || (x == b && y == a))
            return true;
    }
    return false;
}

static bool take(struct name *n, const char *key)
{
    size_t used;
    n->count = 0;
    for (; *key; key += used) {
        if (n->count == LETTERS_MAX)
            return false;
        n->letters[n->count++] = text_utf8_next(key, &used);
    }
    return n->count > 1;
}

static bool same_numbers(const struct name *a, const struct name *b)
{
    int i = 0, j = 0;
    for (;;) {
        while (i < a->count && !holds(numbers, a->letters[i]))
            i++;
        while (j < b->count && !holds(numbers, b->letters[j]))
            j++;
        if (i == a->count || j == b->count)
            return i == a->count && j == b->count;
        if (a->letters[i++] != b->letters[j++])
            return false;
    }
}

/* Half letters that names of this length may be apart: look-alikes in short ones, one letter from
 * five on, two from ten. */
static int allowed(int length)
{
    int most = 2 * length / 5;
    return most ? most : 1;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int distance(const struct name *a, const struct name *b)
{
    int most = allowed(a->count > b->count ? a->count : b->count);
    if (2 * abs(a->count - b->count) > most)
        return -1;
    int rows[2][LETTERS_MAX + 1];
    for (int j = 0; j <= b->count; j++)
        rows[0][j] = 2 * j;
    for (int i = 1; i <= a->count; i++) {
        int *above = rows[(i - 1) & 1], *row = rows[i & 1], lowest = row[0] = 2 * i;
        for (int j = 1; j <= b->count; j++) {
            uint32_t x = a->letters[i - 1], y = b->letters[j - 1];
            int change = x == y ? 0 : look_alike(x, y) ? 1 : 2;
            row[j] = least(above[j - 1] + change, least(above[j], row[j - 1]) + 2);
            lowest = least(lowest, row[j]);
        }
        if (lowest > most)
            return -1;
    }
    int apart = rows[a->count & 1][b->count];
    return apart <= most && same_numbers(a, b) ? apart : -1;
}

int link_distance(const char *a, const char *b)
{
    struct name x, y;
    return take(&x, a) && take(&y, b) ? distance(&x, &y) : -1;
}

/* The statement's rows of name and substance. */
static bool load(struct names *out, const struct sql *sql, struct db *db, struct error *err)
{
    const struct db_value most = db_i64(UNLINKED_MAX);
    struct db_result *r = db_run(db, sql->text, err, &most, 1);
    if (!r)
        return error_append(err, " (%s: %.200s)", sql->name, db_message(db)), false;
    *out = (struct names){.cap = (size_t)db_rows(r)};
    out->items = mem_zero(out->cap + 1, sizeof *out->items);
    for (int i = 0; i < db_rows(r); i++) {
        struct name *n = &out->items[out->count];
        if (!take(n, db_get_text(r, i, 0)))
            continue;
        n->key = mem_copy(db_get_text(r, i, 0));
        n->id = db_get_i64(r, i, 1);
        out->count++;
    }
    db_done(r);
    return true;
}

static void drop(struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->items[i].key);
    free(names->items);
}

/* The nearest known names, each substance once: rows of key, substance, confidence. */
static void suggest(struct buf *rows, const struct name *n, const struct names *known)
{
    struct {
        int apart;
        const struct name *name;
    } best[SUGGESTIONS_MAX];
    int count = 0;
    for (size_t i = 0; i < known->count; i++) {
        const struct name *k = &known->items[i];
        int apart = distance(n, k), at = 0;
        if (apart < 0)
            continue;
        while (at < count && best[at].apart <= apart && best[at].name->id != k->id)
            at++;
        if (at == SUGGESTIONS_MAX ||
            (at < count && best[at].name->id == k->id && best[at].apart <= apart))
            continue;
        int end = at; /* the place that is given up: the same substance farther off, or the last */
        while (end < count && best[end].name->id != k->id)
            end++;
        if (end == count)
            count += count < SUGGESTIONS_MAX;
        if (end >= SUGGESTIONS_MAX)
            end = SUGGESTIONS_MAX - 1;
        memmove(&best[at + 1], &best[at], (size_t)(end - at) * sizeof *best);
        best[at].apart = apart;
        best[at].name = k;
    }
    for (int i = 0; i < count; i++) {
        int length = n->count > best[i].name->count ? n->count : best[i].name->count;
        stage_text(rows, n->key);
        stage_i64(rows, best[i].name->id);
        stage_f64(rows, 0.8 * (1 - best[i].apart / (2.0 * length)));
        stage_end(rows);
    }
}

bool link_similar(int64_t batch, struct db *db, struct error *err)
{
    struct names unlinked, known;
    struct buf rows = {.max = 16 << 20};
    if (!load(&unlinked, &SQL_import_link_unlinked, db, err))
        return false;
    if (!unlinked.count) {
        drop(&unlinked);
        return true;
    }
    bool ok = load(&known, &SQL_import_link_known, db, err);
    for (size_t i = 0; ok && i < unlinked.count; i++)
        suggest(&rows, &unlinked.items[i], &known);
    drop(&unlinked);
    if (ok)
        drop(&known);
    if (ok && rows.len) {
        struct db_value by = batch ? db_i64(batch) : db_text(NULL);
        ok = db_exec(db,
                     "CREATE TEMP TABLE stage_link_similar (key text, substance_id integer,"
                     " confidence real)",
                     err) &&
             stage_copy(db, "COPY stage_link_similar FROM STDIN", &rows, err);
        struct db_result *r = ok ? db_run(db, SQL_import_link_similar.text, err, &by, 1) : NULL;
        ok = r != NULL;
        db_done(r);
        ok = ok && db_exec(db, "DROP TABLE stage_link_similar", err);
    }
    buf_free(&rows);
    return ok;
}
