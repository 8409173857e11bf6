#include "server/threshold_json.h"

#include <stdio.h>
#include <string.h>

#include "server/cells.h"

static const struct {
    const char *zh, *en;
} flag_words[THRESHOLD_FLAGS] = {
    {"此項目沒有管制量（以其他條件判定），未計入，並非 0",
     "the item has no quantity (another test decides): not in the sum, which does not mean 0"},
    {"單位須換算（公升與公斤），但密度不明，未計入",
     "litres and kilograms, and the density is not known: not in the sum"},
    {"氣體之體積，不以液體密度換算，未計入", "a volume of a gas: not in the sum"},
    {"單位無法換算，未計入", "a unit that cannot be converted: not in the sum"},
    {"數量不是單純的數字，未計入", "the quantity is not a plain number: not in the sum"},
    {"混合物總量，不屬於單一物質，未計入",
     "the quantity of a mixture, of no single substance: not in the sum"},
    {"物質符合數個項目，未計入，待人判定",
     "the substance is of several items: not in the sum, a person decides"},
    {"數字過長，無法精確計算", "numbers too long to be reckoned exactly"},
    {"是否為水溶性不明，以較小之管制量計",
     "not known whether it mixes with water: the smaller quantity counts"},
    {"未填期間，視為一直存在", "no period given: taken to hold always"},
    {"名稱不明，不知屬於哪一項目，未計入",
     "a name that no item and no substance bears: not in the sum"},
    {"匯入時有列被留置，未計入：與他列矛盾（補上儲存地點可分別計入），或有欄位讀不懂（修正後再匯入"
     "）",
     "imports kept rows about it aside, not in the sum: they contradict others (a column of places "
     "tells them apart) or something in them could not be read (mend and import them)"},
};

void threshold_json_number(struct json *j, const char *key, const char *decimal, bool exact,
                           const char *fraction)
{
    if (!decimal || !*decimal) {
        json_null(j, key);
        return;
    }
    json_open(j, key, '{');
    json_text(j, "decimal", decimal);
    json_bool(j, "exact", exact);
    if (fraction && *fraction)
        json_text(j, "fraction", fraction);
    json_close(j, '}');
}

void threshold_json_decimal(struct json *j, const char *key, const struct decimal *d)
{
    struct buf decimal = {.max = 8192}, fraction = {.max = 8192};
    bool exact = decimal_write(&decimal, d);
    decimal_write_fraction(&fraction, d);
    threshold_json_number(j, key, buf_string(&decimal), exact, buf_string(&fraction));
    buf_free(&decimal);
    buf_free(&fraction);
}

void threshold_json_rule(struct json *j, const struct threshold_rule *rule)
{
    struct buf text = {.max = 8192};
    json_text(j, "category", rule->category);
    json_text(j, "category_zh", rule->category_zh);
    json_text(j, "item_no", rule->item_no);
    json_text(j, "item_zh", rule->item_zh);
    json_text(j, "item_en", rule->item_en);
    if (rule->water_soluble < 0)
        json_null(j, "water_soluble");
    else
        json_bool(j, "water_soluble", rule->water_soluble);
    if (rule->has_quantity)
        decimal_write(&text, &rule->quantity);
    json_text(j, "threshold", rule->has_quantity ? buf_string(&text) : NULL);
    json_text(j, "unit", *rule->unit ? rule->unit : NULL);
    if (rule->test)
        json_text(j, "test", rule->test);
    if (rule->reporting)
        json_text(j, "reporting", rule->reporting);
    buf_free(&text);
}

void threshold_json_flags(struct json *j, const char *key, unsigned flags)
{
    json_open(j, key, '[');
    for (int i = 0; i < THRESHOLD_FLAGS; i++)
        if (flags & 1u << i)
            json_text(j, NULL, threshold_flag_names[i]);
    json_close(j, ']');
}

void threshold_json_flag_words(struct json *j, const char *key, unsigned flags)
{
    json_open(j, key, '{');
    for (int i = 0; i < THRESHOLD_FLAGS; i++)
        if (flags & 1u << i)
            json_both(j, threshold_flag_names[i], flag_words[i].zh, flag_words[i].en);
    json_close(j, '}');
}

void threshold_flag_list(char *out, size_t size, unsigned flags)
{
    size_t len = 0;
    out[0] = '\0';
    for (int i = 0; i < THRESHOLD_FLAGS && len < size; i++)
        if (flags & 1u << i)
            len += (size_t)snprintf(out + len, size - len, "%s%s", len ? ";" : "",
                                    threshold_flag_names[i]);
}

void threshold_json_definition(struct json *j, const char *key, enum threshold_compare compare)
{
    if (compare == THRESHOLD_GE)
        json_both(
            j, key,
            "任一時間，任一項目（全場所加總）達管制量，或各項目當時之量 ÷ 管制量加總 ≥ 1，應申報",
            "report where at any moment an item, all places added, reaches its quantity, or "
            "where the sum of the items' shares (quantity held then / regulated quantity) is "
            "at least 1");
    else
        json_both(
            j, key,
            "任一時間，任一項目（全場所加總）達管制量，或各項目當時之量 ÷ 管制量加總 > 1，應申報",
            "report where at any moment an item, all places added, reaches its quantity, or "
            "where the sum of the items' shares (quantity held then / regulated quantity) is "
            "more than 1");
}
