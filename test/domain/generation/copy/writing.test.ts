import { describe, expect, it } from 'vitest';
import { type Formality, sitelinkTopics } from '../../../../contracts/schemas/briefs.ts';
import { fill, openFilling } from '../../../../domain/generation/copy/fill.ts';
import { hashtag, hashtagsOf } from '../../../../domain/generation/copy/hashtags.ts';
import { keywordSet } from '../../../../domain/generation/copy/keywords.ts';
import { languagePacks } from '../../../../domain/generation/copy/languages.ts';
import { trigramSimilarity } from '../../../../domain/generation/copy/similarity.ts';
import { sitelinks } from '../../../../domain/generation/copy/sitelinks.ts';
import { fits, lengthIn } from '../../../../domain/generation/copy/slots.ts';
import { videoScript } from '../../../../domain/generation/copy/video-script.ts';
import type { WrittenLanguage } from '../../../../domain/generation/fact.ts';
import { factSheet } from '../../../../domain/generation/facts.ts';
import { copyFormats } from '../../../../platforms/registry.ts';
import { briefFiles, briefNamed, today } from '../brief-files.ts';

const search = copyFormats['google-ads'].find(({ format }) => format === 'responsive-search');
const headline = search?.slots.find(({ name }) => name === 'headline');
if (search === undefined || headline === undefined) throw new Error('Google Ads has no responsive search ad.');

function filling(name: string, language: WrittenLanguage, formality?: Formality) {
  const { brief, businessName } = briefNamed(name);
  const opened = openFilling({
    pack: languagePacks[language],
    facts: factSheet(brief, language, today).facts,
    voice: { ...brief.voice, ...(formality === undefined ? {} : { formality }) },
    category: brief.product.category,
    countries: brief.countries,
    businessName,
    banned: [],
  });
  if (opened === null) throw new Error(`${name} has no name.`);
  return opened;
}
const said = (name: string, language: WrittenLanguage, pattern: string, formality?: Formality) =>
  fill(filling(name, language, formality), { angle: 'category', pattern }, 'test').map(({ text }) => text);

describe('agreement', () => {
  it.each([
    ['kfz-werkstatt', 'de', '{your category}', 'formal', 'Ihre Autowerkstatt'],
    ['gimnasio-barrio', 'de', '{your category}', 'informal', 'Dein Fitnessstudio'],
    ['plombier-lyon', 'de', 'Sie suchen {a category}?', 'formal', 'Sie suchen einen Sanitärbetrieb?'],
    ['kfz-werkstatt', 'de', 'Sie suchen {a category}?', 'formal', 'Sie suchen eine Autowerkstatt?'],
    ['coffee-club', 'de', 'Sie suchen {a category}?', 'formal', 'Sie suchen Kaffee?'],
    ['plombier-lyon', 'fr', '{your category}', 'informal', 'Ton plombier'],
    ['mudanzas', 'fr', '{your category}', 'informal', 'Ton entreprise de déménagement'],
    ['gimnasio-barrio', 'fr', '{your category}', 'informal', 'Ta salle de sport'],
    ['trail-shoes', 'fr', 'Achat {of category}', 'formal', 'Achat de chaussures'],
    ['coffee-club', 'fr', 'Vous cherchez {a category} ?', 'formal', 'Vous cherchez du café ?'],
    ['coffee-club', 'fr', 'Achat {of category}', 'formal', 'Achat de café'],
    ['curso-datos', 'fr', 'Vous cherchez {a category}', 'formal', 'Vous cherchez des formations en ligne'],
    ['kfz-werkstatt', 'es', '¿Busca {a category}?', 'formal', '¿Busca un taller mecánico?'],
    ['mudanzas', 'es', '{your category}', 'informal', 'Tu empresa de mudanzas'],
    ['seguro-hogar', 'en', 'Looking for {a category}?', 'formal', 'Looking for insurance?'],
    ['kfz-werkstatt', 'en', 'Looking for {a category}?', 'formal', 'Looking for a garage?'],
  ] as const)('%s in %s: %s (%s)', (name, language, pattern, formality, expected) => {
    expect(said(name, language, pattern, formality)).toEqual([expected]);
  });
});

describe('amounts in words', () => {
  it.each([
    ['gimnasio-barrio', 'en', '{price}', '€29.90 a month'],
    ['gimnasio-barrio', 'de', '{price}', '29,90\u00a0€ im Monat'],
    ['seguro-hogar', 'fr', '{priceFrom}', 'À partir de 11\u00a0€ par mois'],
    ['seguro-hogar', 'es', '{priceFrom}', 'Desde 11\u00a0€ al mes'],
    ['appli-budget', 'es', '{price}', '3,99\u00a0€ al mes'],
    ['invoice-software', 'fr', '{priceFrom}', 'À partir de 12\u00a0£ par mois'],
    ['curso-datos', 'fr', '{until}', '1er février'],
    ['curso-datos', 'en', '{until}', '1 February'],
  ] as const)('%s in %s', (name, language, pattern, expected) => {
    expect(said(name, language, pattern)).toEqual([expected]);
  });
});

describe('conditions of an offer', () => {
  it('promises no price of a part as the price of the whole', () => {
    expect(said('kfz-werkstatt', 'de', '{name} für {price}')).toEqual([]);
    expect(said('kfz-werkstatt', 'de', '{offer}')).toEqual(['Räderwechsel für 39 €']);
  });

  it('promises no discount without the code it takes', () => {
    expect(said('trail-shoes', 'en', 'Save {discount}')).toEqual([]);
    expect(said('trail-shoes', 'en', 'Save {discount} with {code}')).toEqual(['Save 20% with DRY20']);
  });
});

describe('slots', () => {
  it.each([
    ['thirty narrow characters', 'a'.repeat(30), true],
    ['thirty-one', 'a'.repeat(31), false],
    ['fifteen wide ones', '靴'.repeat(15), true],
    ['sixteen wide ones', '靴'.repeat(16), false],
    ['an insertion, by its default', `{KeyWord:${'a'.repeat(20)}} online`, true],
    ['an exclamation mark', 'Dry feet!', false],
    ['an emoji', 'Dry feet 👟', false],
    ['repeated punctuation', 'Dry feet..', false],
  ])('%s', (_name, text, expected) => {
    expect(fits(search, headline, text)).toBe(expected);
  });

  it('counts an insertion by its default', () => {
    expect(lengthIn(search, '{KeyWord:Trail Shoes} Online')).toBe('Trail Shoes Online'.length);
  });
});

describe('what goes with an ad', () => {
  it('searches for what buyers type and keeps away those who do not buy', () => {
    const { brief } = briefNamed('trail-shoes');
    const { keywords, negatives } = keywordSet(brief, factSheet(brief, 'en', today));
    expect(keywords).toContainEqual({ text: 'waterproof walking shoes', match: 'exact' });
    expect(keywords).toContainEqual({ text: 'buy trail shoes', match: 'phrase' });
    expect(negatives).toContainEqual({ text: 'jobs', match: 'phrase' });
  });

  it('excludes no word that the facts say', () => {
    const { brief } = briefNamed('invoice-software');
    const { negatives } = keywordSet(brief, factSheet(brief, 'en', today));
    expect(negatives.map(({ text }) => text)).not.toContain('free');
  });

  it('leads sitelinks to pages that the brief names, which fit with both of their lines', () => {
    const pages = sitelinkTopics.map((about) => ({ about, url: `https://shop.example/${about}` }));
    for (const { brief } of briefFiles) {
      for (const language of brief.languages) {
        const { links } = sitelinks({ ...brief, pages }, factSheet(brief, language, today), brief.voice, search);
        expect(links.length).toBeGreaterThan(0);
        for (const { about, text, lines, url } of links) {
          expect(url).toBe(`https://shop.example/${about}`);
          expect([...text].length, text).toBeLessThanOrEqual(25);
          for (const line of lines ?? []) expect([...line].length, line).toBeLessThanOrEqual(35);
        }
      }
    }
  });

  it('makes no sitelink without a page, nor one to the landing page, and says so', () => {
    const { brief } = briefNamed('city-dentist');
    const pages = [{ about: 'contact' as const, url: brief.landingPageUrl }];
    const { links, findings } = sitelinks({ ...brief, pages }, factSheet(brief, 'en', today), brief.voice, search);
    expect(links).toEqual([]);
    expect(findings.map(({ ruleId }) => ruleId)).toContain('brief/sitelink-without-page');
    expect(findings.some(({ message }) => message.includes('about contact'))).toBe(true);
  });

  it('tells a video in scenes that can be spoken and read', () => {
    const script = videoScript(filling('trail-shoes', 'en'), 'problem', 0);
    expect(script?.scenes[0]).toMatchObject({ shows: 'hook', screen: 'Wet feet after every walk?' });
    expect(script?.scenes.at(-1)?.shows).toBe('call');
    expect(script?.seconds).toBeLessThanOrEqual(30);
    for (const { voiceOver, seconds } of script?.scenes ?? []) {
      expect(voiceOver.split(' ').length / seconds).toBeLessThanOrEqual(140 / 60 + 0.01);
    }
  });

  it('makes no tag that claims something, nor one of another language', () => {
    const { brief } = briefNamed('gimnasio-barrio');
    expect(hashtagsOf(brief, factSheet(brief, 'es', today), 9)).not.toContain('#GimnasioBarato');
    expect(hashtagsOf(brief, factSheet(brief, 'de', today), 9)).toEqual(['#GimnasioNorte', '#Fitnessstudio']);
  });

  it('makes tags of letters and digits alone', () => {
    expect(hashtag('ropa & más')).toBe('#RopaMás');
    expect(hashtag('2026')).toBeNull();
  });
});

describe('trigramSimilarity', () => {
  it('knows the same, the near and the other', () => {
    const similarity = trigramSimilarity();
    expect(similarity('Dry feet', 'dry feet!')).toBe(1);
    expect(similarity('Dry feet in rain', 'Dry feet in heavy rain')).toBeGreaterThan(0.5);
    expect(similarity('Dry feet', 'Order now')).toBeLessThan(0.1);
  });
});
