/* search_index.h - the thread that keeps the trigram index of facilities up with imports. */
#ifndef SERVER_SEARCH_INDEX_H
#define SERVER_SEARCH_INDEX_H

#include "gis/error.h"

struct search_index;

/* conninfo: borrowed until the stop. */
struct search_index *search_index_start(const char *conninfo, struct error *err);
/* Gives up an index that is being made. NULL allowed. */
void search_index_stop(struct search_index *s);

#endif
