import { describe, expect, test } from "vitest";
import {
  type ExpertRow,
  type LiaisonRow,
  makeSnapshot,
  tongxin,
  validExpert,
  validLiaison,
  xingqing,
} from "../award-builder.ts";
import { judgeBoth } from "./live-workbook.ts";

const phones = [
  ...["13900000001", "139 0000 0002", "139-0000-0003", "09511234567", "0951-1234567", "0951 12345678", "010-12345678"],
  ...[
    "1399999",
    "12900000000",
    "139000000011",
    "1234567",
    "0951123",
    "95112345678",
    "8613900000001",
    "008613900000001",
    "8621",
    "86951123",
  ],
  ...[
    "86 13900000001",
    "+86 13900000001",
    "(0951)1234567",
    "0951-1234567-8001",
    "0951-1234567转8001",
    "１３９００００００",
    "139",
  ],
  ...[
    "没有",
    "无",
    "11111111111",
    "0",
    "1.39E+10",
    "139O0000001",
    "13900000001、13900000002",
    "转8001",
    "-",
    "１３９9999",
  ],
];

const names = [
  "王翊霏、冼霏霏",
  "王霏，李四光",
  "王翊霏等3人",
  "团队",
  "王翊霏",
  "阿依古丽·买买提",
  "无",
  "　",
  "李霏/赵四海",
];

const expertProbes: readonly ExpertRow[] = [
  ...phones.map((phone) => ({ phone })),
  { phone: 1399999 },
  { phone: 13900000009 },
  ...names.map((name) => ({ name })),
  ...["小学", "小学部", "初 中", "高中", "幼儿园", "", "其他", "小學", "初中部", "大学", "小学、初中", "无"].map(
    (stage) => ({ stage }),
  ),
  ...["兴庆区教育局", "兴庆区", "不存在县教育局", "", "无", "兴庆区第一小学"].map((nominator) => ({ nominator })),
  ...["", "无", "待评", "/", "高级教师"].map((title) => ({ title })),
  ...["可用", "退出", "已退出", "离职", ""].map((status) => ({ status })),
  ...["2025-07-18", "2025-07-19", "2025年7月20日", "七月", "2025-13-01", "20250718", "20250722"].map((submittedOn) => ({
    submittedOn,
  })),
  ...[
    "twice1",
    "TWICE1",
    "twice1 ",
    "640104202500010001",
    "640104202500010002",
    "6.4E+17",
    "无",
    "",
    "a*b",
    "axb",
    "1111",
    "1111",
  ].map((account) => ({ account })),
  { name: "柏霏妍", phone: "13900000077" },
  { name: "柏霏妍", phone: "13900000077" },
  { unit: "" },
  { fields: "教学革新、天文" },
];

const liaisonProbes: readonly LiaisonRow[] = [
  ...phones.map((phone) => ({ phone })),
  { phone: 1399999 },
  { phone: "" },
  ...names.map((name) => ({ name })),
  ...["兴庆区教育局", "不存在县教育局", "", "　", "无", "兴庆区"].map((nominator) => ({ nominator })),
  ...["6.4E+17", "640104202500010000", "lian1"].map((account) => ({ account })),
];

const snapshot = makeSnapshot({
  units: [xingqing, tongxin],
  experts: expertProbes.map((probe, i) => ({ ...validExpert(i), ...probe })),
  liaisons: liaisonProbes.map((probe, i) => ({ ...validLiaison(i), ...probe })),
});

/** What the formulas may leave, one by one: a formula that gets worse is noticed as one that gets better. */
const leftToRules = {
  experts: [
    'EXPERT-REQUIRED | {"phone":"11111111111"}',
    'EXPERT-REQUIRED | {"account":"1111"}',
    'EXPERT-REQUIRED | {"account":"1111"}',
    'EXPERT-CELL | {"name":"王翊霏、冼霏霏"}',
    'EXPERT-CELL | {"name":"王翊霏等3人"}',
    'EXPERT-NOMINATOR | {"nominator":"不存在县教育局"}',
    'EXPERT-VALUE | {"fields":"教学革新、天文"}',
    'EXPERT-PHONE | {"phone":"１３９００００００"}',
    'EXPERT-PHONE | {"phone":"139O0000001"}',
    'EXPERT-PHONE | {"phone":"13900000001、13900000002"}',
    'EXPERT-PHONE | {"phone":"转8001"}',
    'EXPERT-PHONE | {"phone":"１３９9999"}',
    'EXPERT-STAGE | {"stage":"小学、初中"}',
    'EXPERT-DUPLICATE | {"name":"柏霏妍","phone":"13900000077"}',
    'EXPERT-DUPLICATE | {"name":"柏霏妍","phone":"13900000077"}',
  ],
  liaisons: [
    'LIAISON-NOMINATOR | {"nominator":"不存在县教育局"}',
    'LIAISON-NOMINATOR | {"nominator":"兴庆区"}',
    'LIAISON-CELL | {"name":"王翊霏、冼霏霏"}',
    'LIAISON-CELL | {"name":"王翊霏等3人"}',
    'LIAISON-PHONE | {"phone":"１３９００００００"}',
    'LIAISON-PHONE | {"phone":"139O0000001"}',
    'LIAISON-PHONE | {"phone":"13900000001、13900000002"}',
    'LIAISON-PHONE | {"phone":"转8001"}',
    'LIAISON-PHONE | {"phone":"１３９9999"}',
  ],
};

describe.for([
  { sheet: "experts", probes: expertProbes as readonly object[], least: 40 },
  { sheet: "liaisons", probes: liaisonProbes as readonly object[], least: 12 },
] as const)("即时检查 of $sheet", ({ sheet, probes, least }) => {
  const { checked, live } = judgeBoth(snapshot, true, sheet);
  const tell = (finding: string) => {
    const [code, row] = finding.split(" ");
    return `${code} | ${JSON.stringify(probes[Number(row) - 2])}`;
  };

  test("says nothing that the rules do not say", () => {
    expect([...live].filter((finding) => !checked.has(finding)).map(tell)).toEqual([]);
  });

  test("leaves to the rules what it cannot tell, and no more", () => {
    expect(live.size).toBeGreaterThan(least);
    expect([...checked].filter((finding) => !live.has(finding)).map(tell)).toEqual(leftToRules[sheet]);
  });
});

test("a telephone number of seven digits and an unknown stage are told", () => {
  const { live } = judgeBoth(
    makeSnapshot({ units: [xingqing], experts: [{ ...validExpert(), phone: "1399999", stage: "小学部" }] }),
    true,
    "experts",
  );
  expect([...live]).toEqual(["EXPERT-PHONE 2", "EXPERT-STAGE 2"]);
});
