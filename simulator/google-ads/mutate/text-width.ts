import type { ErrorCategory } from '../failure.ts';
import { type Operation, refusal } from './operation.ts';

/** `{KeyWord:Trail Shoes}` and `{LOCATION(City):your city}` are as long as their default, countdowns as what they say at their longest. */
function shown(text: string): string {
  return text
    .replace(/\{(?:keyword|LOCATION\((?:City|State|Country)\)):([^{}]*)\}/gi, '$1')
    .replace(/\{(?:GLOBAL_)?COUNTDOWN\([^(){}]*\)\}/g, '59 minutes');
}

/** Google counts characters of East Asian width double. */
function widthOf(text: string): number {
  return [...shown(text)].reduce((sum, character) => sum + (isWide(character.codePointAt(0) ?? 0) ? 2 : 1), 0);
}

function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf && code !== 0x303f) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd)
  );
}

interface TextRule {
  readonly longest: number;
  readonly field: string;
}

/** Refuses a text as Google's editors do at once; what people have to look at comes later, with the review. */
export function checkText(operation: Operation, text: string, { longest, field }: TextRule): void {
  const refuse = (category: ErrorCategory, code: string, message: string, topics: readonly string[] = []) =>
    refusal(operation, category, code, message, field, topics);
  if (text.trim() === '') throw refuse('string_length_error', 'TOO_SHORT', 'Too short.');
  if (widthOf(text) > longest) throw refuse('string_length_error', 'TOO_LONG', 'Too long.');
  if (/[!?]{2}/.test(text)) {
    throw refuse(
      'policy_finding_error',
      'POLICY_FINDING',
      'The resource has been disapproved since the policy summary includes policy topics of type PROHIBITED.',
      ['PUNCTUATION_AND_SYMBOLS'],
    );
  }
}

/** A page that people are sent to. */
export function checkUrl(operation: Operation, url: unknown, field: string): string {
  if (typeof url !== 'string' || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw refusal(operation, 'url_field_error', 'INVALID_FINAL_URL', 'The final URL is invalid.', field);
  }
  return url;
}
