import { type Angle, isWritten } from '../fact.ts';
import { evidenceOf } from '../trace/trace.ts';
import { admit, type ProposedText } from './admit.ts';
import { buttons, waysByCategory } from './calls.ts';
import { hashtagsOf } from './hashtags.ts';
import { lengthIn } from './slots.ts';
import { strengthOf } from './strength.ts';
import { type AdCopy, type CopyRequest, type CopyText, writeAds } from './write-ads.ts';

export interface Accepted {
  readonly ads: readonly AdCopy[];
  /** What was proposed and does not leave, with the reason. */
  readonly refused: readonly { readonly slot: string; readonly text: string; readonly reason: string }[];
}

/**
 * Ads of what a model proposed: each text through the one door, gaps filled by the built-in writer. An ad that cannot be completed
 * is left out. `writer` names model and prompt, and is kept with every text in place of a template.
 */
export function acceptAds(
  request: CopyRequest,
  proposals: readonly { readonly angle: Angle; readonly texts: readonly ProposedText[] }[],
  writer: string,
): Accepted {
  const { sheet, format, brief, voice } = request;
  const evidence = evidenceOf(sheet.facts, request.businessName === null ? [] : [request.businessName]);
  const facts = new Map(sheet.facts.map((fact) => [fact.id, fact]));
  const builtIn = isWritten(sheet.language) ? writeAds(request) : null;
  const refused: { slot: string; text: string; reason: string }[] = [];
  const ads = proposals.slice(0, request.variants).flatMap(({ angle, texts }, index): AdCopy[] => {
    const door = admit(texts, {
      format,
      language: sheet.language,
      evidence,
      facts: sheet.facts,
      banned: request.bannedWords,
    });
    refused.push(...door.refused.map(({ proposed, reason }) => ({ slot: proposed.slot, text: proposed.text, reason })));
    const spare =
      builtIn?.kind === 'written' ? (builtIn.ads[index % Math.max(1, builtIn.ads.length)]?.texts ?? []) : [];
    const complete: CopyText[] = [];
    for (const slot of format.slots) {
      const own = door.admitted
        .filter((one) => one.slot === slot.name)
        .slice(0, slot.atMost)
        .map(
          ({ text, factIds }): CopyText => ({
            text,
            factIds,
            angle,
            template: writer,
            slot: slot.name,
            field: slot.field,
            strength: strengthOf({ text, factIds, angle }, facts, lengthIn(format, text) / slot.limit, voice.tone),
          }),
        );
      const said = new Set([...complete, ...own].map(({ text }) => text.toLowerCase()));
      const filling = spare
        .filter((one) => one.slot === slot.name && !said.has(one.text.toLowerCase()))
        .slice(0, Math.max(0, slot.atLeast - own.length));
      if (own.length + filling.length < slot.atLeast) return [];
      complete.push(...own, ...filling);
    }
    return [
      {
        platform: format.platform,
        format: format.format,
        language: sheet.language,
        angle,
        texts: complete,
        callToAction:
          brief.goal.objective === 'awareness' ? 'learn-more' : buttons[waysByCategory[brief.product.category].action],
        hashtags: format.hashtags === 0 ? [] : hashtagsOf(brief, sheet.language, format.hashtags),
      },
    ];
  });
  return { ads, refused };
}
