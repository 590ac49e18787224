import { queryError } from '../failure.ts';
import { type Token, tokenize } from './lexer.ts';

const comparisons = ['=', '!=', '<', '<=', '>', '>='] as const;
type Comparison = (typeof comparisons)[number];

export type Condition =
  | {
      readonly field: string;
      readonly operator: Comparison | 'LIKE' | 'NOT LIKE' | 'REGEXP_MATCH' | 'NOT REGEXP_MATCH';
      readonly value: string;
    }
  | {
      readonly field: string;
      readonly operator: 'IN' | 'NOT IN' | 'CONTAINS ANY' | 'CONTAINS ALL' | 'CONTAINS NONE';
      readonly values: readonly string[];
    }
  | { readonly field: string; readonly operator: 'BETWEEN'; readonly low: string; readonly high: string }
  | { readonly field: string; readonly operator: 'DURING'; readonly range: string }
  | { readonly field: string; readonly operator: 'IS NULL' | 'IS NOT NULL' };

export interface Query {
  readonly select: readonly string[];
  readonly from: string;
  readonly where: readonly Condition[];
  readonly orderBy: readonly { readonly field: string; readonly descending: boolean }[];
  readonly limit: number | undefined;
  readonly parameters: Readonly<Record<string, string>>;
}

const clauseWords = new Set(['FROM', 'WHERE', 'ORDER', 'LIMIT', 'PARAMETERS']);

/** Parses the grammar of GAQL. Whether fields exist is checked afterwards. Throws queryError by Google's names. */
export function parse(text: string): Query {
  return new Parser(tokenize(text)).query();
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  query(): Query {
    if (!this.#takeWord('SELECT'))
      throw queryError('EXPECTED_SELECT', 'Error in query: expected SELECT at the start of the query.');
    const select = this.#fields();
    if (!this.#takeWord('FROM')) {
      throw queryError('EXPECTED_FROM', `Error in query: expected FROM, found ${this.#describe()}.`);
    }
    const from = this.#field();
    const where = this.#takeWord('WHERE') ? this.#conditions() : [];
    const orderBy = this.#takeWord('ORDER') ? this.#ordering() : [];
    const limit = this.#takeWord('LIMIT') ? this.#limit() : undefined;
    const parameters = this.#takeWord('PARAMETERS') ? this.#parameters() : {};
    if (this.#peek() !== undefined)
      throw queryError('UNEXPECTED_INPUT', `Error in query: unexpected input ${this.#describe()}.`);
    return { select, from, where, orderBy, limit, parameters };
  }

  #fields(): string[] {
    const fields = [this.#field()];
    while (this.#takeSymbol(',')) fields.push(this.#field());
    return fields;
  }

  #field(): string {
    const token = this.#peek();
    if (token === undefined) throw end();
    if (token.kind !== 'word' || clauseWords.has(token.text.toUpperCase())) {
      throw queryError('UNEXPECTED_INPUT', `Error in query: expected a field, found ${this.#describe()}.`);
    }
    if (!/^[a-z_0-9]+(\.[a-z_0-9]+)*$/.test(token.text)) {
      throw queryError('BAD_FIELD_NAME', `Error in query: invalid field name '${token.text}'.`);
    }
    this.#next += 1;
    return token.text;
  }

  #conditions(): Condition[] {
    const conditions = [this.#condition()];
    for (;;) {
      if (this.#takeWord('AND')) conditions.push(this.#condition());
      else {
        const token = this.#peek();
        if (token === undefined || (token.kind === 'word' && clauseWords.has(token.text.toUpperCase())))
          return conditions;
        throw queryError('EXPECTED_AND', `Error in query: expected AND, found ${this.#describe()}.`);
      }
    }
  }

  #condition(): Condition {
    const field = this.#field();
    const symbol = this.#peek();
    const comparison = comparisons.find((operator) => symbol?.kind === 'symbol' && symbol.text === operator);
    if (comparison !== undefined) {
      this.#next += 1;
      return { field, operator: comparison, value: this.#value() };
    }
    if (this.#takeWord('DURING')) {
      const token = this.#take();
      if (token.kind !== 'word') {
        throw queryError(
          'INVALID_VALUE_WITH_DURING_OPERATOR',
          `Error in query: DURING needs a date range, found '${token.text}'.`,
        );
      }
      return { field, operator: 'DURING', range: token.text.toUpperCase() };
    }
    if (this.#takeWord('BETWEEN')) {
      const low = this.#value();
      if (!this.#takeWord('AND')) throw queryError('EXPECTED_AND', 'Error in query: expected AND in BETWEEN.');
      return { field, operator: 'BETWEEN', low, high: this.#value() };
    }
    if (this.#takeWord('IS')) {
      const operator = this.#takeWord('NOT') ? 'IS NOT NULL' : 'IS NULL';
      if (!this.#takeWord('NULL')) throw queryError('BAD_OPERATOR', 'Error in query: expected NULL after IS.');
      return { field, operator };
    }
    if (this.#takeWord('CONTAINS')) {
      const which = (['ANY', 'ALL', 'NONE'] as const).find((word) => this.#takeWord(word));
      if (which === undefined)
        throw queryError('BAD_OPERATOR', 'Error in query: expected ANY, ALL or NONE after CONTAINS.');
      return { field, operator: `CONTAINS ${which}`, values: this.#list() };
    }
    const not = this.#takeWord('NOT');
    if (this.#takeWord('IN')) return { field, operator: not ? 'NOT IN' : 'IN', values: this.#list() };
    if (this.#takeWord('LIKE')) return { field, operator: not ? 'NOT LIKE' : 'LIKE', value: this.#value() };
    if (this.#takeWord('REGEXP_MATCH'))
      return { field, operator: not ? 'NOT REGEXP_MATCH' : 'REGEXP_MATCH', value: this.#value() };
    if (this.#peek() === undefined) throw end();
    throw queryError('BAD_OPERATOR', `Error in query: invalid operator ${this.#describe()} after '${field}'.`);
  }

  #list(): string[] {
    if (!this.#takeSymbol('('))
      throw queryError('EXPECTED_LIST', `Error in query: expected a list, found ${this.#describe()}.`);
    if (this.#takeSymbol(')'))
      throw queryError('PROHIBITED_EMPTY_LIST_IN_CONDITION', 'Error in query: a list must not be empty.');
    const values = [this.#value()];
    while (this.#takeSymbol(',')) values.push(this.#value());
    if (!this.#takeSymbol(')'))
      throw queryError('UNEXPECTED_INPUT', `Error in query: expected ), found ${this.#describe()}.`);
    return values;
  }

  #value(): string {
    const token = this.#take();
    if (token.kind !== 'symbol') return token.text;
    throw token.text === '('
      ? queryError('EXPECTED_SINGLE_VALUE', 'Error in query: expected a single value, found a list.')
      : queryError('BAD_VALUE', `Error in query: invalid value '${token.text}'.`);
  }

  #ordering(): { field: string; descending: boolean }[] {
    if (!this.#takeWord('BY')) throw queryError('EXPECTED_BY', 'Error in query: expected BY after ORDER.');
    const ordering: { field: string; descending: boolean }[] = [];
    do {
      const field = this.#field();
      const descending = this.#takeWord('DESC');
      if (!descending) this.#takeWord('ASC');
      ordering.push({ field, descending });
    } while (this.#takeSymbol(','));
    return ordering;
  }

  #limit(): number {
    const token = this.#take();
    if (token.kind !== 'number' || !/^-?\d+$/.test(token.text)) {
      throw queryError('BAD_LIMIT_VALUE', `Error in query: invalid value '${token.text}' for LIMIT.`);
    }
    if (Number(token.text) < 1)
      throw queryError('LIMIT_VALUE_TOO_LOW', 'Error in query: the LIMIT value must be positive.');
    return Number(token.text);
  }

  #parameters(): Record<string, string> {
    const parameters: Record<string, string> = {};
    do {
      const name = this.#field();
      if (!['include_drafts', 'omit_unselected_resource_names'].includes(name)) {
        throw queryError('BAD_PARAMETER_NAME', `Error in query: unknown parameter '${name}'.`);
      }
      if (!this.#takeSymbol('=')) throw queryError('UNEXPECTED_INPUT', `Error in query: expected = after '${name}'.`);
      const value = this.#value();
      if (!['true', 'false'].includes(value))
        throw queryError('BAD_PARAMETER_VALUE', `Error in query: invalid value '${value}' for '${name}'.`);
      parameters[name] = value;
    } while (this.#takeSymbol(','));
    return parameters;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #take(): Token {
    const token = this.#peek();
    if (token === undefined) throw end();
    this.#next += 1;
    return token;
  }

  #takeWord(word: string): boolean {
    const token = this.#peek();
    if (token?.kind !== 'word' || token.text.toUpperCase() !== word) return false;
    this.#next += 1;
    return true;
  }

  #takeSymbol(symbol: string): boolean {
    const token = this.#peek();
    if (token?.kind !== 'symbol' || token.text !== symbol) return false;
    this.#next += 1;
    return true;
  }

  #describe(): string {
    const token = this.#peek();
    return token === undefined ? 'the end of the query' : `'${token.text}'`;
  }
}

function end(): Error {
  return queryError('UNEXPECTED_END_OF_QUERY', 'Error in query: unexpected end of query.');
}
