/* sha256_x86.h - the blocks of SHA-256 by the SHA instructions of x86-64, for sha256.c alone. */
#ifndef IMPORT_SHA256_X86_H
#define IMPORT_SHA256_X86_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether this processor has them; asks it each time. */
bool sha256_x86_there(void);
/* Only where they are there. p: blocks of 64 bytes. */
void sha256_x86_blocks(uint32_t state[8], const unsigned char *p, size_t blocks,
                       const uint32_t constants[64]);

#endif
