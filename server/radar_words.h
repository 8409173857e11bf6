/* radar_words.h - axes of a warning radar in words, zh-TW and English, as people follow them. */
#ifndef SERVER_RADAR_WORDS_H
#define SERVER_RADAR_WORDS_H

#include "analysis/radar.h"

enum { RADAR_WORDS_MAX = 400 };
struct radar_words {
    char zh[RADAR_WORDS_MAX], en[RADAR_WORDS_MAX];
};

enum { RADAR_NUMBER_MAX = 48 };
/* "408,888,000": what a person reads; below a thousand up to six digits; never with an exponent. */
void radar_words_number(char *out, size_t size, double v);
/* Two values of one thing, with so many decimals that they differ on the screen where they differ:
 * "4,786,910.4", "4,786,910.5". NaN: "–". */
void radar_words_pair(char out[2][RADAR_NUMBER_MAX], const double v[2]);
/* "+0.520", "-0.00004": three decimals, more where those would all be 0. */
void radar_words_signed(char *out, size_t size, double v);
/* So many decimals, or as many digits where a small value would lose them: "7.740", "4e-07". */
void radar_words_fixed(char *out, size_t size, double v, int decimals);
enum { RADAR_REMARKS_MAX = 2 };
/* What is to be known of weights under which all scores are 0; how many remarks. */
int radar_words_remarks(struct radar_words out[RADAR_REMARKS_MAX], const struct radar_options *o,
                        enum radar_of of);
/* Raw value with its unit: "9", "408,888,000 公斤", "中小企業", "1988 年設立"; "無資料" where none.
 */
void radar_words_raw(struct radar_words *out, enum radar_of of, int axis,
                     const struct radar_axis *value);
/* One sentence: raw value, how it became a class, times the weight. */
void radar_words_axis(struct radar_words *out, const struct radar *r, enum radar_of of, int axis,
                      const struct radar_axis *value);

#endif
