/* fence.h - what a process that reads a stranger's file gives up before it reads: other files, the
 * network, other processes, privileges, and any memory, time or disk past a limit. Linux only. */
#ifndef IMPORT_FENCE_H
#define IMPORT_FENCE_H

#include <stdint.h>

#include "gis/error.h"

enum {
    FENCE_FILES_MAX = 7,
    FENCE_MEMORY_MAX = 1 << 30, /* bytes on top of what the process had when it was forked */
    FENCE_CPU_BASE = 60,        /* s of processor time, and 1 s more for each … */
    FENCE_CPU_BYTES = 1 << 18   /* … of so many bytes of the file */
};

/* In the child, first: keeps only the two descriptors (they become *input and *output; 0-2 become
 * /dev/null), dies with the parent, dumps no core, writes no file, limits of memory and time. */
bool fence_limit(int *input, int *output, int parent_pid, uint64_t file_bytes, struct error *err);
/* The same with count (at most FENCE_FILES_MAX) descriptors, which become 3, 4, … */
bool fence_limit_all(int *files, int count, int parent_pid, uint64_t file_bytes, struct error *err);
/* In the child, after all libraries are ready: root becomes nobody, and the kernel refuses every
 * call but reading, writing to open descriptors, memory, clocks and the end (EPERM). No way back.
 */
bool fence_seal(struct error *err);

#endif
