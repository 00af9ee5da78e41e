import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Stack } from 'aws-cdk-lib/core';
import { NotifiedAlarm } from '../../lib/foundation/constructs/notified-alarm';
import { environments } from '../../lib/environments';
import { createEnvironment } from '../../lib/environments/create-environment';
import { validateEnvironments } from '../../lib/environments/validate';
import { jsonOf, resourcesOfType, testApp, type TemplateJson } from '../support/synthesize';
import { VARIANTS } from '../variants/variants';

/** Alarms that ring for nobody: without an action to a topic when they ring, or when they are well again. */
function unheard(template: TemplateJson): string[] {
  return ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm']
    .flatMap((type) => resourcesOfType(template, type))
    .filter(([, { Properties }]) => ![Properties?.AlarmActions, Properties?.OKActions].every(tellsTopic))
    .map(([id]) => id);
}

/** In a template a topic is a reference: to a resource of that type, or to an output of the stack that has it. */
function tellsTopic(actions: unknown): boolean {
  return Array.isArray(actions) && actions.some((action) => JSON.stringify(action).includes('Topic'));
}

test('every alarm of every environment reaches the notices', () => {
  // Across accounts there is a second topic.
  const across = VARIANTS.filter(({ name }) => name === 'target-account').map(({ environment }) => environment);
  let alarms = 0;
  const silent = [...environments, ...across].flatMap((input) => {
    const app = testApp();
    for (const environment of validateEnvironments([input])) createEnvironment(app, environment);
    return app.node.children.filter(Stack.isStack).flatMap((stack) => {
      const template = jsonOf(stack);
      alarms += resourcesOfType(template, 'AWS::CloudWatch::Alarm').length;
      return unheard(template).map((id) => `${stack.stackName} ${id}`);
    });
  });
  expect(silent).toEqual([]);
  expect(across).toHaveLength(1);
  expect(alarms).toBeGreaterThan(20);
});

test('one that does not is found', () => {
  const stack = new Stack(testApp(), 'Trip');
  const shared = {
    metric: new Metric({ namespace: 'N', metricName: 'm' }),
    threshold: 1,
    evaluationPeriods: 1,
  };
  new Alarm(stack, 'Silent', shared);
  const notices = new Topic(stack, 'Topic');
  new NotifiedAlarm(stack, 'Heard', { ...shared, notices });
  const onlyRings = new Alarm(stack, 'OnlyRings', shared);
  onlyRings.addAlarmAction({ bind: () => ({ alarmActionArn: notices.topicArn }) });
  expect(unheard(jsonOf(stack))).toEqual([expect.stringMatching(/^Silent/), expect.stringMatching(/^OnlyRings/)]);
});
