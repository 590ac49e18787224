/** AWS::Events::Rule as this runtime reads it. */
import type { ResolvedResource } from '../../ports.ts';
import { isObject, type JsonObject, objectsOf, optionalText } from '../json-protocol.ts';
import { type PropertySupport, refuseUnlisted } from '../property-support.ts';
import { parseSchedule } from '../scheduler/schedule-expression.ts';
import { patternProblem } from './event-pattern.ts';

export interface Rule {
  readonly arn: string;
  readonly name: string;
  readonly bus: string;
  readonly pattern: JsonObject | undefined;
  readonly schedule: string | undefined;
  readonly targets: readonly JsonObject[];
}

const RULE: PropertySupport = {
  Name: 'honoured',
  EventBusName: 'honoured',
  EventPattern: (value) => {
    const problem = patternProblem(value);
    return problem === undefined ? undefined : `is refused: ${problem}`;
  },
  ScheduleExpression: (value) => {
    const schedule = parseSchedule(String(value), 'UTC');
    return typeof schedule === 'string' ? `is refused: ${schedule}` : undefined;
  },
  State: (value) =>
    value === 'ENABLED' || value === 'DISABLED' ? undefined : `${String(value)} is not supported locally`,
  Targets: (value) => targetsProblem(value),
  Description: 'harmless',
  Tags: 'harmless',
  // The role of a rule is that of its targets, which carry it themselves.
  RoleArn: 'harmless',
};

const TARGET: Readonly<Record<string, true>> = {
  Id: true,
  Arn: true,
  RoleArn: true,
  Input: true,
  InputPath: true,
  InputTransformer: true,
  RetryPolicy: true,
  DeadLetterConfig: true,
};

function targetsProblem(value: unknown): string | undefined {
  for (const target of Array.isArray(value) ? value.filter(isObject) : []) {
    const unknown = Object.keys(target).find((name) => !Object.hasOwn(TARGET, name));
    if (unknown !== undefined) return `has a target with ${unknown}, which is not supported locally`;
  }
  return undefined;
}

export function refuseRule(resource: ResolvedResource): string | undefined {
  return refuseUnlisted(resource, RULE);
}

/** `undefined` for a rule that is switched off. */
export function readRule(resource: ResolvedResource): Rule | undefined {
  const { properties } = resource;
  if (properties.State === 'DISABLED') return undefined;
  return {
    arn: resource.arn,
    name: optionalText(properties, 'Name') ?? resource.arn.split('/').at(-1) ?? resource.logicalId,
    bus: busName(optionalText(properties, 'EventBusName')),
    pattern: isObject(properties.EventPattern) ? properties.EventPattern : undefined,
    schedule: optionalText(properties, 'ScheduleExpression'),
    targets: objectsOf(properties, 'Targets'),
  };
}

/** From a name or an ARN. */
export function busName(nameOrArn: string | undefined): string {
  return nameOrArn === undefined ? 'default' : (nameOrArn.split('/').at(-1) ?? nameOrArn);
}
