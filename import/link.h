/* link.h - which substance a holding is of: by CAS number, else by code (列管編號), else by Chinese
 * name, else by English name; each only where exactly one substance bears it. Where the Chinese and
 * the English name mean different substances, neither counts. A CAS number that is right and not
 * known is not overruled by a name. */
#ifndef IMPORT_LINK_H
#define IMPORT_LINK_H

#include "import/run.h"

/* One row of stage_link (cas, code_key, zh_key, en_key and the texts as reported) as COPY text. */
void link_add(struct buf *rows, const char *cas, const char *code, const char *name,
              const char *name_en);
/* The COPY statement that those rows are for. */
extern const char link_copy[];

/* After substances changed: links of all stored holdings anew, and kilograms of volumes whose
 * density is now known. *changed = holdings whose link changed. */
bool link_all_holdings(int64_t *changed, struct import_run *run, struct error *err);

#endif
