/** The counts beside the sections of 正文. */
import { expect, test } from "vitest";
import { refreshApplicationLayout } from "../../../apps-script/core/application-book/application-book.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { textsSheet } from "../../../apps-script/core/schema/application.ts";
import { labelOf } from "../../../apps-script/core/schema/sheet-spec.ts";
import { Calculation } from "../../../node-tools/calculator/index.ts";
import { snapshotSource } from "../../../node-tools/calculator/snapshot-source.ts";
import { makeSnapshot } from "../award-builder.ts";
import { applyPatch, sheetNamed, typeCell } from "../in-memory-workbook.ts";

const limit = ningxia2025.text.sections.process.value;
const laid = applyPatch(makeSnapshot(), refreshApplicationLayout(makeSnapshot(), ningxia2025));
const header = (snapshot: typeof laid) => sheetNamed(snapshot, textsSheet.label).rows[0] ?? [];
const columnOf = (snapshot: typeof laid, key: "process" | "processCount") =>
  header(snapshot).indexOf(labelOf(textsSheet, key)) + 1;

test.for([
  { name: "nothing", text: "", says: "" },
  { name: "blanks alone", text: " \n　", says: "" },
  { name: "a text", text: "课堂改进", says: `4/${limit}` },
  { name: "blanks and line breaks are none", text: "　　课堂 改进\r\n第二段", says: `7/${limit}` },
  { name: "a letter is one, as no formula can tell words", text: "K-12课堂", says: `6/${limit}` },
  { name: "as long as may be", text: "字".repeat(limit), says: `${limit}/${limit}` },
  { name: "one over", text: "字".repeat(limit + 1), says: `${limit + 1}/${limit}▲` },
])("$name", ({ text, says }) => {
  const typed = typeCell(laid, textsSheet.label, 5, columnOf(laid, "process"), text);
  const counted = new Calculation(snapshotSource(typed)).valueOf(textsSheet.label, 5, columnOf(laid, "processCount"));
  expect(counted).toBe(says);
});

test("a sheet of an earlier version gets them behind its last column, as wide as they are, and keeps its own order", () => {
  const counts = textsSheet.columns.filter(({ kind }) => kind === "computed").map(({ label }) => label);
  const before = makeSnapshot();
  const texts = sheetNamed(before, textsSheet.label);
  const own = (texts.rows[0] ?? []).filter((label) => !counts.includes(String(label)));
  const old = { sheets: before.sheets.map((sheet) => (sheet === texts ? { ...texts, rows: [own] } : sheet)) };
  const patch = refreshApplicationLayout(old, ningxia2025);
  const now = applyPatch(old, patch);
  expect(header(now)).toEqual([...own, ...counts]);
  const { layout } = patch.sheets.find(({ name }) => name === textsSheet.label) ?? {};
  expect(layout?.widths?.map(({ column }) => column)).toEqual(counts.map((_, i) => own.length + 1 + i));
  // People may have made them wider since.
  const again = refreshApplicationLayout(now, ningxia2025).sheets.find(({ name }) => name === textsSheet.label);
  expect(again?.layout?.widths).toBeUndefined();
});

test("what people have typed beside a sheet without a header stays where it is", () => {
  const counts = textsSheet.columns.filter(({ kind }) => kind === "computed").map(({ label }) => label);
  const before = makeSnapshot();
  const texts = sheetNamed(before, textsSheet.label);
  const own = (texts.rows[0] ?? []).filter((label) => !counts.includes(String(label)));
  const beside = [...own.map(() => null), null, "已核对"];
  const old = {
    sheets: before.sheets.map((sheet) => (sheet === texts ? { ...texts, rows: [own, [], beside] } : sheet)),
  };
  const now = applyPatch(old, refreshApplicationLayout(old, ningxia2025));
  expect(sheetNamed(now, textsSheet.label).rows[2]?.[own.length + 1]).toBe("已核对");
  expect(header(now).slice(own.length + 2)).toEqual(counts);
});
