import { describe, expect, test } from "vitest";
import { checkAward } from "../../../apps-script/core/check/check.ts";
import {
  checkRows,
  isLive,
  type LiveRequest,
  type LiveTable,
} from "../../../apps-script/core/check/live-check-rows.ts";
import { type ImportInput, planImport } from "../../../apps-script/core/import/plan-import.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { noteKey, type WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { generateAward } from "../../generator/award.ts";
import type { GeneratedFile } from "../../generator/files.ts";
import { makeRandom } from "../../generator/random.ts";
import { makeSnapshot } from "../award-builder.ts";
import { applyPatch, sheetNamed } from "../in-memory-workbook.ts";

const asInput = ({ name, sheets }: GeneratedFile): ImportInput => ({
  file: name,
  digest: name,
  encoding: "",
  sheets: sheets.map((sheet) => ({ name: sheet.name, hidden: false, rows: sheet.rows })),
});

function generated(seed: number, submissionsPerBureau = 40): WorkbookSnapshot {
  const blank = makeSnapshot({ units: [], submissions: [], texts: [], experts: [], liaisons: [] });
  const shape = { bureaus: 3, schools: 2, submissionsPerBureau, submissionsPerSchool: 12, violations: true };
  const { files } = generateAward({ ...shape, seed, textLength: 300 });
  return applyPatch(blank, planImport(blank, files.map(asInput), ningxia2025).patch);
}

const labels: Record<LiveTable, string> = { submissions: "案例", experts: "专家", liaisons: "联络员" };
const tell = ({
  code,
  row,
  column,
  severity,
  message,
}: {
  code: string;
  row: number;
  column: string;
  severity: string;
  message: string;
}) => `${code} ${severity} ${row} ${column} ${message}`;

/** What the full check says about these rows by the rules that are live. */
function fullFindings(snapshot: WorkbookSnapshot, request: LiveRequest): string[] {
  const { findings } = checkAward(snapshot, ningxia2025);
  return (
    findings
      .filter((f) => f.sheet === labels[request.table] && request.rows.includes(f.row) && isLive(f, request))
      // The record of imports is not read while people type.
      .filter((f) => !(f.code === "DATA-FORMULA" && f.message.startsWith("导入")))
      .map(tell)
  );
}

describe("live check of rows", () => {
  test.for(
    [21, 22, 23].flatMap((seed) => (["submissions", "experts", "liaisons"] as const).map((table) => ({ seed, table }))),
  )("says of any rows what the full check says: seed $seed, $table", ({ seed, table }) => {
    const snapshot = generated(seed);
    const random = makeRandom(seed);
    const height = sheetNamed(snapshot, labels[table]).rows.length;
    const everyRow = Array.from({ length: height - 1 }, (_, i) => i + 2);
    const some = random.shuffle(everyRow).slice(0, 15);
    let found = 0;
    for (const rows of [everyRow, some, some.slice(0, 1)]) {
      const request = { table, rows, withTexts: true };
      const live = checkRows(snapshot, ningxia2025, request);
      expect(live.findings.map(tell)).toEqual(fullFindings(snapshot, request));
      found += live.findings.length;
    }
    expect(found).toBeGreaterThan(0);
  });

  test("without the texts nothing is said about them", () => {
    const snapshot = makeSnapshot({ submissions: [{ wordsSummary: 9999, keywords: "一" }], texts: [] });
    const codes = (withTexts: boolean) =>
      checkRows(snapshot, ningxia2025, { table: "submissions", rows: [2], withTexts }).findings.map((f) => f.code);
    expect(codes(false)).toEqual(["SUB-KEYWORDS"]);
    expect(codes(true)).toContain("TEXT-SECTION");
  });

  test("the notes of the edited rows are made anew; people's text, and other rows, stay", () => {
    const first = makeSnapshot({ submissions: [{ priorAward: "是" }, { priorAward: "是" }, {}] });
    const column = (sheetNamed(first, "案例").rows[0] ?? []).indexOf("曾获表彰") + 1;
    const mine = { sheets: [{ name: "案例", notes: [{ row: 2, column, text: "张三：已电话核实" }] }] };
    const withNote = applyPatch(first, mine);
    const request = { table: "submissions", rows: [2], withTexts: true } as const;
    const noted = applyPatch(withNote, { sheets: [checkRows(withNote, ningxia2025, request).patch] });
    expect([...sheetNamed(noted, "案例").notes.keys()]).toEqual([noteKey(2, column)]);
    expect(sheetNamed(noted, "案例").notes.get(noteKey(2, column))).toMatch(
      /^张三：已电话核实\n【评案簿检查】\n错误 曾获表彰（SUB-PRIOR-AWARD）/,
    );
    const others = checkRows(noted, ningxia2025, { ...request, rows: [3] });
    const both = applyPatch(noted, { sheets: [others.patch] });
    const mended = applyPatch(both, { sheets: [{ name: "案例", edits: [{ row: 2, column, value: "否" }] }] });
    const clean = applyPatch(mended, { sheets: [checkRows(mended, ningxia2025, request).patch] });
    expect(sheetNamed(clean, "案例").notes.get(noteKey(2, column))).toBe("张三：已电话核实");
    expect(sheetNamed(clean, "案例").notes.get(noteKey(3, column))).toContain("SUB-PRIOR-AWARD");
  });

  test("a wrong value in 参数 is told, and nothing is judged by it", () => {
    const snapshot = makeSnapshot({ settings: { 文本雷同阈值: "很多" }, submissions: [{ priorAward: "是" }] });
    const live = checkRows(snapshot, ningxia2025, { table: "submissions", rows: [2], withTexts: true });
    expect(live.findings).toEqual([]);
    expect(live.message).toMatch(/^“参数”表有误，暂不能检查：.*文本雷同阈值/);
  });

  test.for([
    { name: "nothing wrong", row: {}, message: /^$/ },
    { name: "one problem", row: { priorAward: "是" }, message: /^第 2 行“曾获表彰”，错误：[^（]*表彰[^共]*$/ },
    {
      name: "several",
      row: { priorAward: "是", keywords: null },
      message: /^第 2 行“关键词”，错误：.*（共 2 处，详见各单元格的批注）$/,
    },
  ])("the message: $name", ({ row, message }) => {
    const snapshot = makeSnapshot({ submissions: [row] });
    expect(checkRows(snapshot, ningxia2025, { table: "submissions", rows: [2], withTexts: true }).message).toMatch(
      message,
    );
  });
});
