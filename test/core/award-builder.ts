/** Makes small shared workbooks for tests: every row valid unless a test says otherwise, every person invented. */
import type {
  AwardData,
  ExpertKey,
  LiaisonKey,
  SubmissionKey,
  TextKey,
  UnitKey,
} from "../../apps-script/core/award/award.ts";
import { readAward } from "../../apps-script/core/award/read-award.ts";
import { settingSpecs } from "../../apps-script/core/award/settings.ts";
import { ningxia2025 } from "../../apps-script/core/notice/ningxia-2025.ts";
import {
  applicationSheetOrder,
  expertsSheet,
  findingsSheet,
  guideSheetLabel,
  importRecordSheet,
  liaisonsSheet,
  liveCheckSheetLabel,
  logSheet,
  priorSheet,
  quotaSheet,
  settingsSheet,
  submissionsSheet,
  textsSheet,
  unitsSheet,
} from "../../apps-script/core/schema/application.ts";
import type { SheetSpec } from "../../apps-script/core/schema/sheet-spec.ts";
import type { CellValue, SheetSnapshot, WorkbookSnapshot } from "../../apps-script/core/workbook/port.ts";

type Row<K extends string> = Partial<Record<K, CellValue>>;

export type UnitRow = Row<UnitKey>;
export type SubmissionRow = Row<SubmissionKey>;
export type TextRow = Row<TextKey>;
export type ExpertRow = Row<ExpertKey>;
export type LiaisonRow = Row<LiaisonKey>;

/**
 * What a test wants in the workbook. Rows given are laid over a valid default row; a table that is left out holds what
 * makes the award complete: one bureau, one submission, 5 + 5 + 5 (2) experts and two liaisons a unit.
 */
export interface AwardParts {
  readonly units?: readonly UnitRow[];
  readonly submissions?: readonly SubmissionRow[];
  readonly texts?: readonly TextRow[];
  readonly experts?: readonly ExpertRow[];
  readonly liaisons?: readonly LiaisonRow[];
  /** Values of 参数 by 项目. */
  readonly settings?: Readonly<Record<string, CellValue>>;
  /** Rows of 导入记录 by column key. */
  readonly importRecord?: readonly Row<(typeof importRecordSheet)["columns"][number]["key"]>[];
  /** Rows of 往届 by column key. */
  readonly prior?: readonly Row<(typeof priorSheet)["columns"][number]["key"]>[];
}

export const xingqing: UnitRow = {
  code: "640104",
  name: "兴庆区教育局",
  kind: "教育局",
  aliases: "兴庆区、兴庆",
  parent: "银川市",
  sealedCopy: "是",
};
export const tongxin: UnitRow = {
  code: "640324",
  name: "同心县教育局",
  kind: "教育局",
  aliases: "同心县、同心",
  parent: "吴忠市",
  sealedCopy: "是",
};
export const directSchool: UnitRow = {
  code: "ZS01",
  name: "厅直属第一示例学校",
  kind: "厅直属学校",
  aliases: "第一示例学校",
  parent: "自治区教育厅",
  sealedCopy: "是",
};

export const date = (iso: string): CellValue => ({ kind: "date", iso });

const surnames = "赖唐邵蔺鄂冼戚佘郝阎翁龚柏";
const givenNames = "澜思妍鹤衡铖霁霏翊琬昱";

/** Invented three-character names, different for different numbers below 1,500. */
export function inventedName(i: number): string {
  const at = (letters: string, n: number) => letters[n % letters.length];
  return `${at(surnames, i)}${at(givenNames, Math.floor(i / 13))}${at(givenNames, Math.floor(i / 143) + i)}`;
}

const number = (i: number, width: number) => String(i + 1).padStart(width, "0");

/** The i-th (from 0) valid submission of 兴庆区教育局. */
export function validSubmission(i = 0): SubmissionRow {
  return {
    id: `A${number(i, 3)}`,
    title: `以学情诊断改进课堂的实践（之${i + 1}）`,
    field: "教学革新",
    track: "城市",
    stage: "小学",
    keywords: "智慧课堂、学情诊断、分层作业",
    nominator: "兴庆区教育局",
    "author1.name": inventedName(i),
    "author1.unit": "兴庆区第二小学",
    "author1.account": `nx2025${number(i, 5)}`,
    "author1.role": "教师",
    phone: "13900000000",
    submittedOn: date("2025-09-01"),
    wordsSummary: 400,
    wordsInnovation: 400,
    wordsProcess: 1500,
    wordsApplication: 400,
    wordsTotal: 2700,
    videoFile: `show${i + 1}.mp4`,
    videoResolution: "1920*1080",
    videoDuration: "00:17:30",
    videoRecordedOn: date("2025-06-01"),
    videoSubtitles: "有",
    videoTitleCard: "有",
    videoBrand: "无",
    priorAward: "否",
    firstScore: 85,
    recommended: "否",
    status: "有效",
  };
}

/** The i-th valid expert of a unit. */
export function validExpert(i = 0, nominator = "兴庆区教育局", stage = "小学"): ExpertRow {
  return {
    nominator,
    no: i + 1,
    name: inventedName(700 + i),
    title: "高级教师",
    account: `zj2025${number(i, 5)}`,
    unit: `示例第${i + 1}小学`,
    phone: `139${number(i, 8)}`,
    stage,
    status: "可用",
  };
}

export function validLiaison(i = 0, nominator = "兴庆区教育局"): LiaisonRow {
  return { nominator, name: inventedName(400 + i), phone: `138${number(i, 8)}` };
}

function completeExperts(units: readonly UnitRow[]): ExpertRow[] {
  const wanted = units.flatMap(({ name, kind }) =>
    kind === "教育局"
      ? ningxia2025.stages.flatMap((stage) => Array.from({ length: 5 }, () => ({ name: String(name), stage })))
      : Array.from({ length: 2 }, () => ({ name: String(name), stage: "" })),
  );
  return wanted.map(({ name, stage }, i) => validExpert(i, name, stage));
}

function completeLiaisons(units: readonly UnitRow[]): LiaisonRow[] {
  return units.flatMap(({ name }, u) => [0, 1].map((i) => validLiaison(2 * u + i, String(name))));
}

function sheetOf(spec: SheetSpec, rows: readonly Row<string>[]): SheetSnapshot {
  const header: CellValue[] = spec.columns.map((c) => c.label);
  const cells = rows.map((row) => spec.columns.map((c) => row[c.key] ?? null));
  return { name: spec.label, hidden: spec.hidden ?? false, rows: [header, ...cells], notes: new Map() };
}

function settingRows(values: Readonly<Record<string, CellValue>>): Row<string>[] {
  return settingSpecs(ningxia2025).map((s) => ({
    item: s.label,
    value: s.label in values ? (values[s.label] ?? null) : s.initial(ningxia2025),
    unit: s.unit,
    note: s.note,
    article: s.article(ningxia2025),
  }));
}

export function makeSnapshot(parts: AwardParts = {}): WorkbookSnapshot {
  const units = (parts.units ?? [xingqing]).map((u) => ({ ...xingqing, ...u }));
  const submissions = (parts.submissions ?? [{}]).map((s, i) => ({ ...validSubmission(i), ...s }));
  const texts = (parts.texts ?? []).map((t) => ({ nominator: "兴庆区教育局", id: "A001", ...t }));
  const experts = (parts.experts ?? completeExperts(units)).map((e, i) => ({ ...validExpert(i), ...e }));
  const liaisons = (parts.liaisons ?? completeLiaisons(units)).map((l, i) => ({ ...validLiaison(i), ...l }));
  const sheets = [
    { name: guideSheetLabel, hidden: false, rows: [["说明"]], notes: new Map() },
    sheetOf(settingsSheet, settingRows(parts.settings ?? {})),
    sheetOf(unitsSheet, units),
    sheetOf(submissionsSheet, submissions),
    sheetOf(textsSheet, texts),
    sheetOf(expertsSheet, experts),
    sheetOf(liaisonsSheet, liaisons),
    sheetOf(findingsSheet, []),
    sheetOf(quotaSheet, []),
    sheetOf(logSheet, []),
    { name: liveCheckSheetLabel, hidden: true, rows: [], notes: new Map() },
    sheetOf(priorSheet, parts.prior ?? []),
    sheetOf(importRecordSheet, parts.importRecord ?? []),
  ];
  return {
    sheets: sheets.sort((a, b) => applicationSheetOrder.indexOf(a.name) - applicationSheetOrder.indexOf(b.name)),
  };
}

export function makeAward(parts: AwardParts = {}): AwardData {
  return readAward(makeSnapshot(parts), ningxia2025);
}
