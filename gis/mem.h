/* mem.h - memory that is there or ends the process with one line. What a client asks for has
 * limits elsewhere, so a client cannot cause that end. Free with free(). */
#ifndef GIS_MEM_H
#define GIS_MEM_H

#include <stddef.h>

void *mem_alloc(size_t size); /* uninitialised */
void *mem_large(size_t size); /* the same for megabytes that are filled from end to end: in large
                                 pages where the system has them */
/* What stands there is no longer wanted: its whole pages go back to the system. Free as before. */
void mem_drop(void *part, size_t size);
/* All that was freed goes back to the system; from now on freed blocks up to this size stay for the
 * next of the size, where the same few are wanted over and over. */
void mem_reuse(size_t size);
void *mem_zero(size_t count, size_t size);              /* zeroed; checks count * size */
void *mem_resize(void *old, size_t count, size_t size); /* checks count * size */
char *mem_copy(const char *text);                       /* NULL gives NULL */
char *mem_copy_n(const char *text, size_t len);         /* NUL-terminated copy of len bytes */
char *mem_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
