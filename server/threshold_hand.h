/* threshold_hand.h - quantities given by hand against the regulated quantities: what a request or a
 * file says, read strictly, judged, and written with the days on which reports are due. */
#ifndef SERVER_THRESHOLD_HAND_H
#define SERVER_THRESHOLD_HAND_H

#include "analysis/threshold_set.h"
#include "gis/json.h"
#include "server/json_in.h"

enum { THRESHOLD_HAND_MAX = 500 /* quantities */, THRESHOLD_TEXT_MAX = 200 /* bytes of a text */ };

struct threshold_hand {
    struct threshold_set *set;
    struct threshold_rule *rules; /* of the set, then those given by hand */
    struct threshold_what *whats;
    struct threshold_row *rows;
    struct threshold_unit *units;
    const char **items; /* what each row calls it */
    char (*quantity)[DECIMAL_TEXT_MAX + 1];
    struct threshold_book book;
    enum threshold_compare compare;
    size_t count;
};

/* items: [{item | cas | category + item_no, quantity, unit, place, date | from + to,
 * water_soluble, density_kg_l, threshold + threshold_unit}]. Texts are borrowed from the document.
 * NULL with err. */
struct threshold_hand *threshold_hand_read(const struct json_in_value *root, struct db *db,
                                           struct error *err);
void threshold_hand_free(struct threshold_hand *h); /* NULL allowed */
/* The whole answer. */
void threshold_hand_write(struct json *j, const struct threshold_hand *h);

#endif
