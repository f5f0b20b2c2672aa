import { describe, expect, test } from "vitest";
import {
  appendLog,
  chainHead,
  chainStart,
  digestInputs,
  digestSnapshot,
  isLogRow,
  type LogEntry,
  stampVersions,
} from "../../../apps-script/core/log/log.ts";
import { verifyChain } from "../../../apps-script/core/log/verify-chain.ts";
import { logSheet } from "../../../apps-script/core/schema/application.ts";
import { sha256 } from "../../../apps-script/core/text/sha256.ts";
import type { CellValue, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { applyPatch, blankApplicationWorkbook, sheetNamed } from "../in-memory-workbook.ts";

const entry = (n: number): LogEntry => ({
  time: `2025-11-03 09:00:0${n}`,
  actor: `user${n}@example.org`,
  action: ["检查", "分配", "排名"][n % 3] as string,
  parameters: `阈值 ${n}`,
  outcome: `均分 87.${n}`,
  inputDigest: `${n}`.repeat(64),
});

function logOf(count: number): WorkbookSnapshot {
  let snapshot = blankApplicationWorkbook();
  for (let n = 0; n < count; n++) snapshot = applyPatch(snapshot, { sheets: [appendLog(snapshot, entry(n))] });
  return snapshot;
}

type Rows = CellValue[][];
/** The log of four rows in spreadsheet rows 2 to 5, after somebody had a hand in it. */
function tampered(change: (rows: Rows) => CellValue[][]): WorkbookSnapshot {
  const snapshot = logOf(4);
  const rows = sheetNamed(snapshot, logSheet.label).rows.map((row) => [...row]);
  return {
    sheets: snapshot.sheets.map((sheet) => (sheet.name === logSheet.label ? { ...sheet, rows: change(rows) } : sheet)),
  };
}
/** The same with one cell (1-based row, 0-based column) rewritten. */
const edited = (row: number, column: number, change: (value: string) => string) => (rows: Rows) =>
  rows.map((cells, r) => cells.map((cell, c) => (r === row - 1 && c === column ? change(String(cell)) : cell)));

describe("the chain of 日志", () => {
  test("a log that nobody touched: every row as it was written, each with the head before it", () => {
    const { rows, breaks, head } = verifyChain(logOf(4));
    expect(breaks).toEqual([]);
    expect(rows).toEqual(
      [0, 1, 2, 3].map((n) => ({
        ...entry(n),
        row: n + 2,
        previousDigest: n === 0 ? chainStart : chainHead(logOf(n)),
      })),
    );
    expect(head).toBe(chainHead(logOf(4)));
    expect(new Set(rows.map((row) => row.previousDigest)).size).toBe(4);
  });

  test("the digest of a row is that of its cells, a character between them that no cell holds", () => {
    const { rows, head } = verifyChain(logOf(1));
    const [{ time, actor, action, parameters, outcome, inputDigest } = entry(9)] = rows;
    const cells = [time, actor, action, parameters, outcome, inputDigest, "0".repeat(64)];
    expect(head).toBe(sha256(cells.join("\u0001")));
  });

  test("an empty log starts a chain and ends where it starts", () => {
    expect(verifyChain(logOf(0))).toEqual({ rows: [], head: "0".repeat(64), breaks: [] });
  });

  test.for([
    {
      name: "the first row cut off",
      change: (rows: Rows) => [rows[0], ...rows.slice(2)] as Rows,
      breaks: ["“日志”表第 2 行前面的记录被删去或改动过"],
    },
    {
      name: "the first two cut off",
      change: (rows: Rows) => [rows[0], ...rows.slice(3)] as Rows,
      breaks: ["“日志”表第 2 行前面的记录被删去或改动过"],
    },
    {
      name: "a row cut out of the middle",
      change: (rows: Rows) => rows.filter((_, i) => i !== 2),
      breaks: ["第 3 行的前序摘要与上一行（第 2 行）不符"],
    },
    {
      name: "a tenth of a score",
      change: edited(3, 4, (text) => text.replace("87.1", "87.2")),
      breaks: ["第 4 行的前序摘要与上一行（第 3 行）不符"],
    },
    {
      name: "text moved from one cell to its neighbour",
      change: (rows: Rows) => edited(3, 3, (text) => text.slice(0, -1))(edited(3, 4, (text) => `1${text}`)(rows)),
      breaks: ["第 4 行的前序摘要与上一行（第 3 行）不符"],
    },
    {
      name: "two rows changed, each told",
      change: (rows: Rows) => edited(2, 1, () => "x@example.org")(edited(4, 1, () => "x@example.org")(rows)),
      breaks: ["第 3 行的前序摘要与上一行（第 2 行）不符", "第 5 行的前序摘要与上一行（第 4 行）不符"],
    },
    {
      name: "a row put in",
      change: (rows: Rows) => [...rows.slice(0, 3), [...(rows[1] ?? [])], ...rows.slice(3)],
      breaks: ["第 4 行的前序摘要与上一行（第 3 行）不符", "第 5 行的前序摘要与上一行（第 4 行）不符"],
    },
  ])("$name", ({ change, breaks }) => {
    const found = verifyChain(tampered(change)).breaks;
    expect(found).toEqual(breaks.map((each) => expect.stringContaining(each)));
  });

  test("rows that were only moved are put back, and one sentence says where the first stood", () => {
    const [head, a, b, c, d] = [0, 1, 2, 3, 4];
    const { breaks, rows } = verifyChain(tampered((own) => [head, a, c, d, b].map((i) => own[i] ?? [])));
    expect(rows.map(({ row, outcome }) => [row, outcome])).toEqual([
      [2, "均分 87.0"],
      [5, "均分 87.1"],
      [3, "均分 87.2"],
      [4, "均分 87.3"],
    ]);
    expect(breaks).toEqual([expect.stringContaining("第 3 行处原是现在的第 5 行")]);
    const reversed = verifyChain(tampered((own) => [head, d, c, b, a].map((i) => own[i] ?? [])));
    expect(reversed.breaks).toEqual([expect.stringContaining("第 2 行处原是现在的第 5 行")]);
  });
});

describe("what a row of 日志 says of its action", () => {
  test("inputs in any order have one digest, other inputs another", () => {
    const [a, b, c] = ["a", "b", "c"].map((text) => sha256(text)) as [string, string, string];
    expect(digestInputs([b, a])).toBe(digestInputs([a, b]));
    expect(digestInputs([a, b])).not.toBe(digestInputs([a, c]));
    expect(digestInputs([a, a])).not.toBe(a);
    expect(digestInputs([a])).toBe(a);
    // Logs of earlier years hold it.
    expect(digestInputs([b, a])).toBe(sha256([a, b].sort().join("\n")));
  });

  test("the digest of sheets is that of the named ones alone", () => {
    const cell = (first: string, second: string): WorkbookSnapshot => ({
      sheets: [first, second].map((text, i) => ({ name: `表${i}`, hidden: false, rows: [[text]], notes: new Map() })),
    });
    expect(digestSnapshot(cell("a", "b"), ["表0"])).toBe(digestSnapshot(cell("a", "x"), ["表0"]));
    expect(digestSnapshot(cell("a", "b"), ["表0"])).not.toBe(digestSnapshot(cell("x", "b"), ["表0"]));
    expect(digestSnapshot(cell("a", "b"), ["表0", "表1"])).not.toBe(digestSnapshot(cell("a", "b"), ["表0"]));
  });

  test.for([
    { parameters: "名额 3", stamped: "名额 3；规则 9.1，通知 ID" },
    { parameters: "", stamped: "规则 9.1，通知 ID" },
  ])("versions after “$parameters”", ({ parameters, stamped }) => {
    expect(stampVersions(parameters, "ID", "9.1")).toBe(stamped);
  });

  test.for([
    { name: "time without seconds", cells: ["2025-11-03 09:00", "", "", "", "", "", "a".repeat(64)] },
    { name: "a digest too short", cells: ["2025-11-03 09:00:00", "", "", "", "", "", "a".repeat(63)] },
    { name: "a digest of other letters", cells: ["2025-11-03 09:00:00", "", "", "", "", "", "g".repeat(64)] },
    { name: "no digest", cells: ["2025-11-03 09:00:00"] },
    { name: "nothing", cells: [] },
  ])("no row of 日志: $name", ({ cells }) => expect(isLogRow(cells)).toBe(false));
});
