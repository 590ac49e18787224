import type { GeneratedCreative } from '../../../../sdks/javascript/src/generated/api.ts';
import { Table } from '../../parts/table.tsx';
import { angleNames, angles, coverageOf, missingText } from './creation-words.ts';

/** Who is spoken to with which argument, and what nobody says: a platform learns from ads that differ. */
export function CoverageView({ creatives }: { readonly creatives: readonly GeneratedCreative[] }) {
  const rows = coverageOf(creatives);
  return (
    <details className="coverage">
      <summary>What they cover</summary>
      <Table
        label="Whom the ads speak to, and with what"
        columns={[
          { label: 'For', kind: 'wraps', cell: ({ segment }) => segment ?? 'Everybody' },
          ...angles.map((angle) => ({
            label: angleNames[angle],
            cell: ({ counts }: (typeof rows)[number]) => (counts[angle] === 0 ? '–' : String(counts[angle])),
          })),
        ]}
        rows={rows}
        keyOf={({ segment }) => segment ?? ''}
      />
      <p className="muted">{missingText(creatives)}</p>
    </details>
  );
}
