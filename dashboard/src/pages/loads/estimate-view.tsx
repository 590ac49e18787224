import type { RunEstimate } from '../../../../sdks/javascript/src/generated/api.ts';
import { whole } from '../../format/numbers.ts';
import { counted } from '../../format/plural.ts';
import { roughly } from '../../format/times.ts';
import { PlatformMark } from '../../parts/platform-mark.tsx';

interface EstimateViewProps {
  readonly estimate: RunEstimate;
  /** `90 days` */
  readonly days: string;
}

/** What a load would take, in a sentence and a line for each platform. */
export function EstimateView({ estimate, days }: EstimateViewProps) {
  const { accounts, windows, accountDays, platforms, seconds } = estimate;
  return (
    <div className="estimate" role="status">
      <p>
        {days} of {counted(accounts, 'account')}: {counted(accountDays, 'account day')} in {counted(windows, 'window')}
        {seconds === null ? '; nothing was measured yet to tell the time by' : `, about ${roughly(seconds)} of loading`}
        .
      </p>
      <ul>
        {platforms.map((one) => (
          <li key={one.platform}>
            <PlatformMark platform={one.platform} /> {callsText(one)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** `1,200 calls; 8,000 of 15,000 are left today, so it takes 1 day` */
function callsText({ calls, permittedPerDay, leftToday, days }: RunEstimate['platforms'][number]): string {
  if (calls === 0) return 'no calls';
  const allowance =
    permittedPerDay === null
      ? 'the platform names no daily limit'
      : `${leftToday === null ? '' : `${whole(leftToday)} of `}${whole(permittedPerDay)} a day are left for it`;
  return `about ${counted(calls, 'call')}; ${allowance}${days > 1 ? `, so it spreads over ${days} days` : ''}`;
}
