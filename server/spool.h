/* spool.h - the folder of uploaded files, DATA/imports: files under random names, whole or not
 * there, readable by the server's user alone. A client never names one. */
#ifndef SERVER_SPOOL_H
#define SERVER_SPOOL_H

#include <stdint.h>

#include "server/user.h"

enum {
    SPOOL_NAME = 33, /* 32 hexadecimal digits and NUL */
    SPOOL_LEFT_MAX = 256
};

struct spool {
    int folder;           /* descriptor: the path may be closed to who we become */
    char tag[SPOOL_NAME]; /* names this folder, so that servers know whose files they can read */
};

/* Makes DATA/imports where it is missing and gives it to user; before root's rights are given up.
 */
bool spool_open(struct spool *s, const char *data_dir, const struct user *user, struct error *err);
void spool_close(struct spool *s);

/* A file that is being written. Others see that somebody still does (flock). */
struct spool_file {
    const struct spool *spool;
    int fd; /* -1 = none */
    char name[SPOOL_NAME];
    bool whole; /* it has its name */
    uint64_t bytes;
};
bool spool_begin(struct spool_file *f, const struct spool *s, struct error *err);
/* ERROR_NO_SPACE where the disk is full. */
bool spool_put(struct spool_file *f, const char *data, size_t len, struct error *err);
/* On disk for good, under its name. */
bool spool_finish(struct spool_file *f, struct error *err);
/* keep = somebody answers for the file now; else it is removed. */
void spool_end(struct spool_file *f, bool keep);

/* A second name for a file that is there, to be ended by spool_end. */
bool spool_link(struct spool_file *f, const struct spool *s, const char *name, struct error *err);
/* A descriptor for reading, or -1. */
int spool_read(const struct spool *s, const char *name, struct error *err);
/* Removes what dead writers began; lists whole files that nobody holds now, SPOOL_LEFT_MAX at most.
 * Returns how many. */
int spool_list_left(char names[SPOOL_LEFT_MAX][SPOOL_NAME], const struct spool *s);
void spool_remove(const struct spool *s, const char *name);

#endif
