/** Reads the fields of one JSON object of a definition, noting every complaint instead of stopping at the first. */
import { compileTemplate, isExpression, type Template } from './template.ts';

export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export class FieldReader {
  readonly path: string;
  readonly #json: Json;
  readonly #problems: string[];
  /** Every template read here, for the checks of variables and functions. */
  readonly #templates: Template[];

  constructor(path: string, json: Json, problems: string[], templates: Template[]) {
    this.path = path;
    this.#json = json;
    this.#problems = problems;
    this.#templates = templates;
  }

  problem(text: string): void {
    this.#problems.push(`${this.path}: ${text}`);
  }

  /** Refuses every field outside the list, with the reason where one is known. */
  only(fields: readonly string[], reasons: Readonly<Record<string, string>> = {}): void {
    for (const field of Object.keys(this.#json)) {
      if (!fields.includes(field)) this.problem(`field "${field}" ${reasons[field] ?? 'is not supported'}`);
    }
  }

  has(field: string): boolean {
    return this.#json[field] !== undefined;
  }

  raw(field: string): unknown {
    return this.#json[field];
  }

  inside(field: string, json: Json): FieldReader {
    return new FieldReader(`${this.path}/${field}`, json, this.#problems, this.#templates);
  }

  /** A nested object, or `undefined` (with a complaint when it is there and no object). */
  object(field: string): FieldReader | undefined {
    const value = this.#json[field];
    if (value === undefined) return undefined;
    if (isObject(value)) return this.inside(field, value);
    this.problem(`"${field}" must be an object`);
    return undefined;
  }

  objects(field: string): readonly FieldReader[] {
    const value = this.#json[field];
    if (value === undefined) return [];
    if (Array.isArray(value) && value.every(isObject)) {
      return value.map((item, index) => this.inside(`${field}[${index}]`, item));
    }
    this.problem(`"${field}" must be an array of objects`);
    return [];
  }

  text(field: string): string | undefined {
    const value = this.#json[field];
    if (value === undefined || typeof value === 'string') return value;
    this.problem(`"${field}" must be a string`);
    return undefined;
  }

  requiredText(field: string): string {
    const value = this.text(field);
    if (value === undefined) this.problem(`"${field}" is required`);
    return value ?? '';
  }

  number(field: string, least: number, most: number, whole: boolean): number | undefined {
    const value = this.#json[field];
    if (value === undefined) return undefined;
    if (typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value)))
      return value;
    this.problem(`"${field}" must be ${whole ? 'a whole number' : 'a number'} from ${least} to ${most}`);
    return undefined;
  }

  /** A number or a JSONata string. */
  numberTemplate(field: string, least: number, most: number, whole = true): Template | undefined {
    const value = this.#json[field];
    if (value === undefined) return undefined;
    if (typeof value === 'string') {
      if (isExpression(value)) return this.template(field);
      this.problem(`"${field}" must be a number or a JSONata expression`);
      return undefined;
    }
    return this.number(field, least, most, whole) === undefined ? undefined : this.template(field);
  }

  /** Only where AWS takes a JSONata string, not an object with expressions inside. */
  expression(field: string): Template | undefined {
    const value = this.#json[field];
    if (value === undefined) return undefined;
    if (typeof value === 'boolean' || isExpression(value)) return this.template(field);
    this.problem(`"${field}" must be a JSONata expression {% … %}`);
    return undefined;
  }

  template(field: string): Template | undefined {
    const value = this.#json[field];
    if (value === undefined) return undefined;
    try {
      const template = compileTemplate(value);
      this.#templates.push(template);
      return template;
    } catch (error) {
      this.problem(`"${field}": ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }
}
