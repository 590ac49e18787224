import type { ExampleAd, FailingExample } from '../policy-rule.ts';

export const passing = (text: string, beside: Omit<ExampleAd, 'text'> = {}): ExampleAd => ({ text, ...beside });
/** `at` is the part that is objected to. */
export const failing = (text: string, at: string, beside: Omit<ExampleAd, 'text'> = {}): FailingExample => ({
  text,
  at,
  ...beside,
});
