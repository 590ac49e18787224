/** The part of avsc that knows schemas and bytes; its services and files, two thirds of it, stay out of bundles. */
declare module 'avsc/lib/types.js' {
  import type { Type } from 'avsc';

  const types: { readonly Type: typeof Type };

  export default types;
}
