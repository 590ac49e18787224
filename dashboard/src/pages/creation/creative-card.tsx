import { useState } from 'react';
import type { CreativeFinding, GeneratedCreative } from '../../../../sdks/javascript/src/generated/api.ts';
import { tagOf } from '../../../../sdks/javascript/src/tags.ts';
import { useApi, useMay } from '../../api/api-context.tsx';
import { useAction } from '../../api/use-action.ts';
import { counted } from '../../format/plural.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { PlatformMark } from '../../parts/platform-mark.tsx';
import { Status } from '../../parts/status.tsx';
import { Link } from '../../routing/link.tsx';
import { angleNames, creativeStatus, formatNames, languageName, strengthText } from './creation-words.ts';
import { FindingList } from './finding-list.tsx';
import { AdPreview } from './previews/ad-preview.tsx';
import { TextList } from './text-list.tsx';

interface CreativeCardProps {
  readonly creative: GeneratedCreative;
  /** Whether the run still waits for a decision: afterwards nothing is changed. */
  readonly open: boolean;
  readonly compared: boolean;
  readonly compare: (compared: boolean) => void;
  readonly changed: (creative: GeneratedCreative) => void;
}

/** One ad: as its platform shows it, what speaks against it, and what stands behind it. */
export function CreativeCard({ creative, open, compared, compare, changed }: CreativeCardProps) {
  const { client } = useApi();
  const mayWrite = useMay('creatives.write') && open;
  const path = { creativeId: creative.id };
  const [deed, setDeed] = useState('');
  /** The key is given once for a click: trying it again mends nothing twice. */
  const fix = useAction(async (finding: CreativeFinding, idempotencyKey: string) => {
    setDeed('The finding could not be mended');
    changed(await client.fixCreative({ path, body: { findingId: finding.id } }, { idempotencyKey }));
  });
  const edit = useAction(async (field: string, text: string) => {
    setDeed('The text could not be saved');
    const present = await client.getCreative({ path });
    if (present.version !== creative.version) {
      changed(present);
      throw new Error('Somebody else has changed this ad meanwhile. It is shown as it is now; change it again.');
    }
    changed(
      await client.editCreative({ path, body: { texts: [{ field, text }] } }, { ifMatch: tagOf(present) ?? '*' }),
    );
  });
  const failed = fix.error ?? edit.error;
  const mustMend = creative.findings.filter(({ severity }) => severity === 'block').length;
  return (
    <article className="creative" data-creative={creative.id} data-verdict={creative.verdict}>
      <header>
        <p>
          <PlatformMark platform={creative.platform} /> · {formatNames[creative.format]}
        </p>
        <p className="muted">
          {angleNames[creative.angle]} · {languageName(creative.language)}
          {creative.segment === null ? '' : ` · for ${creative.segment}`}
        </p>
      </header>
      <AdPreview creative={creative} />
      <div className="creative-facts">
        <Status tone={creativeStatus[creative.status].tone}>{creativeStatus[creative.status].label}</Status>
        <Strength strength={creative.strength} />
        <label className="check">
          <input type="checkbox" checked={compared} onChange={({ target }) => compare(target.checked)} />
          <span>Compare</span>
        </label>
      </div>
      {creative.changeId !== null && <Link href={`/changes/${creative.changeId}`}>The change that launches it</Link>}
      {creative.review !== null && <p className="note">Let pass: {creative.review.reason}</p>}
      {mustMend > 0 && (
        <FindingList
          findings={creative.findings}
          busy={fix.busy}
          fix={mayWrite ? (finding) => void fix.run(finding, crypto.randomUUID()) : undefined}
        />
      )}
      {failed !== undefined && (
        <ErrorPanel error={failed} retry={fix.error === undefined ? edit.again : fix.again} what={deed} />
      )}
      <details>
        <summary>
          {counted(creative.texts.length, 'text')} and{' '}
          {mustMend > 0 ? 'their facts' : counted(creative.findings.length, 'remark')}
        </summary>
        {mustMend === 0 && (
          <FindingList
            findings={creative.findings}
            busy={fix.busy}
            fix={mayWrite ? (finding) => void fix.run(finding, crypto.randomUUID()) : undefined}
          />
        )}
        <TextList creative={creative} edit={mayWrite ? edit.run : undefined} />
        {creative.repairs.length > 0 && (
          <ul className="plain muted">
            {creative.repairs.map(({ field, before, after }) => (
              <li key={`${field} ${before}`}>
                The check wrote <q>{after}</q> for <q>{before}</q>
              </li>
            ))}
          </ul>
        )}
        <p className="muted">
          Written by {creative.writtenBy.model}
          {creative.writtenBy.fallback === null ? '' : `, because ${creative.writtenBy.fallback}`}
          {creative.edited ? ', changed by a person' : ''}.
        </p>
      </details>
    </article>
  );
}

/** A judgement, and between which marks it likely is. */
export function Strength({ strength }: Pick<GeneratedCreative, 'strength'>) {
  const { score, low, high, reasons } = strength;
  const at = (value: number): number => Math.round(value * 100);
  return (
    <details className="strength">
      <summary>
        <svg viewBox="0 0 100 10" role="img" aria-label={`Strength: ${strengthText(strength)}`}>
          <rect className="strength-ground" width="100" height="4" y="3" rx="2" />
          <rect
            className="strength-range"
            x={at(low)}
            width={Math.max(1, at(high) - at(low))}
            height="4"
            y="3"
            rx="2"
          />
          <circle cx={at(score)} cy="5" r="4" />
        </svg>
        {at(score)}
      </summary>
      <p className="muted">A judgement from its texts, not a measurement: {strengthText(strength)}.</p>
      <ul>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </details>
  );
}
