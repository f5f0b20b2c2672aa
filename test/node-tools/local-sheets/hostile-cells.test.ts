import { describe, expect, test } from "vitest";
import type { FindingsView } from "../../../apps-script/dialogs/views.ts";
import { RefusedError } from "../../../node-tools/local-sheets/local-google.ts";
import { makeSnapshot, tongxin, xingqing } from "../../core/award-builder.ts";
import { administrator, type Desk, laidWorkbook, lightWorkbook, openDesk } from "../../src/shared/shared-desk.ts";
import { sampled } from "../../sweep.ts";
import { byHand, columnOf, findingsOf, triggerError } from "./by-hand.ts";

const officer = "xq@example.org";
const award = makeSnapshot({
  units: [
    { ...xingqing, email: officer },
    { ...tongxin, email: "tx@example.org" },
  ],
  submissions: [{}, {}, { nominator: "同心县教育局" }],
});

const cellOf = (desk: Desk, sheet: string, row: number, label: string) =>
  desk.sheet(sheet).rows[row - 1]?.[columnOf(desk, sheet, label) - 1] ?? null;
const type = (desk: Desk, sheet: string, row: number, label: string, text: string, user = administrator) =>
  desk.google.edit(desk.id, user, { sheet, row, column: columnOf(desk, sheet, label), values: [[text]] });

const cells = [
  { sheet: "案例", label: "案例名称" },
  { sheet: "案例", label: "第一作者" },
  { sheet: "专家", label: "专家姓名" },
  { sheet: "联络员", label: "姓名" },
  { sheet: "正文", label: "案例概要" },
];

describe("a formula where a text belongs", () => {
  const formulas = ['=IMPORTXML("http://x.example","//a")', "=1+1", "=案例!A1"];

  test.for(sampled(cells.flatMap((cell) => formulas.map((formula) => ({ ...cell, formula })))))(
    "$formula in $sheet $label: told, never rewritten",
    ({ sheet, label, formula }) => {
      const desk = openDesk(lightWorkbook(award));
      const column = columnOf(desk, sheet, label);
      byHand(
        desk,
        `book.getSheetByName("${sheet}").getRange(2, ${column}).setNumberFormat("General").setFormula(${JSON.stringify(formula)});`,
      );
      const before = cellOf(desk, sheet, 2, label);
      desk.run("checkAll");
      expect(findingsOf(desk).join("\n")).toContain(`DATA-FORMULA ${sheet} 2 ${label}`);
      desk.run("initializeWorkbook");
      expect(cellOf(desk, sheet, 2, label)).toEqual(before);
      expect(desk.told.join("\n")).not.toContain("没有做完");
    },
  );

  test("a link counts with the text that it shows, and stays a link", () => {
    const desk = openDesk(lightWorkbook(award));
    const column = columnOf(desk, "案例", "案例名称");
    const cell = `book.getSheetByName("案例").getRange(2, ${column})`;
    const shown = '=HYPERLINK("http://x.example","兴庆区的实践")';
    byHand(desk, `${cell}.setNumberFormat("General").setFormula(${JSON.stringify(shown)});`);
    desk.run("checkAll");
    expect(findingsOf(desk)).toContain("ANON-REGION 案例 2 案例名称 A001");
    expect(byHand(desk, `return ${cell}.getFormulas()[0][0];`)).toBe(shown);
  });

  test("typed where texts are kept, it is a text", () => {
    const desk = openDesk(laidWorkbook(award));
    type(desk, "案例", 2, "案例名称", "=1+1");
    desk.run("checkAll");
    expect(cellOf(desk, "案例", 2, "案例名称")).toBe("=1+1");
  });
});

test("markup in cells reaches the sidebar as the text that it is", () => {
  const desk = openDesk(lightWorkbook(award));
  const markup = `<script>alert("1")</script>`;
  type(desk, "案例", 2, "案例编号", markup);
  type(desk, "案例", 2, "曾获表彰", "<img src=x onerror=alert(1)>");
  desk.run("checkAll");
  const view = desk.google.run(desk.id, administrator, "loadFindings") as FindingsView;
  expect(view.findings.some(({ id }) => id === markup)).toBe(true);
  expect(view.findings.map(({ message }) => message).join()).toContain("<img src=x onerror=alert(1)>");
});

describe("texts that look like something else", () => {
  const titles = [
    "=1+1",
    "+86 的实践",
    "-1 到 1",
    "@全体教师",
    "'引号开头",
    "2025-01-01",
    "1e5",
    "TRUE",
    "007",
    "50%",
    "￥12",
  ];

  test("are imported as they are, and stay so when imported again", () => {
    const desk = openDesk(laidWorkbook(award));
    const values = [
      ["推荐单位", "案例编号", "案例名称", "领域", "赛道", "学段", "关键词"],
      // What is typed behind an apostrophe is kept to the letter.
      ...titles.map((title, i) => ["兴庆区教育局", `T${i}`, `'${title}`]),
    ];
    const paste = () => desk.google.edit(desk.id, administrator, { sheet: "粘贴区", row: 2, column: 1, values });
    const imported = () => {
      const [id, title] = ["案例编号", "案例名称"].map((label) => columnOf(desk, "案例", label) - 1);
      const byId = new Map(desk.sheet("案例").rows.map((row) => [row[id ?? 0], row[title ?? 0]]));
      return titles.map((_, i) => byId.get(`T${i}`));
    };
    paste();
    desk.run("importPasted");
    expect(imported()).toEqual(titles);
    paste();
    desk.run("importPasted");
    expect(imported()).toEqual(titles);
    desk.run("checkAll");
    expect(imported()).toEqual(titles);
    expect(findingsOf(desk).filter((line) => line.startsWith("DATA-FORMULA 案例")).length).toBeGreaterThan(0);
  });
});

describe("more than a workbook is made for", () => {
  const many = (count: number, cell: (i: number) => string[]) => Array.from({ length: count }, (_, i) => cell(i));

  test("60,000 rows in 粘贴区: reported, and left where they are", () => {
    const desk = openDesk(lightWorkbook(award));
    const values = [
      ["推荐单位", "案例编号", "案例名称"],
      ...many(60_000, (i) => ["兴庆区教育局", `P${i}`, `案例${i}`]),
    ];
    desk.google.edit(desk.id, administrator, { sheet: "粘贴区", row: 2, column: 1, values });
    const before = desk.sheet("案例");
    desk.run("importPasted");
    expect(desk.told.at(-1)).toContain("“粘贴区”里有 60001 行，一次最多导入 10000 行");
    expect(desk.sheet("案例")).toEqual(before);
    expect(desk.sheet("粘贴区").rows).toHaveLength(60_002);
  });

  test("60,000 rows pasted into 案例: whoever pastes is told, and so is whoever runs an action; nothing is written", () => {
    const desk = openDesk(lightWorkbook(award));
    desk.google.edit(desk.id, administrator, {
      sheet: "案例",
      row: 5,
      column: 1,
      values: many(60_000, (i) => [`P${i}`, `案例${i}`]),
    });
    expect(triggerError(desk)).toBeUndefined();
    expect(desk.told.at(-1)).toContain("一次改动了 60000 行");
    for (const name of ["checkAll", "checkOwnUnit", "initializeWorkbook", "lockSubmissions", "recommendByFirstScore"]) {
      desk.answers.push("");
      desk.run(name);
      expect(desk.told.at(-1), name).toContain("“案例”表有 60004 行");
    }
    expect(desk.sheet("检查").rows).toHaveLength(1);
    expect(desk.sheet("案例").rows).toHaveLength(60_004);
  });

  test("a text of 50,000 characters is judged and kept; a longer one is refused when it is typed", () => {
    const desk = openDesk(lightWorkbook(award));
    const long = "字".repeat(50_000);
    const values = [["兴庆区教育局", "A001", "案例", long, "特色", "过程", "应用"]];
    desk.google.edit(desk.id, administrator, { sheet: "正文", row: 2, column: 1, values });
    desk.run("checkAll");
    expect(findingsOf(desk).join("\n")).toContain("TEXT-SECTION 正文 2 案例概要");
    expect(cellOf(desk, "正文", 2, "案例概要")).toBe(long);
    expect(() => type(desk, "正文", 2, "案例概要", `${long}字`)).toThrow(RefusedError);
    expect(cellOf(desk, "正文", 2, "案例概要")).toBe(long);
  });

  test("a text that an .xlsx file could not hold is not imported, the other rows are", () => {
    const desk = openDesk(lightWorkbook(award));
    const values = [
      ["推荐单位", "案例编号", "案例名称", "案例概要"],
      ["兴庆区教育局", "L1", "长文", "字".repeat(40_000)],
      ["兴庆区教育局", "L2", "短文", "字"],
    ];
    desk.google.edit(desk.id, administrator, { sheet: "粘贴区", row: 2, column: 1, values });
    desk.run("importPasted");
    expect(desk.told.at(-1)).toContain("1 行没有收下，仍在“粘贴区”");
    expect(desk.told.join()).toContain("第 3 行“长文”未收下：“案例概要”有 40000 个字符");
    expect(desk.sheet("正文").rows.flat()).toContain("L2");
    expect(desk.sheet("粘贴区").rows.flat()).toContain("字".repeat(40_000));
  });
});
