/** The submission platform's export of one unit: its own column names, and every value in one of many spellings. */
import type { CellValue } from "../../apps-script/core/workbook/port.ts";
import { spacedName } from "./experts.ts";
import type { FileFormat, GeneratedFile } from "./files.ts";
import type { GeneratedUnit } from "./places.ts";
import type { Random } from "./random.ts";
import {
  durationCell,
  joinList,
  spellDate,
  spellDateTime,
  spellDuration,
  spellResolution,
  toFullWidth,
} from "./spelling.ts";
import type { DraftAuthor, DraftSubmission } from "./submissions.ts";

interface Style {
  readonly format: FileFormat;
  readonly titleRows: boolean;
  /** The platform's own headers, or those of the shared workbook. */
  readonly headers: "platform" | "ours";
  readonly names: "name" | "alias" | "code" | "long";
}

const csv = (
  encoding: "gb18030" | "utf-8" | "utf-8-bom" | "utf-16le",
  delimiter: "," | "\t" = ",",
  lineEnd: "\r\n" | "\n" = "\r\n",
) => ({ kind: "csv", encoding, delimiter, lineEnd }) as const;

const styles: readonly Style[] = [
  { format: csv("gb18030"), titleRows: false, headers: "platform", names: "name" },
  { format: { kind: "xlsx" }, titleRows: true, headers: "platform", names: "long" },
  { format: csv("utf-8-bom"), titleRows: true, headers: "platform", names: "alias" },
  { format: csv("gb18030"), titleRows: true, headers: "ours", names: "long" },
  { format: csv("utf-16le", "\t"), titleRows: false, headers: "platform", names: "code" },
  { format: { kind: "xlsx" }, titleRows: false, headers: "ours", names: "name" },
  { format: csv("utf-8", ",", "\n"), titleRows: false, headers: "platform", names: "name" },
];

const authorColumns = (n: number, platform: boolean): [string, string][] => {
  const label = n === 1 ? "第一作者" : `作者${n}`;
  return [
    [`author${n}.name`, label],
    [`author${n}.unit`, `${label}单位`],
    [`author${n}.account`, platform ? `${label}账号` : `${label}教育云账号`],
    [`author${n}.role`, `${label}身份`],
  ];
};

function headersOf(platform: boolean): [key: string, label: string][] {
  const say = (ours: string, theirs: string) => (platform ? theirs : ours);
  return [
    ["id", say("案例编号", "作品编号")],
    ["title", say("案例名称", "作品名称")],
    ["field", say("领域", "所属领域")],
    ["track", say("赛道", "参赛赛道")],
    ["stage", "学段"],
    ["keywords", "关键词"],
    ["nominator", "推荐单位"],
    ...authorColumns(1, platform),
    ["phone", say("联系电话", "手机号")],
    ...[2, 3, 4, 5].flatMap((n) => authorColumns(n, platform)),
    ["otherAuthors", "其他作者"],
    ["submittedOn", say("提交日期", "提交时间")],
    ["summary", "案例概要"],
    ["innovation", "特色与创新点"],
    ["process", "研究和实践过程"],
    ["application", "应用情况及推广价值"],
    ["videoFile", "视频文件"],
    ["resolution", say("视频分辨率", "分辨率")],
    ["duration", say("视频时长", "时长")],
    ["recordedOn", say("视频录制日期", "录制日期")],
    ["subtitles", say("视频字幕", "字幕")],
    ["titleCard", say("片头案例名", "片头")],
    ["brand", "品牌标识"],
    ["materials", "支撑材料"],
    ["link", "材料链接"],
    ["priorAward", say("曾获表彰", "是否获过表彰")],
    ["firstScore", "初评得分"],
    ["recommended", say("推荐", "是否推荐")],
    ["recommendedOn", "推荐日期"],
    ["status", "状态"],
    ["statusKind", "取消类别"],
    ["statusReason", "状态说明"],
  ];
}

function nameUnit(unit: GeneratedUnit, names: Style["names"]): string {
  if (names === "code") return unit.code;
  if (names === "long") return unit.longName;
  return names === "alias" ? (unit.aliases[0] ?? unit.name) : unit.name;
}

function authorCells(author: DraftAuthor | undefined, n: number, random: Random): [string, CellValue][] {
  if (!author) return [];
  const account = random.chance(1 / 11) ? toFullWidth(author.account) : author.account;
  return [
    [`author${n}.name`, spacedName(author.name, random)],
    [`author${n}.unit`, author.unit],
    [`author${n}.account`, account],
    [`author${n}.role`, author.role === "教育教学管理人员" && random.chance(0.5) ? "教育管理人员" : author.role],
  ];
}

function cellsOf(s: DraftSubmission, style: Style, random: Random): Map<string, CellValue> {
  const inWorkbook = style.format.kind === "xlsx";
  const date = (iso: string): CellValue =>
    inWorkbook && random.chance(0.5) && iso !== "" ? { kind: "date", iso } : spellDate(iso, random);
  const duration =
    inWorkbook && random.chance(0.5) ? durationCell(s.seconds, random) : spellDuration(s.seconds, random);
  const cells = new Map<string, CellValue>([
    ["id", s.id],
    ["title", random.chance(0.05) ? `${s.title}\u00a0` : s.title],
    ["field", random.chance(0.5) ? s.field.label : (s.field.longLabels[0] ?? s.field.label)],
    ["track", s.track],
    ["stage", s.stage],
    ["keywords", joinList(s.keywords, random)],
    ["nominator", nameUnit(s.unit, style.names)],
    ...s.authors.flatMap((author, i) => authorCells(author, i + 1, random)),
    ["phone", inWorkbook ? Number(s.phone) : s.phone],
    ["otherAuthors", s.otherAuthors.join("、")],
    ["submittedOn", inWorkbook ? date(s.submittedOn) : spellDateTime(s.submittedOn, random)],
    ...Object.entries(s.text),
    ["videoFile", s.videoFile],
    ["resolution", spellResolution(s.resolution, random)],
    ["duration", duration],
    ["recordedOn", date(s.recordedOn)],
    ["subtitles", s.subtitles],
    ["titleCard", s.titleCard],
    ["brand", s.brand],
    ["materials", joinList(s.materials, random)],
    ["link", s.link],
    ["priorAward", s.priorAward],
    ["firstScore", inWorkbook ? s.firstScore : s.firstScore.toFixed(1)],
    ["recommended", s.recommended ? "是" : "否"],
    ["recommendedOn", date(s.recommendedOn)],
    ["status", s.status],
    ["statusKind", s.statusKind],
    ["statusReason", s.statusReason],
  ]);
  for (const [key, value] of s.typed) cells.set(key, value);
  // A workbook turns long identifiers into numbers and loses their last digits.
  const account = cells.get("author1.account");
  if (inWorkbook && typeof account === "string" && /^\d{16,}$/.test(account))
    cells.set("author1.account", Number(account));
  return cells;
}

export function writePlatformExport(
  unit: GeneratedUnit,
  drafts: readonly DraftSubmission[],
  styleIndex: number,
  random: Random,
): GeneratedFile {
  const style = styles[styleIndex % styles.length] as Style;
  const inWorkbook = style.format.kind === "xlsx";
  const headers = headersOf(style.headers === "platform");
  const rows: CellValue[][] = style.titleRows ? [["案例征集平台数据导出"], ["导出时间：2025-11-03 10:20:31"], []] : [];
  rows.push(headers.map(([, label]) => label));
  for (const draft of drafts) {
    const cells = cellsOf(draft, style, random);
    rows.push(headers.map(([key]) => cells.get(key) || (inWorkbook ? null : "")));
  }
  const mergedRows = style.titleRows ? [1, 2] : [];
  const name = `平台导出-${unit.name}.${inWorkbook ? "xlsx" : "csv"}`;
  return { name, format: style.format, sheets: [{ name: "Sheet1", rows, mergedRows }] };
}
