import type { CreativeFinding, CreativeRecord } from '../../../contracts/schemas/creatives.ts';
import type { ModerationFinding } from '../../../contracts/schemas/moderation.ts';
import { derivedId } from '../../integrations/ids.ts';

const source = { title: 'Content moderation', url: 'docs/generation.md#content-moderation' };
const mark = 'moderation.';

/** An ad with what moderation says of it beside what rules say: whatever is found is for a person, since no wording of ours mends it. */
export function withModeration(creative: CreativeRecord, found: readonly ModerationFinding[]): CreativeRecord {
  if (found.length === 0) return creative;
  const findings = found.map(({ category, field, span, message }): CreativeFinding => {
    const text = creative.texts.find((one) => one.field === field)?.text ?? '';
    const ruleId = mark + category;
    return {
      id: derivedId('fnd', [creative.id, ruleId, field, `${span?.start ?? 0}`, text]),
      ...{ ruleId, platform: creative.platform, country: null, countries: [], field, message, source },
      span: span ?? { start: 0, end: text.length },
      ...{ severity: 'block', fix: null, fixable: false },
    };
  });
  // The policy has a list of swearwords too: the same place is told once. Whatever else is found stays beside what rules say.
  const fresh = findings.filter(
    (one) =>
      one.ruleId !== `${mark}profanity` ||
      !creative.findings.some(
        ({ field, span, severity }) =>
          severity === 'block' && field === one.field && span.start < one.span.end && one.span.start < span.end,
      ),
  );
  return withFindings(creative, fresh);
}

/** With findings beside those it has; any of them keeps it from being launched. */
export const withFindings = (creative: CreativeRecord, findings: readonly CreativeFinding[]): CreativeRecord =>
  findings.length === 0
    ? creative
    : {
        ...creative,
        findings: [...creative.findings, ...findings],
        verdict: 'block',
        status: creative.status === 'draft' ? 'needs-review' : creative.status,
      };

/** What was found in the pictures of an ad: a change of its words leaves them as they are. */
export const ofPictures = (creative: CreativeRecord): readonly CreativeFinding[] =>
  creative.findings.filter(({ ruleId, field }) => ruleId.startsWith(mark) && /^images\.\d+$/.test(field));
