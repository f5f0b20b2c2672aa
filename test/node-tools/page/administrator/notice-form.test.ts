import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { judgeNotice } from "../../../../apps-script/core/award/read-notice.ts";
import { ningxia2025 } from "../../../../apps-script/core/notice/ningxia-2025.ts";
import {
  type FormNode,
  groupNotice,
  pathOf,
  pathsOf,
  readTyped,
  type Steps,
  valueAt,
  withValue,
  writeTyped,
} from "../../../../node-tools/page/administrator/notice-form.ts";

const example = JSON.parse(
  readFileSync(fileURLToPath(new URL("../../../../templates/example-2026/notice.json", import.meta.url)), "utf8"),
);
const notices = [
  ["the built-in notice", ningxia2025],
  ["the example", example],
] as const;

/** Every plain value of a notice, by its path; a list of texts is one. */
function leavesOf(value: unknown, steps: Steps = []): string[] {
  const isTexts = Array.isArray(value) && value.every((each) => typeof each === "string");
  if (isTexts || typeof value !== "object" || value === null) return [pathOf(steps)];
  if (Array.isArray(value)) return value.flatMap((each, i) => leavesOf(each, [...steps, i]));
  return Object.entries(value).flatMap(([key, each]) => leavesOf(each, [...steps, key]));
}

const fieldsOf = (nodes: readonly FormNode[]): FormNode[] =>
  nodes.flatMap((node) => (node.kind === "things" ? node.things.flatMap(fieldsOf) : [node]));

describe.each(notices)("%s", (_, notice) => {
  const groups = groupNotice(notice);

  test("every value has one field, articles included", () => {
    const fields = groups.flatMap(({ parts }) =>
      parts.flatMap(({ article, nodes }) => [
        ...(article ? [pathOf(article)] : []),
        ...fieldsOf(nodes).map(({ steps }) => pathOf(steps)),
      ]),
    );
    expect([...fields].sort()).toEqual(leavesOf(notice).sort());
  });

  test("each stands below its own article", () => {
    for (const { title, parts } of groups)
      for (const { article } of parts) if (article) expect(valueAt(notice, article)).toBe(title);
  });

  test("what is typed as it stands changes nothing", () => {
    for (const { parts } of groups)
      for (const node of parts.flatMap(({ nodes }) => fieldsOf(nodes))) {
        if (node.kind === "boolean" || node.kind === "fixed") continue;
        const value = valueAt(notice, node.steps);
        expect([pathOf(node.steps), readTyped(node.kind, writeTyped(value))]).toEqual([pathOf(node.steps), value]);
      }
  });
});

test("groups stand in the order of the notice: names first, what it leaves open last", () => {
  const titles = groupNotice(ningxia2025).map(({ title }) => title);
  expect(titles[0]).toBe("名称和用语");
  expect(titles.at(-1)).toBe("通知没有规定的默认值");
  const [two, three, annex] = ["二（二）", "三（一）", "附件5 一"].map((title) => titles.indexOf(title));
  expect(two).toBeGreaterThan(0);
  expect(three).toBeGreaterThan(two!);
  expect(annex).toBeGreaterThan(three!);
});

test("a value and its article bear one name; what stands in a list is named by its label", () => {
  const words = groupNotice(ningxia2025).flatMap(({ parts }) => parts.flatMap(({ nodes }) => fieldsOf(nodes)));
  const named = (path: string) => words.find(({ steps }) => pathOf(steps) === path)?.words;
  expect(named("quotas.school.value")).toBe("名额 → 厅直属学校");
  expect(named("windows.review.value.to")).toBe("时间安排 → 评审 → 截止日期");
  expect(named("fields[1].roles.value")).toBe("领域 → 教研创新 → 征集对象");
  expect(named("fields[0].criteria.value.concept")).toBe("领域 → 教学革新 → 评分依据 → 理念创新");
});

describe("a fault is told at a field of the form", () => {
  test.for<[name: string, steps: Steps, value: unknown, at: string, says: string]>([
    [
      "a word for a number",
      ["quotas", "school", "value"],
      "五",
      "quotas.school.value",
      '应为 0—10000 之间的整数，现在是 "五"。',
    ],
    ["nothing", ["title"], "", "title", "应为文字，现在空着。"],
    [
      "no such day",
      ["expertDeadline", "value"],
      "2026-02-30",
      "expertDeadline.value",
      '应为日期，如 2026-07-15，现在是 "2026-02-30"。',
    ],
    [
      "a window that ends before it begins",
      ["windows", "review", "value", "to"],
      "2020-01-01",
      "windows.review.value.to",
      "早于开始日期",
    ],
    ["points that do not make a hundred", ["rubric", "items", 0, "max"], 11, "rubric.items", "满分合计应为 100 分"],
    ["two tracks of one name", ["tracks", 1, "label"], ningxia2025.tracks[0]?.label, "tracks", "重复出现"],
    ["no field at all", ["fields"], [], "fields", "至少要有 1 个，现在有 0 个。"],
  ])("%s", ([, steps, value, at, says]) => {
    const draft = withValue({ ...ningxia2025, id: "ningxia-2026" }, steps, value);
    const [fault, ...others] = judgeNotice(draft);
    expect(others).toEqual([]);
    expect(fault?.path).toBe(at);
    expect(fault?.besideField).toContain(says);
    expect(pathsOf(groupNotice(draft))).toContain(at);
  });
});

test("a new field of the award begins with all its values, empty; the form asks for each criterion", () => {
  const [names] = groupNotice(ningxia2025);
  const fields = names?.parts[0]?.nodes.find((node) => pathOf(node.steps) === "fields");
  if (fields?.kind !== "things") throw new Error("no list of fields");
  const draft = withValue(ningxia2025, ["fields", fields.things.length], fields.blank);
  const paths = pathsOf(groupNotice(draft));
  const at = `fields[${fields.things.length}]`;
  for (const item of ningxia2025.rubric.items) expect(paths).toContain(`${at}.criteria.value.${item.key}`);
  for (const { path } of judgeNotice({ ...(draft as object), id: "next" })) expect(paths).toContain(path);
});

test("dimensions are shown and typed by their names; the notice holds their keys", () => {
  const nodes = groupNotice(ningxia2025).flatMap(({ parts }) => parts.flatMap((part) => part.nodes));
  const order = nodes.find((node) => pathOf(node.steps) === "rubric.tieOrder");
  if (order?.kind !== "texts") throw new Error("no order of ties");
  const shown = writeTyped(ningxia2025.rubric.tieOrder, order.labels);
  expect(shown).toBe("实效性、创新性、推广价值");
  expect(readTyped("texts", shown, order.labels)).toEqual(ningxia2025.rubric.tieOrder);
  expect(readTyped("texts", "实效性、趣味性", order.labels)).toEqual(["effectiveness", "趣味性"]);
  const items = nodes.find((node) => pathOf(node.steps) === "rubric.items");
  const dimension =
    items?.kind === "things" ? items.things[0]?.find(({ steps }) => steps.at(-1) === "dimension") : undefined;
  expect(dimension).toMatchObject({ kind: "text", labels: order.labels });
});

test("beside a field nothing is called as the file calls it", () => {
  const changes: readonly (readonly [steps: Steps, value: unknown])[] = [
    [["fields", 0, "roles", "value"], ["校长"]],
    [["fields", 0, "criteria", "value", "concept"], undefined],
    [["rubric", "items", 0, "max"], 5],
    [["limits", "firstAuthored", "value"], 4],
  ];
  for (const [steps, value] of changes) {
    const faults = judgeNotice(withValue({ ...ningxia2025, id: "n1" }, steps, value));
    expect(faults).toHaveLength(1);
    expect(faults[0]?.besideField).not.toMatch(/[a-z]{3}/);
  }
});

test("a criterion that is emptied is taken away, so that one of an item that is gone can go", () => {
  const at = ["fields", 0, "criteria", "value", "concept"];
  const draft = withValue(ningxia2025, at, readTyped("long", "  "));
  expect(Object.keys(valueAt(draft, at.slice(0, -1)) as object)).not.toContain("concept");
  expect(valueAt(ningxia2025, at)).toBeDefined();
});
