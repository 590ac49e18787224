import { useState } from 'react';
import type { GeneratedCreative, GenerationRunDetail } from '../../../../sdks/javascript/src/generated/api.ts';
import { allPages } from '../../api/all-pages.ts';
import { useApi } from '../../api/api-context.tsx';
import { useQuery } from '../../api/use-query.ts';
import { platformName } from '../../format/platforms.ts';
import { counted } from '../../format/plural.ts';
import { Choice } from '../../parts/choice.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { navigate, useLocation, withParameters } from '../../routing/location.ts';
import { CompareView, mostCompared } from './compare-view.tsx';
import { CoverageView } from './coverage-view.tsx';
import { angleNames, angles, languageName } from './creation-words.ts';
import { CreativeCard } from './creative-card.tsx';

/** Cards that are drawn at once; more are asked for. */
const pageSize = 24;

const standings = [
  ['block', 'Must be mended'],
  ['warn', 'To look at'],
  ['pass', 'Nothing against it'],
] as const;

/** The ads of a run, to look through, mend and compare. What is chosen stands in the address. */
export function Gallery({ run, changed }: { readonly run: GenerationRunDetail; readonly changed: () => void }) {
  const { answers } = useApi();
  const { path, search } = useLocation();
  const key = `creatives ${run.id} ${run.round} ${run.status}`;
  const asked = useQuery(key, async (client, signal) =>
    (await allPages((cursor) => client.listCreatives({ query: { runId: run.id, limit: 50, ...cursor } }, { signal })))
      .flatMap(({ items }) => items)
      .filter(({ round }) => round === run.round),
  );
  const [compared, setCompared] = useState<readonly string[]>([]);
  const [limit, setLimit] = useState(pageSize);
  const [mended, setMended] = useState<ReadonlyMap<string, GeneratedCreative>>(new Map());
  const all = (asked.data ?? []).map((one) => mended.get(one.id) ?? one);
  const chosen = new URLSearchParams(search);
  const shown = all.filter((one) =>
    (['platform', 'language', 'angle', 'verdict'] as const).every((name) =>
      [null, one[name]].includes(chosen.get(name)),
    ),
  );
  const choose = (name: string, value: string): void => {
    setLimit(pageSize);
    navigate(path + withParameters(search, { [name]: value }), { replace: true });
  };
  const choice = (name: string, label: string, every: string, options: readonly (readonly [string, string])[]) => (
    <Choice
      label={label}
      value={chosen.get(name) ?? ''}
      all={every}
      options={options}
      choose={(value) => choose(name, value)}
    />
  );
  const present = <K extends 'platform' | 'language'>(name: K): string[] => [...new Set(all.map((one) => one[name]))];
  const side = all.filter(({ id }) => compared.includes(id));
  if (asked.data === undefined) {
    return asked.error === undefined ? (
      <Skeleton lines={8} what="the ads" />
    ) : (
      <ErrorPanel error={asked.error} retry={asked.reload} what="The ads could not be listed" />
    );
  }
  if (all.length === 0) {
    return (
      <Empty title="No ad yet">
        <p>They appear here as soon as texts and images are written and checked.</p>
      </Empty>
    );
  }
  return (
    <section className="gallery" aria-labelledby="gallery">
      <div className="panel-head">
        <h2 id="gallery">Ads of round {run.round}</h2>
        <p className="muted" role="status">
          {counted(shown.length, 'ad')}
          {shown.length === all.length ? '' : ` of ${all.length}`}
        </p>
      </div>
      <div className="toolbar">
        {choice(
          'platform',
          'Platform',
          'Any platform',
          present('platform').map((id) => [id, platformName(id)]),
        )}
        {choice(
          'language',
          'Language',
          'Any language',
          present('language').map((id) => [id, languageName(id)]),
        )}
        {choice(
          'angle',
          'Angle',
          'Any angle',
          angles.map((id) => [id, angleNames[id]]),
        )}
        {choice('verdict', 'Check', 'Any verdict', standings)}
      </div>
      <CoverageView creatives={all} />
      {side.length > 1 && <CompareView creatives={side} close={() => setCompared([])} />}
      {side.length === 1 && <p className="muted">Choose one to three more to compare it with.</p>}
      {shown.length === 0 && (
        <Empty title="No ad is like that">
          <button type="button" className="button" onClick={() => navigate(path, { replace: true })}>
            Show all ads
          </button>
        </Empty>
      )}
      <div className="creatives">
        {shown.slice(0, limit).map((one) => (
          <CreativeCard
            key={one.id}
            creative={one}
            open={run.status === 'awaiting-approval'}
            compared={compared.includes(one.id)}
            compare={(add) =>
              setCompared(add ? [...compared, one.id].slice(-mostCompared) : compared.filter((id) => id !== one.id))
            }
            changed={(creative) => {
              setMended(new Map([...mended, [creative.id, creative]]));
              answers.delete(key);
              changed();
            }}
          />
        ))}
      </div>
      {shown.length > limit && (
        <button type="button" className="button" onClick={() => setLimit(limit + pageSize)}>
          Show {Math.min(pageSize, shown.length - limit)} more
        </button>
      )}
    </section>
  );
}
