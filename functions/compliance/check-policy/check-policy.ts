import type { RouteCases } from '../../../adapters/http/api-handler.ts';
import type { CheckPolicyBody } from '../../../contracts/schemas/policies.ts';
import { checkPolicy } from '../../../domain/compliance/policy/check-policy.ts';
import type { CompiledPolicy } from '../../../domain/compliance/policy/compile-policy.ts';
import { textsOfCreative } from '../../../domain/compliance/policy/creative-texts.ts';
import { sourcesOf } from '../../../domain/compliance/policy/policy-rule.ts';
import type { PolicyAd } from '../../../domain/compliance/policy/read-ad.ts';
import { AppError } from '../../../domain/errors.ts';

interface Ports {
  readonly policy: CompiledPolicy;
  readonly now: () => number;
}

/** Checks ads and lists the rules. Nothing is kept and nothing is fetched: the answer follows from the question and the day. */
export function policyCases({ policy, now }: Ports) {
  return {
    async checkPolicy({ body }) {
      return checkPolicy(policy, adOf(body, new Date(now()).toISOString().slice(0, 10)));
    },

    async listPolicyRules({ query: { platform, country } }) {
      const items = policy.rules
        .map(({ rule }) => rule)
        .filter(({ platforms }) => platform === undefined || platforms === 'all' || platforms.includes(platform))
        .filter(({ countries }) => country === undefined || countries === 'all' || countries.includes(country))
        .map((rule) => ({
          id: rule.id,
          platforms: rule.platforms === 'all' ? ('all' as const) : [...rule.platforms],
          countries: rule.countries === 'all' ? ('all' as const) : [...rule.countries],
          matcher: rule.matcher.kind,
          severity: rule.severity,
          message: rule.message,
          rewrites: rule.rewrite.how !== 'none' && rule.rewrite.how !== 'by-hand',
          sources: [...sourcesOf(rule)],
          validFrom: rule.validFrom,
          validTo: rule.validTo ?? null,
          passes: rule.passes.map(({ text }) => text),
          fails: rule.fails.map(({ text, at }) => ({ text, at })),
        }));
      return { items, nextCursor: null };
    },
  } satisfies RouteCases;
}

function adOf(body: CheckPolicyBody, today: string): PolicyAd {
  const { platform, countries, category, imageTexts, brand, facts } = body;
  const shown = body.creative === undefined ? undefined : textsOfCreative(body.creative);
  const texts = [...body.texts, ...(shown?.texts ?? [])];
  if (texts.length + imageTexts.length === 0) {
    throw new AppError('invalid-request', 'There is nothing to check: send texts, imageTexts or a creative.', {
      fields: [{ field: 'texts', message: 'is empty, and there is no creative and no text of an image' }],
    });
  }
  refuseSameField([...texts, ...imageTexts].map(({ field }) => field));
  return {
    platform,
    countries: [...new Set(countries)],
    texts,
    imageTexts,
    hasMedia: (shown?.hasMedia ?? false) || imageTexts.length > 0,
    bannedWords: brand?.bannedWords ?? [],
    trademarksAllowed: brand?.trademarksAllowed ?? [],
    at: body.at ?? today,
    ...(body.language !== undefined && { language: body.language }),
    ...(category !== undefined && { category }),
    ...(shown !== undefined && { landingPageUrl: shown.landingPageUrl }),
    ...(facts !== undefined && { facts }),
    ...(body.destination !== undefined && {
      destination: {
        url: body.destination.url,
        ...(body.destination.text !== undefined && { text: body.destination.text }),
        ...(body.destination.status !== undefined && { status: body.destination.status }),
      },
    }),
  };
}

/** Findings point to texts by field: two texts cannot have the same. */
function refuseSameField(fields: readonly string[]): void {
  const again = fields.filter((field, index) => fields.indexOf(field) !== index);
  if (again.length === 0) return;
  throw new AppError('invalid-request', 'Each text needs a field of its own, so that findings can point to it.', {
    fields: [...new Set(again)].map((field) => ({ field, message: 'is named twice' })),
  });
}
