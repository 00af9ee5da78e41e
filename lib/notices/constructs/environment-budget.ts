import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export interface EnvironmentBudgetProps {
  readonly environmentName: string;
  /** US dollars a month. */
  readonly amount: number;
  readonly topic: ITopic;
}

/** In percent of the amount: what is spent, and what the month is going to cost. */
const NOTICES = [
  { notificationType: 'ACTUAL', threshold: 80 },
  { notificationType: 'FORECASTED', threshold: 100 },
] as const;

/**
 * Says before the month is over that it gets expensive. It counts what has the tag Environment, once that tag is activated for cost
 * allocation in the account that pays (docs/stacks/notices.md).
 */
export class EnvironmentBudget extends Construct {
  constructor(scope: Construct, id: string, props: EnvironmentBudgetProps) {
    super(scope, id);
    const { environmentName, amount, topic } = props;
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: `${environmentName}-monthly`,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount, unit: 'USD' },
        // Source of the form: `AWS::Budgets::Budget`, CostFilters.
        costFilters: { TagKeyValue: [`user:Environment$${environmentName}`] },
      },
      notificationsWithSubscribers: NOTICES.map((notice) => ({
        notification: { ...notice, comparisonOperator: 'GREATER_THAN', thresholdType: 'PERCENTAGE' },
        subscribers: [{ subscriptionType: 'SNS', address: topic.topicArn }],
      })),
    });
  }
}
