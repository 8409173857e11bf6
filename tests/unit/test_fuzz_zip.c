/* The corpus of fuzz_zip, replayed. */
#include "tests/unit/unit.h"

#include "tests/fuzz/fuzz_zip.c"
#include "tests/unit/fuzz_replay.h"

REPLAY_MAIN("fuzz corpus zip", "tests/fuzz/corpus/zip", 5)
