/** Delivers to the target of a rule, schedule or destination, under the role it names or the target's own policy. */
import type { AccessControl } from '../iam/access-control.ts';
import { AwsError, type Caller, type DeliverySource, type TargetInvoker, unsupported } from '../ports.ts';
import type { ServiceRouter } from './service-router.ts';

export interface TargetSettings {
  readonly router: ServiceRouter;
  readonly accessControl: () => AccessControl;
  /** Takes an event for a function that nobody waits for. */
  readonly enqueue: (functionArn: string, event: string) => void;
  /** The queue URL of an ARN. */
  readonly queueUrlOf: (queueArn: string) => string;
}

/** Without a role AWS checks the target's resource policy. Both services that deliver so are rules. */
const DEFAULT_SOURCE: DeliverySource = { service: 'events.amazonaws.com' };

interface Delivery {
  readonly targetArn: string;
  readonly input: unknown;
  readonly caller: Caller;
}

interface TargetKind {
  readonly action: string;
  /** What a role needs besides; a resource policy is asked for `action` alone. */
  readonly send: (delivery: Delivery) => Promise<unknown>;
  readonly needsRole?: boolean;
}

export function createTargetDelivery({ router, accessControl, enqueue, queueUrlOf }: TargetSettings): TargetInvoker {
  const kinds: Readonly<Record<string, TargetKind>> = {
    lambda: {
      action: 'lambda:InvokeFunction',
      send: async ({ targetArn, input, caller }) => {
        accessControl().check(caller, { action: 'lambda:InvokeFunction', resource: targetArn });
        enqueue(targetArn, JSON.stringify(input ?? null));
      },
    },
    sqs: {
      action: 'sqs:SendMessage',
      send: ({ targetArn, input, caller }) =>
        router.call({
          service: 'sqs',
          operation: 'SendMessage',
          caller,
          body: JSON.stringify({
            QueueUrl: queueUrlOf(targetArn),
            MessageBody: typeof input === 'string' ? input : JSON.stringify(input ?? null),
          }),
        }),
    },
    states: {
      action: 'states:StartExecution',
      needsRole: true,
      send: ({ targetArn, input, caller }) =>
        router.call({
          service: 'states',
          operation: 'StartExecution',
          caller,
          body: JSON.stringify({ stateMachineArn: targetArn, input: JSON.stringify(input ?? {}) }),
        }),
    },
    events: {
      action: 'events:PutEvents',
      needsRole: true,
      send: ({ targetArn, input, caller }) =>
        router.call({
          service: 'events',
          operation: 'PutEvents',
          caller,
          body: JSON.stringify({ Entries: [entryFor(targetArn, input)] }),
        }),
    },
  };

  return {
    deliver: async (targetArn, input, roleArn, source = DEFAULT_SOURCE) => {
      const service = targetArn.split(':')[2] ?? '';
      const kind = Object.hasOwn(kinds, service) ? kinds[service] : undefined;
      if (kind === undefined) throw unsupported('event delivery', `the target ${targetArn}`);
      if (roleArn === undefined) {
        if (kind.needsRole === true) {
          throw new AwsError('AccessDeniedException', `The target ${targetArn} can only be reached under a role.`);
        }
        accessControl().checkResourcePolicy(source, { action: kind.action, resource: targetArn });
      }
      const caller: Caller = { accessKeyId: 'service', roleArn, label: source.service };
      await kind.send({ targetArn, input, caller });
    },
  };
}

/** An event that goes on to another bus keeps its source, type and detail. */
function entryFor(busArn: string, input: unknown): object {
  const event = (typeof input === 'object' && input !== null ? input : {}) as Readonly<Record<string, unknown>>;
  return {
    EventBusName: busArn,
    Source: event.source,
    DetailType: event['detail-type'],
    Detail: JSON.stringify(event.detail ?? {}),
    Resources: event.resources ?? [],
  };
}
