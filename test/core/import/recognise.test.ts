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
