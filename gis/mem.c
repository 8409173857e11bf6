#include "gis/mem.h"

#include <malloc.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static _Noreturn void out_of_memory(void)
{
    fputs("hazatlas: out of memory\n", stderr);
    abort();
}

void *mem_alloc(size_t size)
{
    void *p = malloc(size ? size : 1);
    if (!p)
        out_of_memory();
    return p;
}

void *mem_large(size_t size)
{
    enum { PAGE = 1 << 21 };
    if (size < 2 * PAGE)
        return mem_alloc(size);
    size_t whole = (size + PAGE - 1) / PAGE * PAGE;
    void *p = aligned_alloc(PAGE, whole);
    if (!p)
        out_of_memory();
    /* Only the whole pages, so that no more is taken than asked for; a refusal changes nothing. */
    (void)madvise(p, size / PAGE * PAGE, MADV_HUGEPAGE);
    return p;
}

void mem_drop(void *part, size_t size)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), at = (uintptr_t)part;
    size_t before = (page - at % page) % page;
    if (size >= before + page)
        (void)madvise((char *)part + before, (size - before) / page * page, MADV_DONTNEED);
}

void mem_reuse(size_t size)
{
    malloc_trim(0);
    mallopt(M_MMAP_THRESHOLD, (int)size);
    mallopt(M_TRIM_THRESHOLD, (int)(4 * size));
}

void *mem_zero(size_t count, size_t size)
{
    void *p = calloc(count ? count : 1, size ? size : 1);
    if (!p)
        out_of_memory();
    return p;
}

void *mem_resize(void *old, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        out_of_memory();
    void *p = realloc(old, count && size ? count * size : 1);
    if (!p)
        out_of_memory();
    return p;
}

char *mem_copy(const char *text)
{
    return text ? mem_copy_n(text, strlen(text)) : NULL;
}

char *mem_copy_n(const char *text, size_t len)
{
    char *p = mem_alloc(len + 1);
    memcpy(p, text, len);
    p[len] = '\0';
    return p;
}

char *mem_format(const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0)
        out_of_memory();
    char *p = mem_alloc((size_t)len + 1);
    vsnprintf(p, (size_t)len + 1, format, again);
    va_end(again);
    return p;
}
