import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

export interface DashboardConfig {
  readonly apiUrl: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Cognito's own sign-out page; it has no standard end-session endpoint. */
  readonly signOutUrl: string;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.ico': 'image/x-icon',
};

/**
 * Puts the built dashboard into its bucket. Files with a hash in their name are kept for a year; the page and its configuration
 * are asked for again each time, so a release needs no invalidation. The page goes last: it never names files that are not there.
 */
export async function uploadDashboard(options: {
  readonly folder: string;
  readonly bucket: string;
  readonly region: string;
  readonly profile: string | undefined;
  readonly config: DashboardConfig;
}): Promise<void> {
  const s3 = new S3Client({
    region: options.region,
    ...(options.profile === undefined ? {} : { profile: options.profile }),
  });
  const put = async (key: string, body: Buffer | string): Promise<void> => {
    await s3.send(
      new PutObjectCommand({
        Bucket: options.bucket,
        Key: key,
        Body: body,
        ContentType: contentTypes[extname(key)] ?? 'application/octet-stream',
        CacheControl: key.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      }),
    );
  };
  const files = globSync('**/*', { cwd: options.folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(options.folder.length + 1)
        .split(sep)
        .join('/'),
    );
  for (const key of files.filter((file) => file !== 'index.html')) {
    await put(key, await readFile(join(options.folder, key)));
  }
  await put('config.json', JSON.stringify(options.config));
  await put('index.html', await readFile(join(options.folder, 'index.html')));
}
