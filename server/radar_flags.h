/* radar_flags.h - the radar's options on the command line: --weights 40,30,15,15 and so on, the
 * names of queries with '-' in place of '_'. */
#ifndef SERVER_RADAR_FLAGS_H
#define SERVER_RADAR_FLAGS_H

#include "analysis/radar_options.h"
#include "server/command.h"

/* Rows of a command's table of options. */
#define RADAR_FLAGS                                                                                \
    {.name = "weights",                                                                            \
     .value = "LIST",                                                                              \
     .about = "weights of G,H,I,J (radar substances: A,B,C,D), scaled to 100 %"},                  \
        {.name = "order",                                                                          \
         .value = "ORDER",                                                                         \
         .about = "order of the axes, e.g. GIHJ (radar substances: ACBD)"},                        \
        {.name = "substance-weights", .value = "LIST", .about = "weights of A,B,C,D"},             \
        {.name = "substance-order", .value = "ORDER", .about = "order of the axes of substances"}, \
        {.name = "angle", .value = "ANGLE", .about = "degrees, or published (sin of 90 radians)"}, \
        {.name = "rescale", .value = "0|1", .about = "1: G on 0-10 like the other axes"},          \
        {.name = "official", .value = "0|1", .about = "0: without imported official classes"},     \
        {.name = "incidents-from", .value = "DAY", .about = "first day of incidents that count"},  \
    {                                                                                              \
        .name = "incidents-to", .value = "DAY", .about = "last day of incidents that count"        \
    }

/* The options that the line gives; the defaults where it gives none. */
bool radar_flags_options(struct radar_options *out, enum radar_of of,
                         const struct command_line *line, struct error *err);
/* Whether it gives any. */
bool radar_flags_any(const struct command_line *line);

#endif
