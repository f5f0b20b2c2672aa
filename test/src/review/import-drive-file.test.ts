import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { planImport } from "../../../apps-script/core/import/plan-import.ts";
import { readInputTables } from "../../../node-tools/inputs/read-input.ts";
import { blankApplicationWorkbook } from "../../core/in-memory-workbook.ts";
import { notice } from "../../core/review-fixture.ts";
import { administrator, type LocalAward, runReview } from "../../node-tools/local-sheets/local-award.ts";
import { cellsOf, newReview } from "./review-desk.ts";

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
    { name: "an open quote", file: "a.csv", bytes: bytesOf('姓名,电话\n"甲,1\n乙,2\n'), says: "双引号不成对" },
  ])("$name is refused with the remedy", ({ file, bytes, says }) => {
    const before = award.google.snapshotOf(award.shared);
    const type = file.endsWith("xlsx")
      ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
      : "text/csv";
    expect(importFile(add(file, bytes, type))).toContain(says);
    expect(award.google.snapshotOf(award.shared)).toEqual(before);
  });

  test.for(["", "https://docs.google.com/spreadsheets/d/nowhere/edit"])("no file at “%s”: told", (text) => {
    expect(importFile(text)).toContain("未做任何改动");
  });
});
