/* view.h - the only file GDAL can see: the descriptor that the reading child was given, by a name
 * that is ours. A file system of GDAL's own (VSI) with one file in it, which can only be read. */
#ifndef IMPORT_VIEW_H
#define IMPORT_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#define VIEW_FOLDER "/hazatlas/"

bool view_install(void); /* once a process */
/* From now on VIEW_FOLDER holds this file; both are borrowed. */
void view_show(const char *name, int fd, uint64_t bytes);
const char *view_name(void);

#endif
