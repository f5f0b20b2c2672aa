/** 人工核对: what no program can see, as a list for each unit to tick and sign. */

import { awardName, type Notice } from "../notice/notice.ts";
import { submissionsSheet } from "../schema/application.ts";
import { absent, present } from "../schema/choices.ts";
import { type KeyOf, labelOf } from "../schema/sheet-spec.ts";
import { layOutPrintedTable } from "../tables/printed-table.ts";
import { compareText } from "../text/compare.ts";
import { formatDuration } from "../text/duration.ts";
import { groupBy } from "../text/group-by.ts";
import { formatResolution } from "../text/resolution.ts";
import type { SheetPatch } from "../workbook/port.ts";
import type { AssessedMaterials } from "./assess-materials.ts";
import { nominatorName, showName } from "./evidence-finding.ts";
import { baseName } from "./submitted-file.ts";

const box = "□是　□否";

/** What a list of these bears as its name, and the column in which a unit keeps them with its 填报表. */
export const manualChecksLabel = "人工核对";

/** What a person has to look at; of some 案例 has a column, where the right answer is one of its choices. */
export const manualQuestions: readonly {
  readonly label: string;
  readonly column?: { readonly key: KeyOf<typeof submissionsSheet>; readonly right: string };
}[] = [
  { label: "片头显示案例名称", column: { key: "videoTitleCard", right: present } },
  { label: "全程配有字幕", column: { key: "videoSubtitles", right: present } },
  { label: "无企业品牌标识或信息", column: { key: "videoBrand", right: absent } },
  { label: "画面、字幕、配音、图片中无姓名、单位、地区" },
  { label: "无政治性、原则性错误" },
];

function describeVideo({ video }: AssessedMaterials): string {
  if (!video) return "没有可以读取的视频";
  const { width, height, seconds, encodedOn, subtitleTracks } = video.video;
  return [
    showName(baseName(video.file.name)),
    `${formatResolution({ width, height })}，${formatDuration(seconds)}`,
    `文件生成日期 ${encodedOn ?? "未记录"}`,
    subtitleTracks > 0 ? `含字幕轨 ${subtitleTracks} 条，字幕文字须打开看` : "无字幕轨，字幕须看画面",
  ].join("\n");
}

const forbidden = /[\\/?*[\]:']/g;
const longestSheetName = 31;

/** A sheet name of its own for each unit. */
function sheetNames(units: readonly string[]): string[] {
  const taken = new Set<string>();
  return units.map((unit) => {
    const whole = `${manualChecksLabel}-${unit.replace(forbidden, "")}`;
    let name = whole.slice(0, longestSheetName);
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${whole.slice(0, longestSheetName - 3)}-${n}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

/** One printed sheet for each unit, its submissions by number. */
export function buildManualChecks(notice: Notice, assessed: readonly AssessedMaterials[]): SheetPatch[] {
  const units = [...groupBy(assessed, ({ submission }) => nominatorName(submission))].sort(([a], [b]) =>
    compareText(a, b),
  );
  const names = sheetNames(units.map(([unit]) => unit));
  return units.map(([unit, own], i) =>
    layOutPrintedTable({
      sheet: names[i] ?? unit,
      title: `${awardName(notice)}　人工核对表`,
      landscape: true,
      heading: [`单位：${unit}`, `共 ${own.length} 个案例`],
      columns: [
        { label: "序号", width: 5 },
        { label: labelOf(submissionsSheet, "id"), width: 13 },
        { label: labelOf(submissionsSheet, "title"), width: 24, align: "left" },
        { label: "程序读到的视频信息", width: 28, align: "left" },
        ...manualQuestions.map(({ label }) => ({ label, width: 11 })),
        { label: "备注", width: 14, align: "left" },
      ],
      rows: own.map((materials, n) => [
        n + 1,
        materials.submission.id,
        materials.submission.title,
        describeVideo(materials),
        ...manualQuestions.map(() => box.replace("　", "\n")),
        null,
      ]),
      closing: [
        "这些内容程序看不见，请逐个打开视频和图片核对，在相应的方框内打勾；有一项为“否”的，请在备注中写明位置（如 03:20）。视频录制日期以核实的为准，文件生成日期只说明录制不晚于这一天。",
        "核对人（签字）：　　　　　　　　　　复核人（签字）：　　　　　　　　　　单位（盖章）：　　　　　　　　　　日期：　　　　年　　月　　日",
      ],
    }),
  );
}
