/* command.h - the command line: each command declares its operands and options in tables, which
 * both parse and print --help. Adding a command: a file server/command_*.c and a line in main.c;
 * command_job.h has the frame of those that work on the database. */
#ifndef SERVER_COMMAND_H
#define SERVER_COMMAND_H

#include <stdbool.h>
#include <stdio.h>

#include "gis/error.h"

enum { COMMAND_VALUES_MAX = 96 };
enum { EXIT_FAILED = 1, EXIT_USAGE = 2 };

struct option { /* --name VALUE or --name=VALUE */
    const char *name;
    char letter;          /* also -o VALUE; 0 = none */
    const char *value;    /* what the value is called in help; NULL = a switch */
    const char *fallback; /* shown as the default; NULL = none */
    bool repeat;          /* may be given several times */
    const char *about;    /* what, unit */
};

struct operand { /* FILE */
    const char *name;
    const char *about;
};

struct command_line;

struct command {
    const char *name;
    const char *summary;                         /* one line; NULL = for programs, not listed */
    const char *about;                           /* what goes in, what comes out, in which units */
    const struct operand *operands;              /* in order; end with a NULL name; NULL = none */
    int optional;                                /* so many of the last operands may be left out */
    const struct option *options;                /* end with a NULL name */
    void (*more_help)(FILE *out);                /* printed last; NULL = nothing more */
    int (*run)(const struct command_line *line); /* exit status */
};

struct command_line {
    const struct command *command;
    struct {
        const struct option *option;
        const char *value;
    } given[COMMAND_VALUES_MAX];
    int given_count;
    const char *operands[8];
};

/* argv from the command's name on. Prints help or what is wrong itself; *status is set then. */
bool command_parse(struct command_line *line, int *status, const struct command *command, int argc,
                   char **argv);
/* The value given last, or the option's fallback; "" for a switch that is given; NULL = absent. */
const char *command_value(const struct command_line *line, const char *name);
/* A whole number; false (told on stderr) where it is none or out of bounds. */
bool command_int(long long *out, const struct command_line *line, const char *name, long long least,
                 long long most);
/* "hazatlas: text" on stderr; EXIT_FAILED. */
int command_fail(const struct error *err);

extern const struct command command_serve, command_import, command_export, command_migrate,
    command_doctor, command_review, command_import_job, command_undo, command_quality, command_heat,
    command_priority, command_radar, command_region, command_run;
extern const struct command command_threshold, command_anomaly;

#endif
