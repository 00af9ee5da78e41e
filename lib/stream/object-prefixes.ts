/** Folders are named by the clock of Japan: the day of a file is the day of those who look for it. */
export const PREFIX_TIME_ZONE = 'Asia/Tokyo';

/** What the key of every delivered object begins with. */
export const DATA_FOLDER = 'data/';
export const ERROR_FOLDER = 'errors/';

const DATE_FOLDERS = '!{timestamp:yyyy/MM/dd/HH}/';

/** Where records go: by date, and by the value of a key first if there is one. */
export function dataPrefix(partitionKey: string | undefined): string {
  const partition = partitionKey === undefined ? '' : `${partitionKey}=!{partitionKeyFromQuery:${partitionKey}}/`;
  return `${DATA_FOLDER}${partition}${DATE_FOLDERS}`;
}

/** Where records go that cannot be delivered. Firehose requires the type of error in it wherever prefixes have expressions. */
export const ERROR_PREFIX = `${ERROR_FOLDER}!{firehose:error-output-type}/${DATE_FOLDERS}`;
