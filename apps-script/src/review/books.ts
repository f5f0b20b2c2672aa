import { identifyNotice, noticeOf, noticePatch } from "../../core/award/notice-sheet.ts";
import { readSettings, type Settings } from "../../core/award/settings.ts";
import { viewFirstReview } from "../../core/first-review/first-review.ts";
import { digestSnapshot } from "../../core/log/log.ts";
import { defaultNotice } from "../../core/notice/built-in.ts";
import type { Notice } from "../../core/notice/notice.ts";
import { withMovedExperts } from "../../core/review-book/review-experts.ts";
import { newReviewWorkbook, reviewLayout } from "../../core/review-book/review-workbook.ts";
import { refuseWrongSettings } from "../../core/rules/eligible.ts";
import {
  applicationSheetOrder,
  expertsSheet,
  liaisonsSheet,
  logSheet,
  settingsSheet,
  submissionsSheet,
  textsSheet,
  unitsSheet,
} from "../../core/schema/application.ts";
import { onlineSheetsSheet, reviewSheetOrder } from "../../core/schema/review.ts";
import type { SheetSpec } from "../../core/schema/sheet-spec.ts";
import { readTable } from "../../core/tables/table.ts";
import { headerEdits } from "../../core/tables/table-layout.ts";
import type { WorkbookPatch, WorkbookSnapshot } from "../../core/workbook/port.ts";
import { ActionError } from "../actions/action-error.ts";
import { refuseOversized } from "../google/refuse-oversized.ts";
import { type GoogleWorkbook, openWorkbook } from "../google/workbook.ts";

/** Document property: the id of the shared workbook. */
export const connectionKey = "casebook.shared";
/** Document property: 单位名称 of the unit whose own review this is; absent in the award's review. */
export const firstReviewKey = "casebook.firstReview";
/** Document property: set while the sheets are being made, so that a half-made workbook is not taken for a damaged one. */
const preparingKey = "casebook.preparing";

export const zone = "Asia/Shanghai";

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;

/** @throws ActionError */
export function openSpreadsheet(id: string, what: string): Spreadsheet {
  try {
    return SpreadsheetApp.openById(id);
  } catch {
    throw new ActionError(
      `打不开${what}：可能网址不对，文件已删除，或您的账号没有它的编辑权限。请在浏览器里用同一个账号打开它试试；打不开的，请它的所有者把您加为编辑者，再重做这一步。`,
    );
  }
}

/** The connected shared workbook, for those who write into it. @throws ActionError before 连接申报工作簿 */
export function sharedSpreadsheet(): Spreadsheet {
  const id = PropertiesService.getDocumentProperties().getProperty(connectionKey);
  if (id === null) throw new ActionError("还没有连接申报工作簿。请先在菜单“评审”里点“连接申报工作簿”。");
  return openSpreadsheet(id, "申报工作簿");
}

/** @throws ActionError before 连接申报工作簿, OversizedSheetError */
export function openShared(options?: Parameters<typeof openWorkbook>[1]): GoogleWorkbook {
  const spreadsheet = sharedSpreadsheet();
  refuseOversized(
    spreadsheet,
    awardSheets.map(({ label }) => label),
  );
  return openWorkbook(spreadsheet, options);
}

/** What the review's actions look at. */
const awardSheets = [settingsSheet, unitsSheet, submissionsSheet, textsSheet, expertsSheet, liaisonsSheet];

export function digestAward(award: WorkbookSnapshot, specs: readonly SheetSpec[] = awardSheets): string {
  return digestSnapshot(
    award,
    specs.map((spec) => spec.label),
  );
}

export function digestReview({ snapshot }: GoogleWorkbook): string {
  return digestSnapshot(
    snapshot,
    reviewSheetOrder.filter((label) => label !== logSheet.label),
  );
}

export interface Books {
  readonly shared: GoogleWorkbook;
  readonly review: GoogleWorkbook;
  /** The shared workbook as the review sees it: with the experts that were moved, or as a unit's own review sees it. */
  readonly award: WorkbookSnapshot;
  /** The notice of both workbooks. */
  readonly notice: Notice;
  /** The unit whose own review this is. */
  readonly unit: FirstReviewUnit | undefined;
}

export interface FirstReviewUnit {
  readonly name: string;
}

export function firstReviewUnit(): FirstReviewUnit | undefined {
  const name = PropertiesService.getDocumentProperties().getProperty(firstReviewKey);
  return name === null ? undefined : { name };
}

/** The shared workbook as a unit's own review sees it; without a unit, as it is. */
export function seenBy(unit: FirstReviewUnit | undefined, shared: WorkbookSnapshot): WorkbookSnapshot {
  return unit ? viewFirstReview(shared, unit, noticeOf(shared)) : shared;
}

/** A review workbook that was made by another notice belongs to another award. @throws ActionError */
function requireNotice(review: WorkbookSnapshot, notice: Notice): void {
  const [own, wanted] = [identifyNotice(noticeOf(review)), identifyNotice(notice)];
  if (own === wanted) return;
  throw new ActionError(
    `本评审工作簿按通知 ${own} 建立，申报工作簿按通知 ${wanted} 办理。请新建一个空白的评审工作簿，先运行“连接申报工作簿”；没有做任何改动。`,
  );
}

/**
 * Both workbooks; nothing of them is read yet but a notice of their own.
 *
 * @throws ActionError, WorkbookStructureError
 */
export function openBooks(): Books {
  // A formula that people typed counts as its value.
  const shared = openShared({ formulasOf: () => false });
  const notice = noticeOf(shared.snapshot);
  const review = openReviewBook(notice);
  const unit = firstReviewUnit();
  return { shared, review, award: seenBy(unit, withMovedExperts(shared.snapshot, review.snapshot)), notice, unit };
}

/** The settings in force; of the shared workbook only 参数 is read. @throws WorkbookStructureError, ReviewBlockedError */
export function readSettingsOf(award: WorkbookSnapshot): Settings {
  const table = readTable(award, settingsSheet, applicationSheetOrder);
  const { settings, problems } = readSettings(table, noticeOf(award));
  refuseWrongSettings(table.name, problems);
  return settings;
}

/**
 * The review workbook with its sheets, which are made when there are none yet.
 *
 * @param notice that of the shared workbook, where it is known
 * @throws ActionError, WorkbookStructureError
 */
export function openReviewBook(notice?: Notice): GoogleWorkbook {
  const spreadsheet = SpreadsheetApp.getActiveSpreadsheet();
  const properties = PropertiesService.getDocumentProperties();
  const present = spreadsheet.getSheets().map((sheet) => sheet.getName());
  const isNew = !present.some((name) => reviewSheetOrder.includes(name));
  if (isNew || properties.getProperty(preparingKey) !== null) {
    properties.setProperty(preparingKey, "1");
    if (spreadsheet.getSpreadsheetTimeZone() !== zone) spreadsheet.setSpreadsheetTimeZone(zone);
    openWorkbook(spreadsheet).apply(missingSheets(spreadsheet, notice ?? defaultNotice));
    removeFirstSheet(spreadsheet);
    properties.deleteProperty(preparingKey);
  }
  const review = openWorkbook(spreadsheet, { formulasOf: () => false });
  if (notice) requireNotice(review.snapshot, notice);
  return review;
}

/** The sheets that are missing or still empty. */
function missingSheets(spreadsheet: Spreadsheet, notice: Notice): WorkbookPatch {
  const online = {
    name: onlineSheetsSheet.label,
    createBefore: null,
    edits: headerEdits(onlineSheetsSheet),
    layout: { ...reviewLayout(onlineSheetsSheet, 1, notice), hidden: true },
  };
  const sheets = [...newReviewWorkbook(notice).sheets, online, ...noticePatch(notice)];
  return { sheets: sheets.filter(({ name }) => (spreadsheet.getSheetByName(name)?.getLastRow() ?? 0) === 0) };
}

/** The empty sheet that every new spreadsheet has. */
function removeFirstSheet(spreadsheet: Spreadsheet): void {
  for (const sheet of spreadsheet.getSheets()) {
    if (/^(工作表|Sheet)\s*1$/i.test(sheet.getName()) && sheet.getLastRow() === 0) spreadsheet.deleteSheet(sheet);
  }
}
