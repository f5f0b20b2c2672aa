/** The 28 bureaus that the notice addresses, and invented schools directly under the department. */
export interface GeneratedUnit {
  readonly code: string;
  readonly name: string;
  readonly kind: "bureau" | "school";
  /** What stands before a school's name in this district; the school itself for a direct school. */
  readonly place: string;
  readonly aliases: readonly string[];
  readonly parent: string;
  /** Other ways in which the unit's own files name it. */
  readonly longName: string;
}

/** Districts first, so that a small award has some; the everyday words 贺兰 and 同心 among them. */
const districts: readonly [code: string, place: string, city: string][] = [
  ["640122", "贺兰县", "银川市"],
  ["640221", "平罗县", "石嘴山市"],
  ["640324", "同心县", "吴忠市"],
  ["640502", "沙坡头区", "中卫市"],
  ["640104", "兴庆区", "银川市"],
  ["640422", "西吉县", "固原市"],
  ["640323", "盐池县", "吴忠市"],
  ["640106", "金凤区", "银川市"],
  ["640521", "中宁县", "中卫市"],
  ["640205", "惠农区", "石嘴山市"],
  ["640425", "彭阳县", "固原市"],
  ["640381", "青铜峡市", "吴忠市"],
  ["640105", "西夏区", "银川市"],
  ["640402", "原州区", "固原市"],
  ["640181", "灵武市", "银川市"],
  ["640522", "海原县", "中卫市"],
  ["640202", "大武口区", "石嘴山市"],
  ["640302", "利通区", "吴忠市"],
  ["640423", "隆德县", "固原市"],
  ["640121", "永宁县", "银川市"],
  ["640303", "红寺堡区", "吴忠市"],
  ["640424", "泾源县", "固原市"],
];
const cities: readonly [code: string, place: string][] = [
  ["640100", "银川市"],
  ["640200", "石嘴山市"],
  ["640300", "吴忠市"],
  ["640400", "固原市"],
  ["640500", "中卫市"],
];
const department = "自治区教育厅";

const schoolNames =
  "云帆 砚田 星渚 松岩 汀兰 鹿鸣 观澜 望舒 芸窗 漱石 问渠 采薇 九皋 凌霄 听涛 沐风 青禾 启航 怀瑾 抱朴".split(" ");

const shortPlace = (place: string) => place.slice(0, -1);

function bureau(code: string, place: string, parent: string): GeneratedUnit {
  const name = `${place}教育局`;
  const longName = parent === department ? name : `${parent}${name}`;
  return { code, name, kind: "bureau", place, aliases: [place, shortPlace(place)], parent, longName };
}

const ningdong: GeneratedUnit = {
  code: "640900",
  name: "宁东管委会社会事务局",
  kind: "bureau",
  place: "宁东",
  aliases: ["宁东管委会", "宁东"],
  parent: department,
  longName: "宁东管委会社会事务局",
};

export const allBureaus: readonly GeneratedUnit[] = [
  ...districts.map(([code, place, city]) => bureau(code, place, city)),
  ...cities.map(([code, place]) => bureau(code, place, department)),
  ningdong,
];

export function makeDirectSchools(count: number): GeneratedUnit[] {
  return Array.from({ length: count }, (_, i) => {
    const base = schoolNames[i % schoolNames.length] ?? "";
    const series = Math.floor(i / schoolNames.length);
    const name = series === 0 ? `${base}实验学校` : `${base}实验学校${series + 1}部`;
    const code = `ZX${String(i + 1).padStart(2, "0")}`;
    const aliases = series === 0 ? [`${base}学校`] : [];
    return { code, name, kind: "school", place: name, aliases, parent: department, longName: name };
  });
}
