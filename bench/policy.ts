import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPolicy } from '../domain/compliance/policy/check-policy.ts';
import { compilePolicy } from '../domain/compliance/policy/compile-policy.ts';
import { policyRules } from '../domain/compliance/policy/policy-rules.ts';
import { textLimits } from '../platforms/registry.ts';
import { type LabelledAd, measureLabelled } from '../test/domain/compliance/policy/labelled-ads.ts';
import { adOf } from '../test/domain/compliance/policy/policy-world.ts';
import { median } from './median.ts';

export interface PolicyFigures {
  readonly rules: number;
  /** Indexing phrases and compiling patterns, once a process. */
  readonly compileMs: number;
  /** Three headlines and two descriptions. */
  readonly adMicros: number;
  /** Fifteen headlines and four descriptions. */
  readonly fullAdMicros: number;
  /** One text of 3,000 characters. */
  readonly longTextMicros: number;
  readonly labelled: number;
  readonly precision: number;
  readonly recall: number;
  readonly heldOutPrecision: number;
  readonly heldOutRecall: number;
}

const rounds = 400;
const headline = (index: number) => ({ field: `headlines.${index}`, text: `Trail shoes for wide feet ${index}` });
const description = (index: number) => ({
  field: `descriptions.${index}`,
  text: `Light shoes that keep dry in the rain, with a sole for mud and roads, in ${index} widths`,
});
const several = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => make(index));
const sentence = 'Our planning board shows every delivery of the week, and whoever drives sees the next stop. ';

/** What a check takes and how well it tells ads apart. */
export function measurePolicy(): PolicyFigures {
  const began = performance.now();
  const policy = compilePolicy(policyRules, textLimits);
  const compileMs = performance.now() - began;
  const microsOf = (ad: Parameters<typeof checkPolicy>[1]): number => {
    const took = several(rounds, () => {
      const start = performance.now();
      checkPolicy(policy, ad);
      return 1_000 * (performance.now() - start);
    });
    // The first half is the compiler's.
    return median(took.slice(rounds / 2));
  };
  const ads = JSON.parse(
    readFileSync(join(import.meta.dirname, '../test/domain/compliance/labelled-ads.json'), 'utf8'),
  ) as readonly LabelledAd[];
  const all = measureLabelled(ads);
  const held = measureLabelled(ads.filter(({ part }) => part === 'held-out'));
  return {
    rules: policyRules.length,
    compileMs,
    adMicros: microsOf(adOf({ texts: [...several(3, headline), ...several(2, description)] })),
    fullAdMicros: microsOf(adOf({ texts: [...several(15, headline), ...several(4, description)] })),
    longTextMicros: microsOf(
      adOf({ platform: 'linkedin-ads', texts: [{ field: 'note', text: sentence.repeat(40).slice(0, 3_000) }] }),
    ),
    labelled: all.ads,
    precision: all.precision,
    recall: all.recall,
    heldOutPrecision: held.precision,
    heldOutRecall: held.recall,
  };
}
