/**
 * Remembers what was made of objects, as long as these are in use: rows that nobody has changed are the same objects when a
 * workbook is read again.
 */
export function perObject<K extends object, T>(compute: (of: K) => T): (of: K) => T {
  const known = new WeakMap<K, { readonly value: T }>();
  return (of) => {
    const before = known.get(of);
    if (before) return before.value;
    const value = compute(of);
    known.set(of, { value });
    return value;
  };
}
