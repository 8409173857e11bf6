/* error.h - what went wrong, for the one who asked: a kind and one sentence.
 *
 * A fallible function takes `struct error *err` last and returns bool (false = failed, err filled)
 * or a pointer (NULL = failed). The text is for the client: what, where, why, what to do; no SQL,
 * no paths of the server. Lower layers do not log what they return. */
#ifndef GIS_ERROR_H
#define GIS_ERROR_H

#include <stdbool.h>

enum error_kind {
    ERROR_NONE,
    ERROR_INPUT,       /* what the client sent cannot be used: 400 */
    ERROR_FORBIDDEN,   /* not for this sender: 403 */
    ERROR_NOT_FOUND,   /* 404 */
    ERROR_METHOD,      /* 405 */
    ERROR_CONFLICT,    /* 409 */
    ERROR_TOO_LARGE,   /* a named limit was passed: 413 */
    ERROR_UNSUPPORTED, /* media type or format: 415 */
    ERROR_BUSY,        /* try again: 503 with Retry-After */
    ERROR_DATABASE,    /* the database did not answer: 503 */
    ERROR_NO_SPACE,    /* a disk is full: 507 */
    ERROR_SYSTEM,      /* the operating system refused: 500 */
    ERROR_INTERNAL,    /* our fault: 500 */
    ERROR_KINDS
};

enum { ERROR_TEXT_MAX = 480 };

struct error {
    enum error_kind kind;
    char text[ERROR_TEXT_MAX];
};

/* Fills err (NULL allowed) and is false, so that callers write `return error_set(...)`. */
#define error_set(err, kind, ...) (error_fill((err), (kind), __VA_ARGS__), false)

void error_fill(struct error *err, enum error_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Appends to the text that err already holds, e.g. the line an inner message lacks. */
void error_append(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The HTTP status and the title (RFC 9457) of a kind. */
int error_status(enum error_kind kind);
const char *error_title(enum error_kind kind);

#endif
