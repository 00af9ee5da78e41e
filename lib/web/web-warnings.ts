import type { Problem } from '../foundation/problem';
import { defaultsToChange } from './defaults-to-change';
import { PLATFORMS } from './platforms';
import type { WebSettings } from './web-settings';

/** What is allowed in an environment's web settings, and should be known by whoever deploys it. */
export function webWarnings(settings: WebSettings, environmentName: string): Problem[] {
  return [...defaultsToChange(settings, environmentName), ...unsupportedPhp(settings, environmentName)];
}

function unsupportedPhp({ platform }: WebSettings, environmentName: string): Problem[] {
  const { phpVersion, phpUnsupportedSince } = PLATFORMS[platform];
  if (phpUnsupportedSince === undefined) return [];
  return [
    {
      path: `${environmentName}.web.platform`,
      value: platform,
      reason: `runs PHP ${phpVersion}, which has had no security fixes since ${phpUnsupportedSince}`,
      remedy: "use 'php-8.5' as soon as the application runs on it",
    },
  ];
}
