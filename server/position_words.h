/* position_words.h - what the check of a position means, in both languages. */
#ifndef SERVER_POSITION_WORDS_H
#define SERVER_POSITION_WORDS_H

#include "gis/json.h"

/* "check": check and, where it is known, "check_text": {"zh", "en"}. */
void position_words(struct json *j, const char *check);

#endif
