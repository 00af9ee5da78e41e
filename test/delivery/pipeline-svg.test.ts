import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryName } from '../../lib/delivery/delivery-names';
import { deliverySchema } from '../../lib/delivery/delivery-settings';
import { planPipeline } from '../../lib/delivery/pipeline-plan';
import { drawPipeline } from '../../lib/delivery/pipeline-svg';
import { showStart } from '../../lib/delivery/pipeline-text';
import { readableNames } from '../../lib/delivery/readable-names';
import { environments } from '../../lib/environments';
import { deliveredSite } from '../../lib/environments/delivered-site';
import { validateEnvironments } from '../../lib/environments/validate';
import { DELIVERY, STAGES } from './support';

const SITE = { applicationName: 'a', beanstalkEnvironmentName: 'a-<b>&"c"', phpVersion: '8.5' };
const NAMES = { environmentName: 'a', region: 'ap-northeast-1', topicArn: 'TOPIC', repositoryName: 'a-web' };

test('a box for each stage, and the way back of those that are rolled back', () => {
  const more = Array.from({ length: 4 }, (_, i) => ({ kind: 'test' as const, name: `More${i}` }));
  const settings = deliverySchema.parse({ ...DELIVERY, stages: [...STAGES.slice(0, 4), ...more, ...STAGES.slice(4)] });
  const svg = drawPipeline(planPipeline(settings, SITE, NAMES), 'a', 'start');
  expect(svg.match(/class="name"/g)).toHaveLength(9);
  expect(svg.match(/stroke-dasharray/g)).toHaveLength(1);
  // The ninth box stands in the second row.
  expect(new Set([...svg.matchAll(/rx="6"/g)]).size).toBe(9);
  expect(new Set([...svg.matchAll(/<rect x="\d+" y="(\d+)"/g)].map(([, y]) => y)).size).toBe(2);
});

test('is well-formed XML whatever the names hold', () => {
  const svg = drawPipeline(planPipeline(deliverySchema.parse(DELIVERY), SITE, NAMES), '<a> & "b"', '<start>');
  expect(svg).not.toMatch(/<a>|<b>|<start>/);
  expect(svg).toContain('&lt;a&gt; &amp; &quot;b&quot;');
});

test.each(validateEnvironments(environments))('the picture of $name in docs is current', (environment) => {
  const { name, region, account, delivery } = environment;
  const site = deliveredSite(environment);
  if (delivery === undefined || site === undefined) return;
  const names = readableNames({
    environmentName: name,
    region,
    account,
    targetAccount: delivery.targetAccount,
    repositoryName: repositoryName(name, delivery.repository.name),
  });
  const drawn = drawPipeline(planPipeline(delivery, site, names), name, showStart(names));
  const path = `docs/pictures/${name}-pipeline.svg`;
  const isCurrent = readFileSync(join(__dirname, '../..', path), 'utf8') === drawn;
  expect(isCurrent ? path : `run: npm run -s pipeline -- explain ${name} --svg ${path}`).toBe(path);
});
