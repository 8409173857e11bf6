/* decimal.h - exact numbers from 0: decimals as they are written, and their sums, products and
 * quotients as fractions in lowest terms. Regulated quantities decide at exactly 1, and ten times
 * 0.1 in binary is not 1.
 *
 * A value is 1 kB, owns nothing and is copied by assignment. What no longer fits DECIMAL_LIMBS is
 * refused, never rounded: the functions that can grow a number return false then. */
#ifndef ANALYSIS_DECIMAL_H
#define ANALYSIS_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#include "gis/buf.h"

enum { DECIMAL_LIMBS = 128 /* of 32 bits: about 1,230 digits */, DECIMAL_TEXT_MAX = 80 };

struct natural { /* limb[0] is the lowest; len 0 = 0 */
    uint32_t len;
    uint32_t limb[DECIMAL_LIMBS];
};

struct decimal {
    struct natural above, below; /* below is never 0; no common factor except while reading */
};

/* Reads "110", "1,000.50", "0.000006", "1.5e-3", full-width forms too: digits with at most one
 * point and commas only between thousands; no minus, at most DECIMAL_TEXT_MAX bytes and an exponent
 * of at most 60. False: not such a number. */
bool decimal_read(struct decimal *out, const char *text);
/* The shortest decimal that reads back as the same double (0.791 is 791/1000); value >= 0. */
bool decimal_of_double(struct decimal *out, double value);
struct decimal decimal_whole(uint32_t value);

/* out may be a or b. */
bool decimal_add(struct decimal *out, const struct decimal *a, const struct decimal *b);
bool decimal_subtract(struct decimal *out, const struct decimal *a,
                      const struct decimal *b); /* a >= b */
bool decimal_multiply(struct decimal *out, const struct decimal *a, const struct decimal *b);
bool decimal_divide(struct decimal *out, const struct decimal *a,
                    const struct decimal *b); /* false where b is 0 */
/* -1, 0, 1 */
int decimal_compare(const struct decimal *a, const struct decimal *b);
bool decimal_is_zero(const struct decimal *d);
/* For drawing and sorting, not for deciding. */
double decimal_to_double(const struct decimal *d);

/* "1.2" and true where the decimal ends within 30 places; else rounded half up to 6 places, and
 * false. */
bool decimal_write(struct buf *out, const struct decimal *d);
/* "6/5", or "3" where it is whole. */
void decimal_write_fraction(struct buf *out, const struct decimal *d);

#endif
