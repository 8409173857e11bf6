/* The reading child: its fence, and what it makes of files that are not what they seem. */
#include "tests/unit/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include "gis/buf.h"
#include "import/fence.h"
#include "import/reader.h"

static int file_of(const void *data, size_t len)
{
    int fd = memfd_create("import", MFD_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, data, len), (ssize_t)len);
    return fd;
}

/* Reads the whole file; the last word is the number of rows, or what went wrong. */
static void read_file(struct buf *out, const void *data, size_t len, const char *name,
                      const struct reader_how *how)
{
    struct error err = {.kind = ERROR_NONE};
    struct reader_row row;
    enum reader_got got = READER_END;
    int fd = file_of(data, len), rows = 0;
    struct reader *r = reader_open(fd, name, how, &err);
    if (r)
        buf_format(out, "%d columns, crs '%s'; %s ", reader_header(r)->count, reader_header(r)->crs,
                   reader_header(r)->encoding);
    while (r && (got = reader_next(&row, r, &err)) != READER_END && got != READER_FAILED) {
        rows += got != READER_IDLE;
        if (got == READER_BAD)
            buf_format(out, "%llu!%s ", (unsigned long long)row.line, row.code);
        for (int i = 0; how && i < row.count && got != READER_IDLE; i++)
            buf_format(out, "%llu:%s ", (unsigned long long)row.line, row.fields[i].text);
    }
    if (r && got == READER_END)
        buf_format(out, "%d rows", rows);
    else
        buf_text(out, err.text);
    reader_close(r);
    close(fd);
}

static void check_how(const void *data, size_t len, const char *name, const struct reader_how *how,
                      const char *wanted)
{
    struct buf out = {.max = 1 << 16};
    read_file(&out, data, len, name, how);
    if (!strstr(buf_string(&out), wanted))
        fail_msg("%s: wanted \"%s\", got \"%s\"", name, wanted, buf_string(&out));
    buf_free(&out);
}
static void check(const void *data, size_t len, const char *name, const char *wanted)
{
    check_how(data, len, name, NULL, wanted);
}
#define CHECK(text, name, wanted) check((text), sizeof(text) - 1, (name), (wanted))

static size_t pack(unsigned char *to, size_t room, const void *data, size_t len)
{
    z_stream z = {.next_in = (z_const unsigned char *)(uintptr_t)data,
                  .avail_in = (uInt)len,
                  .next_out = to,
                  .avail_out = (uInt)room};
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return z.total_out;
}

static void csv_and_gz(void **state)
{
    (void)state;
    static const char text[] = "a,b\n1,2\n3\n\xA4\xFF,4\n5,6\n";
    unsigned char packed[4096];
    size_t len = pack(packed, sizeof packed, text, sizeof text - 1);
    CHECK(text, "x.csv", "2 columns, crs ''; UTF-8 3!too_few_fields 4!not_utf8 4 rows");
    check(packed, len, "x.CSV.GZ", "2 columns, crs ''; UTF-8 3!too_few_fields 4!not_utf8 4 rows");
    check(packed, len - 5, "x.csv.gz", "cut off");
    check(packed, 12, "x.csv.gz", "cut off");
    packed[len - 6] ^= 1;
    check(packed, len, "x.csv.gz", "damaged");
    CHECK(text, "x.csv.gz", "not gzip");
    size_t two = pack(packed, sizeof packed, "a,b\n1,2\n", 8);
    two += pack(packed + two, sizeof packed - two, "3,4\n", 4);
    check(packed, two, "two.csv.gz", "2 rows");
    packed[two] = 'x';
    check(packed, two + 1, "two.csv.gz", "something else after its end");
}

static void encodings(void **state)
{
    (void)state;
    /* 許功蓋 is what software that takes the second byte 0x5C for a backslash loses. */
    static const char big5[] = "\xA6\x57\xBA\xD9,b\n\xB3\x5C\xA5\x5C\xBB\x5C,1\n"
                               "\"\xB3\x5C\n\xA5\x7C\",2\n\xB3\x5C,3\n";
    static const char broken[] = "\xA6\x57,b\n\xB3\x5C,1\n\xB3\xFF,2\n\xB3\n,3\n\xB3\x5C,4";
    static const char little[] = "\xFF\xFE\x0D\x54\t\0b\0\n\0\x31\x8A\t\0"
                                 "1\0\n\0\x0A\xD8\t\0"
                                 "2\0\n\0";
    static const char big[] = "\xFE\xFF\x54\x0D\0,\0b\0\n\x8A\x31\0,\0"
                              "1\0\n";
    static const char mixed[] = "名,b\n許功蓋,1\n\xB3\x5C,2\n";
    static const struct reader_how detect = {.encoding = NULL}, told = {.encoding = "big5"},
                                   wide = {.encoding = "utf-16be"};
#define ENCODED(text, name, how, wanted)                                                           \
    check_how((text), sizeof(text) - 1, (name), (how), (wanted))
    ENCODED(big5, "x.csv", &detect, "CP950 2:許功蓋 2:1 3:許\n四 3:2 5:許 5:3 3 rows");
    ENCODED(broken, "x.csv", &detect, "the header, cannot be read");
    ENCODED(broken, "x.csv", &told,
            "CP950 2:許 2:1 3!not_in_encoding 3:\\xB3\\xFF 3:2 4!not_in_encoding 4:\\xB3");
    ENCODED(little, "x.txt", &detect, "UTF-16LE 2:許 2:1 3!not_in_encoding 3:\\x0A\\xD8 3:2");
    ENCODED(big, "x.csv", &detect, "UTF-16BE 2:許 2:1 1 rows");
    check_how(big + 2, sizeof big - 3, "x.csv", &wide, "UTF-16BE 2:許 2:1 1 rows");
    ENCODED(mixed, "x.csv", &detect, "UTF-8 2:許功蓋 2:1 3!not_utf8 3:\\xB3\\ 3:2 2 rows");
    ENCODED("\xEF\xBB\xBF名\tb\n許,功\t1\n", "x.tsv", &detect, "UTF-8 2:許,功 2:1 1 rows");
    unsigned char packed[4096];
    size_t len = pack(packed, sizeof packed, big5, sizeof big5 - 1);
    check_how(packed, len, "x.csv.gz", &detect, "CP950 2:許功蓋 2:1");
    struct reader_how unknown = {.encoding = "latin1"};
    ENCODED(big5, "x.csv", &unknown, "the encoding \"latin1\" is not known");
}

/* Characters of every length over the edges of what is read at once. */
static void long_texts_are_converted_whole(void **state)
{
    (void)state;
    struct buf in = {.max = 1 << 22}, out = {.max = 1 << 22};
    struct error err;
    struct reader_row row;
    buf_text(&in, "a,b\n");
    for (int i = 0; i < 200000; i++)
        buf_text(&in, i % 1000 ? i % 7 ? "\xB3\x5C" : "x" : ",1\n");
    buf_text(&in, ",1\n");
    int fd = file_of(in.data, in.len);
    struct reader *r = reader_open(fd, "x.csv", NULL, &err);
    assert_non_null(r);
    uint64_t rows = 0;
    while (reader_next(&row, r, &err) == READER_ROW && ++rows)
        for (const char *s = row.fields[0].text; rows > 1 && *s;) {
            bool whole = *s == 'x' || !strncmp(s, "許", 3);
            assert_true(whole);
            s += *s == 'x' ? 1 : 3;
        }
    assert_int_equal(rows, 201);
    reader_close(r);
    close(fd);
    buf_free(&in);
    buf_free(&out);
}

static void bombs_are_refused(void **state)
{
    (void)state;
    size_t len = 100 << 20;
    char *zeros = calloc(1, len);
    unsigned char *packed = malloc(1 << 20);
    assert_true(zeros && packed);
    memset(zeros, '\n', len);
    memcpy(zeros, "a,b", 3);
    check(packed, pack(packed, 1 << 20, zeros, len), "bomb.csv.gz",
          "swells to more than 200 times");
    free(zeros);
    free(packed);
}

static void what_is_no_table_is_refused(void **state)
{
    (void)state;
    static const char vrt[] =
        "<OGRVRTDataSource><OGRVRTLayer name='passwd'><SrcDataSource>/etc/passwd</SrcDataSource>"
        "</OGRVRTLayer></OGRVRTDataSource>";
    static const char gml[] = "<?xml version='1.0'?><gml:FeatureCollection "
                              "xmlns:gml='http://www.opengis.net/gml'></gml:FeatureCollection>";
    CHECK(vrt, "areas.geojson", "not GeoJSON or TopoJSON");
    CHECK(gml, "areas.geojson", "not GeoJSON or TopoJSON");
    CHECK("", "areas.geojson", "empty");
    CHECK("", "x.csv", "empty");
    CHECK("", "x.xlsx", "the file is empty");
    CHECK("", "x.json", "the file is empty");
    CHECK("http://127.0.0.1/x.geojson", "areas.json", "not GeoJSON or TopoJSON");
    CHECK("/vsicurl/http://127.0.0.1/x", "areas.geojson", "not GeoJSON or TopoJSON");
    CHECK("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feat", "cut.geojson",
          "not GeoJSON or TopoJSON, or is cut off");
    CHECK("a,b\n", "x.xlsx", "is something else");
    CHECK("a,b\n", "x.dbf", "not known by its name");
    CHECK("a,b\n", "csv", "not known by its name");
    CHECK("\xB8\xFF,b\n1,2\n", "x.csv", "the header, cannot be read: the row is not UTF-8");
    CHECK("a,\0b\n1,2\n", "x.csv", "the header, cannot be read");
}

static void geojson(void **state)
{
    (void)state;
    CHECK("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":"
          "{\"a\":1,\"b\":\"x\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[121,24]}}]}",
          "x.geojson", "2 columns, crs 'EPSG:4326';  1 rows");
    CHECK("{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":"
          "\"urn:ogc:def:crs:EPSG::3826\"}},\"features\":[{\"type\":\"Feature\",\"properties\":"
          "{\"a\":1e308},\"geometry\":{\"type\":\"Point\",\"coordinates\":[1e308,1e999]}},"
          "{\"type\":\"Feature\",\"properties\":{\"a\":null},\"geometry\":null}]}",
          "x.json", "1 columns, crs 'EPSG:3826';  2 rows");
}

static void folders_and_pipes_are_refused(void **state)
{
    (void)state;
    struct error err = {.kind = ERROR_NONE};
    int fd = open("/tmp", O_RDONLY | O_DIRECTORY);
    assert_null(reader_open(fd, "x.csv", NULL, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    close(fd);
}

/* Exit status of the fenced child: number of the first thing it could still do, 0 = none. */
static int try_everything(int in, int out)
{
    char byte;
    if (pread(in, &byte, 1, 0) != 1)
        return 90; /* this it must be able to */
    if (open("/etc/passwd", O_RDONLY) >= 0 || open("/dev/null", O_RDWR) >= 0)
        return 1;
    if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || socket(AF_UNIX, SOCK_STREAM, 0) >= 0)
        return 2;
    if (fork() >= 0)
        return 3;
    execl("/bin/true", "true", (char *)NULL);
    if (errno != EPERM)
        return 4;
    if (!kill(getppid(), 0) || errno != EPERM)
        return 5;
    if (!unlink("/tmp/hazatlas-no-such") || errno != EPERM)
        return 6;
    if (!geteuid())
        return 7;
    if (write(out, "x", 1) != 1)
        return 91;
    for (int fd = 5; fd < 64; fd++)
        if (close(fd) == 0)
            return 8; /* a descriptor was left open */
    return mmap(NULL, (size_t)2 << 30, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED
               ? 0
               : 9;
}

static void the_fence_holds(void **state)
{
    (void)state;
    struct error err = {.kind = ERROR_NONE};
    int in = file_of("data", 4), ends[2], status = 0, parent = getpid();
    int stray = open("/etc/passwd", O_RDONLY); /* not for the child */
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (!child) {
        int input = in, output = ends[1];
        if (!fence_limit(&input, &output, parent, 4, &err) || !fence_seal(&err))
            _exit(99);
        _exit(try_everything(input, output));
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    close(stray);
    close(in);
    close(ends[0]);
    close(ends[1]);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_and_gz),
        cmocka_unit_test(encodings),
        cmocka_unit_test(long_texts_are_converted_whole),
        cmocka_unit_test(bombs_are_refused),
        cmocka_unit_test(what_is_no_table_is_refused),
        cmocka_unit_test(geojson),
        cmocka_unit_test(folders_and_pipes_are_refused),
        cmocka_unit_test(the_fence_holds),
    };
    return unit_run("import reader", tests);
}
