import type { PublisherName } from '../notices/publishers';
import type { Environment } from './schema';

/** The services that an environment has tell people something, in the account of its site or in that of its pipeline. */
export function publishersOf({ connect, delivery, notices }: Environment, side: 'site' | 'pipeline'): PublisherName[] {
  const isAcross = delivery?.targetAccount !== undefined;
  const hasPipeline = delivery !== undefined && (side === 'pipeline' || !isAcross);
  return [
    'alarms',
    ...(hasPipeline ? (['pipelines'] as const) : []),
    ...(side === 'site' && connect !== undefined ? (['events'] as const) : []),
    ...(side === 'site' && notices.monthlyBudget !== undefined ? (['budgets'] as const) : []),
  ];
}
