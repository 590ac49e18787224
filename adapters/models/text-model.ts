import type { ProposedText } from '../../domain/generation/copy/admit.ts';
import type { CopyRequest } from '../../domain/generation/copy/write-ads.ts';
import type { Angle } from '../../domain/generation/fact.ts';

/** What a writer is asked for: the ads of one format in one language. */
export interface TextRequest extends CopyRequest {
  /** Angles to lead with, in turn; all that the facts give when empty. */
  readonly angles: readonly Angle[];
}

export interface ProposedAd {
  readonly angle: Angle;
  readonly texts: readonly ProposedText[];
}

/** What a call used. `cached` are input tokens read from the prompt cache, not among `input`. */
export interface Tokens {
  readonly input: number;
  readonly output: number;
  readonly cached: number;
}

/** How a writer ended. Only `written` has texts; the others say what to tell people, and cost what they cost. */
export type TextAnswer =
  | {
      readonly kind: 'written';
      /** Proposals: nothing of them leaves before `admit`. */
      readonly ads: readonly ProposedAd[];
      readonly model: string;
      readonly promptVersion: string;
      readonly tokens: Tokens;
      /** USD, as the provider charges. */
      readonly costMicros: number;
    }
  | {
      readonly kind: 'refused' | 'unreadable' | 'throttled' | 'timed-out' | 'unavailable';
      readonly reason: string;
      readonly model: string;
      readonly tokens: Tokens;
      readonly costMicros: number;
    };

export interface TextModel {
  write(request: TextRequest, options?: { readonly signal?: AbortSignal }): Promise<TextAnswer>;
}

export const noTokens: Tokens = { input: 0, output: 0, cached: 0 };
