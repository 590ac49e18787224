import type { RouteCases } from '../../../adapters/http/api-handler.ts';
import { changedMeanwhile, requireUnchanged } from '../../../adapters/http/preconditions.ts';
import type { HeldGuardrails } from '../../../adapters/stores/guardrail-store.ts';
import type { Stores, WorkspaceStores } from '../../../adapters/stores/stores.ts';
import { guardrailDefaults } from '../../../contracts/guardrails.ts';
import { type GuardrailPolicy, guardrails } from '../../../contracts/schemas/guardrails.ts';
import { loosenedFields } from '../../../domain/changes/loosened.ts';
import { isTimeZone } from '../../../domain/changes/quiet-hours.ts';
import { sameContent } from '../../../domain/changes/same-content.ts';
import { AppError, type FieldError } from '../../../domain/errors.ts';

export type GuardrailKinds = 'guardrails' | 'accounts' | 'campaigns' | 'audit';

export interface GuardrailPorts {
  readonly stores: Stores<GuardrailKinds>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const present = ({ policy, changedAt, changedBy }: HeldGuardrails) => ({
  policy,
  defaults: guardrailDefaults,
  changedAt,
  changedBy,
});

/** The guardrails of a workspace: what bounds every change. */
export function manageGuardrails({ stores, now }: GuardrailPorts) {
  return {
    getGuardrails: async ({ principal: { workspaceId } }) =>
      present(await stores.forWorkspace(workspaceId).guardrails.get()),

    async changeGuardrails({ principal: { workspaceId, subject }, body, ifMatch, requestId }) {
      const own = stores.forWorkspace(workspaceId);
      const held = await own.guardrails.get();
      requireUnchanged(ifMatch, guardrails, present(held));
      const given = Object.fromEntries(Object.entries(body.policy).filter(([, value]) => value !== undefined));
      const policy = given as Partial<GuardrailPolicy>;
      await requireKnown(own, policy);
      const changed = changedFields(held.policy, { ...held.policy, ...policy });
      if (changed.length === 0) return present(held);
      const at = new Date(now()).toISOString();
      const kept = await own.audit.append(
        [
          {
            at,
            action: 'guardrails.changed',
            actor: subject,
            requestId,
            reason: body.reason,
            changeId: null,
            operationId: null,
            object: null,
            before: pick(held.policy, changed),
            after: {
              ...pick({ ...held.policy, ...policy }, changed),
              loosened: loosenedFields(held.policy, { ...held.policy, ...policy }),
            },
            platformRequestId: null,
            problem: null,
          },
        ],
        [own.guardrails.change(held, { policy, at, by: subject })],
      );
      if (!kept) throw changedMeanwhile();
      return present(await own.guardrails.get());
    },
  } satisfies RouteCases;
}

const changedFields = (before: GuardrailPolicy, after: GuardrailPolicy): (keyof GuardrailPolicy)[] =>
  (Object.keys(after) as (keyof GuardrailPolicy)[]).filter((field) => !sameContent(before[field], after[field]));

const pick = (policy: GuardrailPolicy, fields: readonly (keyof GuardrailPolicy)[]) =>
  Object.fromEntries(fields.map((field) => [field, policy[field]]));

/** A ceiling of an account that nobody has, or a zone that no clock keeps, would bound nothing. */
async function requireKnown(own: WorkspaceStores<GuardrailKinds>, policy: Partial<GuardrailPolicy>): Promise<void> {
  const problems: FieldError[] = [];
  const zone = policy.quietHours?.timeZone;
  if (typeof zone === 'string' && !isTimeZone(zone)) {
    problems.push({ field: 'policy.quietHours.timeZone', message: 'is no IANA time zone, such as Europe/Berlin' });
  }
  if (policy.quietHours && policy.quietHours.from === policy.quietHours.to) {
    problems.push({
      field: 'policy.quietHours.to',
      message: 'is the same as from: that would be no quiet time at all',
    });
  }
  if (policy.accountCeilings !== undefined) {
    const accounts = new Set((await own.accounts.all()).map(({ id }) => id));
    for (const id of Object.keys(policy.accountCeilings)) {
      if (!accounts.has(id)) {
        problems.push({ field: `policy.accountCeilings.${id}`, message: 'there is no such account in this workspace' });
      }
    }
  }
  if (policy.protectedCampaigns !== undefined) {
    const known = await own.campaigns.getMany(policy.protectedCampaigns);
    policy.protectedCampaigns.forEach((id, index) => {
      if (known.has(id)) return;
      problems.push({
        field: `policy.protectedCampaigns[${index}]`,
        message: 'there is no such campaign in this workspace',
      });
    });
  }
  if (problems.length > 0) {
    throw new AppError('invalid-request', 'Some guardrails cannot be so; `errors` lists each.', { fields: problems });
  }
}
