import type { CompiledPolicy } from '../../compliance/policy/compile-policy.ts';
import type { CopyFormat } from '../copy/slots.ts';
import type { FactSheet } from '../facts.ts';
import type { CheckContext } from './check-creative.ts';
import { bannedIn, type RunInputs } from './run-inputs.ts';

/** What a creative of a run is held against: the run's own brief and page, today's rules. */
export function checkContextOf(
  inputs: RunInputs,
  given: {
    readonly policy: CompiledPolicy;
    readonly format: CopyFormat;
    readonly sheet: FactSheet | undefined;
    readonly today: string;
  },
): CheckContext {
  const { page, brandKit } = inputs;
  return {
    policy: given.policy,
    format: given.format,
    facts: given.sheet?.facts ?? [],
    businessName: brandKit?.businessName ?? null,
    bannedWords: bannedIn(inputs),
    // One's own name is no trademark of somebody else's.
    trademarksAllowed: [inputs.brief.product.name, ...(brandKit === null ? [] : [brandKit.businessName])],
    destination:
      page === null
        ? undefined
        : { url: page.url, text: page.text, ...(page.status !== null && { status: page.status }) },
    today: given.today,
  };
}
