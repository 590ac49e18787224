import * as z from 'zod/mini';
import { guardrailDefaults } from '../../contracts/guardrails.ts';
import { type GuardrailPolicy, guardrailPolicy } from '../../contracts/schemas/guardrails.ts';
import { workspacePk } from './keys.ts';
import type { Table, TransactAction } from './table.ts';

const guardrailRecord = z.object({
  /** Only what somebody has set: a safer default of a later release reaches everybody else. */
  policy: z.partial(guardrailPolicy),
  /** Counts changes, so that two people do not overwrite each other. */
  revision: z.int(),
  changedAt: z.string(),
  changedBy: z.string(),
});

export interface HeldGuardrails {
  /** What somebody has set; the rest of the policy are defaults. */
  readonly set: Partial<GuardrailPolicy>;
  readonly policy: GuardrailPolicy;
  /** 0 while nobody has set anything. */
  readonly revision: number;
  readonly changedAt: string | null;
  readonly changedBy: string | null;
}

export interface GuardrailStore {
  get(): Promise<HeldGuardrails>;
  /** Writes what somebody has set, in a transaction with its audit entry; it fails when somebody else was first. */
  change(
    held: HeldGuardrails,
    next: { readonly policy: Partial<GuardrailPolicy>; readonly at: string; readonly by: string },
  ): TransactAction;
}

export function createGuardrailStore(table: Table, workspaceId: string): GuardrailStore {
  const key = { pk: workspacePk(workspaceId), sk: 'GUARDRAILS' };
  return {
    async get() {
      const item = await table.get(key);
      const record = item && guardrailRecord.parse(item);
      const set = defined(record?.policy ?? {});
      return {
        set,
        policy: { ...guardrailDefaults, ...set },
        revision: record?.revision ?? 0,
        changedAt: record?.changedAt ?? null,
        changedBy: record?.changedBy ?? null,
      };
    },
    change({ set, revision }, { policy, at, by }) {
      const put = {
        ...key,
        policy: { ...set, ...defined(policy) },
        revision: revision + 1,
        changedAt: at,
        changedBy: by,
      };
      return revision === 0
        ? { put, condition: 'attribute_not_exists(pk)' }
        : { put, condition: 'revision = :revision', values: { ':revision': revision } };
    },
  };
}

/** An absent field is no field: it must not hide a default. */
const defined = (given: { readonly [F in keyof GuardrailPolicy]?: GuardrailPolicy[F] | undefined }) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<GuardrailPolicy>;
