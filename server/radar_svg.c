/* DESIGN: the four axes share one scale, that of the weighted values, so that the polygon drawn is
 * the score: equal areas on paper are equal scores. Around it, thin, the polygons of class 5 and of
 * class 10. What is not known is counted as class 1, drawn dashed with a hollow mark, and said.
 * Black and white: the polygon is hatched and has a thick edge; nothing depends on a colour. */
#include "server/radar_svg.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "gis/text.h"
#include "server/html.h"
#include "server/radar_words.h"

enum {
    WIDTH = 880,
    HEIGHT = 712,
    FIELD_TOP = 162, /* pixels; the polygon of class 10 lies within, labels around it */
    FIELD_HEIGHT = 350,
    FIELD_WIDTH = 340,
    REACH_MAX = 270, /* of the longest axis */
    GAP = 20,
    CLEAR = 46,         /* of a label to the centre, however short its axis */
    MARKED = 70,        /* an axis of this length has a mark at class 5 too */
    LINE = 19,          /* between lines of text */
    TITLE_COLUMNS = 64, /* a Chinese character takes two */
};

struct palette {
    const char *ground, *text, *faint, *line, *area, *edge;
};

static const struct palette palettes[] = {
    [RADAR_SVG_DAY] = {"#ffffff", "#111111", "#444444", "#8a8a8a", "#d94801", "#7f2704"},
    [RADAR_SVG_NIGHT] = {"#12161c", "#f2f2f2", "#c4c9d1", "#7d8794", "#fd8d3c", "#ffd9b5"},
};

struct layout {
    int x, y; /* the centre */
    double reach[RADAR_SVG_AXES], value[RADAR_SVG_AXES];
};

static const int across[] = {0, 1, 0, -1}, down[] = {-1, 0, 1, 0};

/* Text cut at so many columns. */
static void put_text(struct buf *out, const char *text, int columns)
{
    struct buf cut = {.data = NULL};
    size_t used;
    int at = 0;
    for (const char *c = text; *c; c += used) {
        uint32_t code = text_utf8_next(c, &used);
        at += code < 0x1100 ? 1 : 2;
        if (at > columns) {
            buf_text(&cut, "…");
            break;
        }
        buf_add(&cut, c, used);
    }
    html_text(out, buf_string(&cut));
    buf_free(&cut);
}

/* more: further attributes, or "". */
static void text_at(struct buf *out, int x, int y, const char *anchor, const char *fill,
                    const char *more, const char *text)
{
    buf_format(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\"%s%s>", x, y, anchor,
               fill, *more ? " " : "", more);
    put_text(out, text, 120);
    buf_text(out, "</text>\n");
}

/* A polygon whose corners lie at part (0 … 1, or the weighted value) of the axes. */
static void polygon(struct buf *out, const struct layout *l, const double reach[], double part,
                    const char *attributes)
{
    buf_text(out, "<polygon points=\"");
    for (int i = 0; i < RADAR_SVG_AXES; i++)
        buf_format(out, "%s%.2f,%.2f", i ? " " : "", l->x + across[i] * reach[i] * part,
                   l->y + down[i] * reach[i] * part);
    buf_format(out, "\" %s/>\n", attributes);
}

static void put_head(struct buf *out, const struct radar_svg *c, const struct palette *p)
{
    buf_format(out,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 "
               "%d %d\" role=\"img\" aria-labelledby=\"t d\" xml:lang=\"zh-Hant-TW\" "
               "font-family=\"'Noto Sans CJK TC','Noto Sans TC','PingFang TC','Microsoft "
               "JhengHei',sans-serif\" font-size=\"14\">\n<title id=\"t\">",
               WIDTH, HEIGHT, WIDTH, HEIGHT);
    html_text(out, c->title_zh);
    if (c->title_en) {
        buf_text(out, " ");
        html_text(out, c->title_en);
    }
    char area[RADAR_NUMBER_MAX];
    radar_words_fixed(area, sizeof area, c->area, 6);
    buf_text(out, " – 警示雷達圖 warning radar</title>\n<desc id=\"d\">");
    for (int i = 0; i < RADAR_SVG_AXES; i++) {
        const struct radar_svg_axis *a = &c->axis[i];
        buf_format(out, "%s %s %s: ", a->key, a->zh, a->en);
        html_text(out, a->raw);
        buf_text(out, ", ");
        html_text(out, a->how);
        buf_text(out, "; ");
    }
    if (isnan(c->area))
        buf_format(out, "%s %s", c->none_zh, c->none_en);
    else
        buf_format(out, "面積 area %s", area);
    buf_format(out,
               "</desc>\n<defs><pattern id=\"h\" width=\"7\" height=\"7\" patternUnits="
               "\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"7\" "
               "height=\"7\" fill=\"%s\" fill-opacity=\"0.22\"/><line x1=\"0\" y1=\"0\" "
               "x2=\"0\" y2=\"7\" stroke=\"%s\" stroke-width=\"2\" stroke-opacity=\"0.75\"/>"
               "</pattern></defs>\n<rect width=\"%d\" height=\"%d\" fill=\"%s\"/>\n",
               p->area, p->area, WIDTH, HEIGHT, p->ground);
}

static void put_titles(struct buf *out, const struct radar_svg *c, const struct palette *p)
{
    char score[80];
    buf_format(out, "<text x=\"24\" y=\"36\" fill=\"%s\" font-size=\"22\" font-weight=\"bold\">",
               p->text);
    put_text(out, c->title_zh, TITLE_COLUMNS);
    buf_text(out, "</text>\n");
    buf_format(out, "<text x=\"24\" y=\"60\" fill=\"%s\">", p->faint);
    if (c->title_en)
        put_text(out, c->title_en, TITLE_COLUMNS);
    buf_text(out, c->title_en && *c->title_en && *c->subtitle ? " · " : "");
    put_text(out, c->subtitle, TITLE_COLUMNS);
    buf_text(out, "</text>\n");
    if (isnan(c->area))
        snprintf(score, sizeof score, "無法計分 no score");
    else
        radar_words_fixed(score, sizeof score, c->area, 3);
    buf_format(out,
               "<text x=\"%d\" y=\"40\" text-anchor=\"end\" fill=\"%s\" font-size=\"%d\" "
               "font-weight=\"bold\">%s</text>\n",
               WIDTH - 24, p->text, isnan(c->area) ? 18 : 28, score);
    text_at(out, WIDTH - 24, 60, "end", p->faint, "",
            isnan(c->area) ? "" : "警示雷達圖面積 warning radar area");
}

/* The axis with marks of class 5 and 10. */
static void put_axis(struct buf *out, const struct radar_svg_axis *a, const struct palette *p,
                     const struct layout *l, int i)
{
    double reach = l->reach[i];
    buf_format(out,
               "<line x1=\"%d\" y1=\"%d\" x2=\"%.2f\" y2=\"%.2f\" stroke=\"%s\" "
               "stroke-width=\"1.5\"%s/>\n",
               l->x, l->y, l->x + across[i] * reach, l->y + down[i] * reach, p->line,
               a->no_data ? " stroke-dasharray=\"5 5\"" : "");
    for (int k = reach < MARKED ? 2 : 1; reach >= 1 && k <= 2; k++)
        buf_format(out,
                   "<text x=\"%.2f\" y=\"%.2f\" fill=\"%s\" font-size=\"11\" "
                   "text-anchor=\"%s\">%.4g</text>\n",
                   l->x + across[i] * reach * k / 2 + (across[i] ? 0 : 8),
                   l->y + down[i] * reach * k / 2 +
                       (across[i] ? 16
                        : k == 1  ? 4
                                  : 4 + 6 * down[i]),
                   p->faint, across[i] ? "middle" : "start", a->max * k / 2);
}

static void put_label(struct buf *out, const struct radar_svg_axis *a, const struct palette *p,
                      const struct layout *l, int i)
{
    enum { LINES = 4 };
    static const char *const anchors[] = {"middle", "start", "middle", "end"};
    char name[80];
    snprintf(name, sizeof name, "%s %s", a->key, a->zh);
    int off = (int)fmax(l->reach[i], CLEAR) + GAP;
    int x = l->x + across[i] * off;
    int y = i == 0   ? l->y - off - (LINES - 1) * LINE
            : i == 2 ? l->y + off + LINE
                     : l->y - LINE - LINE / 2 + 5;
    text_at(out, x, y, anchors[i], p->text, "font-weight=\"bold\" font-size=\"16\"", name);
    text_at(out, x, y + LINE, anchors[i], p->faint, "", a->en);
    text_at(out, x, y + 2 * LINE, anchors[i], p->text, a->no_data ? "font-style=\"italic\"" : "",
            a->raw);
    text_at(out, x, y + 3 * LINE, anchors[i], p->text, "", a->how);
}

/* Solid where known, hollow where not. */
static void put_mark(struct buf *out, const struct radar_svg_axis *a, const struct palette *p,
                     const struct layout *l, int i)
{
    buf_format(out,
               "<circle cx=\"%.2f\" cy=\"%.2f\" r=\"5.5\" fill=\"%s\" stroke=\"%s\" "
               "stroke-width=\"2\"/>\n",
               l->x + across[i] * l->value[i], l->y + down[i] * l->value[i],
               a->no_data ? p->ground : p->edge, p->edge);
}

/* The largest scale at which the polygon of class 10 fits the field, in its middle. */
static void lay_out(struct layout *l, const struct radar_svg *c)
{
    const struct radar_svg_axis *a = c->axis;
    double longest = 0;
    for (int i = 0; i < RADAR_SVG_AXES; i++)
        longest = fmax(longest, a[i].max);
    double scale = fmin(REACH_MAX / longest, fmin(FIELD_HEIGHT / fmax(a[0].max + a[2].max, 1e-9),
                                                  FIELD_WIDTH / fmax(a[1].max + a[3].max, 1e-9)));
    for (int i = 0; i < RADAR_SVG_AXES; i++) {
        l->reach[i] = a[i].max * scale;
        l->value[i] = a[i].weighted * scale;
    }
    l->x = (int)lround(WIDTH / 2.0 + (l->reach[3] - l->reach[1]) / 2);
    l->y = (int)lround(FIELD_TOP + FIELD_HEIGHT / 2.0 + (l->reach[0] - l->reach[2]) / 2);
}

void radar_svg_write(struct buf *out, const struct radar_svg *c)
{
    const struct palette *p = &palettes[c->theme];
    struct layout l;
    char look[200];
    lay_out(&l, c);
    put_head(out, c, p);
    put_titles(out, c, p);
    snprintf(look, sizeof look, "fill=\"none\" stroke=\"%s\" stroke-width=\"1\"", p->line);
    polygon(out, &l, l.reach, 1, look);
    snprintf(look, sizeof look, "fill=\"none\" stroke=\"%s\" stroke-dasharray=\"2 4\"", p->line);
    polygon(out, &l, l.reach, 0.5, look);
    if (!isnan(c->area)) {
        snprintf(look, sizeof look,
                 "fill=\"url(#h)\" stroke=\"%s\" stroke-width=\"3\" stroke-linejoin=\"round\"",
                 p->edge);
        polygon(out, &l, l.value, 1, look);
    }
    for (int i = 0; i < RADAR_SVG_AXES; i++)
        put_axis(out, &c->axis[i], p, &l, i);
    for (int i = 0; i < RADAR_SVG_AXES; i++) {
        if (!isnan(c->area))
            put_mark(out, &c->axis[i], p, &l, i);
        put_label(out, &c->axis[i], p, &l, i);
    }
    int lines = 0, at = 0;
    while (lines < RADAR_SVG_NOTES && *c->notes[lines])
        lines++;
    for (int i = 0; i < lines; i++, at += 17) {
        text_at(out, 24, HEIGHT - 14 - (lines - 1) * 17 + at, "start", p->faint, "font-size=\"12\"",
                c->notes[i]);
    }
    buf_text(out, "</svg>\n");
}
