import {
  ComparisonOperator,
  Metric,
  MathExpression,
  Stats,
  TreatMissingData,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { NotifiedAlarm } from '../../foundation/constructs/notified-alarm';
import { pascalCase } from '../../foundation/naming';
import { MOST_PREFIXES_FROM_ON_PREMISES } from '../values/limits';
import type { MadeInterface } from './direct-connect';

export interface ConnectAlarmsProps {
  readonly interfaces: readonly MadeInterface[];
  /** Of the VPN, where there is one. */
  readonly vpnId: string | undefined;
  readonly notices: ITopic;
}

/** Direct Connect sends its metrics so often. Source: "Monitor with Amazon CloudWatch", AWS Direct Connect User Guide. */
const PERIOD = Duration.minutes(5);

/** Near enough to the limit to do something before BGP goes down. */
const MANY_PREFIXES = MOST_PREFIXES_FROM_ON_PREMISES * 0.9;

/** Of the bandwidth. */
const BUSY = 0.8;

/** Says when a connection, a session or a tunnel is down, and when it is about to be too much for it. */
export class ConnectAlarms extends Construct {
  private readonly notices: ITopic;

  constructor(scope: Construct, id: string, props: ConnectAlarmsProps) {
    super(scope, id);
    const { interfaces, vpnId, notices } = props;
    this.notices = notices;
    for (const one of interfaces) this.interfaceAlarms(one);
    const connections = new Map(interfaces.map((one) => [one.settings.connection, one]));
    for (const one of connections.values()) this.connectionAlarms(one);
    this.announceMaintenance();
    if (vpnId !== undefined) {
      this.alarm('VpnTunnel', 'A tunnel of the VPN is down: with both, nothing backs Direct Connect up', {
        metric: new Metric({
          namespace: 'AWS/VPN',
          metricName: 'TunnelState',
          dimensionsMap: { VpnId: vpnId },
          statistic: Stats.MINIMUM,
          period: PERIOD,
        }),
        below: 1,
        missing: TreatMissingData.BREACHING,
      });
    }
  }

  private interfaceAlarms({ settings: { name }, virtualInterfaceId }: MadeInterface): void {
    const id = pascalCase(name);
    this.alarm(`${id}Bgp`, `BGP over ${name} is down: its routes are gone, on both sides`, {
      metric: queried('MIN', 'VirtualInterfaceBgpStatus', virtualInterfaceId),
      below: 1,
      missing: TreatMissingData.BREACHING,
    });
    const prefixes = queried('MAX', 'VirtualInterfaceBgpPrefixesAccepted', virtualInterfaceId);
    this.alarm(`${id}NoPrefixes`, `Nothing is announced to AWS over ${name}: no traffic goes there`, {
      metric: prefixes,
      below: 1,
      missing: TreatMissingData.NOT_BREACHING,
    });
    this.alarm(
      `${id}ManyPrefixes`,
      `${MANY_PREFIXES} prefixes and more come over ${name}: with more than ${MOST_PREFIXES_FROM_ON_PREMISES}, BGP goes down and stays so`,
      { metric: prefixes, above: MANY_PREFIXES - 1, missing: TreatMissingData.NOT_BREACHING },
    );
  }

  private connectionAlarms({ settings: { name, bandwidth }, connectionId }: MadeInterface): void {
    const id = pascalCase(name);
    const metric = (metricName: string, statistic: string): Metric =>
      new Metric({
        namespace: 'AWS/DX',
        metricName,
        dimensionsMap: { ConnectionId: connectionId },
        statistic,
        period: PERIOD,
      });
    this.alarm(`${id}Connection`, `The connection of ${name} is down: ask the location and the carrier`, {
      metric: metric('ConnectionState', Stats.MINIMUM),
      below: 1,
      missing: TreatMissingData.BREACHING,
    });
    this.alarm(`${id}Errors`, `Frames are lost on the connection of ${name}: light, fibre or optics`, {
      metric: metric('ConnectionErrorCount', Stats.SUM),
      above: 0,
      missing: TreatMissingData.NOT_BREACHING,
    });
    for (const direction of ['Egress', 'Ingress']) {
      this.alarm(`${id}${direction}`, `The connection of ${name} is over ${BUSY * 100} % full (${direction})`, {
        metric: metric(`ConnectionBps${direction}`, Stats.AVERAGE),
        above: bitsPerSecond(bandwidth) * BUSY,
        missing: TreatMissingData.NOT_BREACHING,
      });
    }
  }

  /** AWS announces maintenance of a device 14, 7 and 1 days before. Source: "Direct Connect maintenance", User Guide. */
  private announceMaintenance(): void {
    new CfnRule(this, 'Maintenance', {
      description: 'Maintenance and failures of Direct Connect, as AWS Health announces them',
      eventPattern: { source: ['aws.health'], detail: { service: ['DIRECTCONNECT'] } },
      // The topic's own policy lets events of this account in.
      targets: [{ id: 'Notices', arn: this.notices.topicArn }],
    });
  }

  private alarm(
    id: string,
    alarmDescription: string,
    {
      metric,
      below,
      above,
      missing,
    }: {
      readonly metric: IMetric;
      readonly below?: number;
      readonly above?: number;
      readonly missing: TreatMissingData;
    },
  ): void {
    new NotifiedAlarm(this, id, {
      alarmDescription,
      metric,
      evaluationPeriods: 1,
      threshold: below ?? above ?? 0,
      comparisonOperator:
        below === undefined ? ComparisonOperator.GREATER_THAN_THRESHOLD : ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: missing,
      notices: this.notices,
    });
  }
}

/**
 * AWS's pages do not agree which dimensions beside the interface the metrics of BGP have: a query finds them whatever they are.
 */
function queried(statistic: 'MIN' | 'MAX', metricName: string, virtualInterfaceId: string): IMetric {
  return new MathExpression({
    expression: `SELECT ${statistic}(${metricName}) FROM "AWS/DX" WHERE VirtualInterfaceId = '${virtualInterfaceId}'`,
    period: PERIOD,
    usingMetrics: {},
  });
}

/** `10Gbps` in bits a second. */
export function bitsPerSecond(bandwidth: string): number {
  const [, amount = '0', unit] = /^(\d+)([MG])bps$/.exec(bandwidth) ?? [];
  return Number(amount) * (unit === 'G' ? 1e9 : 1e6);
}
