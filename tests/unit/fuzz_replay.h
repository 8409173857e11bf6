/* fuzz_replay.h - runs a fuzz target (included before) over its corpus, whole and cut short. */
#ifndef TESTS_FUZZ_REPLAY_H
#define TESTS_FUZZ_REPLAY_H

#include <dirent.h>
#include <stdlib.h>

static inline void replay(const char *folder, int least)
{
    static unsigned char data[1 << 20];
    int files = 0;
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));) {
        char path[512];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        FILE *f = fopen(path, "rb");
        assert_non_null(f);
        size_t len = fread(data, 1, sizeof data, f);
        fclose(f);
        /* Cut anywhere, and with one byte another: a copy of that length, so that the sanitizer
         * sees a read past it. */
        for (size_t cut = len; cut <= len; cut = cut > 400 ? cut - 101 : cut - 1) {
            unsigned char *copy = malloc(cut ? cut : 1);
            assert_non_null(copy);
            memcpy(copy, data, cut);
            assert_int_equal(LLVMFuzzerTestOneInput(copy, cut), 0);
            if (cut)
                copy[(cut * 7919) % cut] ^= (unsigned char)(1U << (cut % 8));
            LLVMFuzzerTestOneInput(copy, cut);
            free(copy);
            if (!cut)
                break;
        }
        files++;
    }
    closedir(dir);
    assert_true(files >= least);
}

#define REPLAY_MAIN(name, folder, least)                                                           \
    static void corpus_is_read(void **state)                                                       \
    {                                                                                              \
        (void)state;                                                                               \
        replay((folder), (least));                                                                 \
    }                                                                                              \
    int main(void)                                                                                 \
    {                                                                                              \
        const struct CMUnitTest tests[] = {cmocka_unit_test(corpus_is_read)};                      \
        return unit_run(name, tests);                                                              \
    }

#endif
