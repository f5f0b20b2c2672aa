import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Notice } from "../../../apps-script/core/notice/notice.ts";

const bureaus = ["兴庆区", "沙坡头区", "平罗县", "泾源县"];
const school = "云帆实验学校";
const surnames = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩";
const given = ["明远", "思齐", "若谷", "知行", "怀瑾", "望舒", "子衿", "清和"];

type Cells = readonly (string | number)[];
const csv = (rows: readonly Cells[]) => `${rows.map((row) => row.join(",")).join("\r\n")}\r\n`;

/** Columns of the platform's export, and a sound submission under the notice. */
function soundRow(notice: Notice, nominator: string, id: string, author: string): Record<string, string | number> {
  return {
    作品编号: id,
    作品名称: `第${id}个数字化探索`,
    学段: notice.stages[0]!,
    关键词: Array.from({ length: notice.keywords.value.min }, (_, i) => `要点${i}`).join("、"),
    推荐单位: nominator,
    第一作者: author,
    第一作者单位: `${nominator.slice(0, 2)}示范校`,
    第一作者账号: `zz${id}`,
    第一作者身份: "教师",
    提交时间: notice.windows.submission.value.from,
    案例概要: `概要之${id}，说明问题由来。`,
    特色与创新点: `特色之${id}。`,
    研究和实践过程: `过程之${id}，分三步推进。`,
    应用情况及推广价值: `应用之${id}。`,
    视频文件: `v${id}.${notice.video.extension.value}`,
    分辨率: `${notice.video.resolution.value.width}*${notice.video.resolution.value.height}`,
    时长: `00:${String(notice.video.minutes.value.min).padStart(2, "0")}:30`,
    录制日期: notice.windows.submission.value.from,
    字幕: "有",
    片头: "有",
    品牌标识: "无",
    是否获过表彰: "否",
    初评得分: 80,
    是否推荐: "否",
    状态: "有效",
  };
}

/**
 * Raw inputs of an award under any notice: four bureaus and a direct school, two submissions a bureau in every field and
 * track of which `flawed` may spoil some, all experts and liaisons that the notice asks for.
 */
export function writeAwardOf(
  notice: Notice,
  folder: string,
  flawed: Readonly<Record<string, Readonly<Record<string, string | number>>>> = {},
): void {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, rows: readonly Cells[]) => writeFileSync(join(folder, name), csv(rows));
  const units = [...bureaus.map((place) => `${place}教育局`), school];
  write("单位名册.csv", [
    ["单位代码", "单位名称", "类别", "别名", "上级单位"],
    ...bureaus.map((place, b) => [`99${b}101`, units[b]!, "教育局", place, "自治区"]),
    ["ZS01", school, "厅直属学校", "云帆", "自治区"],
  ]);
  write("联络员.csv", [
    ["推荐单位", "姓名", "联系电话", "教育云账号"],
    ...units.flatMap((unit, u) =>
      Array.from({ length: notice.liaisons.value }, (_, n) => [
        unit,
        `${surnames[u * 2 + n]}联络`,
        `1390951${u}00${n}`,
        `lx${u}${n}`,
      ]),
    ),
  ]);
  let person = 0;
  const nextName = () => {
    person += 1;
    return `${surnames[person % surnames.length]}${given[Math.floor(person / surnames.length) % given.length]}`;
  };
  for (const [u, unit] of units.entries()) {
    const isSchool = unit === school;
    const stages = isSchool
      ? Array.from({ length: notice.experts.school.value }, () => "")
      : notice.stages.flatMap((stage) => Array.from({ length: notice.experts.bureauPerStage.value }, () => stage));
    write(`专家推荐表-${unit}.csv`, [
      ["专家推荐表"],
      [`推荐单位（盖章）：${unit}`],
      ["序号", "专家姓名", "职称", "教育云账号", "单位", "联系电话", "学段", "填报日期"],
      ...stages.map((stage, i) => [
        i + 1,
        nextName(),
        "高级教师",
        `zj${u}${String(i).padStart(2, "0")}`,
        `${isSchool ? "云帆" : bureaus[u]}第${i + 20}学校`,
        `1380951${u}${String(i).padStart(3, "0")}`,
        stage,
        notice.expertDeadline.value,
      ]),
    ]);
    const tracks = isSchool ? [""] : notice.tracks.map((track) => track.label);
    const rows = notice.fields.flatMap((field, f) =>
      tracks.flatMap((track, t) =>
        (isSchool ? [0] : [0, 1]).map((n) => {
          const id = `S${u}${f}${t}${n}`;
          const row = soundRow(notice, unit, id, nextName());
          const stage = notice.stages[(f + t + n) % notice.stages.length]!;
          return { ...row, 所属领域: field.label, 参赛赛道: track, 学段: stage, 初评得分: 80 + n, ...flawed[id] };
        }),
      ),
    );
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    write(`平台导出-${unit}.csv`, [
      columns,
      ...rows.map((row) => columns.map((column) => (row as Record<string, string | number>)[column] ?? "")),
    ]);
  }
}
