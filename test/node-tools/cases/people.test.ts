import { describe, expect, test } from "vitest";
import { readSheet, runJson } from "../run-casebook.ts";
import { caseFolder, checkCase, openCase, typeInto } from "./open-case.ts";

interface Found {
  readonly code: string;
  readonly row: number;
  readonly column: string;
  readonly id: string;
  readonly message: string;
}

const findings = async (file: string): Promise<Found[]> => (await runJson("check", file)).json.findings;
const about = (all: readonly Found[], id: string, ...codes: string[]) =>
  all.filter((f) => f.id === id && codes.includes(f.code)).map((f) => `${f.code} ${f.column}`);

describe("several people in one cell", () => {
  test("ten-authors: five cells of two are ten authors, and each is looked for in the text", async () => {
    const { file } = await openCase("ten-authors");
    const all = await findings(file);
    const cells = ["第一作者", "作者2", "作者3", "作者4", "作者5"];
    expect(about(all, "C0007", "AUTHOR-CELL")).toEqual(cells.map((column) => `AUTHOR-CELL ${column}`));
    const count = all.find((f) => f.code === "AUTHOR-COUNT");
    expect(count?.message).toContain("申报了 10 位作者");
    const names = all.filter((f) => f.code === "ANON-NAME" && f.id === "C0007").map((f) => f.message);
    expect(names.join()).toContain("“丙3”");
    expect(names.join()).toContain("“甲二”");
    // 共同人 has another unit and another account in each of the four: no one person.
    expect(all.filter((f) => f.code === "AUTHOR-FIRST-LIMIT")).toEqual([]);
  });

  test("authors-one-cell: by whatever they are separated", async () => {
    const { file } = await openCase("authors-one-cell");
    const all = await findings(file);
    const told = (id: string) => about(all, id, "AUTHOR-CELL", "AUTHOR-COUNT", "AUTHOR-IDENTITY", "SUB-VALUE");
    expect(told("C0015")).toEqual(["AUTHOR-CELL 第一作者", "AUTHOR-COUNT 第一作者"]);
    expect(told("C0016")).toEqual(["AUTHOR-CELL 第一作者", "AUTHOR-CELL 作者2"]);
    for (const id of ["C0017", "C0018", "C0019", "C0020"])
      expect([id, told(id)]).toEqual([id, ["AUTHOR-CELL 第一作者"]]);
    // Six people: the first author and five in 其他作者, however written.
    for (const id of ["C0021", "C0022", "C0024", "C0025", "C0026", "C0028", "C0029"])
      expect([id, told(id)]).toEqual([id, ["AUTHOR-COUNT 其他作者"]]);
    // A placeholder is nobody, in one cell or in all four.
    for (const id of ["C0030", "C0031", "C0032", "C0033", "C0034", "C0035", "C0036"])
      expect([id, told(id)]).toEqual([id, []]);
    expect(about(all, "C0023", "ANON-NAME", "ANON-UNIT")).toContain("ANON-NAME 案例概要");
    expect(about(all, "C0027", "ANON-NAME")).toEqual(["ANON-NAME 案例概要"]);
  });

  test("shared-cell-limit: who stands behind others counts", async () => {
    const opened = await openCase("shared-cell-limit");
    const rows = [2, 3, 4, 5, 6];
    expect(await checkCase(opened, "AUTHOR-TOTAL-LIMIT")).toEqual(
      rows.map((row) => `AUTHOR-TOTAL-LIMIT error 案例!${row} 第一作者`),
    );
    expect(await checkCase(opened, "AUTHOR-CELL")).toHaveLength(4);
  });

  test("an expert in whose cell two people stand is reported and not assigned", async () => {
    const { file } = await openCase("review-account-none");
    await typeInto(file, "专家", [[2, "专家姓名", "齐专1、齐专9"]]);
    expect((await findings(file)).filter((f) => f.code === "EXPERT-CELL")).toMatchObject([{ row: 2 }]);
    const { json } = await runJson("assign", file, "--reviews", "1", "--dry-run");
    expect(json.experts.map((e: { nominator: string }) => e.nominator)).not.toContain("中宁县教育局");
  });
});

describe("a placeholder is no identity", () => {
  test("account-placeholder: each is reported by its name, no strangers are counted together", async () => {
    const { file } = await openCase("account-placeholder");
    const all = await findings(file);
    const missing = all.filter((f) => f.code === "SUB-REQUIRED");
    expect(missing.map((f) => `${f.row} ${f.column}`)).toEqual(
      Array.from({ length: 28 }, (_, i) => `${i + 2} 第一作者教育云账号`),
    );
    expect(missing[0]?.message).toMatch(/“无”.*占位.*不是账号/);
    expect(missing.find((f) => f.id === "C0015")?.message).toContain("“同上”");
    expect(all.filter((f) => /^AUTHOR-(?:FIRST|TOTAL)-LIMIT|AUTHOR-REPEATED|EXPERT-DUPLICATE$/.test(f.code))).toEqual(
      [],
    );
    expect(all.filter((f) => f.code === "EXPERT-REQUIRED").map((f) => f.row)).toEqual([2, 3, 4, 5]);
  });

  test("a co-author's placeholder is AUTHOR-IDENTITY", async () => {
    const { file } = await openCase("account-placeholder");
    await typeInto(file, "案例", [
      [2, "作者2", "冼霏霏"],
      [2, "作者2单位", "西吉县第1小学"],
      [2, "作者2教育云账号", "无"],
    ]);
    const found = (await findings(file)).filter((f) => f.code === "AUTHOR-IDENTITY");
    expect(found).toMatchObject([{ row: 2, column: "作者2教育云账号" }]);
    expect(found[0]?.message).toContain("“无”");
  });

  test("review-account-none: three experts, each without an account", async () => {
    const opened = await openCase("review-account-none");
    expect(await checkCase(opened, "EXPERT-REQUIRED")).toEqual(
      [2, 3, 4].map((row) => `EXPERT-REQUIRED error 专家!${row} 教育云账号`),
    );
    const { json } = await runJson("assign", opened.file, "--reviews", "3");
    expect(json.experts).toHaveLength(3);
    expect(json.experts.map((e: { account: string }) => e.account)).toEqual(["", "", ""]);
    expect(json.unfilled).toEqual([]);
    const reviewers = await readSheet(opened.review, "评审专家");
    expect(JSON.stringify(reviewers.rows)).not.toContain("无");
  });

  test("imported again, the three stay three and nothing changes", async () => {
    const opened = await openCase("review-account-none");
    const again = await runJson("import", opened.file, caseFolder("review-account-none"));
    const counts = again.json.inputs.map(({ added, updated }: { added: number; updated: number }) => added + updated);
    expect(counts).toEqual(counts.map(() => 0));
  });
});

describe("同上 is the cell above", () => {
  test("ditto-expert: on import, reported, and obeyed", async () => {
    const opened = await openCase("ditto-expert");
    const { rows } = await readSheet(opened.file, "专家");
    const unit = rows[0]!.indexOf("单位");
    expect(rows.slice(1, 3).map((row) => row[unit])).toEqual(["中宁县一小", "中宁县一小"]);
    const cleaned = (await findings(opened.file)).filter((f) => f.code === "DATA-CLEANED");
    expect(cleaned.map((f) => f.message).join()).toMatch(/“同上”改为“中宁县一小”/);
    const { json } = await runJson("assign", opened.file, "--reviews", "1", "--dry-run");
    expect(json.pairs).toEqual([]);
  });

  test("typed by hand it is an error, and still bars the expert from that school", async () => {
    const opened = await openCase("ditto-expert");
    await typeInto(opened.file, "专家", [[3, "单位", "同上"]]);
    expect(await checkCase(opened, "EXPERT-REQUIRED")).toEqual(["EXPERT-REQUIRED error 专家!3 单位"]);
    const { json } = await runJson("assign", opened.file, "--reviews", "1", "--dry-run");
    expect(json.pairs).toEqual([]);
  });
});

test("names: titles, numbers and brackets around a name hide it from no text", async () => {
  const { file } = await openCase("names");
  const all = await findings(file);
  for (const id of ["C0024", "C0025", "C0026", "C0027", "C0028", "C0029"])
    expect([id, about(all, id, "ANON-NAME")]).toEqual([id, ["ANON-NAME 案例概要"]]);
  expect(about(all, "C0028", "AUTHOR-CELL")).toEqual(["AUTHOR-CELL 第一作者"]);
  const cleaned = all.filter((f) => f.code === "DATA-CLEANED").map((f) => f.message);
  for (const was of ["张三丰（主持人）", "张三丰(男)", "1.张三丰", "张三丰老师"])
    expect(cleaned.join("\n")).toContain(`已把“${was}”改为“张三丰”`);
});
