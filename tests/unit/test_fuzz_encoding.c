/* The corpus of fuzz_encoding, replayed. */
#include "tests/unit/unit.h"

#include "tests/fuzz/fuzz_encoding.c"
#include "tests/unit/fuzz_replay.h"

REPLAY_MAIN("fuzz corpus encoding", "tests/fuzz/corpus/encoding", 5)
