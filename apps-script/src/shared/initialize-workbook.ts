import { newApplicationWorkbook } from "../../core/application-book/application-book.ts";
import { noticeOf } from "../../core/award/notice-sheet.ts";
import {
  applicationSheetLabels,
  applicationSheetOrder,
  expertsSheet,
  findingsSheet,
  guideSheetLabel,
  liaisonsSheet,
  pasteSheetLabel,
  quotaSheet,
  settingsSheet,
  submissionsSheet,
  textsSheet,
  unitsSheet,
} from "../../core/schema/application.ts";
import { readSheetTable, readTable } from "../../core/tables/table.ts";
import { sha256 } from "../../core/text/sha256.ts";
import type { SheetPatch, WorkbookSnapshot } from "../../core/workbook/port.ts";
import { type ActionContext, type Planned, runAsked, tell } from "../actions/action.ts";
import { appendLogRow } from "../actions/log.ts";
import { describeAccess, protectRows } from "../application/access.ts";
import { closeLeftOpen } from "../application/close-left-open.ts";
import { closeToOfficers } from "../application/lock-sheets.ts";
import type { GoogleWorkbook } from "../google/workbook.ts";
import { isLocked, openAward, relayout, requireAdministrator } from "./award-book.ts";
import { findingsLayout } from "./findings-sheet.ts";
import { pasteSheet } from "./paste-sheet.ts";

const title = "初始化工作簿";

const zone = "Asia/Shanghai";

/** Document property: the sheets being made, so that a half-made one is not taken for one that people filled in. */
const makingKey = "casebook.making";

/** Order of the tabs. */
const applicationTabs: readonly string[] = applicationSheetOrder.flatMap((label) =>
  label === findingsSheet.label ? [pasteSheetLabel, label] : [label],
);

const typedSheets = [settingsSheet, unitsSheet, submissionsSheet, textsSheet, expertsSheet, liaisonsSheet];

export interface Plan {
  /** Labels of the sheets to make, in the order of the tabs. */
  readonly make: readonly string[];
  /** Names of the filled sheets that stay and are formatted again. */
  readonly keep: readonly string[];
  readonly others: readonly string[];
  /** The empty sheet that every new spreadsheet has. */
  readonly firstSheet: string | undefined;
}

/** By the names of the sheets: one is read only where another was renamed. */
function planSheets({ snapshot, spreadsheet }: GoogleWorkbook, making: readonly string[]): Plan {
  const names = spreadsheet.getSheets().map((sheet) => sheet.getName());
  const rowsOf = (name: string) => spreadsheet.getSheetByName(name)?.getLastRow() ?? 0;
  const keep: string[] = [];
  const make: string[] = [];
  for (const label of applicationTabs) {
    const spec = typedSheets.find((sheet) => sheet.label === label);
    const sheet = snapshot.sheets.find(({ name }) => name === label);
    if (making.includes(label) || (sheet && rowsOf(label) === 0)) make.push(label);
    else if (sheet && spec) keep.push(label);
    else if (!sheet) {
      const renamed = spec && findRenamed(snapshot, spec);
      if (renamed === undefined) make.push(label);
      else keep.push(renamed);
    }
  }
  const isOurs = (name: string) => applicationSheetLabels.includes(name) || keep.includes(name);
  const firstSheet = names.find((name) => /^(工作表|Sheet)\s*1$/i.test(name) && rowsOf(name) === 0);
  return { make, keep, others: names.filter((name) => !isOurs(name) && name !== firstSheet), firstSheet };
}

/** Nothing is formatted while a filled sheet lacks a column. @throws WorkbookStructureError */
function requireColumns({ snapshot }: GoogleWorkbook, { keep }: Plan): void {
  for (const spec of typedSheets) {
    const sheet = snapshot.sheets.find(({ name }) => name === spec.label);
    if (sheet && keep.includes(spec.label)) readSheetTable(sheet, spec);
  }
}

function findRenamed(snapshot: WorkbookSnapshot, spec: (typeof typedSheets)[number]): string | undefined {
  try {
    return readTable(snapshot, spec, applicationSheetLabels).name;
  } catch {
    return undefined;
  }
}

/** What is asked before anything is done. */
export function describePlan({ make, keep, others, firstSheet }: Plan): string {
  return [
    ...(make.length > 0 ? [`将新建 ${make.length} 张表：${make.join("、")}。`] : []),
    ...(keep.length > 0
      ? [
          `已有 ${keep.length} 张表：${keep.join("、")}。填写的内容一个字也不会动，只重新铺设格式、下拉选项、即时检查和保护。`,
        ]
      : []),
    ...(others.length > 0 ? [`其他表不动：${others.join("、")}。`] : []),
    ...(firstSheet === undefined ? [] : [`空白的“${firstSheet}”将删去。`]),
    "工作簿的时区设为北京时间。",
  ].join("\n");
}

/** The patch for a sheet that an earlier attempt may have half made: what people have changed in 参数 since then stays. */
function makePatch(patch: SheetPatch, spreadsheet: GoogleAppsScript.Spreadsheet.Spreadsheet): SheetPatch {
  const laid = patch.name === findingsSheet.label ? { ...patch.layout, ...mergeLayout(patch) } : patch.layout;
  const withLayout = laid ? { ...patch, layout: laid } : patch;
  const isFilled = (spreadsheet.getSheetByName(patch.name)?.getLastRow() ?? 0) > 1;
  return patch.name === settingsSheet.label && isFilled ? { ...withLayout, edits: [] } : withLayout;
}

function mergeLayout({ layout = {} }: SheetPatch) {
  const { styles = [], conditionalFormats = [] } = findingsLayout();
  return { styles: [...styles, ...(layout.styles ?? [])], conditionalFormats };
}

function makeSheets(book: GoogleWorkbook, make: readonly string[]): void {
  const { spreadsheet } = book;
  const patches = [...newApplicationWorkbook(noticeOf(book.snapshot)).sheets, pasteSheet()].map((patch) =>
    patch.name === settingsSheet.label ? closeToOfficers(patch) : patch,
  );
  const wanted = patches.filter(({ name }) => make.includes(name));
  // Drop-downs and formulas refer to other sheets, so all sheets are made before the first is filled.
  for (const patch of wanted) {
    if (spreadsheet.getSheetByName(patch.name)) continue;
    const next = applicationTabs
      .slice(applicationTabs.indexOf(patch.name) + 1)
      .find((name) => spreadsheet.getSheetByName(name));
    book.apply({ sheets: [{ name: patch.name, createBefore: next ?? null }] });
  }
  for (const patch of wanted) book.apply({ sheets: [makePatch(patch, spreadsheet)] });
}

/** 初始化工作簿: makes the sheets that are missing and lays the others again; nothing that people typed is touched. */
export function initializeWorkbook(): void {
  runAsked(title, (context) => plan(context, openAward([quotaSheet.label])));
}

function plan(context: ActionContext, book: GoogleWorkbook): Planned {
  const properties = PropertiesService.getDocumentProperties();
  const making = JSON.parse(properties.getProperty(makingKey) ?? "[]") as string[];
  requireAdministrator(book.spreadsheet, context.user, title);
  const plan = planSheets(book, making);
  return { question: describePlan(plan), perform: () => initialize(context, book, plan) };
}

function initialize(context: ActionContext, book: GoogleWorkbook, plan: Plan): void {
  const { spreadsheet } = book;
  requireColumns(book, plan);
  const properties = PropertiesService.getDocumentProperties();
  properties.setProperty(makingKey, JSON.stringify(plan.make));
  spreadsheet.setSpreadsheetTimeZone(zone);
  const leftOpen = closeLeftOpen(book, context.user);
  makeSheets(book, plan.make);
  if (plan.keep.length > 0) {
    const findings = { name: findingsSheet.label, layout: findingsLayout() };
    relayout(book, undefined, plan.make.includes(findings.name) ? [] : [findings]);
  }
  if (plan.firstSheet !== undefined) {
    const first = spreadsheet.getSheetByName(plan.firstSheet);
    if (first) spreadsheet.deleteSheet(first);
  }
  const access = isLocked() ? undefined : protectRows(book);
  spreadsheet.getSheetByName(guideSheetLabel)?.activate();
  appendLogRow(book, context, {
    action: "初始化",
    parameters: "",
    outcome:
      plan.keep.length === 0 ? "新建申报工作簿" : `新建 ${plan.make.length} 张表，重新铺设 ${plan.keep.length} 张表`,
    inputs: [sha256("")],
  });
  properties.deleteProperty(makingKey);
  const next =
    plan.keep.length === 0
      ? `请先核对“${settingsSheet.label}”，再在“${unitsSheet.label}”登记各单位，或把名册粘贴到“${pasteSheetLabel}”后导入。`
      : "";
  tell(
    context,
    title,
    ["初始化完成。", next, access && plan.keep.length > 0 ? describeAccess(access) : "", leftOpen]
      .filter(Boolean)
      .join("\n"),
  );
}
