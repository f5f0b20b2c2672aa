import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { planImport } from "../../../apps-script/core/import/plan-import.ts";
import { readInputTables } from "../../../node-tools/inputs/read-input.ts";
import { blankApplicationWorkbook } from "../../core/in-memory-workbook.ts";
import { notice } from "../../core/review-fixture.ts";
import { actByHand } from "../../node-tools/local-sheets/by-hand.ts";
import { administrator, type LocalAward, runReview } from "../../node-tools/local-sheets/local-award.ts";
import { sharedProject } from "../shared/shared-desk.ts";
import { cellsOf, newReview, reviewProject } from "./review-desk.ts";

const sample = (name: string) => fileURLToPath(new URL(`../../../node-tools/example/inputs/${name}`, import.meta.url));
const bytesOf = (text: string) => new TextEncoder().encode(text);

describe("importing a file of Drive", () => {
  let award: LocalAward;
  const importFile = (text: string) => {
    award.answers.push(text);
    runReview(award, "importDriveFile");
    return award.told.at(-1) ?? "";
  };
  const add = (name: string, bytes: Uint8Array, type = "text/csv") =>
    award.google.addFile(name, administrator, bytes, type);
  beforeEach(() => {
    award = newReview({ submissions: [] }, 0);
  });

  test.for(["平台导出-兴庆区教育局.csv", "平台导出-沙坡头区教育局.csv", "联络员名单.csv"])(
    "%s gives the rows that the command gives, after its counts were shown",
    async (name) => {
      const { report } = planImport(blankApplicationWorkbook(), [readInputTables(sample(name))], notice);
      const rows = report.inputs.reduce((sum, input) => sum + input.added, 0);
      expect(rows).toBeGreaterThan(3);
      const told = importFile(add(name, readFileSync(sample(name))));
      expect(told).toContain(`已导入：新增 ${rows}，`);
      expect(award.told.at(-2)).toMatch(new RegExp(`将写入申报工作簿“申报工作簿”：\n${name} → .*新增 \\d+`));
      const sheet = report.inputs[0]?.sheet ?? "";
      const added = cellsOf(award, award.shared, sheet).filter((row) =>
        row.some((cell) => cell !== null && cell !== ""),
      );
      expect(added.length).toBeGreaterThan(3);
      expect(importFile(add(name, readFileSync(sample(name))))).toContain("新增 0，更新 0");
    },
  );

  test.for([
    { name: "a workbook of Excel", file: "名单.xlsx", bytes: Uint8Array.of(0x50, 0x4b, 3, 4), says: "另存为谷歌表格" },
    { name: "no table", file: "说明.csv", bytes: bytesOf("请查收附件\n"), says: "未做任何改动" },
    { name: "bytes of no text", file: "图.csv", bytes: Uint8Array.of(0xff, 0x80, 0x81, 0xff, 0xff), says: "无法识别" },
    {
      name: "an open quote",
      file: "a.csv",
      bytes: bytesOf('姓名,电话\n"甲,1\n乙,2\n'),
      says: "第 2 行附近的双引号不成对",
    },
    {
      name: "an open quote further down",
      file: "a.csv",
      bytes: bytesOf('姓名,电话\r\n甲,1\r\n乙,"2\r\n丙,3\r\n'),
      says: "第 3 行附近",
    },
  ])("$name is refused with the remedy", ({ file, bytes, says }) => {
    const before = award.google.snapshotOf(award.shared);
    const type = file.endsWith("xlsx")
      ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
      : "text/csv";
    expect(importFile(add(file, bytes, type))).toContain(says);
    expect(award.google.snapshotOf(award.shared)).toEqual(before);
  });

  test("units that come in are in 配额 at once", () => {
    const text = "单位代码,单位名称,类别\n640205,惠农区教育局,教育局\n";
    expect(importFile(add("单位.csv", bytesOf(text)))).toContain("新增 1");
    expect(cellsOf(award, award.shared, "配额").map((row) => row[0])).toContain("惠农区教育局");
  });

  test("a folder: every table in it, the rest named", () => {
    const bytes = [...readFileSync(sample("联络员名单.csv"))].join();
    const statements = `
      var folder = DriveApp.createFolder("收到的");
      folder.createFile(Utilities.newBlob([${bytes}].map(function (b) { return b > 127 ? b - 256 : b; }), "text/csv", "乙.csv"));
      folder.createFile(Utilities.newBlob("单位代码,单位名称,类别\\n640205,惠农区教育局,教育局", "text/csv", "单位.csv"));
      folder.createFile(Utilities.newBlob([1, 2], "image/png", "图.png"));
      var empty = DriveApp.createFolder("空的");
      empty.createFile(Utilities.newBlob([1, 2], "image/png", "图.png"));
      return [folder.getId(), empty.getId()];`;
    const [full, empty] = actByHand(award.google, award.review, reviewProject(), administrator, statements) as string[];
    expect(importFile(`https://drive.google.com/drive/folders/${empty}`)).toContain("里没有谷歌表格或 CSV 文件");
    expect(importFile(`https://drive.google.com/drive/folders/${full}?usp=sharing`)).toContain("已导入");
    expect(award.told.at(-2)).toContain("跳过 图.png：不是谷歌表格或 CSV。");
    const log = cellsOf(award, award.shared, "日志").at(-1) ?? [];
    expect(log[3]).toMatch(/^乙\.csv、单位\.csv/);
  });

  test.for(["", "https://docs.google.com/spreadsheets/d/nowhere/edit"])("no file at “%s”: told", (text) => {
    expect(importFile(text)).toContain("未做任何改动");
  });
});

describe("importing earlier winners", () => {
  let award: LocalAward;
  const won = "案例名称,作者,单位,奖项\n以数助教的三年实践,示例甲,示例区第一小学,一等奖\n";
  const add = (name: string, text: string) => award.google.addFile(name, administrator, bytesOf(text), "text/csv");
  const importPrior = (...answers: readonly string[]) => {
    award.answers.splice(0, award.answers.length, ...answers);
    runReview(award, "importPriorWinners");
    return award.told.at(-1) ?? "";
  };
  const rowsOfPrior = () =>
    cellsOf(award, award.shared, "往届")
      .slice(1)
      .filter((row) => row.some((cell) => cell !== null && cell !== ""))
      .map((row) => row.slice(0, 4));
  beforeEach(() => {
    award = newReview({ submissions: [{ title: "以数助教的三年实践", "author1.name": "示例甲" }] }, 0);
  });

  test("they stand in the hidden 往届, year by year, and 检查全部 finds who applies again", () => {
    const told = importPrior("2023", add("2023年公示.csv", won));
    expect(told).toBe("导入往届名单\n已导入：新增 1，更新 0，未变 0，未收下 0。下一步：在申报工作簿运行“检查全部”。");
    expect(award.told.at(-2)).toContain("（2023 年的获奖名单，记入隐藏的“往届”表）");
    importPrior("2024", add("2024年公示.csv", won.replace("以数助教的三年实践", "云上同课异构")));
    expect(rowsOfPrior().map(([year, prize, title]) => [String(year), prize, title])).toEqual([
      ["2023", "一等奖", "以数助教的三年实践"],
      ["2024", "一等奖", "云上同课异构"],
    ]);
    const sheet = award.google.modelOf(award.shared).snapshotOfSheet("往届");
    expect(sheet?.hidden).toBe(true);
    const log = cellsOf(award, award.shared, "日志").at(-1) ?? [];
    expect(log.slice(2, 5)).toEqual([
      "导入往届",
      expect.stringMatching(/^2024 年 2024年公示\.csv/),
      expect.stringContaining("新增 1"),
    ]);
    award.google.bindScript(award.shared, sharedProject());
    award.google.run(award.shared, administrator, "checkAll");
    const codes = cellsOf(award, award.shared, "检查").flat();
    expect(codes).toContain("PRIOR-MATCH");
  });

  test("a list that is corrected under its name takes the old one's place; the others stay", () => {
    const more = `${won}云上同课异构,示例乙,示例区第二小学,二等奖\n数据画像,示例丙,示例区第三小学,二等奖\n`;
    importPrior("2022", add("2022.csv", won));
    importPrior("2023", add("2023.csv", more));
    expect(rowsOfPrior()).toHaveLength(4);
    importPrior("2023", add("2023.csv", more.replace(/数据画像.*\n/, "")));
    expect(
      rowsOfPrior()
        .map(([year, , title]) => `${year} ${title}`)
        .sort(),
    ).toEqual(["2022 以数助教的三年实践", "2023 云上同课异构", "2023 以数助教的三年实践"]);
  });

  test.for([
    ["去年", "“去年”不是年份"],
    ["1789", "“1789”不是年份"],
    ["", "“”不是年份"],
    [String(notice.year), `本次征集是 ${notice.year} 年的`],
  ] as const)("year “%s”: refused, nothing is written", ([year, says]) => {
    const before = award.google.snapshotOf(award.shared);
    expect(importPrior(year, add("名单.csv", won))).toContain(says);
    expect(award.google.snapshotOf(award.shared)).toEqual(before);
  });

  test("a table of this year's cases tells of no winner: nothing is written", () => {
    const before = award.google.snapshotOf(award.shared);
    const name = "平台导出-兴庆区教育局.csv";
    const id = award.google.addFile(name, administrator, readFileSync(sample(name)), "text/csv");
    expect(importPrior("2023", id)).toContain("没有可以收下的内容，未做任何改动");
    expect(award.google.snapshotOf(award.shared)).toEqual(before);
  });
});
