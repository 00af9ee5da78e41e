import { z } from 'zod';
import { iamNames } from '../foundation/iam-names';
import { retentionDaysSchema } from '../foundation/retention';
import { setting } from '../foundation/settings';

/** Limits of buffering to S3. Source: `BufferingHints`, Amazon Data Firehose API Reference. */
const LONGEST_BUFFER_SECONDS = 900;
const LARGEST_BUFFER_MIB = 128;

/** A century: more is a slip of the keyboard. */
const MOST_DAYS = 36_500;

export const streamSchema = z.strictObject({
  /** An object is written when either is reached. */
  buffer: z.strictObject({
    seconds: setting(
      z.int().min(0).max(LONGEST_BUFFER_SECONDS),
      `a whole number of seconds from 0 to ${LONGEST_BUFFER_SECONDS}`,
      300,
    ),
    mebibytes: setting(
      z.int().min(1).max(LARGEST_BUFFER_MIB),
      `a whole number of MiB from 1 to ${LARGEST_BUFFER_MIB}`,
      64,
    ),
  }),
  /**
   * Sorts objects into folders by the value of a key at the top level of every JSON record. It can neither be added to nor
   * taken from a stream that exists: doing so makes another stream, with another name for producers to use.
   */
  partitionKey: setting(
    z.string().regex(/^[A-Za-z_]\w{0,63}$/),
    'the name of a top-level JSON key (letters, digits and underscores)',
    'tenant',
  ).optional(),
  /** Days until delivered objects are deleted. Without it they stay. */
  expirationDays: setting(
    z.int().min(1).max(MOST_DAYS),
    `a whole number of days from 1 to ${MOST_DAYS}`,
    365,
  ).optional(),
  /** How long the log of failed deliveries is kept. */
  logs: z.strictObject({ retentionDays: retentionDaysSchema }),
  /** Who may write to the stream. */
  producers: z
    .strictObject({ users: iamNames('app'), groups: iamNames('producers'), roles: iamNames('App') })
    .default({ users: [], groups: [], roles: [] }),
});

export type StreamSettings = z.output<typeof streamSchema>;
