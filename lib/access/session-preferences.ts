import type { AccessSettings } from './access-settings';

/** Where the logs of sessions go, and the key that encrypts them and the sessions. */
export interface SessionLogging {
  readonly bucketName: string;
  readonly keyPrefix: string;
  readonly logGroupName: string;
  readonly keyArn: string;
}

/** The document that Session Manager uses where an operator names none. There is one in an account and region. */
export const ACCOUNT_PREFERENCES_NAME = 'SSM-SessionManagerRunShell';

/** The name of an environment's session document. */
export function preferencesName(environmentName: string, settings: AccessSettings): string {
  return settings.accountPreferences ? ACCOUNT_PREFERENCES_NAME : `${environmentName}-SessionManagerRunShell`;
}

/**
 * The content of a session document.
 * Source: "Session document schema", Systems Manager User Guide: numbers are strings.
 */
export function sessionPreferences(settings: AccessSettings, logging: SessionLogging): object {
  return {
    schemaVersion: '1.0',
    description: 'Session Manager: encrypted, logged sessions',
    sessionType: 'Standard_Stream',
    inputs: {
      s3BucketName: logging.bucketName,
      s3KeyPrefix: logging.keyPrefix,
      s3EncryptionEnabled: true,
      cloudWatchLogGroupName: logging.logGroupName,
      cloudWatchEncryptionEnabled: true,
      cloudWatchStreamingEnabled: true,
      kmsKeyId: logging.keyArn,
      runAsEnabled: false,
      runAsDefaultUser: '',
      idleSessionTimeout: String(settings.idleTimeoutMinutes),
      maxSessionDuration: String(settings.maxDurationMinutes),
      // Without it people find themselves in /usr/bin, under sh.
      shellProfile: { linux: 'cd ~; exec bash -l', windows: '' },
    },
  };
}
