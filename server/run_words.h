/* run_words.h - why a score differs between two runs, in words, zh-TW and English. */
#ifndef SERVER_RUN_WORDS_H
#define SERVER_RUN_WORDS_H

#include "analysis/run_reason.h"

enum { RUN_WORDS_MAX = 400 };
/* What moved an axis: "H 運作量（公斤）：5 → 500，等級 3 → 7：自身變動 +0.520". */
void run_reason_words(char zh[RUN_WORDS_MAX], char en[RUN_WORDS_MAX], enum radar_of of, int axis,
                      const struct run_axis_reason *reason);
/* What other parameters did: "參數變動 +0.520". */
void run_parameters_words(char zh[RUN_WORDS_MAX], char en[RUN_WORDS_MAX], double by);

#endif
