#include "import/rule.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "gis/text.h"
#include "import/date.h"
#include "import/value.h"

static bool same_key(const struct buf *key, const char *text, size_t len)
{
    struct buf other = {.max = 4096};
    text_name_key(&other, text, len);
    bool same = other.len == key->len && !memcmp(other.data, key->data, key->len);
    buf_free(&other);
    return same;
}

/* words: "name=other|other;name=…" */
static bool read_word(char small[RULE_VALUE_MAX], const char *words, const char *text)
{
    struct buf key = {.max = 1 << 16};
    bool found = false;
    text_name_key(&key, text, strlen(text));
    for (const char *w = words; *w && !found;) {
        size_t group = strcspn(w, ";"), name = strcspn(w, "=;");
        for (size_t at = 0; at < group && !found;) {
            size_t len = strcspn(w + at, "=|;");
            found = same_key(&key, w + at, len);
            at += len + 1;
        }
        if (found && name < RULE_VALUE_MAX) {
            memcpy(small, w, name);
            small[name] = '\0';
        }
        w += group + (w[group] == ';');
    }
    buf_free(&key);
    return found;
}

static bool in_limits(const struct import_rule *rule, double value)
{
    bool limits = rule->least < 0 || rule->least > 0 || rule->most < 0 || rule->most > 0;
    return isfinite(value) && (!limits || (value >= rule->least && value <= rule->most));
}

static bool read_year(double *number, const char *text)
{
    int year;
    bool ok = date_year(&year, text);
    *number = ok ? year : (double)NAN;
    return ok;
}

bool rule_read(const char **out, double *number, char small[RULE_VALUE_MAX],
               const struct import_rule *rule, const char *text)
{
    int64_t whole;
    int yes;
    *out = NULL;
    *number = (double)NAN;
    switch (rule->type) {
    case IMPORT_TEXT:
    case IMPORT_LIST: *out = text; return true;
    case IMPORT_NUMBER: return value_double(number, text) && in_limits(rule, *number);
    case IMPORT_INTEGER:
        if (!value_int(&whole, text) || !in_limits(rule, (double)whole))
            return false;
        *number = (double)whole;
        return true;
    case IMPORT_YEAR: return read_year(number, text);
    case IMPORT_DATE: *out = small; return date_parse(small, text);
    case IMPORT_TIME: *out = small; return value_time(small, text);
    case IMPORT_CAS: *out = small; return value_cas(small, text);
    case IMPORT_WORD: *out = small; return read_word(small, rule->words, text);
    case IMPORT_YES:
        if (!value_yes(&yes, text))
            return false;
        *number = yes;
        return true;
    }
    return false;
}

const char *rule_about(char *out, size_t size, const struct import_rule *rule)
{
    bool limits = rule->least < 0 || rule->least > 0 || rule->most < 0 || rule->most > 0;
    const char *what = NULL;
    switch (rule->type) {
    case IMPORT_TEXT: return NULL;
    case IMPORT_LIST: what = "a list, separated by 、 , ; | or /"; break;
    case IMPORT_NUMBER: what = "a number"; break;
    case IMPORT_INTEGER: what = "a whole number"; break;
    case IMPORT_YEAR: what = "a year (2009, 民國98年, 98, 108) or a date"; break;
    case IMPORT_DATE: what = "a date (2014-04-01, 2014/4/1, 108/12/15, 98年12月31日)"; break;
    case IMPORT_TIME: what = "a time of day (07:26, 7時26分)"; break;
    case IMPORT_CAS: what = "a CAS number with the right check digit"; break;
    case IMPORT_WORD: what = "one of "; break;
    case IMPORT_YES: what = "yes or no (是, 否)"; break;
    }
    if (rule->type == IMPORT_WORD)
        snprintf(out, size, "%s%s", what, rule->words);
    else if (limits)
        snprintf(out, size, "%s from %.15g to %.15g", what, rule->least, rule->most);
    else
        snprintf(out, size, "%s", what);
    for (char *c = out; rule->type == IMPORT_WORD && *c; c++)
        *c = *c == '=' || *c == '|' ? ' ' : *c == ';' ? ',' : *c;
    return out;
}

void rule_sentence(char *out, size_t size, const struct import_rule *rule)
{
    char about[600], whole[640];
    const char *wanted = rule_about(about, sizeof about, rule);
    snprintf(whole, sizeof whole, "not %s", wanted ? wanted : "a text");
    text_copy(out, size, whole);
}

void rule_write_list(struct json *j, const char *name, const char *text)
{
    static const char *const marks[] = {"、", ",", "，", ";", "；", "|", "/", "\n"};
    json_open(j, name, '[');
    while (*text) {
        size_t len = 0, mark = 0;
        for (; text[len]; len++) {
            for (size_t i = 0; i < sizeof marks / sizeof *marks && !mark; i++)
                if (!strncmp(text + len, marks[i], strlen(marks[i])))
                    mark = strlen(marks[i]);
            if (mark)
                break;
        }
        size_t from = 0, to = len;
        while (from < to && text[from] == ' ')
            from++;
        while (to > from && text[to - 1] == ' ')
            to--;
        if (to > from)
            json_text_n(j, NULL, text + from, to - from);
        text += len + mark;
    }
    json_close(j, ']');
}
