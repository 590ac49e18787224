import { type Place, readTokens, SqlRefusal, type Token } from './tokens.ts';
import { analystViews, viewOf } from './views.ts';
import { clauseWords, dateParts, expressionWords, functions, types, windowWords } from './vocabulary.ts';

export type RewrittenQuery =
  | { readonly kind: 'rewritten'; readonly sql: string }
  | ({ readonly kind: 'refused'; readonly message: string } & Place);

/** Parentheses within each other. */
const maximumDepth = 60;
const joinWords: ReadonlySet<string> = new Set(['join', 'inner', 'left', 'right', 'full', 'cross']);
const setWords: ReadonlySet<string> = new Set(['union', 'intersect', 'except']);
const queryWords: ReadonlySet<string> = new Set(['select', 'with', 'values']);
const views = new Map(analystViews.map((view) => [view.name, view]));

/** What stands inside a pair of parentheses decides which words mean something there. */
type Inside = 'plain' | 'arguments' | 'window' | 'cast' | 'from-arguments' | 'filter';
const insideOf: Readonly<Record<string, Inside>> = {
  cast: 'cast',
  try_cast: 'cast',
  extract: 'from-arguments',
  trim: 'from-arguments',
  substring: 'from-arguments',
  over: 'window',
  filter: 'filter',
};

/** Names of WITH that a place can see, the nearest first. */
interface Scope {
  readonly names: Set<string>;
  readonly outer: Scope | undefined;
}
const sees = (scope: Scope | undefined, name: string): boolean =>
  scope !== undefined && (scope.names.has(name) || sees(scope.outer, name));

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
/** No table of the catalogue is called like this, so that a name seen from the wrong place is found nowhere. */
const commonTable = (name: string): string => quoted(`with_${name}`);

/**
 * One SELECT over the views of analysts, as the engine may run it for one workspace: written anew from its tokens, each view a
 * subquery of the workspace's own rows, at most `maximumRows` of them. What the grammar below does not know is refused with
 * the place; a word that is not in the vocabulary leaves as a quoted name.
 */
export function rewriteQuery(sql: string, workspaceId: string, maximumRows: number): RewrittenQuery {
  try {
    return { kind: 'rewritten', sql: new Rewriter(readTokens(sql), workspaceId).whole(maximumRows) };
  } catch (error) {
    if (!(error instanceof SqlRefusal)) throw error;
    return { kind: 'refused', message: error.message, ...error.place };
  }
}

class Rewriter {
  readonly #tokens: readonly Token[];
  readonly #workspaceId: string;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], workspaceId: string) {
    this.#tokens = tokens;
    this.#workspaceId = workspaceId;
  }

  whole(maximumRows: number): string {
    const first = this.#peek();
    if (first === undefined) throw new SqlRefusal('The query is empty.', { line: 1, column: 1 });
    if (!this.#startsQuery()) throw this.#refuse('Only one SELECT (or WITH … SELECT) is possible here.');
    const sql = this.#query(undefined, maximumRows);
    if (this.#isSymbol(';')) this.#at += 1;
    if (this.#peek() !== undefined) throw this.#unexpected();
    return sql;
  }

  /** `maximumRows` bounds the outermost query alone. */
  #query(outer: Scope | undefined, maximumRows?: number): string {
    return this.#nested(() => {
      const scope: Scope = { names: new Set(), outer };
      const parts: string[] = [];
      if (this.#take('with')) parts.push('WITH', this.#commonTables(scope));
      parts.push(this.#term(scope));
      while (setWords.has(this.#word())) {
        parts.push(this.#next().text.toUpperCase());
        if (this.#take('all')) parts.push('ALL');
        else this.#take('distinct');
        parts.push(this.#term(scope));
      }
      if (this.#take('order')) {
        this.#expect('by');
        parts.push('ORDER BY', this.#expression(scope));
      }
      parts.push(...this.#bounds(maximumRows));
      return parts.join(' ');
    });
  }

  /** OFFSET and LIMIT in either order; Athena wants OFFSET first. */
  #bounds(maximumRows: number | undefined): string[] {
    let offset: number | undefined;
    let limit: number | undefined;
    for (;;) {
      if (limit === undefined && this.#take('limit')) limit = this.#wholeNumber();
      else if (offset === undefined && this.#take('offset')) {
        offset = this.#wholeNumber();
        if (this.#word() === 'rows' || this.#word() === 'row') this.#at += 1;
      } else break;
    }
    const bound = maximumRows === undefined ? limit : Math.min(limit ?? maximumRows, maximumRows);
    return [...(offset === undefined ? [] : [`OFFSET ${offset}`]), ...(bound === undefined ? [] : [`LIMIT ${bound}`])];
  }

  #commonTables(scope: Scope): string {
    const tables: string[] = [];
    do {
      if (this.#word() === 'recursive') throw this.#refuse('WITH RECURSIVE is not possible here.');
      const place = this.#peek();
      const name = this.#name('the name of this WITH query');
      if (scope.names.has(name)) throw this.#refuse(`WITH names "${name}" twice.`, place);
      const columns = this.#isSymbol('(') ? this.#columnNames() : '';
      this.#expect('as');
      this.#symbol('(');
      const body = this.#query(scope);
      this.#symbol(')');
      // Seen from here on: neither by itself nor by those before it.
      scope.names.add(name);
      tables.push(`${commonTable(name)}${columns} AS (${body})`);
    } while (this.#takeSymbol(','));
    return tables.join(', ');
  }

  #term(scope: Scope): string {
    if (this.#takeSymbol('(')) {
      const inner = this.#query(scope);
      this.#symbol(')');
      return `(${inner})`;
    }
    if (this.#take('values')) return `VALUES ${this.#expression(scope)}`;
    this.#expect('select');
    const parts = ['SELECT'];
    if (this.#take('distinct')) parts.push('DISTINCT');
    else this.#take('all');
    parts.push(this.#expression(scope));
    if (this.#take('from')) parts.push('FROM', this.#tables(scope));
    if (this.#take('where')) parts.push('WHERE', this.#expression(scope));
    if (this.#take('group')) {
      this.#expect('by');
      parts.push('GROUP BY');
      if (this.#word() === 'grouping' && this.#peek(1)?.text === 'sets') {
        this.#at += 2;
        parts.push('GROUPING SETS');
      }
      parts.push(this.#expression(scope));
    }
    if (this.#take('having')) parts.push('HAVING', this.#expression(scope));
    return parts.join(' ');
  }

  #tables(scope: Scope): string {
    const items: string[] = [];
    do items.push(this.#joined(scope));
    while (this.#takeSymbol(','));
    return items.join(', ');
  }

  #joined(scope: Scope): string {
    const parts = [this.#table(scope)];
    while (joinWords.has(this.#word())) {
      const kind = this.#next().text;
      const words = [kind];
      if (kind !== 'join') {
        if (kind !== 'inner' && kind !== 'cross' && this.#take('outer')) words.push('outer');
        this.#expect('join');
        words.push('join');
      }
      parts.push(words.join(' ').toUpperCase(), this.#table(scope));
      if (kind === 'cross') continue;
      if (this.#take('using')) parts.push('USING', this.#columnNames());
      else {
        this.#expect('on');
        parts.push('ON', this.#expression(scope, 'no-commas'));
      }
    }
    return parts.join(' ');
  }

  #table(scope: Scope): string {
    if (this.#isSymbol('(')) return this.#nested(() => this.#tableInParentheses(scope));
    const token = this.#peek();
    const name = this.#name('the name of a view');
    if (this.#isSymbol('.')) throw this.#refuse('Name a view alone, without a database before it.', token);
    if (this.#isSymbol('(')) throw this.#refuse(`"${name}" cannot be used as a table; views are ${viewList()}.`, token);
    const alias = this.#alias(name);
    if (sees(scope, name)) return `${commonTable(name)} AS ${alias}`;
    const view = views.get(name);
    if (view === undefined) throw this.#refuse(`There is no view "${name}"; there are ${viewList()}.`, token);
    return `${viewOf(view, this.#workspaceId)} AS ${alias}`;
  }

  #tableInParentheses(scope: Scope): string {
    const isQuery = this.#startsQuery();
    this.#symbol('(');
    const inner = isQuery ? this.#query(scope) : this.#joined(scope);
    this.#symbol(')');
    if (!isQuery) return `(${inner})`;
    const alias = this.#alias(undefined);
    return alias === '' ? `(${inner})` : `(${inner}) AS ${alias}`;
  }

  /** The alias of a table, or the name it has without one, so that columns can be written with it. */
  #alias(otherwise: string | undefined): string {
    const marked = this.#take('as');
    const token = this.#peek();
    const given = token?.kind === 'name' || (token?.kind === 'word' && (marked || !isReserved(token.text)));
    if (!given) return otherwise === undefined ? '' : quoted(otherwise);
    const alias = quoted(this.#name('an alias'));
    return this.#isSymbol('(') ? `${alias} ${this.#columnNames()}` : alias;
  }

  #columnNames(): string {
    this.#symbol('(');
    const names: string[] = [];
    do names.push(quoted(this.#name('the name of a column')));
    while (this.#takeSymbol(','));
    this.#symbol(')');
    return `(${names.join(', ')})`;
  }

  /** Expressions, with the commas between them, up to the next part of the query. */
  #expression(scope: Scope, commas: 'commas' | 'no-commas' = 'commas', inside: Inside = 'plain'): string {
    const parts: string[] = [];
    for (let token = this.#peek(); token !== undefined; token = this.#peek()) {
      if (token.kind === 'symbol') {
        if (token.text === ')' || token.text === ';' || (token.text === ',' && commas === 'no-commas')) break;
        if (token.text === '(') parts.push(this.#parentheses(scope, 'plain'));
        else parts.push(this.#next().text);
      } else if (token.kind === 'word') {
        const written = this.#expressionWord(token, scope, inside, parts);
        if (written === undefined) break;
        parts.push(written);
      } else if (token.kind === 'name') {
        if (isOpening(this.#peek(1))) throw this.#refuse('A function is written without quotes.');
        parts.push(quoted(this.#next().text));
      } else parts.push(this.#next().text);
    }
    if (parts.length === 0) throw this.#unexpected();
    return parts.join(' ');
  }

  /** One word and what belongs to it; `undefined` when it begins the next part of the query. */
  #expressionWord(token: Token, scope: Scope, inside: Inside, before: readonly string[]): string | undefined {
    const { text } = token;
    const following = this.#peek(1);
    const afterDot = before.at(-1) === '.';
    if (afterDot && !isOpening(following)) return quoted(this.#next().text);
    if (afterDot) throw this.#refuse(`"${text}" cannot be called on a value.`);
    // x IS [NOT] DISTINCT FROM y
    if (text === 'distinct' && following?.text === 'from' && (before.at(-1) === 'IS' || before.at(-1) === 'NOT')) {
      this.#at += 2;
      return 'DISTINCT FROM';
    }
    if (text === 'from' && inside === 'from-arguments' && before.length > 0 && before.at(-1) !== ',')
      return this.#next().text.toUpperCase();
    if (inside === 'window' && windowWords.has(text)) return this.#next().text.toUpperCase();
    if (inside === 'from-arguments' && before.length === 0 && dateParts.has(text) && following?.text === 'from')
      return this.#next().text.toUpperCase();
    if (inside === 'cast' && before.at(-1) === 'AS' && types.has(text)) return this.#type();
    if (text === 'order' && following?.text === 'by' && inside === 'arguments') {
      this.#at += 2;
      return 'ORDER BY';
    }
    if (text === 'nulls' && (following?.text === 'first' || following?.text === 'last')) {
      this.#at += 2;
      return `NULLS ${following.text.toUpperCase()}`;
    }
    if ((text === 'date' || text === 'timestamp') && following?.kind === 'string') {
      this.#at += 2;
      return `${text.toUpperCase()} ${following.text}`;
    }
    if (text === 'interval') return this.#interval();
    if (text === 'in' && !isOpening(following)) throw this.#refuse('IN needs a list or a SELECT in parentheses.');
    if ((text === 'over' || text === 'filter') && isOpening(following)) {
      this.#at += 1;
      return `${text.toUpperCase()} ${this.#parentheses(scope, insideOf[text] ?? 'plain')}`;
    }
    if (text === 'in' || text === 'exists') {
      this.#at += 1;
      return text.toUpperCase();
    }
    if (text === 'into') throw this.#refuse('A query cannot write: INTO is not possible.');
    if (clauseWords.has(text)) {
      if (inside === 'plain' || inside === 'filter') return undefined;
      throw this.#unexpected();
    }
    if (expressionWords.has(text) && text !== 'over' && text !== 'filter') return this.#next().text.toUpperCase();
    if (isOpening(following)) {
      if (!functions.has(text)) throw this.#refuse(`The function ${text} is not available here.`);
      this.#at += 1;
      return `${text}${this.#parentheses(scope, insideOf[text] ?? 'arguments')}`;
    }
    if (text === 'current_date' && before.at(-1) !== 'AS') return this.#next().text.toUpperCase();
    return quoted(this.#next().text);
  }

  #parentheses(scope: Scope, inside: Inside): string {
    return this.#nested(() => {
      const isQuery = this.#startsQuery();
      this.#symbol('(');
      if (isQuery && inside !== 'window' && inside !== 'cast') {
        const inner = this.#query(scope);
        this.#symbol(')');
        return `(${inner})`;
      }
      if (this.#takeSymbol(')')) return '()';
      const lead = inside === 'filter' && this.#take('where') ? 'WHERE ' : '';
      if (inside === 'filter' && lead === '') throw this.#refuse('FILTER needs WHERE.');
      const inner = this.#expression(scope, 'commas', inside);
      this.#symbol(')');
      return `(${lead}${inner})`;
    });
  }

  #type(): string {
    const type = this.#next().text.toUpperCase();
    if (!this.#takeSymbol('(')) return type;
    const sizes = [this.#wholeNumber()];
    if (this.#takeSymbol(',')) sizes.push(this.#wholeNumber());
    this.#symbol(')');
    return `${type}(${sizes.join(', ')})`;
  }

  #interval(): string {
    const amount = this.#peek(1);
    const part = this.#peek(2);
    if (amount?.kind !== 'string' || part === undefined || !dateParts.has(part.text)) return quoted(this.#next().text);
    this.#at += 3;
    return `INTERVAL ${amount.text} ${part.text.toUpperCase()}`;
  }

  #nested<T>(work: () => T): T {
    this.#depth += 1;
    if (this.#depth > maximumDepth) throw this.#refuse(`Parentheses are nested more than ${maximumDepth} deep.`);
    const done = work();
    this.#depth -= 1;
    return done;
  }

  #startsQuery(): boolean {
    let ahead = 0;
    while (isOpening(this.#peek(ahead))) ahead += 1;
    const token = this.#peek(ahead);
    return token?.kind === 'word' && queryWords.has(token.text);
  }

  #wholeNumber(): number {
    const token = this.#next();
    if (token.kind !== 'number' || !/^\d{1,15}$/.test(token.text))
      throw this.#refuse('A whole number stands here.', token);
    return Number(token.text);
  }

  #name(what: string): string {
    const token = this.#peek();
    if (token === undefined || (token.kind !== 'word' && token.kind !== 'name') || token.text === '')
      throw this.#refuse(`Here stands ${what}.`, token);
    if (token.kind === 'word' && isReserved(token.text))
      throw this.#refuse(`Here stands ${what}; ${token.text.toUpperCase()} as a name needs double quotes.`, token);
    if (token.text.length > 100) throw this.#refuse('A name has at most 100 characters.', token);
    this.#at += 1;
    return token.text;
  }

  #peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#at + ahead];
  }

  #next(): Token {
    const token = this.#peek();
    if (token === undefined) throw this.#unexpected();
    this.#at += 1;
    return token;
  }

  /** The word that comes next; empty when something else does. */
  #word(): string {
    const token = this.#peek();
    return token?.kind === 'word' ? token.text : '';
  }

  #take(word: string): boolean {
    if (this.#word() !== word) return false;
    this.#at += 1;
    return true;
  }

  #expect(word: string): void {
    if (!this.#take(word)) throw this.#unexpected(word.toUpperCase());
  }

  #isSymbol(text: string): boolean {
    const token = this.#peek();
    return token?.kind === 'symbol' && token.text === text;
  }

  #takeSymbol(text: string): boolean {
    if (!this.#isSymbol(text)) return false;
    this.#at += 1;
    return true;
  }

  #symbol(text: string): void {
    if (!this.#takeSymbol(text)) throw this.#unexpected(`"${text}"`);
  }

  #unexpected(wanted?: string): SqlRefusal {
    const token = this.#peek();
    const found = token === undefined ? 'The query ends too early' : `${shown(token)} is not expected here`;
    return this.#refuse(wanted === undefined ? `${found}.` : `${found}; ${wanted} is.`);
  }

  #refuse(message: string, token = this.#peek() ?? this.#tokens.at(-1)): SqlRefusal {
    return new SqlRefusal(message, { line: token?.line ?? 1, column: token?.column ?? 1 });
  }
}

const isOpening = (token: Token | undefined): boolean => token?.kind === 'symbol' && token.text === '(';
const isReserved = (word: string): boolean => clauseWords.has(word) || expressionWords.has(word);
const shown = ({ kind, text }: Token): string => (kind === 'word' ? text.toUpperCase() : text.slice(0, 40));
const viewList = (): string => [...views.keys()].join(', ');
