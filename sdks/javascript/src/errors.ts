import type { Problem } from './generated/api.ts';

/** The API refused: `problem` says what was wrong, where and what to do; quote `requestId` when asking for help. */
export class ConextError extends Error {
  readonly status: number;
  readonly code: string;
  readonly problem: Problem;
  readonly requestId: string;

  constructor(problem: Problem) {
    super(problem.detail === undefined ? problem.title : `${problem.title}: ${problem.detail}`);
    this.name = 'ConextError';
    this.status = problem.status;
    this.code = problem.code;
    this.problem = problem;
    this.requestId = problem.requestId;
  }
}

/** No usable answer arrived: the network failed, the time ran out, or something other than the API answered. */
export class ConextConnectionError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ConextConnectionError';
  }
}
