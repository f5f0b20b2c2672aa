import { describe, expect, test } from "vitest";
import { csv, Import, unitRoster, xlsx } from "./import-inputs.ts";

const header =
  "案例编号,案例名称,领域,赛道,学段,关键词,推荐单位,第一作者,第一作者单位,第一作者教育云账号,第一作者身份,提交日期,视频分辨率,视频时长,初评得分,推荐,状态";
const line = (id: string) =>
  `${id},课堂改进探索,教学革新,城市,小学,甲词、乙词、丙词,兴庆区教育局,赖澜思,兴庆区第二小学,acc${id},教师,2025-08-01,1920*1080,00:17:00,80,否,有效`;

/** `行：理由` of the rows that are not taken. */
function rejectedOf(text: string, split: (line: string) => string[] = (row) => row.split(",")): string[] {
  const rows = text.split("\n").map((row) => split(row).map((cell) => (cell === "" ? null : cell.replace(/¶/g, "\n"))));
  for (const row of rows) while (row.length > 0 && row.at(-1) === null) row.pop();
  const [entry] = new Import().take(unitRoster).take(csv("导出.csv", rows)).entries;
  return entry?.rejected.map(({ row, reason }) => `${row}：${reason}`) ?? [];
}

const edited = (change: (row: string) => string) =>
  [header, line("C0001"), change(line("C0002")), line("C0003")].join("\n");

describe("a row of a .csv whose cells stand in the wrong columns is not taken, the others are", () => {
  test.for([
    {
      name: "a comma in the title",
      change: (row: string) => row.replace("课堂改进", "课堂,改进"),
      says: ["多出 1 格", "领域"],
    },
    { name: "two", change: (row: string) => row.replace("课堂改进", "课,堂,改进"), says: ["多出 2 格", "领域"] },
    { name: "in the keywords", change: (row: string) => row.replace("、乙词", ",乙词"), says: ["多出 1 格"] },
    { name: "in a unit", change: (row: string) => row.replace("兴庆区第二", "兴庆区,第二"), says: ["多出 1 格"] },
    {
      name: "the last cells empty",
      change: (row: string) => row.replace("课堂改进", "课堂,改进").replace(",80,否,有效", ",80,,"),
      says: ["多出 1 格", "领域"],
    },
    { name: "a cell too few", change: (row: string) => row.replace("课堂改进探索,", ""), says: ["少了 1 格"] },
    { name: "text behind the last cell", change: (row: string) => row.replace("有效", "取消资格,一稿多投"), says: [] },
  ])("$name", ({ change, says }) => {
    const rejected = rejectedOf(edited(change));
    expect(rejected.length).toBe(says.length === 0 ? 0 : 1);
    for (const part of says) expect(rejected[0]).toContain(part);
    expect(rejected[0]?.slice(0, 2) ?? "3：").toBe("3：");
  });

  test("rows that a stray quote has swallowed are told", () => {
    const swallowed = `C0002,课堂改进探索,教学革新,城市¶${line("C0003").split(",").slice(0, 2).join("⋮")}`;
    const rows = [header, line("C0001"), `${swallowed},教学革新,${line("C0003").split(",").slice(3).join(",")}`].join(
      "\n",
    );
    const [told] = rejectedOf(rows.replace("探索,教学革新,城市¶", "探索⋮教学革新⋮城市¶"), (row) =>
      row.split(",").map((cell) => cell.replace(/⋮/g, ",")),
    );
    expect(told).toContain("“案例名称”一格里连着下面 1 行的内容");
  });

  test.for([
    { name: "clean", text: edited((row) => row) },
    { name: "an empty cell behind each row", text: edited((row) => `${row},`) },
    { name: "an empty cell behind one row", text: [header, `${line("C0001")},,`, line("C0002")].join("\n") },
    { name: "remarks beside every row", text: [header, `${line("C0001")},好`, `${line("C0002")},好`].join("\n") },
    { name: "one remark", text: edited((row) => `${row},请核对`) },
    { name: "one wrong value", text: edited((row) => row.replace("教学革新", "教学")) },
    { name: "three wrong values", text: edited((row) => row.replace("教学革新,城市,小学", "教学,郊区,一年级")) },
    { name: "a duration and a score nobody can read", text: edited((row) => row.replace("00:17:00,80", "一刻钟,优")) },
    { name: "a text of two lines", text: edited((row) => row.replace("课堂改进", "课堂¶改进")) },
  ])("taken: $name", ({ text }) => expect(rejectedOf(text)).toEqual([]));

  test("a table of a few columns", () => {
    const liaisons = "推荐单位,姓名,联系电话\n兴庆区教育局,赖澜思,13900000001\n兴庆区教育局,赖,澜衡,13900000002";
    expect(rejectedOf(liaisons)).toEqual([expect.stringContaining("3：这一行多出 1 格，从“联系电话”一列起")]);
    expect(
      rejectedOf("推荐单位,姓名,联系电话\n兴庆区教育局,赖澜思,13900000001\n兴庆区教育局,赖澜衡,13900000002,新"),
    ).toEqual([]);
  });

  test("texts, which may hold anything: a longer row is not taken", () => {
    const texts = "推荐单位,案例编号,案例名称,案例概要,特色与创新点,研究和实践过程,应用情况及推广价值";
    const row = (id: string) => `兴庆区教育局,${id},题目,概要,特色,过程,应用`;
    expect(rejectedOf([texts, row("C1"), row("C2").replace("过程", "过,程"), row("C3")].join("\n"))).toEqual([
      expect.stringContaining("3：这一行多出 1 格"),
    ]);
  });

  test("a spreadsheet moves nothing", () => {
    const rows = edited((row) => row.replace("课堂改进", "课堂,改进"))
      .split("\n")
      .map((row) => row.split(","));
    const [entry] = new Import().take(unitRoster).take(xlsx("导出.xlsx", { 导出: rows })).entries;
    expect(entry?.rejected).toEqual([]);
  });
});
