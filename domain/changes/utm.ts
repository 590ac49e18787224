/** What a template of landing page parameters may name; what each stands for is known when the ad is made or shown. */
export const utmPlaceholders = ['platform', 'campaign', 'ad-group', 'ad'] as const;
export type UtmPlaceholder = (typeof utmPlaceholders)[number];

/** A piece of a value: text as it is, or a placeholder. */
export type UtmPart = { readonly text: string } | { readonly placeholder: UtmPlaceholder };
export interface UtmParameter {
  readonly name: string;
  readonly parts: readonly UtmPart[];
}

export type UtmTemplate =
  | { readonly kind: 'template'; readonly parameters: readonly UtmParameter[] }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

const namePattern = /^[A-Za-z0-9_.-]{1,100}$/;
const isPlaceholder = (name: string): name is UtmPlaceholder => (utmPlaceholders as readonly string[]).includes(name);

/** Reads `utm_source={platform}&utm_campaign={campaign}`. Every placeholder is one of ours: a platform’s own would mean nothing elsewhere. */
export function readUtmTemplate(template: string): UtmTemplate {
  const reasons: string[] = [];
  const parameters: UtmParameter[] = [];
  for (const pair of template.split('&')) {
    const [name = '', ...rest] = pair.split('=');
    const value = rest.join('=');
    if (!namePattern.test(name) || value === '') {
      reasons.push(`"${pair.slice(0, 60)}" is not name=value`);
      continue;
    }
    if (parameters.some((one) => one.name === name)) reasons.push(`${name} stands there twice`);
    const parts: UtmPart[] = [];
    for (const piece of value.split(/(\{[^{}]*\})/).filter((one) => one !== '')) {
      const inner = /^\{(.*)\}$/.exec(piece)?.[1];
      if (inner === undefined) {
        if (/[{}#?\s]/.test(piece)) reasons.push(`the value of ${name} holds a brace, space, # or ? that stands alone`);
        parts.push({ text: piece });
      } else if (isPlaceholder(inner)) parts.push({ placeholder: inner });
      else reasons.push(`{${inner}} is not known; there are ${utmPlaceholders.map((one) => `{${one}}`).join(', ')}`);
    }
    parameters.push({ name, parts });
  }
  return reasons.length > 0 ? { kind: 'refused', reasons } : { kind: 'template', parameters };
}

/**
 * The template as a query for one platform: each placeholder becomes what `value` says, which is the platform’s own macro or a text. A
 * macro must not be percent-encoded, or the platform does not see it: whoever answers a text encodes it.
 */
export const utmQuery = (parameters: readonly UtmParameter[], value: (placeholder: UtmPlaceholder) => string): string =>
  parameters
    .map(
      ({ name, parts }) =>
        `${name}=${parts.map((part) => ('text' in part ? encodeURI(part.text) : value(part.placeholder))).join('')}`,
    )
    .join('&');

/** A landing page with further parameters; those it has stay. */
export function withQuery(landingPageUrl: string, query: string): string {
  const [page = '', fragment] = landingPageUrl.split('#', 2);
  return `${page}${page.includes('?') ? '&' : '?'}${query}${fragment === undefined ? '' : `#${fragment}`}`;
}

/** The landing page with what a template that was read before adds to it. */
export function taggedPage(
  landingPageUrl: string,
  template: string | undefined,
  value: (placeholder: UtmPlaceholder) => string,
): string {
  const read = template === undefined ? undefined : readUtmTemplate(template);
  return read?.kind === 'template' ? withQuery(landingPageUrl, utmQuery(read.parameters, value)) : landingPageUrl;
}

/** What stands against a template on a landing page: it cannot be read, or the page says the same parameter already. */
export function utmReasons(template: string, landingPageUrl: string): readonly string[] {
  const read = readUtmTemplate(template);
  if (read.kind === 'refused') return read.reasons;
  const there = URL.canParse(landingPageUrl) ? new URL(landingPageUrl).searchParams : new URLSearchParams();
  return read.parameters
    .filter(({ name }) => there.has(name))
    .map(({ name }) => `the landing page has ${name} already; leave it out of one of the two`);
}
