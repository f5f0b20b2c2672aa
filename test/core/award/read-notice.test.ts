import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readNotice } from "../../../apps-script/core/award/read-notice.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";

const path = fileURLToPath(new URL("../../../templates/example-2026/notice.json", import.meta.url));
const source = readFileSync(path, "utf8");

/** The example with the value at a path replaced, or taken away. */
function change(at: string, value: unknown): string {
  const notice = JSON.parse(source);
  const steps = at.split(".");
  const last = steps.pop()!;
  // biome-ignore lint/suspicious/noExplicitAny: a path into any JSON
  const parent = steps.reduce((object: any, step) => object[step], notice);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return JSON.stringify(notice);
}

test("the example is sound, with or without a byte order mark", () => {
  for (const text of [source, `\uFEFF${source}`])
    expect(readNotice(text)).toEqual({ notice: JSON.parse(source), faults: [] });
});

test("the built-in notice has the shape that is asked of others, but not an id that others may take", () => {
  expect(readNotice(JSON.stringify({ ...ningxia2025, id: "other" })).faults).toEqual([]);
  expect(readNotice(JSON.stringify(ningxia2025)).faults).toEqual([
    "通知编号（id）ningxia-2025 是随程序附带的通知，请换一个编号。",
  ]);
});

describe("each kind of fault is told with its place and what is expected", () => {
  test.for<[name: string, at: string, value: unknown, says: string]>([
    [
      "a value that is missing",
      "contact",
      undefined,
      "联系电话（contact）应为花括号 {…}，其中写 value、article，现在是 没有这一项。",
    ],
    [
      "a number in quotes",
      "quotas.bureau.urban.value",
      "20",
      '名额 → 教育局 → 城市 → 值（quotas.bureau.urban.value）应为 0—10000 之间的整数，不加引号，现在是 "20"。',
    ],
    [
      "a number without its article",
      "limits.authors",
      { value: 4 },
      "人数和次数限制 → 每个案例的作者 → 依据（limits.authors.article）应为写在双引号里的文字，现在是 没有这一项。",
    ],
    ["a number out of bounds", "limits.authors.value", 6, "（limits.authors.value）应为 1—5 之间的整数"],
    ["a fraction of an expert", "experts.school.value", 1.5, "（experts.school.value）应为 0—100 之间的整数"],
    ["a misspelt key", "keyword", {}, "通知里有不认识的“keyword”，请核对拼写或删去；这里只能写 id、title、"],
    [
      "a date that there is none of",
      "windows.review.value.to",
      "2026-02-30",
      '时间安排 → 评审 → 值 → 截止日期（windows.review.value.to）应为日期，如 2026-07-15，现在是 "2026-02-30"。',
    ],
    ["a list that is a text", "stages", "小学", '学段（stages）应为方括号 […]，其中逐个列出，现在是 "小学"。'],
    ["an empty list", "fields", [], "领域（fields）至少要有 1 个，现在有 0 个。"],
    ["an object that is a list", "video", [], "视频（video）应为花括号 {…}，其中写 extension、resolution、"],
    [
      "a name with a separator",
      "fields.0.label",
      "课堂、教学",
      "领域 → 第 1 个 → 名称（fields[0].label）应为写在双引号里的名称，不含顿号、逗号、分号和竖线",
    ],
    ["a maximum of a quarter", "rubric.items.0.max", 20.25, "（rubric.items[0].max）应为 0.5 的倍数"],
    ["an id that is no folder's name", "id", "2026 年", "通知编号（id）应为小写字母、数字和连字符组成的编号"],
    [
      "a rule that cannot be switched off",
      "video.subtitles.value",
      false,
      "（video.subtitles.value）应为 true（须有字幕），现在是 false。",
    ],
    [
      "only one track",
      "tracks",
      [{ key: "urban", label: "城区", aliases: [] }],
      "赛道（tracks）至少要有 2 个，现在有 1 个。",
    ],
    ["one track twice", "tracks.1.key", "urban", "赛道（tracks）的代号里重复出现“urban”"],
    [
      "one name for two fields",
      "fields.1.longLabels",
      ["智慧课堂"],
      "领域（fields）的名称和其他写法里重复出现“智慧课堂”",
    ],
    [
      "a stage that is also the other one",
      "otherStage",
      "高中",
      "学段（stages）和其他学段（otherStage）里重复出现“高中”",
    ],
    [
      "a role that is not listed",
      "fields.0.roles.value",
      ["家长"],
      "领域“智慧课堂”（fields[0]）的征集对象“家长”没有列在身份（roles）里。",
    ],
    [
      "a criterion that is missing",
      "fields.2.criteria.value.tool",
      undefined,
      "领域“校园治理”（fields[2]）的评分依据（criteria）缺少评分项 tool。",
    ],
    [
      "a criterion of no item",
      "fields.2.criteria.value.extra",
      "…",
      "评分依据（criteria）里的 extra 不是评分项的代号。",
    ],
    [
      "maxima that are not 100 together",
      "rubric.items.0.max",
      19.5,
      "各评分项（rubric.items）的满分合计应为 100 分，现在是 99.5 分。",
    ],
    [
      "an item of no dimension",
      "rubric.items.0.dimension",
      "other",
      "评分项“学生成长”（rubric.items）的所属维度 other 没有列在维度",
    ],
    [
      "a dimension without items",
      "rubric.dimensions.4",
      { key: "empty", label: "空" },
      "维度“空”（rubric.dimensions）没有评分项。",
    ],
    [
      "a tie decided by nothing",
      "rubric.tieOrder",
      ["final"],
      "同分时比较的维度（rubric.tieOrder）里的 final 不是维度的代号。",
    ],
    [
      "an item named like another column",
      "rubric.items.0.label",
      "总分",
      "评分项或维度（rubric）的名称“总分”与“评分”表的其他列同名",
    ],
    [
      "a dimension named like another column",
      "rubric.dimensions.0.label",
      "平均分",
      "名称“平均分”与“汇总”表的其他列同名",
    ],
    [
      "a dimension keyed like another column",
      "rubric.dimensions.0.key",
      "mean",
      "维度（rubric.dimensions）的代号“mean”另有用处",
    ],
    [
      "a window that ends before it begins",
      "windows.submission.value.from",
      "2026-09-09",
      "提交时间（windows.submission）的截止日期 2026-08-31 早于开始日期 2026-09-09。",
    ],
    ["more keywords at least than at most", "keywords.value.min", 9, "关键词个数（keywords）的最少 9 大于最多 6。"],
    [
      "more led than taken part in",
      "limits.firstAuthored.value",
      3,
      "（limits.firstAuthored）3 个，多于每人参与的案例（limits.participations）2 个。",
    ],
    [
      "awards for more than everybody",
      "defaults.awards.0.share",
      0.8,
      "各奖项（defaults.awards）的比例合计不能超过 1，现在是 1.05。",
    ],
  ])("%s", ([, at, value, says]) => {
    const { notice, faults } = readNotice(change(at, value));
    expect(notice).toBeUndefined();
    expect(faults.join("\n")).toContain(says);
    expect(faults.every((line) => line.endsWith("。"))).toBe(true);
  });

  test("all of them at once", () => {
    const notice = JSON.parse(source);
    notice.year = "2026";
    notice.fields[3].label = "";
    delete notice.text.total;
    notice.rubric.items[2].max = -1;
    expect(readNotice(JSON.stringify(notice)).faults).toHaveLength(4);
  });
});

describe("the bounds of each number", () => {
  test.for<[at: string, least: number, most: number]>([
    ["year", 2000, 2100],
    ["limits.authors.value", 1, 5],
    ["limits.firstAuthored.value", 1, 50],
    ["limits.participations.value", 1, 50],
    ["quotas.bureau.urban.value", 0, 10_000],
    ["quotas.bureau.rural.value", 0, 10_000],
    ["quotas.school.value", 0, 10_000],
    ["text.sections.summary.value", 1, 100_000],
    ["text.sections.innovation.value", 1, 100_000],
    ["text.sections.process.value", 1, 100_000],
    ["text.sections.application.value", 1, 100_000],
    ["text.total.value", 1, 100_000],
    ["keywords.value.min", 0, 50],
    ["keywords.value.max", 0, 50],
    ["video.resolution.value.width", 1, 20_000],
    ["video.resolution.value.height", 1, 20_000],
    ["video.minutes.value.min", 0, 1_000],
    ["video.minutes.value.max", 0, 1_000],
    ["video.recencyYears.value", 1, 50],
    ["experts.bureauPerStage.value", 0, 100],
    ["experts.school.value", 0, 100],
    ["liaisons.value", 0, 20],
    ["defaults.reviews", 1, 20],
    ["defaults.arbitrationRange", 0, 100],
    ["defaults.awards.0.share", 0.0001, 1],
    ["defaults.nearDuplicate", 0.2, 1],
    ["defaults.seed", 0, 4_294_967_295],
    ["rubric.items.0.max", 0.5, 100],
  ])("%s: %d…%d", ([at, least, most]) => {
    const faultOf = (value: number) => readNotice(change(at, value)).faults.find((line) => line.includes("应为"));
    for (const value of [least, most]) expect(faultOf(value) ?? "").not.toContain(`${least}—${most} `);
    for (const value of [least - 0.5, most + 1]) expect(faultOf(value)).toContain(`${least}—${most} `);
  });

  test("two tracks and one of everything else are the least", () => {
    for (const at of ["fields", "stages", "roles", "fields.0.roles.value", "cancellation.kinds", "rubric.items"])
      expect(readNotice(change(at, [])).faults[0]).toContain("至少要有 1 个");
    expect(readNotice(change("tracks", [])).faults[0]).toContain("至少要有 2 个");
    for (const at of ["fields.0.longLabels", "roles.0.aliases", "tracks.0.aliases", "rubric.tieOrder"])
      expect(readNotice(change(at, [])).faults).toEqual([]);
  });
});

describe("what is no JSON", () => {
  test.for([
    ["a comma too many", '{\n  "id": "a",\n}', "第 3 行第 1 个字附近写法不对"],
    ["full-width quotes", '{\n  “id”: "a"\n}', "第 2 行第 3 个字附近写法不对"],
    ["cut off", '{"id": "a"', "写到末尾还没有结束"],
    ["empty", "", "写到末尾还没有结束"],
  ] as const)("%s", ([, text, says]) => {
    const { faults } = readNotice(text);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(says);
  });
});

test("whatever JSON stands there: a notice or faults, never an exception", () => {
  const keys = Object.keys(JSON.parse(source));
  fc.assert(
    fc.property(fc.constantFrom(...keys), fc.jsonValue(), (key, value) => {
      const { notice, faults } = readNotice(change(key, value));
      expect(notice === undefined).toBe(faults.length > 0);
    }),
    { numRuns: 300 },
  );
});
