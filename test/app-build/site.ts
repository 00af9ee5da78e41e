import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';

const LONGEST_START_MS = 10_000;

/** A request to the site, and what must come back. */
interface Check {
  readonly name: string;
  readonly path: string;
  readonly init?: RequestInit;
  readonly status: number;
  readonly holds?: RegExp;
}

const json = { 'content-type': 'application/json' };

const CHECKS: readonly Check[] = [
  { name: 'the page', path: '/', status: 200, holds: /<form/ },
  { name: 'the health check', path: '/health', status: 200 },
  { name: 'a path that there is not', path: '/nowhere', status: 404 },
  { name: 'a file above the document root', path: '/..%2fcomposer.json', status: 404 },
  { name: 'a method that does not fit', path: '/events', init: { method: 'DELETE' }, status: 405 },
  {
    name: 'a bad request',
    path: '/events',
    init: { method: 'POST', headers: json, body: '{"name":' },
    status: 400,
    holds: /"error"/,
  },
  {
    name: 'an event without a stream',
    path: '/events',
    init: { method: 'POST', headers: json, body: '{"name":"signed-up"}' },
    status: 503,
    holds: /DELIVERY_STREAM/,
  },
];

export interface Answered {
  readonly name: string;
  readonly status: number;
  /** What is not as it must be; empty if all is. */
  readonly fault: string;
}

/** Serves an unpacked bundle with PHP's own server, and asks it what a load balancer and visitors ask. */
export async function checkSite(folder: string): Promise<Answered[]> {
  const port = await freePort();
  const server = spawn('php', ['-S', `127.0.0.1:${port}`, '-t', 'public', 'public/index.php'], {
    cwd: folder,
    stdio: 'ignore',
    env: { PATH: process.env.PATH },
  });
  try {
    const origin = `http://127.0.0.1:${port}`;
    await untilServed(`${origin}/health`, server);
    const answered: Answered[] = [];
    for (const check of CHECKS) answered.push(await ask(origin, check));
    return answered;
  } finally {
    server.kill();
  }
}

async function ask(origin: string, { name, path, init, status, holds }: Check): Promise<Answered> {
  const response = await fetch(origin + path, init);
  const body = await response.text();
  if (response.status !== status) return { name, status: response.status, fault: `expected ${status}` };
  const fault = holds === undefined || holds.test(body) ? '' : `the answer does not hold ${String(holds)}`;
  return { name, status, fault };
}

async function untilServed(url: string, server: ChildProcess): Promise<void> {
  const end = performance.now() + LONGEST_START_MS;
  while (performance.now() < end && server.exitCode === null) {
    try {
      await fetch(url);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error(`php -S does not serve ${url}`);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
