import { useState } from "preact/hooks";
import type { FormChange, FormField } from "../../unit/form-protocol.ts";

/** What is shown though it is not stored. */
interface Pending {
  readonly row: number;
  /** Its key. */
  readonly field: string;
  readonly value: string;
  readonly hasFailed: boolean;
}

export type PendingCells = ReadonlyMap<string, Pending>;

const keyOf = (row: number, field: string) => `${row} ${field}`;

/** @param row of the sheet */
export const pendingAt = (cells: PendingCells, row: number, { key }: Pick<FormField, "key">): Pending | undefined =>
  cells.get(keyOf(row, key));

/** Stores what was typed, and keeps what could not be stored in its cells, to be mended there. */
export function usePending(change: (changes: readonly FormChange[], doing: string) => Promise<boolean>) {
  const [pending, setPending] = useState<PendingCells>(new Map());
  const store = async (changes: readonly FormChange[], doing: string) => {
    const own = changes.map(({ row, field, value }): Pending => ({ row, field, value, hasFailed: false }));
    setPending((before) => new Map([...before, ...own.map((each) => [keyOf(each.row, each.field), each] as const)]));
    const isStored = await change(changes, doing);
    setPending((before) => {
      const after = new Map(before);
      for (const each of own) {
        const key = keyOf(each.row, each.field);
        // Something newer waits for its own answer.
        if (before.get(key) !== each) continue;
        // What was typed stays to be mended; emptying takes nothing that could be lost.
        if (isStored || each.value === "") after.delete(key);
        else after.set(key, { ...each, hasFailed: true });
      }
      return after;
    });
  };
  return { pending, store };
}
