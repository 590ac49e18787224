import { qualityChecks } from '../../domain/integrations/quality/checks.ts';
import { descriptors } from '../../platforms/registry.ts';

/** docs/quality.md: the table of checks and of what platforms leave out, as the code has them. */
export function qualityPage(): string {
  const checks = qualityChecks.map(
    ({ id, step, severity, expects }) => `| \`${id}\` | ${step} | ${severity} | ${expects} |`,
  );
  const gaps = Object.values(descriptors).flatMap(({ name, spendGaps = [] }) =>
    spendGaps.map(
      ({ grains, campaignTypes, approximate, newestDays, reason }) =>
        `| ${name} | ${grains.join(', ')} | ${campaignTypes?.join(', ') ?? 'all'} | ${approximate ? 'either way' : 'missing'}${newestDays === undefined ? '' : `, newest ${newestDays === 1 ? 'day' : `${newestDays} days`}`} | ${reason} |`,
    ),
  );
  return `${[
    '# Quality of the data',
    '',
    'Written by `npm run generate` from domain/integrations/quality/checks.ts and the platforms’ descriptors.',
    '',
    'After every load each expected account is held against these checks, by what was published for it: at least the last 30',
    'complete days, whatever the run loaded. The checks change nothing. Rows that cannot be used never get this far: they are',
    'in quarantine, with the reason, and counted here. What is odd but somebody’s money (spend without impressions, more clicks',
    'than impressions) is loaded, and a warning.',
    '',
    '`GET /v1/quality` answers the latest results of each account, or those of one run; a run’s detail counts them by severity.',
    'An `error` raises the alarm `QualityErrors`. `info` is what could not be judged, such as volume with too little history.',
    'Days and campaigns behind a number, up to a thousand, lie in the lake under `quality/`.',
    '',
    '| Check | Step | When it fails | What it holds the data to |',
    '|---|---|---|---|',
    ...checks,
    '',
    '## Spend between grains',
    '',
    'Expected is the spend of the coarser report, found that of the finer one. What a platform leaves out by its nature is',
    '`explained`, with the reason; the rest is `unexplainedMicros`, and expected is always the sum of the three. Differences are',
    'taken day by day and campaign by campaign: too much on one day does not make up for too little on another. Assets are not',
    'compared, because an impression counts for every asset shown with it.',
    '',
    '| Platform | Grains | Campaign types | Difference | Why |',
    '|---|---|---|---|---|',
    ...gaps,
  ].join('\n')}\n`;
}
