import { lettersSetApart } from '../decode-spelling.ts';
import type { CompileContext, Find, Objection } from '../objection.ts';
import { objectionAt } from '../objection.ts';
import type { Matcher } from '../policy-rule.ts';

/** Longer than its platform allows, counted as the platform counts. */
export const lengthMatcher =
  ({ limits }: CompileContext): Find =>
  ({ platform }, readings) => {
    const { longest, lengthOf } = limits[platform];
    return readings.flatMap(({ field, kind, text }): Objection[] => {
      const most = longest[kind];
      if (most === undefined || lengthOf(text, kind) <= most) return [];
      // The span is what is too much.
      let fitting = 0;
      let length = 0;
      for (const character of text) {
        length += lengthOf(character, kind);
        if (length > most) break;
        fitting += character.length;
      }
      return [{ field, start: fitting, end: text.length }];
    });
  };

/** Acronyms and names that are written in capitals everywhere. */
const usual: ReadonlySet<string> = new Set(
  'ASAP NASA NATO HDMI HTML JSON SAAS SASS HVAC ISBN UNESCO UNICEF IKEA LEGO ADAC AOK DATEV DEKRA DSGVO GDPR RGPD GMBH SARL SNCF RATP RENFE SEAT BOSE ASUS DELL LCD OLED QLED WIFI WLAN ADSL VDSL FAQS CEOS CFOS KPIS APIS DIYS PDFS MBAS SUVS ESIM IBAN SEPA BAFIN MIFID EBIT ISO27001 TÜV IHK UEFA FIFA BMWS TOEFL IELTS GMAT DELF DELE HIIT HEPA ATEX MINT STEM NVME XBOX CRISPR MOOC GOTS NFTS OTAN OVNI SIDA TVA'.split(
    ' ',
  ),
);
const capitalWord = /(?<![\p{L}\p{N}.])\p{Lu}[\p{Lu}'’]{1,40}(?![\p{L}\p{N}])/gu;
/** Letters in turn large and small: "FlOwErS". */
const seesaw =
  /(?<![\p{L}\p{N}])(?=\p{L}{4,40}(?!\p{L}))(?:\p{Lu}\p{Ll}){2,20}\p{Lu}?(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])(?:\p{Ll}\p{Lu}){2,20}\p{Ll}?(?![\p{L}\p{N}])/gu;
/** A code that people type stands beside its name: "code SUMMER20". */
const codeBefore =
  /(?:code|coupon|voucher|gutschein(?:code)?|codigo|código|cupón|promo)[ \u00a0\u202f]?:?[ \u00a0]?["“„«']?$/i;
/** Short words that are no acronyms, shouted. */
const shouted: ReadonlySet<string> = new Set(
  'FREE SALE SAVE SHOP ONLY BEST STOP NOW NEW BUY GET WOW HOT LAST NUR NEU HIER MEGA GRATIS HEUTE JETZT PROMO HOY YA'.split(
    ' ',
  ),
);
/** Longer words are no acronyms. */
const shortestWord = 5;

/** Words in capitals that shout. One of four letters or fewer may be an acronym; two such in a row are not. */
export const capitalsMatcher: Find = (_ad, readings) =>
  readings.flatMap(({ field, text }) => {
    const found: { start: number; end: number; counts: boolean }[] = [];
    for (const { 0: word, index: start } of text.matchAll(capitalWord)) {
      if (usual.has(word) || codeBefore.test(text.slice(Math.max(0, start - 24), start))) continue;
      const end = start + word.length;
      const last = found.at(-1);
      const together = last !== undefined && /^[ \-–&,!]{1,3}$/.test(text.slice(last.end, start));
      if (together) {
        last.counts ||= shouted.has(word) || word.length >= 4 || last.end - last.start >= 4;
        last.end = end;
      } else found.push({ start, end, counts: word.length >= shortestWord || shouted.has(word) });
    }
    for (const { 0: word, index } of text.matchAll(seesaw)) {
      found.push({ start: index, end: index + word.length, counts: true });
    }
    return found
      .filter(({ counts }) => counts)
      .map(({ start, end }) => ({ field, start, end, replacement: calmed(text, start, end) }));
  });

/** As a sentence has it: small, with a capital where one begins. */
function calmed(text: string, start: number, end: number): string {
  const small = text
    .slice(start, end)
    .replace(/[\p{L}'’]{1,60}/gu, (word) => (usual.has(word) ? word : word.toLowerCase()));
  const begins =
    /(?:^|[.!?:] {0,3})["“„«¡¿]?$/.test(text.slice(Math.max(0, start - 6), start)) && (start === 0 || start > 0);
  return begins ? small.replace(/\p{L}/u, (letter) => letter.toUpperCase()) : small;
}

/** "F.L.O.W.E.R.S", "c a s i n o". */
export const spelledOutMatcher: Find = (_ad, readings) =>
  readings.flatMap(({ field, text, versions: [{ folded }] }) =>
    lettersSetApart(folded.text).map(({ start, end }): Objection => {
      const place = objectionAt(field, folded, start, end);
      const letters = text.slice(place.start, place.end).replace(/[^\p{L}]/gu, '');
      const word = letters === letters.toUpperCase() ? letters.charAt(0) + letters.slice(1).toLowerCase() : letters;
      return { ...place, replacement: word };
    }),
  );

/** The same word three times, or twice with more around it: "sale sale sale". */
export const repeatedWordsMatcher: Find = (_ad, readings) =>
  readings.flatMap(({ field, text, versions: [{ folded }] }) => {
    const words = [...folded.text.matchAll(/[\p{L}\p{N}]{1,60}/gu)];
    const found: Objection[] = [];
    let from = 0;
    for (let at = 1; at <= words.length; at += 1) {
      const here = words[at]?.[0];
      const before = words[at - 1];
      if (before === undefined || here === before[0]) continue;
      const first = words[from];
      if (first !== undefined && at - from >= 3 && /\p{L}/u.test(first[0])) {
        const place = objectionAt(field, folded, first.index, before.index + before[0].length);
        const one = objectionAt(field, folded, first.index, first.index + first[0].length);
        found.push({ ...place, replacement: text.slice(one.start, one.end) });
      }
      from = at;
    }
    return found;
  });

/** The same text in two places that show each text once. */
export const repeatedTextsMatcher: Find = (_ad, readings) => {
  const seen = new Set<string>();
  return readings.flatMap(({ field, kind, text, versions: [{ folded }] }): Objection[] => {
    const key = `${kind} ${folded.text.trim()}`;
    const again = seen.has(key);
    seen.add(key);
    return again && text !== '' ? [{ field, start: 0, end: text.length }] : [];
  });
};

/** More exclamation marks in one ad than its platform takes; those in image texts have their own place. */
export const exclamationsMatcher =
  ({ most }: Extract<Matcher, { kind: 'exclamations' }>): Find =>
  (_ad, readings) => {
    let seen = 0;
    return readings.flatMap(({ field, text }) =>
      [...text.matchAll(/!{1,20}/g)].flatMap(({ 0: marks, index }): Objection[] => {
        seen += 1;
        if (seen <= most) return [];
        const ends = /^\s{0,3}$/.test(text.slice(index + marks.length));
        return [{ field, start: index, end: index + marks.length, replacement: ends ? '' : '.' }];
      }),
    );
  };
