import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initSync, WasmReader } from '@contentauth/c2pa-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Origin, signPicture } from '../../../adapters/images/content-credentials.ts';
import { writeJpegWithin } from '../../../adapters/images/jpeg-file.ts';
import { createKeptSigner, makeKey } from '../../../adapters/images/kept-signer.ts';
import type { ManifestSigner } from '../../../adapters/images/manifest-signer.ts';
import { writePng } from '../../../adapters/images/png-file.ts';
import { paintGround } from '../../../domain/generation/images/paint-ground.ts';
import { palette } from '../../../domain/generation/images/palette.ts';

/** Verified by c2pa-rs, the reference implementation: another one than signs. */

const madeAt = Date.UTC(2026, 10, 20, 9);
const origin: Origin = {
  madeAt,
  title: 'Trail shoe',
  source: 'trainedAlgorithmicMedia',
  model: 'a-model',
  composed: false,
};
const pixels = paintGround({
  width: 96,
  height: 64,
  palette: palette({ primary: '#0b5fff' }, 'deep'),
  category: 'footwear',
  quiet: null,
  seed: 1,
});
const png = writePng(pixels, { alpha: false, level: 6 });
let signer: ManifestSigner;

beforeAll(async () => {
  initSync({ module: await readFile(createRequire(import.meta.url).resolve('@contentauth/c2pa-wasm/c2pa.wasm')) });
  signer = createKeptSigner(await makeKey('Conext', madeAt));
});

/** With the certificate’s issuer as the one that is trusted. */
async function read(bytes: Uint8Array, type: string) {
  const anchors = `-----BEGIN CERTIFICATE-----\n${Buffer.from(signer.certificates.at(-1) ?? []).toString('base64')}\n-----END CERTIFICATE-----`;
  const reader = await WasmReader.fromBytes(type, bytes, JSON.stringify({ trust: { user_anchors: anchors } }));
  return JSON.parse(reader.json());
}
const codes = (report: { validation_status?: readonly { code: string }[] }) =>
  report.validation_status?.map(({ code }) => code) ?? [];

describe('Content Credentials', () => {
  it.each(['image/png', 'image/jpeg'] as const)(
    'say in an %s that it was generated, and are found valid',
    async (type) => {
      const plain = type === 'image/png' ? png : await writeJpegWithin(pixels, 100_000);
      const { bytes, credentials } = await signPicture(plain, type, origin, signer);
      const report = await read(bytes, type);
      expect(codes(report)).toEqual([]);
      expect(report.validation_state).toBe('Trusted');
      expect(report.active_manifest).toBe(credentials.label);
      const manifest = report.manifests[credentials.label];
      expect(manifest.title).toBe('Trail shoe');
      expect(manifest.signature_info).toMatchObject({ alg: 'Es256', issuer: 'Conext' });
      const [created] = manifest.assertions.find(({ label }: { label: string }) => label === 'c2pa.actions.v2').data
        .actions;
      expect(created).toMatchObject({
        action: 'c2pa.created',
        softwareAgent: { name: 'Conext Ads', version: 'a-model' },
        digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
      });
    },
  );

  it('break when a pixel is changed', async () => {
    const { bytes } = await signPicture(png, 'image/png', origin, signer);
    const tampered = new Uint8Array(bytes);
    const at = Buffer.from(tampered).indexOf('IDAT') + 40;
    tampered[at] = (tampered[at] ?? 0) ^ 1;
    const report = await read(tampered, 'image/png');
    expect(codes(report)).toEqual(['assertion.dataHash.mismatch']);
    expect(report.validation_state).toBe('Invalid');
  });

  it('break when another key signs in the signer’s name', async () => {
    const stranger = createKeptSigner(await makeKey('Conext', madeAt));
    const { bytes } = await signPicture(png, 'image/png', origin, {
      certificates: signer.certificates,
      sign: stranger.sign,
    });
    expect(codes(await read(bytes, 'image/png'))).toContain('claimSignature.mismatch');
  });

  it.each([
    ['algorithmicMedia', false, 'algorithmicMedia'],
    ['algorithmicMedia', true, 'compositeSynthetic'],
    ['trainedAlgorithmicMedia', true, 'compositeWithTrainedAlgorithmicMedia'],
  ] as const)('name %s, with a photo in it: %s, as %s', async (source, composed, named) => {
    const { credentials } = await signPicture(png, 'image/png', { ...origin, source, composed }, signer);
    expect(credentials.digitalSourceType).toBe(`http://cv.iptc.org/newscodes/digitalsourcetype/${named}`);
  });
});
