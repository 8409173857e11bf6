/* import_docs.h - pages about the kinds of imports, for people, made from the column tables. */
#ifndef SERVER_IMPORT_DOCS_H
#define SERVER_IMPORT_DOCS_H

#include "gis/buf.h"
#include "import/import.h"

/* All kinds, formats, encodings, coordinate systems; served at /docs/imports. */
void import_docs_list(struct buf *out);
/* The columns of one; served at /docs/imports/KIND. */
void import_docs_kind(struct buf *out, const struct import_kind *kind);

#endif
