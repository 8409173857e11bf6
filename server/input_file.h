/* input_file.h - the file that a command reads, and the files that make one of several. */
#ifndef SERVER_INPUT_FILE_H
#define SERVER_INPUT_FILE_H

#include "import/import.h"

/* A plain file, open for reading; -1 with err (NULL allowed). */
int input_file_open(const char *path, struct error *err);
/* The files that make a Shapefile of a .shp, or say where an image lies, where they stand beside
 * it; returns how many. The caller closes them. */
int input_file_parts(struct import_part parts[IMPORT_PARTS_MAX], const char *path);
/* False with err: what is written to output (NULL allowed) would take the place of the file of fd
 * or of one of its parts. fd -1 = there is none. */
bool input_file_kept(const char *output, int fd, const struct import_part *parts, int count,
                     struct error *err);

#endif
