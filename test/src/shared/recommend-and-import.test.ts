import { describe, expect, test } from "vitest";
import { planImport } from "../../../apps-script/core/import/plan-import.ts";
import { stampVersions } from "../../../apps-script/core/log/log.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { applyPatch } from "../../../apps-script/core/workbook/apply-patch.ts";
import { makeSnapshot } from "../../core/award-builder.ts";
import { byHand } from "../../node-tools/local-sheets/by-hand.ts";
import { header, keys, paste, rowOf, table, workbook } from "./pasted-table.ts";
import { administrator, computedLabels, type Desk, lightWorkbook, openDesk, stateOf } from "./shared-desk.ts";

/** The first `count` cells below a label of 案例. */
function cells(desk: Desk, label: string, count = 4) {
  const [labels = [], ...rows] = desk.sheet("案例").rows;
  return rows.slice(0, count).map((row) => row[labels.indexOf(label)] ?? null);
}

describe("按初评分推荐", () => {
  const snapshot = makeSnapshot({
    submissions: [{ firstScore: 70 }, { firstScore: 90 }, { firstScore: 80, priorAward: "是" }, { firstScore: 60 }],
    settings: { 教育局城市赛道名额: 2 },
  });
  const recommend = (desk: Desk, date: string) => {
    desk.answers.push(date);
    desk.run("recommendByFirstScore");
  };

  test("the best clean ones within the quota, with the date; counts and reasons are told before", () => {
    const desk = openDesk(lightWorkbook(snapshot));
    recommend(desk, "2025-10-20");
    expect(cells(desk, "推荐")).toEqual(["是", "是", "否", "否"]);
    expect(cells(desk, "推荐日期")).toEqual([
      { kind: "date", iso: "2025-10-20" },
      { kind: "date", iso: "2025-10-20" },
      null,
      null,
    ]);
    expect(desk.told[1]).toContain("将把 2 个案例的“推荐”填为“是”，“推荐日期”填 2025-10-20");
    expect(desk.told[1]).toContain("1 个：检查有错误");
    expect(desk.sheet("日志").rows[1]?.slice(2, 5)).toEqual([
      "推荐",
      stampVersions("推荐日期 2025-10-20", "ningxia-2025"),
      "新推荐 2，未推荐 2",
    ]);
  });

  test("without a date 推荐日期 stays empty", () => {
    const desk = openDesk(lightWorkbook(snapshot));
    recommend(desk, "");
    expect(cells(desk, "推荐")).toEqual(["是", "是", "否", "否"]);
    expect(cells(desk, "推荐日期")).toEqual([null, null, null, null]);
  });

  test.for([
    { name: "a date that is none", settings: {}, date: "下周", told: "“下周”不是日期" },
    { name: "a wrong setting", settings: { 教育局城市赛道名额: "很多" }, date: "", told: "参数有误" },
  ])("$name: told, nothing written", ({ settings, date, told }) => {
    const desk = openDesk(lightWorkbook(makeSnapshot({ submissions: [{}, {}], settings })));
    const before = stateOf(desk);
    recommend(desk, date);
    expect(desk.told.at(-1)).toContain(told);
    expect(stateOf(desk)).toEqual(before);
  });

  test("cancelled at the question: nothing is written", () => {
    const desk = openDesk(lightWorkbook(snapshot));
    const before = stateOf(desk);
    desk.google.surroundings.alert = () => "CANCEL";
    recommend(desk, "");
    expect(stateOf(desk)).toEqual(before);
  });
});

describe("导入（从本表的粘贴区）", () => {
  test("ends in the workbook that the other host's import makes", () => {
    const desk = openDesk(lightWorkbook(workbook));
    paste(desk, table);
    const rows = desk.sheet("粘贴区").rows.map((row, i) => (i === 0 ? [] : row));
    const input = { file: "粘贴区", digest: "", encoding: "", sheets: [{ name: "粘贴区", hidden: false, rows }] };
    const before = desk.google.snapshotOf(desk.id);
    const wanted = applyPatch(before, planImport(before, [input], ningxia2025).patch);
    desk.run("importPasted");
    const typed = (sheets: typeof wanted, name: string) =>
      sheets.sheets
        .find((sheet) => sheet.name === name)
        ?.rows.slice(0, 10)
        .map((row, _, [labels = []]) =>
          row.filter((_, i) => !computedLabels.has(String(labels[i]))).slice(0, keys.length - 1),
        );
    for (const name of ["案例", "正文", "导入记录"])
      expect(typed(desk.google.snapshotOf(desk.id), name)).toEqual(typed(wanted, name));
    expect(desk.told[0]).toContain("新增 3，更新 0，未变 1，原样保留 4 处");
    expect(desk.sheet("粘贴区").rows).toHaveLength(1);
    expect(cells(desk, "推荐单位", 9)).toContain("同心县教育局");
    expect(desk.sheet("案例").rows.flat()).toContain("640001198001010011");
    expect(desk.sheet("日志").rows[1]?.slice(2, 5)).toEqual([
      "导入",
      stampVersions("粘贴区 → 案例", "ningxia-2025"),
      "新增 3，更新 0，未变 1，未收下 0",
    ]);
  });

  test("rejected rows stay, with the reason", () => {
    const desk = openDesk(lightWorkbook(workbook));
    paste(desk, [header, rowOf(5), rowOf(6, { id: "" })]);
    desk.run("importPasted");
    expect(desk.sheet("粘贴区").rows).toHaveLength(4);
    expect([...desk.sheet("粘贴区").notes]).toEqual([["4:1", expect.stringContaining("未收下：")]]);
    expect(desk.told.at(-1)).toContain("1 行没有收下，仍在“粘贴区”");
  });

  test.for([
    { name: "nothing pasted", values: [[""]], told: "“粘贴区”是空的" },
    {
      name: "no table of ours",
      values: [
        ["甲", "乙"],
        ["1", "2"],
      ],
      told: "认不出这是哪一种表",
    },
    { name: "60,000 rows", values: Array.from({ length: 60_000 }, () => ["x"]), told: "一次最多导入 10000 行" },
  ])("$name: told, nothing changed", ({ values, told }) => {
    const desk = openDesk(lightWorkbook(workbook));
    paste(desk, values);
    const before = desk.sheet("案例");
    desk.run("importPasted");
    expect(desk.told.at(-1)).toContain(told);
    expect(desk.sheet("案例")).toEqual(before);
  });

  test("merged cells that came along with a paste go, as do the notes of an earlier attempt", () => {
    const desk = openDesk(lightWorkbook(workbook));
    const unit = ["640205", "惠农区教育局", "教育局", "惠农区", "石嘴山市"];
    const labels = ["单位代码", "单位名称", "类别", "别名", "上级单位"];
    paste(desk, [labels, unit, ["", "平罗县教育局", "教育局", "平罗县", "石嘴山市"]]);
    desk.run("importPasted");
    expect([...desk.sheet("粘贴区").notes.keys()]).toEqual(["4:1"]);
    byHand(desk, 'book.getSheetByName("粘贴区").getRange("A6:C6").merge();');
    desk.google.edit(desk.id, administrator, { sheet: "粘贴区", row: 4, column: 1, values: [["640221"]] });
    desk.run("importPasted");
    expect(desk.told.at(-1)).toContain("已导入");
    expect([...desk.sheet("粘贴区").notes]).toEqual([]);
    expect(desk.sheet("粘贴区").rows).toHaveLength(1);
    expect(byHand(desk, 'return book.getSheetByName("粘贴区").getRange("A1:Z9").getMergedRanges().length;')).toBe(0);
    // Formats that came along with the paste are gone: what is typed there is text again.
    paste(desk, [["1-2"]]);
    expect(desk.sheet("粘贴区").rows[1]).toEqual(["1-2"]);
  });

  test("with nothing that can be taken in is not asked about, and 日志 stays as it is", () => {
    const desk = openDesk(lightWorkbook(workbook));
    const values = [
      ["甲", "乙"],
      ["1", "2"],
    ];
    paste(desk, values);
    const before = desk.sheet("日志");
    desk.run("importPasted");
    expect(desk.told).toHaveLength(1);
    expect(desk.told[0]).toContain("没有可以收下的内容，各表没有改动");
    expect(desk.sheet("日志")).toEqual(before);
    expect(desk.sheet("粘贴区").notes.size).toBe(1);
  });
});
