import type { Template } from '../copy/language-pack.ts';
import type { WrittenLanguage } from '../fact.ts';

/** A text with a token beside the usual holes, and what has to be known for it. */
export interface TokenText extends Template {
  /** A value of the segment's, the last day of the offer, or search words. */
  readonly needs: string;
}

export interface TokenTexts {
  readonly headlines: readonly TokenText[];
  readonly sentences: readonly TokenText[];
}

/**
 * Texts that are about one segment. A city stands where no ending or contraction hangs on it: French says "Lyon" behind a comma,
 * because "à Le Havre" is wrong and the platform fills it in unseen.
 */
export const tokenTexts: Readonly<Record<WrittenLanguage, TokenTexts>> = {
  en: {
    headlines: [
      { angle: 'category', needs: 'city', pattern: '{name} in {segment.city|your city}' },
      { angle: 'category', needs: 'city', pattern: '{category} in {segment.city|your city}' },
      { angle: 'category', needs: 'keyword', pattern: '{segment.keyword|{category}}' },
      { angle: 'urgency', needs: 'until', pattern: 'Offer ends in {offer.countdown}' },
    ],
    sentences: [
      { angle: 'benefit', needs: 'city', pattern: 'In {segment.city|your city}: {benefit}.' },
      { angle: 'offer', needs: 'city', pattern: 'In {segment.city|your city}: {offer}.' },
      { angle: 'category', needs: 'city', pattern: '{name} in {segment.city|your city}. {call}.' },
    ],
  },
  de: {
    headlines: [
      { angle: 'category', needs: 'city', address: 'formal', pattern: '{name} in {segment.city|Ihrer Nähe}' },
      { angle: 'category', needs: 'city', address: 'informal', pattern: '{name} in {segment.city|deiner Nähe}' },
      { angle: 'category', needs: 'city', address: 'formal', pattern: '{category} in {segment.city|Ihrer Nähe}' },
      { angle: 'category', needs: 'city', address: 'informal', pattern: '{category} in {segment.city|deiner Nähe}' },
      { angle: 'category', needs: 'keyword', pattern: '{segment.keyword|{category}}' },
      { angle: 'urgency', needs: 'until', pattern: 'Angebot endet: noch {offer.countdown}' },
    ],
    sentences: [
      { angle: 'benefit', needs: 'city', address: 'formal', pattern: 'In {segment.city|Ihrer Nähe}: {benefit}.' },
      { angle: 'benefit', needs: 'city', address: 'informal', pattern: 'In {segment.city|deiner Nähe}: {benefit}.' },
      { angle: 'offer', needs: 'city', address: 'formal', pattern: 'In {segment.city|Ihrer Nähe}: {offer}.' },
      { angle: 'category', needs: 'city', address: 'formal', pattern: '{name} in {segment.city|Ihrer Nähe}. {call}.' },
      { angle: 'offer', needs: 'city', address: 'informal', pattern: 'In {segment.city|deiner Nähe}: {offer}.' },
      {
        angle: 'category',
        needs: 'city',
        address: 'informal',
        pattern: '{name} in {segment.city|deiner Nähe}. {call}.',
      },
    ],
  },
  fr: {
    headlines: [
      { angle: 'category', needs: 'city', address: 'formal', pattern: '{name}, {segment.city|près de chez vous}' },
      { angle: 'category', needs: 'city', address: 'informal', pattern: '{name}, {segment.city|près de chez toi}' },
      { angle: 'category', needs: 'city', address: 'formal', pattern: '{category}, {segment.city|près de chez vous}' },
      { angle: 'category', needs: 'city', address: 'informal', pattern: '{category}, {segment.city|près de chez toi}' },
      { angle: 'category', needs: 'keyword', pattern: '{segment.keyword|{category}}' },
      { angle: 'urgency', needs: 'until', pattern: 'Fin de l’offre : {offer.countdown}' },
    ],
    sentences: [
      { angle: 'benefit', needs: 'city', address: 'formal', pattern: '{segment.city|Près de chez vous} : {benefit}.' },
      { angle: 'offer', needs: 'city', address: 'formal', pattern: '{segment.city|Près de chez vous} : {offer}.' },
      {
        angle: 'category',
        needs: 'city',
        address: 'formal',
        pattern: '{name}, {segment.city|près de chez vous}. {call}.',
      },
      { angle: 'benefit', needs: 'city', address: 'informal', pattern: '{segment.city|Près de chez toi} : {benefit}.' },
      { angle: 'offer', needs: 'city', address: 'informal', pattern: '{segment.city|Près de chez toi} : {offer}.' },
      {
        angle: 'category',
        needs: 'city',
        address: 'informal',
        pattern: '{name}, {segment.city|près de chez toi}. {call}.',
      },
    ],
  },
  es: {
    headlines: [
      { angle: 'category', needs: 'city', address: 'formal', pattern: '{name} en {segment.city|su zona}' },
      { angle: 'category', needs: 'city', address: 'informal', pattern: '{name} en {segment.city|tu zona}' },
      { angle: 'category', needs: 'city', address: 'formal', pattern: '{category} en {segment.city|su zona}' },
      { angle: 'category', needs: 'city', address: 'informal', pattern: '{category} en {segment.city|tu zona}' },
      { angle: 'category', needs: 'keyword', pattern: '{segment.keyword|{category}}' },
      { angle: 'urgency', needs: 'until', pattern: 'La oferta acaba en {offer.countdown}' },
    ],
    sentences: [
      { angle: 'benefit', needs: 'city', address: 'formal', pattern: 'En {segment.city|su zona}: {benefit}.' },
      { angle: 'benefit', needs: 'city', address: 'informal', pattern: 'En {segment.city|tu zona}: {benefit}.' },
      { angle: 'offer', needs: 'city', address: 'formal', pattern: 'En {segment.city|su zona}: {offer}.' },
      { angle: 'category', needs: 'city', address: 'formal', pattern: '{name} en {segment.city|su zona}. {call}.' },
      { angle: 'offer', needs: 'city', address: 'informal', pattern: 'En {segment.city|tu zona}: {offer}.' },
      { angle: 'category', needs: 'city', address: 'informal', pattern: '{name} en {segment.city|tu zona}. {call}.' },
    ],
  },
};
