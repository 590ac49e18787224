/** Signs Content Credentials with ES256 (ECDSA on P-256 with SHA-256). */
export interface ManifestSigner {
  /** DER, the signer’s own first, then each one’s issuer; without the root where readers know it. */
  readonly certificates: readonly Uint8Array<ArrayBuffer>[];
  /** Of the bytes, not of a digest of them; as IEEE P1363 writes it: r and s, 32 bytes each, which is what COSE takes. */
  sign(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
}
