import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { awsClients, PATIENCE } from '../../lib/foundation/aws-clients';
import { runTs } from '../support/run';

const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };
const before = { ...process.env };

afterEach(() => {
  process.env = { ...before };
});

/** The requests that a client sends until it gives up, to a server that always fails in a way that passes. */
async function sentTo(send: (url: string) => Promise<unknown>): Promise<IncomingMessage[]> {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    request.resume();
    response.writeHead(503).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await send(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } catch {
    // As it should.
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  return seen;
}

const EVERY = Object.keys(awsClients) as (keyof typeof awsClients)[];

test.each(EVERY)('%s: region, endpoint and attempts are as given', async (service) => {
  const options = { region: 'ap-northeast-1', endpointUrl: 'http://127.0.0.1:1', credentials: CREDENTIALS };
  const { client } = awsClients[service]({ ...options, patience: PATIENCE.bulk });
  expect(await client.config.region()).toBe('ap-northeast-1');
  expect(await client.config.endpoint?.()).toMatchObject({ hostname: '127.0.0.1', port: 1 });
  expect(await client.config.credentials()).toMatchObject(CREDENTIALS);
  expect(await client.config.maxAttempts()).toBe(1);
});

test.each([
  ['bulk', 1],
  ['person', 3],
] as const)('%s sends a request %p times', async (who, times) => {
  const options = { region: 'ap-northeast-1', credentials: CREDENTIALS, patience: PATIENCE[who] };
  const seen = await sentTo((endpointUrl) => {
    const { sdk, client } = awsClients.sts({ ...options, endpointUrl });
    return client.send(new sdk.GetCallerIdentityCommand());
  });
  expect(seen).toHaveLength(times);
  expect(seen[0]?.headers.authorization).toContain('Credential=AKIDEXAMPLE/');
});

test('a profile that is named wins over credentials in the environment', async () => {
  // The SDK says so of itself.
  jest.spyOn(console, 'warn').mockImplementation();
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'AKIDOFTHEENVIRONMENT',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  });
  const { client } = awsClients.sts({ region: 'ap-northeast-1', profile: 'nobody', patience: PATIENCE.person });
  await expect(client.config.credentials()).rejects.toMatchObject({ name: 'CredentialsProviderError' });
});

test('without a request nothing of the SDK is loaded, and the SDK says nothing of versions of Node', async () => {
  const { stdout, stderr } = await runTs('test/foundation/support/load-aws-clients.ts', []);
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({ imported: [], called: ['@aws-sdk/client-sts'] });
}, 60_000);
