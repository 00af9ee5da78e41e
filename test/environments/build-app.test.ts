import { environments } from '../../lib/environments';
import { buildApp } from '../../lib/environments/build-app';

afterEach(() => {
  delete process.env.CDK_CONTEXT_JSON;
  process.env.CDK_VALIDATION = 'false';
});

test.each(['enviroments', 'environment', 'Environments'])('-c %s=dev does not silently select everything', (key) => {
  // The gates refuse to be off; nothing is synthesized here.
  delete process.env.CDK_VALIDATION;
  process.env.CDK_CONTEXT_JSON = JSON.stringify({ [key]: 'dev' });
  expect(() => buildApp(environments)).toThrow(`-c ${key}: is not read; did you mean "-c environments=…"?`);
});
