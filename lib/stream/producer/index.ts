/** The producer: sends records to a delivery stream as fast as its quota allows. All else in this folder is its own. */
export type { Rejection } from './batch';
export type { Clock } from './clock';
export { FIREHOSE_LIMITS, tooLarge } from './firehose-limits';
export { firehoseSender, type FirehoseSender, type FirehoseSenderOptions } from './firehose-sender';
export type { OutgoingRecord, RecordSource, Settlement } from './outgoing-record';
export { PUT_RECORDS_DEFAULTS, putRecords, type PutRecordsOptions } from './producer';
export {
  describeError,
  errorFacts,
  isPassing,
  NothingAcceptedError,
  type PutRecordBatch,
  type RecordFailure,
} from './send-error';
