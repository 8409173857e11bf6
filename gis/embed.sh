#!/bin/sh
# embed.sh - writes C that carries files inside the program (.incbin), so that it runs from anywhere.
#   embed.sh sql OUT.c OUT.h FILE.sql…       one `const struct sql SQL_<stem>` a file
#   embed.sh migrations OUT.c FILE.sql…      the table of gis/migrate.h
#   embed.sh assets OUT.c FOLDER             the table of server/asset.h, each file also gzipped
set -eu

blob() { # blob SYMBOL FILE: bytes, then a NUL
    printf '__asm__(".section .rodata\\n.balign 16\\n.global %s\\n%s:\\n.incbin \\"%s\\"\\n.global %s__past\\n%s__past:\\n.byte 0\\n.previous\\n");\n' \
        "$1" "$1" "$2" "$1" "$1"
    printf 'extern const char %s[], %s__past[];\n' "$1" "$1"
}
absolute() { printf '%s/%s' "$(cd "$(dirname "$1")" && pwd)" "$(basename "$1")"; }
sum() { sha256sum "$1" | cut -d' ' -f1; }

what=$1 out=$2
shift 2
tmp=$out.tmp
case $what in
sql)
    header=$1
    shift
    {
        echo '/* Made by gis/embed.sh. */'
        echo '#include "sql.h"'
        for f in "$@"; do
            stem=$(basename "$f" .sql)
            blob "text_of_$stem" "$(absolute "$f")"
            printf 'const struct sql SQL_%s = {"%s", text_of_%s};\n' "$stem" "$stem" "$stem"
        done
    } >"$tmp"
    {
        echo '/* Made by gis/embed.sh: every statement of the tree, see gis/db.h. */'
        echo '#ifndef SQL_H'
        echo '#define SQL_H'
        echo '#include "gis/db.h"'
        for f in "$@"; do
            printf 'extern const struct sql SQL_%s;\n' "$(basename "$f" .sql)"
        done
        echo '#endif'
    } >"$header.tmp"
    cmp -s "$header.tmp" "$header" && rm "$header.tmp" || mv "$header.tmp" "$header"
    ;;
migrations)
    {
        echo '/* Made by gis/embed.sh. */'
        echo '#include "gis/migrate.h"'
        for f in "$@"; do
            blob "migration_$(basename "$f" .sql)" "$(absolute "$f")"
        done
        echo 'const struct migration migrations[] = {'
        for f in "$@"; do
            stem=$(basename "$f" .sql)
            number=$(echo "${stem%%_*}" | sed 's/^0*//')
            printf '    {%s, "%s", migration_%s, "%s"},\n' "$number" "$stem" "$stem" "$(sum "$f")"
        done
        echo '};'
        printf 'const int migrations_count = %s;\n' "$#"
    } >"$tmp"
    ;;
assets)
    folder=$(cd "$1" && pwd)
    list=$(cd "$folder" && find . -type f ! -name '*.gz' | LC_ALL=C sort | sed 's|^\./||')
    {
        echo '/* Made by gis/embed.sh. */'
        echo '#include <stddef.h>'
        echo '#include "server/asset.h"'
        n=0
        for f in $list; do
            gzip -9 -n -c "$folder/$f" >"$folder/$f.gz"
            blob "asset_$n" "$folder/$f"
            blob "asset_${n}_gz" "$folder/$f.gz"
            n=$((n + 1))
        done
        echo 'const struct asset assets[] = {'
        n=0
        for f in $list; do
            printf '    {"/%s", asset_%s, asset_%s__past, asset_%s_gz, asset_%s_gz__past, "%.16s"},\n' \
                "$f" $n $n $n $n "$(sum "$folder/$f")"
            n=$((n + 1))
        done
        echo '    {NULL, NULL, NULL, NULL, NULL, NULL},'
        echo '};'
    } >"$tmp"
    ;;
*)
    echo "embed.sh: unknown kind $what" >&2
    exit 2
    ;;
esac
mv "$tmp" "$out"
