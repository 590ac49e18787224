/** The policies of all roles and guarded resources in the templates, and the one place that says who may do what. */
import { type AccessNeed, AwsError, type Caller, type DeliverySource, type ResolvedResource } from '../ports.ts';
import { isObject, objectsOf, optionalText, textsOf } from '../services/json-protocol.ts';
import type { ConditionContext } from './conditions.ts';
import { MANAGED_POLICIES } from './managed-policies.ts';
import { decide, readPolicy, type Statement, statementApplies } from './policy.ts';

export const IAM_TYPES: readonly string[] = [
  'AWS::IAM::Role',
  'AWS::IAM::Policy',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::ManagedPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::Lambda::Permission',
];

export interface AccessControl {
  /** Throws `AwsError` `AccessDeniedException` that names caller, action, resource and reason. */
  check(caller: Caller, need: AccessNeed): void;
  /** For a service without a role: the policy of the resource decides. */
  checkResourcePolicy(source: DeliverySource, need: AccessNeed): void;
}

export interface LoadedAccess {
  readonly control: AccessControl;
  /** Statements that cannot be evaluated here, in sentences. */
  readonly refusals: readonly string[];
}

export function loadAccessControl(resources: readonly ResolvedResource[], accountId: string): LoadedAccess {
  const refusals: string[] = [];
  const byRole = new Map<string, Statement[]>();
  const byResource = new Map<string, Statement[]>();
  const queueArns = new Map(
    resources.filter((it) => it.type === 'AWS::SQS::Queue').map((it) => [it.physicalId, it.arn] as const),
  );
  const add = (map: Map<string, Statement[]>, key: string, statements: readonly Statement[]): void => {
    map.set(key, [...(map.get(key) ?? []), ...statements]);
  };
  const rolesNamed = (names: readonly string[]): readonly string[] =>
    names.map((name) => `arn:aws:iam::${accountId}:role/${name.split('/').at(-1)}`);

  const readers: Readonly<Record<string, (it: ResolvedResource) => void>> = {
    'AWS::IAM::Role': (it) => {
      byRole.set(it.arn, byRole.get(it.arn) ?? []);
      for (const policy of objectsOf(it.properties, 'Policies')) {
        add(byRole, it.arn, readPolicy(policy.PolicyDocument, String(policy.PolicyName)));
      }
      for (const managed of textsOf(it.properties, 'ManagedPolicyArns')) {
        const document = MANAGED_POLICIES[managed];
        if (document !== undefined) add(byRole, it.arn, readPolicy(document, managed));
        else if (managed.startsWith('arn:aws:iam::aws:')) throw new Error(`${managed} is not known locally`);
        else add(byRole, it.arn, customerManaged(resources, managed));
      }
    },
    'AWS::IAM::Policy': (it) => {
      const statements = readPolicy(
        it.properties.PolicyDocument,
        optionalText(it.properties, 'PolicyName') ?? it.logicalId,
      );
      for (const role of rolesNamed(textsOf(it.properties, 'Roles'))) add(byRole, role, statements);
    },
    'AWS::IAM::RolePolicy': (it) => {
      const statements = readPolicy(
        it.properties.PolicyDocument,
        optionalText(it.properties, 'PolicyName') ?? it.logicalId,
      );
      for (const role of rolesNamed([String(it.properties.RoleName)])) add(byRole, role, statements);
    },
    'AWS::IAM::ManagedPolicy': (it) => {
      const statements = readPolicy(it.properties.PolicyDocument, it.logicalId);
      for (const role of rolesNamed(textsOf(it.properties, 'Roles'))) add(byRole, role, statements);
    },
    'AWS::SQS::QueuePolicy': (it) => {
      const statements = readPolicy(it.properties.PolicyDocument, it.logicalId);
      for (const queue of textsOf(it.properties, 'Queues')) add(byResource, queueArns.get(queue) ?? queue, statements);
    },
    'AWS::Lambda::Permission': (it) => {
      const named = String(it.properties.FunctionName);
      const arn =
        resources.find((other) => other.type === 'AWS::Lambda::Function' && other.physicalId === named)?.arn ?? named;
      add(byResource, arn, readPolicy({ Statement: permissionStatement(it, arn) }, it.logicalId));
    },
  };
  for (const resource of resources) {
    try {
      readers[resource.type]?.(resource);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      refusals.push(`${resource.type} ${resource.stack}/${resource.logicalId}: ${message}.`);
    }
  }

  return {
    refusals,
    control: {
      check: (caller, need) => {
        if (caller.roleArn === undefined) return;
        const role = byRole.get(caller.roleArn);
        const context = contextOf(need, { 'aws:principalarn': caller.roleArn, 'aws:principalaccount': accountId });
        const decision =
          role === undefined
            ? ({ allowed: false, reason: 'the templates hold no such role' } as const)
            : decide(role, { action: need.action, resource: need.resource, context });
        const denied = decision.allowed ? denial(byResource.get(need.resource), need, context) : decision.reason;
        if (denied !== undefined) {
          throw new AwsError(
            'AccessDeniedException',
            `${caller.label} (role ${caller.roleArn.split('/').at(-1)}) may not ${need.action} on ${need.resource}: ${denied}.`,
          );
        }
      },
      checkResourcePolicy: (source, need) => {
        const context = contextOf(need, {
          'aws:sourceaccount': accountId,
          ...(source.arn === undefined ? {} : { 'aws:sourcearn': source.arn }),
        });
        const statements = (byResource.get(need.resource) ?? []).filter(
          (statement) =>
            statement.principals.includes('*') || statement.principals.includes(`service:${source.service}`),
        );
        const decision = decide(statements, { action: need.action, resource: need.resource, context });
        if (!decision.allowed) {
          throw new AwsError(
            'AccessDeniedException',
            `${source.service}${source.arn === undefined ? '' : ` for ${source.arn}`} may not ${need.action} on ` +
              `${need.resource}: ${decision.reason} in the policy of that resource.`,
          );
        }
      },
    },
  };
}

/** Within one account the role's Allow suffices; a Deny of the resource's own policy still wins. */
function denial(
  statements: readonly Statement[] | undefined,
  need: AccessNeed,
  context: ConditionContext,
): string | undefined {
  const principal = context.get('aws:principalarn');
  const denying = statements?.find(
    (statement) =>
      statement.effect === 'Deny' &&
      (statement.principals.includes('*') || statement.principals.includes(`aws:${String(principal)}`)) &&
      statementApplies(statement, { action: need.action, resource: need.resource, context }),
  );
  return denying === undefined ? undefined : `${denying.source} of the resource denies it`;
}

function customerManaged(resources: readonly ResolvedResource[], arn: string): readonly Statement[] {
  const policy = resources.find((it) => it.type === 'AWS::IAM::ManagedPolicy' && it.arn === arn);
  if (policy === undefined) throw new Error(`managed policy ${arn} is not in the templates`);
  return readPolicy(policy.properties.PolicyDocument, policy.logicalId);
}

function permissionStatement(it: ResolvedResource, functionArn: string): object {
  const { Principal: principal, SourceArn: sourceArn, SourceAccount: sourceAccount, Action: action } = it.properties;
  return {
    Effect: 'Allow',
    Action: action,
    Resource: functionArn,
    Principal: String(principal).endsWith('.amazonaws.com') ? { Service: principal } : { AWS: principal },
    Condition: {
      ...(sourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': sourceArn } }),
      ...(sourceAccount === undefined ? {} : { StringEquals: { 'aws:SourceAccount': sourceAccount } }),
    },
  };
}

/** Loopback stands in for TLS: nothing leaves the machine. */
const ALWAYS = { 'aws:securetransport': 'true', 'aws:sourceip': '127.0.0.1', 'aws:viaawsservice': 'false' };

function contextOf(need: AccessNeed, facts: Readonly<Record<string, string>>): ConditionContext {
  const given = Object.entries(isObject(need.context) ? need.context : {}) as [string, string | readonly string[]][];
  return new Map<string, string | readonly string[]>([
    ...Object.entries(ALWAYS),
    ...Object.entries(facts),
    ...given.map(([key, value]): [string, string | readonly string[]] => [key.toLowerCase(), value]),
  ]);
}
