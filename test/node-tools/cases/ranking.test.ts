/** Ties at the award line, rulings, and what keeps lists from going out. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { defaultNotice as notice } from "../../../apps-script/core/notice/built-in.ts";
import { scoreSheet } from "../../../apps-script/core/schema/review.ts";
import { readTable } from "../../../apps-script/core/tables/table.ts";
import { readWorkbook } from "../../../node-tools/office-files/workbook.ts";
import { unzipParts } from "../../../node-tools/office-files/zip.ts";
import { readRecords, readSheet, runCasebook, runJson } from "../run-casebook.ts";
import { type OpenCase, openCase, reviewOnce, typeInto } from "./open-case.ts";

/** Fills a score sheet: every item of a row gets the share of its maximum that `shareOf` gives its 案例名称. */
const fillBy =
  (shareOf: (title: string) => number | undefined) =>
  async (path: string): Promise<Uint8Array> => {
    const workbook = readWorkbook(path);
    const table = readTable(workbook.snapshot, scoreSheet(notice), [scoreSheet(notice).label]);
    const edits = table.rows.flatMap((row) => {
      const share = row.text("reviewId") === "" ? undefined : shareOf(row.text("title"));
      if (share === undefined) return [];
      return notice.rubric.items.map((item) => ({
        row: row.row,
        column: table.positions.get(`item.${item.key}`)!,
        value: Math.round(item.max * share * 2) / 2,
      }));
    });
    workbook.apply({ sheets: [{ name: table.name, edits }] });
    return workbook.toBuffer();
  };

const level = fillBy(() => 0.8);
/** Ten apart: 课堂改进探索13 … 22. */
const graded = fillBy((title) => Number(title.replace(/\D/g, "")) / 25);

async function scored(name: string, fill = level): Promise<OpenCase> {
  const opened = await openCase(name);
  await runCasebook("assign", opened.file, "--reviews", "2");
  await reviewOnce(opened, "1", fill);
  return opened;
}

const ruling = (row: number, cells: Record<string, string>) =>
  Object.entries(cells).map(([label, value]) => [row, label, value] as const);

const lists = ["公示名单", "发布清单", "通报名单"];
const publishing = ["公示名单", "获奖证书", "通报", "发布清单"];

describe("ties-line: ten equal cases, three awards", () => {
  test("reported on the console and in --json; nothing goes out before a ruling, then all does", async () => {
    const opened = await scored("ties-line");
    const { file, review, folder } = opened;
    const ids = Array.from({ length: 10 }, (_, i) => `C00${13 + i}`);
    const { code, json } = await runJson("rank", file);
    expect(code).toBe(1);
    expect(json.ties).toEqual([{ field: "教学革新", track: "城市", award: "优秀案例", places: 3, ids }]);
    const shown = await runCasebook("rank", file);
    expect(shown.code).toBe(1);
    for (const id of ids) expect(shown.out).toContain(id);
    expect(shown.out).toMatch(/10 个案例只有 3 个名额；请在“裁定”表/);

    for (const words of [[], ["--form", "全部"], ...publishing.map((form) => ["--form", form])]) {
      const out = join(folder, `refused${words.join("")}`);
      const refused = await runJson("export", file, "--out", out, ...words);
      expect([words, refused.code, refused.json.files, existsSync(out)]).toEqual([words, 1, [], false]);
      expect(refused.json.open).toMatchObject([{ kind: "tie", ids }]);
    }
    expect((await runCasebook("export", file, "--out", join(folder, "refused"))).out).toContain("--draft");
    const other = await runJson("export", file, "--out", join(folder, "other"), "--form", "专家评审意见汇总");
    expect([other.code, other.json.files.length > 0]).toEqual([0, true]);

    await typeInto(
      review,
      "裁定",
      ["C0014", "C0016", "C0018"].flatMap((id, i) =>
        ruling(i + 4, { 案例编号: id, 决定: "调整奖项", 调整后奖项: "优秀案例" }),
      ),
    );
    const stale = await runJson("export", file, "--out", join(folder, "stale"));
    expect(stale.json.open.map((each: { kind: string }) => each.kind)).toEqual(["changed"]);
    const decided = await runJson("rank", file);
    expect([decided.code, decided.json.ties]).toEqual([0, []]);
    const done = await runJson("export", file, "--out", join(folder, "done"));
    expect([done.code, done.json.open]).toEqual([0, []]);
    const names = readdirSync(join(folder, "done"));
    for (const list of lists) expect(names.filter((name) => name.startsWith(list))).toHaveLength(1);
  }, 200_000);

  test("维持 for all of them settles it too: nobody gets the award", async () => {
    const { file, review } = await scored("ties-line");
    const { json } = await runJson("rank", file);
    await typeInto(
      review,
      "裁定",
      json.ties[0].ids.flatMap((id: string, i: number) => ruling(i + 4, { 案例编号: id, 决定: "维持" })),
    );
    const upheld = await runJson("rank", file);
    expect([upheld.code, upheld.json.ties]).toEqual([0, []]);
    expect(upheld.json.groups[0].ranking.filter((entry: { award: string }) => entry.award !== "")).toEqual([]);
  }, 100_000);
});

describe("rulings", () => {
  test("an id in lower case is applied; unknown decision and award are red, reported, exit 1; export refuses", async () => {
    const { file, review, folder } = await scored("rulings", graded);
    await runCasebook("rank", file);
    const [id, second, third] = (await readRecords(review, "结果")).map((row) => row.案例编号!);
    await typeInto(review, "裁定", [
      ...ruling(4, { 案例编号: id!.toLowerCase(), 决定: "取消资格", 取消类别: "抄袭剽窃" }),
      ...ruling(5, { 案例编号: second!, 决定: "除名" }),
      ...ruling(6, { 案例编号: third!, 决定: "调整奖项", 调整后奖项: "特等奖" }),
    ]);
    const { code, json } = await runJson("rank", file);
    expect(code).toBe(1);
    expect(json.unappliedRulings).toEqual([
      { row: 5, id: second, reason: expect.stringMatching(/决定“除名”无法识别，请从下拉列表中选择/) },
      { row: 6, id: third, reason: expect.stringMatching(/“特等奖”不是奖项.*请在“调整后奖项”列选择/) },
    ]);
    expect(json.groups[0].ranking.map((entry: { id: string }) => entry.id)).not.toContain(id);
    const { notes } = await readSheet(review, "裁定");
    const told = [...notes].filter(([, note]) => note.includes("未生效")).map(([cell]) => cell);
    expect(told.sort()).toEqual(["5:2", "6:7"]);
    const refused = await runJson("export", file, "--out", join(folder, "lists"));
    expect([refused.code, existsSync(join(folder, "lists"))]).toEqual([1, false]);
    expect(refused.json.open.map((each: { kind: string }) => each.kind)).toEqual(["ruling", "ruling"]);
  }, 100_000);
});

describe("what else is open", () => {
  test.for<{
    name: string;
    kind: string;
    fill?: typeof graded;
    rank?: boolean;
    edit?: (award: OpenCase) => Promise<void>;
  }>([
    { name: "never ranked", kind: "changed", rank: false },
    { name: "待评", kind: "pending", fill: fillBy((title) => (title.endsWith("13") ? undefined : 0.8)) },
    {
      name: "a title corrected after the ranking",
      kind: "changed",
      edit: ({ file }) => typeInto(file, "案例", [[2, "案例名称", "课堂改进探索新题"]]),
    },
    {
      name: "a setting changed after the ranking",
      kind: "changed",
      edit: async ({ file }) => {
        const row = (await readRecords(file, "参数")).find((each) => each.项目 === "奖项及比例")!.row;
        await typeInto(file, "参数", [[Number(row), "值", "优秀案例 10%"]]);
      },
    },
    {
      name: "an award typed over in 结果",
      kind: "changed",
      edit: ({ review }) => typeInto(review, "结果", [[11, "奖项", "优秀案例"]]),
    },
  ])("$name", async ({ kind, fill = graded, rank = true, edit }) => {
    const opened = await scored("rulings", fill);
    const { file, folder } = opened;
    if (rank) await runJson("rank", file);
    await edit?.(opened);
    const { code, json } = await runJson("export", file, "--out", join(folder, "lists"), "--form", "公示名单");
    expect([code, json.files, existsSync(join(folder, "lists"))]).toEqual([1, [], false]);
    expect(json.open.map((each: { kind: string }) => each.kind)).toContain(kind);
  });

  test("复评 that is wanted; with its score in, all can go out", async () => {
    let given = 0;
    const first = () => {
      given += 1;
      return given === 1 ? 0.4 : 0.8;
    };
    const apart = fillBy((title) => (title.endsWith("13") ? first() : Number(title.slice(-2)) / 25));
    const opened = await scored("ties-line", apart);
    const { file, folder, review } = opened;
    const { json } = await runJson("rank", file);
    expect(json.arbitration.map((each: { id: string }) => each.id)).toEqual(["C0013"]);
    const refused = await runJson("export", file, "--out", join(folder, "lists"));
    expect(refused.json.open).toMatchObject([{ kind: "arbitration", ids: ["C0013"] }]);
    await runCasebook("assign", file, "--reviews", "2");
    await reviewOnce(
      opened,
      "2",
      fillBy((title) => (title.endsWith("13") ? 0.6 : Number(title.slice(-2)) / 25)),
    );
    const again = await runJson("rank", file);
    expect([again.code, again.json.arbitration]).toEqual([0, []]);
    expect(again.json.arbitrated).toMatchObject([{ id: "C0013", score: 60 }]);
    const remark = (await readRecords(review, "汇总")).find((row) => row.案例编号 === "C0013")!.备注;
    expect(remark).toMatch(/已复评：.*相差 40 分；复评 .* 60；按“中位数”取中间的分数 60，最终得分 60/);
    expect((await runJson("export", file, "--out", join(folder, "lists"))).code).toBe(0);
  }, 200_000);

  test("a file saved again, its sheets sorted by hand, is no change", async () => {
    const { file, review, folder } = await scored("rulings", graded);
    await runJson("rank", file);
    const { rows } = await readSheet(review, "汇总");
    const workbook = readWorkbook(review, "edit");
    const edits = rows
      .slice(1)
      .reverse()
      .flatMap((cells, r) => cells.map((value, c) => ({ row: r + 2, column: c + 1, value })));
    workbook.apply({ sheets: [{ name: "汇总", edits }] });
    writeFileSync(review, workbook.toBuffer());
    expect((await runJson("export", file, "--out", join(folder, "lists"))).code).toBe(0);
  });
});

describe("--draft", () => {
  /** Texts of the parts of an .xlsx or .docx whose names match. */
  const parts = (path: string, name: RegExp) => {
    const bytes = readFileSync(path);
    return unzipParts(bytes).flatMap((part) => (name.test(part.name) ? [part.content.toString("utf8")] : []));
  };

  test("lists and forms come, those that would go out with 草稿 on every page and in their names", async () => {
    const { file, folder, review } = await scored("ties-line");
    await typeInto(review, "裁定", ruling(4, { 案例编号: "C0013", 决定: "取消资格", 取消类别: "抄袭剽窃" }));
    await typeInto(review, "裁定", ruling(5, { 案例编号: "C0014", 决定: "调整奖项", 调整后奖项: "优秀案例" }));
    await runJson("rank", file);
    const out = join(folder, "draft");
    const listed = await runJson("export", file, "--out", out, "--draft");
    expect(listed.code).toBe(0);
    expect(listed.json.open).toMatchObject([{ kind: "tie" }]);
    const names = readdirSync(out);
    expect(names).toEqual(
      expect.arrayContaining([
        "公示名单（草稿）.docx",
        "通报名单（草稿）.xlsx",
        "发布清单（草稿）.csv",
        "专家名单.xlsx",
      ]),
    );
    for (const name of names.filter((each) => each.endsWith(".xlsx"))) {
      const isDraft = name.includes("草稿");
      const sheets = parts(join(out, name), /worksheets\/sheet/);
      expect([name, sheets.every((xml) => /<oddHeader>[^<]*草　稿/.test(xml))]).toEqual([name, isDraft]);
    }

    const forms = publishing.flatMap((form) => ["--form", form]);
    const filled = await runJson("export", file, "--out", out, "--draft", ...forms);
    expect(filled.code).toBe(0);
    const documents = ["公示名单", "获奖证书", "通报"].map((name) => join(out, `${name}（草稿）.docx`));
    for (const path of documents) {
      expect(
        parts(path, /^word\/header/).filter((xml) => xml.includes("草　稿") && xml.includes('string="草稿"')),
      ).toHaveLength(1);
      const [body] = parts(path, /^word\/document\.xml$/);
      const sections = body!.match(/<w:sectPr/g)!.length;
      expect(body!.match(/<w:headerReference [^>]*w:type="default"/g)).toHaveLength(sections);
    }
    expect(parts(join(out, "发布清单（草稿）.xlsx"), /worksheets\/sheet/).every((xml) => xml.includes("草　稿"))).toBe(
      true,
    );
  }, 200_000);
});
