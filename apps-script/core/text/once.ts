/**
 * A table that is made when it is first looked at. Google loads the whole script for each cell that somebody types, so what few
 * executions need must not be made at the top level.
 */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
