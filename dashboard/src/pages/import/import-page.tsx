import { useEffect, useId, useState } from 'react';
import type { Import } from '../../../../sdks/javascript/src/generated/api.ts';
import { allPages } from '../../api/all-pages.ts';
import { useApi, useMay, useSession } from '../../api/api-context.tsx';
import { useAccounts } from '../../api/use-accounts.ts';
import { useAction } from '../../api/use-action.ts';
import { useQuery } from '../../api/use-query.ts';
import { fileSize } from '../../format/numbers.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { ImportTable } from './import-table.tsx';
import { isUnderWay } from './import-words.ts';
import { OutcomeNote } from './outcome-note.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { sendFile } from './send-file.ts';
import { WhatToDownload } from './what-to-download.tsx';

const pageSize = 100;
/** Milliseconds between two looks at imports that are under way. */
const lookAgainMs = 2_000;

/** As the API takes it. */
const mostBytes = 50 * 1024 ** 2;

/** What is wrong with a file before it is sent, or undefined. */
function faultOf({ size }: File): string | undefined {
  if (size === 0) return 'This file is empty. Download the report again.';
  return size > mostBytes
    ? `This file has ${fileSize(size)}, more than 50 MB. Download fewer days at once.`
    : undefined;
}

/** Reports that people downloaded from the platforms' own pages: sent, looked at, loaded and taken away again. */
export function ImportPage() {
  const may = useMay('pipelines.read');
  const mayRun = useMay('pipelines.run');
  const { role } = useSession();
  const { client } = useApi();
  const fileId = useId();
  const [chosen, setChosen] = useState<File>();
  const [share, setShare] = useState(0);
  const [importId, setImportId] = useState<string>();
  /** What was begun last on this page. */
  const [begun, setBegun] = useState<string>();
  /** A new one empties the file input. */
  const [round, setRound] = useState(0);
  const accounts = useAccounts();
  const reloadAccounts = accounts.reload;
  const imports = useQuery(may ? 'imports' : undefined, async (asking, signal) => ({
    items: (
      await allPages((cursor) => asking.listImports({ query: { limit: pageSize, ...cursor } }, { signal }))
    ).flatMap(({ items }) => items),
  }));
  const { reload } = imports;
  const underWay = imports.data?.items.some(isUnderWay) ?? false;
  useEffect(() => {
    if (!underWay) return;
    const timer = setInterval(reload, lookAgainMs);
    return () => clearInterval(timer);
  }, [underWay, reload]);
  const send = useAction(async () => {
    if (chosen === undefined) return;
    setShare(0);
    setImportId(await sendFile(client, chosen, setShare));
    reload();
  });
  const done = (): void => {
    setBegun(importId);
    setImportId(undefined);
    setRound(round + 1);
    reloadAccounts();
    setChosen(undefined);
    reload();
  };
  const fault = chosen === undefined ? undefined : faultOf(chosen);
  const last = imports.data?.items.find(({ id }) => id === begun);
  const nameOf = ({ accountId }: Import): string | undefined => accounts.data?.find(({ id }) => id === accountId)?.name;
  return (
    <>
      <PageHead title="Import" about="Reports downloaded from a platform’s own pages, until its API may be read" />
      {!may ? (
        <Empty title="Your role does not see imports">
          <p>You are a {role} of this workspace. An owner or manager can change that.</p>
        </Empty>
      ) : (
        <>
          {mayRun && (
            <section className="panel" aria-label="Import a report">
              <h2>Import a report</h2>
              <div className="form-row">
                <label className="field" htmlFor={fileId}>
                  <span>CSV or XLSX, at most 50 MB</span>
                  <input
                    key={round}
                    id={fileId}
                    type="file"
                    accept=".csv,.tsv,.txt,.xlsx"
                    onChange={({ target }) => {
                      setChosen(target.files?.[0]);
                      setImportId(undefined);
                      setBegun(undefined);
                    }}
                  />
                </label>
                <button
                  type="button"
                  className="button primary"
                  disabled={chosen === undefined || fault !== undefined || send.busy || importId !== undefined}
                  onClick={() => void send.run()}
                >
                  {send.busy ? `Sending… ${Math.round(share * 100)} %` : 'Look at it'}
                </button>
              </div>
              {fault !== undefined && (
                <p className="note bad" role="alert">
                  <span>{fault}</span>
                </p>
              )}
              {send.error !== undefined && (
                <ErrorPanel error={send.error} retry={() => void send.run()} what="The file was not sent" />
              )}
              {importId === undefined && <WhatToDownload open={imports.data?.items.length === 0} />}
              {last !== undefined && importId === undefined && (
                <OutcomeNote one={last} account={accounts.data?.find(({ id }) => id === last.accountId)} />
              )}
              {importId !== undefined && <PreviewPanel key={importId} importId={importId} done={done} />}
            </section>
          )}
          <section className="panel" aria-label="Imports" aria-busy={imports.loading}>
            <h2>Imports</h2>
            {imports.error !== undefined && (
              <ErrorPanel error={imports.error} retry={reload} what="The imports could not be listed" />
            )}
            {imports.data === undefined ? (
              imports.error === undefined && <Skeleton lines={4} what="the imports" />
            ) : imports.data.items.length === 0 ? (
              <Empty title="Nothing imported yet">
                <p>
                  {mayRun
                    ? 'Choose a report above; nothing is loaded before you have seen it.'
                    : 'An owner or manager can import reports.'}
                </p>
              </Empty>
            ) : (
              <ImportTable
                imports={imports.data.items}
                accountOf={nameOf}
                look={mayRun ? setImportId : undefined}
                removed={(id) => {
                  setBegun(id);
                  if (id === importId) setImportId(undefined);
                  reload();
                }}
              />
            )}
          </section>
        </>
      )}
    </>
  );
}
