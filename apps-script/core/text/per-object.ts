/**
 * A unit's form is judged after each change, which most of its rows have no part in. What is made of the rows of a sheet is not
 * remembered where there are more than a unit writes: a region is judged once, and garbage collection would take longer.
 */
export const mostRowsKept = 1000;

/**
 * Remembers what was made of objects, as long as these are in use: rows that nobody has changed are the same objects when a
 * workbook is read again.
 *
 * @returns a function; with `isKept` false it remembers nothing
 */
export function perObject<K extends object, T>(compute: (of: K) => T): (of: K, isKept?: boolean) => T {
  const known = new WeakMap<K, { readonly value: T }>();
  return (of, isKept = true) => {
    if (!isKept) return compute(of);
    const before = known.get(of);
    if (before) return before.value;
    const value = compute(of);
    known.set(of, { value });
    return value;
  };
}
