import type { ReportProblem } from './downloaded-report.ts';

/** Problems of each severity that are told one by one; of further ones only the number. */
const maximumProblems = 100;

/** All problems of a file at once, as far as anybody reads them. */
export class ProblemList {
  readonly #errors: ReportProblem[] = [];
  readonly #warnings: ReportProblem[] = [];
  total = 0;
  errors = 0;

  /** What forbids the import stands before what is wrong with single rows. */
  get items(): readonly ReportProblem[] {
    return [...this.#errors, ...this.#warnings];
  }

  error(code: string, message: string, at: { readonly line?: number; readonly column?: string } = {}): void {
    this.errors += 1;
    this.#add(this.#errors, { severity: 'error', code, message, line: at.line ?? null, column: at.column ?? null });
  }

  warning(code: string, message: string, at: { readonly line?: number; readonly column?: string } = {}): void {
    this.#add(this.#warnings, { severity: 'warning', code, message, line: at.line ?? null, column: at.column ?? null });
  }

  #add(list: ReportProblem[], problem: ReportProblem): void {
    this.total += 1;
    if (list.length < maximumProblems) list.push(problem);
  }
}
