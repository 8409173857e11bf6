/* packet_page.h - a packet as a page for a phone: no script, Traditional Chinese first, English
 * beside it, readable in print in black and white. */
#ifndef SERVER_PACKET_PAGE_H
#define SERVER_PACKET_PAGE_H

#include "gis/buf.h"
#include "gis/error.h"

/* json: the stored document of a packet. */
bool packet_page(struct buf *out, const char *json, size_t len, struct error *err);
/* Its style sheet, served as /packet.css because the content security policy forbids inline
 * styles. */
extern const char packet_page_css[];

/* One NFPA 704 diamond as SVG; digits -1 = not known; special NULL or "" = none. */
void packet_page_diamond(struct buf *out, const int nfpa[3], const char *special);

#endif
