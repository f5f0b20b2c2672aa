import type { AssignOptions } from "../panel/review-plan.ts";
import type { Participants } from "../rules/eligible.ts";
import { sha256 } from "../text/sha256.ts";
import type { CellValue, SheetSnapshot, WorkbookSnapshot } from "../workbook/port.ts";

/** A sheet as it was read. */
interface FrozenSheet {
  readonly name: string;
  readonly rows: readonly (readonly CellValue[])[];
}

interface Frozen {
  /** Of the rules and methods. */
  readonly version: string;
  readonly notice: string;
  /** SHA-256 of the files the sheets were read from. */
  readonly files: readonly string[];
  /** The shared workbook, as far as the action looks at it. */
  readonly award: readonly FrozenSheet[];
  /** The review workbook before the action; null before the first assignment. */
  readonly review: readonly FrozenSheet[] | null;
}

export interface FrozenAssignment extends Frozen {
  readonly action: "assign";
  readonly options: Omit<AssignOptions, "eligible"> & {
    /** Keys of the submissions that took part: the check needs all texts, which are too long to keep here. */
    readonly eligible: readonly string[];
  };
}

export interface FrozenCollection extends Frozen {
  readonly action: "collect";
  readonly options: { readonly accept: readonly string[]; readonly now: string };
  /** The score sheets that came back, their scores alone. */
  readonly inputs: readonly {
    readonly file: string;
    readonly digest: string;
    readonly sheets: readonly FrozenSheet[];
  }[];
}

export interface FrozenRanking extends Frozen {
  readonly action: "rank";
  /** Recommended and clean submissions: the check needs all texts. Earlier versions kept none and left them out. */
  readonly participants?: Participants;
}

/** Everything that an assignment, a collection or a ranking was computed from, as JSON can hold it. */
export type FrozenAction = FrozenAssignment | FrozenCollection | FrozenRanking;

/** The text kept in the archive: the same action makes the same text. */
export function writeFrozen(frozen: FrozenAction): string {
  return `${JSON.stringify(frozen)}\n`;
}

/** 输入摘要 of the action's row in 日志, and the name of its file in the archive. */
export function digestFrozen(text: string): string {
  return sha256(text);
}

/** @param digest of the action's text */
export const archiveName = (digest: string) => `${digest}.json`;

/** The action in a text of the archive; undefined when it is none. */
export function readFrozen(text: string): FrozenAction | undefined {
  try {
    const value = JSON.parse(text) as Partial<FrozenAction> | null;
    const known = value?.action === "assign" || value?.action === "collect" || value?.action === "rank";
    return known && Array.isArray(value.award) ? (value as FrozenAction) : undefined;
  } catch {
    return undefined;
  }
}

export function freezeSheet(
  { name, rows }: SheetSnapshot,
  keep: (row: number, column: number) => boolean = () => true,
  seen: (row: number, column: number, value: CellValue) => CellValue = (_row, _column, value) => value,
): FrozenSheet {
  return {
    name,
    rows: rows.map((cells, r) => {
      const kept = cells.map((value, c) => (keep(r + 1, c + 1) ? seen(r + 1, c + 1, value) : null));
      while (kept.length > 0 && (kept[kept.length - 1] ?? "") === "") kept.pop();
      return kept;
    }),
  };
}

export function thawSheets(sheets: readonly FrozenSheet[]): SheetSnapshot[] {
  return sheets.map((sheet) => ({ ...sheet, hidden: false, notes: new Map<string, string>() }));
}

export function thaw(sheets: readonly FrozenSheet[]): WorkbookSnapshot {
  return { sheets: thawSheets(sheets) };
}
