import { AppError, type FieldError } from '../../domain/errors.ts';
import type { WorkspaceStores } from '../stores/stores.ts';

/** Refuses what names a picture that the workspace has not, or one of another kind. */
export async function requireAssets(
  own: WorkspaceStores<'assets'>,
  named: readonly { readonly field: string; readonly id: string; readonly kind: 'logo' | 'product-photo' }[],
): Promise<void> {
  const fields: FieldError[] = [];
  for (const { field, id, kind } of named) {
    const asset = await own.assets.get(id);
    if (asset === undefined) fields.push({ field, message: 'is no uploaded picture of this workspace' });
    else if (asset.kind !== kind) fields.push({ field, message: `was uploaded as ${asset.kind}, not as ${kind}` });
  }
  if (fields.length > 0) throw new AppError('invalid-request', 'A picture is not known.', { fields });
}
