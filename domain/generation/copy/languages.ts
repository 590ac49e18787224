import type { WrittenLanguage } from '../fact.ts';
import type { LanguagePack } from './language-pack.ts';
import { english } from './languages/english.ts';
import { french } from './languages/french.ts';
import { german } from './languages/german.ts';
import { spanish } from './languages/spanish.ts';

export const languagePacks: Readonly<Record<WrittenLanguage, LanguagePack>> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
};
