#include <ctype.h>
#include <string.h>

#include "gis/text.h"
#include "import/cas.h"
#include "import/importers.h"
#include "import/substances.h"
#include "import/value.h"
#include "sql.h"

enum {
    CAS,
    NAME_ZH,
    NAME_EN,
    SYNONYMS_ZH,
    SYNONYMS_EN,
    SOURCE_NAMES,
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
    [CAS] = {"cas", "CAS No.|CAS號碼|CAS編號|化學文摘社登記號碼|cas_no|casno|CAS NO",
             "CAS number, also damaged; a row without one is found by its code or name", false},
    [NAME_ZH] = {"name_zh", "中文名稱|物質中文名稱|中文名|chinese_name", "name in Chinese", false},
    [NAME_EN] = {"name_en", "英文名稱|物質英文名稱|英文名|english_name", "name in English", false},
    [SYNONYMS_ZH] = {"synonyms_zh", "中文別名|中文同義名", "other Chinese names, '|' between",
                     false},
    [SYNONYMS_EN] = {"synonyms_en", "英文別名|英文同義名", "other English names, '|' between",
                     false},
    [SOURCE_NAMES] = {"source_names", "來源名稱|申報名稱|別名|synonyms|aliases",
                      "what sources call it, '|' between", false},
    [UN] = {"un", "聯合國編號|UN編號|UN No.|un_no", "UN number, 4 digits", false},
    [GUIDE] = {"erg_guide", "ERG|處理原則|guide", "guide of the Emergency Response Guidebook",
               false},
    [HEALTH] = {"nfpa_health", "NFPA健康|health", "NFPA 704 health, 0-4", false},
    [FLAMMABILITY] = {"nfpa_flammability", "NFPA易燃|flammability", "NFPA 704 flammability, 0-4",
                      false},
    [INSTABILITY] = {"nfpa_instability", "NFPA反應|nfpa_reactivity|instability|reactivity",
                     "NFPA 704 instability, 0-4", false},
    [SPECIAL] = {"nfpa_special", "NFPA特殊|special", "NFPA 704 special: W, OX, SA", false},
    [PICTOGRAMS] = {"ghs_pictograms", "GHS圖式|pictograms", "GHS01-GHS09, '|' between", false},
    [SIGNAL] = {"ghs_signal", "GHS警示語|signal_word", "Danger or Warning", false},
    [STATEMENTS] = {"ghs_h", "GHS危害警告|classification_h",
                    "GHS statements, e.g. H225, '|' between", false},
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

/* The next of a list of texts between '|' or ';'; NULL = no more. */
static const char *next_text(size_t *len, const char **list)
{
    while (*list && **list) {
        const char *text = *list;
        size_t all = strcspn(text, "|;");
        *list = text + all + (text[all] != '\0');
        while (all && isspace((unsigned char)*text))
            text++, all--;
        while (all && isspace((unsigned char)text[all - 1]))
            all--;
        *len = all;
        if (all)
            return text;
    }
    return NULL;
}

/* language NULL = zh where the name has letters past ASCII. */
static void add_names(struct json *j, const char *language, const char *list)
{
    size_t len;
    for (const char *name; (name = next_text(&len, &list));) {
        size_t ascii = 0;
        while (ascii < len && (unsigned char)name[ascii] < 0x80)
            ascii++;
        add_name(j, language ? language : ascii < len ? "zh" : "en", name, len);
    }
}

struct substance {
    char cas[VALUE_CAS_MAX], un[5], item_no[VALUE_NUMBER_MAX];
    const char *text[FIELDS];
    int64_t nfpa[3];                /* -1 = not known */
    int water_reactive, inhalation; /* -1 = not known */
    double density;                 /* 0 = not known */
    const char *signal, *state;
    bool mended;
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

/* The word that a text means: words are pairs of normal form and word; NULL and a note for others.
 */
static const char *take_word(struct import_run *run, int field, const char *const words[][2],
                             const char *text)
{
    struct buf key = {.max = 1 << 16};
    const char *word = NULL;
    if (text)
        text_name_key(&key, text, strlen(text));
    while (key.len && key.data[key.len - 1] == '.')
        key.len--;
    for (int i = 0; text && !word && words[i][0]; i++)
        if (!strcmp(words[i][0], buf_string(&key)))
            word = words[i][1];
    if (text && !word)
        import_note(run, field, "field_ignored", "not one of the words that are known");
    buf_free(&key);
    return word;
}

/* False: the row is rejected. */
static bool take_cas(struct substance *s, struct import_run *run)
{
    const char *text = import_value(run, CAS);
    if (text && !cas_mend(s->cas, &s->mended, text)) {
        import_reject(run, CAS, "cas_invalid", "not a CAS number (the check digit is wrong)");
        return false;
    }
    if (!text && run->strict) {
        import_reject(run, CAS, "cas_missing", "the row has no CAS number");
        return false;
    }
    return true;
}

static void take_values(struct substance *s, struct import_run *run)
{
    static const char *const signals[][2] = {
        {"danger", "Danger"}, {"dgr", "Danger"},   {"危險", "Danger"}, {"warning", "Warning"},
        {"wng", "Warning"},   {"警告", "Warning"}, {NULL, NULL}};
    static const char *const states[][2] = {
        {"gas", "gas"},     {"氣體", "gas"},   {"liquid", "liquid"}, {"液體", "liquid"},
        {"solid", "solid"}, {"固體", "solid"}, {"氣", "gas"},        {"液", "liquid"},
        {"固", "solid"},    {NULL, NULL}};
    if (s->text[UN] && !value_digits(s->un, 4, s->text[UN])) {
        *s->un = '\0';
        import_note(run, UN, "field_ignored", "not a UN number (4 digits)");
    }
    if (s->text[ITEM_NO] && !value_number(s->item_no, s->text[ITEM_NO])) {
        *s->item_no = '\0';
        import_note(run, ITEM_NO, "field_ignored", "not a number of the list");
    }
    for (int i = 0; i < 3; i++) {
        const char *text = s->text[HEALTH + i];
        s->nfpa[i] = -1;
        if (text && !(value_int(&s->nfpa[i], text) && s->nfpa[i] >= 0 && s->nfpa[i] <= 4)) {
            s->nfpa[i] = -1;
            import_note(run, HEALTH + i, "field_ignored", "not 0 to 4");
        }
    }
    s->water_reactive = take_yes(run, WATER_REACTIVE);
    s->inhalation = take_yes(run, INHALATION);
    s->signal = take_word(run, SIGNAL, signals, s->text[SIGNAL]);
    s->state = take_word(run, STATE, states, s->text[STATE]);
    const char *density = s->text[DENSITY];
    if (density && !(value_double(&s->density, density) && s->density > 0 && s->density < 100)) {
        s->density = 0;
        import_note(run, DENSITY, "field_ignored", "not a density in kg per litre");
    }
}

static bool take_fields(struct substance *s, struct import_run *run)
{
    if (!take_cas(s, run))
        return false;
    bool says = false;
    for (int i = NAME_ZH; i < FIELDS; i++) {
        s->text[i] = import_short(run, i, i <= NAME_EN ? NAME_MAX_BYTES : TEXT_MAX_BYTES);
        says = says || (s->text[i] && i != CITATION);
    }
    if (!says || (run->strict && !s->text[NAME_ZH] && !s->text[NAME_EN])) {
        import_reject(run, NAME_ZH, "name_missing",
                      says ? "the substance has no name" : "the row says nothing of a substance");
        return false;
    }
    take_values(s, run);
    return true;
}

/* Tokens of a list as an array: pictograms GHS01-GHS09, or statements (H225, EUH014, H361fd). */
static void write_codes(struct json *j, struct import_run *run, int field, const char *text)
{
    bool pictograms = field == PICTOGRAMS, bad = false;
    if (!text)
        return;
    json_open(j, pictograms ? "ghs_pictograms" : "ghs_h", '[');
    for (const char *s = text; *s;) {
        s += strspn(s, "|;, *\t");
        size_t len = strcspn(s, "|;, *\t"), euh = strncmp(s, "EU", 2) ? 0 : 2;
        const char *digits = pictograms ? s + 3 : s + euh + 1;
        bool good = pictograms
                        ? len == 5 && !strncmp(s, "GHS0", 4) && s[4] >= '1' && s[4] <= '9'
                        : len >= euh + 4 && s[euh] == 'H' && strspn(digits, "0123456789") >= 3;
        if (good)
            json_text_n(j, NULL, s, len);
        bad = bad || (len && !good);
        s += len;
    }
    json_close(j, ']');
    if (bad)
        import_note(run, field, "field_ignored",
                    pictograms ? "not all are pictograms (GHS01-GHS09)"
                               : "not all are hazard statements (H225)");
}

/* The first name of a text that may hold several. */
static void write_first(struct json *j, const char *key, const char *text)
{
    size_t len;
    const char *list = text, *name = next_text(&len, &list);
    if (name)
        json_text_n(j, key, name, len);
}

static void write_known(struct json *j, const char *key, const char *text)
{
    if (text && *text)
        json_text(j, key, text);
}

/* What the row says, by the columns of table substance; what it does not say is left out. */
static void write_facts(struct import_run *run, const struct substance *s, struct buf *out)
{
    static const char *const nfpa[] = {"nfpa_health", "nfpa_flammability", "nfpa_instability"};
    struct json j = {.out = out};
    json_open(&j, NULL, '{');
    write_first(&j, "name_zh", s->text[NAME_ZH]);
    write_first(&j, "name_en", s->text[NAME_EN]);
    write_known(&j, "un", s->un);
    write_known(&j, "erg_guide", s->text[GUIDE]);
    for (int i = 0; i < 3; i++)
        if (s->nfpa[i] >= 0)
            json_int(&j, nfpa[i], s->nfpa[i]);
    write_known(&j, "nfpa_special", s->text[SPECIAL]);
    write_codes(&j, run, PICTOGRAMS, s->text[PICTOGRAMS]);
    write_known(&j, "ghs_signal", s->signal);
    write_codes(&j, run, STATEMENTS, s->text[STATEMENTS]);
    if (s->water_reactive >= 0)
        json_bool(&j, "water_reactive", s->water_reactive);
    write_known(&j, "water_reactive_gases", s->text[GASES]);
    if (s->inhalation >= 0)
        json_bool(&j, "toxic_by_inhalation", s->inhalation);
    write_known(&j, "physical_state", s->state);
    if (s->density > 0)
        json_number(&j, "density_kg_l", s->density, 6);
    write_known(&j, "toxic_item_no", s->item_no);
    json_text(&j, "citation", s->text[CITATION] ? s->text[CITATION] : run->request->source);
    json_close(&j, '}');
}

/* Every name that the substance is found by; its codes are added when it is made. */
static void write_names(const struct substance *s, struct buf *out)
{
    struct json j = {.out = out};
    json_open(&j, NULL, '[');
    add_names(&j, "zh", s->text[NAME_ZH]);
    add_names(&j, "en", s->text[NAME_EN]);
    add_names(&j, "zh", s->text[SYNONYMS_ZH]);
    add_names(&j, "en", s->text[SYNONYMS_EN]);
    add_names(&j, NULL, s->text[SOURCE_NAMES]);
    json_close(&j, ']');
}

static void row(struct import_run *run)
{
    struct substance s = {.density = 0};
    struct buf *b = &run->stage.rows;
    if (!take_fields(&s, run))
        return;
    buf_clear(&run->json);
    write_facts(run, &s, &run->json);
    stage_i64(b, (int64_t)run->row->line);
    stage_text(b, *s.cas ? s.cas : NULL);
    stage_text(b, s.mended ? "t" : "f");
    import_key(b, *s.item_no ? s.item_no : NULL);
    import_key(b, s.text[NAME_ZH]);
    import_key(b, s.text[NAME_EN]);
    size_t from = b->len; /* the hash is of what follows */
    stage_bytes(b, run->json.data, run->json.len);
    buf_clear(&run->json);
    write_names(&s, &run->json);
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
    .publish = substances_publish,
    .grows = "substance, substance_name, substance_record, holding",
};
