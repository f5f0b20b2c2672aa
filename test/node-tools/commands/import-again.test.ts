import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cellText } from "../../../apps-script/core/workbook/cell-text.ts";
import { readWorkbook } from "../../../node-tools/office-files/workbook.ts";
import { readRecords, runCasebook, runJson, temporaryFolder, workbookValues } from "../run-casebook.ts";
import { writeSmallAward } from "./small-award.ts";

test("importing twice, in another order or one file at a time leaves the same workbook", async () => {
  const folder = temporaryFolder();
  const inputs = join(folder, "inputs");
  await writeSmallAward(inputs);
  const files = readdirSync(inputs).map((name) => join(inputs, name));
  const [once, reversed, single] = ["once", "reversed", "single"].map((name) => join(folder, `${name}.xlsx`)) as [
    string,
    string,
    string,
  ];
  for (const file of [once, reversed, single]) await runCasebook("init", file);
  await runCasebook("import", once, inputs);
  const expected = await workbookValues(once);
  await runCasebook("import", reversed, ...[...files].reverse());
  for (const file of [...files].reverse()) await runCasebook("import", single, file);
  expect(await workbookValues(reversed)).toEqual(expected);
  expect(await workbookValues(single)).toEqual(expected);
  const again = await runJson("import", once, inputs);
  expect(again.json.inputs.every((i: { added: number; updated: number }) => i.added === 0 && i.updated === 0)).toBe(
    true,
  );
  expect(await workbookValues(once)).toEqual(expected);
}, 120_000);

test("what people typed between two imports survives, and is reported", async () => {
  const folder = temporaryFolder();
  const inputs = join(folder, "inputs");
  const file = join(folder, "a.xlsx");
  await writeSmallAward(inputs);
  await runCasebook("init", file);
  await runCasebook("import", file, inputs);
  const workbook = readWorkbook(file);
  const sheet = workbook.snapshot.sheets.find((s) => s.name === "案例")!;
  const title = sheet.rows[0]!.findIndex((value) => cellText(value) === "案例名称") + 1;
  workbook.apply({
    sheets: [
      {
        name: "案例",
        edits: [
          { row: 2, column: title, value: "人工改过的名称" },
          { row: 1, column: sheet.rows[0]!.length + 1, value: "备注" },
          { row: 2, column: sheet.rows[0]!.length + 1, value: "自己加的列" },
        ],
        notes: [{ row: 2, column: title, text: "人写的批注" }],
      },
    ],
  });
  writeFileSync(file, workbook.toBuffer());
  const { json } = await runJson("import", file, inputs);
  const kept = json.inputs.flatMap((i: { kept: object[] }) => i.kept);
  expect(kept).toEqual([expect.objectContaining({ column: "案例名称" })]);
  await runCasebook("check", file);
  const [first] = await readRecords(file, "案例");
  expect(first).toMatchObject({ 案例名称: "人工改过的名称", 备注: "自己加的列" });
  const { snapshot } = readWorkbook(file);
  expect(snapshot.sheets.find((s) => s.name === "案例")!.notes.get(`2:${title}`)).toContain("人写的批注");
});

test("a unit form comes back: what was filled in is taken, nothing twice", async () => {
  const folder = temporaryFolder();
  const inputs = join(folder, "inputs");
  const file = join(folder, "a.xlsx");
  await writeSmallAward(inputs);
  await runCasebook("init", file);
  await runCasebook("import", file, inputs);
  // 导入记录 learns a second source for every row; the rest must stay as it is.
  const passedOver = ["日志", "导入记录"];
  const before = await workbookValues(file, passedOver);
  const { json } = await runJson("forms", file, "--out", join(folder, "forms"));
  expect(json.files).toHaveLength(4);
  const untouched = await runJson("import", file, join(folder, "forms"));
  expect(untouched.code).toBe(0);
  expect(await workbookValues(file, passedOver)).toEqual(before);
  const form = json.files.find((f: string) => f.includes("平罗县"));
  const workbook = readWorkbook(form);
  const sheet = workbook.snapshot.sheets.find((s) => s.name === "案例")!;
  const at = (label: string) => sheet.rows[0]!.findIndex((value) => cellText(value) === label) + 1;
  const next = (await readRecords(form, "案例")).filter((r) => r.案例编号 !== "").length + 2;
  workbook.apply({
    sheets: [
      {
        name: "案例",
        edits: [
          { row: next, column: at("案例编号"), value: "S99" },
          { row: next, column: at("案例名称"), value: "填报表里新填的" },
          { row: next, column: at("推荐单位"), value: "平罗县教育局" },
        ],
      },
    ],
  });
  writeFileSync(form, workbook.toBuffer());
  const taken = await runJson("import", file, join(folder, "forms"));
  expect(taken.json.inputs.reduce((sum: number, i: { added: number }) => sum + i.added, 0)).toBe(1);
  expect((await readRecords(file, "案例")).filter((r) => r.案例编号 === "S99")).toHaveLength(1);
});
