/** 往届: who has won before, and of their texts what tells a copy and cannot be read. */
import { importRecordSheet, priorSheet } from "../schema/application.ts";
import { layOut, newPlace } from "../tables/place.ts";
import { bearsLabels, findSheet, readSheetTable, type Table, WorkbookStructureError } from "../tables/table.ts";
import { compareText } from "../text/compare.ts";
import { readSample, type TextSample } from "../text/text-sample.ts";
import type { CellEdit, SheetPatch, WorkbookSnapshot } from "../workbook/port.ts";

/** Folded: equal for spellings of one name. */
export interface PriorPerson {
  readonly name: string;
  /** "" where no list tells it. */
  readonly unit: string;
}

export interface PriorWinner {
  readonly year: number;
  /** "" where no list tells it. */
  readonly award: string;
  readonly title: string;
  /** In the order of the list; at least one. */
  readonly people: readonly PriorPerson[];
  /** A `TextSample` as it is written; "" where there is no text. */
  readonly sample: string;
  /** Which lists name it, sorted; a list that comes again replaces what it told before. */
  readonly lists: readonly string[];
}

/** Stands in a folded name for a character that the list does not show: 邱*澈 is 邱某澈. */
export const MASK = "某";

/** Whether two folded names may be one: equal, or equal in every character that both show. */
export function matchesName(a: string, b: string): boolean {
  if (a === b) return true;
  if (a.length !== b.length || !(a.includes(MASK) || b.includes(MASK))) return false;
  return [...a].every((c, i) => c === b.charAt(i) || c === MASK || b.charAt(i) === MASK);
}

/** Neither stands in a folded name. */
const [BETWEEN_PEOPLE, BEFORE_UNIT] = ["、", "/"];

type PriorTable = Table<(typeof priorSheet)["columns"][number]["key"]>;

function readPriorTable(snapshot: WorkbookSnapshot): PriorTable | undefined {
  const sheet = findSheet(snapshot, priorSheet.label);
  // A sheet of that name may be somebody's own.
  return sheet && bearsLabels(sheet.rows, priorSheet) ? readSheetTable(sheet, priorSheet) : undefined;
}

const split = (text: string) => text.split(BETWEEN_PEOPLE).filter((part) => part !== "");

export function readPriorWinners(snapshot: WorkbookSnapshot): PriorWinner[] {
  return (readPriorTable(snapshot)?.rows ?? []).map((row) => ({
    year: Number(row.text("year")),
    award: row.text("award"),
    title: row.text("title"),
    people: split(row.text("people")).map((person) => {
      const [name = "", unit = ""] = person.split(BEFORE_UNIT);
      return { name, unit };
    }),
    sample: row.text("sample"),
    lists: split(row.text("lists")),
  }));
}

const readSampleOf = new WeakMap<PriorWinner, TextSample | undefined>();

export function sampleOf(winner: PriorWinner): TextSample | undefined {
  if (!readSampleOf.has(winner)) readSampleOf.set(winner, readSample(winner.sample));
  return readSampleOf.get(winner);
}

const rowOf = ({ year, award, title, people, sample, lists }: PriorWinner) => [
  year,
  award,
  title,
  people.map(({ name, unit }) => (unit === "" ? name : name + BEFORE_UNIT + unit)).join(BETWEEN_PEOPLE),
  sample,
  lists.join(BETWEEN_PEOPLE),
];

/**
 * 往届 as it must be to hold these winners, in an order of its own, or undefined where it does already.
 *
 * @throws WorkbookStructureError where a sheet of people's own bears the name
 */
export function priorPatch(snapshot: WorkbookSnapshot, winners: readonly PriorWinner[]): SheetPatch | undefined {
  const table = readPriorTable(snapshot);
  const present = findSheet(snapshot, priorSheet.label);
  if (present && !table && present.rows.length > 0) {
    throw new WorkbookStructureError(
      `工作簿里已有一张别的“${priorSheet.label}”表，往届名单没有地方放。请把那张表改名后再导入。`,
    );
  }
  const rows = winners.map(rowOf).sort((a, b) => compareText(JSON.stringify(a), JSON.stringify(b)));
  const before = readPriorWinners(snapshot).map(rowOf);
  if (JSON.stringify(before) === JSON.stringify(rows)) return undefined;
  const positions = table?.positions ?? new Map(priorSheet.columns.map(({ key }, i) => [key, i + 1]));
  const headerRow = table?.headerRow ?? 1;
  const edits = rows.flatMap((cells, r) =>
    priorSheet.columns.flatMap(({ key }, c): CellEdit[] => {
      const value = cells[c] ?? "";
      return value === "" ? [] : [{ row: headerRow + 1 + r, column: positions.get(key) ?? 0, value }];
    }),
  );
  if (table) return { name: table.name, clearFrom: headerRow + 1, edits };
  const createBefore = findSheet(snapshot, importRecordSheet.label)?.name ?? null;
  return { ...layOut(newPlace(priorSheet, rows.length, { below: 0, least: 1 }), {}, { edits }), createBefore };
}
