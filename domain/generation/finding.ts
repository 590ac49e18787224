import type { PlatformId } from '../integrations/platform.ts';

/** Something in a text or a brief that somebody has to look at. */
export interface Finding {
  readonly ruleId: string;
  /** Null where it holds on every platform, in every country. */
  readonly platform: PlatformId | null;
  readonly country: string | null;
  readonly field: string;
  /** UTF-16 offsets into that field. */
  readonly span: { readonly start: number; readonly end: number };
  readonly severity: 'block' | 'warn' | 'info';
  readonly message: string;
  readonly source: { readonly title: string; readonly url: string };
  readonly fix: { readonly text: string } | null;
}
