/* unit.h - cmocka with TAP output, for prove. */
#ifndef TESTS_UNIT_H
#define TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define assert_double_equal(a, b, tolerance) assert_float_close((a), (b), (tolerance), #a)
static inline void assert_float_close(double a, double b, double tolerance, const char *what)
{
    if (!(a - b <= tolerance && b - a <= tolerance))
        fail_msg("%s is %.12g, wanted %.12g within %g", what, a, b, tolerance);
}

#define unit_run(name, tests)                                                                      \
    (cmocka_set_message_output(CM_OUTPUT_TAP),                                                     \
     cmocka_run_group_tests_name((name), (tests), NULL, NULL))

#endif
