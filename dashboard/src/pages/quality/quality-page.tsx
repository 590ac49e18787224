import { useMemo, useState } from 'react';
import { allPages } from '../../api/all-pages.ts';
import { useMay, useSession } from '../../api/api-context.tsx';
import { useQuery } from '../../api/use-query.ts';
import { counted } from '../../format/plural.ts';
import { ago } from '../../format/times.ts';
import { Choice } from '../../parts/choice.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { PlatformFilter, usePlatform } from '../../parts/platform-filter.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useNow } from '../../parts/use-now.ts';
import { Link } from '../../routing/link.tsx';
import { navigate, useLocation, withParameters } from '../../routing/location.ts';
import { FindingsTable } from './findings-table.tsx';
import { QualityCounts } from './quality-counts.tsx';
import { pictureOf } from './quality-days.ts';
import { QualityPicture } from './quality-picture.tsx';
import { byGravity, severities, severityNames } from './quality-words.ts';

const step = 50;

/** What the checks say of the data: a picture first, then every finding, worst first. */
export function QualityPage() {
  const may = useMay('pipelines.read');
  const { role } = useSession();
  const now = useNow();
  const { path, search } = useLocation();
  const parameters = new URLSearchParams(search);
  const platform = usePlatform();
  const [runId, shown] = [parameters.get('run') ?? '', parameters.get('severity') ?? ''];
  const [limit, setLimit] = useState(step);
  const asked = useQuery(may ? `quality ${runId}` : undefined, async (client, signal) =>
    (
      await allPages((cursor) =>
        client.listQuality({ query: { limit: 1000, ...(runId !== '' && { runId }), ...cursor } }, { signal }),
      )
    ).flatMap(({ items }) => items),
  );
  const results = useMemo(
    () => asked.data?.filter((one) => platform === undefined || one.platform === platform).toSorted(byGravity),
    [asked.data, platform],
  );
  const picture = useMemo(() => (results === undefined ? undefined : pictureOf(results)), [results]);
  if (!may) {
    return (
      <>
        <PageHead title="Data quality" />
        <Empty title="Your role does not see data quality">
          <p>You are a {role} of this workspace. An owner or manager can change that.</p>
        </Empty>
      </>
    );
  }
  const counts = { ok: 0, info: 0, warning: 0, error: 0 };
  for (const { severity } of results ?? []) counts[severity] += 1;
  const listed = (results ?? []).filter(({ severity }) => (shown === '' ? severity !== 'ok' : severity === shown));
  const newest = results?.reduce((last, { checkedAt }) => (checkedAt > last ? checkedAt : last), '');
  return (
    <>
      <PageHead
        title="Data quality"
        about={
          runId === ''
            ? `The latest check of every account${newest ? `; the newest ${ago(newest, now)}` : ''}`
            : `The checks of the load ${runId}`
        }
      >
        <div className="form-row">
          <PlatformFilter />
        </div>
      </PageHead>
      {runId !== '' && (
        <p>
          <Link href="/quality">The latest check of every account</Link>
        </p>
      )}
      {asked.error !== undefined && (
        <ErrorPanel error={asked.error} retry={asked.reload} what="The checks could not be listed" />
      )}
      {results === undefined || picture === undefined ? (
        asked.error === undefined && <Skeleton lines={8} what="the checks" />
      ) : results.length === 0 ? (
        <Empty title="Nothing is checked yet">
          <p>Every data load ends with checks; what they find stands here.</p>
        </Empty>
      ) : (
        <>
          <section className="panel" aria-labelledby="picture" aria-busy={asked.loading}>
            <div className="panel-head">
              <h2 id="picture">{counted(picture.lines.length, 'account')}, worst first</h2>
              <QualityCounts counts={counts} />
            </div>
            <QualityPicture picture={picture} />
          </section>
          <section className="panel" aria-labelledby="findings">
            <div className="panel-head">
              <h2 id="findings">Findings</h2>
              <Choice
                label="Severity"
                value={shown}
                all="All that did not pass"
                options={severityNames.map((name) => [name, severities[name].label])}
                choose={(severity) => {
                  setLimit(step);
                  navigate(path + withParameters(search, { severity }), { replace: true });
                }}
              />
            </div>
            {listed.length === 0 ? (
              <Empty title={shown === '' ? `All ${counted(results.length, 'check')} passed` : 'None of this kind'} />
            ) : (
              <FindingsTable results={listed.slice(0, limit)} />
            )}
            {listed.length > limit && (
              <button type="button" className="button" onClick={() => setLimit(limit + step)}>
                Show {Math.min(step, listed.length - limit)} more of {listed.length}
              </button>
            )}
          </section>
        </>
      )}
    </>
  );
}
