#include "import/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "import/header.h"
#include "import/view.h"

/* The first rows of a sheet, with copies of their cells. */
struct top {
    struct header_row rows[HEADER_SEARCHED];
    char **cells[HEADER_SEARCHED];
    GIntBig number[HEADER_SEARCHED]; /* of the row in its sheet */
    int count;
};

static void free_top(struct top *t)
{
    for (int r = 0; r < t->count; r++) {
        for (int c = 0; c < t->rows[r].count; c++)
            free(t->cells[r][c]);
        free(t->cells[r]);
    }
    t->count = 0;
}

static char *cell_copy(OGRFeatureH feature, int column)
{
    if (!OGR_F_IsFieldSetAndNotNull(feature, column))
        return NULL;
    const char *text = OGR_F_GetFieldAsString(feature, column);
    size_t len;
    text += strspn(text, " \t\r\n");
    for (len = strlen(text); len && strchr(" \t\r\n", text[len - 1]); len--)
        ;
    return mem_copy_n(text, len);
}

static void read_top(struct top *t, OGRLayerH layer)
{
    OGRFeatureH feature;
    int columns = OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(layer));
    *t = (struct top){.count = 0};
    OGR_L_ResetReading(layer);
    while (t->count < HEADER_SEARCHED && (feature = OGR_L_GetNextFeature(layer))) {
        char **cells = mem_zero((size_t)columns + 1, sizeof *cells);
        for (int c = 0; c < columns; c++)
            cells[c] = cell_copy(feature, c);
        t->number[t->count] = OGR_F_GetFID(feature);
        t->cells[t->count] = cells;
        t->rows[t->count++] =
            (struct header_row){.count = columns, .cells = (const char *const *)cells};
        OGR_F_Destroy(feature);
    }
}

static void find(struct header_found *found, struct top *t, OGRLayerH layer,
                 const struct features *f)
{
    read_top(t, layer);
    header_find(found, t->rows, t->count, f->how->kind, f->how->maps, f->how->map_count);
}

/* Which of the sheets; -1: there is none of that name. */
static int choose(struct features *f, GDALDatasetH data, const char **why)
{
    int best = -1, most = -1, sheets = GDALDatasetGetLayerCount(data);
    bool whole = false;
    *why = f->how->sheet ? "as told" : "it is the first";
    for (int i = 0; i < sheets && !whole; i++) {
        OGRLayerH layer = GDALDatasetGetLayer(data, i);
        struct header_found found = {.known = 0};
        struct top top = {.count = 0};
        if (f->how->sheet) {
            if (!strcmp(OGR_L_GetName(layer), f->how->sheet))
                return i;
            continue;
        }
        find(&found, &top, layer, f);
        free_top(&top);
        whole = found.whole && found.known;
        if (found.known > most || whole) {
            *why = !i      ? "it is the first"
                   : whole ? "the first whose header gives all that is needed"
                           : "its header gives more than those of the others";
            best = i;
            most = found.known;
        }
    }
    return best;
}

/* Names the columns and says where they stand. */
static void take_header(struct features *f, struct top *t, const struct header_found *found)
{
    char rows[96], why[160];
    struct buf name = {.max = 1 << 16};
    f->names = mem_zero((size_t)f->fields + 1, sizeof *f->names);
    for (int c = 0; c < f->fields; c++) {
        header_name(&name, t->rows, found, c);
        f->names[c] = mem_copy(buf_string(&name));
    }
    buf_free(&name);
    if (!t->count)
        return;
    long long first = t->number[found->first], last = t->number[found->first + found->rows - 1];
    f->skip_to = last;
    snprintf(rows, sizeof rows, found->rows > 1 ? "rows %lld to %lld" : "row %lld", first, last);
    if (found->known)
        snprintf(why, sizeof why, "it gives %d known columns%s", found->known,
                 found->first ? "; what stands above it is left" : "");
    else
        snprintf(why, sizeof why, "the first that is not empty; no column of it is known");
    wire_note(&f->said, "header", rows, why);
}

bool sheet_choose(struct features *f, GDALDatasetH data, struct buf *others, struct error *err)
{
    const char *why;
    struct header_found found;
    struct top top;
    int chosen = choose(f, data, &why), sheets = GDALDatasetGetLayerCount(data);
    for (int i = 0; i < sheets; i++)
        if (i != chosen) {
            buf_text(others, others->len ? ", " : "");
            buf_text(others, OGR_L_GetName(GDALDatasetGetLayer(data, i)));
        }
    if (chosen < 0)
        return true; /* the caller names what there is */
    if (!features_take(f, GDALDatasetGetLayer(data, chosen), err))
        return false;
    wire_note(&f->said, "sheet", OGR_L_GetName(f->layer), why);
    find(&found, &top, f->layer, f);
    take_header(f, &top, &found);
    free_top(&top);
    return true;
}

/* ---- what is in an .xlsx beside its cells ---- */

/* One XML tag after the other, and whether text stands between them. */
struct scan {
    char tag[400], cell[16], first[16];
    size_t len;
    bool in_tag, formula, value, text;
    unsigned long long without; /* formulas without a value */
};

static bool is_tag(const char *tag, const char *name)
{
    const char *colon = strchr(tag, ':');
    size_t word = strcspn(tag, " \t\r\n/>");
    if (colon && (size_t)(colon - tag) < word)
        tag = colon + 1;
    size_t len = strlen(name);
    return !strncmp(tag, name, len) && (!tag[len] || strchr(" \t\r\n/", tag[len]));
}

static void end_tag(struct scan *s)
{
    const char *tag = s->tag, *at;
    s->tag[s->len] = '\0';
    if (*tag == '/') {
        s->value |= s->text && (is_tag(tag + 1, "v") || is_tag(tag + 1, "t"));
        if (is_tag(tag + 1, "c") && s->formula && !s->value && !s->without++)
            memcpy(s->first, s->cell, sizeof s->first);
    } else if (is_tag(tag, "c")) {
        s->formula = s->value = false;
        at = strstr(tag, " r=\"");
        snprintf(s->cell, sizeof s->cell, "%.*s", at ? (int)strcspn(at + 4, "\"") : 0,
                 at ? at + 4 : "");
    } else if (is_tag(tag, "f")) {
        s->formula = true;
    }
    s->text = false;
}

static void scan_byte(struct scan *s, char c)
{
    if (s->in_tag && c == '>') {
        end_tag(s);
        s->in_tag = false;
    } else if (s->in_tag) {
        if (s->len + 1 < sizeof s->tag)
            s->tag[s->len++] = c;
    } else if (c == '<') {
        s->in_tag = true;
        s->len = 0;
    } else {
        s->text = true;
    }
}

static void scan_formulas(struct scan *s, const char *path)
{
    char part[1 << 14];
    size_t got;
    VSILFILE *file = VSIFOpenL(path, "rb");
    if (!file)
        return;
    while ((got = VSIFReadL(part, 1, sizeof part, file)))
        for (size_t i = 0; i < got; i++)
            scan_byte(s, part[i]);
    VSIFCloseL(file);
}

void sheet_look_inside(struct features *f)
{
    char archive[64], path[1200], value[96];
    struct scan scan = {.len = 0};
    bool macros = false;
    snprintf(archive, sizeof archive, "/vsizip/" VIEW_FOLDER "%s", view_name());
    char **names = VSIReadDirRecursive(archive);
    for (int i = 0; names && names[i]; i++) {
        macros |= EQUAL(CPLGetFilename(names[i]), "vbaProject.bin");
        snprintf(path, sizeof path, "%s/%s", archive, names[i]);
        if (EQUALN(names[i], "xl/worksheets/sheet", 19) && EQUAL(CPLGetExtension(names[i]), "xml"))
            scan_formulas(&scan, path);
    }
    CSLDestroy(names);
    if (macros)
        wire_note(&f->said, "macros", "not read",
                  "the file carries macros; only its cells are taken");
    if (!scan.without)
        return;
    snprintf(value, sizeof value, "%llu without a value, the first in %s", scan.without,
             scan.first);
    wire_note(&f->said, "formulas", value,
              "formulas are not computed, their cells are empty; save the file in a spreadsheet "
              "program first");
}
