/* command_output.h - where a command writes what it made: a file that is there whole or not at all,
 * or standard output. */
#ifndef SERVER_COMMAND_OUTPUT_H
#define SERVER_COMMAND_OUTPUT_H

#include "gis/buf.h"
#include "gis/error.h"

/* path "-" = standard output. */
bool command_output(const char *path, const struct buf *what, struct error *err);

#endif
