import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { newWorkbook } from "../../../node-tools/office-files/workbook.ts";
import { patchOf } from "../../core/in-memory-workbook.ts";
import {
  administrator,
  type LocalAward,
  runReview,
  runReviewRound,
} from "../../node-tools/local-sheets/local-award.ts";
import { runJson, temporaryFolder } from "../../node-tools/run-casebook.ts";
import { cellsOf, newReview } from "./review-desk.ts";

const replay = (award: LocalAward) => {
  runReview(award, "replayActions");
  return award.told.at(-1) ?? "";
};
const stepsIn = (told: string) => told.split("\n").filter((line) => /^(相符|不符) {2}/.test(line));

function type(award: LocalAward, sheet: string, row: number, label: string, value: string): void {
  const column = (cellsOf(award, award.review, sheet)[0] ?? []).indexOf(label) + 1;
  award.google.edit(award.review, administrator, { sheet, row, column, values: [[value]] });
}

/** As the two workbooks come when they are downloaded. */
async function download(award: LocalAward): Promise<string> {
  const folder = temporaryFolder();
  const paths = { [award.shared]: join(folder, "a.xlsx"), [award.review]: join(folder, "a.评审.xlsx") };
  for (const [id, path] of Object.entries(paths)) {
    const workbook = newWorkbook();
    workbook.apply(patchOf(award.google.snapshotOf(id)));
    writeFileSync(path, workbook.toBuffer());
  }
  return join(folder, "a.xlsx");
}

describe("复核", () => {
  let award: LocalAward;
  beforeEach(() => {
    award = newReview({}, 6);
    runReviewRound(award);
  }, 60_000);

  const clean = [
    "核对申报工作簿日志",
    "核对评审工作簿日志",
    "分派专家",
    "汇总排名",
    "核对现有单元格",
    "核对所依据的数据",
  ];

  test("two rounds that nobody touched: all the same; collecting online is told not to be recomputed", () => {
    runReviewRound(award);
    const told = replay(award);
    expect(stepsIn(told)).toEqual([...clean.slice(0, 4), ...clean.slice(2)].map((step) => `相符  ${step}`));
    expect(told.match(/在线收集，没有档案/g)).toHaveLength(2);
    expect(told).toContain("现在的日志链首");
  });

  test.for([
    { sheet: "评分", label: "理念创新", value: "0.5" },
    { sheet: "汇总", label: "最终得分", value: "99" },
    { sheet: "分派", label: "专家姓名", value: "旁人" },
  ])("a cell changed since: $sheet $label", ({ sheet, label, value }) => {
    type(award, sheet, 3, label, value);
    const told = replay(award);
    expect(stepsIn(told).filter((line) => line.startsWith("不符"))).toEqual(["不符  核对现有单元格"]);
    expect(told).toMatch(new RegExp(`“${sheet}”表第 3 行“${label}”.*应为.*现为“${value}”`));
  });

  test("the archive touched", () => {
    type(award, "档案", 2, "内容", "~{}~");
    expect(replay(award)).toContain("的内容被改动过");
  });

  test("an action whose data were too long to be kept is told as such, not as an archive that somebody took away", () => {
    const log = cellsOf(award, award.review, "日志");
    const row = log.findIndex((cells) => cells.includes("分派专家"));
    const outcome = String(log[row]![log[0]!.indexOf("结果")]);
    type(award, "日志", row + 1, "结果", `${outcome}；数据过大，没有存档`);
    type(award, "档案", 2, cellsOf(award, award.review, "档案")[0]![0] as string, "0");
    const told = replay(award);
    expect(told).toMatch(/“分派专家”（.*）：当时数据过大，没有存档，无法重算。/);
    expect(told).not.toContain("档案被移走");
    expect(stepsIn(told)).toContain("不符  分派专家");
  });

  test("the workbooks downloaded as .xlsx come out the same under the command, and tell the same change", async () => {
    const steps = async () => (await runJson("replay", await download(award))).json.steps;
    expect(await steps()).toEqual(clean.map((action) => ({ action, same: true })));
    type(award, "结果", 2, "奖项", "无");
    expect(await steps()).toEqual(clean.map((action) => ({ action, same: action !== "核对现有单元格" })));
  });
});
