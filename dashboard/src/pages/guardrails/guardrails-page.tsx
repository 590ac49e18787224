import { useState } from 'react';
import { ConextError } from '../../../../sdks/javascript/src/errors.ts';
import type { Account, GuardrailPolicy, Guardrails } from '../../../../sdks/javascript/src/generated/api.ts';
import { tagOf } from '../../../../sdks/javascript/src/tags.ts';
import { useApi, useMay, useSession } from '../../api/api-context.tsx';
import { useAccounts } from '../../api/use-accounts.ts';
import { useAction } from '../../api/use-action.ts';
import { useQuery } from '../../api/use-query.ts';
import { instant } from '../../format/times.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Icon } from '../../parts/icon.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Table } from '../../parts/table.tsx';
import { Link } from '../../routing/link.tsx';
import { PolicyForm } from './policy-form.tsx';
import { policyLines } from './policy-words.ts';

/** What bounds every change of the workspace. */
export function GuardrailsPage() {
  const may = useMay('guardrails.read');
  const { role, workspace } = useSession();
  const accounts = useAccounts();
  const asked = useQuery(may ? 'guardrails' : undefined, (client, signal) => client.getGuardrails({}, { signal }));
  const found = asked.data;
  return (
    <>
      <Link href="/changes" className="back">
        <Icon name="back" /> All changes
      </Link>
      <PageHead
        title="Guardrails"
        about={
          found?.changedAt == null
            ? 'What bounds every change of the workspace'
            : `What bounds every change of the workspace; last changed ${instant(found.changedAt)}`
        }
      />
      {!may ? (
        <Empty title="Your role does not see guardrails">
          <p>You are a {role} of this workspace. An owner or manager can change that.</p>
        </Empty>
      ) : (
        <section className="panel" aria-label="Guardrails" aria-busy={asked.loading}>
          {asked.error !== undefined && (
            <ErrorPanel error={asked.error} retry={asked.reload} what="The guardrails could not be shown" />
          )}
          {found === undefined ? (
            asked.error === undefined && <Skeleton lines={9} what="the guardrails" />
          ) : (
            <>
              <Table
                label="Table of guardrails"
                rows={policyLines(found, { currency: workspace.currency, accounts: accounts.data ?? [] })}
                keyOf={({ label }) => label}
                columns={[
                  { label: 'Guardrail', kind: 'wraps', cell: ({ label }) => label },
                  { label: 'Holds', kind: 'wraps', cell: ({ value }) => <strong>{value}</strong> },
                  { label: 'By default', kind: 'wraps', cell: ({ standard }) => standard },
                ]}
              />
              <Changing
                guardrails={found}
                accounts={accounts.data}
                currency={workspace.currency}
                reload={asked.reload}
              />
            </>
          )}
        </section>
      )}
    </>
  );
}

interface ChangingProps {
  readonly guardrails: Guardrails;
  readonly accounts: readonly Account[] | undefined;
  readonly currency: string;
  readonly reload: () => void;
}

/** The form, for whoever may move the guardrails; who may not is told who can. */
function Changing({ guardrails, accounts, currency, reload }: ChangingProps) {
  const { client, answers } = useApi();
  const may = useMay('guardrails.write');
  /** As they were when the form was opened: what is written is written over these. */
  const [open, setOpen] = useState<Guardrails>();
  const save = useAction(async (policy: Partial<GuardrailPolicy>, reason: string) => {
    try {
      const options = { ifMatch: tagOf(open ?? guardrails) ?? '*' };
      answers.set('guardrails', await client.changeGuardrails({ body: { reason, policy } }, options));
    } catch (error) {
      // Somebody moved them meanwhile: what was written is not laid over what nobody has looked at.
      if (isOutdated(error)) {
        setOpen(undefined);
        reload();
      }
      throw error;
    }
    setOpen(undefined);
    reload();
  });
  if (!may) return <p className="muted">Owners of the workspace may move the guardrails.</p>;
  return (
    <>
      {open === undefined ? (
        <button type="button" className="button" disabled={accounts === undefined} onClick={() => setOpen(guardrails)}>
          Change the guardrails
        </button>
      ) : (
        <PolicyForm
          guardrails={open}
          accounts={accounts ?? []}
          currency={currency}
          busy={save.busy}
          save={(policy, reason) => void save.run(policy, reason)}
          leave={() => setOpen(undefined)}
        />
      )}
      {save.error !== undefined && !(isOutdated(save.error) && open !== undefined) && (
        <ErrorPanel
          error={save.error}
          retry={open === undefined ? () => setOpen(guardrails) : save.again}
          what="The guardrails were not changed"
        />
      )}
    </>
  );
}

const isOutdated = (error: unknown): boolean => error instanceof ConextError && error.status === 412;
