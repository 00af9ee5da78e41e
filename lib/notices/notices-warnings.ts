import type { Problem } from '../foundation/problem';
import type { NoticesSettings } from './notices-settings';

/** What is allowed, and better known before it is deployed. */
export function noticesWarnings({ emails, slack }: NoticesSettings, environment: string): Problem[] {
  if (emails.length > 0 || slack !== undefined) return [];
  return [
    {
      path: `${environment}.notices`,
      reason: 'names nobody: alarms ring, and no one hears them',
      remedy: 'give it emails or a slack channel, or subscribe to the topic by hand',
    },
  ];
}
