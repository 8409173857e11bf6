#include "gis/exact_sum.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { LEAST = -1074 /* exponent of the first bit */ };

void exact_sum_add(struct exact_sum *s, double value)
{
    uint64_t bits, fraction = (uint64_t)1 << 52;
    memcpy(&bits, &value, sizeof bits);
    unsigned exponent = bits >> 52 & 0x7FF;
    uint64_t number = (bits & (fraction - 1)) | (exponent ? fraction : 0);
    unsigned at = exponent ? exponent - 1 : 0; /* its lowest bit, from LEAST */
    uint64_t low = number << at % 32, high = at % 32 ? number >> (64 - at % 32) : 0;
    int64_t sign = bits >> 63 ? -1 : 1, *limb = s->limb + at / 32;
    limb[0] += sign * (int64_t)(low & UINT32_MAX);
    limb[1] += sign * (int64_t)(low >> 32);
    limb[2] += sign * (int64_t)high;
}

double exact_sum_value(const struct exact_sum *s)
{
    struct exact_sum n = *s;
    double value = 0, sign = 1;
    for (bool again = true; again;) { /* the second time with the opposite sign */
        int64_t carry = 0;
        for (int i = 0; i < EXACT_SUM_LIMBS; i++) {
            int64_t all = n.limb[i] + carry;
            n.limb[i] = all & UINT32_MAX;
            carry = (all - n.limb[i]) / ((int64_t)1 << 32);
        }
        again = carry < 0;
        for (int i = 0; again && i < EXACT_SUM_LIMBS; i++)
            n.limb[i] = -n.limb[i];
        if (again) {
            n.limb[EXACT_SUM_LIMBS - 1] -= carry * ((int64_t)1 << 32);
            sign = -1;
        }
    }
    for (int i = EXACT_SUM_LIMBS - 1; i >= 0; i--)
        value += ldexp((double)n.limb[i], 32 * i + LEAST);
    return sign * value;
}
