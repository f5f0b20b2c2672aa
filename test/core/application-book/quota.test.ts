import { expect, test } from "vitest";
import { patchQuota, type QuotaGroup } from "../../../apps-script/core/application-book/quota.ts";
import type { CellValue } from "../../../apps-script/core/workbook/port.ts";
import { Calculation } from "../../../node-tools/calculator/index.ts";
import { snapshotSource } from "../../../node-tools/calculator/snapshot-source.ts";
import { applyPatch, sheetNamed } from "../in-memory-workbook.ts";

const group: QuotaGroup = { nominator: "兴庆区教育局", field: "教学革新", track: "城市", limit: "quotaUrban" };

/** 使用情况 of a group, with so much of this quota recommended. */
function barOf(quota: CellValue, recommended: number): CellValue {
  const cells = { quotaOf: () => "0", recommendedGroups: "A1:A1", ungrouped: "0" };
  const laid = applyPatch({ sheets: [] }, { sheets: [patchQuota([group], cells, undefined)] });
  const header = sheetNamed(laid, "配额").rows[0] ?? [];
  const place = (label: string) => header.indexOf(label) + 1;
  const edits = [
    { row: 2, column: place("名额"), value: quota },
    { row: 2, column: place("已推荐"), value: recommended },
  ];
  const typed = applyPatch(laid, { sheets: [{ name: "配额", edits }] });
  return new Calculation(snapshotSource(typed)).valueOf("配额", 2, place("使用情况")) as CellValue;
}

test.for([
  { quota: 35, recommended: 0, bar: "□□□□□□□□□□ 0%" },
  { quota: 35, recommended: 1, bar: "□□□□□□□□□□ 3%" },
  { quota: 15, recommended: 9, bar: "■■■■■■□□□□ 60%" },
  { quota: 15, recommended: 15, bar: "■■■■■■■■■■ 100%" },
  { quota: 15, recommended: 18, bar: "■■■■■■■■■■ 120%" },
  { quota: 0, recommended: 2, bar: "" },
  { quota: "", recommended: 2, bar: "" },
])("$recommended of $quota: $bar", ({ quota, recommended, bar }) => expect(barOf(quota, recommended)).toBe(bar));
