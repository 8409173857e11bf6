#include "gis/loaded.h"

#include <link.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gis/mem.h"

/* The loader writes into the code of a library with text relocations; that is not in its file. */
static bool was_written(const struct dl_phdr_info *info, const ElfW(Phdr) * dynamic)
{
    const ElfW(Dyn) *d = (const ElfW(Dyn) *)(info->dlpi_addr + dynamic->p_vaddr);
    for (; d->d_tag != DT_NULL; d++)
        if (d->d_tag == DT_TEXTREL || (d->d_tag == DT_FLAGS && d->d_un.d_val & DF_TEXTREL))
            return true;
    return false;
}

static int drop(struct dl_phdr_info *info, size_t size, void *ctx)
{
    (void)size;
    (void)ctx;
    bool own = true;
    for (int i = 0; i < info->dlpi_phnum; i++)
        own = own &&
              !(info->dlpi_phdr[i].p_type == PT_DYNAMIC && was_written(info, &info->dlpi_phdr[i]));
    for (int i = 0; own && i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &info->dlpi_phdr[i];
        if (p->p_type == PT_LOAD && !(p->p_flags & PF_W))
            mem_drop((void *)(info->dlpi_addr + p->p_vaddr), p->p_memsz);
    }
    return 0;
}

void loaded_drop(void)
{
    dl_iterate_phdr(drop, NULL);
}
