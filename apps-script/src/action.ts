import { identifyNotice, noticeOf } from "../core/award/notice-sheet.ts";
import {
  appendLogBelow,
  type Description,
  digestInputs,
  isLogRow,
  type LogEnd,
  type LoggedAction,
} from "../core/log/log.ts";
import { stampVersions } from "../core/log/stamp-versions.ts";
import { logSheet } from "../core/schema/application.ts";
import { readSheetTable } from "../core/tables/table.ts";
import type { CellValue } from "../core/workbook/port.ts";
import { fromSheetValue, noSheetIds } from "./google/cell-values.ts";
import { clockOf } from "./google/spreadsheet-clock.ts";
import type { GoogleWorkbook } from "./google/workbook.ts";

export interface ActionContext {
  /** undefined where nobody sits in front of it: a time trigger. */
  readonly ui: GoogleAppsScript.Base.Ui | undefined;
  readonly user: string;
  /** `YYYY-MM-DD HH:mm:ss` in the script's zone. */
  readonly now: string;
}

/** Something that a person can put right; the message says what and how. */
export class ActionError extends Error {}

/** Document property: who holds the document lock, for those who have to wait. */
const runningKey = "casebook.running";
const waitMs = 1_000;

interface Holder {
  readonly title: string;
  readonly user: string;
  readonly since: string;
}

function findUi(): GoogleAppsScript.Base.Ui | undefined {
  try {
    return SpreadsheetApp.getUi();
  } catch {
    return undefined;
  }
}

function newContext(): ActionContext {
  return {
    ui: findUi(),
    user: Session.getActiveUser().getEmail() || "（未登录的用户）",
    now: Utilities.formatDate(new Date(), Session.getScriptTimeZone(), "yyyy-MM-dd HH:mm:ss"),
  };
}

function describeHolder(text: string | null): string {
  if (text === null) return "另一个操作正在运行";
  const { title, user, since } = JSON.parse(text) as Holder;
  return `${user} 正在运行“${title}”（${since.slice(11)} 开始）`;
}

/** What to tell of an error: our own as they are, the platform's with what to do. */
function explain(title: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const isOwn = error instanceof Error && error.name !== "Exception" && /[\u4e00-\u9fff]/.test(message);
  if (/protected (?:cell|range|sheet)|受保护/i.test(message)) {
    const where = isOwn ? message : "有受保护的单元格您不能改。";
    return `${where}\n如果您不是管理员，请让管理员来运行“${title}”。`;
  }
  if (isOwn) return message;
  return `“${title}”没有做完：${message}\n填写的内容不会丢失。请再点一次同样的菜单；如果还是这样，请把这句话告诉管理员。`;
}

function guard(context: ActionContext, title: string, run: () => void): void {
  const { ui } = context;
  if (!ui) {
    run();
    return;
  }
  try {
    run();
  } catch (error) {
    ui.alert(title, explain(title, error), ui.ButtonSet.OK);
  }
}

/** Runs an action that writes nothing; errors are told in words. */
export function runReading(title: string, run: (context: ActionContext) => void): void {
  const context = newContext();
  guard(context, title, () => run(context));
}

/**
 * Runs a writing action under the document lock. A second runner is told who holds it. Errors are told in words, or thrown
 * where nobody sits in front of the script; the lock is never left held.
 */
export function runAction(title: string, run: (context: ActionContext) => void): void {
  const context = newContext();
  guard(context, title, () => runLocked(title, context, run));
}

function runLocked(title: string, context: ActionContext, run: (context: ActionContext) => void): void {
  const lock = LockService.getDocumentLock();
  const properties = PropertiesService.getDocumentProperties();
  if (!lock.tryLock(waitMs)) {
    throw new ActionError(`${describeHolder(properties.getProperty(runningKey))}，请等它完成后再试。`);
  }
  try {
    const holder: Holder = { title, user: context.user, since: context.now };
    properties.setProperty(runningKey, JSON.stringify(holder));
    run(context);
    // The next runner must see what was written.
    SpreadsheetApp.flush();
    properties.deleteProperty(runningKey);
  } finally {
    lock.releaseLock();
  }
}

/** Asks before something is written; without anybody to ask the answer is no. */
export function confirm({ ui }: ActionContext, title: string, message: string): boolean {
  return ui !== undefined && ui.alert(title, message, ui.ButtonSet.OK_CANCEL) === ui.Button.OK;
}

export function tell({ ui }: ActionContext, title: string, message: string): void {
  ui?.alert(title, message, ui.ButtonSet.OK);
}

/** Asks for a text; undefined when the dialog was closed or cancelled. */
export function askText({ ui }: ActionContext, title: string, message: string): string | undefined {
  if (!ui) return undefined;
  const answer = ui.prompt(title, message, ui.ButtonSet.OK_CANCEL);
  return answer.getSelectedButton() === ui.Button.OK ? answer.getResponseText().trim() : undefined;
}

function readRow(sheet: GoogleAppsScript.Spreadsheet.Sheet, row: number): CellValue[] {
  const [values = []] = sheet.getRange(row, 1, 1, Math.max(1, sheet.getLastColumn())).getValues();
  const serialOf = clockOf(() => sheet.getParent());
  return values.map((value, i) => fromSheetValue(value, undefined, row, i + 1, noSheetIds, serialOf));
}

/** The last row of 日志 alone where it tells by itself how the columns stand, else its header too. */
function readLogEnd(spreadsheet: GoogleAppsScript.Spreadsheet.Spreadsheet): LogEnd {
  const name = logSheet.label;
  const sheet = spreadsheet.getSheetByName(name);
  if (!sheet) throw new ActionError(`工作簿里没有“${name}”表，请恢复这张表，或再点一次“初始化工作簿”。`);
  const lastRow = Math.max(1, sheet.getLastRow());
  const last = readRow(sheet, lastRow);
  const labels = logSheet.columns.map((column) => column.label);
  if (lastRow === 1) return { name, headerRow: 1, header: last, lastRow, last };
  if (isLogRow(last)) return { name, headerRow: 1, header: labels, lastRow, last };
  const rows = sheet.getRange(1, 1, lastRow, sheet.getLastColumn()).getValues();
  const serialOf = clockOf(() => spreadsheet);
  const cells = rows.map((row, r) =>
    row.map((value, c) => fromSheetValue(value, undefined, r + 1, c + 1, noSheetIds, serialOf)),
  );
  const { headerRow } = readSheetTable({ name, hidden: false, rows: cells, notes: new Map() }, logSheet);
  return { name, headerRow, header: cells[headerRow - 1] ?? [], lastRow, last };
}

/** Appends the action to 日志, chained to the row before. @throws ActionError, WorkbookStructureError */
export function appendLogRow(book: GoogleWorkbook, context: ActionContext, entry: LoggedAction): void {
  const { action, parameters, outcome, inputs } = entry;
  const description = {
    action,
    parameters: stampVersions(parameters, identifyNotice(noticeOf(book.snapshot))),
    outcome,
  };
  appendDescribed(book, context, description, digestInputs(inputs));
}

/** As `appendLogRow`, for a description that names the versions already. */
export function appendDescribed(
  book: GoogleWorkbook,
  { user, now }: ActionContext,
  description: Description,
  inputDigest: string,
): void {
  const entry = { time: now, actor: user, ...description, inputDigest };
  book.apply({ sheets: [appendLogBelow(readLogEnd(book.spreadsheet), entry)] });
}
