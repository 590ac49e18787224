/** Half a price is 50 percent, however it is said. */
const halves = {
  en: /(?<![\p{L}])(?:half[- ](?:the )?price|half off)(?![\p{L}])/giu,
  de: /(?<![\p{L}])(?:(?:zum )?halbe[nr]? preis|hälfte des preises)(?![\p{L}])/giu,
  fr: /(?<![\p{L}])(?:à )?moitié prix(?![\p{L}])/giu,
  es: /(?<![\p{L}])(?:a )?(?:la )?mitad de precio(?![\p{L}])/giu,
} as const;
type Language = keyof typeof halves;
const everyLanguage = Object.keys(halves) as Language[];

/** Where a text says half price, in UTF-16 offsets. */
export const halvesIn = (
  text: string,
  languages: readonly Language[] = everyLanguage,
): readonly { readonly start: number; readonly end: number }[] =>
  languages.flatMap((language) =>
    [...text.matchAll(halves[language])].map((match) => ({ start: match.index, end: match.index + match[0].length })),
  );
