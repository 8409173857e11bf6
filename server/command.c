#include "server/command.h"

#include <string.h>

#include "gis/text.h"

static void print_usage(FILE *out, const struct command *c)
{
    fprintf(out, "usage: hazatlas %s", c->name);
    int wanted = -c->optional;
    for (const struct operand *o = c->operands; o && o->name; o++)
        wanted++;
    for (const struct operand *o = c->operands; o && o->name; o++)
        fprintf(out, wanted-- > 0 ? " %s" : " [%s]", o->name);
    fputs(c->options && c->options->name ? " [OPTION]...\n" : "\n", out);
}

static void print_option(FILE *out, const struct option *o)
{
    char left[64];
    snprintf(left, sizeof left, "%s%c%s--%s%s%s", o->letter ? "-" : "", o->letter ? o->letter : ' ',
             o->letter ? ", " : "   ", o->name, o->value ? " " : "", o->value ? o->value : "");
    fprintf(out, "  %-24s %s", left, o->about);
    if (o->fallback)
        fprintf(out, " [%s]", o->fallback);
    fputs(o->repeat ? " (may be repeated)\n" : "\n", out);
}

static void print_help(const struct command *c)
{
    print_usage(stdout, c);
    printf("%s%s%s\n", c->summary ? c->summary : "", c->summary ? ".\n\n" : "", c->about);
    for (const struct operand *o = c->operands; o && o->name; o++)
        printf("%s  %-22s %s\n", o == c->operands ? "\n" : "", o->name, o->about);
    fputs("\n", stdout);
    for (const struct option *o = c->options; o && o->name; o++)
        print_option(stdout, o);
    fputs("      --help             this text\n", stdout);
    if (c->more_help)
        c->more_help(stdout);
}

static bool wrong(int *status, const struct command *c, const char *what, const char *which)
{
    fprintf(stderr, "hazatlas %s: %s%s\n", c->name, what, which);
    print_usage(stderr, c);
    fprintf(stderr, "`hazatlas %s --help` tells more.\n", c->name);
    *status = EXIT_USAGE;
    return false;
}

static const struct option *find_option(const struct command *c, const char *arg, size_t len)
{
    for (const struct option *o = c->options; o && o->name; o++) {
        if (arg[1] == '-' && len > 2 && strlen(o->name) == len - 2 &&
            !strncmp(arg + 2, o->name, len - 2))
            return o;
        if (arg[1] != '-' && len == 2 && o->letter == arg[1])
            return o;
    }
    return NULL;
}

static bool take_option(struct command_line *line, int *status, int *i, int argc, char **argv)
{
    const struct command *c = line->command;
    const char *arg = argv[*i];
    size_t len = strcspn(arg, "=");
    const struct option *o = find_option(c, arg, len);
    if (!o)
        return wrong(status, c, "unknown option ", arg);
    for (int g = 0; g < line->given_count && !o->repeat; g++)
        if (line->given[g].option == o)
            return wrong(status, c, "option given twice: ", arg);
    const char *value = arg[len] ? arg + len + 1 : NULL;
    if (!o->value && value)
        return wrong(status, c, "this option takes no value: ", arg);
    if (o->value && !value) {
        if (*i + 1 >= argc)
            return wrong(status, c, "a value is missing after ", arg);
        value = argv[++*i];
    }
    if (line->given_count == COMMAND_VALUES_MAX)
        return wrong(status, c, "too many options from ", arg);
    line->given[line->given_count].option = o;
    line->given[line->given_count++].value = value ? value : "";
    return true;
}

bool command_parse(struct command_line *line, int *status, const struct command *command, int argc,
                   char **argv)
{
    *line = (struct command_line){.command = command};
    int operands = 0, wanted = 0;
    bool only_operands = false;
    while (command->operands && command->operands[wanted].name)
        wanted++;
    for (int i = 1; i < argc; i++) {
        if (!only_operands && (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h"))) {
            print_help(command);
            *status = 0;
            return false;
        }
        if (!only_operands && !strcmp(argv[i], "--")) {
            only_operands = true;
        } else if (!only_operands && argv[i][0] == '-' && argv[i][1]) {
            if (!take_option(line, status, &i, argc, argv))
                return false;
        } else if (operands == wanted) {
            return wrong(status, command, "one word too many: ", argv[i]);
        } else {
            line->operands[operands++] = argv[i];
        }
    }
    if (command->operands && operands < wanted - command->optional)
        return wrong(status, command, "missing: ", command->operands[operands].name);
    return true;
}

const char *command_value(const struct command_line *line, const char *name)
{
    const char *value = NULL;
    for (const struct option *o = line->command->options; o && o->name; o++)
        if (!strcmp(o->name, name))
            value = o->fallback;
    for (int i = 0; i < line->given_count; i++)
        if (!strcmp(line->given[i].option->name, name))
            value = line->given[i].value;
    return value;
}

bool command_int(long long *out, const struct command_line *line, const char *name, long long least,
                 long long most)
{
    const char *text = command_value(line, name);
    int64_t value;
    if (text && text_to_i64(&value, text) && value >= least && value <= most) {
        *out = value;
        return true;
    }
    fprintf(stderr, "hazatlas %s: --%s must be a whole number from %lld to %lld, not \"%s\"\n",
            line->command->name, name, least, most, text ? text : "");
    return false;
}

int command_fail(const struct error *err)
{
    fflush(stdout);
    fprintf(stderr, "hazatlas: %s\n", err->text);
    return EXIT_FAILED;
}
