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

type FieldCode =
  | 'REQUIRED_FIELD_MISSING'
  | 'INVALID_VALUE_FOR_FIELD'
  | 'FIELD_VALUE_TOO_LOW'
  | 'FIELD_LENGTH_TOO_LONG'
  | 'FIELD_LENGTH_TOO_SHORT';

/** A field of a body that is wrong, by its path in it. */
export function badField(fieldPath: string, description: string, code: FieldCode): LinkedInError {
  return new LinkedInError(400, {
    errorDetailType: 'com.linkedin.common.error.BadRequest',
    message: 'Multiple errors occurred during the input validation. Please see errorDetails for more information.',
    errorDetails: { inputErrors: [{ description, input: { inputPath: { fieldPath } }, code }] },
    status: 400,
  });
}
