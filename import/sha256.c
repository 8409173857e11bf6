#include "import/sha256.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gis/mem.h"
#include "import/sha256_x86.h"

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t turn(uint32_t x, int n)
{
    return x >> n | x << (32 - n);
}

static void take_block(uint32_t state[8], const unsigned char *p)
{
    uint32_t w[64], v[8];
    for (int i = 0; i < 16; i++, p += 4)
        w[i] = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    for (int i = 16; i < 64; i++) {
        uint32_t a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ a >> 3) + w[i - 7] +
               (turn(b, 17) ^ turn(b, 19) ^ b >> 10);
    }
    memcpy(v, state, sizeof v);
    for (int i = 0; i < 64; i++) {
        uint32_t one = v[7] + (turn(v[4], 6) ^ turn(v[4], 11) ^ turn(v[4], 25)) +
                       ((v[4] & v[5]) ^ (~v[4] & v[6])) + constants[i] + w[i];
        uint32_t two = (turn(v[0], 2) ^ turn(v[0], 13) ^ turn(v[0], 22)) +
                       ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
        for (int k = 7; k; k--)
            v[k] = v[k - 1];
        v[4] += one;
        v[0] = one + two;
    }
    for (int i = 0; i < 8; i++)
        state[i] += v[i];
}

static void take_blocks(struct sha256 *s, const unsigned char *p, size_t blocks)
{
    if (s->fast)
        sha256_x86_blocks(s->state, p, blocks, constants);
    else
        for (; blocks; blocks--, p += sizeof s->block)
            take_block(s->state, p);
}

static bool fast; /* the same for the whole life of the program */
static pthread_once_t fast_once = PTHREAD_ONCE_INIT;

static void fast_ask(void)
{
    fast = sha256_x86_there();
}

void sha256_begin(struct sha256 *s)
{
    static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    memcpy(s->state, start, sizeof start);
    s->bytes = 0;
    pthread_once(&fast_once, fast_ask);
    s->fast = fast;
}

void sha256_add(struct sha256 *s, const void *data, size_t len)
{
    const unsigned char *p = data;
    size_t held = s->bytes % sizeof s->block;
    s->bytes += len;
    if (held) {
        size_t part = sizeof s->block - held < len ? sizeof s->block - held : len;
        memcpy(s->block + held, p, part);
        p += part;
        len -= part;
        if (held + part < sizeof s->block)
            return;
        take_blocks(s, s->block, 1);
    }
    size_t blocks = len / sizeof s->block;
    take_blocks(s, p, blocks);
    memcpy(s->block, p + blocks * sizeof s->block, len % sizeof s->block);
}

void sha256_end(unsigned char digest[SHA256_BYTES], struct sha256 *s)
{
    static const unsigned char padding[64] = {0x80};
    uint64_t bits = s->bytes * 8;
    unsigned char length[8];
    for (int i = 0; i < 8; i++)
        length[i] = (unsigned char)(bits >> (56 - 8 * i));
    /* A 1 bit, then zeros up to 8 bytes before the end of a block. */
    size_t held = s->bytes % sizeof s->block;
    sha256_add(s, padding, held < 56 ? 56 - held : 120 - held);
    sha256_add(s, length, sizeof length);
    for (int i = 0; i < 32; i++)
        digest[i] = (unsigned char)(s->state[i / 4] >> (24 - 8 * (i % 4)));
}

void sha256_hex(char *text, const unsigned char *digest, size_t len)
{
    static const char hex[] = "0123456789abcdef";
    for (size_t i = 0; i < len; i++) {
        *text++ = hex[digest[i] >> 4];
        *text++ = hex[digest[i] & 15];
    }
    *text = '\0';
}

bool sha256_file(char hex[SHA256_HEX], int fd, struct error *err)
{
    enum { PART = 1 << 18 };
    char *part = mem_alloc(PART);
    struct sha256 s;
    unsigned char digest[SHA256_BYTES];
    off_t at = 0;
    ssize_t got;
    sha256_begin(&s);
    while ((got = pread(fd, part, PART, at)) > 0) {
        sha256_add(&s, part, (size_t)got);
        at += got;
    }
    free(part);
    if (got < 0)
        return error_set(err, ERROR_SYSTEM, "the file cannot be read");
    sha256_end(digest, &s);
    sha256_hex(hex, digest, sizeof digest);
    return true;
}
