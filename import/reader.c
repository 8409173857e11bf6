#include "import/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gis/buf.h"
#include "gis/mem.h"
#include "gis/text.h"
#include "import/fence.h"
#include "import/format.h"
#include "import/import.h"
#include "import/open.h"
#include "import/read_csv.h"
#include "import/read_json.h"
#include "import/wire.h"
#include "import/zip.h"

enum { PIPE_BYTES = 1 << 20, TAKE_AT_ONCE = 1 << 18 };

struct reader {
    pid_t child; /* 0 = waited for */
    int fd;
    struct buf in; /* bytes [at, in.len) are not yet taken */
    size_t at;
    size_t last; /* length of the record handed out */
    uint64_t rows;
    bool done;
    struct reader_header header;
    char *header_copy;
    struct reader_field *fields;
    int room;
};

/* ---- the child ---- */

/* What it is told. */
struct order {
    const struct format *format;
    struct reader_how how;
    uint64_t bytes; /* of the file */
    int parent;
};

static bool child_features(int input, int output, const struct encoding_kit *kit,
                           const struct order *order, struct error *err)
{
    struct open_how how = {.format = order->format,
                           .kit = kit,
                           .encoding = order->how.encoding,
                           .sheet = order->how.sheet,
                           .kind = order->how.kind,
                           .maps = order->how.maps,
                           .map_count = order->how.map_count,
                           .lean = order->how.lean};
    struct zip_directory zip = {.bytes = NULL};
    how.zip = &zip;
    how.part_count = order->how.part_count;
    for (int i = 0; i < how.part_count; i++) /* fence_limit_all put them behind the other two */
        how.parts[i] = (struct import_part){order->how.parts[i].ending, output + 1 + i};
    bool ok = format_check(&zip, order->format, input, order->bytes, err) &&
              open_features(input, order->bytes, &how, output, err);
    zip_forget(&zip);
    return ok;
}

static bool child_csv(int input, int output, const struct encoding_kit *kit,
                      const struct order *order, struct error *err)
{
    struct read_csv_how how = {.kit = kit,
                               .encoding = order->how.encoding,
                               .gzip = order->format->gzip,
                               .tab = order->format->tab,
                               .kind = order->how.kind,
                               .maps = order->how.maps,
                               .map_count = order->how.map_count};
    return read_csv(input, &how, output, err);
}

static struct read_json_how json_how(const struct encoding_kit *kit, const struct order *order)
{
    return (struct read_json_how){.kit = kit,
                                  .encoding = order->how.encoding,
                                  .gzip = order->format->gzip,
                                  .lines = order->format->lines,
                                  .list = order->how.sheet,
                                  .kind = order->how.kind,
                                  .maps = order->how.maps,
                                  .map_count = order->how.map_count};
}

static bool child_json(int input, int output, const struct encoding_kit *kit,
                       const struct order *order, struct error *err)
{
    struct read_json_how how = json_how(kit, order);
    return read_json(input, &how, output, err);
}

/* Of what may be plain JSON: whether GDAL reads it. */
static bool is_geo(bool *geo, int input, const struct encoding_kit *kit, const struct order *order,
                   struct error *err)
{
    struct read_json_how how = json_how(kit, order);
    if (!read_json_is_geo(geo, input, &how, err))
        return false;
    if (*geo && !order->format->driver)
        return error_set(err, ERROR_UNSUPPORTED, "GeoJSON and TopoJSON are not read from .gz");
    return !*geo || !order->how.encoding ||
           error_set(err, ERROR_INPUT, "GeoJSON has an encoding of its own; none can be told");
}

static bool child_read(int input, int output, const struct order *order, int *report_to,
                       struct error *err)
{
    struct encoding_kit kit;
    int files[2 + IMPORT_PARTS_MAX] = {input, output};
    for (int i = 0; i < order->how.part_count; i++)
        files[2 + i] = order->how.parts[i].fd;
    if (!fence_limit_all(files, 2 + order->how.part_count, order->parent, order->bytes, err))
        return false;
    input = files[0];
    *report_to = output = files[1];
    encoding_prepare(&kit);
    const struct format *format = order->format;
    bool geo = format->driver != NULL;
    bool ok = (!format->driver || open_prepare(format, err)) && fence_seal(err);
    if (ok && format->json)
        ok = is_geo(&geo, input, &kit, order, err);
    ok = ok && (geo            ? child_features(input, output, &kit, order, err)
                : format->json ? child_json(input, output, &kit, order, err)
                               : child_csv(input, output, &kit, order, err));
    encoding_forget(&kit);
    return ok;
}

static _Noreturn void child_main(int input, int output, const struct order *order)
{
    struct error err = {.kind = ERROR_NONE};
    int report_to = output;
    if (!child_read(input, output, order, &report_to, &err)) {
        struct buf b = {.max = 4096};
        size_t begun = wire_begin(&b, WIRE_ERROR);
        wire_u32(&b, (uint32_t)err.kind);
        wire_text(&b, err.text, strlen(err.text));
        wire_end(&b, begun);
        wire_flush(&b, report_to);
    }
    _exit(0);
}

/* ---- the parent ---- */

static bool explain_end(struct reader *r, struct error *err)
{
    int status = 0;
    pid_t child = r->child;
    r->child = 0;
    r->done = true;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    int how = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (how == SIGXCPU)
        return error_set(err, ERROR_TOO_LARGE,
                         "reading the file took too much processor time and was stopped; nothing "
                         "was imported");
    if (how == SIGABRT || how == SIGSEGV || how == SIGBUS)
        return error_set(err, ERROR_TOO_LARGE,
                         "reading the file broke off: it needs more than %d MiB of memory, or is "
                         "damaged; nothing was imported",
                         FENCE_MEMORY_MAX >> 20);
    return error_set(err, ERROR_SYSTEM,
                     "the process that reads the file was ended (%s %d); nothing was imported",
                     how ? "signal" : "code", how ? how : WEXITSTATUS(status));
}

static bool distrust(struct reader *r, struct error *err)
{
    r->done = true;
    return error_set(err, ERROR_INPUT,
                     "the process that reads the file sent what makes no sense; the file is "
                     "damaged or hostile; nothing was imported");
}

enum took { TOOK, TOOK_IDLE, TOOK_FAILED };

/* Until one whole record stands at r->at. */
static enum took take_record(char *kind, struct wire_in *in, struct reader *r, struct error *err)
{
    r->at += r->last;
    r->last = 0;
    for (;;) {
        size_t held = r->in.len - r->at;
        uint32_t len = 0;
        if (held >= WIRE_HEAD) {
            memcpy(&len, r->in.data + r->at + 1, sizeof len);
            if (len > WIRE_RECORD_MAX)
                return distrust(r, err) ? TOOK : TOOK_FAILED;
            if (held >= WIRE_HEAD + len) {
                const char *p = r->in.data + r->at;
                *kind = *p;
                *in = (struct wire_in){.at = p + WIRE_HEAD, .end = p + WIRE_HEAD + len};
                r->last = WIRE_HEAD + len;
                return TOOK;
            }
        }
        if (r->at) {
            memmove(r->in.data, r->in.data + r->at, held);
            r->in.len = held;
            r->at = 0;
        }
        struct pollfd p = {.fd = r->fd, .events = POLLIN};
        if (poll(&p, 1, READER_IDLE_MS) <= 0)
            return TOOK_IDLE;
        char *room = buf_room(&r->in, TAKE_AT_ONCE);
        ssize_t n = room ? read(r->fd, room, TAKE_AT_ONCE) : -1;
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return explain_end(r, err) ? TOOK : TOOK_FAILED;
        r->in.len += (size_t)n;
    }
}

static bool take_fields(struct reader *r, int *count, struct wire_in *in)
{
    uint32_t n = wire_get_u32(in);
    if (n > READER_COLUMNS_MAX)
        return false;
    if ((int)n > r->room) {
        r->fields = mem_resize(r->fields, n, sizeof *r->fields);
        r->room = (int)n;
    }
    for (uint32_t i = 0; i < n; i++)
        r->fields[i].text = wire_get_text(in, &r->fields[i].len);
    *count = (int)n;
    return !in->bad;
}

static bool child_error(struct reader *r, struct wire_in *in, struct error *err)
{
    size_t len;
    uint32_t kind = wire_get_u32(in);
    const char *text = wire_get_text(in, &len);
    r->done = true;
    if (!text || kind <= ERROR_NONE || kind >= ERROR_KINDS)
        return distrust(r, err);
    return error_set(err, (enum error_kind)kind, "%s", text);
}

static bool take_notes(struct reader_header *h, struct wire_in *in)
{
    size_t len;
    uint32_t count = wire_get_u32(in);
    if (count > READER_NOTES_MAX)
        return false;
    for (h->note_count = 0; h->note_count < (int)count; h->note_count++) {
        struct reader_note *n = &h->notes[h->note_count];
        n->name = wire_get_text(in, &len);
        n->value = wire_get_text(in, &len);
        n->why = wire_get_text(in, &len);
        if (!n->name || !n->value || !n->why)
            return false;
    }
    return true;
}

static bool take_header(struct reader *r, struct error *err)
{
    char kind = 0;
    struct wire_in in = {.bad = true};
    enum took took;
    while ((took = take_record(&kind, &in, r, err)) == TOOK_IDLE)
        ;
    if (took == TOOK_FAILED)
        return false;
    if (kind == WIRE_ERROR)
        return child_error(r, &in, err);
    if (kind != WIRE_HEADER)
        return distrust(r, err);
    /* Kept for the reader's life: the buffer moves on. */
    size_t size = (size_t)(in.end - in.at), len;
    r->header_copy = mem_alloc(size + 1);
    memcpy(r->header_copy, in.at, size);
    in = (struct wire_in){.at = r->header_copy, .end = r->header_copy + size};
    r->header.crs = wire_get_text(&in, &len);
    r->header.note = wire_get_text(&in, &len);
    r->header.encoding = wire_get_text(&in, &len);
    r->header.geometry = wire_get_u32(&in) != 0;
    if (!take_notes(&r->header, &in) || !take_fields(r, &r->header.count, &in) || !r->header.crs ||
        !r->header.note || !r->header.encoding)
        return distrust(r, err);
    r->header.columns = r->fields;
    r->fields = NULL;
    r->room = 0;
    for (int i = 0; i < r->header.count; i++)
        if (!r->header.columns[i].text)
            return distrust(r, err);
    return true;
}

struct reader *reader_open(int fd, const char *name, const struct reader_how *how,
                           struct error *err)
{
    struct order order = {.parent = getpid(), .format = format_find(name, err)};
    struct stat s;
    int ends[2];
    enum encoding known;
    if (!order.format)
        return NULL;
    if (how)
        order.how = *how;
    if (order.how.part_count > IMPORT_PARTS_MAX) {
        error_fill(err, ERROR_INPUT, "a file has at most %d parts beside it", IMPORT_PARTS_MAX);
        return NULL;
    }
    if (order.how.encoding && !encoding_find(&known, order.how.encoding, err))
        return NULL;
    const char *driver = order.format->driver;
    if (order.how.encoding && driver && !order.format->json &&
        strcmp(driver, "ESRI Shapefile") != 0) {
        error_fill(err, ERROR_INPUT, "%s has an encoding of its own; none can be told",
                   order.format->ending);
        return NULL;
    }
    if (order.how.sheet && !driver && !order.format->json) {
        error_fill(err, ERROR_INPUT, "%s has no sheets or layers", order.format->ending);
        return NULL;
    }
    if (fstat(fd, &s) || !S_ISREG(s.st_mode)) {
        error_fill(err, ERROR_INPUT, "this is not a regular file");
        return NULL;
    }
    if (!s.st_size) {
        error_fill(err, ERROR_INPUT, "the file is empty");
        return NULL;
    }
    if (pipe2(ends, O_CLOEXEC)) {
        error_fill(err, ERROR_SYSTEM, "no pipe: %s", strerrorname_np(errno));
        return NULL;
    }
    (void)fcntl(ends[1], F_SETPIPE_SZ, PIPE_BYTES); /* only makes it quicker */
    order.bytes = (uint64_t)s.st_size;
    pid_t child = fork();
    if (!child)
        child_main(fd, ends[1], &order);
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        error_fill(err, ERROR_SYSTEM, "no process to read the file: %s", strerrorname_np(errno));
        return NULL;
    }
    struct reader *r = mem_zero(1, sizeof *r);
    r->child = child;
    r->fd = ends[0];
    r->header.bytes = order.bytes;
    r->in.max = 2 * (size_t)WIRE_RECORD_MAX;
    if (take_header(r, err))
        return r;
    reader_close(r);
    return NULL;
}

void reader_close(struct reader *r)
{
    if (!r)
        return;
    close(r->fd);
    if (r->child) {
        kill(r->child, SIGKILL);
        while (waitpid(r->child, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    buf_free(&r->in);
    free(r->header.columns);
    free(r->header_copy);
    free(r->fields);
    free(r);
}

const struct reader_header *reader_header(const struct reader *r)
{
    return &r->header;
}

static bool take_row(struct reader_row *row, struct reader *r, struct wire_in *in, bool bad)
{
    size_t len;
    row->line = wire_get_u64(in);
    row->offset = wire_get_u64(in);
    if (!take_fields(r, &row->count, in))
        return false;
    row->fields = r->fields;
    row->wkb = wire_get_bytes(in, &row->wkb_len);
    row->code = row->reason = NULL;
    row->column = -1;
    if (!bad)
        return !in->bad && row->count == r->header.count;
    row->code = wire_get_text(in, &len);
    row->reason = wire_get_text(in, &len);
    uint32_t column = wire_get_u32(in);
    row->column = column > READER_COLUMNS_MAX ? -1 : (int)column - 1;
    return !in->bad && row->code && row->reason;
}

enum reader_got reader_next(struct reader_row *row, struct reader *r, struct error *err)
{
    char kind = 0;
    struct wire_in in = {.bad = true};
    if (r->done) {
        error_fill(err, ERROR_INTERNAL, "the reader was asked after its end");
        return READER_FAILED;
    }
    enum took took = take_record(&kind, &in, r, err);
    if (took != TOOK)
        return took == TOOK_IDLE ? READER_IDLE : READER_FAILED;
    if (kind == WIRE_END && wire_get_u64(&in) == r->rows && !in.bad) {
        r->done = true;
        return READER_END;
    }
    if (kind == WIRE_ERROR)
        return child_error(r, &in, err) ? READER_ROW : READER_FAILED;
    if ((kind != WIRE_ROW && kind != WIRE_BAD) || !take_row(row, r, &in, kind == WIRE_BAD))
        return distrust(r, err) ? READER_ROW : READER_FAILED;
    r->rows++;
    return kind == WIRE_ROW ? READER_ROW : READER_BAD;
}
