import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { indexSchools, type KnownPlace } from "../../../apps-script/core/text/school-name.ts";

const cities: Record<string, string> = {
  银川市: "兴庆区 西夏区 金凤区 永宁县 贺兰县 灵武市",
  石嘴山市: "大武口区 惠农区 平罗县",
  吴忠市: "利通区 红寺堡区 盐池县 同心县 青铜峡市",
  固原市: "原州区 西吉县 隆德县 泾源县 彭阳县",
  中卫市: "沙坡头区 中宁县 海原县",
};
const places: KnownPlace[] = Object.entries(cities).flatMap(([city, districts]) => [
  { names: [city, city.slice(0, -1)] },
  ...districts.split(" ").map((name) => ({ names: [name, name.slice(0, -1)], city })),
]);

/** Of the same school, both ways round. */
function mayBeSame(
  a: string,
  b: string,
  [homeA, homeB]: readonly (string | undefined)[] = [],
  known = places,
): boolean {
  const [there, back] = [
    [a, b, homeA, homeB],
    [b, a, homeB, homeA],
  ].map((row) => {
    const [x, y, homeX, homeY] = row as [string, string, string | undefined, string | undefined];
    const index = indexSchools<string>(known);
    index.add(x, homeX, "x");
    return index.find(y, homeY).length > 0;
  });
  expect(there, `${a} / ${b} one way and the other`).toBe(back);
  return there!;
}

/** Each line: one school in several spellings; each spelling is held against the first. */
const sameSchool = `
兴庆区第三小学 = 兴庆三小 = 兴庆区三小 = 兴庆区第3小学 = 兴庆区第３小学 = 兴庆区3小 = 银川市兴庆区第三小学 = 银川兴庆三小 = 宁夏银川市兴庆区第三小学 = 宁夏回族自治区银川市兴庆区第三小学
兴庆区第三小学 = 兴庆区第三小学（东校区） = 兴庆区第三小学(东校区) = 兴庆区第三小学东校区 = 兴庆区第三小学【本部】 = 兴庆区第三小学分校 = 兴庆三小东区 = 兴庆区第三小学北塔校区 = 兴庆区第三小学（分校 = 兴庆区第三完全小学
银川一中 = 银川市第一中学 = 银川市一中 = 宁夏银川一中 = 银川第1中学 = 银川市第一中学校 = 银川市第一完全中学
中宁县第一中学 = 中宁一中 = 中宁县一中 = 中卫市中宁县第一中学 = 宁夏中宁一中
西吉县第九小学 = 西吉九小 = 西吉县第9小学 = 西吉县九小 = 固原市西吉县第九小学
银川市第二十一小学 = 银川二十一小 = 银川市第21小学 = 银川21小 = 银川市廿一小
银川市第十小学 = 银川十小 = 银川市第10小学
西夏区第十一小学 = 西夏十一小 = 西夏区第11小学
银川市实验小学 = 银川实验小学 = 银川实小 = 银川市实小 = 银川市实验小学阅海校区 = 银川市实验小学（阅海）
兴庆区回民实验小学 = 兴庆区实验回民小学 = 兴庆回民实小
银川市回民中学 = 银川回中 = 银川市回中
吴忠市利通区第二回民小学 = 利通区回民第二小学 = 利通区回民二小 = 利通区回二小
永宁县回民高级中学 = 永宁回民高中 = 永宁县回高中
大武口区第四初级中学 = 大武口四初中 = 大武口区第4初中 = 石嘴山市大武口区第四初级中学
平罗县高级中学 = 平罗高中 = 平罗县高中 = 平罗县普通高级中学
盐池县第五中学 = 盐池五中 = 盐池县5中
隆德县第二幼儿园 = 隆德二幼 = 隆德县第二幼
彭阳县古城镇中心小学 = 彭阳县古城中心小学 = 彭阳县古城镇中心校 = 彭阳古城镇中心学校 = 彭阳县古城镇中心完小 = 古城镇中心小学
同心县王团镇第一小学 = 同心县王团一小 = 王团镇第一小学
西夏区兴泾镇九年一贯制学校 = 西夏区兴泾学校 = 西夏区兴泾镇学校
宁夏大学附属中学 = 宁大附中 = 宁大附属中学 = 宁夏大学附中
宁夏师范大学附属中学 = 宁师大附中 = 宁夏师范学院附属中学
银川市育才中学 = 育才中学 = 宁夏育才中学 = 银川育才中学（勤行校区） = 银川育才中学学益校区
宁夏六盘山高级中学 = 六盘山高中 = 六盘山高级中学
景博学校 = 景博学校小学部 = 景博学校（初中部） = 银川景博学校
银川市第三小学 = 银川市兴庆区第三小学 = 兴庆区第三小学
西吉县教研室 = 西吉县教育局教研室 = 西吉县教学研究室 = 西吉县教研中心 = 西吉县教研室（中心） = 西吉县教育体育局教研室 = 西吉教研室
银川市教育科学研究所 = 银川市教科研所 = 银川市教研所 = 银川市教育局教学研究室
西吉县教育局 = 西吉县教育体育局 = 西吉县教体局 = 固原市西吉县教育局 = 西吉县教育和体育局
沙坡头区特殊教育学校 = 沙坡头特殊教育学校 = 中卫市沙坡头区特殊教育学校
青铜峡市第六中学 = 青铜峡六中 = 青铜峡市六中 = 吴忠市青铜峡市第六中学
灵武市第二小学 = 灵武二小 = 银川市灵武市第二小学
石嘴山市第三中学 = 石嘴山三中 = 石嘴山市第3中学 = 宁夏石嘴山市第三中学
自治区教育厅直属第一示例学校 = 厅直属第一示例学校 = 第一示例学校
固原市原州区第八小学 = 原州区八小 = 原州八小
惠农区回民学校 = 惠农回民学校
泾源县第一小学 = 泾源县第壹小学 = 泾源县第一小学校
金凤区良田镇第一中心小学 = 金凤区良田第一中心小学
`;

const otherSchool = `
兴庆区第三小学 ≠ 金凤区第三小学 ≠ 西夏区第三小学 ≠ 永宁县第三小学 ≠ 吴忠市第三小学 ≠ 金凤三小 ≠ 吴忠市利通区第三小学 ≠ 原州三小
兴庆区第三小学 ≠ 兴庆区第十三小学 ≠ 兴庆区第二小学 ≠ 兴庆区第三中学 ≠ 兴庆三中 ≠ 兴庆区第三幼儿园 ≠ 兴庆区第三十小学 ≠ 兴庆区第四小学 ≠ 兴庆13小 ≠ 兴庆区第三初级中学 ≠ 兴庆区第三高级中学
兴庆区第三小学 ≠ 兴庆区实验小学 ≠ 兴庆区回民小学 ≠ 兴庆区回民第三小学 ≠ 兴庆区第三实验小学 ≠ 兴庆区第三小学附属幼儿园
第三小学 ≠ 第十三小学 ≠ 第三中学 ≠ 第二小学
三小 ≠ 三中 ≠ 十三小 ≠ 二小
实验小学 ≠ 第一小学 ≠ 实验中学 ≠ 回民小学 ≠ 实验幼儿园
银川一中 ≠ 银川二中 ≠ 吴忠一中 ≠ 永宁一中 ≠ 银川市第十一中学 ≠ 银川市第一小学 ≠ 银川市永宁县第一中学 ≠ 灵武一中 ≠ 固原一中
银川市第二十一小学 ≠ 银川市第二小学 ≠ 银川市第一小学 ≠ 银川市第二十小学 ≠ 银川市第十一小学 ≠ 银川市第12小学
永宁县第一中学 ≠ 贺兰县第一中学 ≠ 中宁县第一中学 ≠ 永宁县第一小学
西吉县第九小学 ≠ 西吉县第八小学 ≠ 西吉县第十九小学 ≠ 隆德县第九小学 ≠ 西吉县第九中学
中宁县第一中学 ≠ 中宁县第一小学 ≠ 中宁县第二中学 ≠ 中卫市第一中学 ≠ 海原县第一中学
平罗县高级中学 ≠ 平罗县初级中学 ≠ 平罗县中学 ≠ 平罗县第二高级中学
银川市育才中学 ≠ 银川市育才小学 ≠ 吴忠市育才中学
同心县王团镇第一小学 ≠ 同心县河西镇第一小学 ≠ 同心县第一小学 ≠ 同心县王团镇第二小学
彭阳县古城镇中心小学 ≠ 彭阳县王洼镇中心小学 ≠ 彭阳县古城镇中学
西吉县教研室 ≠ 隆德县教研室 ≠ 固原市教研室 ≠ 西吉县教育局
银川市教研室 ≠ 兴庆区教研室 ≠ 吴忠市教研室
银川市教育局 ≠ 兴庆区教育局 ≠ 石嘴山市教育局
宁夏大学附属中学 ≠ 宁夏大学附属小学 ≠ 宁夏师范大学附属中学
厅直属第一示例学校 ≠ 厅直属第二示例学校 ≠ 厅直属第十一示例学校
云帆实验学校 ≠ 云帆实验学校2部 ≠ 砚田实验学校 ≠ 云帆实验小学
大武口区第四初级中学 ≠ 大武口区第四小学 ≠ 惠农区第四初级中学 ≠ 大武口区第十四初级中学
利通区第二回民小学 ≠ 利通区第二小学 ≠ 利通区回民小学 ≠ 红寺堡区第二回民小学
银川市实验小学 ≠ 石嘴山市实验小学 ≠ 银川市第一小学 ≠ 银川市实验中学
六盘山高级中学 ≠ 六盘山中学 ≠ 贺兰山高级中学
沙坡头区第七小学 ≠ 中宁县第七小学 ≠ 沙坡头区第十七小学
金凤区第一小学 ≠ 金凤区第十一小学 ≠ 金凤区第二十一小学 ≠ 金凤区第一中学 ≠ 金凤区实验小学 ≠ 青铜峡市第一小学
海原县回民小学 ≠ 海原县回民中学 ≠ 海原县小学 ≠ 同心县回民小学
惠农区第一幼儿园 ≠ 惠农区第一小学 ≠ 惠农区第十幼儿园 ≠ 大武口区第一幼儿园
石嘴山市第三中学 ≠ 石嘴山市第十三中学 ≠ 吴忠市第三中学 ≠ 石嘴山市第三小学
景博学校 ≠ 景博小学 ≠ 景博幼儿园
`;

const pairsOf = (table: string, sign: string) =>
  table
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [first, ...rest] = line.split(sign).map((name) => name.trim());
      return rest.map((other) => [first!, other] as const);
    });
const same = pairsOf(sameSchool, "=");
const different = pairsOf(otherSchool, "≠");

describe("names of schools", () => {
  test("a hundred pairs of each kind and more", () => {
    expect(Math.min(same.length, different.length)).toBeGreaterThanOrEqual(100);
  });
  test.for(same)("%s = %s", ([a, b]) => expect(mayBeSame(a, b)).toBe(true));
  test.for(different)("%s ≠ %s", ([a, b]) => expect(mayBeSame(a, b)).toBe(false));
});

describe("a name without a place", () => {
  test.for([
    { name: "lies where it was named", a: "第三小学", b: "兴庆区第三小学", homes: ["兴庆区"], is: true },
    { name: "and nowhere else", a: "第三小学", b: "金凤区第三小学", homes: ["兴庆区"], is: false },
    { name: "in the city, whose district it may be in", a: "三小", b: "兴庆区第三小学", homes: ["银川市"], is: true },
    { name: "the same word of two districts", a: "实验小学", b: "实小", homes: ["兴庆区", "金凤区"], is: false },
    { name: "of one district", a: "实验小学", b: "实小", homes: ["兴庆区", "兴庆"], is: true },
    { name: "the city or county left out", a: "县第一小学", b: "西吉县第一小学", homes: ["西吉县"], is: true },
    { name: "named by nobody: anywhere", a: "第三小学", b: "兴庆区第三小学", homes: [], is: true },
    { name: "a name of its own: anywhere", a: "育才中学", b: "银川市育才中学", homes: ["西吉县"], is: true },
  ])("$name", ({ a, b, homes, is }) => expect(mayBeSame(a, b, homes)).toBe(is));
});

test.for([
  ["兴庆三小", "兴庆区第三小学", true],
  ["银川市兴庆区三小", "兴庆区第3小学", true],
  ["兴庆区第三小学", "金凤区第三小学", false],
  ["兴庆三小", "兴庆十三小", false],
] as const)("without a list of places: %s, %s: %s", ([a, b, is]) => expect(mayBeSame(a, b, [], [])).toBe(is));

test("a number makes one school in whatever digits, and no other", () => {
  const chinese = (n: number) => {
    const digits = "零一二三四五六七八九";
    const tens = Math.floor(n / 10);
    return `${tens === 0 ? "" : `${tens === 1 ? "" : digits[tens]}十`}${n % 10 === 0 ? "" : digits[n % 10]}`;
  };
  const number = fc.integer({ min: 1, max: 99 });
  fc.assert(
    fc.property(number, number, fc.constantFrom("小学", "中学", "初级中学", "幼儿园"), (n, m, kind) => {
      expect(mayBeSame(`银川市第${chinese(n)}${kind}`, `银川${m}${kind}`)).toBe(n === m);
    }),
  );
});
