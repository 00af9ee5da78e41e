#!/bin/sh
# The bundle of the stage Build holds exactly the code that was tested. The pipeline puts it beside the source; elsewhere there
# is none to look at.
set -eu

bundle=${CODEBUILD_SRC_DIR_BuildOutput:-}
if [ -z "$bundle" ]; then
  echo 'There is no bundle beside the source'
  exit 0
fi
for folder in public src; do
  diff -r "$folder" "$bundle/$folder"
done
if [ -e "$bundle/tests" ]; then
  echo 'The bundle holds tests' >&2
  exit 1
fi
echo 'The bundle holds what was tested'
