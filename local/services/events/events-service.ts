/** EventBridge: buses, rules by pattern or schedule, and their targets. */
import { randomUUID } from 'node:crypto';
import { type AccessNeed, AwsError, type LocalService, type Provisioner, type TargetInvoker } from '../../ports.ts';
import { type JsonOperations, jsonDispatch } from '../json-operations.ts';
import { isObject, type JsonObject, objectsOf, optionalText, textsOf } from '../json-protocol.ts';
import { arnOf, type ServiceSettings } from '../place.ts';
import { refuseUnlisted } from '../property-support.ts';
import { ScheduleClock } from '../scheduler/schedule-clock.ts';
import { parseSchedule } from '../scheduler/schedule-expression.ts';
import { Deliveries, deliveryPolicy } from './delivery.ts';
import { matchesPattern } from './event-pattern.ts';
import { busName, type Rule, readRule, refuseRule } from './rules.ts';
import { targetInput } from './target-input.ts';

export interface EventsService extends LocalService, Provisioner {
  /** Publishes on behalf of another local service, such as the status changes of Step Functions. */
  publish(event: {
    readonly source: string;
    readonly detailType: string;
    readonly detail: JsonObject;
    readonly resources?: readonly string[];
    readonly bus?: string;
  }): void;
  /** Fires the scheduled rules that are due; also runs every second. */
  tick(): void;
}

const MAX_ENTRIES = 10;
/** Of all entries together. */
const MAX_BYTES = 1_048_576;

export function createEvents(settings: ServiceSettings & { readonly targets: TargetInvoker }): EventsService {
  const { clock } = settings;
  const buses = new Set(['default']);
  const rules = new Map<string, Rule>();
  const deliveries = new Deliveries(settings.targets, clock);
  const schedules = new ScheduleClock(clock);

  function fire(rule: Rule, event: JsonObject): void {
    const context = { ruleArn: rule.arn, ruleName: rule.name, ingested: new Date(clock()).toISOString() };
    for (const target of rule.targets) {
      deliveries.send({
        targetArn: optionalText(target, 'Arn') ?? '',
        input: () => targetInput(target, event, context),
        roleArn: optionalText(target, 'RoleArn'),
        deadLetterRoleArn: undefined,
        source: { service: 'events.amazonaws.com', arn: rule.arn },
        label: `rule ${rule.name}`,
        ...deliveryPolicy(target),
      });
    }
  }

  function route(bus: string, event: JsonObject): void {
    for (const rule of rules.values()) {
      if (rule.bus === bus && rule.pattern !== undefined && matchesPattern(rule.pattern, event)) fire(rule, event);
    }
  }

  function eventOf(
    source: string,
    detailType: string,
    detail: unknown,
    time: number,
    resources: readonly string[],
  ): JsonObject {
    return {
      version: '0',
      id: randomUUID(),
      'detail-type': detailType,
      source,
      account: settings.accountId,
      time: new Date(time).toISOString().replace(/\.\d+Z$/, 'Z'),
      region: settings.region,
      resources,
      detail,
    };
  }

  /** The answer for one entry: its event id, or why it was not taken. */
  function take(entry: JsonObject): JsonObject {
    const problem = entryProblem(entry);
    const bus = busName(optionalText(entry, 'EventBusName'));
    if (problem !== undefined) return problem;
    // As on AWS, an event for a bus that does not exist is taken and lost; here it is said.
    if (!buses.has(bus)) return { ErrorCode: 'InvalidArgument', ErrorMessage: `Event bus ${bus} does not exist.` };
    const time = typeof entry.Time === 'number' ? entry.Time * 1000 : clock();
    const event = eventOf(
      String(entry.Source),
      String(entry.DetailType),
      JSON.parse(String(entry.Detail)),
      time,
      textsOf(entry, 'Resources'),
    );
    route(bus, event);
    return { EventId: event.id };
  }

  const operations: JsonOperations = {
    PutEvents: {
      access: (input) =>
        objectsOf(input, 'Entries').map(
          (entry): AccessNeed => ({
            action: 'events:PutEvents',
            resource: arnOf(settings, 'events', `event-bus/${busName(optionalText(entry, 'EventBusName'))}`),
            context: {
              'events:source': optionalText(entry, 'Source') ?? '',
              'events:detail-type': optionalText(entry, 'DetailType') ?? '',
            },
          }),
        ),
      run: (input, request) => {
        const entries = objectsOf(input, 'Entries');
        if (entries.length === 0 || entries.length > MAX_ENTRIES)
          throw new AwsError('ValidationException', `Entries must hold 1 to ${MAX_ENTRIES} events.`);
        if (request.body.length > MAX_BYTES)
          throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
        const results = entries.map(take);
        return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
      },
    },
  };

  return {
    name: 'events',
    types: ['AWS::Events::EventBus', 'AWS::Events::Rule'],
    ...jsonDispatch('EventBridge', operations),
    refuse: (resource) =>
      resource.type === 'AWS::Events::Rule'
        ? refuseRule(resource)
        : refuseUnlisted(resource, {
            Name: 'honoured',
            Description: 'harmless',
            KmsKeyIdentifier: 'harmless',
            LogConfig: 'harmless',
            Tags: 'harmless',
          }),
    provision: async (resource) => {
      if (resource.type === 'AWS::Events::EventBus') {
        buses.add(busName(resource.physicalId));
        return;
      }
      const rule = readRule(resource);
      rules.delete(resource.arn);
      schedules.remove(resource.arn);
      if (rule === undefined) return;
      rules.set(rule.arn, rule);
      if (rule.schedule === undefined) return;
      const schedule = parseSchedule(rule.schedule, 'UTC');
      if (typeof schedule === 'string') throw new Error(`Rule ${rule.name}: ${schedule}`);
      schedules.set(rule.arn, {
        next: (after) => schedule.next(after, 0),
        fire: (at) => fire(rule, eventOf('aws.events', 'Scheduled Event', {}, at, [rule.arn])),
      });
    },
    publish: ({ source, detailType, detail, resources = [], bus = 'default' }) =>
      route(bus, eventOf(source, detailType, detail, clock(), resources)),
    tick: () => schedules.tick(),
    close: async () => {
      await schedules.close();
      await deliveries.close();
    },
  };
}

function entryProblem(entry: JsonObject): JsonObject | undefined {
  for (const name of ['Source', 'DetailType', 'Detail']) {
    if (optionalText(entry, name) === undefined)
      return {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
      };
  }
  try {
    if (isObject(JSON.parse(String(entry.Detail)))) return undefined;
  } catch {
    // Said below.
  }
  return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
}
