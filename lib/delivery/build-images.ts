/**
 * Where CodeBuild gets the PHP of each platform, as of 23 November 2026.
 *
 * Sources: "Docker images provided by CodeBuild" and "Available runtimes", CodeBuild User Guide; `runtimes.yml` of each image
 * in github.com/aws/aws-codebuild-docker-images. PHP 8.0 was last in aws/codebuild/standard:5.0, which is no longer
 * maintained; the official image of PHP is, as an image, still there, and needs no privileges to run.
 */
export interface BuildImage {
  readonly image: string;
  /** Whether CodeBuild maintains it. */
  readonly curated: boolean;
  /** Variables that its PHP needs. */
  readonly variables: Readonly<Record<string, string>>;
}

/** PHP 8.2 to 8.5. */
const CURRENT: BuildImage = { image: 'aws/codebuild/amazonlinux-x86_64-standard:6.0', curated: true, variables: {} };

const BUILD_IMAGES: Readonly<Record<string, BuildImage>> = {
  '8.0': {
    image: 'public.ecr.aws/docker/library/php:8.0-cli',
    curated: false,
    // The last libraries for PHP 8.0 have advisories, for which Composer would refuse to install them.
    variables: { COMPOSER_NO_SECURITY_BLOCKING: '1' },
  },
  '8.3': CURRENT,
  '8.4': CURRENT,
  '8.5': CURRENT,
};

/** @throws {Error} for a PHP that no image is known for, which a test keeps from happening to any platform */
export function buildImage(phpVersion: string): BuildImage {
  const image = BUILD_IMAGES[phpVersion];
  if (image === undefined) throw new Error(`no build image is known for PHP ${phpVersion}: add it to build-images.ts`);
  return image;
}
