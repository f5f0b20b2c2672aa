import { describe, expect, test } from "vitest";
import { refreshApplicationLayout } from "../../../apps-script/core/application-book/application-book.ts";
import { isLayoutStale } from "../../../apps-script/core/application-book/stale-layout.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import type { WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { makeSnapshot, tongxin, xingqing } from "../award-builder.ts";
import { applyPatch, typeCell } from "../in-memory-workbook.ts";

const laid = (snapshot: WorkbookSnapshot) => applyPatch(snapshot, refreshApplicationLayout(snapshot, ningxia2025));
const isStale = (snapshot: WorkbookSnapshot) => isLayoutStale(snapshot, ningxia2025);

describe("whether the workbook must be laid again", () => {
  const snapshot = laid(makeSnapshot());
  const unit = laid(makeSnapshot({ units: [xingqing, tongxin] }));
  test.for([
    { name: "just laid", snapshot, stale: false },
    { name: "never laid", snapshot: makeSnapshot(), stale: true },
    { name: "a row in the ready rows", snapshot: typeCell(snapshot, "案例", 300, 2, "A9"), stale: false },
    { name: "a row below the ready rows", snapshot: typeCell(snapshot, "案例", 900, 2, "A9"), stale: true },
    { name: "an expert in the ready rows", snapshot: typeCell(snapshot, "专家", 12, 4, "甲"), stale: false },
    { name: "an expert below the ready rows", snapshot: typeCell(snapshot, "专家", 900, 4, "甲"), stale: true },
    { name: "a liaison below the ready rows", snapshot: typeCell(snapshot, "联络员", 900, 3, "乙"), stale: true },
    { name: "a unit renamed", snapshot: typeCell(unit, "单位", 3, 2, "甲县教育局"), stale: true },
    { name: "a unit that became a school", snapshot: typeCell(unit, "单位", 3, 3, "厅直属学校"), stale: true },
    { name: "another e-mail", snapshot: typeCell(unit, "单位", 3, 6, "a@example.org"), stale: false },
  ])("$name", ({ snapshot, stale }) => expect(isStale(snapshot)).toBe(stale));
});

describe("laying again writes the cells that are another", () => {
  const snapshot = laid(makeSnapshot({ units: [xingqing, tongxin] }));
  test.for([
    { name: "none where nothing has changed", snapshot, written: [] },
    { name: "a formula that was typed over", snapshot: typeCell(snapshot, "专家", 4, 1, "改过"), written: ["专家"] },
    {
      name: "配额 whole where a cell of it is another",
      snapshot: typeCell(snapshot, "配额", 2, 1, "别处"),
      written: ["配额"],
    },
    {
      name: "即时计算 whole where something was added",
      snapshot: typeCell(snapshot, "即时计算", 3, 400, 1),
      written: ["即时计算"],
    },
  ])("$name", ({ snapshot, written }) => {
    const { sheets } = refreshApplicationLayout(snapshot, ningxia2025);
    expect(sheets.flatMap(({ name, edits = [] }) => (edits.length > 0 ? [name] : []))).toEqual(written);
    const again = applyPatch(snapshot, { sheets }).sheets.map(({ rows }) => rows);
    if (written.length === 0) expect(again).toEqual(snapshot.sheets.map(({ rows }) => rows));
  });
});
