/* static.h - the files of the page, embedded in the program. */
#ifndef SERVER_STATIC_H
#define SERVER_STATIC_H

#include "server/http.h"

/* Fills the reply with the file at path ("/" = the page); false = there is none. */
bool static_find(struct reply *reply, const char *path, bool gzip_accepted);

#endif
