/* hazatlas heat: a file of points to a GeoTIFF of their density, without a database. */
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <unistd.h>

#include "gis/crs.h"
#include "gis/loaded.h"
#include "gis/mem.h"
#include "gis/text.h"
#include "import/encoding.h"
#include "import/format.h"
#include "server/command.h"
#include "server/heat_job.h"
#include "server/input_file.h"
#include "server/stop.h"

/* ---- what was asked ---- */

static bool wrong(const char *name, const char *text, const char *wanted)
{
    fprintf(stderr, "hazatlas heat: --%s %s, not \"%s\"\n", name, wanted, text);
    return false;
}

static bool take_number(double *out, const struct command_line *line, const char *name,
                        const char *wanted)
{
    const char *text = command_value(line, name);
    return (text && text_to_double(out, text) && isfinite(*out)) ||
           wrong(name, text ? text : "", wanted);
}

/* *out: the number of the value in a list of names. */
static bool take_word(int *out, const struct command_line *line, const char *name,
                      const char *const *names)
{
    const char *text = command_value(line, name);
    for (*out = 0; names[*out]; ++*out)
        if (!strcmp(names[*out], text))
            return true;
    fprintf(stderr, "hazatlas heat: --%s is one of", name);
    for (int i = 0; names[i]; i++)
        fprintf(stderr, "%s %s", i ? "," : "", names[i]);
    fprintf(stderr, ", not \"%s\"\n", text);
    return false;
}

static bool take_extent(struct heat_job *job, const struct command_line *line)
{
    const char *text = command_value(line, "extent");
    if (!text)
        return true;
    char *copy = mem_copy(text), *from = copy, *comma = NULL;
    int count = 0;
    bool ok = true;
    for (bool more = true; ok && more && count < 4; from = comma + 1, count++) {
        comma = strchr(from, ',');
        more = comma != NULL;
        if (comma)
            *comma = '\0';
        ok = text_to_double(&job->extent[count], from) && isfinite(job->extent[count]) &&
             more == (count < 3);
        if (!more)
            comma = from;
    }
    free(copy);
    job->extent_told = true;
    const double *e = job->extent;
    return (ok && count == 4 && e[0] < e[2] && e[1] < e[3]) ||
           wrong("extent", text,
                 "wants xmin,ymin,xmax,ymax in units of the grid's coordinate system, xmin < xmax "
                 "and ymin < ymax");
}

static bool take_crs(const char **out, const struct command_line *line, const char *name)
{
    struct error err = {.kind = ERROR_NONE};
    const char *text = command_value(line, name);
    if (!text || (*out = points_crs(text, &err)))
        return true;
    fprintf(stderr, "hazatlas heat: --%s: %s\n", name, err.text);
    return false;
}

static bool take_nodata(struct heat_job *job, const struct command_line *line)
{
    const char *text = command_value(line, "nodata");
    if (!strcasecmp(text, "nan")) {
        job->nodata = NAN;
        return true;
    }
    return take_number(&job->nodata, line, "nodata", "wants a number or nan");
}

static bool take_numbers(struct heat_job *job, const struct command_line *line)
{
    long long threads = 0;
    if (!take_number(&job->radius, line, "radius", "wants metres on the ground") ||
        !take_number(&job->pixel, line, "pixel", "wants a size"))
        return false;
    if (!(job->radius > 0 && job->radius <= HEAT_GRID_RADIUS_MAX))
        return wrong("radius", command_value(line, "radius"),
                     "is more than 0 and at most 100000 metres");
    if (!(job->pixel > 0))
        return wrong("pixel", command_value(line, "pixel"), "is more than 0");
    job->nodata_told = command_value(line, "nodata") != NULL;
    if (job->nodata_told && !take_nodata(job, line))
        return false;
    if (!take_number(&job->decay, line, "decay", "wants a number"))
        return false;
    if (!(fabs(job->decay) <= HEAT_GRID_DECAY_MAX))
        return wrong("decay", command_value(line, "decay"), "is a number from -100 to 100");
    if (command_value(line, "threads") &&
        !command_int(&threads, line, "threads", 1, HEAT_GRID_THREADS_MAX))
        return false;
    job->threads = (int)threads;
    return true;
}

static bool take_options(struct heat_job *job, const struct command_line *line)
{
    static const char *const types[] = {"float32", "float64", NULL};
    int shape, unit = HEAT_UNIT_KM2, type, pack;
    struct points_wish *w = &job->wish;
    job->output = command_value(line, "output");
    w->x = command_value(line, "x");
    w->y = command_value(line, "y");
    w->weight = command_value(line, "weight");
    w->encoding = command_value(line, "encoding");
    w->sheet = command_value(line, "sheet");
    w->anywhere = command_value(line, "anywhere") != NULL;
    if (!job->output) {
        fputs("hazatlas heat: -o FILE is wanted: where shall the GeoTIFF go?\n", stderr);
        return false;
    }
    if (!w->x != !w->y) {
        fputs("hazatlas heat: --x and --y go together\n", stderr);
        return false;
    }
    const char *told = command_value(line, "unit");
    if (command_value(line, "raw") && told && strcmp(told, heat_unit_names[HEAT_UNIT_RAW]) != 0) {
        fputs("hazatlas heat: --raw and --unit go against each other: leave one out\n", stderr);
        return false;
    }
    if (!take_word(&shape, line, "kernel", heat_shape_names) ||
        (told && !take_word(&unit, line, "unit", heat_unit_names)) ||
        !take_word(&type, line, "type", types) ||
        !take_word(&pack, line, "compress", geotiff_pack_names) ||
        !take_crs(&w->crs, line, "crs") || !take_crs(&w->to, line, "to") ||
        !take_crs(&job->mask_wish.crs, line, "mask-crs") || !take_numbers(job, line) ||
        !take_extent(job, line))
        return false;
    job->shape = (enum heat_shape)shape;
    job->unit = command_value(line, "raw") ? HEAT_UNIT_RAW : (enum heat_unit)unit;
    job->wide = type == 1;
    job->loose = command_value(line, "no-snap") != NULL;
    if (job->shape != HEAT_TRIANGULAR && (job->decay < 0 || job->decay > 0)) {
        fputs("hazatlas heat: --decay belongs to --kernel triangular\n", stderr);
        return false;
    }
    if (job->decay < 0 && job->unit != HEAT_UNIT_RAW)
        return wrong(
            "decay", command_value(line, "decay"),
            "is below 0 with --raw only: such a kernel has no integral to be a density by");
    job->pack = (enum geotiff_pack)pack;
    return job->wide || !job->nodata_told || isnan(job->nodata) || fabs(job->nodata) <= FLT_MAX ||
           wrong("nodata", command_value(line, "nodata"),
                 "must be a float32, or take --type float64");
}

/* ---- what came of it ---- */

static void print_taken(const struct points *p)
{
    for (int i = 0; i < p->taken_count; i++) {
        const struct import_taken *t = &p->taken[i];
        const char *name = !strcmp(t->name, "encoding") ? "text"
                           : !strcmp(t->name, "crs")    ? "coordinates"
                                                        : t->name;
        printf("  %s: %s%s%s%s\n", name, t->value, *t->why ? " (" : "", t->why, *t->why ? ")" : "");
    }
}

static void print_rows(FILE *out, const struct points *p)
{
    fprintf(out, "  %10" PRIu64 "  rows read\n  %10" PRIu64 "  left out\n", p->rows_read,
            p->rows_left);
    for (int i = 0; i < p->reason_count; i++)
        fprintf(out, "%s  %" PRIu64 " x %s\n      e.g. %s\n", i ? "" : "what was wrong:\n",
                p->reasons[i].rows, p->reasons[i].code, p->reasons[i].example);
}

/* The most that was resident, with all libraries: of this process, and of the one that read the
 * file before there was a grid. */
static void print_memory(const struct heat_grid *g)
{
    struct rusage own, child;
    double grid = (double)g->width * g->height * (g->wide ? sizeof(double) : sizeof(float));
    if (getrusage(RUSAGE_SELF, &own) || getrusage(RUSAGE_CHILDREN, &child))
        return;
    double most = 1024.0 * (double)own.ru_maxrss, reader = 1024.0 * (double)child.ru_maxrss;
    printf("  memory: %.1f MB at most, %.2f times the grid's %.1f MB; %.1f MB to read the file\n",
           most / 1e6, most / grid, grid / 1e6, reader / 1e6);
}

static void print_report(const struct heat_job *job)
{
    const struct heat_grid *g = &job->grid;
    const struct points *p = &job->points;
    printf("%s: heat of %zu points, %s kernel, %g m on the ground\n", job->name, p->count,
           heat_shape_names[g->shape], g->radius);
    print_taken(p);
    print_rows(stdout, p);
    printf("  grid: %d x %d pixels of %.10g x %.10g %s, %s, from %.10g,%.10g to %.10g,%.10g\n",
           g->width, g->height, g->pixel_x, g->pixel_y, g->degrees ? "degrees" : "m", p->crs,
           g->west, g->north - g->height * g->pixel_y, g->west + g->width * g->pixel_x, g->north);
    printf("  weight: %.10g in all", p->total);
    if (g->unit != HEAT_UNIT_RAW)
        printf(", %.10g of it on the grid", g->integral);
    if (g->mask)
        printf("\n  mask: %" PRIu64 " polygons' features, %" PRIu64 " pixels outside",
               job->mask_features, g->masked);
    printf("\n  values: %.7g to %.7g, %s\n", g->least, g->most, heat_job_unit(g->unit));
    if (g->radius < job->pixel_m)
        printf(
            "  note: the radius is smaller than a pixel, so most kernels fall between centres\n");
    printf("  time: read %.3f s, computed %.3f s, written %.3f s\n", job->seconds[HEAT_JOB_READ],
           job->seconds[HEAT_JOB_COMPUTE], job->seconds[HEAT_JOB_WRITE]);
    print_memory(g);
    printf("%s is written\n", job->output);
    if (p->count && !g->points_used)
        fprintf(stderr,
                "hazatlas heat: warning: none of the %zu points reaches the grid, so it is empty. "
                "They lie in %.10g,%.10g to %.10g,%.10g (%s)%s\n",
                p->count, job->reach[0], job->reach[1], job->reach[2], job->reach[3], p->crs,
                job->extent_told ? "; is --extent in these units?" : "");
}

/* ---- progress ---- */

struct progress {
    bool on_line; /* a line without its end stands on the terminal */
};

static bool tell(void *ctx, const char *stage, double part)
{
    enum { WIDTH = 30 };
    static const char bar[] = "##############################";
    struct progress *p = ctx;
    if (stop_wanted())
        return false;
    if (isatty(STDERR_FILENO)) {
        int full = (int)(part * WIDTH);
        full = full < 0 ? 0 : full > WIDTH ? WIDTH : full;
        fprintf(stderr, "\r\033[K%-9s [%.*s%*s] %3.0f %%", stage, full, bar, WIDTH - full, "",
                100 * part);
        fflush(stderr);
        p->on_line = true;
    }
    return true;
}

static void end_line(struct progress *p)
{
    if (p->on_line)
        fputs("\r\033[K", stderr);
    fflush(stderr);
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool open_mask(struct heat_job *job, struct import_part parts[IMPORT_PARTS_MAX],
                      const char *path, struct error *err)
{
    if (!path)
        return true;
    job->mask_name = name_of(path);
    job->mask_wish.parts = parts;
    if ((job->mask_fd = input_file_open(path, err)) < 0)
        return false;
    job->mask_wish.part_count = input_file_parts(parts, path);
    return true;
}

static void close_parts(const struct import_part *parts, int count)
{
    for (int i = 0; i < count; i++)
        close(parts[i].fd);
}

static int run(const struct command_line *line)
{
    struct error err = {.kind = ERROR_NONE};
    struct progress progress = {.on_line = false};
    struct import_part parts[IMPORT_PARTS_MAX] = {{NULL, -1}};
    struct import_part mask_parts[IMPORT_PARTS_MAX] = {{NULL, -1}};
    const char *path = line->operands[0];
    struct heat_job job = {
        .name = name_of(path), .fd = -1, .mask_fd = -1, .tell = tell, .ctx = &progress};
    if (!take_options(&job, line))
        return EXIT_USAGE;
    stop_hold();
    job.fd = input_file_open(path, &err);
    job.wish.parts = parts;
    job.wish.part_count = job.fd >= 0 ? input_file_parts(parts, path) : 0;
    bool ok =
        job.fd >= 0 && open_mask(&job, mask_parts, command_value(line, "mask"), &err) &&
        input_file_kept(job.output, job.fd, parts, job.wish.part_count, &err) &&
        input_file_kept(job.output, job.mask_fd, mask_parts, job.mask_wish.part_count, &err) &&
        heat_job_run(&job, &err);
    end_line(&progress);
    if (!ok &&
        stop_wanted()) /* Ctrl-C also ends the process that reads, and that was all it said */
        error_fill(&err, ERROR_CONFLICT, "the heat map was cancelled; nothing was written");
    if (job.fd >= 0)
        close(job.fd);
    if (job.mask_fd >= 0)
        close(job.mask_fd);
    close_parts(parts, job.wish.part_count);
    close_parts(mask_parts, job.mask_wish.part_count);
    if (*job.points.differs)
        fprintf(stderr,
                "hazatlas heat: warning: %s (crs_differs); the coordinates are taken as %s, "
                "as --crs tells\n",
                job.points.differs, job.wish.crs);
    if (ok)
        print_report(&job);
    else if (job.points.rows_left && !job.points.count)
        print_rows(stderr, &job.points);
    heat_job_free(&job);
    loaded_drop(); /* every library ends its work at the exit and touches some of itself for that */
    return !ok ? command_fail(&err) : fflush(stdout) ? EXIT_FAILED : 0;
}

static void print_more(FILE *out)
{
    fprintf(
        out,
        "\nKernels, by u = distance / radius: quartic (1 - u^2)^2, triangular 1 - (1 - decay) u,\n"
        "uniform 1, triweight (1 - u^2)^3, epanechnikov 1 - u^2; 0 beyond the radius. Value of a\n"
        "pixel: the sum of weight x kernel at its centre, times 3, 3 / (1 + 2 decay), 1, 4, 2 /\n"
        "(pi radius^2) but for --raw. Pixels of one size lie on one lattice, whole multiples of "
        "it\n"
        "from 0,0: wherever two maps overlap they agree bit for bit.\n\nFormats: %s\nEncodings:",
        format_endings());
    for (const char *const *e = encoding_names; *e; e++)
        fprintf(out, " %s", *e);
    fputs("\nCoordinate systems:", out);
    for (const char *const *c = crs_codes; *c; c++)
        fprintf(out, " %s", *c);
    fprintf(out,
            " (EPSG:3857 for --crs only)\nLimits: %d million pixels, %d a side; %d million points; "
            "radius %g km.\n",
            HEAT_GRID_PIXELS_MAX / 1000000, HEAT_GRID_SIDE_MAX, POINTS_MAX / 1000000,
            HEAT_GRID_RADIUS_MAX / 1000);
}

static const struct operand operands[] = {
    {"POINTS", "a file of points; its ending tells the format, see below"},
    {NULL, NULL},
};

static const struct option options[] = {
    {.name = "output", .letter = 'o', .value = "FILE", .about = "the GeoTIFF to write (wanted)"},
    {.name = "x",
     .value = "COLUMN",
     .about = "easting or longitude; without it the file's geometry or known names"},
    {.name = "y", .value = "COLUMN", .about = "northing or latitude"},
    {.name = "weight", .value = "COLUMN", .about = "weight of each point; without it 1 each"},
    {.name = "crs",
     .value = "CODE",
     .about = "system of the file's coordinates; found out without"},
    {.name = "to", .value = "CODE", .about = "system of the grid; without it the points' own"},
    {.name = "radius",
     .value = "M",
     .fallback = "2500",
     .about = "of the kernel, metres on the ground"},
    {.name = "pixel",
     .value = "SIZE",
     .fallback = "100",
     .about = "metres; on a grid in degrees below 0.1: degrees, from 1: metres"},
    {.name = "kernel",
     .value = "NAME",
     .fallback = "quartic",
     .about = "quartic, triangular, uniform, triweight, epanechnikov"},
    {.name = "decay",
     .value = "A",
     .fallback = "0",
     .about = "of the triangular kernel: its part left on the circle, 0 to 1 (as QGIS: to 100, "
              "and below 0 with --raw)"},
    {.name = "extent",
     .value = "BOX",
     .about = "xmin,ymin,xmax,ymax of the grid; without it all points and their radius"},
    {.name = "no-snap",
     .about = "begin at the extent's north-west corner; without it on multiples of the pixel"},
    {.name = "mask",
     .value = "FILE",
     .about = "polygons: pixels whose centre is outside are nodata (-9999 unless told)"},
    {.name = "mask-crs", .value = "CODE", .about = "system of the mask; what it says without"},
    {.name = "unit",
     .value = "UNIT",
     .about = "km2 (the default): weight per km2, integrates to the weight; m2; raw: see --raw"},
    {.name = "raw", .about = "the kernel's peak is the weight, as the raw values of QGIS"},
    {.name = "nodata",
     .value = "V",
     .about = "value of pixels that no point reaches; without it they are 0"},
    {.name = "type", .value = "TYPE", .fallback = "float32", .about = "float32 or float64"},
    {.name = "compress", .value = "HOW", .fallback = "none", .about = "none, deflate, zstd"},
    {.name = "encoding", .value = "NAME", .about = "of CSV, TSV and Shapefiles; found out without"},
    {.name = "sheet", .value = "NAME", .about = "sheet or layer; the first or largest without"},
    {.name = "anywhere", .about = "take positions outside the region of Taiwan too"},
    {.name = "threads", .value = "N", .about = "to compute with; without it one a core"},
    {.name = NULL},
};

const struct command command_heat = {
    .name = "heat",
    .summary = "Makes a heat map (GeoTIFF) of a file of points, without server or database",
    .about =
        "Exact kernel density: every point within the radius of a pixel's centre counts, also\n"
        "those outside the extent. Distances are metres: in the plane of a TM2 system, on the\n"
        "ellipsoid for degrees. Rows that cannot be used are counted by reason. Comes out: a\n"
        "Cloud Optimized GeoTIFF with the parameters in its metadata, whole or not at all;\n"
        "Ctrl-C leaves nothing.",
    .operands = operands,
    .options = options,
    .more_help = print_more,
    .run = run,
};
