#!/bin/sh
# Every PHP file parses, with the PHP of the platform. Shows the first that does not.
set -eu

list=$(mktemp)
answer=$(mktemp)
find public src tests -name '*.php' >"$list"
while read -r file; do
  php -l "$file" >"$answer" 2>&1 || { cat "$answer" >&2; exit 1; }
done <"$list"
echo "$(wc -l <"$list") PHP files parse"
