/* read_csv.h - the child's work for CSV: tokens to wire records. */
#ifndef IMPORT_READ_CSV_H
#define IMPORT_READ_CSV_H

#include "gis/error.h"

/* Returns when all is sent; false with err where the file cannot be read at all. */
bool read_csv(int input, bool gzip, int output, struct error *err);

#endif
