/* http_pages.h - what http.c and http_pages.c, the two files that speak libmicrohttpd, share. */
#ifndef SERVER_HTTP_PAGES_H
#define SERVER_HTTP_PAGES_H

struct http_header {
    const char *name, *value;
};
/* What every answer has: content security policy, CORS and the like. Ends with a NULL name. */
extern const struct http_header http_common_headers[];
/* "Frees" a body that is not the response's to free. */
void http_keep(void *body);

#endif
