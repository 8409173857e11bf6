/* hazatlas priority: a file of companies in the combined priority order, without a database. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "import/format.h"
#include "server/command_maps.h"
#include "server/command_output.h"
#include "server/input_file.h"
#include "server/priority_list.h"
#include "server/stop.h"

static void print_number(double value, int width)
{
    if (value == value)
        printf("%*.10g", width, value);
    else
        printf("%*s", width, "-");
}

static void print_row(const struct priority_list *l, const struct priority_row *r)
{
    const struct priority_company *c = &l->companies[r->company];
    char rank[32], printed[16] = "-";
    if (r->rank == r->rank_until)
        snprintf(rank, sizeof rank, "%" PRIu32, r->rank);
    else
        snprintf(rank, sizeof rank, "%" PRIu32 "-%" PRIu32, r->rank, r->rank_until);
    if (c->printed)
        snprintf(printed, sizeof printed, "%" PRIu32 "%s", c->printed, r->differs ? "*" : "");
    printf("%7s", rank);
    print_number(c->domestic, 10);
    print_number(c->foreign, 10);
    printf("  %-6s", priority_risk_names[c->risk].key);
    print_number(c->centrality, 12);
    printf("  %-18s%8s  %s\n",
           r->decided == PRIORITY_FIRST ? "-" : priority_key_names[r->decided].en, printed,
           l->items[r->company].name);
}

static void print_table(const struct priority_list *l)
{
    for (uint32_t i = 0; i < l->count; i++) {
        const struct priority_row *r = &l->rows[i];
        const char *list = l->items[r->company].list;
        if (r->decided == PRIORITY_FIRST && (i || list))
            printf("%s%s\n", i ? "\n" : "", list ? list : "(no list)");
        if (r->decided == PRIORITY_FIRST)
            printf("%7s%10s%10s  %-6s%12s  %-18s%8s  %s\n", "rank", "domestic", "foreign", "risk",
                   "centrality", "decided by", "printed", "company");
        print_row(l, r);
    }
    if (l->printed)
        printf("\n%" PRIu32 " of %" PRIu32 " stand where they are printed%s\n", l->agree,
               l->printed, l->agree < l->printed ? "; * = printed at another place" : "");
}

static bool write_out(const struct priority_list *l, const char *format, const char *path,
                      struct error *err)
{
    enum sheet_format kind;
    if (sheet_format_named(&kind, format))
        return command_output_sheet(path, priority_list_sheet(l, kind, err), err);
    print_table(l);
    return true;
}

static void print_left(const struct rows_report *report)
{
    if (report->left)
        fprintf(stderr, "%" PRIu64 " of %" PRIu64 " rows left out\n", report->left, report->read);
    for (uint64_t i = 0; i < report->faults && i < ROWS_FAULTS_MAX; i++)
        fprintf(stderr, "  %s\n", report->fault[i]);
    if (report->faults > ROWS_FAULTS_MAX)
        fprintf(stderr, "  … and %" PRIu64 " more\n", report->faults - ROWS_FAULTS_MAX);
}

static int run(const struct command_line *line)
{
    struct error err = {.kind = ERROR_NONE};
    const char *format = command_value(line, "format"), *path = line->operands[0];
    const char *output = command_value(line, "output"), *slash = strrchr(path, '/');
    struct command_maps maps;
    struct rows_wish wish = {.encoding = command_value(line, "encoding"),
                             .sheet = command_value(line, "sheet"),
                             .maps = maps.maps};
    struct rows_report report;
    struct priority_list list = {.count = 0};
    if (strcmp(format, "table") != 0 && strcmp(format, "csv") != 0 && strcmp(format, "xlsx") != 0) {
        fprintf(stderr, "hazatlas priority: --format is one of table, csv, xlsx, not \"%s\"\n",
                format);
        return EXIT_USAGE;
    }
    if (output && !strcmp(format, "table")) {
        fputs("hazatlas priority: -o goes with --format csv or xlsx\n", stderr);
        return EXIT_USAGE;
    }
    if (!command_maps_take(&maps, line))
        return EXIT_USAGE;
    wish.map_count = maps.count;
    stop_hold();
    int fd = command_output_check(output, &err) ? input_file_open(path, &err) : -1;
    bool ok = fd >= 0 && input_file_kept(output, fd, NULL, 0, &err) &&
              priority_list_read(&list, &report, fd, slash ? slash + 1 : path, &wish, &err);
    if (fd >= 0)
        close(fd);
    if (ok)
        print_left(&report);
    ok = ok && write_out(&list, format, output, &err);
    priority_list_free(&list);
    return ok ? 0 : command_fail(&err);
}

static void print_more(FILE *out)
{
    fprintf(out,
            "\nColumns: company (公司), domestic_total (國內總計), foreign_total (國外總計), "
            "bayes_risk\n(貝氏風險: 紅 黃 綠 NA), degree_centrality (連結中心性), printed_order "
            "(排序), list (名單);\n`hazatlas import priority --help` has every name.\nFormats: "
            "%s\n",
            format_endings());
}

static const struct operand operands[] = {
    {"FILE", "companies with their totals, risk class, centrality"},
    {NULL, NULL},
};

static const struct option options[] = {
    {.name = "format",
     .value = "FORMAT",
     .fallback = "table",
     .about = "table (to read), csv or xlsx"},
    {.name = "output",
     .letter = 'o',
     .value = "FILE",
     .about = "file to write; without it standard output"},
    {.name = "encoding", .value = "NAME", .about = "of CSV and TSV; found out without"},
    {.name = "sheet", .value = "NAME", .about = "sheet of a workbook; the first without"},
    COMMAND_MAPS_OPTIONS,
    {.name = NULL},
};

const struct command command_priority = {
    .name = "priority",
    .summary = "Puts companies in the combined priority order, without server or database",
    .about =
        "By domestic total, then foreign total, then Bayes risk (red > yellow > green > NA), then\n"
        "degree centrality, all descending. Each row says which key put it after the one before;\n"
        "companies equal in all four share their rank; rows that are printed elsewhere in the\n"
        "file's own order are marked. No total counts as 0, no risk class as NA.",
    .operands = operands,
    .options = options,
    .more_help = print_more,
    .run = run,
};
