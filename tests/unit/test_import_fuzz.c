/* The corpus of the CSV fuzzer, replayed: what once was hard stays read. */
#include "tests/unit/unit.h"

#include <dirent.h>

#include "tests/fuzz/fuzz_csv.c"

static void corpus_is_read(void **state)
{
    (void)state;
    static const char folder[] = "tests/fuzz/corpus/csv";
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
        assert_int_equal(LLVMFuzzerTestOneInput(data, len), 0);
        files++;
    }
    closedir(dir);
    assert_true(files >= 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(corpus_is_read)};
    return unit_run("import fuzz corpus", tests);
}
