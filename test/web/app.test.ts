import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { parse } from 'yaml';
import { KNOWN_OPTIONS } from '../../lib/web/option-settings/known-options';
import { ROOT } from '../support/run';
import { php80Problems } from './support/php-syntax';

const APP = join(ROOT, 'lib/web/app');
const read = (file: string): string => readFileSync(join(APP, file), 'utf8');

const PHP_FILES = readdirSync(APP, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.php') && !file.startsWith('vendor'),
);

test('these are its PHP files', () => {
  expect(PHP_FILES).toEqual(expect.arrayContaining(['public/index.php', 'src/App.php', 'tests/AppTest.php']));
});

test.each(PHP_FILES)('%s is PHP 8.0, in strict types', (file) => {
  const text = read(file);
  expect(php80Problems(text)).toEqual([]);
  expect(text).toMatch(/^<\?php\n\ndeclare\(strict_types=1\);\n/);
});

test.each([
  'enum Colour: string { case Red = "red"; }',
  'class A { public readonly int $x; }',
  'class A { public function __construct(private readonly int $x) {} }',
  'class A { public function __construct(private B $b = new B()) {} }',
  'readonly class A {}',
  'class A { final public const X = 1; }',
  'class A { const string X = "a"; }',
  'class A { public string $x { get => 1; } }',
  'function f(): never { exit; }',
  'function f(): null {}',
  'function f(A&B $x) {}',
  'function f((A&B)|null $x) {}',
  '$f = strlen(...);',
  '$x = 0o17;',
  '$x = new A()->b();',
  '$x = $y |> f(...);',
  '$x = ;',
])('PHP 8.0 has no %s', (code) => {
  expect(php80Problems(`<?php ${code}`)).toHaveLength(1);
});

test('PHP 8.0 has promoted properties, unions, match and ?->', () => {
  const code =
    'class A { public function __construct(private int|string $x = 1) {} function f(): static { return match(1) { default => $this?->x }; } }';
  expect(php80Problems(`<?php ${code}`)).toEqual([]);
});

test('the image gets what it copies', () => {
  const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(\S+)/gm)].map(([, source = '']) => source);
  expect(copied).toEqual(expect.arrayContaining(['composer.json', 'src', 'public']));
  const admitted = [...read('.dockerignore').matchAll(/^!(\S+)/gm)].map(([, path = '']) => path);
  for (const source of copied) {
    expect(existsSync(join(APP, source))).toBe(true);
    expect(admitted).toContain(source.split('/', 1)[0]);
  }
});

test('the image is built by HTTPS alone, which is all that instances may use', () => {
  expect(read('Dockerfile')).not.toMatch(/\bapt(-get)?\s|http:/);
});

test('nginx of the Docker platform bears the front controller of the PHP platforms', () => {
  // That platform reads the same folder and has a `location /` already: a second one would stop nginx.
  const folder = '.platform/nginx/conf.d/elasticbeanstalk';
  for (const file of readdirSync(join(APP, folder))) expect(read(join(folder, file))).not.toMatch(/^\s*location/m);
});

test('the bundle says how far instance metadata answers, by an option that the environment sets', () => {
  const config = parse(read('.ebextensions/instance-metadata.config')) as {
    Resources: Record<
      string,
      { Type: string; Properties: { LaunchTemplateData: { MetadataOptions: Record<string, unknown> } } }
    >;
  };
  const [[name, resource] = ['', undefined], ...others] = Object.entries(config.Resources);
  expect(others).toEqual([]);
  // The name that Beanstalk gives it: "Modifying the resources that Elastic Beanstalk creates for your environment".
  expect([name, resource?.Type]).toEqual(['AWSEBEC2LaunchTemplate', 'AWS::EC2::LaunchTemplate']);
  const options = resource?.Properties.LaunchTemplateData.MetadataOptions ?? {};
  expect(options).toMatchObject({ HttpEndpoint: 'enabled', HttpTokens: 'required' });
  const { Namespace, OptionName, DefaultValue } = (
    options.HttpPutResponseHopLimit as { 'Fn::GetOptionSetting': Record<string, string> }
  )['Fn::GetOptionSetting'];
  const known = KNOWN_OPTIONS.find(({ namespace }) => namespace === Namespace)?.options[OptionName ?? ''];
  expect(known?.test(DefaultValue ?? '')).toBe(true);
  // CloudFormation knows them, by its own specification.
  const db = loadAwsServiceSpecSync();
  const ofType = (name: string): string[] =>
    db
      .all('typeDefinition')
      .filter((type) => type.name === name && 'HttpPutResponseHopLimit' in type.properties)
      .flatMap(({ properties }) => Object.keys(properties));
  for (const option of Object.keys(options)) expect(ofType('MetadataOptions')).toContain(option);
});
