import { z } from 'zod';
import { iamNames } from '../foundation/iam-names';
import { retentionDaysSchema } from '../foundation/retention';
import { setting } from '../foundation/settings';

/** Limits of the session document. Source: "Session document schema", Systems Manager User Guide. */
const LONGEST_IDLE_MINUTES = 60;
const LONGEST_SESSION_MINUTES = 1440;

export const accessSchema = z.strictObject({
  /**
   * Makes this environment's session preferences those of the account and region (SSM-SessionManagerRunShell), of which
   * there can be one. Otherwise they are a document of this environment, which operators name when they connect.
   */
  accountPreferences: z.boolean().default(false),
  /** Minutes without a key press until a session ends. */
  idleTimeoutMinutes: setting(
    z.int().min(1).max(LONGEST_IDLE_MINUTES),
    `a whole number of minutes from 1 to ${LONGEST_IDLE_MINUTES}`,
    20,
  ),
  /** Minutes until a session ends whatever happens in it. */
  maxDurationMinutes: setting(
    z.int().min(1).max(LONGEST_SESSION_MINUTES),
    `a whole number of minutes from 1 to ${LONGEST_SESSION_MINUTES}`,
    480,
  ),
  /** How long session logs are kept in CloudWatch Logs. Those in S3 stay. */
  logs: z.strictObject({ retentionDays: retentionDaysSchema }),
  /** Who may start sessions on this environment's instances. */
  operators: z
    .strictObject({ groups: iamNames('operators'), roles: iamNames('Operator') })
    .default({ groups: [], roles: [] }),
  /** A private instance to try sessions on, and a way into the VPC. */
  managedInstance: z.boolean().default(false),
});

export type AccessSettings = z.output<typeof accessSchema>;
