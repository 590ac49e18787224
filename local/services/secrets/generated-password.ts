/** GenerateSecretString of AWS::SecretsManager::Secret. */
import { randomInt } from 'node:crypto';
import { type JsonObject, optionalText } from '../json-protocol.ts';
import { asBoolean, asNumber } from '../property-support.ts';

const CLASSES = {
  ExcludeLowercase: 'abcdefghijklmnopqrstuvwxyz',
  ExcludeUppercase: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  ExcludeNumbers: '0123456789',
  ExcludePunctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
} as const;

const DEFAULT_LENGTH = 32;

/** The secret's text: the password, or the template object with it under `GenerateStringKey`. */
export function generateSecretString(settings: JsonObject): string {
  const excluded = new Set(optionalText(settings, 'ExcludeCharacters') ?? '');
  const classes = Object.entries(CLASSES)
    .filter(([switchOff]) => !asBoolean(settings[switchOff]))
    .map(([, characters]) => [...characters].filter((character) => !excluded.has(character)))
    .filter((characters) => characters.length > 0);
  if (asBoolean(settings.IncludeSpace)) classes.push([' ']);
  const length = asNumber(settings.PasswordLength) ?? DEFAULT_LENGTH;
  const all = classes.flat();
  if (all.length === 0) throw new Error('GenerateSecretString excludes every character.');
  const requireEach = settings.RequireEachIncludedType === undefined || asBoolean(settings.RequireEachIncludedType);
  const chosen = requireEach ? classes.slice(0, length).map(pick) : [];
  while (chosen.length < length) chosen.push(pick(all));
  const password = shuffle(chosen).join('');
  const template = optionalText(settings, 'SecretStringTemplate');
  const key = optionalText(settings, 'GenerateStringKey');
  if (template === undefined || key === undefined) return password;
  return JSON.stringify({ ...(JSON.parse(template) as JsonObject), [key]: password });
}

function pick(characters: readonly string[]): string {
  return characters[randomInt(characters.length)] ?? '';
}

/** Fisher–Yates. */
function shuffle(characters: string[]): string[] {
  for (let last = characters.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [characters[last], characters[other]] = [characters[other] ?? '', characters[last] ?? ''];
  }
  return characters;
}
