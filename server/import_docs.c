#include "server/import_docs.h"

#include <string.h>

#include "gis/crs.h"
#include "import/encoding.h"
#include "import/format.h"
#include "server/html.h"
#include "server/kind_text.h"

/* A heading or sentence in Chinese, then in English. */
static void both(struct buf *out, const char *tag, const char *zh, const char *en)
{
    buf_format(out, "<%s>", tag);
    html_text(out, zh);
    buf_text(out, " <span lang=\"en\">");
    html_text(out, en);
    buf_format(out, "</span></%s>", tag);
}

static void put_names(struct buf *out, const char *const *names)
{
    buf_text(out, "<p>");
    for (int i = 0; names[i]; i++) {
        buf_text(out, i ? ", <code>" : "<code>");
        html_text(out, names[i]);
        buf_text(out, "</code>");
    }
    buf_text(out, "</p>");
}

static void put_title(struct buf *out, const struct import_kind *kind)
{
    html_text(out, kind->title_zh ? kind->title_zh : kind->name);
    buf_text(out, " <span lang=\"en\">");
    html_text(out, kind->title_en ? kind->title_en : kind->name);
    buf_text(out, "</span>");
}

void import_docs_list(struct buf *out)
{
    html_begin(out, "HazAtlas: 匯入檔案 Imports", "zh-Hant-TW", "../api.css");
    buf_text(out, "<main>");
    both(out, "h1", "可匯入的資料", "What can be imported");
    both(
        out, "p",
        "每一種資料都有欄位說明與空白範本。讀不進來的列會另外保存並註明原因，"
        "可下載修正後再匯入；其餘的列照常匯入。",
        "Each kind has its columns described and an empty template. Rows that cannot be used are "
        "kept aside with their reason, to be downloaded, mended and imported; all others come in.");
    buf_text(out, "<ul>");
    for (const struct import_kind *const *k = import_kinds(); *k; k++) {
        buf_text(out, "<li><a href=\"imports/");
        html_text(out, (*k)->name);
        buf_text(out, "\">");
        put_title(out, *k);
        buf_text(out, "</a> <code>");
        html_text(out, (*k)->name);
        buf_text(out, "</code></li>");
    }
    buf_text(out, "</ul>");
    both(out, "h2", "檔案格式", "Formats");
    buf_text(out, "<p>");
    html_text(out, format_endings());
    buf_text(out, "</p>");
    both(out, "h2", "文字編碼", "Encodings");
    both(out, "p", "自動判斷並顯示結果，也可以指定。", "Found out and shown; may be told.");
    put_names(out, encoding_names);
    both(out, "h2", "坐標系統", "Coordinate systems");
    both(out, "p", "由欄名、檔案或數值判斷並顯示結果，也可以指定；落在臺灣以外的位置不會被接受。",
         "Found out by column names, file or values and shown; may be told. Positions outside "
         "Taiwan are not accepted.");
    put_names(out, crs_codes);
    buf_text(out, "<p><a href=\"../api.html\">API</a> · <a href=\"../\">地圖 <span lang=\"en\">The "
                  "map</span></a></p></main>");
    html_end(out);
}

static const char *type_zh(enum import_type type)
{
    switch (type) {
    case IMPORT_TEXT: return "文字";
    case IMPORT_NUMBER: return "數字";
    case IMPORT_INTEGER: return "整數";
    case IMPORT_YEAR: return "年（西元或民國）";
    case IMPORT_DATE: return "日期（西元或民國）";
    case IMPORT_TIME: return "時間（07:26）";
    case IMPORT_CAS: return "CAS 號碼";
    case IMPORT_WORD: return "代碼或名稱";
    case IMPORT_LIST: return "多個，以頓號分隔";
    case IMPORT_YES: return "是／否";
    }
    return "";
}

static void put_part(struct buf *out, const char *text, size_t len)
{
    struct buf part = {.max = 1000};
    buf_add(&part, text, len);
    html_text(out, buf_string(&part));
    buf_free(&part);
}

/* "hospital=醫院|急救醫院;shelter=避難所": a line a word. */
static void put_words(struct buf *out, const char *words)
{
    for (const char *at = words; at && *at;) {
        size_t len = strcspn(at, ";"), value = strcspn(at, "=;");
        buf_text(out, "<br><code>");
        put_part(out, at, value);
        buf_text(out, "</code>");
        for (size_t i = value + 1; i < len;) {
            size_t n = strcspn(at + i, "|;");
            buf_text(out, i == value + 1 ? " " : "、");
            put_part(out, at + i, n);
            i += n + 1;
        }
        at += len + (at[len] == ';');
    }
}

/* What a value may be: its type, limits and words. */
static void put_rule(struct buf *out, const struct import_kind *kind, int i)
{
    const struct import_rule *rule = kind->rules ? &kind->rules[i] : NULL;
    buf_text(out, "<td>");
    if (rule) {
        html_text(out, type_zh(rule->type));
        buf_text(out, " <span lang=\"en\">");
        html_text(out, kind_type(kind, i));
        buf_text(out, "</span>");
        if (rule->least != 0 || rule->most != 0)
            buf_format(out, "<br>%.10g … %.10g", rule->least, rule->most);
        put_words(out, rule->words);
    }
    buf_text(out, "</td>");
}

static void put_field(struct buf *out, const struct import_kind *kind, int i)
{
    const struct import_field *f = &kind->fields[i];
    struct buf label = {.max = 1000};
    kind_label(&label, f);
    buf_text(out, "<tr><th scope=\"row\">");
    html_text(out, buf_string(&label));
    buf_text(out, "<br><code>");
    html_text(out, f->name);
    buf_text(out,
             f->required ? "</code><br>必填 <span lang=\"en\">needed</span></th>" : "</code></th>");
    buf_text(out, "<td lang=\"en\">");
    html_text(out, f->about);
    buf_text(out, "</td>");
    put_rule(out, kind, i);
    buf_text(out, "<td>");
    for (const char *at = f->headers; at && *at;) {
        size_t len = strcspn(at, "|");
        buf_text(out, at == f->headers ? "" : "、");
        struct buf name = {.max = 4096};
        kind_header(&name, at, len);
        put_part(out, name.data, name.len);
        buf_free(&name);
        at += len + (at[len] == '|');
    }
    buf_text(out, "</td></tr>");
    buf_free(&label);
}

static void put_links(struct buf *out, const char *kind)
{
    buf_text(out, "<p><a href=\"../../api/v1/kinds/");
    html_text(out, kind);
    buf_text(out, "/template.csv\">空白範本 CSV</a> · <a lang=\"en\" href=\"../../api/v1/kinds/");
    html_text(out, kind);
    buf_text(out, "/template.csv?language=en\">Template, English</a> · <a href=\"../imports\">"
                  "所有資料種類 <span lang=\"en\">All kinds</span></a></p>");
}

void import_docs_kind(struct buf *out, const struct import_kind *kind)
{
    struct buf title = {.max = 1000};
    buf_format(&title, "HazAtlas: %s %s", kind->title_zh ? kind->title_zh : kind->name,
               kind->title_en ? kind->title_en : "");
    html_begin(out, buf_string(&title), "zh-Hant-TW", "../../api.css");
    buf_free(&title);
    buf_text(out, "<main><h1>");
    put_title(out, kind);
    buf_text(out, "</h1><p lang=\"en\">");
    html_text(out, kind->about);
    buf_text(out, "</p>");
    put_links(out, kind->name);
    buf_text(out, "<table class=\"fields\"><thead><tr>");
    both(out, "th", "欄位", "Field");
    both(out, "th", "意義", "Meaning");
    both(out, "th", "值", "Values");
    both(out, "th", "認得的欄名", "Headers understood");
    buf_text(out, "</tr></thead><tbody>");
    for (int i = 0; kind->fields[i].name; i++)
        put_field(out, kind, i);
    buf_text(out, "</tbody></table>");
    both(out, "p", "欄名的大小寫、全形半形、空白與臺台之別不影響辨識；其他欄名可在匯入時指定對應。",
         "Case, full width, spaces and 臺/台 make no difference; other names can be mapped.");
    buf_text(out, "</main>");
    html_end(out);
}
