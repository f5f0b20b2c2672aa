import type { Notice } from "../notice/notice.ts";
import { type GeneratedLook, missingTable, replaceRows } from "../review-book/generated-sheet.ts";
import { logSheet } from "../schema/application.ts";
import { expertOverviewSheet, reviewSheetOrder } from "../schema/review.ts";
import { columnOf, helpOf } from "../schema/sheet-spec.ts";
import { chanceOfLower } from "../scoring/correlation.ts";
import { readTableIfThere } from "../tables/table.ts";
import type { CellValue, SheetPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { palette } from "../workbook/theme.ts";
import { describeCalibration, type ReviewCalibration } from "./calibrate-review.ts";
import type { ExpertProfile } from "./expert-overview.ts";

/** Half of an expert's reviews with the same total is no accident. */
const straightLining = 0.5;
/** An expert this many standard deviations of the severities from 0 is worth a look. */
const farOff = 2;
/** Of experts whose scores have nothing to do with the others', this share is flagged by mistake. */
const byChance = 0.01;
const states = { idle: "无任务", done: "已交齐" } as const;

type Figures = Omit<ExpertProfile, "reviews">;

function stateOf({ assigned, scored }: Figures): string {
  if (assigned === 0) return states.idle;
  if (scored === 0) return "未交";
  return scored < assigned ? `未交齐，还差 ${assigned - scored} 个` : states.done;
}

/** What has come in, in Chinese. */
export function describeDelivery(profile: Figures, severitySd: number): string {
  const { scored, severity } = profile;
  const parts = [stateOf(profile)];
  if (severity === null && scored > 0 && severitySd > 0) parts.push("可比的评分太少，宽严未扣除");
  return parts.join("；");
}

/** What an administrator may want to ask about how the expert scored, in Chinese; "" for nothing. */
export function describeDoubts(profile: Figures, severitySd: number): string {
  const { severity, sameScore, agreement, compared } = profile;
  const parts: string[] = [];
  if (sameScore !== null && sameScore >= straightLining) parts.push("多数案例打了同一个总分，请核实");
  if (severity !== null && Math.abs(severity) > farOff * severitySd) {
    parts.push(`明显${severity > 0 ? "偏宽" : "偏严"}`);
  }
  if (agreement !== null && chanceOfLower(agreement, compared) < byChance) {
    parts.push(
      `与同组专家的高低次序不太一致（${compared} 个共评案例，相关系数 ${agreement.toFixed(2)}，偶然如此的可能不到 ${byChance * 100}%），可问一下是否填错了行`,
    );
  }
  return parts.join("；");
}

/** Whether there is something to look into, no more than sheets that came late, or nothing. */
export function attentionTo(profile: Figures, severitySd: number): "look" | "late" | "none" {
  const delivery = describeDelivery(profile, severitySd);
  const isDelivered = delivery === states.done || delivery === states.idle;
  if (!isDelivered || describeDoubts(profile, severitySd) !== "") return "look";
  return profile.late > 0 ? "late" : "none";
}

function overviewCells(profile: ExpertProfile, severitySd: number): Record<string, CellValue> {
  const { late, compared: _, reviews: _reviews, ...cells } = profile;
  return {
    ...cells,
    late: late === 0 ? null : late,
    status: describeDelivery(profile, severitySd),
    doubts: describeDoubts(profile, severitySd),
  };
}

export const overviewLook: GeneratedLook = {
  formats: {
    mean: "0.00",
    severity: "0.00",
    severityError: "0.00",
    spread: "0.00",
    agreement: "0.00",
    sameScore: "0%",
    late: "0",
  },
  centred: ["stage"],
  bold: ["severity"],
  wrapped: ["status", "doubts"],
  conditionalFormats: ({ top, bottom, column, cell }) => [
    {
      area: { top, left: column("status"), bottom, right: column("status") },
      formula: `AND(LEN(${cell("status")})>0,${cell("status")}<>"${states.done}",${cell("status")}<>"${states.idle}")`,
      style: { fill: palette.computed, font: { color: palette.softInk } },
    },
    {
      area: { top, left: column("doubts"), bottom, right: column("doubts") },
      formula: `LEN(${cell("doubts")})>0`,
      style: { fill: palette.warningFill, font: { color: palette.warningInk } },
    },
  ],
};

/** 专家情况; undefined in a workbook from before there was one. */
export function readOverviewTable(snapshot: WorkbookSnapshot) {
  return readTableIfThere(snapshot, expertOverviewSheet, reviewSheetOrder);
}

/** Fills 专家情况, which is made when the workbook has none. */
export function writeExpertOverview(
  notice: Notice,
  snapshot: WorkbookSnapshot,
  profiles: readonly ExpertProfile[],
  calibration: ReviewCalibration,
): SheetPatch {
  const spec = expertOverviewSheet;
  const { severitySd } = calibration.fit;
  const log = snapshot.sheets.find((sheet) => sheet.name === logSheet.label);
  return replaceRows(notice, snapshot, readOverviewTable(snapshot) ?? missingTable(spec), overviewLook, {
    rows: profiles.map((profile) => overviewCells(profile, severitySd)),
    key: "expert",
    headerNotes: {
      severity: `${helpOf(columnOf(spec, "severity"), notice)}\n本次：${describeCalibration(calibration)}。`,
    },
    createBefore: log?.name ?? null,
  });
}
