/* hazatlas: a map server for chemical hazards. Finds the command and runs it. */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "server/command.h"

/* A line each. */
/* clang-format off */
static const struct command *const commands[] = {
    &command_serve,
    &command_import,
    &command_export,
    &command_migrate,
    &command_doctor,
    &command_review,
    &command_import_job,
    &command_undo,
    &command_quality,
    &command_heat,
    &command_threshold,
    &command_anomaly,
    &command_priority,
    &command_radar,
    &command_region,
    &command_run,
    NULL,
};
/* clang-format on */

static int print_help(FILE *out, int status)
{
    fputs("usage: hazatlas COMMAND [OPTION]...\n"
          "A map server for chemical hazards: facilities, warning scores, heat maps, response "
          "packets.\n\n",
          out);
    for (const struct command *const *c = commands; *c; c++)
        if ((*c)->summary)
            fprintf(out, "  %-10s %s\n", (*c)->name, (*c)->summary);
    fputs("  version    Prints the version of this program\n"
          "  help       This text\n\n"
          "`hazatlas COMMAND --help` says what goes in, what comes out, in which units.\n"
          "HAZATLAS_DATABASE (a libpq connection string) uses that database instead of a private "
          "one.\n",
          out);
    return status;
}

static const struct command *find(const char *name)
{
    for (const struct command *const *c = commands; *c; c++)
        if (!strcmp((*c)->name, name))
            return *c;
    return NULL;
}

static int run(int argc, char **argv)
{
    if (argc < 2)
        return print_help(stderr, EXIT_USAGE);
    const char *name = argv[1];
    if (!strcmp(name, "version") || !strcmp(name, "--version"))
        return printf("hazatlas %s\n", HAZATLAS_VERSION), 0;
    if (!strcmp(name, "help") && argc > 2 && find(argv[2])) {
        char help[] = "--help";
        char *again[] = {argv[2], help, NULL};
        struct command_line line;
        int status = 0;
        command_parse(&line, &status, find(argv[2]), 2, again);
        return status;
    }
    if (!strcmp(name, "help") || !strcmp(name, "--help") || !strcmp(name, "-h"))
        return print_help(stdout, 0);
    const struct command *command = find(name);
    if (!command) {
        fprintf(stderr, "hazatlas: there is no command \"%s\"\n\n", name);
        return print_help(stderr, EXIT_USAGE);
    }
    struct command_line line;
    int status = 0;
    if (!command_parse(&line, &status, command, argc - 1, argv + 1))
        return status;
    return command->run(&line);
}

/* A standard stream that was closed stays unusable: the next file or connection must not take its
 * number and get what is printed. What was printed must have arrived, but for a reader that has
 * seen enough (head). */
int main(int argc, char **argv)
{
    struct pollfd out = {.fd = STDOUT_FILENO};
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd ? O_RDONLY : O_WRONLY) != fd)
            return EXIT_FAILED;
    int status = run(argc, argv);
    bool lost = fflush(stdout) || ferror(stdout);
    if (!lost || (poll(&out, 1, 0) == 1 && (out.revents & POLLERR)))
        return status;
    fputs("hazatlas: standard output takes no more: not all of it was written\n", stderr);
    return status ? status : EXIT_FAILED;
}
