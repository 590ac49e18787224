import { useQuery } from '../../api/use-query.ts';
import { counted } from '../../format/plural.ts';
import { Icon } from '../../parts/icon.tsx';
import { Link } from '../../routing/link.tsx';
import { byGravity, messageText } from './quality-words.ts';

/** So many are asked for; beyond it the number says "at least". */
const asked = 100;

/** Says on the overview that numbers are wrong or missing, for as long as a check of severity error is open. */
export function QualityBanner() {
  const errors = useQuery('quality errors', (client, signal) =>
    client.listQuality({ query: { severity: 'error', limit: asked } }, { signal }),
  );
  const [worst] = errors.data?.items.toSorted(byGravity) ?? [];
  const count = errors.data?.items.length ?? 0;
  return (
    <div role="status">
      {worst !== undefined && (
        <p className="note bad">
          <Icon name="alert" />
          <span>
            {errors.data?.nextCursor === null ? '' : 'At least '}
            {counted(count, 'check')} of the data failed. {worst.accountName}: {messageText(worst)}{' '}
            <Link href="/quality?severity=error">See what is wrong</Link>
          </span>
        </p>
      )}
    </div>
  );
}
