import type { Brief } from '../../../contracts/schemas/briefs.ts';
import type { AdCategory } from '../../../contracts/schemas/policies.ts';
import type { Finding } from '../finding.ts';
import { refusalsOf, type SegmentTexts } from './refused-segments.ts';

/** A part of the audience that ads may be made for. */
export interface Segment {
  /** `brief:audience.segments.0`; everybody is `everyone`. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** What its tokens say, by name. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** Statements that are for it, as `statementOf` names them. */
  readonly says: readonly string[];
  /** Statements that are for other segments and not for this one. */
  readonly silent: ReadonlySet<string>;
  readonly offered: boolean;
  readonly countries: readonly string[];
}

export interface Segments {
  /** Never empty: without any that may be addressed there is everyone. */
  readonly segments: readonly Segment[];
  /** Those that are refused with the reason, and what else a person has to look at. */
  readonly findings: readonly Finding[];
}

type AudienceBrief = Pick<Brief, 'audience' | 'countries' | 'product'>;

/** The segments of a brief without those that nobody may be sorted into. */
export function segmentsOf(brief: AudienceBrief, declared?: AdCategory): Segments {
  const { segments } = brief.audience;
  const product = { category: brief.product.category, ...(declared !== undefined && { declared }) };
  const findings = [
    ...refusalsOf([{ field: 'audience.description', text: brief.audience.description }], product),
    ...segments.flatMap((segment, index) => refusalsOf(textsOf(segment, index), product)),
  ];
  const refused = new Set(findings.map(({ field }) => /^audience\.segments\.\d+/.exec(field)?.[0]));
  const claimed = new Set(segments.flatMap(({ says }) => (says ?? []).map(factId)));
  const admitted = segments.flatMap((segment, index): Segment[] => {
    const path = `audience.segments.${index}`;
    if (refused.has(path)) return [];
    const says = (segment.says ?? []).map(factId);
    return [
      {
        id: `brief:${path}`,
        name: segment.name,
        description: segment.description,
        values: segment.values ?? {},
        says,
        silent: new Set([...claimed].filter((id) => !says.includes(id))),
        offered: segment.offered ?? true,
        countries: segment.countries ?? brief.countries,
      },
    ];
  });
  const elsewhere = segments.flatMap((segment, index) => {
    const missing = (segment.countries ?? []).filter((one) => !brief.countries.includes(one));
    return missing.length === 0 ? [] : [elsewhereFinding(index, missing)];
  });
  return {
    segments: admitted.length === 0 ? [everyone(brief)] : admitted,
    findings: [...findings, ...elsewhere],
  };
}

/** A translation says what the statement it translates says: `texts.de.benefits.0` stands for `benefits.0`. */
export const statementOf = (factId: string): string =>
  factId.replace(/^brief:texts\.[a-z]{2}\./, 'brief:').replace(/\.text$/, '');
const factId = (field: string): string => statementOf(`brief:${field}`);

const everyone = ({ countries }: AudienceBrief): Segment => ({
  id: 'everyone',
  name: '',
  description: '',
  values: {},
  says: [],
  silent: new Set(),
  offered: true,
  countries,
});

const places: ReadonlySet<string> = new Set(['city', 'region', 'country']);
const textsOf = (
  { name, description, values }: Brief['audience']['segments'][number],
  index: number,
): SegmentTexts[] => [
  { field: `audience.segments.${index}.name`, text: name },
  { field: `audience.segments.${index}.description`, text: description },
  // Names of places are of nobody: Roma is a city.
  ...Object.entries(values ?? {}).flatMap(([key, some]) =>
    places.has(key)
      ? []
      : some.map((text, place) => ({ field: `audience.segments.${index}.values.${key}.${place}`, text })),
  ),
];

const elsewhereFinding = (index: number, missing: readonly string[]): Finding => ({
  ruleId: 'segment/elsewhere',
  platform: null,
  country: missing[0] ?? null,
  field: `audience.segments.${index}.countries`,
  span: { start: 0, end: 0 },
  severity: 'warn',
  message: `The brief is not for ${missing.join(', ')}: nothing is shown there. Add the countries to the brief or take them out of the segment.`,
  source: { title: 'Personalising ads', url: '/docs/generation.md#segments' },
  fix: null,
});
