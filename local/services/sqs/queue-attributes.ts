/** AWS::SQS::Queue: its attributes with AWS's defaults, and what of it is honoured. */
import type { ResolvedResource } from '../../ports.ts';
import { isObject, optionalText } from '../json-protocol.ts';
import { asBoolean, asNumber, type PropertySupport, refuseUnlisted } from '../property-support.ts';

export interface QueueAttributes {
  readonly name: string;
  readonly fifo: boolean;
  readonly contentDeduplication: boolean;
  readonly visibilityS: number;
  readonly retentionS: number;
  readonly delayS: number;
  readonly waitS: number;
  readonly maxBytes: number;
  /** After `maxReceives` a message goes to the queue of that name. */
  readonly deadLetter: { readonly queue: string; readonly arn: string; readonly maxReceives: number } | undefined;
}

const QUEUE: PropertySupport = {
  QueueName: 'honoured',
  FifoQueue: 'honoured',
  ContentBasedDeduplication: 'honoured',
  VisibilityTimeout: 'honoured',
  MessageRetentionPeriod: 'honoured',
  DelaySeconds: 'honoured',
  ReceiveMessageWaitTimeSeconds: 'honoured',
  MaximumMessageSize: 'honoured',
  RedrivePolicy: 'honoured',
  DeduplicationScope: (value) => (value === 'queue' ? undefined : `${String(value)} is not supported locally`),
  FifoThroughputLimit: 'harmless',
  // Says which queues may name this one as their dead-letter queue; templates name only their own.
  RedriveAllowPolicy: 'harmless',
  KmsMasterKeyId: 'harmless',
  KmsDataKeyReusePeriodSeconds: 'harmless',
  SqsManagedSseEnabled: 'harmless',
  Tags: 'harmless',
};

export function refuseQueue(resource: ResolvedResource): string | undefined {
  // Callers are checked against their roles; a queue's own policy adds other accounts and services.
  return resource.type === 'AWS::SQS::QueuePolicy' ? undefined : refuseUnlisted(resource, QUEUE);
}

export function readQueue(resource: ResolvedResource): QueueAttributes {
  const { properties } = resource;
  const redrive =
    typeof properties.RedrivePolicy === 'string'
      ? (JSON.parse(properties.RedrivePolicy) as unknown)
      : properties.RedrivePolicy;
  const arn = isObject(redrive) ? (optionalText(redrive, 'deadLetterTargetArn') ?? '') : '';
  return {
    name: queueNameOf(resource.physicalId),
    fifo: asBoolean(properties.FifoQueue),
    contentDeduplication: asBoolean(properties.ContentBasedDeduplication),
    visibilityS: asNumber(properties.VisibilityTimeout) ?? 30,
    retentionS: asNumber(properties.MessageRetentionPeriod) ?? 345_600,
    delayS: asNumber(properties.DelaySeconds) ?? 0,
    waitS: asNumber(properties.ReceiveMessageWaitTimeSeconds) ?? 0,
    maxBytes: asNumber(properties.MaximumMessageSize) ?? 1_048_576,
    deadLetter: isObject(redrive)
      ? { queue: queueNameOf(arn), arn, maxReceives: asNumber(redrive.maxReceiveCount) ?? 1 }
      : undefined,
  };
}

/** From a URL, an ARN or a name. */
export function queueNameOf(text: string): string {
  return text.split(/[/:]/).at(-1) ?? text;
}
