/** A schedule, from a template or from the API: the same fields in both. */
import { isObject, type JsonObject, objectOf, optionalText } from '../json-protocol.ts';
import type { PropertySupport } from '../property-support.ts';
import { parseSchedule, type ScheduleExpression } from './schedule-expression.ts';

export const SCHEDULE: PropertySupport = {
  Name: 'honoured',
  GroupName: 'honoured',
  ScheduleExpression: 'honoured',
  ScheduleExpressionTimezone: 'honoured',
  State: 'honoured',
  StartDate: 'honoured',
  EndDate: 'honoured',
  ActionAfterCompletion: 'honoured',
  // A window allows a later start and asks for none.
  FlexibleTimeWindow: 'harmless',
  Target: (value) => targetProblem(value),
  Description: 'harmless',
  KmsKeyArn: 'harmless',
  ClientToken: 'harmless',
};

const TARGET: Readonly<Record<string, true>> = {
  Arn: true,
  RoleArn: true,
  Input: true,
  RetryPolicy: true,
  DeadLetterConfig: true,
};

function targetProblem(value: unknown): string | undefined {
  if (!isObject(value)) return 'is required';
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(TARGET, name));
  if (unknown !== undefined) return `with ${unknown} is not supported locally`;
  const arn = optionalText(value, 'Arn') ?? '';
  return arn.includes(':::aws-sdk:') ? `${arn} (a universal target) is not supported locally` : undefined;
}

export function expressionOf(definition: JsonObject): ScheduleExpression | string {
  return parseSchedule(
    optionalText(definition, 'ScheduleExpression') ?? '',
    optionalText(definition, 'ScheduleExpressionTimezone') ?? 'UTC',
  );
}

/** Epoch seconds over the API, ISO 8601 in templates; in epoch milliseconds. */
function dateOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value * 1000;
  const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(parsed) ? undefined : parsed;
}

/** The next moment within the schedule's own dates; `created` anchors rates without a start date. */
export function nextOf(
  definition: JsonObject,
  expression: ScheduleExpression,
  after: number,
  created: number,
): number | undefined {
  const start = dateOf(definition.StartDate);
  const end = dateOf(definition.EndDate);
  const next = expression.next(start === undefined ? after : Math.max(after, start - 1), start ?? created);
  return next !== undefined && end !== undefined && next > end ? undefined : next;
}

interface FiringContext {
  readonly arn: string;
  /** Epoch milliseconds. */
  readonly scheduled: number;
  readonly executionId: string;
  readonly attempt: number;
  readonly accountId: string;
  readonly region: string;
}

/** The target's input with the context attributes filled in; without one, the event that Scheduler sends. */
export function inputOf(definition: JsonObject, context: FiringContext): unknown {
  const time = new Date(context.scheduled).toISOString().replace(/\.\d+Z$/, 'Z');
  const given = optionalText(objectOf(definition, 'Target'), 'Input');
  if (given === undefined) {
    return {
      version: '0',
      id: context.executionId,
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      account: context.accountId,
      time,
      region: context.region,
      resources: [context.arn],
      detail: '{}',
    };
  }
  const filled = given
    .replaceAll('<aws.scheduler.schedule-arn>', context.arn)
    .replaceAll('<aws.scheduler.scheduled-time>', time)
    .replaceAll('<aws.scheduler.execution-id>', context.executionId)
    .replaceAll('<aws.scheduler.attempt-number>', String(context.attempt));
  try {
    return JSON.parse(filled);
  } catch {
    return filled;
  }
}
