/* DESIGN. Works on code points of the normal form of gis/text.h. Words are taken out by lists, in
 * this order: remarks in brackets (原…, 舊…), punctuation, forms of company (longest first), then
 * from the end the words for a plant. A plant's number is taken where it cannot be part of the
 * name: right after the form of company, after 第, with ASCII digits or letters, or behind at least
 * two characters of name (味全一廠 yes, 統一工廠 no). Rejected: dictionaries of place names, which
 * would make 桃園廠 and 中壢廠 of one company the same. Cost: a few µs a name. */
#include "import/company_key.h"

#include <stdlib.h>
#include <string.h>

#include "gis/text.h"

enum { POINTS_MAX = 1300, WORD_MAX = 8 };

struct points {
    uint32_t c[POINTS_MAX];
    int n;
};

static void read_points(struct points *p, const char *text)
{
    struct buf key = {.max = 1 << 14};
    text_name_key(&key, text, strlen(text));
    const char *s = buf_string(&key);
    for (p->n = 0; *s && p->n < POINTS_MAX; p->n++) {
        size_t used;
        p->c[p->n] = text_utf8_next(s, &used);
        s += used;
    }
    buf_free(&key);
}

static void write_points(struct buf *out, const struct points *p, int from, int to)
{
    for (int i = from; i < to; i++)
        text_utf8_put(out, p->c[i]);
}

static void cut(struct points *p, int from, int count)
{
    memmove(p->c + from, p->c + from + count, (size_t)(p->n - from - count) * sizeof *p->c);
    p->n -= count;
}

/* Characters of word where it stands at `at`, else 0. */
static int word_at(const struct points *p, int at, const char *word)
{
    int n = 0;
    for (; *word; n++) {
        size_t used;
        if (at + n >= p->n || p->c[at + n] != text_utf8_next(word, &used))
            return 0;
        word += used;
    }
    return n;
}

static int length(const char *word)
{
    int n = 0;
    for (; *word; word++)
        n += ((unsigned char)*word & 0xC0) != 0x80;
    return n;
}

static bool cut_end(struct points *p, const char *word)
{
    int n = length(word);
    if (n >= p->n || !word_at(p, p->n - n, word))
        return false;
    p->n -= n;
    return true;
}

/* "(原大華公司)" and the like say what it was, not what it is. */
static void cut_remarks(struct points *p)
{
    static const char *const words[] = {"(原", "(舊", "(已", "(停", "(歇", "(前"};
    for (int i = 0; i < p->n; i++)
        for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
            int end = i;
            if (!word_at(p, i, words[w]))
                continue;
            while (end < p->n && p->c[end] != ')')
                end++;
            if (i && end < p->n) /* a name that is all remark stays */
                cut(p, i, end - i + 1);
        }
}

static void cut_punctuation(struct points *p)
{
    int n = 0;
    for (int i = 0; i < p->n; i++)
        if (p->c[i] >= 0x80 ? p->c[i] != 0xB7 && p->c[i] != 0x2027 && p->c[i] != 0x30FB
                            : !strchr("-_.,'\"`/\\:;*#()|~", (int)p->c[i]))
            p->c[n++] = p->c[i];
    p->n = n;
}

/* Takes forms of company out; *after = place behind the last of them, -1 = there was none. */
static void cut_forms(struct points *p, int *after)
{
    static const char *const forms[] = {"股份有限公司", "股份公司", "有限公司", "無限公司",
                                        "兩合公司",     "股公司",   "有公司",   "財團法人",
                                        "社團法人",     "公司"};
    *after = -1;
    for (int i = 0; i < p->n; i++)
        for (size_t w = 0; w < sizeof forms / sizeof *forms; w++) {
            int n = word_at(p, i, forms[w]);
            bool branch = i && (p->c[i - 1] == 0x5206 /* 分 */ || p->c[i - 1] == 0x7E3D /* 總 */);
            if (!n || n == p->n || (branch && n == 2))
                continue;
            cut(p, i, n);
            *after = i;
            i--;
            break;
        }
}

static int digit_of(uint32_t c)
{
    static const struct {
        const char *text;
        int value;
    } digits[] = {{"零〇", 0}, {"一壹", 1}, {"二貳", 2}, {"三參", 3}, {"四肆", 4},  {"五伍", 5},
                  {"六陸", 6}, {"七柒", 7}, {"八捌", 8}, {"九玖", 9}, {"十拾", 10}, {"百佰", 100}};
    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
        for (const char *s = digits[i].text; *s;) {
            size_t used;
            if (text_utf8_next(s, &used) == c)
                return digits[i].value;
            s += used;
        }
    return -1;
}

/* Chinese numerals from..to as ASCII digits: 十二 12, 二百三十六 236, 二三六 236. */
static void write_numeral(struct buf *out, const struct points *p, int from, int to)
{
    bool units = false;
    for (int i = from; i < to; i++)
        units = units || digit_of(p->c[i]) >= 10;
    long total = 0, last = -1;
    for (int i = from; i < to; i++) {
        int d = digit_of(p->c[i]);
        if (!units) {
            buf_char(out, (char)('0' + d));
        } else if (d >= 10) {
            total += (last < 0 ? 1 : last) * d;
            last = -1;
        } else {
            last = d;
        }
    }
    if (units)
        buf_format(out, "%ld", (total + (last > 0 ? last : 0)) % 1000000);
}

static bool is_ascii_word(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

static bool is_stem(uint32_t c) /* 甲乙丙丁戊己庚辛 */
{
    static const uint32_t stems[] = {0x7532, 0x4E59, 0x4E19, 0x4E01,
                                     0x620A, 0x5DF1, 0x5E9A, 0x8F9B};
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++)
        if (c == stems[i])
            return true;
    return false;
}

static void write_plant(struct buf *out, const struct points *p, int from, int to)
{
    from += word_at(p, from, "fab");
    for (int i = from; i < to;) {
        int end = i;
        while (end < to && digit_of(p->c[end]) >= 0)
            end++;
        if (end > i)
            write_numeral(out, p, i, end);
        else
            text_utf8_put(out, p->c[end++]);
        i = end;
    }
}

/* The number or letter that ends the name, before the 廠 that was cut. */
static void take_plant(struct buf *plant, struct points *p, int after)
{
    int from = p->n, ascii = 0, digits = 0;
    while (from > 0 && from > after &&
           (is_ascii_word(p->c[from - 1]) || digit_of(p->c[from - 1]) >= 0 ||
            is_stem(p->c[from - 1]))) {
        from--;
        ascii += is_ascii_word(p->c[from]);
        digits += p->c[from] >= '0' && p->c[from] <= '9';
    }
    int run = p->n - from;
    bool ordinal = from > 0 && p->c[from - 1] == 0x7B2C; /* 第 */
    int left = from - ordinal;
    if (!run || !left || run > WORD_MAX)
        return;
    bool behind_form = after >= 0 && left == after;
    bool sure = behind_form || ordinal || digits || (ascii == run && run <= 2) ||
                (ascii < run && left >= 2);
    if (!sure)
        return;
    write_plant(plant, p, from, p->n);
    p->n = left;
}

static bool cut_plant_word(struct points *p)
{
    static const char *const words[] = {"總廠", "本廠", "分廠", "工廠",
                                        "廠區", "廠房", "號廠", "廠"};
    for (size_t w = 0; w < sizeof words / sizeof *words; w++)
        if (cut_end(p, words[w]))
            return true;
    return false;
}

void company_key(struct buf *name, struct buf *plant, const char *text)
{
    static const char *const ends[] = {"分公司", "總公司", "企業社", "工業社", "實業社",
                                       "企業行", "商行",   "coltd",  "ltd",    "inc"};
    struct points p, whole;
    int after;
    buf_clear(name);
    buf_clear(plant);
    read_points(&p, text);
    cut_remarks(&p);
    cut_punctuation(&p);
    whole = p;
    cut_forms(&p, &after);
    /* 桃園廠(二) */
    int end = p.n;
    while (end > 0 && (digit_of(p.c[end - 1]) >= 0 || is_ascii_word(p.c[end - 1])))
        end--;
    if (end < p.n && end > 1 && p.c[end - 1] == 0x5EE0 /* 廠 */)
        take_plant(plant, &p, after);
    while (cut_plant_word(&p))
        if (!plant->len)
            take_plant(plant, &p, after);
    for (size_t w = 0; w < sizeof ends / sizeof *ends; w++)
        cut_end(&p, ends[w]);
    const struct points *left = p.n ? &p : &whole;
    write_points(name, left, 0, left->n);
}

static bool is_one_of(uint32_t c, const char *set)
{
    while (*set) {
        size_t used;
        if (text_utf8_next(set, &used) == c)
            return true;
        set += used;
    }
    return false;
}

static bool is_number(uint32_t c)
{
    return c < 0x80 ? (c >= '0' && c <= '9') : digit_of(c) >= 0;
}

/* Chinese numerals of roads, lanes and houses as ASCII; 6之2 as 6-2. */
static void write_address(struct buf *out, const struct points *p)
{
    for (int i = 0; i < p->n;) {
        int end = i;
        while (end < p->n && digit_of(p->c[end]) >= 0)
            end++;
        bool number = end > i && end < p->n && is_one_of(p->c[end], "段巷弄號鄰路街之-,、");
        bool dash = p->c[i] == 0x4E4B /* 之 */ && i && i + 1 < p->n && is_number(p->c[i - 1]) &&
                    is_number(p->c[i + 1]);
        if (number)
            write_numeral(out, p, i, end);
        else if (dash)
            buf_char(out, '-');
        else if (end == i)
            text_utf8_put(out, p->c[end++]);
        else
            write_points(out, p, i, end);
        i = dash ? i + 1 : end;
    }
}

/* What stands before the road: postal code, county, township, village, neighbourhood. */
static int skip_places(const struct points *p, int end)
{
    int from = 0, digit, before = 0;
    while (from < end && p->c[from] >= '0' && p->c[from] <= '9')
        from++;
    for (digit = from; digit < end && !(p->c[digit] >= '0' && p->c[digit] <= '9'); digit++)
        if (is_one_of(p->c[digit], "縣市區鄉鎮村里"))
            before = from, from = digit + 1;
    if (from == digit) /* 台塑工業園區1號: the park stands for the road */
        from = before;
    while (digit < end && p->c[digit] >= '0' && p->c[digit] <= '9')
        digit++;
    if (digit < end && p->c[digit] == 0x9130 /* 鄰 */)
        return digit + 1;
    return from;
}

void company_door_key(struct buf *out, const char *address)
{
    struct points raw, p;
    struct buf text = {.max = 1 << 14};
    int end = 0;
    buf_clear(out);
    read_points(&raw, address);
    write_address(&text, &raw);
    read_points(&p, buf_string(&text));
    buf_free(&text);
    while (end < p.n && p.c[end] != 0x865F /* 號 */)
        end++;
    if (end == p.n || !end || !is_number(p.c[end - 1]))
        return;
    int from = skip_places(&p, end);
    if (from < end && !(p.c[from] >= '0' && p.c[from] <= '9'))
        write_points(out, &p, from, end);
}
