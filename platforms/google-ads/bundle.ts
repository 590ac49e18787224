/**
 * How the Google client is bundled. The package comes with every service and message of the API twice (29 MB bundled,
 * over a second to import); this plugin keeps the services in use and reads message types from the one JSON description
 * that the services need anyway. Used at build time only.
 */
import { readFile } from 'node:fs/promises';
import { sep } from 'node:path';
import type { Plugin } from 'esbuild';
import { rpcServices } from './rpc-services.ts';

interface Replacement {
  /** Path below node_modules. */
  readonly file: string;
  /** What the file must contain for the replacement to be right; its absence stops the build. */
  readonly expects: readonly string[];
  readonly contents: (original: string) => string;
}

const serviceFile = (name: string) => `./v25/${name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase()}.js`;

const replacements: readonly Replacement[] = [
  {
    file: 'google-ads-api/build/esm/index.js',
    expects: ['export { Customer } from "./customer.js"', 'errors,'],
    contents: () => 'export { Customer } from "./customer.js";\nexport { errors } from "./protos/index.js";',
  },
  {
    file: 'google-ads-api/build/esm/protos/index.js',
    expects: ['import { protos } from "google-ads-node"', 'export var errors', 'export { enums }', 'export { fields'],
    contents: (original) => original.replaceAll(/^export \{[^}]*\} from "[^"]*";$/gm, ''),
  },
  {
    // A getter for each of 100 services; all but those in use are refused by our loadService anyway.
    file: 'google-ads-api/build/esm/protos/autogen/serviceFactory.js',
    expects: ['export default class ServiceFactory extends Service'],
    contents: () =>
      'import { Service } from "../../service.js";\nexport default class ServiceFactory extends Service {}',
  },
  {
    // Needs a table of every field (360 KB); we read rows as they were written.
    file: 'google-ads-api/build/esm/parserRest.js',
    expects: ['export const decamelizeKeys'],
    contents: () => unavailable('decamelizeKeys', 'parsed rows'),
  },
  {
    file: 'google-ads-api/build/esm/query.js',
    expects: ['export function buildQuery'],
    contents: () => unavailable('buildQuery', 'report options; write GAQL'),
  },
  {
    file: 'google-ads-node/build/src/index.js',
    expects: ['exports.protos = protos', ...Object.keys(rpcServices)],
    // Behind getters: reports come over REST, so most runs never build a gRPC client.
    contents: () =>
      [
        ...Object.keys(rpcServices).map(
          (name) =>
            `Object.defineProperty(exports, '${name}', { enumerable: true, get: () => require('${serviceFile(name)}').${name} });`,
        ),
        `exports.protos = require('../protos/protos');`,
      ].join('\n'),
  },
  {
    file: 'google-ads-node/build/protos/protos.js',
    expects: ['protobufjs/minimal', 'googleads'],
    contents: () => reflectedMessages,
  },
  {
    // An ES module has no __dirname. It stands in for a folder of .proto files that JSON descriptions make unnecessary.
    file: 'google-gax/build/src/grpc.js',
    expects: ["path.join(__dirname, '..', '..', 'build', 'protos')"],
    contents: (original) => original.replaceAll('__dirname', "'.'"),
  },
  // Messages of Google Cloud services that the ads services do not use; only the names are looked up while importing.
  ...['iam_service', 'operations', 'locations'].map((name) => ({
    file: `google-gax/build/protos/${name}.js`,
    expects: ['protobufjs/minimal'],
    contents: () => 'module.exports = {};',
  })),
  {
    // JSON.parse of a string is several times faster than evaluating the same object literal.
    file: 'google-ads-node/build/protos/protos.json',
    expects: ['"GoogleAdsFailure"', '"MutateGoogleAdsRequest"'],
    contents: (original) => `module.exports = JSON.parse(${JSON.stringify(JSON.stringify(JSON.parse(original)))});`,
  },
];

function unavailable(name: string, what: string): string {
  return `export function ${name}() { throw new Error('This bundle is built without ${what}; see platforms/google-ads/bundle.ts.'); }`;
}

/** The generated message classes answered from the description, built when the first message is needed. */
const reflectedMessages = `
const protobuf = require('protobufjs');
let root;
const at = (path) => new Proxy({}, {
  get(_, name) {
    if (typeof name !== 'string') return undefined;
    root ??= protobuf.Root.fromJSON(require('./protos.json')).resolveAll();
    const found = root.lookup([...path, name]);
    if (found instanceof protobuf.Type) return found.ctor;
    if (found instanceof protobuf.Enum) return found.values;
    return found ? at([...path, name]) : undefined;
  },
});
// Plain objects down to the packages, so that importing this builds nothing.
const version = Object.fromEntries(['common', 'enums', 'errors', 'resources', 'services'].map((name) => [name, at(['google', 'ads', 'googleads', 'v25', name])]));
module.exports = { google: { ads: { googleads: { v25: version } }, protobuf: at(['google', 'protobuf']), longrunning: at(['google', 'longrunning']) } };
`;

/** esbuild plugin for bundles that open the Google reader. Stops the build with a clear message when the package has changed. */
export function googleAdsBundle(): Plugin {
  return {
    name: 'google-ads-bundle',
    setup(build) {
      const unseen = new Set(replacements.map(({ file }) => file));
      let used = false;
      for (const { file, expects, contents } of replacements) {
        const filter = new RegExp(`[\\\\/]node_modules[\\\\/]${file.split('/').map(escaped).join('[\\\\/]')}$`);
        build.onLoad({ filter }, async ({ path }) => {
          used = true;
          unseen.delete(file);
          const original = await readFile(path, 'utf8');
          const missing = expects.filter((text) => !original.includes(text));
          if (missing.length > 0)
            return {
              errors: [
                { text: changed(file, `no longer contains ${missing.map((text) => `\`${text}\``).join(', ')}`) },
              ],
            };
          const loader = 'js' as const;
          return { contents: contents(original), loader, resolveDir: path.slice(0, path.lastIndexOf(sep)) };
        });
      }
      build.onEnd(() => {
        if (!used || unseen.size === 0) return undefined;
        return { errors: [{ text: changed([...unseen].join(', '), 'is no longer part of the bundle') }] };
      });
    },
  };
}

function changed(file: string, what: string): string {
  return `google-ads-api or google-ads-node has changed: ${file} ${what}. Adapt platforms/google-ads/bundle.ts, or the bundle grows to 29 MB.`;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
