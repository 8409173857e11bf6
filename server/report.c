#include "server/report.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "server/stop.h"

enum { REPORT_EVERY_S = 5 };

static void print_progress(FILE *out, const struct import_progress *p)
{
    fprintf(out, "%s: %" PRIu64 " rows", p->stage, p->rows);
    if (p->bytes_total)
        fprintf(out, ", %.0f %% of %.1f MB", 100.0 * (double)p->bytes / (double)p->bytes_total,
                (double)p->bytes_total / 1e6);
    if (p->rejected)
        fprintf(out, ", %" PRIu64 " kept aside", p->rejected);
}

bool report_tell(void *ctx, const struct import_progress *p)
{
    struct report_progress *state = ctx;
    time_t now = time(NULL);
    if (stop_wanted())
        return false;
    if (isatty(STDERR_FILENO)) {
        fputs("\r\033[K", stderr);
        print_progress(stderr, p);
        fflush(stderr);
        state->on_line = true;
    } else if (!state->told) {
        state->told = now;
    } else if (now - state->told >= REPORT_EVERY_S) {
        print_progress(stderr, p);
        fputc('\n', stderr);
        state->told = now;
    }
    return true;
}

void report_end_progress(struct report_progress *p)
{
    if (p->on_line)
        fputs("\r\033[K", stderr);
    fflush(stderr);
    p->on_line = false;
}

static void count(FILE *out, const char *what, uint64_t n)
{
    fprintf(out, "  %10" PRIu64 "  %s\n", n, what);
}

static void print_taken(FILE *out, const struct import_taken *t)
{
    bool left =
        !strcmp(t->name, "macros") || !strcmp(t->name, "formulas") || !strcmp(t->name, "links");
    const char *name = !strcmp(t->name, "encoding") ? "text"
                       : !strcmp(t->name, "crs")    ? "coordinates"
                                                    : t->name;
    fprintf(out, "  %s%s %s (%s)\n", name, left ? ":" : " taken as", t->value, t->why);
}

void report_print(FILE *out, const struct import_report *r, const struct import_request *request)
{
    if (request->dry_run) {
        fprintf(out, "%s: dry run of %s from source %s; nothing was changed\n", request->name,
                request->kind, request->source);
        if (r->same_file)
            fprintf(out, "  this very file is its latest import\n");
    } else if (r->same_file) {
        fprintf(out,
                "%s: this very file is the latest import of %s from source %s (batch %" PRId64
                "); nothing was changed.\n",
                request->name, request->kind, request->source, r->batch);
        return;
    }
    if (!request->dry_run)
        fprintf(out, "%s: %s from source %s, batch %" PRId64 "\n", request->name, request->kind,
                request->source, r->batch);
    for (int i = 0; i < r->taken_count; i++)
        print_taken(out, &r->taken[i]);
    if (request->dry_run)
        fprintf(out, "  columns taken: %s\n", r->columns);
    for (int i = 0; i < r->preview_count; i++)
        fprintf(out, "%s    %s\n", i ? "" : "  the first rows as understood:\n", r->preview[i]);
    count(out, "rows read", r->rows_read);
    count(out, "new", r->rows_new);
    count(out, "changed", r->rows_changed);
    count(out, "unchanged", r->rows_unchanged);
    count(out, "repeated in the file, counted once", r->rows_repeated);
    count(out, "kept aside", r->rows_rejected);
    for (int i = 0; i < r->remark_count; i++)
        count(out, r->remarks[i].name, r->remarks[i].value);
    for (int i = 0; i < r->reason_count; i++)
        fprintf(out, "%s  %" PRIu64 " x %s\n      e.g. %s\n", i ? "" : "what was wrong:\n",
                r->reasons[i].rows, r->reasons[i].code, r->reasons[i].example);
    if (r->reason_count && !request->dry_run)
        fprintf(out,
                "`hazatlas export rejected --batch %" PRId64
                "` writes these rows with their reasons.\n",
                r->batch);
}
