/* cas.h - CAS numbers as files have them, and the damage that is mended: leading zeros, full-width
 * digits and dashes of all kinds, lost hyphens (64175), spaces, prefixes ("CAS No.:"), quotes and
 * trailing marks; what spreadsheets make of them: dates, numbers of days since 1900, scientific
 * notation. Nothing is mended that the check digit does not confirm. */
#ifndef IMPORT_CAS_H
#define IMPORT_CAS_H

#include "import/value.h"

enum { CAS_CANDIDATES_MAX = 8 };

enum cas_state {
    CAS_NONE,    /* no CAS number */
    CAS_RIGHT,   /* written as it should be */
    CAS_MENDED,  /* the same digits, otherwise written */
    CAS_GUESSED, /* made back from a date or a rounded number; one number has the check digit */
    CAS_SEVERAL  /* several numbers have the right check digit: a person decides */
};

struct cas_reading {
    enum cas_state state;
    int count; /* of numbers; 1 but for CAS_NONE and CAS_SEVERAL */
    char numbers[CAS_CANDIDATES_MAX][VALUE_CAS_MAX];
};

/* What the whole text is read as. */
enum cas_state cas_read(struct cas_reading *out, const char *text);
/* For files whose CAS number must be one: false unless it is RIGHT, MENDED or GUESSED. */
bool cas_mend(char out[VALUE_CAS_MAX], bool *mended, const char *text);

#endif
