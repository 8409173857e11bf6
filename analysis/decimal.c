/* DESIGN. Numbers of 32-bit limbs, schoolbook arithmetic: what is added here has a few limbs. All
 * work is done in numbers of twice the size, reduced by their greatest common divisor (Euclid; in
 * machine words as soon as both fit one), and only the result has to fit again. Sums of equal
 * denominators, nearly all of them, need no reduction while adding: it is done where a number is
 * written or grows. Division is Knuth's algorithm D (The Art of Computer Programming 2, 4.3.1). */
#include "analysis/decimal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "gis/text.h"

enum { WIDE = 2 * DECIMAL_LIMBS + 4, PLACES_ENDING = 30, PLACES_ROUNDED = 6, EXPONENT_MAX = 60 };

struct wide {
    uint32_t len;
    uint32_t limb[WIDE];
};

static void trim(struct wide *w)
{
    while (w->len && !w->limb[w->len - 1])
        w->len--;
}

static void widen(struct wide *out, const struct natural *n)
{
    out->len = n->len;
    memcpy(out->limb, n->limb, n->len * sizeof *n->limb);
}

static bool narrow(struct natural *out, const struct wide *w)
{
    if (w->len > DECIMAL_LIMBS)
        return false;
    out->len = w->len;
    memcpy(out->limb, w->limb, w->len * sizeof *w->limb);
    return true;
}

static void set_word(struct wide *out, uint64_t value)
{
    out->limb[0] = (uint32_t)value;
    out->limb[1] = (uint32_t)(value >> 32);
    out->len = 2;
    trim(out);
}

static uint64_t word(const struct wide *w)
{
    return (w->len > 0 ? w->limb[0] : 0) | (uint64_t)(w->len > 1 ? w->limb[1] : 0) << 32;
}

static int compare(const struct wide *a, const struct wide *b)
{
    if (a->len != b->len)
        return a->len < b->len ? -1 : 1;
    for (uint32_t i = a->len; i-- > 0;)
        if (a->limb[i] != b->limb[i])
            return a->limb[i] < b->limb[i] ? -1 : 1;
    return 0;
}

/* Products of two naturals and sums of two such products fit WIDE limbs. */
static void multiply(struct wide *out, const struct natural *a, const struct natural *b)
{
    memset(out->limb, 0, (a->len + b->len) * sizeof *out->limb);
    for (uint32_t i = 0; i < a->len; i++) {
        uint64_t carry = 0;
        for (uint32_t k = 0; k < b->len; k++) {
            carry += (uint64_t)a->limb[i] * b->limb[k] + out->limb[i + k];
            out->limb[i + k] = (uint32_t)carry;
            carry >>= 32;
        }
        out->limb[i + b->len] = (uint32_t)carry;
    }
    out->len = a->len + b->len;
    trim(out);
}

static void add(struct wide *sum, const struct wide *more)
{
    uint64_t carry = 0;
    uint32_t len = sum->len > more->len ? sum->len : more->len;
    for (uint32_t i = 0; i < len; i++) {
        carry += (uint64_t)(i < sum->len ? sum->limb[i] : 0) + (i < more->len ? more->limb[i] : 0);
        sum->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry)
        sum->limb[len++] = (uint32_t)carry;
    sum->len = len;
}

static void subtract(struct wide *from, const struct wide *less) /* from >= less */
{
    int64_t carry = 0;
    for (uint32_t i = 0; i < from->len; i++) {
        carry += (int64_t)from->limb[i] - (i < less->len ? less->limb[i] : 0);
        from->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    trim(from);
}

static uint32_t divide_small(struct wide *w, uint32_t by)
{
    uint64_t rest = 0;
    for (uint32_t i = w->len; i-- > 0;) {
        rest = rest << 32 | w->limb[i];
        w->limb[i] = (uint32_t)(rest / by);
        rest %= by;
    }
    trim(w);
    return (uint32_t)rest;
}

static void shift_left(struct wide *w, uint32_t bits) /* < 32 */
{
    uint64_t carry = 0;
    for (uint32_t i = 0; i < w->len; i++) {
        carry |= (uint64_t)w->limb[i] << bits;
        w->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry)
        w->limb[w->len++] = (uint32_t)carry;
}

static void shift_right(struct wide *w, uint32_t bits) /* < 32 */
{
    for (uint32_t i = 0; i < w->len; i++)
        w->limb[i] =
            (uint32_t)(((uint64_t)(i + 1 < w->len ? w->limb[i + 1] : 0) << 32 | w->limb[i]) >>
                       bits);
    trim(w);
}

/* One digit of algorithm D: takes digit * by from the limbs of rest from `at` on. */
static uint32_t divide_digit(struct wide *rest, const struct wide *by, uint32_t at)
{
    uint32_t n = by->len;
    uint64_t top = (uint64_t)rest->limb[at + n] << 32 | rest->limb[at + n - 1];
    uint64_t digit = top / by->limb[n - 1], over = top % by->limb[n - 1];
    while (digit >> 32 || digit * by->limb[n - 2] > (over << 32 | rest->limb[at + n - 2])) {
        digit--;
        over += by->limb[n - 1];
        if (over >> 32)
            break;
    }
    int64_t borrow = 0;
    uint64_t carry = 0;
    for (uint32_t i = 0; i < n; i++) {
        carry += digit * by->limb[i];
        borrow += (int64_t)rest->limb[at + i] - (uint32_t)carry;
        rest->limb[at + i] = (uint32_t)borrow;
        borrow >>= 32;
        carry >>= 32;
    }
    borrow += (int64_t)rest->limb[at + n] - (int64_t)carry;
    rest->limb[at + n] = (uint32_t)borrow;
    if (borrow >= 0)
        return (uint32_t)digit;
    uint64_t back = 0;
    for (uint32_t i = 0; i < n; i++) {
        back += (uint64_t)rest->limb[at + i] + by->limb[i];
        rest->limb[at + i] = (uint32_t)back;
        back >>= 32;
    }
    rest->limb[at + n] += (uint32_t)back;
    return (uint32_t)digit - 1;
}

/* whole = floor(rest / by), rest = what is left. by > 0. */
static void divide(struct wide *whole, struct wide *rest, const struct wide *by)
{
    whole->len = 0;
    if (compare(rest, by) < 0)
        return;
    if (by->len == 1) {
        *whole = *rest;
        set_word(rest, divide_small(whole, by->limb[0]));
        return;
    }
    struct wide scaled = *by;
    uint32_t bits = (uint32_t)__builtin_clz(by->limb[by->len - 1]);
    shift_left(&scaled, bits);
    shift_left(rest, bits);
    uint32_t digits = rest->len - scaled.len + 1;
    rest->limb[rest->len] = 0; /* WIDE has room: rest is a product or a natural */
    for (uint32_t at = digits; at-- > 0;)
        whole->limb[at] = divide_digit(rest, &scaled, at);
    whole->len = digits;
    trim(whole);
    trim(rest);
    shift_right(rest, bits);
}

static uint64_t common_words(uint64_t a, uint64_t b)
{
    while (b) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Greatest common divisor of two numbers above 0. */
static void common(struct wide *out, const struct wide *a, const struct wide *b)
{
    struct wide quotient, other = *b;
    *out = *a;
    while (other.len && (out->len > 2 || other.len > 2)) {
        divide(&quotient, out, &other);
        struct wide swap = *out;
        *out = other;
        other = swap;
    }
    if (other.len)
        set_word(out, common_words(word(out), word(&other)));
}

/* above / below in lowest terms. */
static bool settle(struct decimal *out, struct wide *above, struct wide *below)
{
    if (!above->len) {
        *out = decimal_whole(0);
        return true;
    }
    struct wide divisor, quotient;
    common(&divisor, above, below);
    if (divisor.len != 1 || divisor.limb[0] != 1) {
        divide(&quotient, above, &divisor);
        *above = quotient;
        divide(&quotient, below, &divisor);
        *below = quotient;
    }
    return narrow(&out->above, above) && narrow(&out->below, below);
}

struct decimal decimal_whole(uint32_t value)
{
    struct decimal d;
    d.above.len = value > 0;
    d.above.limb[0] = value;
    d.below.len = 1;
    d.below.limb[0] = 1;
    return d;
}

bool decimal_is_zero(const struct decimal *d)
{
    return !d->above.len;
}

static bool same(const struct natural *a, const struct natural *b)
{
    return a->len == b->len && !memcmp(a->limb, b->limb, a->len * sizeof *a->limb);
}

bool decimal_add(struct decimal *out, const struct decimal *a, const struct decimal *b)
{
    struct wide above, below, other;
    if (same(&a->below, &b->below)) {
        widen(&above, &a->above);
        widen(&other, &b->above);
        widen(&below, &a->below);
    } else {
        multiply(&above, &a->above, &b->below);
        multiply(&other, &b->above, &a->below);
        multiply(&below, &a->below, &b->below);
    }
    add(&above, &other);
    return settle(out, &above, &below);
}

bool decimal_subtract(struct decimal *out, const struct decimal *a, const struct decimal *b)
{
    struct wide above, below, other;
    multiply(&above, &a->above, &b->below);
    multiply(&other, &b->above, &a->below);
    multiply(&below, &a->below, &b->below);
    if (compare(&above, &other) < 0)
        return false;
    subtract(&above, &other);
    return settle(out, &above, &below);
}

bool decimal_multiply(struct decimal *out, const struct decimal *a, const struct decimal *b)
{
    struct wide above, below;
    multiply(&above, &a->above, &b->above);
    multiply(&below, &a->below, &b->below);
    return settle(out, &above, &below);
}

bool decimal_divide(struct decimal *out, const struct decimal *a, const struct decimal *b)
{
    struct wide above, below;
    if (decimal_is_zero(b))
        return false;
    multiply(&above, &a->above, &b->below);
    multiply(&below, &a->below, &b->above);
    return settle(out, &above, &below);
}

int decimal_compare(const struct decimal *a, const struct decimal *b)
{
    struct wide left, right;
    multiply(&left, &a->above, &b->below);
    multiply(&right, &b->above, &a->below);
    return compare(&left, &right);
}

static double natural_to_double(const struct natural *n, int *exponent)
{
    double value = 0;
    uint32_t from = n->len > 4 ? n->len - 4 : 0; /* the leading limbs say all that a double holds */
    for (uint32_t i = n->len; i-- > from;)
        value = value * 0x1p32 + n->limb[i];
    *exponent = (int)from * 32;
    return value;
}

double decimal_to_double(const struct decimal *d)
{
    int above, below;
    double value = natural_to_double(&d->above, &above);
    value /= natural_to_double(&d->below, &below);
    return ldexp(value, above - below);
}

/* ---- text ---- */

/* n = n * by + more; false where it no longer fits. */
static bool grow(struct natural *n, uint32_t by, uint32_t more)
{
    uint64_t carry = more;
    for (uint32_t i = 0; i < n->len; i++) {
        carry += (uint64_t)n->limb[i] * by;
        n->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (!carry)
        return true;
    if (n->len == DECIMAL_LIMBS)
        return false;
    n->limb[n->len++] = (uint32_t)carry;
    return true;
}

/* A comma stands before exactly three digits and behind one to three, the first of them no 0. */
static bool commas_right(const char *s)
{
    size_t run = strspn(s, "0123456789");
    bool first = true;
    if (s[run] == ',' && *s == '0')
        return false;
    for (; s[run] == ','; first = false) {
        if (first ? run < 1 || run > 3 : run != 3)
            return false;
        s += run + 1;
        run = strspn(s, "0123456789");
    }
    return first || run == 3;
}

static bool read_exponent(int *exponent, const char *s)
{
    int64_t value = 0;
    bool ok = text_to_i64(&value, s + (*s == '+')) && value >= -EXPONENT_MAX &&
              value <= EXPONENT_MAX && s[strcspn(s, "0123456789")];
    *exponent = (int)value;
    return ok;
}

static bool read_folded(struct decimal *out, const char *s)
{
    int digits = 0, places = 0, exponent = 0;
    s += *s == '+';
    bool point = false, ok = commas_right(s);
    *out = decimal_whole(0);
    for (; ok && *s && *s != 'e'; s++) {
        if (*s == '.' && !point) {
            point = true;
        } else if (*s >= '0' && *s <= '9') {
            digits++;
            places += point;
            ok = grow(&out->above, 10, (uint32_t)(*s - '0'));
        } else {
            ok = *s == ',' && !point;
        }
    }
    if (!ok || !digits || (*s == 'e' && !read_exponent(&exponent, s + 1)))
        return false;
    for (exponent -= places; exponent > 0; exponent--)
        grow(&out->above, 10, 0);
    for (; exponent < 0; exponent++)
        grow(&out->below, 10, 0);
    struct wide above, below;
    widen(&above, &out->above);
    widen(&below, &out->below);
    return settle(out, &above, &below);
}

bool decimal_read(struct decimal *out, const char *text)
{
    struct buf key = {.max = 4 * DECIMAL_TEXT_MAX};
    size_t len = text ? strlen(text) : 0;
    bool ok = len && len <= DECIMAL_TEXT_MAX;
    if (ok)
        text_name_key(&key, text, len);
    ok = ok && !key.overflow && read_folded(out, buf_string(&key));
    buf_free(&key);
    return ok;
}

bool decimal_of_double(struct decimal *out, double value)
{
    char text[40];
    double again;
    if (!(value >= 0) || isinf(value))
        return false;
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (text_to_double(&again, text) && !(again < value) && !(again > value))
            break;
    }
    return decimal_read(out, text);
}

static void write_natural(struct buf *out, const struct natural *n, int places)
{
    struct wide w;
    char digits[WIDE * 10];
    int len = 0;
    widen(&w, n);
    while (w.len || len <= places)
        digits[len++] = (char)('0' + divide_small(&w, 10));
    for (int i = len - 1; i >= 0; i--) {
        if (i + 1 == places)
            buf_char(out, '.');
        buf_char(out, digits[i]);
    }
}

/* Places after which the decimal ends; -1 where it does not within PLACES_ENDING. */
static int places_of(const struct natural *below)
{
    struct wide w;
    int twos = 0, fives = 0;
    widen(&w, below);
    for (struct wide next = w; !divide_small(&next, 2) && twos <= PLACES_ENDING; twos++)
        w = next;
    for (struct wide next = w; !divide_small(&next, 5) && fives <= PLACES_ENDING; fives++)
        w = next;
    int places = twos > fives ? twos : fives;
    return w.len == 1 && w.limb[0] == 1 && places <= PLACES_ENDING ? places : -1;
}

bool decimal_write(struct buf *out, const struct decimal *d)
{
    int places = places_of(&d->below);
    bool ends = places >= 0;
    struct natural scaled = d->above;
    struct wide above, below, quotient, half;
    if (!ends)
        places = PLACES_ROUNDED;
    for (int i = 0; i < places; i++)
        if (!grow(&scaled, 10, 0)) {
            decimal_write_fraction(out, d);
            return false;
        }
    widen(&above, &scaled);
    widen(&below, &d->below);
    if (!ends) { /* half up */
        half = below;
        divide_small(&half, 2);
        add(&above, &half);
    }
    divide(&quotient, &above, &below);
    if (narrow(&scaled, &quotient))
        write_natural(out, &scaled, places);
    return ends;
}

void decimal_write_fraction(struct buf *out, const struct decimal *d)
{
    write_natural(out, &d->above, 0);
    if (d->below.len == 1 && d->below.limb[0] == 1)
        return;
    buf_char(out, '/');
    write_natural(out, &d->below, 0);
}
