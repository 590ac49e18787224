import type { Account, ChangeDetail } from '../../../../sdks/javascript/src/generated/api.ts';
import { Icon } from '../../parts/icon.tsx';
import { OperationView } from './operation-view.tsx';
import { SpendEffectView } from './spend-effect-view.tsx';
import { VerdictList } from './verdict-list.tsx';

interface ChangeBodyProps {
  readonly change: ChangeDetail;
  readonly accounts: readonly Account[] | undefined;
}

/** What a change is: its operations, what the guardrails say, and what it does to spend. */
export function ChangeBody({ change, accounts }: ChangeBodyProps) {
  const nameOf = (accountId: string): string => accounts?.find(({ id }) => id === accountId)?.name ?? accountId;
  return (
    <>
      {change.warnings.length > 0 && (
        <ul className="plain warnings">
          {change.warnings.map((one) => (
            <li key={one}>
              <Icon name="alert" /> <span>{one}</span>
            </li>
          ))}
        </ul>
      )}
      <section className="panel" aria-labelledby="operations">
        <h2 id="operations">What changes</h2>
        <ul className="operations">
          {change.operations.map((one) => (
            <OperationView key={one.id} operation={one} accountName={nameOf(one.accountId)} />
          ))}
        </ul>
      </section>
      <section className="panel" aria-labelledby="guardrails">
        <h2 id="guardrails">Guardrails</h2>
        <VerdictList verdicts={change.verdicts} operations={change.operations} />
      </section>
      <section className="panel" aria-labelledby="effect">
        <h2 id="effect">Effect on spend</h2>
        <SpendEffectView effect={change.effect} accounts={accounts} />
      </section>
    </>
  );
}
