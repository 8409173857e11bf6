/* sha256.h - SHA-256 (FIPS 180-4): what a file or a row is recognised by. Not for secrets. */
#ifndef IMPORT_SHA256_H
#define IMPORT_SHA256_H

#include <stddef.h>
#include <stdint.h>

#include "gis/error.h"

enum { SHA256_BYTES = 32, SHA256_HEX = 65 /* with the NUL */ };

struct sha256 {
    uint32_t state[8];
    uint64_t bytes;
    unsigned char block[64];
    bool fast; /* by the processor's own instructions */
};

void sha256_begin(struct sha256 *s);
void sha256_add(struct sha256 *s, const void *data, size_t len);
void sha256_end(unsigned char digest[SHA256_BYTES], struct sha256 *s);
/* len bytes of digest as 2 * len hexadecimal digits and a NUL. */
void sha256_hex(char *text, const unsigned char *digest, size_t len);
/* The whole file behind fd, from its start; the file offset does not move. */
bool sha256_file(char hex[SHA256_HEX], int fd, struct error *err);

#endif
