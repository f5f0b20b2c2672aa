import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const bureaus = [
  { code: "640104", name: "兴庆区教育局", alias: "兴庆区" },
  { code: "640502", name: "沙坡头区教育局", alias: "沙坡头区" },
  { code: "640221", name: "平罗县教育局", alias: "平罗县" },
  { code: "640424", name: "泾源县教育局", alias: "泾源县" },
];
const stages = ["小学", "初中", "高中"];
const surnames = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩";
const given = ["明远", "思齐", "若谷", "知行", "怀瑾", "望舒", "子衿", "清和"];

const csv = (rows: readonly (readonly (string | number)[])[]) => `${rows.map((row) => row.join(",")).join("\r\n")}\r\n`;

/** The raw inputs of an award of four bureaus, three submissions each: small enough to run again and again. */
export async function writeSmallAward(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, rows: readonly (readonly (string | number)[])[]) =>
    writeFileSync(join(folder, name), csv(rows));
  write("单位名册.csv", [
    ["单位代码", "单位名称", "类别", "别名", "上级单位"],
    ...bureaus.map((b) => [b.code, b.name, "教育局", b.alias, "自治区"]),
  ]);
  write("联络员.csv", [
    ["推荐单位", "姓名", "联系电话", "教育云账号"],
    ...bureaus.flatMap((b, i) =>
      [0, 1].map((n) => [b.name, `${surnames[i * 2 + n]}联络`, `1390951000${i * 2 + n}`, `lx${i}${n}`]),
    ),
  ]);
  let person = 0;
  const nextName = () => {
    person += 1;
    return `${surnames[person % surnames.length]}${given[Math.floor(person / surnames.length) % given.length]}`;
  };
  for (const [b, bureau] of bureaus.entries()) {
    write(`专家推荐表-${bureau.name}.csv`, [
      ["专家推荐表"],
      [`推荐单位（盖章）：${bureau.name}`],
      ["序号", "专家姓名", "职称", "教育云账号", "单位", "联系电话", "学段", "填报日期"],
      ...Array.from({ length: 15 }, (_, i) => [
        i + 1,
        nextName(),
        "高级教师",
        `zj${b}${String(i).padStart(2, "0")}`,
        `${bureau.alias}第${i + 20}学校`,
        `1380951${b}${String(i).padStart(3, "0")}`,
        stages[Math.floor(i / 5)] ?? "",
        "2025-07-10",
      ]),
    ]);
    write(`平台导出-${bureau.name}.csv`, [
      [
        "作品编号",
        "作品名称",
        "所属领域",
        "参赛赛道",
        "学段",
        "关键词",
        "推荐单位",
        "第一作者",
        "第一作者单位",
        "第一作者账号",
        "第一作者身份",
        "提交时间",
        "案例概要",
        "特色与创新点",
        "研究和实践过程",
        "应用情况及推广价值",
        "视频文件",
        "分辨率",
        "时长",
        "录制日期",
        "字幕",
        "片头",
        "品牌标识",
        "是否获过表彰",
        "初评得分",
        "是否推荐",
        "状态",
      ],
      ...[0, 1, 2].map((n) => [
        `S${b}${n}`,
        `第${b * 3 + n + 1}个数字化探索`,
        "教学革新",
        n === 2 ? "乡村" : "城市",
        stages[n] ?? "",
        "作业、课堂、评价",
        bureau.name,
        nextName(),
        `${bureau.alias}第${n + 1}学校`,
        `zz${b}${n}`,
        "教师",
        "2025-09-01",
        `概要之${b}${n}，说明问题由来。`,
        `特色之${b}${n}。`,
        `过程之${b}${n}，分三步推进。`,
        `应用之${b}${n}。`,
        `v${b}${n}.mp4`,
        "1920*1080",
        "00:17:30",
        "2025-06-01",
        "有",
        "有",
        "无",
        "否",
        80 + n,
        "否",
        "有效",
      ]),
    ]);
  }
}
