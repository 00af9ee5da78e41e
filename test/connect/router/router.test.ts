import { renderCisco } from '../../../lib/connect/router/cisco';
import { renderFrr } from '../../../lib/connect/router/frr';
import { renderGeneric } from '../../../lib/connect/router/generic';
import { renderJuniper } from '../../../lib/connect/router/juniper';
import { planRouter } from '../../../lib/connect/router/router-plan';
import { connect, NETWORK, TOKYO } from '../support';

const plan = planRouter('prod', connect(), NETWORK);

describe('the plan of the other side', () => {
  it('prefers what AWS is told to prefer, and a VPN last', () => {
    expect(
      plan.neighbors.map(({ name, localPreference, community, med }) => [name, localPreference, community, med]),
    ).toEqual([
      ['tokyo', 300, '7224:7300', undefined],
      ['osaka', 100, '7224:7100', undefined],
      ['vpn-1', 50, undefined, 100],
      ['vpn-2', 40, undefined, 200],
    ]);
  });

  it('speaks to the addresses of the settings; in a tunnel to the first usable one', () => {
    expect(
      plan.neighbors.map(({ ownAddress, amazonAddress, amazonAsn }) => [ownAddress, amazonAddress, amazonAsn]),
    ).toEqual([
      ['169.254.100.2', '169.254.100.1', 64_512],
      ['169.254.100.6', '169.254.100.5', 64_512],
      ['169.254.60.2', '169.254.60.1', 64_513],
      ['169.254.60.6', '169.254.60.5', 64_513],
    ]);
  });

  it('names what is to be filled in where AWS chooses', () => {
    const [one] = planRouter(
      'prod',
      connect({ interfaces: [{ ...TOKYO, addresses: undefined }], vpn: undefined }),
      NETWORK,
    ).neighbors;
    expect(one).toMatchObject({ ownAddress: 'CUSTOMER_ADDRESS_OF_TOKYO', amazonAddress: 'AMAZON_ADDRESS_OF_TOKYO' });
  });

  it('has no neighbour in a static VPN', () => {
    const fixed = planRouter('prod', connect({ vpn: { address: '8.8.8.8', routing: 'static' } }), NETWORK);
    expect(fixed.neighbors.map(({ name }) => name)).toEqual(['tokyo', 'osaka']);
    expect(renderGeneric(fixed)).toContain('Route 10.1.0.0/16 into the tunnels');
  });
});

// That of FRRouting is loaded and judged by `npm run test:routes`.
describe.each([
  ['generic', renderGeneric],
  ['frr', renderFrr],
  ['cisco', renderCisco],
  ['juniper', renderJuniper],
])('the sketch for %s', (_, render) => {
  const sketch = render(plan);

  it('is as it was', () => {
    expect(sketch).toMatchSnapshot();
  });

  it('has everything that the plan has', () => {
    for (const { amazonAddress, localPreference, community = '', med = '', announces } of plan.neighbors) {
      for (const text of [
        amazonAddress,
        localPreference,
        community,
        med,
        ...announces.map((cidr) => cidr.split('/')[0]),
      ]) {
        expect(sketch).toContain(String(text));
      }
    }
    expect(sketch.match(/65000 65000/g) ?? sketch.match(/ 2$/gm)).not.toBeNull();
  });

  it('holds no key, and says where they are to be filled in', () => {
    expect(sketch).not.toMatch(/password (?!BGP_KEY_OF_)|authentication-key (?!BGP_KEY_OF_)/);
  });
});
