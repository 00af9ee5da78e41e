import { dev } from './dev';
import { prod } from './prod';
import type { EnvironmentInput } from './schema';

/** Every environment there is. A new one is a file beside this one and a word here. */
export const environments: readonly EnvironmentInput[] = [dev, prod];
