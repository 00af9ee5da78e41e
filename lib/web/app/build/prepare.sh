#!/bin/sh
# Brings the PHP of the platform (PHP_PLATFORM, for example 8.5) and Composer. Without PHP_PLATFORM, any PHP will do.
set -eu

wanted=${PHP_PLATFORM:-}

if [ -n "$wanted" ] && command -v phpenv >/dev/null; then
  # CodeBuild's own images hold several.
  phpenv global "$(phpenv versions --bare | grep "^$wanted\." | sort -V | tail -n 1)"
fi

have=$(php -r 'echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION;')
if [ -n "$wanted" ] && [ "$have" != "$wanted" ]; then
  echo "PHP $have is here, and the platform has PHP $wanted" >&2
  exit 1
fi

if ! command -v composer >/dev/null; then
  # Official images of PHP hold neither Composer nor what it unpacks with.
  apt-get update -qq
  apt-get install -qq --yes --no-install-recommends unzip
  installer=$(mktemp)
  curl -fsSL https://getcomposer.org/installer -o "$installer"
  expected=$(curl -fsSL https://composer.github.io/installer.sig)
  if [ "$(php -r 'echo hash_file("sha384", $argv[1]);' "$installer")" != "$expected" ]; then
    echo 'The Composer installer is not what its publisher signed' >&2
    exit 1
  fi
  php "$installer" --quiet --install-dir=/usr/local/bin --filename=composer
fi

php --version
composer --version
