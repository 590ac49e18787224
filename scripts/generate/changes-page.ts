import * as z from 'zod/mini';
import { guardrailDefaults, guardrailRules } from '../../contracts/guardrails.ts';
import { type GuardrailPolicy, guardrailPolicy } from '../../contracts/schemas/guardrails.ts';
import { changeTransitions } from '../../domain/changes/change-record.ts';
import { undoneBy } from '../../domain/changes/inverse.ts';
import { namePlaceholders } from '../../domain/changes/naming.ts';
import { utmPlaceholders } from '../../domain/changes/utm.ts';

const code = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
const codes = (values: readonly string[], around: (value: string) => string = (value) => value): string =>
  values.map((value) => code(around(value))).join(', ');

/** docs/changes.md: how a change comes about, what bounds it and what can be undone, as the code has it. */
export function changesPage(): string {
  const policy = Object.entries(guardrailPolicy.def.shape).map(
    ([field, schema]) =>
      `| \`${field}\` | ${code(guardrailDefaults[field as keyof GuardrailPolicy])} | ${z.globalRegistry.get(schema)?.description ?? ''} |`,
  );
  return `${[
    '# Changes to campaigns',
    '',
    'Written by `npm run generate` from contracts/guardrails.ts and domain/changes/.',
    '',
    'Every write to an ad platform goes one way: a change is **previewed**, somebody **confirms** it (or a role **approves** it),',
    'a worker **applies** it from an outbox, and everything is in the **audit trail**. Nothing else in this system may write to a',
    'platform.',
    '',
    '1. `POST /v1/changes` takes a reason and up to a hundred operations. They are tied to the objects of the workspace, the',
    '   platforms are asked what they have now, and the answer says, by operation, which field changes from what to what, and what',
    '   stands against it: the platform’s own limits by field, a name that is taken, an asset that cannot be fetched, an',
    '   authorisation that has expired. It tells the effect on daily budgets, on the most that may be spent on a day and in a',
    '   month, in the currency of each account and of the workspace, and what each guardrail says. `dryRun` keeps nothing.',
    '2. `POST /v1/changes/{changeId}/confirm` within an hour. The guardrails look again at that moment: what was raised meanwhile',
    '   counts, applied or not. A blocked operation or a violated guardrail refuses the change as a whole, with rule, limit and',
    '   value. The decision, its audit entry and the outbox are one transaction.',
    '3. The worker reads each value again before it writes. If somebody changed it on the platform after the preview, the operation',
    '   stops as a `conflict` that shows both values. Nothing is sent twice: where a platform did not answer, it is asked what it',
    '   has before anything else.',
    '4. `GET /v1/changes/{changeId}` tells what became of each operation. `resume` tries again what failed, `undo` previews a',
    '   change that puts back what was applied.',
    '',
    'A change that only spends less (pausing, cutting budgets) may be applied at once: send `confirmDecreases` and let the policy',
    'have `decreasesAtOnce`. Whatever is created is created paused. Values are absolute, money is integer micros with its currency.',
    '',
    '## States',
    '',
    '| State | Goes to |',
    '|---|---|',
    ...Object.entries(changeTransitions).map(([from, to]) => `| \`${from}\` | ${codes(to) || '–'} |`),
    '',
    'A preview is good for an hour, and one that waits for its approval for a day. After that it is `expired` wherever it is shown,',
    'cannot be decided on, and the answer says to preview again: what the platforms had then may be different now.',
    'Changes are kept for good, as the audit trail names them; [audit.md](audit.md) tells how long everything is kept.',
    '',
    '## Guardrails',
    '',
    'A policy of the workspace, `GET` and `PATCH /v1/guardrails`. Whoever may change campaigns need not be who may change these:',
    'the scope `guardrails.write` is the owners’. Every change of the policy is in the audit trail, with what it loosened.',
    '',
    '| Rule | Holds that |',
    '|---|---|',
    ...Object.entries(guardrailRules).map(([rule, meaning]) => `| \`${rule}\` | ${meaning} |`),
    '',
    '| Field of the policy | Default | Meaning |',
    '|---|---|---|',
    ...policy,
    '',
    'Ceilings are held against what a platform says it may spend, not against the budgets: Google Ads may spend twice a daily',
    'budget on one day. What spends less passes every ceiling, the quiet hours and the spacing: stopping must always be possible.',
    'Without an exchange rate for an account that spends, nobody can say whether a ceiling of the workspace holds: then a raise is',
    'refused. An undo may go back in one step however far the change went, but not above a ceiling nor into a protected campaign.',
    '',
    '## Undoing',
    '',
    '| Operation | Is undone by |',
    '|---|---|',
    ...Object.entries(undoneBy).map(([operation, how]) => `| \`${operation}\` | ${how ?? 'nothing: it lasts'} |`),
    '',
    '## Names, landing pages and assets',
    '',
    `- The name of what is created may hold ${codes(namePlaceholders, (one) => `{${one}}`)}; the preview shows it filled in.`,
    `- \`utmTemplate\` may hold ${codes(utmPlaceholders, (one) => `{${one}}`)}; each platform’s own macros take their place.`,
    '  On platforms that keep it at ads, the preview moves a campaign’s template to the ads that the change makes in it and says so;',
    '  ads that are made later need it again.',
    '- `conversion` of an ad group names what its bidding counts, where the platform keeps that there: a source (TikTok: a pixel’s id)',
    '  and one of its events.',
    '- Images and videos are fetched over https from the public internet alone: no private address, not after a redirect either,',
    '  and the connection goes to the very address that was checked. At most 10 MiB an image and 100 MiB a video; what it is is read',
    '  from its bytes. The worker uploads only the bytes that were previewed. The local system serves samples under a name that is',
    '  nobody’s, so that uploads can be tried without the internet: `https://samples.conext.example/1200x628.png` (any size) and',
    '  `/clip.mp4`. Their origin is the entry `samples` of the endpoints parameter, which nothing but the local system writes; elsewhere',
    '  the name is not known. [Why](decisions/0025-assets-come-from-outside.md).',
  ].join('\n')}\n`;
}
