/** Who signed a request and for which service: read from SigV4's header or from a presigned query. */
export interface Signed {
  readonly accessKeyId: string;
  /** The signing name: `s3`, `dynamodb`, … */
  readonly service: string;
}

/** `Credential=<key>/<date>/<region>/<service>/aws4_request` */
export function readSignature(headers: Readonly<Record<string, string>>, query: URLSearchParams): Signed | undefined {
  const header = headers.authorization;
  const credential =
    header === undefined
      ? query.get('X-Amz-Credential')
      : /^AWS4-HMAC-SHA256 .*?Credential=([^,\s]+)/.exec(header)?.[1];
  const parts = credential?.split('/');
  const [accessKeyId, , , service, terminator] = parts ?? [];
  if (accessKeyId === undefined || accessKeyId === '' || service === undefined || terminator !== 'aws4_request') {
    return undefined;
  }
  return { accessKeyId, service };
}
