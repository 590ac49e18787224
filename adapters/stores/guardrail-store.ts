import * as z from 'zod/mini';
import { guardrailDefaults } from '../../contracts/guardrails.ts';
import { type GuardrailPolicy, guardrailPolicy } from '../../contracts/schemas/guardrails.ts';
import { workspacePk } from './keys.ts';
import type { Table } from './table.ts';

const guardrailRecord = z.object({
  /** Only what somebody has set: a safer default of a later release reaches everybody else. */
  policy: z.partial(guardrailPolicy),
  /** Counts changes, so that two people do not overwrite each other. */
  revision: z.int(),
  changedAt: z.string(),
  changedBy: z.string(),
});

export interface HeldGuardrails {
  readonly policy: GuardrailPolicy;
  /** 0 while nobody has set anything. */
  readonly revision: number;
  readonly changedAt: string | null;
  readonly changedBy: string | null;
}

export interface GuardrailStore {
  get(): Promise<HeldGuardrails>;
  /** `false` when somebody changed them since the revision was read. */
  change(
    revision: number,
    next: { readonly policy: Partial<GuardrailPolicy>; readonly at: string; readonly by: string },
  ): Promise<boolean>;
}

export function createGuardrailStore(table: Table, workspaceId: string): GuardrailStore {
  const key = { pk: workspacePk(workspaceId), sk: 'GUARDRAILS' };
  const held = async () => {
    const item = await table.get(key);
    return item && guardrailRecord.parse(item);
  };
  return {
    async get() {
      const record = await held();
      return {
        policy: { ...guardrailDefaults, ...defined(record?.policy ?? {}) },
        revision: record?.revision ?? 0,
        changedAt: record?.changedAt ?? null,
        changedBy: record?.changedBy ?? null,
      };
    },
    async change(revision, { policy, at, by }) {
      const record = await held();
      const next = {
        policy: { ...record?.policy, ...policy },
        revision: revision + 1,
        changedAt: at,
        changedBy: by,
      };
      if (revision === 0) return table.put({ ...key, ...next }, { ifAbsent: true });
      return table.update(key, next, { expression: 'revision = :revision', values: { ':revision': revision } });
    },
  };
}

/** An absent field is no field: it must not hide a default. */
const defined = (given: { readonly [F in keyof GuardrailPolicy]?: GuardrailPolicy[F] | undefined }) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<GuardrailPolicy>;
