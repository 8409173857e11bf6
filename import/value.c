#include "import/value.h"

#include <ctype.h>
#include <string.h>

#include "gis/text.h"

/* The normal form of text, if it fits. */
static bool fold(char *out, size_t size, const char *text)
{
    struct buf b = {.max = 1 << 16};
    text_name_key(&b, text, strlen(text));
    bool fits = b.len && b.len < size && !b.overflow;
    if (fits)
        memcpy(out, buf_string(&b), b.len + 1);
    buf_free(&b);
    return fits;
}

static size_t space_at(const char *s)
{
    if (*s && (isspace((unsigned char)*s) || (unsigned char)*s < ' '))
        return 1;
    if (!strncmp(s, "\xE3\x80\x80", 3) || !strncmp(s, "\xEF\xBB\xBF", 3))
        return 3; /* ideographic space, byte order mark */
    return strncmp(s, "\xC2\xA0", 2) ? 0 : 2;
}

char *value_trim(char *text)
{
    size_t n;
    while ((n = space_at(text)))
        text += n;
    char *end = text;
    for (char *s = text; *s;) {
        n = space_at(s);
        s += n ? n : 1;
        if (!n)
            end = s;
    }
    *end = '\0';
    return *text ? text : NULL;
}

bool value_number(char out[VALUE_NUMBER_MAX], const char *text)
{
    if (!fold(out, VALUE_NUMBER_MAX, text))
        return false;
    for (char *s = out; *s; s++) {
        if (!isalnum((unsigned char)*s) && *s != '-')
            return false;
        *s = (char)toupper((unsigned char)*s);
    }
    return true;
}

bool value_digits(char *out, size_t digits, const char *text)
{
    if (!fold(out, digits + 1, text) || strlen(out) != digits)
        return false;
    return strspn(out, "0123456789") == digits;
}

bool value_double(double *out, const char *text)
{
    char folded[64];
    return fold(folded, sizeof folded, text) && text_to_double(out, folded);
}

bool value_int(int64_t *out, const char *text)
{
    char folded[64];
    return fold(folded, sizeof folded, text) && text_to_i64(out, folded);
}

bool value_yes(int *out, const char *text)
{
    static const char *const words[2][5] = {{"no", "false", "0", "n", "否"},
                                            {"yes", "true", "1", "y", "是"}};
    char folded[16];
    if (!fold(folded, sizeof folded, text))
        return false;
    for (*out = 0; *out < 2; ++*out)
        for (int i = 0; i < 5; i++)
            if (!strcmp(folded, words[*out][i]))
                return true;
    return false;
}

bool value_cas(char out[VALUE_CAS_MAX], const char *text)
{
    return fold(out, VALUE_CAS_MAX, text) && text_cas_valid(out);
}
