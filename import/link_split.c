#include "import/link_split.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static const char *const marks[] = {"、", "，", "；", "／", "＋", "＆", "｜", "﹑", "﹐", "﹔",
                                    "與", "及", "和", ",",  ";",  "/",  "+",  "&",  "|",  "\n"};
static const char *const commas[] = {",", "，", "﹐"};
static const char *const opening[] = {"(", "[", "{", "（", "【", "〔", "「"};
static const char *const closing[] = {")", "]", "}", "）", "】", "〕", "」"};
/* Said of the whole, behind the last name or before the first. */
static const char *const behind[] = {"之混合物", "的混合物", "混合物",  "混合液",
                                     "混合",     "等",       "mixture", "mix"};
static const char *const before[] = {"mixture of ", "a mixture of ", "混合物：", "混合物:"};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static size_t one_of(const char *const *words, size_t count, const char *s)
{
    for (size_t i = 0; i < count; i++)
        if (!strncmp(s, words[i], strlen(words[i])))
            return strlen(words[i]);
    return 0;
}

static bool locant_letter(char c)
{
    return isalnum((unsigned char)c) || c == '\'';
}

/* The comma at s stands between places of a name: "1,2-", "N,N'-", "(1,2,3-": at most two letters
 * or digits and primes on both sides, and behind them a hyphen or another such comma. */
static bool in_name(const char *cell, const char *s, size_t len)
{
    size_t left = 0, right = 0;
    while (s - left > cell && left < 4 && locant_letter(s[-1 - (ptrdiff_t)left]))
        left++;
    while (right < 4 && locant_letter(s[len + right]))
        right++;
    return left && right && left < 4 && right < 4 &&
           (s[len + right] == '-' || s[len + right] == ',' ||
            one_of(commas, COUNT(commas), s + len + right));
}

/* Bytes of the mark at s, 0 = none. */
static size_t mark_at(const char *cell, const char *s, bool numbers)
{
    size_t len = one_of(marks, COUNT(marks), s);
    if (len && !numbers && one_of(commas, COUNT(commas), s) && in_name(cell, s, len))
        return 0;
    if (len)
        return len;
    if (isspace((unsigned char)*s) && !strncasecmp(s + 1, "and ", 4))
        return 5;
    return numbers ? (isspace((unsigned char)*s) ? 1 : strncmp(s, "\xE3\x80\x80", 3) ? 0 : 3) : 0;
}

static bool cut_end(struct link_piece *p, const char *word)
{
    size_t len = strlen(word);
    if (p->len <= len || strncasecmp(p->text + p->len - len, word, len) != 0)
        return false;
    p->len -= len;
    return true;
}

static void trim(struct link_piece *p)
{
    while (p->len && isspace((unsigned char)*p->text))
        p->text++, p->len--;
    while (p->len > 2 && !strncmp(p->text, "\xE3\x80\x80", 3))
        p->text += 3, p->len -= 3;
    while (p->len && isspace((unsigned char)p->text[p->len - 1]))
        p->len--;
}

/* ---- shares: "甲苯 60%", "toluene (40 %)", "60%甲苯", "丙酮（約４０～５０％）" ---- */

static const char *const percents[] = {"%", "％", "﹪"};
static const char *const blanks[] = {" ", "\xE3\x80\x80", "\xC2\xA0"};
static const char *const figures[] = {"0",  "1",  "2",  "3",  "4",  "5",  "6",  "7",
                                      "8",  "9",  ".",  "０", "１", "２", "３", "４",
                                      "５", "６", "７", "８", "９", "．"};
static const char *const ranges[] = {"-", "~", "～", "－", "–", "〜"};
static const char *const about[] = {"約", "<", ">", "≦", "≧",   "≤",    "≥",    "以上", "以下",
                                    "wt", "w", "v", "/", "vol", "重量", "體積", "比"};

/* As one_of, of the words that s (len bytes) ends with. */
static size_t ends_with(const char *const *words, size_t count, const char *s, size_t len)
{
    for (size_t i = 0; i < count; i++) {
        size_t word = strlen(words[i]);
        if (len >= word && !memcmp(s + len - word, words[i], word))
            return word;
    }
    return 0;
}

/* Bytes of the run of such words that s (len bytes) ends with. */
static size_t run_before(const char *const *words, size_t count, const char *s, size_t len)
{
    size_t used = 0;
    for (size_t n; (n = ends_with(words, count, s, len - used)); used += n)
        continue;
    return used;
}

/* Bytes of a share that s (len bytes) ends with, from the first figure to the mark; 0 = none. */
static size_t share_before(const char *s, size_t len)
{
    size_t left = len - ends_with(percents, COUNT(percents), s, len);
    if (left == len)
        return 0;
    left -= run_before(blanks, COUNT(blanks), s, left);
    size_t number = run_before(figures, COUNT(figures), s, left);
    if (!number)
        return 0;
    left -= number;
    size_t range = ends_with(ranges, COUNT(ranges), s, left);
    number = range ? run_before(figures, COUNT(figures), s, left - range) : 0;
    return len - (number ? left - range - number : left);
}

/* The same of a share that s (len bytes) begins with. */
static size_t share_at(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        size_t mark = one_of(percents, COUNT(percents), s + i);
        if (mark && i + mark <= len)
            return share_before(s, i + mark) == i + mark ? i + mark : 0;
    }
    return 0;
}

/* What stands in brackets is a share and nothing else. */
static bool is_share(const char *s, size_t len)
{
    static const struct {
        const char *const *words;
        size_t count;
    } sets[] = {{percents, COUNT(percents)},
                {blanks, COUNT(blanks)},
                {figures, COUNT(figures)},
                {ranges, COUNT(ranges)},
                {about, COUNT(about)}};
    bool percent = false, figure = false;
    for (size_t at = 0, n; at < len; at += n) {
        n = 0;
        for (size_t i = 0; i < COUNT(sets) && !n; i++)
            n = one_of(sets[i].words, sets[i].count, s + at);
        if (!n)
            return false;
        percent = percent || one_of(percents, COUNT(percents), s + at);
        figure = figure || one_of(figures, COUNT(figures), s + at);
    }
    return percent && figure;
}

static bool only_share(const struct link_piece *p)
{
    size_t open = one_of(opening, COUNT(opening), p->text);
    size_t close = ends_with(closing, COUNT(closing), p->text, p->len);
    return open + close < p->len && is_share(p->text + open, p->len - open - close);
}

/* A pair of brackets at the end or, if not, at the beginning, with a share in it. */
static bool cut_share_in_brackets(struct link_piece *p, bool end)
{
    size_t from = end ? p->len - ends_with(closing, COUNT(closing), p->text, p->len)
                      : one_of(opening, COUNT(opening), p->text);
    if (from == (end ? p->len : 0))
        return false;
    for (size_t at = from; end ? at-- > 0 : at < p->len; at += !end) {
        size_t bracket = end ? one_of(opening, COUNT(opening), p->text + at)
                             : one_of(closing, COUNT(closing), p->text + at);
        if (!bracket)
            continue;
        size_t inner = end ? at + bracket : from, past = end ? from : at;
        size_t left = end ? at : p->len - at - bracket;
        if (!left || !is_share(p->text + inner, past - inner))
            return false;
        p->text += end ? 0 : at + bracket;
        p->len = left;
        return true;
    }
    return false;
}

/* The share is not part of the name. */
static void cut_share(struct link_piece *p)
{
    bool cut = cut_share_in_brackets(p, true) || cut_share_in_brackets(p, false);
    size_t len = cut ? 0 : share_before(p->text, p->len);
    if (len && len < p->len)
        p->len -= len;
    len = cut || len ? 0 : share_at(p->text, p->len);
    if (len && len < p->len)
        p->text += len, p->len -= len;
}

static void cut_words(struct link_piece *p, bool first, bool last)
{
    for (size_t i = 0; first && i < COUNT(before); i++) {
        size_t len = strlen(before[i]);
        if (p->len > len && !strncasecmp(p->text, before[i], len))
            p->text += len, p->len -= len;
    }
    for (size_t i = 0; last && i < COUNT(behind); i++)
        cut_end(p, behind[i]);
    trim(p);
    cut_share(p);
    trim(p);
}

int link_split(struct link_piece pieces[LINK_PIECES_MAX], const char *cell, bool numbers)
{
    int count = 0, depth = 0;
    const char *from = cell;
    for (const char *s = cell;; s++) {
        size_t open = one_of(opening, COUNT(opening), s), len = 0;
        if (open || (depth && one_of(closing, COUNT(closing), s)))
            depth += open ? 1 : -1;
        else if (!depth && *s)
            len = mark_at(cell, s, numbers);
        if (*s && !len)
            continue;
        struct link_piece p = {from, (size_t)(s - from)};
        trim(&p);
        if (p.len && !only_share(&p)) {
            if (count == LINK_PIECES_MAX)
                return 0;
            pieces[count++] = p;
        }
        if (!*s)
            break;
        from = s + len;
        s = from - 1;
    }
    if (count < 2)
        return 0;
    for (int i = 0; i < count; i++)
        cut_words(&pieces[i], i == 0, i == count - 1);
    return count;
}
