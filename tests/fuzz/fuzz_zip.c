/* fuzz_zip: any bytes as an archive. Checked: what is let through has names that stay in it, within
 * the directory's bounds (by the sanitizer), and not more than it says. */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "import/zip.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t len);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t len)
{
    struct zip_directory d = {.bytes = NULL};
    struct error err = {.kind = ERROR_NONE};
    int fd = memfd_create("zip", MFD_CLOEXEC);
    if (fd < 0 || write(fd, data, len) != (ssize_t)len)
        abort();
    bool good = zip_check(&d, fd, len, &err);
    if (good != (err.kind == ERROR_NONE))
        abort();
    if (good && (d.at > len || d.size > len - d.at))
        abort();
    zip_forget(&d);
    close(fd);
    return 0;
}
