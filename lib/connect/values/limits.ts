/** Limits of Direct Connect. Source: "Direct Connect quotas", AWS Direct Connect User Guide, November 2026. */

/** Routes that a private or transit interface takes from on-premises; with one more, BGP goes down until it is cleared. */
export const MOST_PREFIXES_FROM_ON_PREMISES = 100;

/** Prefixes that a transit gateway announces over a Direct Connect gateway. */
export const MOST_ALLOWED_PREFIXES_TRANSIT = 200;

/** Prefixes that may be allowed for a virtual private gateway. */
export const MOST_ALLOWED_PREFIXES_PRIVATE = 20;

/** Propagated routes of a route table, which cannot be raised. Source: "Amazon VPC quotas", Amazon VPC User Guide. */
export const MOST_PROPAGATED_ROUTES = 100;

/** Interfaces of a Direct Connect gateway. */
export const MOST_INTERFACES = 30;

/** Transit interfaces of a dedicated connection, and those of other kinds. */
export const MOST_TRANSIT_INTERFACES_PER_CONNECTION = 4;
export const MOST_PRIVATE_INTERFACES_PER_CONNECTION = 50;

/** More of them change nothing, and some providers refuse them. Ours. */
export const MOST_PREPENDS = 10;
