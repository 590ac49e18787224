/** An answer that is no result, in LinkedIn's envelope. */
export class LinkedInError extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: { readonly message: string } & Readonly<Record<string, unknown>>) {
    super(body.message);
    this.status = status;
    this.body = body;
  }
}

/** `{ status, serviceErrorCode, code, message }`; the gateway's own refusals have no service error code. */
export function refusal(status: number, code: string, message: string, serviceErrorCode?: number): LinkedInError {
  return new LinkedInError(status, {
    status,
    ...(serviceErrorCode === undefined ? {} : { serviceErrorCode }),
    code,
    message,
  });
}

type InputCode = 'PARAM_INVALID' | 'QUERY_PARAM_NOT_ALLOWED' | 'MISSING_FIELD';

/** A parameter that is wrong, missing or unknown: LinkedIn names it in `errorDetails.inputErrors`. */
export function badInput(fieldPath: string, description: string, code: InputCode = 'PARAM_INVALID'): LinkedInError {
  return new LinkedInError(400, {
    errorDetailType: 'com.linkedin.common.error.BadRequest',
    message: 'Invalid param. Please see errorDetails for more information.',
    errorDetails: { inputErrors: [{ description, input: { inputPath: { fieldPath } }, code }] },
    status: 400,
  });
}

export function wrongType(fieldPath: string, detail: string): LinkedInError {
  return badInput(fieldPath, `Invalid value for param; wrong type or other syntax error: ${detail}`);
}

/** What LinkedIn knows and the simulator does not model. */
export function notModelled(fieldPath: string, what: string, instead: string): LinkedInError {
  return badInput(fieldPath, `The simulator does not model ${what}; it models ${instead}.`);
}

export function notFound(what: string): LinkedInError {
  return refusal(404, 'NOT_FOUND', what);
}

export function accessDenied(what: string): LinkedInError {
  return refusal(403, 'ACCESS_DENIED', `Not enough permissions to access: ${what}`, 100);
}
