/* The corpus of fuzz_columns, replayed. */
#include "tests/unit/unit.h"

#include "tests/fuzz/fuzz_columns.c"
#include "tests/unit/fuzz_replay.h"

REPLAY_MAIN("fuzz corpus columns", "tests/fuzz/corpus/columns", 5)
