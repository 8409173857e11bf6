#include "import/text_in.h"

#include "import/gz.h"

static bool take(void *ctx, size_t *got, char *to, size_t room, struct error *err)
{
    return gz_read(got, ctx, to, room, err);
}

/* The bytes of the file from its beginning; what was open is closed. */
static bool begin(struct text_in *t, struct error *err)
{
    gz_close(t->gz);
    t->gz = gz_open(t->fd, t->gzip);
    return t->gz || error_set(err, ERROR_SYSTEM, "zlib does not start");
}

/* Each question is a pass over the file, which costs less than one wrong word in the database. */
static bool detect(struct text_in *t, struct error *err)
{
    static const struct {
        enum encoding encoding;
        const char *why;
    } asked[] = {
        {ENCODING_UTF8, "every byte of the file is"},
        {ENCODING_CP950, "it is not UTF-8, and every byte of it is of this"},
    };
    char head[4];
    size_t got;
    if (!begin(t, err) || !gz_read(&got, t->gz, head, sizeof head, err))
        return false;
    t->why = "its byte order mark says so";
    if (encoding_mark(&t->encoding, head, got))
        return true;
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        bool holds;
        t->encoding = asked[i].encoding;
        t->why = asked[i].why;
        if (!begin(t, err) || !encoding_holds(&holds, t->kit, t->encoding, take, t->gz, err))
            return false;
        if (holds)
            return true;
    }
    t->encoding = ENCODING_UTF8;
    t->why = "it is neither UTF-8 nor CP950 throughout: rows that are not UTF-8 are kept aside";
    return true;
}

bool text_in_rewind(struct text_in *t, struct error *err)
{
    encoding_close(t->reader);
    t->reader = NULL;
    return begin(t, err) &&
           (t->reader = encoding_open(t->kit, t->encoding, take, t->gz, err)) != NULL;
}

bool text_in_open(struct text_in *t, int fd, bool gzip, const struct encoding_kit *kit,
                  const char *encoding, struct error *err)
{
    *t = (struct text_in){.kit = kit, .fd = fd, .gzip = gzip, .why = "as told"};
    bool known = encoding ? encoding_find(&t->encoding, encoding, err) : detect(t, err);
    return known && text_in_rewind(t, err);
}

void text_in_close(struct text_in *t)
{
    encoding_close(t->reader);
    gz_close(t->gz);
    t->reader = NULL;
    t->gz = NULL;
}

bool text_in_read(void *text_in, size_t *got, char *to, size_t room, struct error *err)
{
    struct text_in *t = text_in;
    return encoding_read(t->reader, got, to, room, err);
}

uint64_t text_in_offset(const struct text_in *t)
{
    return gz_offset(t->gz);
}
