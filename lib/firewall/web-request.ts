import { z } from 'zod';
import { setting } from '../foundation/settings';
import { isAddressBlock, parseAddress } from '../foundation/addresses';

const bytes = (example: number): z.ZodOptional<z.ZodInt> =>
  setting(z.int().min(0), 'a whole number of bytes from 0', example).optional();

/** A request to ask about, as a person writes it down. */
export const webRequestSchema = z.strictObject({
  /** Who sends it. */
  address: setting(
    z.string().refine((text) => {
      const parsed = parseAddress(text);
      return !text.includes('/') && isAddressBlock(parsed);
    }),
    'one IPv4 or IPv6 address',
    '198.51.100.7',
  ),
  /** Where WAF would say that the address is that a rule looks at. Without it a rule about countries is not answered. */
  country: setting(z.string().regex(/^[A-Z]{2}$/), 'a country of two capital letters', 'JP').optional(),
  method: setting(z.string().regex(/^[A-Za-z]{1,20}$/), 'a method', 'GET').default('GET'),
  /** As sent: percent-encoded. May have a query behind a question mark. */
  path: setting(z.string().startsWith('/'), 'a path that starts with /', '/').default('/'),
  /** What is not named is not there; of a user agent, that has to be said with null. */
  headers: setting(
    z.record(z.string(), z.string().nullable()),
    'headers and their values, both texts (null: not there)',
    {
      'user-agent': 'curl/8',
    },
  ).default({}),
  /** In place of long content; what is not given is measured where it is there. */
  sizes: z.strictObject({ uri: bytes(20), query: bytes(0), body: bytes(0), cookie: bytes(0) }).default({}),
  /** How many requests the address has sent in the window. Without it a rate limit is not answered. */
  requestsInWindow: setting(z.int().min(0), 'a whole number of requests from 0', 10).optional(),
});

export type WebRequest = z.output<typeof webRequestSchema>;

/** The value of a header, whatever the case of its name; null if the request is said to have none, undefined if nothing is said. */
export function headerOf({ headers }: WebRequest, name: string): string | null | undefined {
  return Object.entries(headers).find(([given]) => given.toLowerCase() === name.toLowerCase())?.[1];
}
