import type { Problem } from '../foundation/problem';
import { PLATFORMS } from './platforms';
import type { WebSettings } from './web-settings';

/** What is allowed in an environment's web settings, and should be known by whoever deploys it. */
export function webWarnings(settings: WebSettings, environmentName: string): Problem[] {
  const path = `${environmentName}.web`;
  const warnings: Problem[] = [];
  const { retired, phpVersion, phpUnsupportedSince } = PLATFORMS[settings.platform];
  if (retired !== undefined) {
    warnings.push({
      path: `${path}.platform`,
      value: settings.platform,
      reason: `is ${retired.what}, which AWS retired on ${retired.since}: no more updates, and only accounts that used it before can create it (elsewhere: "No Solution Stack named …")`,
      remedy: "use 'php-8.5', or 'php-8.0-docker' to keep PHP 8.0 in any account",
    });
  }
  if (phpUnsupportedSince !== undefined) {
    warnings.push({
      path: `${path}.platform`,
      value: settings.platform,
      reason: `runs PHP ${phpVersion}, which has had no security fixes since ${phpUnsupportedSince}`,
      remedy: "use 'php-8.5' as soon as the application runs on it",
    });
  }
  if (settings.certificateArn === undefined) {
    warnings.push({
      path: `${path}.certificateArn`,
      reason: 'is missing: the site is served over HTTP, in the clear',
      remedy: "give the ARN of an ACM certificate, or 'ssm:/path' of a parameter that holds it, and hostNames",
    });
  }
  return warnings;
}
