#include "gis/loaded.h"

#include <link.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "gis/mem.h"

static void *place_of(const struct dl_phdr_info *info, ElfW(Addr) at)
{
    ElfW(Addr) number = info->dlpi_addr + at;
    void *place;
    memcpy(&place, &number, sizeof place);
    return place;
}

/* The loader writes into the code of a library with text relocations; that is not in its file. */
static bool was_written(const struct dl_phdr_info *info, const ElfW(Phdr) * dynamic)
{
    const ElfW(Dyn) *d = place_of(info, dynamic->p_vaddr);
    for (; d->d_tag != DT_NULL; d++)
        if (d->d_tag == DT_TEXTREL || (d->d_tag == DT_FLAGS && d->d_un.d_val & DF_TEXTREL))
            return true;
    return false;
}

static int drop(struct dl_phdr_info *info, size_t size, void *ctx)
{
    (void)size;
    (void)ctx;
    bool as_filed = *info->dlpi_name != '\0'; /* not the program: debuggers write into that */
    for (int i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_DYNAMIC && was_written(info, &info->dlpi_phdr[i]))
            as_filed = false;
    for (int i = 0; as_filed && i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &info->dlpi_phdr[i];
        if (p->p_type == PT_LOAD && !(p->p_flags & PF_W))
            mem_drop(place_of(info, p->p_vaddr), p->p_memsz);
    }
    return 0;
}

void loaded_drop(void)
{
    dl_iterate_phdr(drop, NULL);
}
