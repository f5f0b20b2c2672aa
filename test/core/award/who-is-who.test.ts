import { describe, expect, test } from "vitest";
import { mayBeSameFile, sourceSortKey } from "../../../apps-script/core/award/import-record.ts";
import { makePersonIdentifier } from "../../../apps-script/core/award/people.ts";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import {
  compareSortKeys,
  identityInKey,
  identityOf,
  refoldRowKey,
  rowKeyOf,
  sortKeyOf,
  splitNominator,
  usableAccount,
  withNominator,
} from "../../../apps-script/core/award/row-key.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import {
  expertsSheet,
  liaisonsSheet,
  submissionsSheet,
  textsSheet,
  unitsSheet,
} from "../../../apps-script/core/schema/application.ts";
import { type AwardParts, makeSnapshot, validSubmission } from "../award-builder.ts";

const read = (cells: Readonly<Record<string, string>>) => (key: string) => cells[key] ?? "";

describe("persons", () => {
  const entry = (name: string, unit = "", account = "") => ({ name, unit, account });
  const known = [
    entry("甲某", "第一小学", "nx1"),
    entry("乙某", "第一小学", "nx2"),
    entry("乙某", "第一小学", "nx3"),
    entry("丙某", "第一小学", "NX4"),
    entry("丙某", "第一小学", "nx4"),
    entry("丁某", "第一小学"),
    entry("", "第一小学", "nx9"),
  ];
  const identify = makePersonIdentifier(known);
  const same = (a: ReturnType<typeof entry>, b: ReturnType<typeof entry>, scopes = ["1", "2"]) =>
    identify(a, scopes[0]!) === identify(b, scopes[1]!);

  test.for([
    { name: "one account, two names", a: entry("甲某", "", "nx1"), b: entry("别名", "", "NX1"), one: true },
    {
      name: "two accounts, one name and unit",
      a: entry("乙某", "第一小学", "nx2"),
      b: entry("乙某", "第一小学", "nx3"),
      one: false,
    },
    {
      name: "no account: the only one of that name and unit",
      a: entry("甲某", "第一小学"),
      b: entry("甲某", "", "nx1"),
      one: true,
    },
    {
      name: "no account, two of that name and unit",
      a: entry("乙某", "第一小学"),
      b: entry("乙某", "", "nx2"),
      one: false,
    },
    {
      name: "one account in two spellings is one",
      a: entry("丙某", "第一小学"),
      b: entry("丙某", "", "nx4"),
      one: true,
    },
    {
      name: "no account anywhere, one name and unit",
      a: entry("丁某", "第一小学"),
      b: entry("丁 某", "第一小学"),
      one: true,
    },
    { name: "of another unit", a: entry("甲某", "第二小学"), b: entry("甲某", "第一小学"), one: false },
    { name: "a name alone, in two rows", a: entry("戊某"), b: entry("戊某"), one: false },
    { name: "two names alone, in two rows", a: entry("戊某"), b: entry("己某"), one: false },
  ])("$name: one person $one", ({ a, b, one }) => expect(same(a, b)).toBe(one));

  test("a name alone in one row is one", () => {
    expect(same(entry("戊某"), entry("戊某"), ["1", "1"])).toBe(true);
    expect(same(entry("戊某"), entry("己某"), ["1", "1"])).toBe(false);
  });
});

describe("rows", () => {
  const identity = (sheet: Parameters<typeof identityOf>[0], cells: Record<string, string>) =>
    identityOf(sheet, read(cells));
  test.for([
    {
      name: "a number of two units",
      a: { nominator: "兴庆区教育局", id: "A1" },
      b: { nominator: "同心县教育局", id: "A1" },
      same: false,
    },
    {
      name: "a number in small letters",
      a: { nominator: "兴庆区教育局", id: "A1" },
      b: { nominator: "兴庆区 教育局", id: "a1" },
      same: true,
    },
    {
      name: "two numbers",
      a: { nominator: "兴庆区教育局", id: "A1" },
      b: { nominator: "兴庆区教育局", id: "A2" },
      same: false,
    },
  ])("$name is the same: $same", ({ a, b, same }) => {
    expect(identity(submissionsSheet, a) === identity(submissionsSheet, b)).toBe(same);
    expect(identity(textsSheet, a) === identity(textsSheet, b)).toBe(same);
  });

  test("an expert is the account; where it is missing or ruined, name and telephone", () => {
    const expert = (cells: Record<string, string>) => identity(expertsSheet, { nominator: "兴庆区教育局", ...cells });
    expect(expert({ account: "nx1", name: "甲某" })).toBe(expert({ account: "NX1", name: "乙某" }));
    expect(expert({ account: "1.23457E+17", name: "甲某", phone: "1" })).not.toBe(
      expert({ account: "1.23457E+17", name: "乙某", phone: "2" }),
    );
    expect(expert({ account: "无", name: "甲某", phone: "1" })).toBe(expert({ name: "甲某", phone: "1" }));
    expect(expert({ name: "甲某", phone: "1" })).not.toBe(expert({ name: "甲某", phone: "2" }));
    expect(expert({ name: "甲某", phone: "无" })).toBe(expert({ name: "甲某" }));
    expect(usableAccount(read({ account: "1.23457E+17" }))).toBe("");
  });

  test("an expert's key holds the stage, a liaison's the name, a unit's the code alone", () => {
    const cells = { nominator: "兴庆区教育局", account: "nx1", name: "甲某", stage: "小学", code: "640104" };
    const key = rowKeyOf(expertsSheet, read(cells));
    expect(key).not.toBe(rowKeyOf(expertsSheet, read({ ...cells, stage: "初中" })));
    expect(identityInKey(expertsSheet, key)).toBe(identityOf(expertsSheet, read(cells)));
    expect(rowKeyOf(liaisonsSheet, read(cells))).toMatch(/\|甲某$/);
    expect(rowKeyOf(unitsSheet, read(cells))).toBe("640104");
    expect(splitNominator(key).rest).toMatch(/^\|/);
    expect(withNominator(key, "同心县教育局")).toBe(
      rowKeyOf(expertsSheet, read({ ...cells, nominator: "同心县教育局" })),
    );
  });

  test.for([
    { sheet: unitsSheet, cells: { code: "zs01" } },
    { sheet: submissionsSheet, cells: { nominator: "兴庆区教育局", id: "A1" } },
    { sheet: expertsSheet, cells: { nominator: "兴庆区教育局", account: "nx1", stage: "小学" } },
    { sheet: expertsSheet, cells: { nominator: "兴庆区教育局", account: "nx/1", stage: "小学" } },
    { sheet: expertsSheet, cells: { nominator: "兴庆区教育局", name: "甲某", phone: "139", stage: "小学" } },
    { sheet: liaisonsSheet, cells: { nominator: "兴庆区教育局", name: "甲某" } },
  ])("a key that is folded already stays as it is: $sheet.label $cells", ({ sheet, cells }) => {
    const key = rowKeyOf(sheet, read(cells));
    expect(refoldRowKey(sheet, key)).toBe(key);
    if (sheet !== liaisonsSheet) expect(refoldRowKey(sheet, key.toUpperCase())).toBe(key);
  });

  test("experts stand by unit, stage of the notice, number, name; those without stage or number last", () => {
    const stages = ["小学", "初中"];
    const key = (cells: Record<string, string>) =>
      sortKeyOf(expertsSheet, stages, read({ nominator: "甲局", ...cells }));
    const inOrder = [
      { nominator: "a局", stage: "初中", no: "9" },
      { stage: "小学", no: "2" },
      { stage: "小学", no: "10" },
      { stage: "小学", no: "" },
      { stage: "初中", no: "1", name: "甲" },
      { stage: "初中", no: "1", name: "甲", account: "1" },
      { stage: "高中", no: "1" },
    ].map(key);
    expect([...inOrder].reverse().sort(compareSortKeys)).toEqual(inOrder);
    expect(compareSortKeys(key({ no: "1" }), key({ no: "1" }))).toBe(0);
    expect(compareSortKeys(["a"], ["a", 1])).toBeLessThan(0);
  });

  test("files of one name, the place of a row in them", () => {
    expect(mayBeSameFile("甲/专家.xlsx", "专家.xlsx")).toBe(true);
    expect(mayBeSameFile("专家.xlsx", "专家.xlsx")).toBe(true);
    expect(mayBeSameFile("旧专家.xlsx", "专家.xlsx")).toBe(false);
    expect(sourceSortKey(undefined)).toEqual(["", 0]);
  });
});

describe("submissions", () => {
  const award = (parts: AwardParts) => readAward(makeSnapshot(parts), ningxia2025);
  const row = (id: string, nominator = "兴庆区教育局", more = {}) => ({
    ...validSubmission(0),
    id,
    nominator,
    ...more,
  });

  test("rows of one number have keys of their own, each with its text in turn, the last for those beyond", () => {
    const { submissions } = award({
      submissions: [row("A1"), row("a1"), row("A1"), row("A2")],
      texts: [
        { id: "A1", nominator: "兴庆区教育局", summary: "一" },
        { id: "A1", nominator: "兴庆区教育局", summary: "二" },
      ],
    });
    expect(new Set(submissions.map(({ key }) => key)).size).toBe(4);
    expect(new Set(submissions.slice(0, 3).map(({ sharedKey }) => sharedKey)).size).toBe(1);
    expect(submissions.map(({ text }) => text?.record.text("summary"))).toEqual(["一", "二", "二", undefined]);
  });

  test("authors in 其他作者 stand behind the fifth, with the school that stands beside the name", () => {
    const { submissions } = award({
      submissions: [row("A1", undefined, { otherAuthors: "冼澜思（兴庆区第三小学）、佘昱妍" })],
    });
    expect(submissions[0]?.authors.map(({ position, name, unit }) => [position, name, unit]).slice(1)).toEqual([
      [6, "冼澜思", "兴庆区第三小学"],
      [7, "佘昱妍", ""],
    ]);
    expect(submissions[0]?.firstAuthor?.position).toBe(1);
  });

  test("several in one cell share out units and accounts where there are as many, else have none", () => {
    const names = { "author1.name": "冼澜思、佘昱妍", "author1.account": "nx1、nx2" };
    const { submissions } = award({
      submissions: [
        row("A1", undefined, { ...names, "author1.unit": "第一小学、第二小学" }),
        row("A2", undefined, { ...names, "author1.unit": "第一小学", "author1.account": "nx1" }),
      ],
    });
    expect(submissions.map(({ authors }) => authors.map(({ name, unit, account }) => [name, unit, account]))).toEqual([
      [
        ["冼澜思", "第一小学", "nx1"],
        ["佘昱妍", "第二小学", "nx2"],
      ],
      [
        ["冼澜思", "第一小学", ""],
        ["佘昱妍", "第一小学", ""],
      ],
    ]);
  });
});
