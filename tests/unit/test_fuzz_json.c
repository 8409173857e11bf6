/* The corpus of fuzz_json, replayed. */
#include "tests/unit/unit.h"

#include "tests/fuzz/fuzz_json.c"
#include "tests/unit/fuzz_replay.h"

REPLAY_MAIN("fuzz corpus json", "tests/fuzz/corpus/json", 5)
