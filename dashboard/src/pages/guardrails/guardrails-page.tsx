import { useMay, useSession } from '../../api/api-context.tsx';
import { useAccounts } from '../../api/use-accounts.ts';
import { useQuery } from '../../api/use-query.ts';
import { instant } from '../../format/times.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Icon } from '../../parts/icon.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Table } from '../../parts/table.tsx';
import { Link } from '../../routing/link.tsx';
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
          )}
        </section>
      )}
    </>
  );
}
