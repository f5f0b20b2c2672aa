import { readyLogRows } from "../application-book/application-book.ts";
import { buildGuide } from "../application-book/guide.ts";
import { reviewGuide } from "../application-book/guide-texts.ts";
import type { Notice } from "../notice/notice.ts";
import { guideSheetLabel, logSheet } from "../schema/application.ts";
import { decisions } from "../schema/choices.ts";
import {
  assignmentSheet,
  decisionsSheet,
  expertOverviewSheet,
  groupOverviewSheet,
  rankingSheet,
  resultsSheet,
  reviewedSheet,
  reviewersSheet,
  reviewSheetOrder,
  scoresSheet,
} from "../schema/review.ts";
import type { SheetSpec } from "../schema/sheet-spec.ts";
import { hintStyle, titleStyle } from "../tables/heading-styles.ts";
import { headerEdits, headerNotes, type TableLayoutOptions, tableLayout } from "../tables/table-layout.ts";
import { columnLetters } from "../workbook/addresses.ts";
import type { SheetLayout, SheetPatch, WorkbookPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { palette } from "../workbook/theme.ts";

/** Rulings are typed by hand: rows kept ready for them. */
const readyRulings = 200;

/** The sheets of the review workbook, in order. */
export function reviewSheetSpecs(notice: Notice): readonly SheetSpec[] {
  const specs: readonly SheetSpec[] = [
    reviewedSheet,
    reviewersSheet,
    assignmentSheet,
    scoresSheet(notice),
    groupOverviewSheet,
    rankingSheet(notice),
    resultsSheet,
    decisionsSheet,
    expertOverviewSheet,
    logSheet,
  ];
  return reviewSheetOrder.flatMap((label) => specs.find((spec) => spec.label === label) ?? []);
}

/** How a sheet of the review workbook looks, apart from what `options` says about this workbook. */
export function reviewLayout(
  spec: SheetSpec,
  lastRow: number,
  notice: Notice,
  options: TableLayoutOptions = {},
): SheetLayout {
  const spare = { [decisionsSheet.key]: readyRulings, [logSheet.key]: readyLogRows }[spec.key] ?? 0;
  return tableLayout(spec, lastRow, { notice, readyRow: lastRow + spare, ...options });
}

/** The review workbook before anything is in it: headers only. */
export function blankReviewSnapshot(notice: Notice): WorkbookSnapshot {
  return {
    sheets: reviewSheetSpecs(notice).map((spec) => ({
      name: spec.label,
      hidden: false,
      rows: [spec.columns.map((column) => column.label)],
      notes: new Map(),
    })),
  };
}

/** What each decision does, in the order of the drop-down. */
const rulingHints = [
  `${decisions.cancel}：退出排名，同组后面的依次递补。还要填“取消类别”，通报名单据此列出。`,
  `${decisions.adjust}：名次和分数不变，奖项改为“调整后奖项”里选的一项。`,
  `${decisions.uphold}：按排名的结果办；分歧较大的、奖项线上并列的，写了“${decisions.uphold}”就算议定，并列而名额不够的都不给奖。`,
  "填好后再运行一次汇总排名才生效；没有生效的一格会标红，批注写明原因。",
];
const rulingsHeader = 3;

/** 裁定 of a new workbook: a title and what the decisions do stand above the table. Yellow is what a decision still lacks. */
function newRulingsSheet(spec: SheetSpec, notice: Notice): SheetPatch {
  const right = spec.columns.length;
  const top = rulingsHeader + 1;
  const layout = reviewLayout(spec, rulingsHeader, notice, { headerRow: rulingsHeader });
  const lacking = (key: string, decision: string) => {
    const column = spec.columns.findIndex((each) => each.key === key) + 1;
    const decided = `$${columnLetters(spec.columns.findIndex((each) => each.key === "decision") + 1)}${top}`;
    return {
      area: { top, left: column, bottom: rulingsHeader + readyRulings, right: column },
      formula: `AND(${decided}="${decision}",LEN($${columnLetters(column)}${top})=0)`,
      style: { fill: palette.warningFill },
    };
  };
  const head = (row: number) => ({ top: row, left: 1, bottom: row, right });
  return {
    name: spec.label,
    createBefore: null,
    edits: [
      { row: 1, column: 1, value: "裁定：评审委员会的决定，每行一条" },
      { row: 2, column: 1, value: rulingHints.join("\n") },
      ...headerEdits(spec, rulingsHeader),
    ],
    notes: headerNotes(spec, notice, rulingsHeader),
    layout: {
      ...layout,
      heights: [{ row: 1, height: 30 }, { row: 2, height: 72 }, ...(layout.heights ?? [])],
      merges: [head(1), head(2)],
      styles: [...(layout.styles ?? []), { area: head(1), style: titleStyle }, { area: head(2), style: hintStyle }],
      conditionalFormats: [lacking("kind", decisions.cancel), lacking("award", decisions.adjust)],
    },
  };
}

/** Makes the sheets with their headers; `filled` are the patches of those that get rows at once. */
export function newReviewWorkbook(notice: Notice, filled: readonly SheetPatch[] = []): WorkbookPatch {
  const sheets = reviewSheetSpecs(notice).map((spec): SheetPatch => {
    if (spec.key === decisionsSheet.key) return newRulingsSheet(spec, notice);
    const rows = filled.find((patch) => patch.name === spec.label);
    return {
      ...rows,
      name: spec.label,
      createBefore: null,
      edits: [...headerEdits(spec), ...(rows?.edits ?? [])],
      notes: headerNotes(spec, notice),
      layout: rows?.layout ?? reviewLayout(spec, 1, notice),
    };
  });
  const guide = buildGuide(guideSheetLabel, notice, "评审工作簿　只给管理员，不要共享给他人", reviewGuide(notice));
  return { sheets: [guide, ...sheets], properties: { title: "评审工作簿", creator: "评案簿" } };
}
