import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnInternetGateway } from 'aws-cdk-lib/aws-ec2';
import { Stack, type IPolicyValidationContext } from 'aws-cdk-lib/core';
import { TemplateValidation } from '../../lib/foundation/constructs/template-validation';
import { testApp } from '../support/synthesize';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ishizue-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function context(name: string, template?: object): IPolicyValidationContext {
  const templatePath = join(folder, name);
  if (template !== undefined) writeFileSync(templatePath, JSON.stringify(template));
  const stackTemplates = [{ stackConstructPath: 'Some', templatePath, accountId: undefined, region: undefined }];
  return { templatePaths: [templatePath], stackTemplates, appConstruct: testApp() };
}

const gateway = (Properties: object): object => ({
  Resources: { G: { Type: 'AWS::EC2::InternetGateway', Properties } },
});

test('finds what the rules refuse, prepared or not, one assembly after the other', () => {
  const app = testApp();
  new CfnInternetGateway(new Stack(app, 'Some'), 'Gateway');
  const validation = new TemplateValidation();
  validation.prepare(app);

  const refused = validation.validate(context('broken.json', gateway({ Colour: 'blue' })));
  expect(refused.success).toBe(false);
  expect(refused.violations.map(({ ruleName }) => ruleName)).toEqual(['F3002']);
  expect(validation.version).toMatch(/^\d+\.\d+\.\d+/);

  const good = context('good.json', gateway({}));
  validation.begin(good);
  expect(validation.validate(good)).toMatchObject({ success: true, violations: [] });
}, 30_000);

test('what cannot be validated is an error, not a pass', () => {
  expect(() => new TemplateValidation().validate(context('missing.json'))).toThrow(
    /^templates could not be validated: .*missing\.json/,
  );
}, 30_000);
