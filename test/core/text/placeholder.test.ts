import { describe, expect, test } from "vitest";
import { type IdentifyingKind, isDitto, isPlaceholder } from "../../../apps-script/core/text/placeholder.ts";

const kinds: readonly IdentifyingKind[] = ["name", "unit", "account", "code", "title"];
const nothingAnywhere = [
  ...[
    "无",
    "暂无",
    "没有",
    "/",
    "／",
    "\\",
    "-",
    "—",
    "——",
    "－",
    "_",
    "待补",
    "待补充",
    "待定",
    "待填",
    "待完善",
    "未知",
    "未填",
    "未填写",
    "未注册",
  ],
  ...[
    "暂未注册",
    "尚未开通",
    "无账号",
    "没有账号",
    "暂无账号",
    "申请中",
    "正在办理中",
    "见附件",
    "无教育云账号",
    "没注册",
    "未提供",
    "不详",
    "不明",
    "不清",
    "不清楚",
    "不适用",
    "暂缺",
    "缺",
    "空",
    "空白",
    "略",
  ],
  ...["…", "……", "...", "?", "？", "???", "*", "***", "、", "（无）", "无。", "无 ", " 无", "【无】"],
  ...["同上", "同上行", "同前", "〃", "″", '"', "”", "同左", "后补", "以后补", "无此项", "保密", "○", "●", "×", "√"],
];

const latinWords = [
  "N/A",
  "n/a",
  "NA",
  "#N/A",
  "null",
  "NULL",
  "None",
  "none",
  "nil",
  "undefined",
  "TBD",
  "ditto",
  "DITTO",
  "ＮＵＬＬ",
  "Ｎ／Ａ",
];

describe("a placeholder is no identity", () => {
  test.for(nothingAnywhere)("%j, in every kind of cell", (text) => {
    expect(kinds.filter((kind) => !isPlaceholder(text, kind))).toEqual([]);
  });

  test.for(latinWords)("%j, in every kind of cell but a title", (text) => {
    expect(kinds.filter((kind) => !isPlaceholder(text, kind))).toEqual(["title"]);
  });

  test.for<[string, readonly IdentifyingKind[]]>([
    ["0", ["name", "unit", "account", "code"]],
    ["000", ["name", "unit", "account", "code"]],
    ["00000000000", ["name", "unit", "account", "code"]],
    ["11111111111", ["account"]],
    ["1111", ["account"]],
    ["xxx", ["name", "unit", "account", "code"]],
    ["XX", ["name", "unit", "account", "code"]],
    ["x", ["account"]],
    ["一", ["account"]],
    ["nan", ["name", "unit", "account", "code"]],
    ["Nan", ["unit", "account", "code"]],
    ["某某", kinds],
  ])("%j stands for nothing in %j", ([text, expected]) => {
    expect(kinds.filter((kind) => isPlaceholder(text, kind))).toEqual(expected);
  });

  test.for<[string, IdentifyingKind]>([
    ...[
      "吴",
      "吴双",
      "武无忌",
      "吴无",
      "梅有",
      "莫有",
      "于无声",
      "Nan",
      "Na",
      "No",
      "一一",
      "贝多",
      "钱空山",
      "略萨",
      "万待之",
    ].map((s): [string, IdentifyingKind] => [s, "name"]),
    ...["XX小学", "空军中学", "无锡路小学", "一中", "略阳学校", "示范学校"].map((s): [string, IdentifyingKind] => [
      s,
      "unit",
    ]),
    ...["1", "11", "111", "acc0", "zhangsan", "13900000000", "123456", "na001", "null1", "a-b", "x1"].map(
      (s): [string, IdentifyingKind] => [s, "account"],
    ),
    ...["1", "11", "1111", "111111", "1-11", "A0", "XJ0000", "0001", "X", "NA1"].map((s): [string, IdentifyingKind] => [
      s,
      "code",
    ]),
    ...["0", "1", "0 到 1", "X", "XX 课堂", "无纸化课堂", "同上一堂课"].map((s): [string, IdentifyingKind] => [
      s,
      "title",
    ]),
    ["", "name"],
    ["  ", "account"],
  ])("%j is a value: %s", ([text, kind]) => expect(isPlaceholder(text, kind)).toBe(false));
});

test.for([
  ...[
    "同上",
    "同上。",
    "（同上）",
    "同上行",
    "同前",
    "〃",
    "″",
    '"',
    "”",
    "''",
    "ditto",
    "Ditto",
    "do",
    "仝上",
    "↑",
  ].map((text) => ({ text, is: true })),
  ...["", "无", "-", "同心县", "同上一堂课", "上", "张三", '"张三"', "0"].map((text) => ({ text, is: false })),
])("$text refers to the cell above: $is", ({ text, is }) => expect(isDitto(text)).toBe(is));
