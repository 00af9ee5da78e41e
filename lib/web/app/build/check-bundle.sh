#!/bin/sh
# The bundle of the stage Build holds exactly the code that was tested, with the same releases of its libraries. The pipeline
# puts it beside the source (BUNDLE_ARTIFACT names it); on a machine without a pipeline there is none to look at.
set -eu

if [ -z "${BUNDLE_ARTIFACT:-}" ]; then
  echo 'There is no bundle beside the source'
  exit 0
fi
eval "bundle=\${CODEBUILD_SRC_DIR_${BUNDLE_ARTIFACT}:-}"
if [ -z "$bundle" ]; then
  echo "There is no artifact $BUNDLE_ARTIFACT beside the source" >&2
  exit 1
fi

for part in .dockerignore .ebextensions .platform Dockerfile composer.json docker public src; do
  diff -r "$part" "$bundle/$part"
done
if [ -e "$bundle/tests" ]; then
  echo 'The bundle holds tests' >&2
  exit 1
fi

# Libraries are resolved by each stage, and the bundle's are what every instance runs.
php -r '
  $releases = static function (string $folder): array {
      $installed = json_decode(file_get_contents("$folder/vendor/composer/installed.json"), true, 512, JSON_THROW_ON_ERROR);
      return array_column($installed["packages"], "version", "name");
  };
  $bundled = $releases($argv[1]);
  $differing = array_diff_assoc($bundled, $releases("."));
  foreach ($differing as $name => $version) {
      fwrite(STDERR, "The bundle has $name $version, which is not what was tested\n");
  }
  echo count($bundled) - count($differing), " libraries are those that were tested\n";
  exit($differing === [] ? 0 : 1);
' "$bundle"
echo 'The bundle holds what was tested'
