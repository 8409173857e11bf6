# lib.sh - beside tests/http/lib.sh, for tests of the database: as_owner, sql, hazatlas.
. tests/http/lib.sh

# as_owner COMMAND [ARG…]: as the user that the private database belongs to.
as_owner() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid "$(stat -c %u "$DATA/pg/")" --clear-groups --regid "$(stat -c %g "$DATA/pg/")" "$@"
    else
        "$@"
    fi
}

sql() { # sql STATEMENT [DATABASE]
    as_owner psql -qAtX -h "$DATA/run" -U hazatlas "${2:-hazatlas}" -c "SET search_path TO hazatlas, public" -c "$1"
}

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
