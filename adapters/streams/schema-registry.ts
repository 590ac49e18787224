/** Versions of a schema and their ids. Two of them: Glue's, and the files of `contracts/streams/released/`. */
export interface SchemaRegistry {
  /**
   * The id under which a definition is registered. Throws `AppError` `unavailable` when the registry does not answer, `internal` when
   * it does not hold the definition.
   */
  idOf(schemaName: string, definition: object): Promise<string>;
  /** The definition of a version; `undefined` for an id that nobody registered. */
  definitionOf(id: string): Promise<object | undefined>;
}
