import type { GuardrailPolicy, Guardrails } from '../../../../sdks/javascript/src/generated/api.ts';
import { Arrow } from '../changes/spend-effect-view.tsx';
import type { Surroundings } from './policy-draft.ts';
import { policyLines } from './policy-words.ts';

interface PolicyChangesProps {
  readonly guardrails: Guardrails;
  /** Undefined while something that is written cannot be read. */
  readonly changes: Partial<GuardrailPolicy> | undefined;
  readonly around: Surroundings;
}

/** The guardrails that would be moved, from where to where; said aloud as they are written. */
export function PolicyChanges({ guardrails, changes, around }: PolicyChangesProps) {
  const after = { ...guardrails, policy: { ...guardrails.policy, ...changes } };
  const moved = policyLines(after, around).flatMap((line, index) => {
    const before = policyLines(guardrails, around)[index];
    return before === undefined || before.value === line.value ? [] : [{ ...line, before: before.value }];
  });
  return (
    <div role="status">
      {changes === undefined ? (
        <p className="muted">Something that is written cannot be read yet.</p>
      ) : moved.length === 0 ? (
        <p className="muted">Nothing would become different.</p>
      ) : (
        <dl className="diff">
          {moved.map(({ label, before, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <del>{before}</del> <Arrow /> <ins>{value}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
