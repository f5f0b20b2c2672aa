import { beforeEach, describe, expect, test } from "vitest";
import { expertsSheet, submissionsSheet } from "../../../apps-script/core/schema/application.ts";
import type { SheetSpec } from "../../../apps-script/core/schema/sheet-spec.ts";
import { notice } from "../../core/review-fixture.ts";
import { actByHand } from "../../node-tools/local-sheets/by-hand.ts";
import { administrator, type LocalAward, runReview } from "../../node-tools/local-sheets/local-award.ts";
import { sharedProject } from "../shared/shared-desk.ts";
import { cellsOf, newReview } from "./review-desk.ts";

const officer = "officer@example.org";
let award: LocalAward;

/** A table with one row that fills the first columns that people fill, as a .csv in Drive. */
function csvOf(spec: SheetSpec, row: Readonly<Record<string, string>>): string {
  const columns = spec.columns.filter(({ key }) => row[key] !== undefined);
  const lines = [columns.map(({ label }) => label), columns.map(({ key }) => row[key])];
  const bytes = new TextEncoder().encode(lines.map((cells) => cells.join(",")).join("\n"));
  return award.google.addFile("一行.csv", administrator, bytes, "text/csv");
}

const oneSubmission = () =>
  csvOf(submissionsSheet, {
    nominator: "兴庆区教育局",
    id: "A777",
    title: "锁定以后才到的案例",
    field: notice.fields[0]?.label ?? "",
    "author1.name": "周一凡",
  });

function importFile(id: string): string {
  award.answers.push(id);
  runReview(award, "importDriveFile");
  return award.told.at(-1) ?? "";
}

function mayType(sheet: string): boolean {
  try {
    award.google.edit(award.shared, officer, { sheet, row: 2, column: 2, values: [["改"]] });
    return true;
  } catch {
    return false;
  }
}

beforeEach(() => {
  award = newReview({ submissions: [{}] }, 1);
  award.google.bindScript(award.shared, sharedProject());
  award.google.share(award.shared, officer, "edit");
});

describe("导入文件", () => {
  const lock = () => award.google.run(award.shared, administrator, "lockSubmissions");

  test("into a workbook that is open leaves it open", () => {
    expect(importFile(oneSubmission())).toContain("已导入：新增 1");
    expect(mayType("案例")).toBe(true);
  });

  test("into a locked workbook leaves it locked, also where 案例 bears another name", () => {
    lock();
    actByHand(
      award.google,
      award.shared,
      sharedProject(),
      administrator,
      "book.getSheetByName('案例').setName('案例2025');",
    );
    expect(mayType("案例2025")).toBe(false);
    expect(importFile(oneSubmission())).toContain("已导入：新增 1");
    expect(cellsOf(award, award.shared, "案例2025").flat()).toContain("A777");
    expect(mayType("案例2025")).toBe(false);
  });

  test("opens a locked workbook at no moment, so that it may end by force anywhere", () => {
    lock();
    const opened: string[] = [];
    let [tried, isInside] = [0, false];
    const { surroundings } = award.google;
    surroundings.beforeCall = ({ name }) => {
      if (isInside || !name.startsWith("Protection.")) return;
      isInside = true;
      tried++;
      if (mayType("案例")) opened.push(name);
      isInside = false;
    };
    importFile(oneSubmission());
    delete surroundings.beforeCall;
    expect(tried).toBeGreaterThan(3);
    expect(opened).toEqual([]);
  });

  test("of experts after 移交专家名单 asks for another 移交", () => {
    const expert = {
      unit: "第一示例学校",
      nominator: "兴庆区教育局",
      name: "周一凡",
      stage: "小学",
      phone: "13900000001",
    };
    expect(importFile(csvOf(expertsSheet, expert))).toContain("下一步：在申报工作簿运行“检查全部”");
    runReview(award, "takeOverExperts");
    const another = { ...expert, name: "吴二平", phone: "13900000002" };
    expect(importFile(csvOf(expertsSheet, another))).toContain("请再运行一次“移交专家名单”");
    runReview(award, "assignExperts");
    const { notes } = runReview(award, "loadAssignmentPreview") as { notes: readonly string[] };
    expect(notes[0]).toContain("又有 1 行，尚未移交，不参加分派");
  });
});
