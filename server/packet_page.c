/* The first screen answers in ten seconds: what kills first, how far to keep people away, which way
 * the wind carries it. The rest stands behind it. Everything that came from outside goes through
 * html_text. */
#include "server/packet_page.h"

#include <math.h>
#include <string.h>
#include <time.h>

#include "server/html.h"
#include "server/json_in.h"

typedef const struct json_in_value value;

static const char *text_of(value *object, const char *key)
{
    return json_in_text(json_in_get(object, key));
}

/* <tag class=cls>zh <span lang=en>en</span></tag> from an object with zh and en. */
static void both(struct buf *out, const char *tag, const char *class, value *o)
{
    buf_format(out, "<%s class=\"%s\">", tag, class);
    html_text(out, text_of(o, "zh"));
    buf_text(out, " <span class=\"en\" lang=\"en\">");
    html_text(out, text_of(o, "en"));
    buf_format(out, "</span></%s>\n", tag);
}

static void head(struct buf *out, const char *zh, const char *en)
{
    buf_format(out, "<h2>%s <span class=\"en\" lang=\"en\">%s</span></h2>\n", zh, en);
}

/* 11000 as 11,000. */
static void number(struct buf *out, double x)
{
    char digits[32];
    struct buf b = {.max = sizeof digits};
    buf_format(&b, "%.0f", x);
    const char *text = buf_string(&b);
    size_t len = strlen(text);
    for (size_t i = 0; i < len; i++) {
        if (i && (len - i) % 3 == 0 && text[i - 1] != '-')
            buf_char(out, ',');
        buf_char(out, text[i]);
    }
    buf_free(&b);
}

/* "2026-11-21T03:00:00Z" in Taiwan's time. */
static void local_time(struct buf *out, const char *utc)
{
    struct tm tm = {0}, local = {0};
    char text[32];
    if (!utc || !strptime(utc, "%Y-%m-%dT%H:%M:%SZ", &tm)) {
        html_text(out, utc);
        return;
    }
    time_t t = timegm(&tm) + 8 * 3600;
    strftime(text, sizeof text, "%Y-%m-%d %H:%M", gmtime_r(&t, &local));
    buf_format(out, "%s (UTC+8)", text);
}

static void write_title(struct buf *out, value *packet)
{
    value *incident = json_in_get(packet, "incident");
    value *facility = json_in_get(incident, "facility");
    double lon = 0, lat = 0;
    json_in_number(&lon, json_in_get(incident, "lon"));
    json_in_number(&lat, json_in_get(incident, "lat"));
    buf_text(out, "<header>\n<p class=\"kind\">應變包裹 <span class=\"en\" lang=\"en\">Response "
                  "packet</span> · ");
    local_time(out, text_of(packet, "created_at"));
    buf_text(out, "</p>\n<h1>");
    if (text_of(facility, "name"))
        html_text(out, text_of(facility, "name"));
    else
        buf_format(out, "%.6f, %.6f", lon, lat);
    buf_text(out, "</h1>\n<p class=\"where\">");
    html_text(out, text_of(facility, "address"));
    buf_format(out, " <span class=\"nowrap\">%.6f, %.6f</span>", lon, lat);
    if (text_of(facility, "number")) {
        buf_text(out, " · ");
        html_text(out, text_of(facility, "number"));
    }
    buf_text(out, "</p>\n</header>\n");
}

static void write_warning(struct buf *out, value *warning, const char *extra)
{
    const char *severity = text_of(warning, "severity");
    bool danger = severity && !strcmp(severity, "danger");
    bool info = severity && !strcmp(severity, "info");
    struct buf class = {.max = 64};
    buf_format(&class, "%s%s", danger ? "danger" : info ? "info" : "warn", extra);
    both(out, "p", buf_string(&class), warning);
    buf_free(&class);
}

static void write_wind(struct buf *out, value *incident)
{
    static const char *const zh[] = {"北", "東北", "東", "東南", "南", "西南", "西", "西北"};
    static const char *const en[] = {"N", "NE", "E", "SE", "S", "SW", "W", "NW"};
    double from, speed;
    buf_text(out, "<div class=\"wind\">");
    if (!json_in_number(&from, json_in_get(incident, "wind_from_deg"))) {
        buf_text(out,
                 "<p>風向不明 <span class=\"en\" lang=\"en\">Wind not known</span></p></div>\n");
        return;
    }
    int sector = (int)floor(fmod(from + 22.5, 360.0) / 45.0);
    buf_format(out,
               "<svg viewBox=\"-50 -50 100 100\" width=\"72\" height=\"72\" role=\"img\" "
               "aria-label=\"wind from %.0f degrees\"><circle r=\"47\" fill=\"none\" "
               "stroke=\"#333\" stroke-width=\"2\"/><text y=\"-32\" text-anchor=\"middle\" "
               "font-size=\"15\">N</text><path transform=\"rotate(%.1f)\" fill=\"#111\" d=\"M0 34 "
               "-13 10 -4 13 -4 -28 4 -28 4 13 13 10z\"/></svg>",
               from, from);
    buf_format(
        out,
        "<p><strong>%s風，自 %.0f° 吹來</strong> <span class=\"en\" lang=\"en\">Wind from %s, "
        "%.0f°</span>",
        zh[sector], from, en[sector], from);
    if (json_in_number(&speed, json_in_get(incident, "wind_speed_ms")))
        buf_format(out, "<br>%.1f m/s", speed);
    buf_text(out, "</p></div>\n");
}

static void write_distances(struct buf *out, value *packet)
{
    value *distances = json_in_get(packet, "distances");
    double isolation = 0, downwind;
    bool at_least = false;
    json_in_number(&isolation, json_in_get(distances, "isolation_m"));
    json_in_bool(&at_least, json_in_get(distances, "at_least"));
    buf_text(out, "<div class=\"distances\">\n<div class=\"distance isolate\"><span>全周隔離 <span "
                  "class=\"en\" lang=\"en\">Isolate all around</span></span><strong>");
    number(out, isolation);
    buf_text(out, " m</strong></div>\n<div class=\"distance protect\"><span>下風保護 <span "
                  "class=\"en\" lang=\"en\">Protect downwind</span></span><strong>");
    if (json_in_number(&downwind, json_in_get(distances, "downwind_m"))) {
        buf_text(out, at_least ? "≥ " : "");
        number(out, downwind);
        buf_text(out, " m");
    } else {
        buf_text(out, "—");
    }
    buf_text(out, "</strong></div>\n</div>\n");
    write_wind(out, json_in_get(packet, "incident"));
    both(out, "p", "how", json_in_get(distances, "text"));
    both(out, "p", "estimate", json_in_get(packet, "planning_estimate"));
}

void packet_page_diamond(struct buf *out, const int nfpa[3], const char *special)
{
    static const struct {
        const char *points, *fill, *ink;
        int x, y;
    } cells[] = {
        {"26,26 50,50 26,74 2,50", "#1f5fbf", "#fff", 26, 58},  /* health, left */
        {"50,2 74,26 50,50 26,26", "#c62828", "#fff", 50, 34},  /* flammability, top */
        {"74,26 98,50 74,74 50,50", "#ffd600", "#000", 74, 58}, /* instability, right */
        {"50,50 74,74 50,98 26,74", "#fff", "#000", 50, 81},    /* special, bottom */
    };
    buf_text(out, "<svg class=\"nfpa\" viewBox=\"0 0 100 100\" width=\"64\" height=\"64\" "
                  "role=\"img\" aria-label=\"NFPA 704\">");
    for (int i = 0; i < 4; i++) {
        buf_format(out,
                   "<polygon points=\"%s\" fill=\"%s\" stroke=\"#000\" stroke-width=\"2\"/><text "
                   "x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-size=\"%d\" font-weight=\"700\" "
                   "fill=\"%s\">",
                   cells[i].points, cells[i].fill, cells[i].x, cells[i].y, i == 3 ? 18 : 24,
                   cells[i].ink);
        if (i == 3)
            html_text(out, special);
        else if (nfpa[i] >= 0)
            buf_format(out, "%d", nfpa[i]);
        else
            buf_char(out, '?');
        buf_text(out, "</text>");
    }
    buf_text(out, "</svg>");
}

static void write_diamond(struct buf *out, value *substance)
{
    static const char *const keys[] = {"health", "flammability", "instability"};
    value *nfpa = json_in_get(substance, "nfpa");
    int digits[3];
    for (int i = 0; i < 3; i++) {
        int64_t digit = -1;
        if (!json_in_integer(&digit, json_in_get(nfpa, keys[i])) || digit < 0 || digit > 4)
            digit = -1;
        digits[i] = (int)digit;
    }
    packet_page_diamond(out, digits, text_of(nfpa, "special"));
}

static void write_flags(struct buf *out, value *substance)
{
    bool yes;
    if (json_in_bool(&yes, json_in_get(substance, "water_reactive")) && yes)
        buf_text(out, "<span class=\"flag\">遇水反應 reacts with water</span> ");
    if (json_in_bool(&yes, json_in_get(substance, "toxic_by_inhalation")) && yes)
        buf_text(out, "<span class=\"flag\">吸入致命 deadly to breathe</span> ");
    if (json_in_bool(&yes, json_in_get(substance, "linked")) && !yes)
        buf_text(out, "<span class=\"flag plain\">未連結至已知物質 not linked to a known "
                      "substance</span> ");
    if (json_in_bool(&yes, json_in_get(substance, "overdue")) && yes)
        buf_text(out, "<span class=\"flag plain\">資料過期 old data</span> ");
}

static void write_codes(struct buf *out, value *s)
{
    static const char *const codes[][2] = {{"cas", "CAS "}, {"un", "UN "}, {"erg_guide", "ERG "}};
    buf_text(out, "<span class=\"codes\">");
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        const char *code = text_of(s, codes[i][0]);
        if (!code)
            continue;
        buf_text(out, codes[i][1]);
        html_text(out, code);
        buf_char(out, ' ');
    }
    value *pictograms = json_in_get(s, "ghs_pictograms");
    for (size_t i = 0; i < json_in_count(pictograms); i++) {
        html_text(out, json_in_text(json_in_at(pictograms, i)));
        buf_char(out, ' ');
    }
    buf_text(out, "</span>");
}

static void write_amount(struct buf *out, value *s)
{
    double kg;
    buf_text(out, "<td class=\"amount\"><strong>");
    if (json_in_number(&kg, json_in_get(s, "quantity_kg"))) {
        if (kg >= 10)
            number(out, kg);
        else
            buf_format(out, "%.3g", kg);
        buf_text(out, " kg");
    } else {
        buf_text(out, "無資料 no data");
    }
    buf_text(out, "</strong><span class=\"small\">");
    html_text(out, json_in_text(json_in_path(s, "behaviour", "zh")));
    buf_char(out, ' ');
    html_text(out, json_in_text(json_in_path(s, "behaviour", "en")));
    buf_text(out, "</span><span class=\"small\">");
    html_text(out, json_in_text(json_in_path(s, "period", "start")));
    buf_text(out, " – ");
    html_text(out, json_in_text(json_in_path(s, "period", "end")));
    buf_text(out, "</span><span class=\"small\">");
    html_text(out, text_of(s, "source"));
    buf_text(out, "</span></td>");
}

static void write_substance(struct buf *out, value *s, bool amount)
{
    buf_text(out, "<tr><td>");
    write_diamond(out, s);
    buf_text(out, "</td><td><strong>");
    html_text(out, text_of(s, "name_zh"));
    buf_text(out, "</strong> <span class=\"en\" lang=\"en\">");
    html_text(out, text_of(s, "name_en"));
    buf_text(out, "</span>");
    write_codes(out, s);
    write_flags(out, s);
    buf_text(out, "</td>");
    if (amount)
        write_amount(out, s);
    buf_text(out, "</tr>\n");
}

static void write_substances(struct buf *out, value *packet)
{
    value *named = json_in_path(packet, "incident", "substance");
    value *list = json_in_get(packet, "substances");
    size_t count = json_in_count(list);
    if (json_in_is_object(named)) {
        head(out, "洩漏物質", "Substance of the incident");
        buf_text(out, "<table>\n");
        write_substance(out, named, false);
        buf_text(out, "</table>\n");
    }
    head(out, "場內化學物質", "Substances here");
    if (!count) {
        buf_text(out,
                 "<p class=\"warn\">無資料 <span class=\"en\" lang=\"en\">No data</span></p>\n");
        return;
    }
    buf_text(out, "<table>\n<thead><tr><th scope=\"col\">NFPA</th><th scope=\"col\">物質 "
                  "substance</th><th scope=\"col\">數量、期間、來源 quantity, period, "
                  "source</th></tr></thead>\n");
    for (size_t i = 0; i < count; i++)
        write_substance(out, json_in_at(list, i), true);
    buf_text(out, "</table>\n");
}

static void write_actions(struct buf *out, value *packet)
{
    value *actions = json_in_get(packet, "actions");
    if (!json_in_is_object(actions))
        return;
    head(out, "應變行動", "What to do");
    buf_text(out, "<p class=\"small\">");
    html_text(out, text_of(actions, "edition"));
    buf_text(out, " 指南 guide ");
    html_text(out, text_of(actions, "guide"));
    buf_text(out, " · ");
    html_text(out, json_in_text(json_in_path(actions, "title", "zh")));
    buf_char(out, ' ');
    html_text(out, json_in_text(json_in_path(actions, "title", "en")));
    buf_text(out, "</p>\n<dl>\n");
    value *topics = json_in_get(actions, "topics");
    for (size_t i = 0; i < json_in_count(topics); i++) {
        value *topic = json_in_at(topics, i);
        both(out, "dt", "topic", json_in_get(topic, "title"));
        both(out, "dd", "topic", topic);
    }
    buf_text(out, "</dl>\n");
}

static void write_inside(struct buf *out, value *packet)
{
    value *list = json_in_get(packet, "inside");
    int64_t total = 0;
    json_in_integer(&total, json_in_get(packet, "inside_total"));
    head(out, "區內廠場", "Facilities inside the zones");
    buf_format(out, "<p>共 %lld 處 <span class=\"en\" lang=\"en\">%lld in all</span>",
               (long long)total, (long long)total);
    if ((size_t)total > json_in_count(list))
        buf_format(out,
                   "，列出最近 %zu 處 <span class=\"en\" lang=\"en\">(the nearest %zu are "
                   "listed)</span>",
                   json_in_count(list), json_in_count(list));
    buf_text(out, "</p>\n<ol>\n");
    for (size_t i = 0; i < json_in_count(list); i++) {
        value *item = json_in_at(list, i);
        const char *zone = text_of(item, "zone");
        double distance = 0;
        bool isolate = zone && !strcmp(zone, "isolation");
        json_in_number(&distance, json_in_get(item, "distance_m"));
        buf_format(out, "<li class=\"%s\">", isolate ? "isolate" : "protect");
        html_text(out, text_of(item, "name"));
        buf_text(out, " <span class=\"small\">");
        number(out, distance);
        buf_text(out, isolate ? " m · 隔離區 isolation</span></li>\n"
                              : " m · 下風保護區 protective action</span></li>\n");
    }
    buf_text(out, "</ol>\n");
}

static void write_note(struct buf *out, value *packet)
{
    const char *note = json_in_text(json_in_path(packet, "incident", "note"));
    if (!note)
        return;
    buf_text(out, "<p class=\"note\">");
    html_text(out, note);
    buf_text(out, "</p>\n");
}

static void write_foot(struct buf *out, value *packet)
{
    int64_t atlas = 0;
    json_in_integer(&atlas, json_in_get(packet, "atlas"));
    buf_text(out, "<footer>\n<p>");
    html_text(out, text_of(json_in_get(packet, "distances"), "edition"));
    buf_format(out, " · atlas %lld · packet ", (long long)atlas);
    html_text(out, text_of(packet, "id"));
    buf_text(out, "</p>\n<p class=\"noprint\"><a href=\"");
    html_text(out, text_of(packet, "id"));
    buf_text(out, ".json\">JSON</a> · <a href=\"");
    html_text(out, text_of(packet, "id"));
    buf_text(out, ".geojson\">GeoJSON</a></p>\n</footer>\n");
}

bool packet_page(struct buf *out, const char *json, size_t len, struct error *err)
{
    struct json_in *document = json_in_parse(json, len, err);
    if (!document)
        return error_set(err, ERROR_INTERNAL, "a stored packet cannot be read");
    value *packet = json_in_root(document);
    value *warnings = json_in_get(packet, "warnings");
    html_begin(out, "應變包裹 Response packet", "zh-Hant-TW", "../../../packet.css");
    buf_text(out, "<main>\n");
    write_warning(out, json_in_at(warnings, 0), " first");
    write_title(out, packet);
    write_distances(out, packet);
    write_note(out, packet);
    for (size_t i = 1; i < json_in_count(warnings); i++)
        write_warning(out, json_in_at(warnings, i), "");
    write_substances(out, packet);
    write_actions(out, packet);
    write_inside(out, packet);
    buf_text(out, "</main>\n");
    write_foot(out, packet);
    html_end(out);
    json_in_free(document);
    return true;
}
