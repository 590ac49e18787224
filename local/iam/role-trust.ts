/** Whether the services that work under a role may take it on: AWS finds out when they try, here it is found before anything starts. */
import type { ResolvedResource } from '../ports.ts';
import { isObject, type JsonObject, objectOf, objectsOf, optionalText } from '../services/json-protocol.ts';
import { decide, readPolicy } from './policy.ts';

interface RoleUser {
  readonly service: string;
  readonly roles: (properties: JsonObject) => readonly unknown[];
  /** What the service tells of itself when it asks for the role; Lambda tells nothing. */
  readonly sourceArn?: (resource: ResolvedResource) => string;
}

const ROLE_USERS: Readonly<Record<string, RoleUser>> = {
  'AWS::Lambda::Function': { service: 'lambda.amazonaws.com', roles: ({ Role }) => [Role] },
  'AWS::StepFunctions::StateMachine': {
    service: 'states.amazonaws.com',
    roles: ({ RoleArn }) => [RoleArn],
    sourceArn: ({ arn }) => arn,
  },
  'AWS::Scheduler::Schedule': {
    service: 'scheduler.amazonaws.com',
    roles: (schedule) => [objectOf(schedule, 'Target').RoleArn],
    // The group's, not the schedule's (Scheduler guide, "Confused deputy prevention").
    sourceArn: ({ arn, properties }) =>
      `${arn.split(':').slice(0, 5).join(':')}:schedule-group/${optionalText(properties, 'GroupName') ?? 'default'}`,
  },
  'AWS::Events::Rule': {
    service: 'events.amazonaws.com',
    roles: (rule) => objectsOf(rule, 'Targets').map(({ RoleArn }) => RoleArn),
    sourceArn: ({ arn }) => arn,
  },
};

/** A sentence for every role of the templates whose trust policy keeps out the service that is to work under it. */
export function distrustedServices(resources: readonly ResolvedResource[], accountId: string): readonly string[] {
  const roles = new Map(resources.filter(({ type }) => type === 'AWS::IAM::Role').map((role) => [role.arn, role]));
  return resources.flatMap((resource) => {
    const user = ROLE_USERS[resource.type];
    if (user === undefined) return [];
    return user.roles(resource.properties).flatMap((arn) => {
      const role = roles.get(String(arn));
      if (role === undefined) return [];
      const reason = distrust(role, user, user.sourceArn?.(resource), accountId);
      return reason === undefined
        ? []
        : [
            `${resource.type} ${resource.stack}/${resource.logicalId}: ${user.service} may not assume ${role.stack}/${role.logicalId}: ${reason}.`,
          ];
    });
  });
}

function distrust(
  role: ResolvedResource,
  { service }: RoleUser,
  sourceArn: string | undefined,
  accountId: string,
): string | undefined {
  const document = role.properties.AssumeRolePolicyDocument;
  if (!isObject(document)) return 'it has no trust policy';
  try {
    const statements = readPolicy(document, 'its trust policy').filter(({ principals }) =>
      principals.some((principal) => principal === '*' || principal === `service:${service}`),
    );
    const context = new Map<string, string>(
      sourceArn === undefined
        ? []
        : [
            ['aws:sourceaccount', accountId],
            ['aws:sourcearn', sourceArn],
          ],
    );
    const decision = decide(statements, { action: 'sts:AssumeRole', resource: role.arn, context });
    return decision.allowed ? undefined : `${decision.reason} in its trust policy`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
