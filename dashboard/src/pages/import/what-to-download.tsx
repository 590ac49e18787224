import { downloads } from './import-words.ts';

/** Where to get a report that can be read: most that cannot lack the days or the ids. */
export function WhatToDownload({ open }: { readonly open: boolean }) {
  return (
    <details open={open}>
      <summary>What to download</summary>
      <dl className="download-list">
        {downloads.map(([platform, how]) => (
          <div key={platform}>
            <dt className="primary-text">{platform}</dt>
            <dd>{how}</dd>
          </div>
        ))}
      </dl>
      <p className="muted">
        Every row is one day of one campaign (or ad group, or ad): without days, or with names alone, it cannot be told
        what a row is of. Leave the file as it was downloaded.
      </p>
    </details>
  );
}
