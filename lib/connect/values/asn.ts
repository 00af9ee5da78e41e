/** What is wrong with an autonomous system number, and what to do. */
export interface ValueFault {
  readonly reason: string;
  readonly remedy: string;
}

/** RFC 6793: four octets. */
const LARGEST_ASN = 4_294_967_294;

/** RFC 6996, and what AWS takes for its own side. Source: `CreateDirectConnectGateway`, amazonSideAsn. */
const PRIVATE_RANGES = [
  { first: 64_512, last: 65_534 },
  { first: 4_200_000_000, last: 4_294_967_294 },
] as const;

/**
 * Numbers that AWS keeps for itself, and refuses for customer gateways.
 * Source: "Customer gateway options", AWS Site-to-Site VPN User Guide.
 */
const AMAZON_ASNS: readonly { readonly asn: number; readonly region?: string }[] = [
  { asn: 7224 },
  { asn: 9059, region: 'eu-west-1' },
  { asn: 10_124, region: 'ap-northeast-1' },
  { asn: 17_943, region: 'ap-southeast-1' },
];

/** For documentation, and never to be used. Source: RFC 5398; AS 23456 stands for four octets where only two are understood, RFC 6793. */
const RESERVED = [
  { first: 23_456, last: 23_456 },
  { first: 64_496, last: 64_511 },
  { first: 65_535, last: 65_551 },
] as const;

/** @param region for numbers that AWS keeps in one region */
export function customerAsnFault(asn: number, region: string | undefined): ValueFault | undefined {
  if (asn < 1 || asn > LARGEST_ASN) {
    return { reason: 'is no autonomous system number', remedy: 'give your own, or one from 64512 to 65534' };
  }
  if (AMAZON_ASNS.some((kept) => kept.asn === asn && (kept.region === undefined || kept.region === region))) {
    return {
      reason: 'is a number of AWS itself, which it refuses',
      remedy: 'give your own, or one from 64512 to 65534',
    };
  }
  if (isIn(asn, RESERVED)) {
    return {
      reason: 'is a reserved number, which no router may use',
      remedy: 'give your own, or one from 64512 to 65534',
    };
  }
  return undefined;
}

/** AWS's side of a gateway: private numbers only. */
export function amazonAsnFault(asn: number): ValueFault | undefined {
  if (isIn(asn, PRIVATE_RANGES)) return undefined;
  return {
    reason: 'is not a private number, and AWS takes no other for its side',
    remedy: 'give one from 64512 to 65534 or from 4200000000 to 4294967294',
  };
}

function isIn(asn: number, ranges: readonly { readonly first: number; readonly last: number }[]): boolean {
  return ranges.some(({ first, last }) => asn >= first && asn <= last);
}
