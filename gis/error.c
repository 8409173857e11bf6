#include "gis/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    int status;
    const char *title;
} kinds[ERROR_KINDS] = {
    [ERROR_NONE] = {200, "OK"},
    [ERROR_INPUT] = {400, "Bad request"},
    [ERROR_FORBIDDEN] = {403, "Forbidden"},
    [ERROR_NOT_FOUND] = {404, "Not found"},
    [ERROR_METHOD] = {405, "Method not allowed"},
    [ERROR_CONFLICT] = {409, "Conflict"},
    [ERROR_TOO_LARGE] = {413, "Too large"},
    [ERROR_UNSUPPORTED] = {415, "Unsupported media type"},
    [ERROR_BUSY] = {503, "Busy"},
    [ERROR_DATABASE] = {503, "Database not available"},
    [ERROR_NO_SPACE] = {507, "Insufficient storage"},
    [ERROR_SYSTEM] = {500, "System error"},
    [ERROR_INTERNAL] = {500, "Internal error"},
};

/* Texts carry what files and clients sent: nothing of it may steer a terminal or break a log line.
 */
static void defuse(char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7f)
            *text = ' ';
}

void error_fill(struct error *err, enum error_kind kind, const char *format, ...)
{
    if (!err)
        return;
    va_list args;
    va_start(args, format);
    err->kind = kind;
    vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    defuse(err->text);
}

void error_append(struct error *err, const char *format, ...)
{
    if (!err)
        return;
    size_t used = strlen(err->text);
    va_list args;
    va_start(args, format);
    vsnprintf(err->text + used, sizeof err->text - used, format, args);
    va_end(args);
    defuse(err->text + used);
}

int error_status(enum error_kind kind)
{
    return kinds[kind].status;
}

const char *error_title(enum error_kind kind)
{
    return kinds[kind].title;
}
