import { beforeAll, describe, expect, test } from "vitest";
import { readCleanedCells } from "../../../apps-script/core/award/import-record.ts";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { type ImportInput, type ImportReport, planImport } from "../../../apps-script/core/import/plan-import.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { runRules } from "../../../apps-script/core/rules/index.ts";
import type { Finding } from "../../../apps-script/core/rules/rule.ts";
import {
  expertsSheet,
  liaisonsSheet,
  submissionsSheet,
  textsSheet,
  unitsSheet,
} from "../../../apps-script/core/schema/application.ts";
import { labelOf } from "../../../apps-script/core/schema/sheet-spec.ts";
import type { CellValue, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { applyPatch, blankApplicationWorkbook, sheetNamed, typeCell } from "../in-memory-workbook.ts";
import { readSampleInputs, sampleAnswers } from "./sample-inputs.ts";

let inputs: ImportInput[];
let workbook: WorkbookSnapshot;
let report: ImportReport;

function importAll(snapshot: WorkbookSnapshot, batch: readonly ImportInput[]): WorkbookSnapshot {
  return applyPatch(snapshot, planImport(snapshot, batch, ningxia2025).patch);
}

/** A shuffle that is the same in every run. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

const dataRows = (name: string) => sheetNamed(workbook, name).rows.slice(1);
const columnIndex = (label: string) => submissionsSheet.columns.findIndex((c) => c.label === label);

beforeAll(async () => {
  inputs = await readSampleInputs();
  const plan = planImport(blankApplicationWorkbook(), inputs, ningxia2025);
  report = plan.report;
  workbook = applyPatch(blankApplicationWorkbook(), plan.patch);
});

describe("the sample inputs", () => {
  test("every row arrives once", () => {
    expect(dataRows(unitsSheet.label)).toHaveLength(sampleAnswers.units);
    expect(dataRows(submissionsSheet.label)).toHaveLength(sampleAnswers.submissions);
    expect(dataRows(textsSheet.label)).toHaveLength(sampleAnswers.submissions);
    expect(dataRows(expertsSheet.label)).toHaveLength(sampleAnswers.experts);
    expect(dataRows(liaisonsSheet.label)).toHaveLength(sampleAnswers.liaisons);
    const recommended = columnIndex(labelOf(submissionsSheet, "recommended"));
    expect(dataRows(submissionsSheet.label).filter((row) => row[recommended] === "是")).toHaveLength(
      sampleAnswers.recommended,
    );
  });

  test("the report accounts for every table and row", () => {
    expect(report.inputs).toHaveLength(inputs.length);
    for (const { rows, added, kept, rejected } of report.inputs)
      expect({ added, kept, rejected }).toEqual({ added: rows, kept: [], rejected: [] });
  });

  test("values arrive in the form of the workbook", () => {
    const values = (label: string) => new Set(dataRows(submissionsSheet.label).map((row) => row[columnIndex(label)]));
    const isDate = (value: CellValue | undefined) => typeof value === "object" && value?.kind === "date";
    const dates = [...values("提交日期"), ...values("视频录制日期"), ...values("推荐日期")];
    expect(dates.filter((value) => value !== null && value !== undefined && !isDate(value))).toEqual([]);
    expect([...values("视频时长")].filter((v) => !/^00:\d\d:\d\d$/.test(String(v)))).toEqual([]);
    expect([...values("视频分辨率")].filter((v) => !/^\d+\*\d+$/.test(String(v)))).toEqual([]);
    expect([...values("领域")].sort()).toEqual([...ningxia2025.fields.map((f) => f.label), "教学创新"].sort());
    expect([...values("联系电话")].every((v) => typeof v === "string")).toBe(true);
    expect([...values("第一作者教育云账号")].filter((v) => /[０-９ａ-ｚ]/.test(String(v)))).toEqual([]);
  });

  test("a ruined account and a text that would run stay as they were typed", () => {
    const rowOf = (id: string) =>
      dataRows(submissionsSheet.label).find((row) => row[columnIndex("案例编号")] === id) ?? [];
    expect(rowOf("A4640104R007")[columnIndex("第一作者教育云账号")]).toBe("6.40104E+17");
    expect(rowOf("A3640324U020")[columnIndex("支撑材料")]).toMatch(/^=HYPERLINK\("http:\/\//);
  });
});

describe("importing again", () => {
  test("the same files in any order leave nothing to write", () => {
    const plan = planImport(workbook, shuffled(inputs, 3), ningxia2025);
    expect(plan.patch.sheets).toEqual([]);
    for (const entry of plan.report.inputs)
      expect(entry).toMatchObject({ added: 0, updated: 0, unchanged: entry.rows, kept: [] });
  });

  test.for([1, 2, 3])("one file at a time, order %i, ends in the same workbook", (seed) => {
    const one = shuffled(inputs, seed).reduce(
      (snapshot, input) => importAll(snapshot, [input]),
      blankApplicationWorkbook(),
    );
    expect(one).toEqual(workbook);
  });

  test("what people typed in between survives and is told", () => {
    const phone = columnIndex("联系电话") + 1;
    const title = columnIndex("案例名称") + 1;
    const edited = typeCell(typeCell(workbook, "案例", 5, phone, "13700000000"), "案例", 9, title, "改过的名称");
    const plan = planImport(edited, inputs, ningxia2025);
    expect(applyPatch(edited, plan.patch)).toEqual(edited);
    const kept = plan.report.inputs.flatMap((entry) => entry.kept);
    expect(kept.map((k) => k.column).sort()).toEqual(["案例名称", "联系电话"]);
    expect(kept.every((k) => k.reason.includes("人工改过"))).toBe(true);
  });
});

describe("the rules on the imported samples", () => {
  let findings: Finding[];
  beforeAll(() => {
    const award = readAward(workbook, ningxia2025);
    findings = runRules(award, readCleanedCells(workbook, award.tables));
  });

  const meets = (finding: Finding, expected: (typeof sampleAnswers.expected)[number]) =>
    finding.code === expected.code &&
    (expected.id === undefined || finding.id === expected.id) &&
    (expected.nominator === undefined || finding.nominator === expected.nominator) &&
    (expected.stage === undefined || finding.stage === expected.stage) &&
    (expected.severity === undefined || finding.severity === expected.severity);

  test("every planted violation is found", () => {
    expect(sampleAnswers.expected.filter((expected) => !findings.some((finding) => meets(finding, expected)))).toEqual(
      [],
    );
  });

  test("nothing else is found but information and co-authors without a usable account", () => {
    const isAllowed = (finding: Finding) => finding.severity === "info" || finding.code === "AUTHOR-IDENTITY";
    const others = findings.filter(
      (f) => !isAllowed(f) && !sampleAnswers.expected.some((expected) => meets(f, expected)),
    );
    expect(others.map((f) => [f.code, f.severity, f.id, f.nominator, f.message])).toEqual([]);
  });
});
