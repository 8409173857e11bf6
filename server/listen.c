#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/http.h"

static int bound_port(int fd)
{
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } address;
    socklen_t len = sizeof address;
    memset(&address, 0, sizeof address);
    if (getsockname(fd, &address.any, &len))
        return -1;
    return ntohs(address.any.sa_family == AF_INET6 ? address.v6.sin6_port : address.v4.sin_port);
}

int http_bind(int *port, const char *host, int wanted, struct error *err)
{
    char service[16];
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *list;
    snprintf(service, sizeof service, "%d", wanted);
    int failed = getaddrinfo(host, service, &hints, &list);
    if (failed) {
        error_fill(err, ERROR_INPUT, "there is no address %s: %s", host, gai_strerror(failed));
        return -1;
    }
    int one = 1;
    int fd = socket(list->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool ok = fd >= 0 && !setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) &&
              !bind(fd, list->ai_addr, list->ai_addrlen);
    int reason = errno;
    freeaddrinfo(list);
    if (ok && (*port = bound_port(fd)) > 0)
        return fd;
    if (fd >= 0)
        close(fd);
    if (reason == EADDRINUSE)
        error_fill(err, ERROR_CONFLICT,
                   "port %d of %s is in use by another program: stop it, or choose another port "
                   "with --port N (0 = a free one)",
                   wanted, host);
    else
        error_fill(err, ERROR_SYSTEM, "port %d of %s cannot be had: %s", wanted, host,
                   strerrordesc_np(reason));
    return -1;
}
