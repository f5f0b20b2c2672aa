import { addToGroup } from "../../apps-script/core/text/group-by.ts";
import { compare, isError, type Scalar } from "./values.ts";

type Key = string | number | boolean;

/** Where values stand in a list, made once for every list; lists are never changed. */
const positions = new WeakMap<readonly Scalar[], ReadonlyMap<Key, readonly number[]>>();
const sortedKinds = new WeakMap<readonly Scalar[], Map<string, readonly number[]>>();

function keyOf(value: Key): Key {
  return typeof value === "string" ? `"${value.toLowerCase()}` : value;
}

function indexOf(values: readonly Scalar[]): ReadonlyMap<Key, readonly number[]> {
  const known = positions.get(values);
  if (known) return known;
  const index = new Map<Key, number[]>();
  values.forEach((value, i) => {
    if (value === null || isError(value)) return;
    const key = keyOf(value);
    addToGroup(index, key, i);
  });
  positions.set(values, index);
  return index;
}

/** Positions (from 0) of a value, in order; texts without regard to case. */
export function positionsOf(values: readonly Scalar[], wanted: Key): readonly number[] {
  return indexOf(values).get(keyOf(wanted)) ?? [];
}

/** Positions of the values of one kind, in order. */
function positionsOfKind(values: readonly Scalar[], kind: string): readonly number[] {
  const kinds = sortedKinds.get(values) ?? new Map<string, readonly number[]>();
  sortedKinds.set(values, kinds);
  const known = kinds.get(kind);
  if (known) return known;
  const found = values.flatMap((value, i) => (typeof value === kind ? [i] : []));
  kinds.set(kind, found);
  return found;
}

/** Position (from 0) of the last value that is not above the wanted one, in values sorted upwards; -1 where none is. */
export function lastNotAbove(values: readonly Scalar[], wanted: Key): number {
  const own = positionsOfKind(values, typeof wanted);
  let low = 0;
  let high = own.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(values[own[middle] as number] as Scalar, wanted) <= 0) low = middle + 1;
    else high = middle;
  }
  return own[low - 1] ?? -1;
}
