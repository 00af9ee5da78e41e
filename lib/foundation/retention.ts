import { z } from 'zod';
import { setting } from './settings';

/** Days that CloudWatch Logs accepts. Source: `PutRetentionPolicy`, CloudWatch Logs API Reference; a test compares it with the CDK. */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** How long a log group keeps its events, in days. */
export const retentionDaysSchema = setting(
  z.literal([...RETENTION_DAYS]),
  `a retention that CloudWatch Logs knows (${RETENTION_DAYS.join(', ')} days)`,
  90,
);
