import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyChain } from "../../../apps-script/core/log/verify-chain.ts";
import { defaultNotice as notice } from "../../../apps-script/core/notice/built-in.ts";
import { digestFrozen, readFrozen, writeFrozen } from "../../../apps-script/core/replay/frozen-action.ts";
import { type ReplayResult, replayReview } from "../../../apps-script/core/replay/replay.ts";
import type { CellValue } from "../../../apps-script/core/workbook/port.ts";
import { fillScoreSheet } from "../../../node-tools/example/fill-score-sheet.ts";
import { readWorkbook } from "../../../node-tools/office-files/workbook.ts";
import { unzipParts } from "../../../node-tools/office-files/zip.ts";
import { readRecords, readSheet, runCasebook, runJson, temporaryFolder } from "../run-casebook.ts";
import { writeSmallAward } from "./small-award.ts";

const home = mkdtempSync(join(tmpdir(), "casebook-replay-"));
const award = (folder: string) => join(folder, "a.xlsx");
const review = (folder: string) => join(folder, "a.评审.xlsx");
const archive = (folder: string) => join(folder, "a.档案");

/** Every part of an .xlsx or .docx, as text. */
function readParts(path: string): string {
  const bytes = readFileSync(path);
  return unzipParts(bytes)
    .map(({ content }) => content.toString("utf8"))
    .join("\n");
}

beforeAll(async () => {
  await writeSmallAward(join(home, "inputs"));
  const run = async (...words: string[]) => {
    const { code, err } = await runCasebook(...words);
    if (code > 1) throw new Error(err);
  };
  await run("init", award(home));
  await run("import", award(home), join(home, "inputs"));
  await run("recommend", award(home), "--date", "2025-10-20");
  await run("assign", award(home), "--reviews", "2");
  await run("assign", award(home), "--reviews", "3");
  await run("packets", award(home), "--out", join(home, "packets"));
  mkdirSync(join(home, "back"));
  for (const name of readdirSync(join(home, "packets"))) {
    writeFileSync(join(home, "back", name), fillScoreSheet(join(home, "packets", name)));
  }
  const [first] = readdirSync(join(home, "back"));
  await run("collect", award(home), join(home, "back", first!));
  await run("rank", award(home));
  await run("collect", award(home), join(home, "back"));
  await run("rank", award(home));
  // Some still want 复评: only a draft may leave.
  await run("export", award(home), "--out", join(home, "lists"), "--draft");
}, 120_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

/** The award after all that, for a test to tamper with. */
function copy(): string {
  const folder = temporaryFolder();
  cpSync(home, folder, { recursive: true });
  return folder;
}

async function edit(path: string, sheet: string, row: number, label: string, value: CellValue): Promise<void> {
  const header = (await readSheet(path, sheet)).rows.find((cells) => cells.includes(label)) ?? [];
  const column = header.indexOf(label) + 1;
  expect(column).toBeGreaterThan(0);
  const workbook = readWorkbook(path, "edit");
  workbook.apply({ sheets: [{ name: sheet, edits: [{ row, column, value }] }] });
  writeFileSync(path, workbook.toBuffer());
}

async function removeRow(path: string, sheet: string, row: number): Promise<void> {
  const { rows } = await readSheet(path, sheet);
  const workbook = readWorkbook(path, "edit");
  const rest = rows.slice(row);
  const edits = rest.flatMap((cells, r) => cells.map((value, c) => ({ row: row + r, column: c + 1, value })));
  workbook.apply({ sheets: [{ name: sheet, clearFrom: row, edits }] });
  writeFileSync(path, workbook.toBuffer());
}

const actions = [
  "核对申报工作簿日志",
  "核对评审工作簿日志",
  "分派专家",
  "分派专家",
  "收集评分",
  "汇总排名",
  "收集评分",
  "汇总排名",
  "核对现有单元格",
  "核对所依据的数据",
];

const differing = (json: ReplayResult) => json.steps.filter((step) => !step.same).map((step) => step.action);

describe("a run that nobody touched", () => {
  test("comes out the same", async () => {
    const { code, json } = await runJson("replay", award(home));
    expect(json).toEqual({ steps: actions.map((action) => ({ action, same: true })) });
    expect(code).toBe(0);
  });

  test("writes nothing", async () => {
    const folder = copy();
    const before = readFileSync(review(folder));
    await runCasebook("replay", award(folder));
    expect(readFileSync(review(folder)).equals(before)).toBe(true);
  });

  test.for([
    { made: "as lists", file: "公示名单（草稿）.docx", options: [] },
    { made: "as a form", file: "公示名单（草稿）.docx", options: ["--form", "公示名单"] },
  ])("shows the head that was printed on the list, made $made", async ({ file, options }) => {
    const folder = copy();
    await runCasebook("export", award(folder), "--out", join(folder, "again"), "--draft", ...options);
    const { out } = await runCasebook("replay", award(folder));
    const heads = [...out.matchAll(/输出名单时的日志链首：([0-9a-f]{64})/g)].map(([, head]) => head);
    expect(heads).toHaveLength(2);
    const printed = readParts(join(folder, "again", file));
    expect(heads.filter((head) => printed.includes(`日志链首：${head}`))).toEqual([heads[1]]);
  });

  test("names rules and notice in every row of both logs", async () => {
    for (const path of [award(home), review(home)]) {
      const rows = await readRecords(path, "日志");
      expect(rows.filter((row) => !/规则 \d+\.\d+\.\d+，通知 ningxia-2025$/.test(row.参数!))).toEqual([]);
    }
  });

  test("may be sorted, resized by columns of one's own, and given materials", async () => {
    const folder = copy();
    const { rows } = await readSheet(review(folder), "分派");
    const workbook = readWorkbook(review(folder), "edit");
    const turned = [rows[0]!, ...rows.slice(1).reverse()];
    workbook.apply({
      sheets: [
        {
          name: "分派",
          edits: turned.flatMap((cells, r) => cells.map((value, c) => ({ row: r + 1, column: c + 1, value }))),
        },
        { name: "汇总", edits: [{ row: 1, column: 40, value: "管理员批注" }] },
        { name: "汇总", edits: [{ row: 2, column: 40, value: "已复核" }] },
      ],
    });
    writeFileSync(review(folder), workbook.toBuffer());
    await edit(review(folder), "参评案例", 2, "评审材料", "https://example.org/1");
    const { json } = await runJson("replay", award(folder));
    expect(differing(json)).toEqual([]);
  });

  test("keeps a small file for each action, named by the digest in the log", async () => {
    const rows = (await readRecords(review(home), "日志")).filter((r) => actions.slice(2).includes(r.操作!));
    expect(readdirSync(archive(home)).sort()).toEqual(rows.map((row) => `${row.输入摘要}.json`).sort());
    for (const name of readdirSync(archive(home))) {
      const text = readFileSync(join(archive(home), name), "utf8");
      expect(digestFrozen(text)).toBe(name.slice(0, 64));
      // Texts, videos and phone numbers of authors have no business there.
      expect(text).not.toContain("说明问题由来");
      expect(text).not.toContain("1920*1080");
    }
  });
});

describe("a cell that was changed afterwards is found", () => {
  test.for([
    { sheet: "分派", label: "专家编号", value: "E099" },
    { sheet: "分派", label: "状态", value: "作废" },
    { sheet: "评分", label: "理念创新", value: 1 },
    { sheet: "评分", label: "总分", value: 99 },
    { sheet: "汇总", label: "最终得分", value: 99.5 },
    { sheet: "汇总", label: "奖项", value: "优秀案例一" },
    { sheet: "结果", label: "名次", value: 77 },
    { sheet: "结果", label: "案例名称", value: "另一个名称" },
  ])("$sheet $label", async ({ sheet, label, value }) => {
    const folder = copy();
    await edit(review(folder), sheet, 3, label, value);
    const { code, json } = await runJson("replay", award(folder));
    expect(code).toBe(1);
    expect(differing(json)).toEqual(["核对现有单元格"]);
    const { out } = await runCasebook("replay", award(folder));
    expect(out).toMatch(new RegExp(`“${sheet}”表第 3 行“${label}”.*应为.*现为“${value}”`));
  });

  test.for(["分派", "评分", "汇总", "结果"])("a row taken out of %s", async (sheet) => {
    const folder = copy();
    await removeRow(review(folder), sheet, 3);
    const { json } = await runJson("replay", award(folder));
    expect(differing(json)).toEqual(["核对现有单元格"]);
  });

  test.for(["汇总", "结果", "专家情况"])("the whole of %s taken out", async (sheet) => {
    const { snapshot } = readWorkbook(review(home), "input");
    const { result, problems } = replayReview(
      {
        award: readWorkbook(award(home), "input").snapshot,
        review: { sheets: snapshot.sheets.filter(({ name }) => name !== sheet) },
        archive: readdirSync(archive(home)),
        archived: (digest) => readFileSync(join(archive(home), `${digest}.json`), "utf8"),
      },
      notice,
    );
    expect(differing(result)).toEqual(["核对现有单元格"]);
    expect(problems).toEqual([`现在的评审工作簿，没有“${sheet}”表。`]);
  });

  test("a score that was changed before the ranking is found although the ranking follows from it", async () => {
    const folder = copy();
    await edit(review(folder), "评分", 2, "理念创新", 0);
    await runCasebook("rank", award(folder));
    const { json } = await runJson("replay", award(folder));
    expect(differing(json)).toEqual(["核对现有单元格"]);
    expect((await runCasebook("replay", award(folder))).out).toMatch(
      /第 \d+ 行“汇总排名”.*之前，“评分”表第 2 行“理念创新”/,
    );
  });
});

describe("what people changed after the last ranking, which does not follow from it any longer, is found", () => {
  test.for([
    { book: award, sheet: "参数", row: 2, label: "值", value: "2025-07-01" },
    { book: award, sheet: "单位", row: 2, label: "上级单位", value: "石嘴山市" },
    { book: award, sheet: "案例", row: 3, label: "状态", value: "取消资格" },
    { book: review, sheet: "评审专家", row: 4, label: "状态", value: "退出" },
  ])("$sheet $label", async ({ book, sheet, row, label, value }) => {
    const folder = copy();
    await edit(book(folder), sheet, row, label, value);
    expect(differing((await runJson("replay", award(folder))).json)).toEqual(["核对所依据的数据"]);
    expect((await runCasebook("replay", award(folder))).out).toMatch(
      new RegExp(`“汇总排名”.*之后，“${sheet}”表第 ${row} 行“${label}”.*当时为.*现为“${value}”`),
    );
  });

  test("a ruling", async () => {
    const folder = copy();
    await edit(review(folder), "裁定", 4, "案例编号", "S001");
    await edit(review(folder), "裁定", 4, "决定", "取消资格");
    expect(differing((await runJson("replay", award(folder))).json)).toEqual(["核对所依据的数据"]);
    await runCasebook("rank", award(folder));
    expect(differing((await runJson("replay", award(folder))).json)).toEqual([]);
  });

  test("what comes after it: nothing more, once 公示名单 is out and nothing is open", async () => {
    const folder = copy();
    const { json } = await runJson("rank", award(folder));
    const wide = json.arbitration.map(({ id }: { id: string }) => id);
    expect(wide.length).toBeGreaterThan(0);
    for (const [i, id] of wide.entries()) {
      await edit(review(folder), "裁定", 4 + i, "案例编号", id);
      await edit(review(folder), "裁定", 4 + i, "决定", "维持");
    }
    await runCasebook("rank", award(folder));
    expect((await runJson("status", award(folder))).json.next).toBe("export");
    const lists = ["export", award(folder), "--out", join(folder, "正式"), "--form"];
    expect((await runCasebook(...lists, "附件6")).out).toMatch(/下一步：casebook export/);
    expect((await runCasebook(...lists, "公示名单")).out).toMatch(/下一步（.*归档.*）：casebook replay/);
    expect((await runJson("status", award(folder))).json.next).toBe("replay");
    expect((await runCasebook("replay", award(folder))).out).toMatch(/都办完了.*\n$/);
  });

  test("settings, roster and rulings may change between the actions", async () => {
    const folder = copy();
    const row = (await readSheet(award(folder), "参数")).rows.findIndex((cells) => cells[0] === "极差复评阈值") + 1;
    await edit(award(folder), "参数", row, "值", 3);
    await edit(review(folder), "评审专家", 2, "状态", "退出");
    await runCasebook("assign", award(folder));
    expect((await runCasebook("replay", award(folder))).out).toContain("“汇总”和“结果”没有反映它");
    await runCasebook("rank", award(folder));
    expect(differing((await runJson("replay", award(folder))).json)).toEqual([]);
  });

  test("an address or a seal may change at any time", async () => {
    const folder = copy();
    await edit(award(folder), "单位", 2, "邮箱", "bureau@example.org");
    await edit(review(folder), "评审专家", 2, "邮箱", "expert@example.org");
    expect(differing((await runJson("replay", award(folder))).json)).toEqual([]);
  });
});

describe("tampering with the log is found", () => {
  test.for([
    {
      name: "the seed of an assignment",
      row: 2,
      label: "参数",
      value: "每案 2 人，种子 7；规则 0.1.0，通知 ningxia-2025",
    },
    { name: "the outcome of a ranking", row: 6, label: "结果", value: "1 组" },
    { name: "who did it", row: 3, label: "操作人", value: "somebody" },
    { name: "when", row: 5, label: "时间", value: "2025-01-01 00:00:00" },
  ])("$name", async ({ row, label, value }) => {
    const folder = copy();
    await edit(review(folder), "日志", row, label, value);
    const { json } = await runJson("replay", award(folder));
    expect(differing(json)).toContain("核对评审工作簿日志");
  });

  test("a row taken out", async () => {
    const folder = copy();
    await removeRow(review(folder), "日志", 4);
    expect(differing((await runJson("replay", award(folder))).json)).toContain("核对评审工作簿日志");
  });

  test("rows that were only moved: reported once, and everything else is still compared", async () => {
    const folder = copy();
    const { rows } = await readSheet(review(folder), "日志");
    const turned = rows.slice(1).reverse();
    const workbook = readWorkbook(review(folder), "edit");
    const edits = turned.flatMap((cells, r) => cells.map((value, c) => ({ row: r + 2, column: c + 1, value })));
    workbook.apply({ sheets: [{ name: "日志", edits }] });
    writeFileSync(review(folder), workbook.toBuffer());
    expect((await runJson("replay", award(folder))).json).toEqual({
      steps: actions.map((action) => ({ action, same: action !== "核对评审工作簿日志" })),
    });
    expect((await runCasebook("replay", award(folder))).out).toContain("“日志”表的行换过次序：第 2 行处");
  });

  test("the row that says a list was published, taken from the end", async () => {
    const folder = copy();
    await removeRow(review(folder), "日志", (await readRecords(review(folder), "日志")).length + 1);
    expect((await runCasebook("replay", award(folder))).out).toContain("日志里没有输出名单的记录");
  });

  test("the log of the shared workbook", async () => {
    const folder = copy();
    await edit(award(folder), "日志", 2, "结果", "什么也没有发生");
    expect(differing((await runJson("replay", award(folder))).json)).toEqual(["核对申报工作簿日志"]);
  });

  test("the last ranking taken out of the log leaves a ranking that nothing explains", async () => {
    const folder = copy();
    const rows = await readRecords(review(folder), "日志");
    const workbook = readWorkbook(review(folder), "edit");
    const last = rows.filter((row) => row.操作 === "汇总排名").at(-1)!;
    workbook.apply({ sheets: [{ name: "日志", clearFrom: Number(last.row) }] });
    writeFileSync(review(folder), workbook.toBuffer());
    const { json } = await runJson("replay", award(folder));
    expect(differing(json)).toEqual(["核对评审工作簿日志", "核对现有单元格"]);
    expect((await runCasebook("replay", award(folder))).out).toContain("在日志里没有对应的行");
  });

  test("an outcome rewritten with the chain after it: the recomputation shows it", async () => {
    const folder = copy();
    await edit(review(folder), "日志", 2, "结果", "一切都好");
    const rows = (await readRecords(review(folder), "日志")).length;
    for (let row = 3; row <= rows + 1; row++) {
      const { snapshot } = readWorkbook(review(folder), "input");
      const shorter = {
        sheets: snapshot.sheets.map((s) => (s.name === "日志" ? { ...s, rows: s.rows.slice(0, row - 1) } : s)),
      };
      await edit(review(folder), "日志", row, "前序摘要", verifyChain(shorter).head);
    }
    const { json } = await runJson("replay", award(folder));
    expect(differing(json)).toEqual(["分派专家"]);
  });
});

describe("tampering with the archive is found", () => {
  const fileOf = async (folder: string, action: string) => {
    const row = (await readRecords(review(folder), "日志")).filter((r) => r.操作 === action).at(-1)!;
    return { row, path: join(archive(folder), `${row.输入摘要}.json`) };
  };

  test.for(["分派专家", "收集评分", "汇总排名"])("%s: the file changed", async (action) => {
    const folder = copy();
    const { path } = await fileOf(folder, action);
    writeFileSync(path, readFileSync(path, "utf8").replace(/S0/, "S9"));
    const { json } = await runJson("replay", award(folder));
    expect(differing(json)).toEqual([action]);
    expect((await runCasebook("replay", award(folder))).out).toContain("的内容被改动过");
  });

  test("a file gone", async () => {
    const folder = copy();
    const { path } = await fileOf(folder, "汇总排名");
    rmSync(path);
    expect(differing((await runJson("replay", award(folder))).json)).toEqual(["汇总排名"]);
    expect((await runCasebook("replay", award(folder))).out).toContain("档案里没有");
  });

  test("a file renamed", async () => {
    const folder = copy();
    const { path } = await fileOf(folder, "汇总排名");
    renameSync(path, path.replace(".json", "-1.json"));
    expect(differing((await runJson("replay", award(folder))).json)).toEqual(["核对评审工作簿日志", "汇总排名"]);
  });

  test("the whole folder gone: said once", async () => {
    const folder = copy();
    rmSync(archive(folder), { recursive: true });
    const { out } = await runCasebook("replay", award(folder));
    expect(out.match(/^ {2}.*$/gm)).toEqual([expect.stringContaining("没有档案文件夹")]);
  });

  test("the file changed and renamed, and the log's digest with it: the recomputation and the chain tell", async () => {
    const folder = copy();
    const { row, path } = await fileOf(folder, "汇总排名");
    const frozen = readFrozen(readFileSync(path, "utf8"))!;
    const scores = frozen.review!.find((s) => s.name === "评分")!;
    const changed = {
      ...frozen,
      review: frozen.review!.map((sheet) =>
        sheet === scores
          ? {
              ...sheet,
              rows: sheet.rows.map((cells, r) => (r === 1 ? cells.map((v, c) => (c === 2 ? 0.5 : v)) : cells)),
            }
          : sheet,
      ),
    };
    const text = writeFrozen(changed);
    writeFileSync(join(archive(folder), `${digestFrozen(text)}.json`), text);
    await edit(review(folder), "日志", Number(row.row), "输入摘要", digestFrozen(text));
    const { json } = await runJson("replay", award(folder));
    expect(differing(json)).toEqual(["核对评审工作簿日志", "汇总排名", "核对现有单元格"]);
  });
});

test("without a review workbook there is nothing to replay", async () => {
  const folder = copy();
  rmSync(review(folder));
  const { code, err } = await runCasebook("replay", award(folder));
  expect(code).toBe(3);
  expect(err).toContain("还没有评审工作簿");
});
