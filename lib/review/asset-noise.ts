/** Makes texts equal that differ by the hashes of assets only. */
export type Mask = (canonicalText: string) => string;

const HASH = /[0-9a-f]{64}/g;

/** Parameters that older releases made for each asset. Source: aws-cdk-lib, legacy stack synthesizer. */
const ASSET_PARAMETER = /AssetParameters[0-9a-f]{64}[A-Za-z0-9]*/g;

/**
 * Hides the hashes that the asset manifests know, and what looks like an asset's file or image where there is no
 * manifest: `<hash>.zip`, `repository:<hash>`. Any other hash counts: a certificate's fingerprint, an image's digest.
 */
export function assetMask(known: ReadonlySet<string>): Mask {
  return (text) =>
    text.replace(ASSET_PARAMETER, 'AssetParameters').replace(HASH, (hash, offset: number) => {
      const before = text[offset - 1] ?? '';
      const behind = text.slice(offset + hash.length, offset + hash.length + 8);
      const isFile = /^\.[a-z][a-z0-9.]*"/.test(behind) && !/[0-9a-z]/.test(before);
      const isImage = before === ':' && behind.startsWith('"') && !text.slice(0, offset).endsWith('sha256:');
      return known.has(hash) || isFile || isImage ? '<asset>' : hash;
    });
}

/** Types whose logical ID carries a hash of what they are a version of: a new one is no news. */
export const VERSION_TYPES: ReadonlySet<string> = new Set(['AWS::Lambda::Version', 'AWS::ApiGateway::Deployment']);
