/** Adds an item to the group of its key, which begins with it where there was none. */
export function addToGroup<K, T>(groups: Map<K, T[]>, key: K, item: T): void {
  const group = groups.get(key);
  if (group) group.push(item);
  else groups.set(key, [item]);
}

/** Items by key, keys and items in the order of their first appearance. */
export function groupBy<K, T>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) addToGroup(groups, keyOf(item), item);
  return groups;
}

/** As `groupByFilledKey`, the groups of two and more. */
export function groupRepeated<T>(items: Iterable<T>, keyOf: (item: T) => string | undefined): Map<string, T[]> {
  const first = new Map<string, T>();
  const further = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined || key === "") continue;
    if (first.has(key)) addToGroup(further, key, item);
    else first.set(key, item);
  }
  const groups = new Map<string, T[]>();
  if (further.size === 0) return groups;
  for (const [key, item] of first) {
    const rest = further.get(key);
    if (rest) groups.set(key, [item, ...rest]);
  }
  return groups;
}

/** As `groupBy`; what has no key, or an empty one, is in no group. */
export function groupByFilledKey<T>(items: Iterable<T>, keyOf: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== undefined && key !== "") addToGroup(groups, key, item);
  }
  return groups;
}
