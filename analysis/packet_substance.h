/* packet_substance.h - the substances of a facility, one row each, in the order in which a
 * commander must know them: first what reacts with water, then what is toxic to breathe, then by
 * hazard (NFPA sum, health first), last what is not linked to a known substance. */
#ifndef ANALYSIS_PACKET_SUBSTANCE_H
#define ANALYSIS_PACKET_SUBSTANCE_H

#include "gis/db.h"
#include "gis/json.h"

enum { PACKET_SUBSTANCES_MAX = 500 };

enum order_reason { ORDER_WATER_REACTIVE, ORDER_TOXIC, ORDER_HAZARD, ORDER_UNLINKED };
extern const char *const order_reason_names[];

/* Texts are borrowed from the list; NULL = not known. */
struct packet_substance {
    const char *cas, *name_zh, *name_en; /* cas NULL = not linked; then the names as reported */
    const char *un, *erg_guide, *guide_zh, *guide_en;
    int nfpa[3]; /* health, flammability, instability; -1 = not known */
    const char *nfpa_special, *ghs_pictograms /* "GHS06,GHS09" */, *ghs_signal;
    int water_reactive, toxic_by_inhalation; /* 1, 0, -1 not known */
    const char *gases;                       /* given with water, e.g. "HCl|SO2" */
    const char *physical_state;
    double quantity_kg; /* largest of the latest period; NaN = not known */
    const char *quantity, *unit, *behaviour, *period_start, *period_end, *source, *source_name;
    bool overdue; /* the period ended more than a year before today */
    enum order_reason reason;
};

struct packet_substances {
    struct db_result *result; /* owns the texts */
    struct packet_substance *items;
    int count;
    int total; /* before PACKET_SUBSTANCES_MAX cut it */
};

bool packet_substances_load(struct packet_substances *out, int64_t facility_id, struct db *db,
                            struct error *err);
/* One substance by CAS number, without a holding; count 0 if it is not known. */
bool packet_substances_load_cas(struct packet_substances *out, const char *cas, struct db *db,
                                struct error *err);
void packet_substances_free(struct packet_substances *list);
/* Comparison of two for qsort, and the reason it sorts by. */
int packet_substance_compare(const void *a, const void *b);
enum order_reason packet_substance_reason(const struct packet_substance *s);

/* Its gases as text, "HCl, SO2"; nothing where none are known. */
void packet_substance_gases(struct buf *out, const struct packet_substance *s);
/* Members of an open object: cas, names, un, guide, hazards. */
void packet_substance_write_facts(struct json *j, const struct packet_substance *s);
/* The whole row as an element of an array. */
void packet_substance_write(struct json *j, const struct packet_substance *s);
/* Chinese and English words for a behaviour of the schema; the key itself where unknown. */
void packet_behaviour_words(const char **zh, const char **en, const char *behaviour);

#endif
