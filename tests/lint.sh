#!/bin/sh
# lint.sh FILE.c… - everything that a machine can say of the code. Quiet when there is nothing to say.
set -u
bad=0
fail() { echo "lint: $*" >&2; bad=1; }

headers=$(ls gis/*.h import/*.h analysis/*.h tiles/*.h server/*.h)
tests=$(ls tests/unit/*.[ch] tests/bench/*.c tests/fuzz/*.c 2>/dev/null)
clang-format --dry-run -Werror "$@" $headers $tests || fail "make format"

# One way arrows.
arrow() { # arrow FOLDER 'folders it must not know'
    found=$(grep -nE "^#include \"($2)/" "$1"/*.[ch]) && fail "an arrow against the plan:
$found"
}
arrow gis 'import|analysis|tiles|server'
arrow import 'analysis|tiles|server'
arrow analysis 'import|tiles|server'
arrow tiles 'import|server'

long=$(wc -l "$@" $headers web/*.* web/js/*.* 2>/dev/null | awk '$1 > 500 && $2 != "total" { print $2, $1 }')
[ -z "$long" ] || fail "past 500 lines: $long"
banned=$(grep -nE '\b(sprintf|strcpy|strcat|strncpy|strtok|atoi|atof|gets|sscanf|localtime|gmtime|asctime|rand|strerror|setlocale)[[:space:]]*\(' "$@" $headers)
[ -z "$banned" ] || fail "banned functions:
$banned"

flags=$(make -s print-flags)
for f in "$@"; do
    for c in "gcc -fanalyzer" clang; do
        out=$($c $flags -Werror -fsyntax-only "$f" 2>&1) || fail "$c $f
$out"
    done
done
out=$(clang-tidy --quiet "$@" -- $flags 2>/dev/null | grep -E 'warning:|error:')
[ -z "$out" ] || fail "clang-tidy
$out"
out=$(cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr \
    --suppress=missingIncludeSystem -I. -I"${BUILD:-build}/gen" -D_GNU_SOURCE '-DElfW(type)=Elf64_##type' "$@" 2>&1)
[ -z "$out" ] || fail "cppcheck
$out"
[ $bad = 0 ] && echo 'lint: nothing to say'
exit $bad
