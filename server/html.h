/* html.h - text into HTML: the one escaping function, for content and for quoted attributes. */
#ifndef SERVER_HTML_H
#define SERVER_HTML_H

#include "gis/buf.h"

/* Appends text with & < > " ' escaped and control characters left out; NULL = nothing. */
void html_text(struct buf *out, const char *text);

/* A page's start up to <body> and its end. title is plain text; no script, no inline style. */
void html_begin(struct buf *out, const char *title, const char *language, const char *stylesheet);
void html_end(struct buf *out);

#endif
