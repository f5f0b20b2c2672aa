import { expect, test } from "vitest";
import {
  expandRegionNames,
  findRegionOfUnit,
  isEverydayRegionWord,
  type Region,
  shortRegionName,
} from "../../../apps-script/core/text/region-names.ts";

test.for([
  ["兴庆区", "兴庆"],
  ["同心县", "同心"],
  ["银川市", "银川"],
  ["红寺堡区", "红寺堡"],
  ["单县", undefined],
  ["兴庆", undefined],
  ["宁东", undefined],
  ["宁夏回族自治区", undefined],
] as const)("the short form of %s is %s", ([name, short]) => expect(shortRegionName(name)).toBe(short));

test("names are expanded once, the longer ones first", () =>
  expect(expandRegionNames(["兴庆区", "兴庆", "单县"])).toEqual(["兴庆区", "兴庆", "单县"]));

test.for([
  ["同心", true],
  ["西夏", true],
  ["贺兰", true],
  ["同心县", false],
  ["兴庆", false],
] as const)("%s is an everyday word: %s", ([name, everyday]) => expect(isEverydayRegionWord(name)).toBe(everyday));

const withCities: Region[] = [
  { key: "银川", names: ["银川市"] },
  { key: "吴忠", names: ["吴忠市"] },
  { key: "兴庆", names: ["兴庆区", "兴庆"], parent: "银川市" },
  { key: "西夏", names: ["西夏区", "西夏"], parent: "银川市" },
  { key: "贺兰", names: ["贺兰县"], parent: "银川市教育局" },
  { key: "同心", names: ["同心县", "同心"], parent: "吴忠市" },
];
const withoutCities = withCities.slice(2);

test.for([
  { unit: "同心县高级中学", regions: withCities, key: "同心" },
  { unit: "银川市兴庆区第一小学", regions: withCities, key: "兴庆" },
  { unit: "银川市第九中学", regions: withCities, key: "银川" },
  { unit: "宁夏回族自治区银川市兴庆区教育局", regions: withCities, key: "兴庆" },
  { unit: "兴庆第一小学", regions: withCities, key: "兴庆" },
  { unit: "银川兴庆一小", regions: withCities, key: "兴庆" },
  { unit: "银川市兴庆一小", regions: withoutCities, key: "兴庆" },
  { unit: "宁夏银川一中", regions: withCities, key: "银川" },
  { unit: "西夏区贺兰山路小学", regions: withCities, key: "西夏" },
  { unit: "兴 庆\u200b区第一小学", regions: withCities, key: "兴庆" },
  { unit: "同心小学", regions: withCities, key: undefined },
  { unit: "银川市同心小学", regions: withCities, key: "银川" },
  { unit: "银川市同心小学", regions: withoutCities, key: undefined },
  { unit: "宁夏大学附属中学", regions: withCities, key: undefined },
  { unit: "", regions: withCities, key: undefined },
])("$unit is in $key", ({ unit, regions, key }) => expect(findRegionOfUnit(unit, regions)).toBe(key));

test("the order of the regions does not matter", () =>
  expect(findRegionOfUnit("银川市兴庆区第一小学", [...withCities].reverse())).toBe("兴庆"));
