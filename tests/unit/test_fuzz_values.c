/* The corpus of fuzz_values, replayed. */
#include "tests/unit/unit.h"

#include "tests/fuzz/fuzz_values.c"
#include "tests/unit/fuzz_replay.h"

REPLAY_MAIN("fuzz corpus values", "tests/fuzz/corpus/values", 5)
