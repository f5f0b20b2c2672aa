import type { AwardTables } from "../award/award.ts";
import { ruleName } from "../rules/index.ts";
import type { Finding } from "../rules/rule.ts";
import { severityLabels } from "../schema/choices.ts";
import { groupBy } from "../text/group-by.ts";
import { type MarkEdit, type NoteEdit, noteKey, type SheetPatch, type WorkbookSnapshot } from "../workbook/port.ts";
import { makeColumnFinder, typedTables } from "./judge.ts";

/** The line that introduces our block in a note; what people write stands above it. */
const noteMarker = "【评案簿检查】";

/** With the code alone, as earlier versions wrote it, or in brackets behind the name. */
const ourLine = new RegExp(
  `^(?:${Object.values(severityLabels).join("|")}) (?:[^（：]{1,20}（)?[A-Z]+(?:-[A-Z]+)+）?：`,
);

/** What a row bears in a column that stays in view, so that bad rows are seen among many. */
const rowLine = /^本行有 \d+ 处问题：/;

function describeRow(findings: readonly Finding[]): string {
  const columns = [...new Set(findings.map(({ column }) => column).filter((column) => column !== ""))];
  return `本行有 ${findings.length} 处问题：${columns.join("、") || "见批注"}`;
}

const lineOf = (finding: Finding) =>
  `${severityLabels[finding.severity]} ${ruleName(finding.code)}（${finding.code}）：${finding.message.replace(/\s*\n\s*/g, " ")}`;

const isOurs = (line: string) => ourLine.test(line) || rowLine.test(line);

/** What people wrote in a note: everything but our marker and the lines of our block, also where they wrote below it. */
function ownText(note: string): string {
  const lines = note.split(/\r\n?|\n/);
  const start = lines.findIndex((line) => line.trim() === noteMarker);
  if (start < 0) return note;
  const below = lines.slice(start + 1).filter((line) => line.trim() !== noteMarker && !isOurs(line.trim()));
  return [...lines.slice(0, start), ...below].join("\n").trim();
}

/** The note that a cell should bear: what people wrote, then our block. "" when there is nothing to say. */
function composeNote(note: string, findings: readonly Finding[], ofRow: readonly Finding[]): string {
  const own = ownText(note);
  if (findings.length === 0 && ofRow.length === 0) return own;
  const block = [noteMarker, ...(ofRow.length > 0 ? [describeRow(ofRow)] : []), ...findings.map(lineOf)].join("\n");
  return own === "" ? block : `${own}\n${block}`;
}

interface Cell {
  readonly row: number;
  readonly column: number;
  readonly findings: Finding[];
  /** All of its row, where the cell tells of them. */
  readonly ofRow?: readonly Finding[];
}

const parseKey = (key: string): [number, number] => {
  const [row = "0", column = "0"] = key.split(":");
  return [Number(row), Number(column)];
};

/** Findings by the cell they name; a finding about a whole row stands at its first cell. */
function cellsOf(findings: readonly Finding[], columnPosition: (finding: Finding) => number): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const finding of findings) {
    if (finding.row === 0) continue;
    const column = Math.max(1, columnPosition(finding));
    const key = noteKey(finding.row, column);
    const known = cells.get(key);
    if (known) known.findings.push(finding);
    else cells.set(key, { row: finding.row, column, findings: [finding] });
  }
  return cells;
}

function noteEdits(notes: ReadonlyMap<string, string>, cells: ReadonlyMap<string, Cell>): NoteEdit[] {
  const edits: NoteEdit[] = [];
  for (const key of new Set([...notes.keys(), ...cells.keys()])) {
    const before = notes.get(key) ?? "";
    const { findings = [], ofRow = [] } = cells.get(key) ?? {};
    const after = composeNote(before, findings, ofRow);
    if (after === before) continue;
    const [row, column] = parseKey(key);
    edits.push({ row, column, text: after === "" ? null : after });
  }
  return edits.sort((a, b) => a.row - b.row || a.column - b.column);
}

/** The marks and notes of a sheet that bears neither so far. @param findings of this sheet, the worst first */
export function marksAndNotes(
  findings: readonly Finding[],
  columnPosition: (finding: Finding) => number,
): Required<Pick<SheetPatch, "marks" | "notes">> {
  const cells = cellsOf(findings, columnPosition);
  return { marks: marksOf(cells), notes: noteEdits(new Map(), cells) };
}

// Findings are sorted by severity: the first one of a cell is its worst.
const marksOf = (cells: ReadonlyMap<string, Cell>): MarkEdit[] =>
  [...cells.values()].flatMap(({ row, column, findings: [worst] }) =>
    worst ? [{ row, column, mark: worst.severity }] : [],
  );

/** Marks the cells that findings name (the worst severity wins) and keeps their notes; only notes that change are touched. */
export function patchMarksAndNotes(
  snapshot: WorkbookSnapshot,
  tables: AwardTables,
  findings: readonly Finding[],
): SheetPatch[] {
  const columnPosition = makeColumnFinder(tables);
  return typedTables(tables).map(({ name }) => {
    const cells = cellsOf(
      findings.filter((f) => f.sheet === name),
      columnPosition,
    );
    const notes = snapshot.sheets.find((s) => s.name === name)?.notes ?? new Map<string, string>();
    return { name, marks: marksOf(cells), notes: noteEdits(notes, cells) };
  });
}

/**
 * The notes of these cells with our block anew; only those that change.
 *
 * @param inView the column in which each bad row tells how much is wrong in it: all of them where many rows are judged at
 * once, else those that told before
 */
export function patchNotes(
  notes: ReadonlyMap<string, string>,
  tables: AwardTables,
  findings: readonly Finding[],
  inView?: { readonly column: number; readonly isMany: boolean },
): NoteEdit[] {
  const cells = cellsOf(findings, makeColumnFinder(tables));
  if (!inView) return noteEdits(notes, cells);
  const { column, isMany } = inView;
  for (const [row, ofRow] of groupBy(findings, (finding) => finding.row)) {
    const key = noteKey(row, column);
    const isTold = (notes.get(key) ?? "").split("\n").some((line) => rowLine.test(line));
    if (isMany || isTold) cells.set(key, { row, column, findings: cells.get(key)?.findings ?? [], ofRow });
  }
  return noteEdits(notes, cells);
}
