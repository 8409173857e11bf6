/* hazatlas review: doubtful matches listed, confirmed, refused. */
#include <stdio.h>
#include <string.h>

#include "gis/text.h"
#include "import/review.h"
#include "server/command_job.h"
#include "server/review_json.h"

enum { PAGE = 500 /* rows asked for at once */ };

static void print_one(const struct review *r)
{
    const char *words = review_rule_en(r->rule);
    printf("%lld  %s  %s  %.2f  %s\n    %s\n    %s\n", (long long)r->id, r->subject, r->status,
           r->confidence, words ? words : r->rule, r->left_key, r->right_key);
    if (r->decided_by)
        printf("    by %s, %s%s%s\n", r->decided_by, r->decided_at ? r->decided_at : "reopened",
               r->note ? ": " : "", r->note ? r->note : "");
}

static void print_json(const struct review *r)
{
    struct buf b = {0};
    struct json j = {.out = &b};
    review_json_write(&j, NULL, r);
    printf("%s\n", buf_string(&b));
    buf_free(&b);
}

static bool list(const struct command_line *line, struct db *db, struct error *err)
{
    const char *status = command_value(line, "status");
    struct review_filter filter = {.subject = command_value(line, "subject"),
                                   .status = strcmp(status, "all") != 0 ? status : NULL,
                                   .limit = PAGE};
    struct review_page page;
    struct review r;
    do {
        if (!review_list(&page, &filter, db, err))
            return false;
        for (int i = 0; i < page.count; i++) {
            review_get(&r, &page, i);
            if (command_value(line, "json"))
                print_json(&r);
            else
                print_one(&r);
            filter.after = r.id;
        }
        bool more = page.more;
        review_page_free(&page);
        if (!more)
            break;
    } while (true);
    return true;
}

static bool decide(const struct command_line *line, int verdict, struct db *db, struct error *err)
{
    struct review_decision d = {.verdict = (enum review_verdict)verdict,
                                .by = command_value(line, "by"),
                                .note = command_value(line, "note")};
    struct review_outcome out;
    if (!text_to_i64(&d.id, line->operands[1]) || d.id <= 0)
        return error_set(err, ERROR_INPUT, "there is no review \"%.40s\"", line->operands[1]);
    if (!review_decide(&out, &d, db, err))
        return false;
    static const char *const done[] = {"confirmed", "refused", "open again"};
    printf("Review %lld is %s (batch %lld).\n", (long long)d.id, done[verdict],
           (long long)out.batch);
    if (out.merged)
        puts("The two facilities are one now.");
    if (out.parted)
        puts("They are two facilities again.");
    if (out.changed)
        printf("%lld holdings changed their substance.\n", (long long)out.changed);
    return true;
}

static bool plain(const char *text)
{
    for (; text && *text; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7f)
            return false;
    return true;
}

/* -1 = list, -2 = no such word. */
static int find_verdict(const char *word)
{
    for (int i = 0; i < REVIEW_VERDICTS; i++)
        if (!strcmp(word, review_verdict_names[i]))
            return i;
    return strcmp(word, "list") != 0 ? -2 : -1;
}

struct job {
    const struct command_line *line;
    int verdict; /* -1 = list */
};

static bool read_job(void *ctx, const struct command_line *line, struct error *err)
{
    struct job *job = ctx;
    int verdict = find_verdict(line->operands[0] ? line->operands[0] : "list");
    (void)err;
    *job = (struct job){line, verdict};
    const char *subject = command_value(line, "subject"), *status = command_value(line, "status");
    const char *by = command_value(line, "by"), *wrong = NULL;
    if (verdict == -2)
        wrong = "list, confirm ID, refuse ID or reopen ID is wanted";
    else if (verdict >= 0 && !line->operands[1])
        wrong = "the number of the review is wanted, as `hazatlas review list` shows it";
    else if (verdict < 0 && line->operands[1])
        wrong = "list takes no number";
    else if (verdict >= 0 && (!by || !*by || strlen(by) > REVIEW_BY_MAX))
        wrong = "--by NAME is wanted: who decides? (at most 80 bytes)";
    else if (!plain(by) || !plain(command_value(line, "note")))
        wrong = "--by and --note must not hold control characters";
    else if (subject && strcmp(subject, "facility") != 0 && strcmp(subject, "substance") != 0)
        wrong = "--subject is facility or substance";
    else if (strcmp(status, "open") != 0 && strcmp(status, "confirmed") != 0 &&
             strcmp(status, "refused") != 0 && strcmp(status, "all") != 0)
        wrong = "--status is open, confirmed, refused or all";
    if (wrong)
        fprintf(stderr, "hazatlas review: %s\n", wrong);
    return !wrong;
}

static bool do_job(void *ctx, struct db *db, struct error *err)
{
    const struct job *job = ctx;
    return job->verdict < 0 ? list(job->line, db, err) : decide(job->line, job->verdict, db, err);
}

static int run(const struct command_line *line)
{
    struct job job;
    return command_job(line, read_job, do_job, &job);
}

static const struct operand operands[] = {
    {"ACTION", "list (without an action too), confirm, refuse or reopen"},
    {"ID", "number of the doubtful match"},
    {NULL, NULL},
};

static const struct option options[] = {
    {.name = "by", .value = "NAME", .about = "who decides (wanted to decide)"},
    {.name = "note", .value = "TEXT", .about = "why"},
    {.name = "subject", .value = "WHAT", .about = "list only facility or substance"},
    {.name = "status",
     .value = "STATUS",
     .fallback = "open",
     .about = "list open, confirmed, refused or all"},
    {.name = "json", .about = "list one JSON object a line, with both sides in detail"},
    COMMAND_DATA_OPTION,
    {.name = NULL},
};

const struct command command_review = {
    .name = "review",
    .summary = "Lists doubtful matches and takes a person's decisions on them",
    .about =
        "Imports join what is certainly the same and put on this list what may be: a person\n"
        "confirms (the two become one) or refuses (they stay or become two). Decisions hold at\n"
        "every later import; each is a batch of its own. reopen takes a decision back.",
    .optional = 2,
    .operands = operands,
    .options = options,
    .run = run,
};
