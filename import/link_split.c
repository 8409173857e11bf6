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

/* "甲苯 60%", "toluene (40 %)": the share is not part of the name. */
static void cut_share(struct link_piece *p)
{
    size_t len = p->len;
    bool percent = false;
    for (; len && (isdigit((unsigned char)p->text[len - 1]) || strchr("%.()~- ", p->text[len - 1]));
         len--)
        percent = percent || p->text[len - 1] == '%';
    if (percent && len)
        p->len = len;
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
        if (p.len) {
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
