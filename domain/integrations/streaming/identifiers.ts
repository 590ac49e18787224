import { hash } from 'node:crypto';
import type { UserIdentifiers } from '../../../contracts/schemas/stream-input.ts';
import type { Identifiers } from './consent.ts';

const sha256 = (text: string): string => hash('sha256', text, 'hex');
const hashed = /^[0-9a-f]{64}$/i;

/** One place for one address: dots before the @ say nothing there, nor does what follows a plus. */
const dotlessDomains: ReadonlySet<string> = new Set(['gmail.com', 'googlemail.com']);

const trimmed = (email: string): string => email.trim().toLowerCase();
const withoutDots = (email: string): string => {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1);
  if (!dotlessDomains.has(domain)) return email;
  return `${email.slice(0, at).replace(/\+.*$/, '').replaceAll('.', '')}@${domain}`;
};

/**
 * How each platform wants an e-mail address before it is hashed. Google Ads API, "Normalize and hash user-provided data"; TikTok Events
 * API, "Advanced matching"; LinkedIn Conversions API, `SHA256_EMAIL`. Of an address of Gmail two forms are kept where they differ.
 */
export const emailForms: Readonly<Record<'google-ads' | 'tiktok-ads' | 'linkedin-ads', (email: string) => string>> = {
  'google-ads': (email) => withoutDots(trimmed(email)),
  'tiktok-ads': trimmed,
  'linkedin-ads': trimmed,
};

/** E.164, which all of them ask for: a plus, the country, at most fifteen digits. `undefined` where the country is not said. */
export function e164(phone: string): string | undefined {
  const bare = phone
    .trim()
    .replace(/[\s().\-/\u00a0]/g, '')
    .replace(/^00/, '+');
  return /^\+[1-9]\d{6,14}$/.test(bare) ? bare : undefined;
}

const looksLikeEmail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

const listed = (given: string | readonly string[] | undefined): readonly string[] =>
  given === undefined ? [] : typeof given === 'string' ? [given] : given;
const distinct = (hashes: readonly string[]): string[] => [...new Set(hashes)];

/** `unusable`: how many were neither a hash nor what they should be; they are left out. */
export interface HashedIdentifiers {
  readonly identifiers: Identifiers;
  readonly unusable: number;
}

/**
 * Identifiers as they may be kept: normalised, then SHA-256 in lower-case hex (FIPS 180-4, of the UTF-8 bytes). What came as a hash is
 * taken as it is. Nothing of this has a clear text in its result or its errors.
 */
export function hashIdentifiers(given: UserIdentifiers): HashedIdentifiers {
  let unusable = 0;
  const each = (values: string | readonly string[] | undefined, forms: (value: string) => readonly string[]) =>
    distinct(
      listed(values).flatMap((value) => {
        if (hashed.test(value.trim())) return [value.trim().toLowerCase()];
        const normal = forms(value);
        if (normal.length === 0) unusable += 1;
        return normal.map(sha256);
      }),
    );
  const name = (value: string | undefined) =>
    each(value, (one) => (one.trim() === '' ? [] : [trimmed(one)]))[0] ?? null;
  const identifiers: Identifiers = {
    emails: each(given.email, (email) =>
      looksLikeEmail.test(email.trim()) ? distinct(Object.values(emailForms).map((form) => form(email))) : [],
    ),
    phones: each(given.phone, (phone) => {
      const normal = e164(phone);
      return normal === undefined ? [] : [normal];
    }),
    firstName: name(given.firstName),
    lastName: name(given.lastName),
    externalIds: each(given.externalId, (id) => (id.trim() === '' ? [] : [id.trim()])),
  };
  return { identifiers, unusable };
}
