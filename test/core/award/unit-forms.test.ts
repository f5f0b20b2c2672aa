import { expect, test } from "vitest";
import { indexUnits } from "../../../apps-script/core/award/unit-forms.ts";
import { directSchool, makeAward, tongxin, xingqing } from "../award-builder.ts";

const { units } = makeAward({ units: [xingqing, tongxin, directSchool] });

test.for<{ listed: string[]; asked: string; found: string[] }>([
  { listed: ["兴庆区第一小学"], asked: "兴庆区第一小学", found: ["兴庆区第一小学"] },
  { listed: ["兴庆区第一小学"], asked: "银川市兴庆区第一小学", found: ["兴庆区第一小学"] },
  { listed: ["宁夏银川市兴庆区第一小学"], asked: "兴庆区第一小学", found: ["宁夏银川市兴庆区第一小学"] },
  { listed: ["兴庆回民第一小学"], asked: "回民第一小学", found: ["兴庆回民第一小学"] },
  { listed: ["银川市第一中学"], asked: "吴忠市第一中学", found: [] },
  // The name of a school is no place, and a rest of four characters could be any school.
  { listed: ["第一示例学校附属小学"], asked: "附属小学", found: [] },
  { listed: ["第一示例学校附属第二小学"], asked: "附属第二小学", found: [] },
  { listed: ["兴庆区一小"], asked: "一小", found: [] },
  { listed: ["兴庆区第一小学"], asked: "第一小学", found: [] },
  { listed: ["兴庆区实验二小学"], asked: "实验二小学", found: ["兴庆区实验二小学"] },
  { listed: ["", "兴庆区第一小学"], asked: "", found: [] },
  {
    listed: ["银川市兴庆区第一小学", "兴庆区第一小学", "同心县第一小学"],
    asked: "兴庆区第一小学",
    found: ["兴庆区第一小学", "银川市兴庆区第一小学"],
  },
])("$asked among $listed", ({ listed, asked, found }) => {
  const index = indexUnits<string>(units);
  for (const each of listed) index.add(each, each);
  expect(index.find(asked)).toEqual(found);
});

test("what is added after a question is found by the next", () => {
  const index = indexUnits<string>(units);
  expect(index.find("兴庆区第一小学")).toEqual([]);
  index.add("兴庆区第一小学", "a");
  expect(index.find("兴庆区第一小学")).toEqual(["a"]);
});
