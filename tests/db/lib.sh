# lib.sh - beside tests/http/lib.sh, for tests of the database.
. tests/http/lib.sh

# import KIND FILE SOURCE [OPTION…]: the report is $REPORT.
REPORT=$TEST_TMP/report
import() {
    import_kind=$1 import_file=$2 import_source=$3
    shift 3
    "$HAZATLAS" import "$import_kind" "$import_file" --source "$import_source" --data "$DATA" "$@" \
        >"$REPORT" 2>"$TEST_TMP/import.err"
}

# counted NAME: the number before that line of the report.
counted() {
    sed -n "s/^ *\([0-9][0-9]*\)  $1\$/\1/p" "$REPORT" | head -1
}
