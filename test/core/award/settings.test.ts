import { describe, expect, test } from "vitest";
import { readAwardTables } from "../../../apps-script/core/award/read-award.ts";
import {
  defaultSettings,
  describeSettingProblems,
  formatAwards,
  readSettings,
  type Settings,
  settingSpecs,
} from "../../../apps-script/core/award/settings.ts";
import { ningxia2025 as notice } from "../../../apps-script/core/notice/ningxia-2025.ts";
import type { CellValue } from "../../../apps-script/core/workbook/port.ts";
import { makeSnapshot } from "../award-builder.ts";

const read = (settings: Readonly<Record<string, CellValue>> = {}) =>
  readSettings(readAwardTables(makeSnapshot({ settings })).settings, notice);

describe("参数", () => {
  test("as nobody has changed it is what the notice says", () =>
    expect(read()).toEqual({ settings: defaultSettings(notice), problems: [] }));

  test.for(settingSpecs(notice).map(({ label }) => label))("%s left empty keeps the notice's value", (label) =>
    expect(read({ [label]: "" })).toEqual({ settings: defaultSettings(notice), problems: [] }),
  );

  test.for<{ label: string; value: CellValue; taken: (settings: Settings) => unknown; is: unknown }>([
    { label: "教育局城市赛道名额", value: 7, taken: (s) => s.notice.quotas.bureau.urban.value, is: 7 },
    { label: "教育局乡村赛道名额", value: "８", taken: (s) => s.notice.quotas.bureau.rural.value, is: 8 },
    {
      label: "教育局城市赛道名额",
      value: 7,
      taken: (s) => s.notice.quotas.bureau.rural,
      is: notice.quotas.bureau.rural,
    },
    { label: "厅直属学校名额", value: 0, taken: (s) => s.notice.quotas.school.value, is: 0 },
    { label: "每个案例作者上限", value: 9, taken: (s) => s.notice.limits.authors.value, is: 9 },
    { label: "每人第一作者案例上限", value: 9, taken: (s) => s.notice.limits.firstAuthored.value, is: 9 },
    { label: "每人参与案例上限", value: 50, taken: (s) => s.notice.limits.participations.value, is: 50 },
    {
      label: "提交截止日期",
      value: "2026年1月2日",
      taken: (s) => s.notice.windows.submission.value.to,
      is: "2026-01-02",
    },
    {
      label: "推荐截止日期",
      value: { kind: "date", iso: "2026-01-02" },
      taken: (s) => s.notice.windows.recommendation.value.to,
      is: "2026-01-02",
    },
    {
      label: "评审开始日期",
      value: "2025-01-02",
      taken: (s) => s.notice.windows.review.value,
      is: { ...notice.windows.review.value, from: "2025-01-02" },
    },
    { label: "专家推荐截止日期", value: "2026-01-02", taken: (s) => s.notice.expertDeadline.value, is: "2026-01-02" },
    { label: "每案评审专家数", value: 20, taken: (s) => s.reviews, is: 20 },
    { label: "计分方法", value: "校准分", taken: (s) => s.method, is: "calibrated" },
    { label: "极差复评阈值", value: "12.5", taken: (s) => s.arbitrationRange, is: 12.5 },
    { label: "复评计分", value: "平均", taken: (s) => s.arbitrationRule, is: "mean" },
    { label: "加评次数", value: 3, taken: (s) => s.spareReviews, is: 3 },
    { label: "文本雷同阈值", value: 0.2, taken: (s) => s.nearDuplicate, is: 0.2 },
    { label: "上下级回避", value: "否", taken: (s) => s.hierarchyConflict, is: false },
    { label: "疑似回避", value: "否", taken: (s) => s.suspicionConflict, is: false },
    { label: "厅直属学校单独排名", value: "是", taken: (s) => s.schoolsRankApart, is: true },
    { label: "分派随机种子", value: 4294967295, taken: (s) => s.seed, is: 4294967295 },
    {
      label: "奖项及比例",
      value: "一等奖 10%；二等奖：20.5%",
      taken: (s) => [s.awards, s.notice.defaults.awards],
      is: [
        [
          { label: "一等奖", share: 0.1 },
          { label: "二等奖", share: 0.205 },
        ],
        [
          { label: "一等奖", share: 0.1 },
          { label: "二等奖", share: 0.205 },
        ],
      ],
    },
  ])("$label: $value", ({ label, value, taken, is }) => {
    const { settings, problems } = read({ [label]: value });
    expect(problems).toEqual([]);
    expect(taken(settings)).toEqual(is);
  });

  test.for<{ label: string; value: CellValue; says: string }>([
    { label: "教育局城市赛道名额", value: 10001, says: "应为 0—10000 之间的整数" },
    { label: "教育局城市赛道名额", value: "1e1", says: "应为 0—10000 之间的整数" },
    { label: "每个案例作者上限", value: 0, says: "应为 1—50 之间的整数" },
    { label: "每人参与案例上限", value: 51, says: "应为 1—50 之间的整数" },
    { label: "每案评审专家数", value: 2.5, says: "应为 1—20 之间的整数" },
    { label: "每案评审专家数", value: 21, says: "应为 1—20 之间的整数" },
    { label: "极差复评阈值", value: 100.5, says: "应为 0—100 之间的数" },
    { label: "文本雷同阈值", value: 0.19, says: "应为 0.2—1 之间的数" },
    { label: "文本雷同阈值", value: 1.01, says: "应为 0.2—1 之间的数" },
    { label: "加评次数", value: -1, says: "应为 0—10000 之间的整数" },
    { label: "分派随机种子", value: 4294967296, says: "应为 0—4294967295 之间的整数" },
    { label: "提交开始日期", value: "明天", says: "应为日期" },
    { label: "计分方法", value: "抽签", says: "应为“平均分”或“" },
    { label: "上下级回避", value: "也许", says: "应为“是”或“否”" },
    { label: "奖项及比例", value: "一等奖", says: "应写成“奖项名称 百分比”" },
    { label: "奖项及比例", value: "10%", says: "应写成“奖项名称 百分比”" },
    { label: "奖项及比例", value: "；", says: "应写成“奖项名称 百分比”" },
    { label: "奖项及比例", value: "一等奖 10%；一等奖 20%", says: "应写成“奖项名称 百分比”" },
    { label: "奖项及比例", value: "一等奖 60%；二等奖 41%", says: "应写成“奖项名称 百分比”" },
    { label: "评审截止日期", value: "2000-01-01", says: "评审截止日期 2000-01-01 早于开始日期" },
    { label: "提交截止日期", value: "2000-01-01", says: "提交截止日期 2000-01-01 早于开始日期" },
    { label: "推荐截止日期", value: "2000-01-01", says: "推荐截止日期 2000-01-01 早于开始日期" },
  ])("$label: $value is refused with its row", ({ label, value, says }) => {
    const { problems } = read({ [label]: value });
    const row = settingSpecs(notice).findIndex((spec) => spec.label === label) + 2;
    expect(problems).toMatchObject([{ row, label, message: expect.stringContaining(says) }]);
    expect(problems[0]?.article).toBeTruthy();
    expect(describeSettingProblems("参数", problems)).toEqual([
      expect.stringMatching(new RegExp(`^“参数”表第 ${row} 行：`)),
    ]);
  });

  test("shares of exactly a hundred per cent, a window of one day", () => {
    expect(read({ 奖项及比例: "一 33.3%、二 33.3%、三 33.4%" }).problems).toEqual([]);
    expect(read({ 评审开始日期: "2025-11-20", 评审截止日期: "2025-11-20" }).problems).toEqual([]);
  });

  test("an item that stands there twice, one that nobody knows", () => {
    const table = readAwardTables(makeSnapshot()).settings;
    const row = (number: number, item: string, value: string) => ({
      row: number,
      raw: () => value,
      text: (key: string) => (key === "item" ? item : value),
    });
    const rows = [row(2, "每案评审专家数", "4"), row(3, "无此项目", "x"), row(5, "每案评审专家数", "5")];
    const { settings, problems } = readSettings({ ...table, rows }, notice);
    expect(settings.reviews).toBe(4);
    expect(problems).toMatchObject([{ row: 5, message: expect.stringContaining("与第 2 行重复") }]);
  });

  test("another notice than that of the workbook is refused", () => {
    const table = readAwardTables(makeSnapshot()).settings;
    const named = (id: string) => ({
      row: 9,
      raw: () => id,
      text: (key: string) => (key === "item" ? "通知编号" : id),
    });
    expect(() => readSettings({ ...table, rows: [named("x-2024")] }, notice)).toThrow("本工作簿按通知 x-2024 办理");
    expect(readSettings({ ...table, rows: [named(notice.id)] }, notice).problems).toEqual([]);
    expect(readSettings({ ...table, rows: [named("")] }, notice).problems).toEqual([]);
  });

  test("awards are written as they are read", () =>
    expect(
      formatAwards([
        { label: "一", share: 0.3 },
        { label: "二", share: 0.2055 },
      ]),
    ).toBe("一 30%；二 20.55%"));
});
