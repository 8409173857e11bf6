/* DESIGN: what libmicrohttpd cannot read at all (headers past its memory, a broken first line, a
 * wrong Content-Length) it answers itself, with pages of HTML that no option changes. It makes and
 * sends them by its own public functions, so the two below, which the linker takes in place of the
 * library's, turn them into problem details. With a library that does it otherwise its pages stay.
 */
#include <dlfcn.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "server/http_parts.h"
#include "server/reply.h"

#define EXPORTED __attribute__((visibility("default")))

typedef enum MHD_Result queue_function(struct MHD_Connection *, unsigned int,
                                       struct MHD_Response *);

static queue_function *library_queue;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* The page that the library made last on this thread, until it is sent. */
static _Thread_local const struct MHD_Response *page;

static void find_queue(void)
{
    void *found = dlsym(RTLD_NEXT, "MHD_queue_response");
    memcpy(&library_queue, &found, sizeof found); /* ISO C knows no cast for this */
}

/* Only the library calls this; http.c has responses made by other functions. */
EXPORTED struct MHD_Response *MHD_create_response_from_buffer(size_t size, void *buffer,
                                                              enum MHD_ResponseMemoryMode mode)
{
    void *copy = mode == MHD_RESPMEM_MUST_COPY ? malloc(size ? size : 1) : buffer;
    if (!copy)
        return NULL;
    if (copy != buffer)
        memcpy(copy, buffer, size);
    struct MHD_Response *made = MHD_create_response_from_buffer_with_free_callback(
        size, copy, mode == MHD_RESPMEM_PERSISTENT ? http_keep : free);
    page = made;
    return made;
}

static const char *explain(unsigned int status)
{
    switch (status) {
    case 400: return "this is not HTTP as RFC 9112 has it";
    case 413: return "the Content-Length or a chunk is larger than the server takes";
    case 414: return "the request line is longer than the server takes";
    case 431: return "the headers are larger than the server takes";
    case 505: return "HTTP/1.0 and HTTP/1.1 are spoken here";
    default: return "the request could not be read";
    }
}

static const char *title(unsigned int status)
{
    switch (status) {
    case 413: return "Too large";
    case 414: return "URI too long";
    case 431: return "Headers too large";
    case 505: return "HTTP version not supported";
    default: return status < 500 ? "Bad request" : "Internal error";
    }
}

static bool write_problem(struct MHD_Connection *connection, unsigned int status)
{
    struct reply reply = {.status = (int)status};
    struct buf out = {.data = NULL};
    int fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    reply_problem(&reply, (int)status, title(status), explain(status), NULL);
    buf_format(&out, "HTTP/1.1 %u %s\r\nConnection: close\r\n", status,
               MHD_get_reason_phrase_for(status));
    for (int i = 0; http_common_headers[i].name; i++)
        buf_format(&out, "%s: %s\r\n", http_common_headers[i].name, http_common_headers[i].value);
    buf_format(&out, "Cache-Control: no-store\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n",
               reply.type, reply.body.len);
    buf_add(&out, reply.body.data, reply.body.len);
    bool whole = send(fd, out.data, out.len, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)out.len;
    reply_free(&reply);
    buf_free(&out);
    return whole;
}

EXPORTED enum MHD_Result MHD_queue_response(struct MHD_Connection *connection, unsigned int status,
                                            struct MHD_Response *response)
{
    pthread_once(&once, find_queue);
    bool library_page = page && response == page;
    page = NULL;
    if (library_page && write_problem(connection, status))
        return MHD_NO; /* the library hangs up now, as it would have after its page */
    return library_queue(connection, status, response);
}
