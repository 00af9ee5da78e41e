import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environments } from '../../lib/environments';
import { validateEnvironments } from '../../lib/environments/validate';
import { planAddresses } from '../../lib/network/address-plan';
import { drawAddressPlan } from '../../lib/network/address-plan-svg';
import { addressPlanInput } from '../../lib/network/network-settings';

const INPUT = {
  cidr: '10.0.0.0/20',
  zones: ['a', 'c'],
  maxZones: 3,
  tiers: [
    { name: 'public', prefixLength: 26 },
    { name: 'old', prefixLength: 25, retired: true },
    { name: 'app', prefixLength: 23 },
  ],
};

/** Area of the first rectangle of each group, by the group's tooltip. */
function areas(svg: string): Map<string, number> {
  const groups = svg.matchAll(/<g><title>(.*?)<\/title><rect [^>]*?width="([\d.]+)" height="([\d.]+)"/g);
  return new Map([...groups].map(([, tooltip = '', width, height]) => [tooltip, Number(width) * Number(height)]));
}

test('draws every block to scale', () => {
  const plan = planAddresses(INPUT);
  const drawn = areas(drawAddressPlan(plan, 'test'));
  const blocks = [...plan.subnets, ...plan.kept, ...plan.free];
  expect(drawn.size).toBe(blocks.length);
  const perAddress = [...drawn].map(([tooltip, area]) => {
    const total = blocks.find(({ cidr }) => tooltip.includes(`${cidr},`))?.total ?? NaN;
    return area / total;
  });
  for (const scale of perAddress) expect(scale).toBeCloseTo(perAddress[0] ?? NaN, 1);
});

test('the legend says of each tier what it has, and of a retired one what is kept', () => {
  const svg = drawAddressPlan(planAddresses(INPUT), 'test');
  expect(svg).toContain('>public: 2 subnets of /26, 118 usable addresses<');
  expect(svg).toContain('>old: retired, /25 blocks kept<');
  expect(svg).toContain('>app: 2 subnets of /23, 1,014 usable addresses<');
});

test('is well-formed XML whatever the names hold', () => {
  const plan = planAddresses({ ...INPUT, tiers: [{ name: '<script>&"', prefixLength: 26 }] });
  const svg = drawAddressPlan(plan, '<dev> & "prod"');
  expect(svg).not.toContain('<script>');
  expect(svg).toContain('&lt;dev&gt; &amp; &quot;prod&quot;');
});

test('draws the smallest VPC', () => {
  const svg = drawAddressPlan(
    planAddresses({ cidr: '10.0.0.0/28', zones: ['a'], maxZones: 1, tiers: [{ name: 'x', prefixLength: 28 }] }),
    'x',
  );
  expect(areas(svg).size).toBe(1);
  expect(svg).not.toContain('NaN');
});

test.each(validateEnvironments(environments))(
  'the picture of $name in docs is current',
  ({ name, network, availabilityZones }) => {
    const drawn = drawAddressPlan(planAddresses(addressPlanInput(network, availabilityZones)), name);
    const path = `docs/pictures/${name}-address-plan.svg`;
    const isCurrent = readFileSync(join(__dirname, '../..', path), 'utf8') === drawn;
    // A difference of two pictures says nothing to anybody; the command that mends it does.
    expect(isCurrent ? path : `run: npm run -s cidr -- plan ${name} --svg ${path}`).toBe(path);
  },
);
