import { z } from 'zod';
import { setting } from './settings';

/** Users, groups or roles of the account, by name. This repository makes none of them, and never makes access keys. */
export function iamNames(example: string): z.ZodDefault<z.ZodArray<z.ZodString>> {
  const name = setting(z.string().regex(/^[\w+=,.@-]{1,64}$/), 'the name of an IAM identity (not its ARN)', example);
  const names = z.array(name).refine((list) => new Set(list).size === list.length);
  return setting(names, 'a list of names of IAM identities, each once', [example]).default([]);
}
