import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { noteKey } from "../../../apps-script/core/workbook/port.ts";
import { typeInto } from "../cases/open-case.ts";
import { readRecords, readSheet, runCasebook, runJson, temporaryFolder, workbookValues } from "../run-casebook.ts";
import { writeSmallAward } from "./small-award.ts";

/** An award into which somebody has typed by hand. */
async function typedAward(): Promise<string> {
  const folder = temporaryFolder();
  const path = join(folder, "评案簿.xlsx");
  await writeSmallAward(join(folder, "inputs"));
  await runCasebook("init", path);
  await runCasebook("import", path, join(folder, "inputs"));
  await typeInto(path, "案例", [
    [2, "联系电话", "１３９ ０９５１ ２３４５"],
    [2, "提交日期", "2025年9月3日"],
    [2, "曾获表彰", "√"],
  ]);
  return path;
}

const oneOf = (path: string) => readRecords(path, "案例").then(([row]) => row);

describe("casebook fix", () => {
  test("lists, writes with a note and a row in 日志, finds nothing a second time, and is undone", async () => {
    const path = await typedAward();
    const before = await workbookValues(path);
    const bytes = readFileSync(path);
    const listed = await runCasebook("fix", path, "--dry-run");
    expect(listed).toMatchObject({ code: 0, err: "" });
    expect(listed.out).toContain("可以更正 2 处：");
    expect(listed.out).toContain("案例 第 2 行 联系电话：“１３９ ０９５１ ２３４５”改为“13909512345”（电话统一写法");
    expect(listed.out).toContain("案例 第 2 行 提交日期：“2025年9月3日”改为“2025-09-03”（日期统一写成年-月-日）");
    expect(listed.out).toContain("案例 第 2 行 曾获表彰：“√”没有改");
    expect(readFileSync(path).equals(bytes)).toBe(true);

    const { code, json } = await runJson("fix", path);
    expect(code).toBe(0);
    expect(json.fixed[0]).toEqual({
      sheet: "案例",
      row: 2,
      column: "联系电话",
      from: "１３９ ０９５１ ２３４５",
      to: "13909512345",
      code: "DATA-CLEANED",
      reason: "电话统一写法：半角，不加空格",
    });
    expect(await oneOf(path)).toMatchObject({ 联系电话: "13909512345", 提交日期: "2025-09-03", 曾获表彰: "√" });
    const sheet = await readSheet(path, "案例");
    const column = (sheet.rows[0] ?? []).indexOf("提交日期") + 1;
    expect(sheet.rows[1]?.[column - 1]).toEqual({ kind: "date", iso: "2025-09-03" });
    expect(sheet.notes.get(noteKey(2, column))).toContain("原为“2025年9月3日”");
    const log = await readRecords(path, "日志");
    expect(log.at(-1)).toMatchObject({ 操作: "一键更正", 结果: "更正 2 处：案例“联系电话” 1、案例“提交日期” 1" });
    expect(readFileSync(path.replace(/\.xlsx$/, ".bak.xlsx")).equals(bytes)).toBe(true);

    expect((await runCasebook("fix", path)).out).toContain("没有可以一键更正的单元格。");
    expect(await readRecords(path, "日志")).toHaveLength(log.length);

    await runCasebook("undo", path);
    expect(await workbookValues(path)).toEqual(before);
  });
});
