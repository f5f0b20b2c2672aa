import { describe, expect, test } from "vitest";
import {
  newApplicationWorkbook,
  refreshApplicationLayout,
} from "../../../apps-script/core/application-book/application-book.ts";
import { followedSettings } from "../../../apps-script/core/application-book/limits.ts";
import { buildUnitForms } from "../../../apps-script/core/application-book/unit-form.ts";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { settingSpecs } from "../../../apps-script/core/award/settings.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import {
  applicationSheetOrder,
  submissionsSheet,
  unitFormSheets,
} from "../../../apps-script/core/schema/application.ts";
import { cellText } from "../../../apps-script/core/workbook/cell-text.ts";
import type { SheetPatch, WorkbookPatch } from "../../../apps-script/core/workbook/port.ts";
import { directSchool, makeSnapshot, validSubmission, xingqing } from "../award-builder.ts";
import { applyPatch } from "../in-memory-workbook.ts";

const sheet = (patch: WorkbookPatch, name: string): SheetPatch => patch.sheets.find((s) => s.name === name)!;
const created = newApplicationWorkbook(ningxia2025);
const filled = makeSnapshot({ units: [xingqing, directSchool], submissions: [{}, {}, {}] });
const refreshed = refreshApplicationLayout(filled, ningxia2025);
const formulasOf = ({ edits = [] }: SheetPatch) =>
  edits.flatMap(({ value }) =>
    value !== null && typeof value === "object" && value.kind === "formula" ? [value.formula] : [],
  );

describe("newApplicationWorkbook", () => {
  test("has every sheet of the contract in order", () => {
    expect(created.sheets.map((s) => s.name)).toEqual(applicationSheetOrder);
    expect(created.sheets.map((s) => s.createBefore)).toEqual(applicationSheetOrder.map(() => null));
  });

  test("is an award that reads without problems and follows the notice", () => {
    const award = readAward(applyPatch({ sheets: [] }, created), ningxia2025);
    expect(award.settingProblems).toEqual([]);
    expect(award.settings.notice).toEqual(ningxia2025);
    expect([award.units, award.submissions, award.experts, award.liaisons]).toEqual([[], [], [], []]);
  });

  test("is the same when it is laid again", () => {
    const once = applyPatch({ sheets: [] }, created);
    const again = refreshApplicationLayout(once, ningxia2025);
    expect(applyPatch(once, again)).toEqual(once);
    expect(again.sheets.every((s) => s.createBefore === undefined)).toBe(true);
  });
});

describe.for([
  { name: "a new workbook", patch: created },
  { name: "a filled workbook", patch: refreshed },
  { name: "a unit form", patch: buildUnitForms(filled, ningxia2025)[0]!.patch },
])("what spreadsheet programs accept, in $name", ({ patch }) => {
  test.for(patch.sheets.map((s) => ({ name: s.name, s })))("$name", ({ s }) => {
    const formulas = [...formulasOf(s), ...(s.layout?.conditionalFormats ?? []).map((c) => c.formula)];
    expect(Math.max(0, ...formulas.map((f) => f.length))).toBeLessThan(8192);
    expect(formulas.filter((f) => /\b(LET|LAMBDA|XLOOKUP|TEXTJOIN|FILTER|SORT|UNIQUE|IFS|CONCAT)\(/.test(f))).toEqual(
      [],
    );
    // Excel takes texts of at most 255 characters inside a formula.
    expect(formulas.flatMap((f) => f.match(/"(?:[^"]|"")*"/g) ?? []).filter((t) => t.length > 257)).toEqual([]);
    for (const { validation } of s.layout?.validations ?? []) {
      if (validation.kind !== "list" || typeof validation.source === "string") continue;
      expect(validation.source.join(",").length).toBeLessThanOrEqual(255);
      // Strict is the one unit of a form.
      expect(validation.strict).toBe(validation.source.length === 1);
    }
  });

  test("conditional formats stay on their own sheet", () => {
    const formulas = patch.sheets.flatMap((s) => (s.layout?.conditionalFormats ?? []).map((c) => c.formula));
    expect(formulas.length).toBeGreaterThan(0);
    expect(formulas.filter((f) => f.includes("!"))).toEqual([]);
  });

  test("案例 holds no array formula, so that rows can be inserted and deleted", () => {
    const arrays = (sheet(patch, submissionsSheet.label).edits ?? []).filter(
      ({ value }) => value !== null && typeof value === "object" && value.kind === "formula" && value.array,
    );
    expect(arrays).toEqual([]);
  });
});

test("every followed setting is a row of 参数", () => {
  const labels = settingSpecs(ningxia2025).map((s) => s.label);
  expect(followedSettings(ningxia2025).filter((label) => !labels.includes(label))).toEqual([]);
});

describe("refreshApplicationLayout", () => {
  test("keeps the widths of columns that are there", () => {
    expect(sheet(created, "案例").layout?.widths).toHaveLength(submissionsSheet.columns.length);
    expect(refreshed.sheets.filter((s) => s.createBefore === undefined && s.layout?.widths)).toEqual([]);
  });

  test("leaves the look of added columns alone and lets people type in them", () => {
    const added = {
      sheets: filled.sheets.map((s) =>
        s.name === "案例" ? { ...s, rows: s.rows.map((row, i) => [...row, i === 0 ? "备注" : "自填"]) } : s,
      ),
    };
    const column = submissionsSheet.columns.length + 1;
    const styles = sheet(refreshApplicationLayout(added, ningxia2025), "案例").layout?.styles ?? [];
    const touching = styles.filter((s) => s.area.left <= column && s.area.right >= column && s.area.top > 1);
    expect(touching.map((s) => s.style)).toEqual([{ locked: false }]);
  });

  test("writes a quota row for each field and track, a school's without track, and keeps 可推荐", () => {
    const laid = applyPatch(filled, refreshed);
    const quota = laid.sheets.find((s) => s.name === "配额")!;
    expect(quota.rows.slice(1, -1).map((row) => row.slice(0, 3).map(cellText).join(" "))).toEqual([
      ...ningxia2025.fields.flatMap((f) => [`兴庆区教育局 ${f.label} 城市`, `兴庆区教育局 ${f.label} 乡村`]),
      ...ningxia2025.fields.map((f) => `厅直属第一示例学校 ${f.label} `),
    ]);
    const column = quota.rows[0]!.indexOf("可推荐") + 1;
    const counted = applyPatch(laid, { sheets: [{ name: "配额", edits: [{ row: 3, column, value: 7 }] }] });
    const again = applyPatch(counted, refreshApplicationLayout(counted, ningxia2025));
    expect(again.sheets.find((s) => s.name === "配额")!.rows[2]?.[column - 1]).toBe(7);
  });

  test("配额 of a workbook from before gets 使用情况 behind its last column, once", () => {
    const laid = applyPatch(filled, refreshed);
    const before = {
      sheets: laid.sheets.map((s) =>
        s.name === "配额"
          ? { ...s, rows: s.rows.map((row) => row.filter((_, c) => s.rows[0]?.[c] !== "使用情况")) }
          : s,
      ),
    };
    const patch = refreshApplicationLayout(before, ningxia2025);
    const after = applyPatch(before, patch);
    const [header = [], first = []] = after.sheets.find((s) => s.name === "配额")!.rows;
    expect(header.slice(-2)).toEqual(["可推荐", "使用情况"]);
    expect(first.at(-1)).toMatchObject({ formula: expect.stringContaining("REPT(") });
    expect(sheet(patch, "配额").layout?.widths).toEqual([{ column: header.length, width: 26 }]);
    expect(sheet(patch, "配额").layout?.filter?.right).toBe(header.length);
    const again = refreshApplicationLayout(after, ningxia2025);
    expect([sheet(again, "配额").edits, sheet(again, "配额").layout?.widths]).toEqual([[], undefined]);
  });

  test("keeps room below the last row", () => {
    const many = makeSnapshot({ submissions: Array.from({ length: 900 }, (_, i) => validSubmission(i)) });
    const formulas = formulasOf(sheet(refreshApplicationLayout(many, ningxia2025), "案例"));
    expect(formulas).toHaveLength(1100);
  });
});

describe("buildUnitForms", () => {
  const forms = buildUnitForms(filled, ningxia2025);

  test("makes one form a unit, with the unit's own rows only", () => {
    expect(forms.map((f) => f.fileName)).toEqual(["填报表-兴庆区教育局.xlsx", "填报表-厅直属第一示例学校.xlsx"]);
    const rows = forms.map(({ patch }) => {
      const ids = (sheet(patch, "案例").edits ?? []).filter((e) => e.row > 1 && e.column === 2);
      return ids.map((e) => e.value);
    });
    expect(rows).toEqual([["A001", "A002", "A003"], []]);
  });

  test("has the sheets of the contract", () => {
    expect(forms[0]?.patch.sheets.map((s) => s.name)).toEqual([
      "说明",
      ...unitFormSheets.map((s) => s.label),
      "即时计算",
    ]);
  });
});
