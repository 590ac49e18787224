/** Names for resources that the template leaves unnamed. The same template always gives the same names. */
import { createHash } from 'node:crypto';

/** What a service allows in a name it would otherwise draw itself. */
export interface NameForm {
  readonly max: number;
  readonly lowerCase?: boolean;
}

export function generatedName(stack: string, logicalId: string, form: NameForm): string {
  const whole = `${stack}-${logicalId}`;
  const name = whole.length <= form.max ? whole : `${whole.slice(0, form.max - 9)}-${shortId(whole, 8)}`;
  return form.lowerCase === true ? name.toLowerCase() : name;
}

/** Lower-case letters and digits. */
export function shortId(seed: string, length: number): string {
  const digest = createHash('sha256').update(seed).digest();
  return [...digest.subarray(0, length)].map((byte) => (byte % 36).toString(36)).join('');
}
