import { describe, expect, it } from 'vitest';
import type { ProductCategory } from '../../../../contracts/schemas/product-categories.ts';
import { refusalsOf } from '../../../../domain/generation/personalise/refused-segments.ts';
import { segmentsOf } from '../../../../domain/generation/personalise/segments.ts';
import { briefNamed } from '../brief-files.ts';

const refusals = (text: string, category: ProductCategory = 'footwear') =>
  refusalsOf([{ field: 'name', text }], { category });
const kinds = (text: string, category?: ProductCategory) => refusals(text, category).map(({ ruleId }) => ruleId);

describe('a segment that nobody may be sorted into', () => {
  it.each([
    ['Diabetics in Leeds', 'health', 'Diabetics'],
    ['People with d​iabetes', 'health', 'd​iabetes'],
    ['Women who are pregnant', 'health', 'pregnant'],
    ['Schwangere in Köln', 'health', 'Schwangere'],
    ['Allergiker', 'health', 'Allergiker'],
    ['Personnes en surpoids', 'health', 'surpoids'],
    ['Mujeres embarazadas', 'health', 'embarazadas'],
    ['Muslim families', 'religion', 'Muslim'],
    ['Praktizierende Katholiken', 'religion', 'Katholiken'],
    ['Femmes musulmanes', 'religion', 'musulmanes'],
    ['Familias judías', 'religion', 'judías'],
    ['African Americans', 'ethnicity', 'African Americans'],
    ['Menschen mit Migrationshintergrund', 'ethnicity', 'Migrationshintergrund'],
    ['Immigrés de Lyon', 'ethnicity', 'Immigrés'],
    ['Inmigrantes', 'ethnicity', 'Inmigrantes'],
    ['Conservative voters', 'politics', 'Conservative voters'],
    ['AfD-Wähler', 'politics', 'AfD-Wähler'],
    ['Les électeurs de gauche', 'politics', 'électeurs de'],
    ['Votantes de izquierda', 'politics', 'Votantes de'],
    ['Gay couples', 'sexuality', 'Gay'],
    ['Lesbische Paare', 'sexuality', 'Lesbische'],
    ['Couples homosexuels', 'sexuality', 'homosexuels'],
    ['Lesbianas', 'sexuality', 'Lesbianas'],
    ['Union members', 'trade-union', 'Union members'],
    ['Gewerkschaftsmitglieder', 'trade-union', 'Gewerkschaftsmitglieder'],
    ['Salariés syndiqués', 'trade-union', 'syndiqués'],
    ['Sindicalistas', 'trade-union', 'Sindicalistas'],
    ['Carriers of a gene', 'genetic-data', 'Carriers of a gene'],
    ['Freimaurer', 'beliefs', 'Freimaurer'],
    ['Kids who love football', 'minors', 'Kids'],
    ['Gamers, 13 to 17 years', 'minors', '13 to 17 years'],
    ['Spieler, 8 bis 12 Jahre', 'minors', '8 bis 12 Jahre'],
    ['Jugendliche', 'minors', 'Jugendliche'],
    ['Jungs, 8–12 Jahre', 'minors', '8–12 Jahre'],
    ['Lycéens', 'minors', 'Lycéens'],
    ['Menores de edad', 'minors', 'Menores de edad'],
    ['Kids and their parents', 'minors', 'Kids'],
    ['Ex-offenders', 'criminal-record', 'Ex-offenders'],
  ])('%s', (text, kind, match) => {
    const [first] = refusals(text);
    expect(first).toMatchObject({ ruleId: `segment/${kind}`, severity: 'block' });
    expect(text.slice(first?.span.start, first?.span.end)).toBe(match);
    expect(first?.source.url).toMatch(/^https:\/\//);
  });
});

describe('a segment like one of those that names nobody’s private life', () => {
  it.each([
    'Parents of small children',
    'Eltern von Kindern bis 6',
    'Parents d’enfants en bas âge',
    'Familias con niños',
    'Parents of 3 to 6 year olds',
    'Credit union members',
    'Trail runners who train in the rain',
    'Players who improve their golf handicap',
    'Fans of Enola Gay, the song by OMD',
    'Buyers of Christian Dior',
    'Linke und rechte Seite der Alster',
    'What kind of coffee they drink',
    'Office managers of companies with 10 to 15 people',
    'Pratiquants de yoga à Lyon',
    'Owners of obras menores companies',
    'Latino dance schools',
    'People from 18 to 35 years',
    'Drivers with 5 to 10 years of experience',
    'Companies 2–10 years old',
    'Meister mit 5 bis 10 Jahren Berufserfahrung',
    'Unternehmen, 2 bis 10 Jahre am Markt',
    'Voitures de 3 à 8 ans',
    'Empresas de 2 a 10 años',
  ])('%s', (text) => {
    expect(kinds(text)).toEqual([]);
  });
});

describe('homes, jobs and credit', () => {
  it.each([
    ['Young professionals', 'age'],
    ['Junge Leute', 'age'],
    ['Mujeres', 'gender'],
    ['Familles', 'family'],
    ['Postcode LS1', 'postcode'],
  ])('are not for %s, while shoes may be', (text, kind) => {
    for (const category of ['real-estate', 'jobs', 'bank-accounts'] as const) {
      expect(kinds(text, category)).toEqual([`segment/equal-access-${kind}`]);
    }
    expect(kinds(text, 'footwear')).toEqual([]);
  });

  it('are for women and men', () => {
    expect(kinds('Women and men who move to Leeds', 'real-estate')).toEqual([]);
  });
});

describe('the segments of a brief', () => {
  const { brief } = briefNamed('city-dentist');
  const segments = (...some: typeof brief.audience.segments) =>
    segmentsOf({ ...brief, audience: { description: '', segments: some } });

  it('leave out what is refused, wherever it is said, and keep the others', () => {
    const { segments: kept, findings } = segments(
      { name: 'Commuters', description: 'They pass by twice a day' },
      { name: 'Careful people', description: 'Most of them are diabetics' },
      { name: 'Searchers', description: '', values: { keyword: ['dentist for gay men'], city: ['Roma'] } },
    );
    expect(kept.map(({ name }) => name)).toEqual(['Commuters']);
    expect(findings.map(({ field }) => field)).toEqual([
      'audience.segments.1.description',
      'audience.segments.2.values.keyword.0',
    ]);
  });

  it('are everyone where there are none', () => {
    expect(segments().segments).toMatchObject([{ id: 'everyone', offered: true }]);
  });

  it('are refused all together rather than widened to everyone without a word', () => {
    const { segments: kept, findings } = segments({ name: 'Diabetics', description: '' });
    expect(kept.map(({ id }) => id)).toEqual(['everyone']);
    expect(findings).toHaveLength(1);
  });

  it('are warned of countries that the brief is not for', () => {
    const { findings } = segments({ name: 'Tourists', description: '', countries: ['FR'] });
    expect(findings).toMatchObject([{ ruleId: 'segment/elsewhere', severity: 'warn' }]);
  });
});
