/* view.h - the only files GDAL can see: the descriptors that the reading child was given, by names
 * that are ours. A file system of GDAL's own (VSI) with these files in it, which can only be read.
 */
#ifndef IMPORT_VIEW_H
#define IMPORT_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VIEW_FOLDER "/hazatlas/"
enum { VIEW_FILES_MAX = 6 };

bool view_install(void); /* once a process */
/* Another file in VIEW_FOLDER; name and fd are borrowed. At most VIEW_FILES_MAX. */
void view_show(const char *name, int fd, uint64_t bytes);
/* Bytes of the first file that are to be read in the place of its own; borrowed. */
void view_overlay(uint64_t at, const unsigned char *bytes, size_t size);
const char *view_name(void);

#endif
