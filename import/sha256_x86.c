/* DESIGN. The SHA extensions of x86 processors do two rounds an instruction, about eight times as
 * fast as plain C: a file is hashed whole and every row of it once more. The state lies in two
 * registers, ABEF and CDGH, as SHA256RNDS2 wants it (Intel, SHA Extensions, 2013). Each turn does
 * four rounds with w[0] and makes the four words that are due three turns later. */
#include "import/sha256_x86.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

bool sha256_x86_there(void)
{
    unsigned a, b, c, d;
    bool sse = __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSE4_1) && (c & bit_SSSE3);
    return sse && __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

/* Unaligned words, whatever their type. */
__attribute__((target("sha,sse4.1,ssse3"))) static __m128i load(const void *from)
{
    return _mm_loadu_si128(from);
}

__attribute__((target("sha,sse4.1,ssse3"))) static void
take_block(__m128i *abef, __m128i *cdgh, const unsigned char *p, const uint32_t constants[64])
{
    const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
    __m128i w[4], one = *abef, two = *cdgh;
    for (int i = 0; i < 4; i++)
        w[i] = _mm_shuffle_epi8(load(p + 16 * i), order);
    for (int i = 0; i < 16; i++) {
        __m128i k = _mm_add_epi32(w[0], load(constants + 4 * i));
        two = _mm_sha256rnds2_epu32(two, one, k);
        one = _mm_sha256rnds2_epu32(one, two, _mm_shuffle_epi32(k, 0x0e));
        __m128i next =
            _mm_add_epi32(_mm_sha256msg1_epu32(w[0], w[1]), _mm_alignr_epi8(w[3], w[2], 4));
        next = _mm_sha256msg2_epu32(next, w[3]);
        w[0] = w[1];
        w[1] = w[2];
        w[2] = w[3];
        w[3] = next;
    }
    *abef = _mm_add_epi32(*abef, one);
    *cdgh = _mm_add_epi32(*cdgh, two);
}

__attribute__((target("sha,sse4.1,ssse3"))) void sha256_x86_blocks(uint32_t state[8],
                                                                   const unsigned char *p,
                                                                   size_t blocks,
                                                                   const uint32_t constants[64])
{
    __m128i dcba = load(state), hgfe = load(state + 4);
    __m128i cdab = _mm_shuffle_epi32(dcba, 0xb1), efgh = _mm_shuffle_epi32(hgfe, 0x1b);
    __m128i abef = _mm_alignr_epi8(cdab, efgh, 8), cdgh = _mm_blend_epi16(efgh, cdab, 0xf0);
    for (; blocks; blocks--, p += 64)
        take_block(&abef, &cdgh, p, constants);
    __m128i feba = _mm_shuffle_epi32(abef, 0x1b), dchg = _mm_shuffle_epi32(cdgh, 0xb1);
    uint32_t out[8];
    _mm_storeu_si128((void *)out, _mm_blend_epi16(feba, dchg, 0xf0));
    _mm_storeu_si128((void *)(out + 4), _mm_alignr_epi8(dchg, feba, 8));
    for (int i = 0; i < 8; i++)
        state[i] = out[i];
}

#else

bool sha256_x86_there(void)
{
    return false;
}

void sha256_x86_blocks(uint32_t state[8], const unsigned char *p, size_t blocks,
                       const uint32_t constants[64])
{
    (void)state, (void)p, (void)blocks, (void)constants;
}

#endif
