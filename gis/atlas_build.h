/* atlas_build.h - what the files that build an atlas share; nobody else includes it.
 *
 * Texts of the atlas live in one block. While it grows only offsets are kept, +1 so that 0 is none;
 * their addresses are set when the block is whole. */
#ifndef GIS_ATLAS_BUILD_H
#define GIS_ATLAS_BUILD_H

#include "gis/atlas.h"
#include "gis/buf.h"

struct atlas_row { /* a facility as it comes */
    uint64_t key;
    int64_t id, operator_id; /* operator_id 0 = not known */
    double lon, lat;
    uint32_t name;
    uint16_t county, township, industry;
    int16_t established;
    uint8_t check, size;
    bool drawn;
};

struct atlas_sum { /* a part of a stock as it comes */
    int64_t facility;
    double kg;
    uint32_t substance;
    uint16_t source;
    int16_t year;
    uint8_t behaviour;
    bool begins; /* a stock */
};

enum { ATLAS_TEXTS = 5 };
struct atlas_texts { /* offsets of one thing's texts */
    size_t text[ATLAS_TEXTS];
};

struct atlas_list { /* of counties, substances … */
    struct atlas_texts *of;
    uint32_t count;
};

struct atlas_load {
    struct atlas *a;
    struct buf names;
    struct atlas_row *rows;
    size_t row_count, row_cap;
    struct atlas_sum *sums;
    size_t sum_count, sum_cap;
    struct buf unlinked; /* what names the substance of the last sum */
    int32_t *source_id;  /* of each source, ascending */
    struct atlas_list counties, townships, industries, sources, substances, stated;
};

/* Room for one more element; doubles. */
void *atlas_grow(void *array, size_t count, size_t *cap, size_t size);
/* Offset of a text put into the names. */
size_t atlas_keep(struct atlas_load *l, const char *text, size_t len);

/* atlas_lists.c: counties, townships, industries, sources, substances; what is found by text while
 * the names still grow. */
bool atlas_load_lists(struct atlas_load *l, struct db *db, struct error *err);
uint16_t atlas_list_find(const struct atlas_load *l, const struct atlas_list *list,
                         const unsigned char *text, int len);
uint16_t atlas_source_index(const struct atlas_load *l, int64_t id);
/* Sets the addresses of all texts; takes the block of names. */
void atlas_set_texts(struct atlas_load *l);
void atlas_lists_free(struct atlas_load *l);

/* atlas_stocks.c: stocks, their parts, prefix sums; after the facilities are in their order. */
bool atlas_load_parts(struct atlas_load *l, struct db *db, struct error *err);
void atlas_set_stocks(struct atlas_load *l);

/* atlas_company.c: operators; after the facilities are in their order and the texts are set. */
void atlas_set_companies(struct atlas_load *l);

/* atlas_events.c: incidents, samples, figures of publications; after counties and substances. */
bool atlas_load_events(struct atlas_load *l, struct db *db, struct error *err);

#endif
