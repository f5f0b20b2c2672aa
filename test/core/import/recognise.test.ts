import { describe, expect, test } from "vitest";
import { tableKinds } from "../../../apps-script/core/import/aliases.ts";
import { recognise } from "../../../apps-script/core/import/recognise.ts";
import { foldForComparison } from "../../../apps-script/core/text/clean.ts";

const kindOf = (headers: readonly string[], ...surroundings: readonly string[]) => {
  const found = recognise([headers, headers.map(() => "x")], surroundings);
  if (found === "empty") return "empty";
  return "kind" in found ? found.kind.sheet.label : found.reason;
};

describe("the kind of a table", () => {
  test.for([
    { headers: ["单位代码", "单位名称", "类别"], kind: "单位" },
    { headers: ["单位代码", "单位名称", "类别", "联系人", "联系电话"], kind: "单位" },
    { headers: ["作品编号", "作品名称", "所属领域", "第一作者", "案例概要"], kind: "案例" },
    { headers: ["案例编号", "推荐单位", "初评得分", "是否推荐"], kind: "案例" },
    { headers: ["案例编号", "案例名称", "案例概要", "特色与创新点"], kind: "正文" },
    { headers: ["序号", "专家姓名", "职称", "教育云账号", "单位", "联系电话"], kind: "专家" },
    { headers: ["序号", "姓名", "职称", "工作单位", "手机"], kind: "专家" },
    { headers: ["推荐单位", "姓名", "联系电话", "教育云账号"], kind: "联络员" },
    { headers: ["单位", "联络员", "手机号"], kind: "联络员" },
    { headers: ["作品　编号", "*作品名称", "所属领域（必填）", "第一作者 "], kind: "案例" },
    { headers: ["案例编号 ", "案例\n名称", "领\u200b域"], kind: "案例" },
  ])("$kind: $headers", ({ headers, kind }) => expect(kindOf(headers)).toBe(kind));

  test.for([
    { name: "联络员名单.xlsx", kind: "联络员" },
    { name: "专家名单.xlsx", kind: "专家" },
  ])("headers of two kinds, told apart by the file name: $kind", ({ name, kind }) =>
    expect(kindOf(["姓名", "单位", "联系电话"], name)).toBe(kind),
  );

  test("headers of two kinds and nothing to tell them apart", () =>
    expect(kindOf(["姓名", "单位", "联系电话"], "名单.xlsx")).toMatch(
      /既像“专家”表又像“联络员”表.*姓名、单位、联系电话/,
    ));

  test("two tables side by side", () =>
    expect(kindOf(["案例编号", "案例名称", "领域", "赛道", "专家姓名", "职称", "邮箱", "回避声明"])).toMatch(
      /既像“(案例|专家)”表又像“(案例|专家)”表/,
    ));

  test("no kind: the headers seen and what each kind needs", () => {
    const reason = kindOf(["商品", "价格", "数量"]);
    expect(reason).toContain("商品、价格、数量");
    for (const { sheet } of tableKinds) expect(reason).toContain(`${sheet.label}表需要`);
  });

  test("submissions without their id", () =>
    expect(kindOf(["作品名称", "所属领域", "第一作者"])).toContain("案例表需要案例编号"));

  test("too many columns", () =>
    expect(kindOf(Array.from({ length: 10_000 }, (_, i) => `列${i}`))).toContain("10000 列"));

  test("nothing at all", () => expect(recognise([[null, " "], []], [])).toBe("empty"));
});

describe("the header row", () => {
  const headers = ["作品编号", "作品名称", "所属领域", "第一作者"];
  test.for([
    { name: "first", rows: [headers], row: 0 },
    {
      name: "below a title, notes and empty rows",
      rows: [["案例征集平台导出"], ["导出时间：2025-11-05"], [], headers],
      row: 3,
    },
    { name: "below a merged title", rows: [["推荐单位：兴庆区教育局", null, null, null], headers], row: 1 },
  ])("$name", ({ rows, row }) =>
    expect(recognise([...rows, ["A1", "x", "y", "z"]], [])).toMatchObject({ headerRow: row, firstRow: row + 1 }),
  );

  test("of two rows, the upper one spanning groups", () => {
    const found = recognise(
      [
        ["案例编号", "案例名称", "第一作者", null, null, "作者2", null],
        [null, null, "姓名", "单位", "账号", "姓名", "单位"],
        ["A1", "x", "张三", "甲校", "nx1", "李四", "乙校"],
      ],
      [],
    );
    expect(found).toMatchObject({ firstRow: 2 });
    expect(
      "columns" in (found as object) && [...(found as unknown as { columns: Map<string, unknown> }).columns.keys()],
    ).toEqual(["id", "title", "author1.name", "author1.unit", "author1.account", "author2.name", "author2.unit"]);
  });
});

const reasonOf = (rows: readonly (readonly (string | null)[])[], ...surroundings: readonly string[]) => {
  const found = recognise(rows, surroundings);
  if (found === "empty") return "empty";
  return "kind" in found ? found.kind.sheet.label : found.reason;
};

describe("a card with one person's particulars is no list", () => {
  test.for([
    {
      name: "two pairs a row, the second with a number",
      rows: [
        ["参会回执"],
        ["单位", "某某小学", "单位地址", "某某路1号"],
        ["姓名", "张三", "联系电话", "13900000000"],
        ["传真", "无", "手机", "13900000001"],
      ],
    },
    { name: "one row alone", rows: [["姓名", "张三", "联系电话", "0951-1234567"]] },
    {
      name: "not filled in",
      rows: [
        ["姓名", null, "联系电话", null],
        ["传真", null, "手机", null],
      ],
    },
    {
      name: "an expert's",
      rows: [
        ["专家推荐表"],
        ["专家姓名", "张三", "职称", "高级教师", "学段", "小学"],
        ["所在单位", "某某小学", "教育云账号", "nx64010002", "性别", "女"],
      ],
    },
    {
      name: "one below the other",
      rows: [
        ["姓名：", "张三"],
        ["手机", "13900000000"],
        ["单位", "某某小学"],
      ],
    },
  ])("$name", ({ rows }) => expect(reasonOf(rows, "联络员.xlsx")).toMatch(/登记卡.*没有收下.*每人一行/));

  test.for([
    {
      name: "two lists, one below the other",
      rows: [
        ["专家姓名", "职称", "教育云账号"],
        ["甲某", "高级", "nx1"],
        ["姓名", "联系电话", "账号"],
      ],
    },
    {
      name: "headers across two columns each",
      rows: [
        ["推荐单位", null, "姓名", null, "联系电话"],
        ["甲", null, "乙某", null, "13900000000"],
      ],
    },
    {
      name: "a header that comes again",
      rows: [
        ["专家姓名", "x", "职称", "y", "学段"],
        ["甲某", "1", "高级", "2", "小学"],
        ["专家姓名", "x", "职称", "y", "学段"],
      ],
    },
    {
      name: "labels and values above a list",
      rows: [
        ["推荐单位", "甲", "联系电话", "13900000000"],
        ["推荐单位", "联络员姓名", "联系电话", "账号"],
      ],
    },
  ])("a list all the same: $name", ({ rows }) => expect(reasonOf(rows)).toMatch(/^(专家|联络员)$/));
});

describe("a roster of another occasion is no list of ours", () => {
  test.for([
    { above: "兴庆区教育局 值班表", headers: ["姓名", "手机"], says: /写的是“兴庆区教育局 值班表”，不是联络员名单/ },
    { above: "参会人员", headers: ["推荐单位", "姓名", "联系电话"], says: /写的是“参会人员”/ },
    { above: "工作人员值班表", headers: ["姓名", "手机"], says: /写的是“工作人员值班表”/ },
    { above: "教师通讯录", headers: ["姓名", "职称", "手机"], says: /写的是“教师通讯录”，不是专家名单/ },
    { above: "", headers: ["姓名", "手机"], says: /看不出是联络员名单.*改为“联络员姓名”/ },
    { above: "", headers: ["单位名称", "姓名", "手机", "QQ"], says: /看不出是联络员名单|既像/ },
    { above: "工作人员名单", headers: ["姓名", "手机"], says: /^联络员$/ },
    { above: "参会联络员回执", headers: ["姓名", "手机"], says: /^联络员$/ },
    { above: "推荐单位：兴庆区教育局", headers: ["姓名", "手机"], says: /^联络员$/ },
    { above: "值班表", headers: ["联络员姓名", "手机"], says: /^联络员$/ },
  ])("$above: $headers", ({ above, headers, says }) =>
    expect(reasonOf([[above], headers, headers.map(() => "某")])).toMatch(says),
  );
});

describe("the table of aliases", () => {
  test.for(tableKinds.map((kind) => ({ kind, label: kind.sheet.label })))(
    "$label: no name means two columns",
    ({ kind }) => {
      const owners = new Map<string, Set<string>>();
      const own = kind.sheet.columns.map((c) => [c.key, [c.label]] as const);
      for (const [key, names] of [...own, ...Object.entries(kind.aliases)]) {
        for (const name of names) {
          const folded = foldForComparison(name);
          owners.set(folded, (owners.get(folded) ?? new Set()).add(key));
        }
      }
      expect([...owners].filter(([, keys]) => keys.size > 1)).toEqual([]);
    },
  );

  test.for(tableKinds.map((kind) => ({ kind, label: kind.sheet.label })))(
    "$label: names belong to columns",
    ({ kind }) => {
      const sections = ["summary", "innovation", "process", "application"];
      const keys = new Set<string>([...kind.sheet.columns.map((c) => c.key), ...sections]);
      const named = [
        ...Object.keys(kind.aliases),
        ...Object.keys(kind.weakAliases),
        ...kind.needs.all,
        ...kind.needs.some,
      ];
      expect(named.filter((key) => !keys.has(key))).toEqual([]);
    },
  );
});
