import { RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Node } from 'constructs';
import { type KafkaSettings, readKafka } from './kafka-settings.ts';

/** What differs between one deployment and another. Everything else is the same everywhere, on a laptop too. */
export interface Stage {
  /** Lower case; part of every physical name. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** Data outlives its stack where losing it would hurt. */
  readonly removal: RemovalPolicy;
  readonly logRetention: RetentionDays;
  /** Where people open the dashboard when it is not the distribution's own domain. */
  readonly dashboardOrigin: string | undefined;
  /** Who is told of alarms; nobody when absent. */
  readonly alarmEmail: string | undefined;
  /** Scheduled loads can be switched off, e.g. while an account is being set up. */
  readonly schedulesEnabled: boolean;
  /** Shards of the stream of events: each takes 1,000 records or 1 MB a second. */
  readonly streamShards: number;
  /** A topic that is read beside the stream. */
  readonly kafka: KafkaSettings | undefined;
}

/** The stage that `npm start` runs; its account does not exist. */
const local = { name: 'local', account: '000000000000', region: 'eu-central-1' } as const;

const text = (node: Node, key: string): string | undefined => {
  const value: unknown = node.tryGetContext(key);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/**
 * Reads the stage from the CDK context: `-c stage=prod -c account=… -c region=…`.
 * @throws when the name cannot be part of a resource name, or a stage on AWS has no account.
 */
export function readStage(node: Node): Stage {
  const name = text(node, 'stage') ?? local.name;
  if (!/^[a-z][a-z0-9]{1,11}$/.test(name)) {
    throw new Error(`The stage "${name}" must be 2 to 12 lower-case letters and digits, starting with a letter.`);
  }
  const account = name === local.name ? local.account : (text(node, 'account') ?? process.env.CDK_DEFAULT_ACCOUNT);
  if (account === undefined) {
    throw new Error(`The stage "${name}" needs an account: pass -c account=123456789012 or sign in to AWS first.`);
  }
  const lasting = name === 'prod';
  return {
    name,
    account,
    region:
      name === local.name ? local.region : (text(node, 'region') ?? process.env.CDK_DEFAULT_REGION ?? local.region),
    removal: lasting ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    logRetention: lasting ? RetentionDays.SIX_MONTHS : RetentionDays.TWO_WEEKS,
    dashboardOrigin: text(node, 'dashboardOrigin'),
    alarmEmail: text(node, 'alarmEmail'),
    schedulesEnabled: text(node, 'schedules') !== 'off',
    streamShards: shards(text(node, 'streamShards') ?? '2'),
    kafka: readKafka((key) => text(node, key), name === local.name),
  };
}

function shards(given: string): number {
  if (!/^([1-9]\d?|1\d\d|200)$/.test(given)) {
    throw new Error(`streamShards is "${given}": it must be a whole number from 1 to 200.`);
  }
  return Number(given);
}

/** `conext-prod-integrations-plan-sync`: named, so that logs, alarms and policies can be read without a lookup. */
export const physicalName = (stage: Stage, name: string): string => `conext-${stage.name}-${name}`;
