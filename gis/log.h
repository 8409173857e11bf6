/* log.h - one line a message on standard error: time, level, text. Only programs (server/, the
 * import command) log; libraries return errors. Control characters are escaped. */
#ifndef GIS_LOG_H
#define GIS_LOG_H

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR };

void log_set_level(enum log_level least); /* once, at start */
void log_line(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
