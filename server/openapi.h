/* openapi.h - the route tables as OpenAPI 3.0 and as a page for people. */
#ifndef SERVER_OPENAPI_H
#define SERVER_OPENAPI_H

#include "gis/buf.h"

/* Only routes whose pattern begins with prefix ("" = all). */
void openapi_write(struct buf *out, const char *base_url, const char *prefix);
void openapi_write_page(struct buf *out);

#endif
