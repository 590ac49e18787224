/** EventBridge Scheduler: schedules of the templates and those made through its REST API, which are kept over restarts. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  type AccessNeed,
  AwsError,
  type AwsRequest,
  type AwsResponse,
  type LocalService,
  type Provisioner,
  type ResolvedResource,
  type TargetInvoker,
  unsupported,
} from '../../ports.ts';
import { Deliveries, deliveryPolicy } from '../events/delivery.ts';
import { JsonFile } from '../json-file.ts';
import { answerJson, type JsonObject, objectOf, optionalText, readJson } from '../json-protocol.ts';
import { arnOf, type ServiceSettings } from '../place.ts';
import { refuseUnlisted } from '../property-support.ts';
import { ScheduleClock } from './schedule-clock.ts';
import { expressionOf, inputOf, nextOf, SCHEDULE } from './schedule-definition.ts';

export interface SchedulerService extends LocalService, Provisioner {
  /** Fires what is due; also runs every second. */
  tick(): void;
}

interface Saved {
  /** Schedules made through the API, by ARN. */
  readonly made: Record<string, JsonObject>;
  /** When each schedule was first seen, in epoch milliseconds: rates count from there. */
  readonly created: Record<string, number>;
}

interface Call {
  readonly operation: 'CreateSchedule' | 'UpdateSchedule' | 'GetSchedule' | 'DeleteSchedule' | 'ListSchedules';
  readonly arn: string;
  readonly name: string;
  readonly group: string;
  readonly input: JsonObject;
}

const OPERATIONS: Readonly<Record<string, Call['operation']>> = {
  POST: 'CreateSchedule',
  PUT: 'UpdateSchedule',
  GET: 'GetSchedule',
  DELETE: 'DeleteSchedule',
};

export function createScheduler(settings: ServiceSettings & { readonly targets: TargetInvoker }): SchedulerService {
  const { clock } = settings;
  const file = new JsonFile<Saved>(join(settings.dataDir, 'scheduler', 'schedules.json'), { made: {}, created: {} });
  const schedules = new Map<string, JsonObject>();
  const deliveries = new Deliveries(settings.targets, clock);
  const timers = new ScheduleClock(clock);
  const scheduleArn = (group: string, name: string): string =>
    arnOf(settings, 'scheduler', `schedule/${group}/${name}`);

  function remove(arn: string): void {
    schedules.delete(arn);
    timers.remove(arn);
    delete file.state.made[arn];
    delete file.state.created[arn];
    file.save();
  }

  function fire(arn: string, definition: JsonObject, scheduled: number): void {
    const target = objectOf(definition, 'Target');
    const executionId = randomUUID();
    deliveries.send({
      targetArn: optionalText(target, 'Arn') ?? '',
      input: (attempt) =>
        inputOf(definition, {
          arn,
          scheduled,
          executionId,
          attempt,
          accountId: settings.accountId,
          region: settings.region,
        }),
      roleArn: optionalText(target, 'RoleArn'),
      deadLetterRoleArn: optionalText(target, 'RoleArn'),
      source: { service: 'scheduler.amazonaws.com', arn },
      label: `schedule ${arn.split('/').at(-1)}`,
      ...deliveryPolicy(target),
    });
  }

  function start(arn: string, definition: JsonObject): void {
    const expression = expressionOf(definition);
    if (typeof expression === 'string')
      throw new AwsError('ValidationException', `Invalid Schedule Expression: ${expression}.`);
    const created = file.state.created[arn] ?? clock();
    if (file.state.created[arn] === undefined) {
      file.state.created[arn] = created;
      file.save();
    }
    schedules.set(arn, definition);
    timers.remove(arn);
    if (definition.State === 'DISABLED') return;
    timers.set(arn, {
      next: (after) => nextOf(definition, expression, after, created),
      fire: (due) => fire(arn, definition, due),
      ended: () => {
        if (definition.ActionAfterCompletion === 'DELETE') remove(arn);
      },
    });
  }

  for (const [arn, definition] of Object.entries(file.state.made)) start(arn, definition);

  function read(request: AwsRequest): Call {
    const [root, rawName, ...more] = request.path.slice(1).split('/');
    const method = OPERATIONS[request.method];
    if (root !== 'schedules' || more.length > 0 || method === undefined)
      throw unsupported('Scheduler', `${request.method} ${request.path}`);
    const name = decodeURIComponent(rawName ?? '');
    if (name === '' && request.method !== 'GET') throw unsupported('Scheduler', `${request.method} ${request.path}`);
    const input = request.body.length > 0 ? readJson(request) : {};
    const group =
      optionalText(input, 'GroupName') ??
      request.query.get('groupName') ??
      request.query.get('ScheduleGroup') ??
      'default';
    return { operation: name === '' ? 'ListSchedules' : method, arn: scheduleArn(group, name), name, group, input };
  }

  function existing(call: Call): JsonObject {
    const definition = schedules.get(call.arn);
    if (definition === undefined)
      throw new AwsError('ResourceNotFoundException', `Schedule ${call.name} does not exist.`, 404);
    return definition;
  }

  function keep(call: Call): AwsResponse {
    const problem = refuseUnlisted(asResource(call), SCHEDULE);
    if (problem !== undefined) throw unsupported('Scheduler', problem);
    const definition = { ...call.input, Name: call.name, GroupName: call.group };
    start(call.arn, definition);
    file.state.made[call.arn] = definition;
    file.save();
    return answerJson({ ScheduleArn: call.arn });
  }

  const handlers: Readonly<Record<Call['operation'], (call: Call, request: AwsRequest) => AwsResponse>> = {
    CreateSchedule: (call) => {
      if (schedules.has(call.arn))
        throw new AwsError('ConflictException', `Schedule ${call.name} already exists.`, 409);
      return keep(call);
    },
    UpdateSchedule: (call) => {
      existing(call);
      return keep(call);
    },
    GetSchedule: (call) =>
      answerJson({
        State: 'ENABLED',
        ScheduleExpressionTimezone: 'UTC',
        ...existing(call),
        Arn: call.arn,
        CreationDate: (file.state.created[call.arn] ?? 0) / 1000,
      }),
    DeleteSchedule: (call) => {
      existing(call);
      remove(call.arn);
      return answerJson({});
    },
    ListSchedules: (_call, request) => {
      const group = request.query.get('ScheduleGroup');
      const prefix = request.query.get('NamePrefix') ?? '';
      const list = [...schedules].filter(
        ([, { Name, GroupName }]) => String(Name).startsWith(prefix) && (group === null || GroupName === group),
      );
      return answerJson({
        Schedules: list.map(([Arn, definition]) => ({
          Arn,
          Name: definition.Name,
          GroupName: definition.GroupName,
          State: definition.State ?? 'ENABLED',
          Target: { Arn: objectOf(definition, 'Target').Arn },
        })),
      });
    },
  };

  return {
    name: 'scheduler',
    types: ['AWS::Scheduler::Schedule', 'AWS::Scheduler::ScheduleGroup'],
    access: (request) => {
      const call = read(request);
      const need: AccessNeed = {
        action: `scheduler:${call.operation}`,
        resource: call.operation === 'ListSchedules' ? '*' : call.arn,
      };
      const role = optionalText(objectOf(call.input, 'Target'), 'RoleArn');
      return role === undefined
        ? [need]
        : [
            need,
            { action: 'iam:PassRole', resource: role, context: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
          ];
    },
    handle: async (request) => {
      const call = read(request);
      return handlers[call.operation](call, request);
    },
    refuse: (resource) => {
      if (resource.type === 'AWS::Scheduler::ScheduleGroup')
        return refuseUnlisted(resource, { Name: 'honoured', Tags: 'harmless' });
      const expression = expressionOf(resource.properties);
      const problem =
        typeof expression === 'string'
          ? `${resource.type} ${resource.stack}/${resource.logicalId}: ${expression}.`
          : undefined;
      return refuseUnlisted(resource, SCHEDULE) ?? problem;
    },
    provision: async (resource) => {
      if (resource.type !== 'AWS::Scheduler::Schedule') return;
      const name = optionalText(resource.properties, 'Name') ?? resource.physicalId;
      const group = optionalText(resource.properties, 'GroupName') ?? 'default';
      start(scheduleArn(group, name), { ...resource.properties, Name: name, GroupName: group });
    },
    tick: () => timers.tick(),
    close: async () => {
      await timers.close();
      await deliveries.close();
    },
  };
}

function asResource(call: Call): ResolvedResource {
  return {
    type: 'AWS::Scheduler::Schedule',
    stack: call.group,
    logicalId: call.name,
    physicalId: call.name,
    arn: call.arn,
    properties: call.input,
  };
}
