#include <math.h>
#include <string.h>

#include "gis/text.h"
#include "import/importers.h"
#include "import/link.h"
#include "import/value.h"
#include "sql.h"

enum {
    CAS,
    NAME_ZH,
    NAME_EN,
    SYNONYMS_ZH,
    SYNONYMS_EN,
    UN,
    GUIDE,
    HEALTH,
    FLAMMABILITY,
    INSTABILITY,
    SPECIAL,
    PICTOGRAMS,
    SIGNAL,
    STATEMENTS,
    WATER_REACTIVE,
    GASES,
    INHALATION,
    STATE,
    DENSITY,
    ITEM_NO,
    CITATION,
    FIELDS
};
enum { NAME_MAX_BYTES = 800, TEXT_MAX_BYTES = 8000, HASH_BYTES = 16 };

static const struct import_field fields[] = {
    [CAS] = {"cas", "CAS No.|CAS號碼|CAS編號|化學文摘社登記號碼|cas_no|casno|CAS NO", "CAS number",
             true},
    [NAME_ZH] = {"name_zh", "中文名稱|物質中文名稱|中文名|chinese_name", "name in Chinese", false},
    [NAME_EN] = {"name_en", "英文名稱|物質英文名稱|英文名|english_name", "name in English", false},
    [SYNONYMS_ZH] = {"synonyms_zh", "中文別名|中文同義名", "other Chinese names, '|' between",
                     false},
    [SYNONYMS_EN] = {"synonyms_en", "英文別名|英文同義名", "other English names, '|' between",
                     false},
    [UN] = {"un", "聯合國編號|UN編號|UN No.|un_no", "UN number, 4 digits", false},
    [GUIDE] = {"erg_guide", "ERG|處理原則|guide", "guide of the Emergency Response Guidebook",
               false},
    [HEALTH] = {"nfpa_health", "NFPA健康", "NFPA 704 health, 0-4", false},
    [FLAMMABILITY] = {"nfpa_flammability", "NFPA易燃", "NFPA 704 flammability, 0-4", false},
    [INSTABILITY] = {"nfpa_instability", "NFPA反應|nfpa_reactivity", "NFPA 704 instability, 0-4",
                     false},
    [SPECIAL] = {"nfpa_special", "NFPA特殊", "NFPA 704 special: W, OX, SA", false},
    [PICTOGRAMS] = {"ghs_pictograms", "GHS圖式", "GHS01-GHS09, '|' between", false},
    [SIGNAL] = {"ghs_signal", "GHS警示語", "Danger or Warning", false},
    [STATEMENTS] = {"ghs_h", "GHS危害警告", "GHS statements, e.g. H225, '|' between", false},
    [WATER_REACTIVE] = {"water_reactive", "禁水性", "yes or no; empty = not known", false},
    [GASES] = {"water_reactive_gases", "遇水釋出氣體", "gases given with water", false},
    [INHALATION] = {"toxic_by_inhalation", "吸入毒性|TIH", "yes or no; empty = not known", false},
    [STATE] = {"physical_state", "物理狀態", "gas, liquid or solid at 20 °C", false},
    [DENSITY] = {"density_kg_l", "密度", "density, kg per litre", false},
    [ITEM_NO] = {"toxic_item_no", "列管編號", "number on the list of toxic chemical substances",
                 false},
    [CITATION] = {"source", "資料來源|citation|reference", "where the facts of the row come from",
                  false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

/* Adds "a|b" as an array literal and its tab; empty text = no elements. */
static void add_array(struct buf *b, const char *text)
{
    struct buf a = {.max = 1 << 20};
    buf_char(&a, '{');
    for (const char *p = text ? text : ""; *p;) {
        size_t len = strcspn(p, "|");
        if (len) {
            buf_text(&a, a.len > 1 ? ",\"" : "\"");
            for (size_t i = 0; i < len; i++) {
                if (p[i] == '"' || p[i] == '\\')
                    buf_char(&a, '\\');
                buf_char(&a, p[i]);
            }
            buf_char(&a, '"');
        }
        p += len + (p[len] == '|');
    }
    buf_char(&a, '}');
    stage_bytes(b, a.data, a.len);
    buf_free(&a);
}

static void add_name(struct json *j, const char *language, const char *name, size_t len)
{
    struct buf key = {.max = 1 << 16};
    text_name_key(&key, name, len);
    if (key.len && len <= NAME_MAX_BYTES) {
        json_open(j, NULL, '{');
        json_text(j, "language", language);
        json_text_n(j, "name", name, len);
        json_text_n(j, "key", key.data, key.len);
        json_close(j, '}');
    }
    buf_free(&key);
}

static void add_names(struct json *j, const char *language, const char *list)
{
    for (const char *p = list ? list : ""; *p;) {
        size_t len = strcspn(p, "|");
        size_t from = strspn(p, " \t"), to = len;
        while (to > from && (p[to - 1] == ' ' || p[to - 1] == '\t'))
            to--;
        if (to > from)
            add_name(j, language, p + from, to - from);
        p += len + (p[len] == '|');
    }
}

struct substance {
    char cas[VALUE_CAS_MAX], un[5], item_no[VALUE_NUMBER_MAX];
    const char *text[FIELDS];
    int64_t nfpa[3];                /* -1 = not known */
    int water_reactive, inhalation; /* -1 = not known */
    double density;                 /* 0 = not known */
};

static int take_yes(struct import_run *run, int field)
{
    int yes = -1;
    const char *text = import_value(run, field);
    if (!text || value_yes(&yes, text))
        return text ? yes : -1;
    import_note(run, field, "field_ignored", "neither yes nor no");
    return -1;
}

/* Every name and code that the substance is found by, as JSON in run->json. */
static void write_names(struct import_run *run, const struct substance *s)
{
    struct json j = {.out = &run->json};
    char code[16] = "UN";
    buf_clear(&run->json);
    json_open(&j, NULL, '[');
    add_name(&j, "zh", s->text[NAME_ZH], strlen(s->text[NAME_ZH]));
    add_name(&j, "en", s->text[NAME_EN], strlen(s->text[NAME_EN]));
    add_names(&j, "zh", s->text[SYNONYMS_ZH]);
    add_names(&j, "en", s->text[SYNONYMS_EN]);
    add_name(&j, "code", s->cas, strlen(s->cas));
    text_copy(code + 2, sizeof code - 2, s->un);
    if (*s->un) {
        add_name(&j, "code", code, strlen(code));
        add_name(&j, "code", s->un, strlen(s->un));
    }
    if (*s->item_no)
        add_name(&j, "code", s->item_no, strlen(s->item_no));
    json_close(&j, ']');
}

/* False: the row is rejected. */
static bool take_fields(struct substance *s, struct import_run *run)
{
    const char *text = import_value(run, CAS);
    if (!text || !value_cas(s->cas, text)) {
        import_reject(run, CAS, text ? "cas_invalid" : "cas_missing",
                      text ? "not a CAS number (the check digit is wrong)"
                           : "the row has no CAS number");
        return false;
    }
    for (int i = NAME_ZH; i < FIELDS; i++)
        s->text[i] = import_short(run, i, i <= NAME_EN ? NAME_MAX_BYTES : TEXT_MAX_BYTES);
    if (!s->text[NAME_ZH] && !s->text[NAME_EN]) {
        import_reject(run, NAME_ZH, "name_missing", "the substance has no name");
        return false;
    }
    if (!s->text[NAME_ZH])
        s->text[NAME_ZH] = s->text[NAME_EN];
    if (!s->text[NAME_EN])
        s->text[NAME_EN] = s->text[NAME_ZH];
    if (s->text[UN] && !value_digits(s->un, 4, s->text[UN])) {
        *s->un = '\0';
        import_note(run, UN, "field_ignored", "not a UN number (4 digits)");
    }
    if (s->text[ITEM_NO] && !value_number(s->item_no, s->text[ITEM_NO])) {
        *s->item_no = '\0';
        import_note(run, ITEM_NO, "field_ignored", "not a number of the list");
    }
    for (int i = 0; i < 3; i++) {
        text = s->text[HEALTH + i];
        s->nfpa[i] = -1;
        if (text && !(value_int(&s->nfpa[i], text) && s->nfpa[i] >= 0 && s->nfpa[i] <= 4)) {
            s->nfpa[i] = -1;
            import_note(run, HEALTH + i, "field_ignored", "not 0 to 4");
        }
    }
    s->water_reactive = take_yes(run, WATER_REACTIVE);
    s->inhalation = take_yes(run, INHALATION);
    text = s->text[DENSITY];
    if (text && !(value_double(&s->density, text) && s->density > 0 && s->density < 100)) {
        s->density = 0;
        import_note(run, DENSITY, "field_ignored", "not a density in kg per litre");
    }
    return true;
}

static void add_yes(struct buf *b, int yes)
{
    stage_text(b, yes < 0 ? NULL : yes ? "t" : "f");
}

static void row(struct import_run *run)
{
    struct substance s = {.density = 0};
    struct buf *b = &run->stage.rows;
    if (!take_fields(&s, run))
        return;
    write_names(run, &s);
    stage_i64(b, (int64_t)run->row->line);
    stage_text(b, s.cas);
    size_t from = b->len; /* the hash is of what follows */
    stage_text(b, s.text[NAME_ZH]);
    stage_text(b, s.text[NAME_EN]);
    stage_text(b, *s.un ? s.un : NULL);
    stage_text(b, s.text[GUIDE]);
    for (int i = 0; i < 3; i++)
        stage_f64(b, s.nfpa[i] < 0 ? NAN : (double)s.nfpa[i]);
    stage_text(b, s.text[SPECIAL]);
    add_array(b, s.text[PICTOGRAMS]);
    stage_text(b, s.text[SIGNAL]);
    add_array(b, s.text[STATEMENTS]);
    add_yes(b, s.water_reactive);
    stage_text(b, s.text[GASES]);
    add_yes(b, s.inhalation);
    stage_text(b, s.text[STATE]);
    stage_f64(b, s.density > 0 ? s.density : NAN);
    stage_text(b, *s.item_no ? s.item_no : NULL);
    stage_text(b, s.text[CITATION] ? s.text[CITATION] : run->request->source);
    stage_bytes(b, run->json.data, run->json.len);
    struct sha256 hash;
    unsigned char digest[SHA256_BYTES];
    sha256_begin(&hash);
    if (!b->overflow)
        sha256_add(&hash, b->data + from, b->len - from);
    sha256_end(digest, &hash);
    buf_text(b, "\\\\x");
    stage_hex(b, digest, HASH_BYTES);
    stage_bytes(b, run->raw.data, run->raw.len);
    stage_end(b);
}

static bool publish(struct import_run *run, struct error *err)
{
    struct import_report *report = run->report;
    struct db_value source = db_i64(run->source), batch = db_i64(run->batch);
    int64_t repeated, relinked;
    if (!import_sql(NULL, run, &SQL_import_substances_plan, err, DB_NONE) ||
        !import_sql(NULL, run, &SQL_import_substances_duplicates, err, DB_NONE) ||
        !import_count(&repeated, run, &SQL_import_substances_repeated, err, DB_NONE))
        return false;
    struct db_result *r = db_run(run->db, SQL_import_substances_counts.text, err, DB_NONE);
    if (!r)
        return false;
    report->rows_repeated = (uint64_t)repeated;
    report->rows_new = (uint64_t)db_get_i64(r, 0, 0);
    report->rows_changed = (uint64_t)db_get_i64(r, 0, 1);
    report->rows_unchanged = (uint64_t)db_get_i64(r, 0, 2);
    db_done(r);
    if (!report->rows_new && !report->rows_changed)
        return true;
    if (report->rows_new &&
        !import_sql(NULL, run, &SQL_import_substances_insert, err, DB_ARGS(source, batch)))
        return false;
    if (report->rows_changed &&
        (!import_sql(NULL, run, &SQL_import_substances_names_gone, err, DB_ARGS(source)) ||
         !import_sql(NULL, run, &SQL_import_substances_update, err, DB_ARGS(source, batch))))
        return false;
    if (!import_sql(NULL, run, &SQL_import_substances_names, err, DB_NONE) ||
        !link_all_holdings(&relinked, run->batch, run->db, err))
        return false;
    import_remark(run, "stored holdings linked anew", (uint64_t)relinked);
    return true;
}

const struct importer importer_substances = {
    .kind = {.name = "substances",
             .title_zh = "化學物質",
             .title_en = "Substances",
             .about = "chemicals by CAS number with names, UN, ERG guide, NFPA 704, GHS",
             .fields = fields},
    .stage = &SQL_import_substances_stage,
    .table = "stage_substance",
    .copy = "COPY stage_substance FROM STDIN",
    .row = row,
    .publish = publish,
    .grows = "substance, substance_name, holding",
};
