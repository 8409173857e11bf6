/* http_bench - a closed loop of GETs over keep-alive connections: each connection asks for the next
 * address of a fixed list as soon as it has the last answer. Prints requests/s and exact
 * percentiles of all latencies.
 *
 *   http_bench PORT CONNECTIONS SECONDS [gzip] < paths */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PATHS_MAX = 20000, SAMPLES_MAX = 4000000, ANSWER_MAX = 8 << 20 };

static char *paths[PATHS_MAX];
static int path_count, port;
static bool gzip;
static double until;

struct loop {
    pthread_t thread;
    int at;
    float *ms;
    uint32_t count;
    uint64_t bytes, failed;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int dial(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(fd, (struct sockaddr *)&to, sizeof to)) {
        perror("http_bench: connect");
        exit(1);
    }
    return fd;
}

/* Reads one answer; the body's length by Content-Length (none with 204). False = not 2xx or broken.
 */
static bool answer(int fd, char *buf, uint64_t *bytes)
{
    size_t len = 0;
    for (;;) {
        ssize_t n = read(fd, buf + len, ANSWER_MAX - len - 1);
        if (n <= 0)
            return false;
        len += (size_t)n;
        buf[len] = '\0';
        char *end = strstr(buf, "\r\n\r\n");
        if (!end)
            continue;
        char *field = strcasestr(buf, "\r\nContent-Length:");
        size_t body = field && field < end ? strtoul(field + 17, NULL, 10) : 0;
        size_t whole = (size_t)(end + 4 - buf) + body;
        while (len < whole) {
            n = read(fd, buf + len, ANSWER_MAX - len - 1);
            if (n <= 0)
                return false;
            len += (size_t)n;
        }
        *bytes += body;
        return buf[9] == '2';
    }
}

static void *run(void *arg)
{
    struct loop *l = arg;
    char *buf = malloc(ANSWER_MAX), ask[2048];
    int fd = dial();
    while (now() < until && l->count < SAMPLES_MAX) {
        int n =
            snprintf(ask, sizeof ask, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\n",
                     paths[l->at++ % path_count], port, gzip ? "Accept-Encoding: gzip\r\n" : "");
        double start = now();
        if (write(fd, ask, (size_t)n) != n || !answer(fd, buf, &l->bytes)) {
            l->failed++;
            close(fd);
            fd = dial();
            continue;
        }
        l->ms[l->count++] = (float)((now() - start) * 1e3);
    }
    close(fd);
    free(buf);
    return NULL;
}

static int by_size(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fputs("usage: http_bench PORT CONNECTIONS SECONDS [gzip] < paths\n", stderr);
        return 2;
    }
    char line[1024];
    while (path_count < PATHS_MAX && fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        paths[path_count++] = strdup(line);
    }
    port = (int)strtol(argv[1], NULL, 10);
    int loops = (int)strtol(argv[2], NULL, 10);
    double seconds = strtod(argv[3], NULL), start = now();
    gzip = argc > 4;
    until = start + seconds;
    struct loop *l = calloc((size_t)loops, sizeof *l);
    for (int i = 0; i < loops; i++) {
        l[i].at = i * path_count / loops;
        l[i].ms = malloc(sizeof(float) * SAMPLES_MAX);
        pthread_create(&l[i].thread, NULL, run, &l[i]);
    }
    uint64_t count = 0, bytes = 0, failed = 0;
    for (int i = 0; i < loops; i++) {
        pthread_join(l[i].thread, NULL);
        count += l[i].count;
        bytes += l[i].bytes;
        failed += l[i].failed;
    }
    double took = now() - start;
    float *all = malloc(sizeof(float) * (count ? count : 1));
    uint64_t k = 0;
    for (int i = 0; i < loops; i++) {
        memcpy(all + k, l[i].ms, sizeof(float) * l[i].count);
        k += l[i].count;
    }
    qsort(all, count, sizeof *all, by_size);
    if (!count) {
        fputs("http_bench: no answer\n", stderr);
        return 1;
    }
    printf("%.0f %.3f %.3f %.0f %llu\n", (double)count / took, (double)all[count / 2],
           (double)all[count * 99 / 100], (double)bytes / (double)count,
           (unsigned long long)failed);
    return 0;
}
