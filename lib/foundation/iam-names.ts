import { z } from 'zod';
import { setting } from './settings';

/** Users, groups or roles of the account, by name. This repository makes none of them, and never makes access keys. */
export function iamNames(example: string): z.ZodDefault<z.ZodArray<z.ZodString>> {
  const name = setting(z.string().regex(/^[\w+=,.@-]{1,128}$/), 'the name of an IAM identity (not its ARN)', example);
  return setting(z.array(name), 'a list of names of IAM identities', [example]).default([]);
}
