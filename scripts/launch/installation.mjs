import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Measured: 1.4 GB of packages, and npm's cache of them. */
export const roomNeededGb = 2;

const packagesOf = (file) => Object.entries(JSON.parse(readFileSync(file, 'utf8')).packages ?? {});

/** Paths of the packages that the lock file asks for, with their versions; optional ones may be absent on this platform. */
function required(root) {
  return packagesOf(join(root, 'package-lock.json')).filter(([path, { optional }]) => path !== '' && optional !== true);
}

const present = (root, path) => existsSync(join(root, path, 'package.json'));

/** How many of the required packages lie in node_modules, and how many there are. */
export function unpacked(root) {
  const paths = required(root).map(([path]) => path);
  return { done: paths.filter((path) => present(root, path)).length, total: paths.length };
}

/**
 * The first required package that is absent or of another version, `undefined` when everything is there. npm writes its record
 * of versions last, so what an interrupted installation leaves is never taken for a whole one.
 */
export function firstMissing(root) {
  let record;
  try {
    record = Object.fromEntries(packagesOf(join(root, 'node_modules', '.package-lock.json')));
  } catch {
    return 'node_modules';
  }
  if (!existsSync(pinnedNode(root))) {
    return 'node_modules/node';
  }
  return required(root).find(([path, { version }]) => record[path]?.version !== version || !present(root, path))?.[0];
}

/** The Node that every command runs on. */
export const pinnedNode = (root) =>
  join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

export const installArguments = [
  'ci',
  // Whatever the machine's npm is set to: without these two the pinned Node would be missing.
  '--include=dev',
  '--ignore-scripts=false',
  '--prefer-offline',
  // Three tries in under a minute; npm's own default waits for minutes on a machine without a network.
  '--fetch-retries=3',
  '--fetch-retry-mintimeout=2000',
  '--fetch-retry-maxtimeout=20000',
  '--no-audit',
  '--no-fund',
  '--no-progress',
  '--loglevel=error',
];

/** npm found files where it had just removed them. */
export const inTheWay = /ENOTEMPTY|EBUSY/;

/** What npm's complaint means and what to do, most telling first. */
const causes = [
  [/ENOSPC|no space left/i, () => `The disk is full: free ${roomNeededGb} GB, then try again.`],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ENETUNREACH|EHOSTUNREACH|FETCH_ERROR|network/i,
    () => 'The package registry cannot be reached: check the network or the proxy, then try again.',
  ],
  [
    inTheWay,
    () =>
      'Another program writes in node_modules, perhaps an installation that was broken off: wait a minute, then try again.',
  ],
  [
    /SELF_SIGNED|UNABLE_TO_|CERT_/i,
    () =>
      'The package registry shows a certificate that npm does not trust: set "cafile" in your .npmrc, then try again.',
  ],
  [
    /EINTEGRITY|Z_DATA_ERROR|TAR_BAD_ARCHIVE|Z_BUF_ERROR/i,
    () => 'A package arrived damaged: run "npm cache clean --force", then try again.',
  ],
  [
    /EBADPLATFORM/,
    () => `A package does not exist for ${process.platform} ${process.arch}: Conext Ads runs on Linux x64.`,
  ],
  [
    /EUSAGE|can only install .* in sync/i,
    () => 'package.json and package-lock.json do not agree: run "npm install" and commit the lock file.',
  ],
  [
    /EACCES|EPERM|EROFS/,
    (output) =>
      `${/npm error path (.+)/.exec(output)?.[1] ?? 'A folder'} may not be written: mend its permissions (for the npm cache, set npm_config_cache to a folder that you own), then try again.`,
  ],
  [
    /E40[134]|E5\d\d\b/,
    () => 'The package registry refused: check the registry that your .npmrc names, then try again.',
  ],
];

/** npm's lines that say what happened; the others are numbers, places and advice. */
const telling = /^npm error (?!code|errno|syscall|path|cwd|command|dest|file|A complete log|Lifecycle)(\S.*)$/m;

/** Why an installation failed, from what npm wrote. */
export function sentenceOfInstallation(output) {
  const [, sentence] = causes.find(([pattern]) => pattern.test(output)) ?? [];
  const line = telling.exec(output)?.[1];
  const details = line === undefined ? '' : ` (npm: ${line.slice(0, 300)})`;
  return `Installing the dependencies failed. ${sentence?.(output) ?? 'Check the network and the free disk space, then try again.'}${details}`;
}
