/* decision_in.h - what a person decides by a request: a JSON object with who and why, its texts
 * short and without control characters. */
#ifndef SERVER_DECISION_IN_H
#define SERVER_DECISION_IN_H

#include "server/http.h"
#include "server/json_in.h"

enum { DECISION_BY_MAX = 80, DECISION_TEXT_MAX = 500 /* characters */ };

/* Borrowed from the request's body until decision_store returns. */
struct decision_in {
    const struct json_in_value *root;
    const char *by, *reason;
};

/* Stores what d says; *id is its row. */
typedef bool decision_store(int64_t *id, const struct decision_in *d, struct db *db,
                            struct error *err);

/* Reads, stores and answers {"id": …} with 201. known: members besides by and reason; ends with
 * NULL. */
bool decision_in_take(struct reply *reply, const struct request *r, const char *const *known,
                      decision_store *store, struct error *err);
/* A member's text, NULL where it is absent or null. False with err where it is no such text. */
bool decision_in_text(const char **out, const struct decision_in *d, const char *key,
                      struct error *err);
/* The id in the first {…} of the path; "there is no <what>" otherwise. */
bool decision_in_id(int64_t *out, const struct request *r, const char *what, struct error *err);

#endif
