import { readAwardTables } from "../../core/award/read-award.ts";
import { settingsSheet } from "../../core/schema/application.ts";
import { editorsOf, leaveToEditors, protectionMark } from "../google/protect.ts";
import type { GoogleWorkbook } from "../google/workbook.ts";
import { administrators, registerMark } from "./access.ts";
import { forgetLaid } from "./lay-again.ts";

type Protection = GoogleAppsScript.Spreadsheet.Protection;

/** Document property: no protection of ours is open to the owner's domain. */
const closedKey = "casebook.closed";

/** Whether the domain may edit where a protection bears our mark: earlier versions named it first and might break off then. */
const isLeftOpen = (protection: Protection) =>
  protection.getDescription().startsWith(protectionMark) && protection.canDomainEdit();

/**
 * Closes the protections that earlier versions marked as theirs and left open to the owner's whole domain: of sheets to all
 * but the owner, since nobody can tell whom people let in from whom nobody shut out yet. The owner alone does that: anybody
 * else may owe the right to run this to the open door. Looked for until there is none; none is made any more.
 *
 * @returns for people; empty where nothing was open
 */
export function closeLeftOpen(book: GoogleWorkbook, user: string): string {
  const properties = PropertiesService.getDocumentProperties();
  if (properties.getProperty(closedKey) !== null) return "";
  const { spreadsheet } = book;
  const { SHEET, RANGE } = SpreadsheetApp.ProtectionType;
  const sheets = spreadsheet.getProtections(SHEET).filter(isLeftOpen);
  const open = [...sheets, ...spreadsheet.getProtections(RANGE).filter(isLeftOpen)];
  const told = `旧版本留下的 ${open.length} 处保护对整个域开放`;
  if (open.length > 0 && spreadsheet.getOwner()?.getEmail() !== user) {
    return `${told}，请工作簿的所有者运行一次“初始化工作簿”，就会关闭。`;
  }
  for (const protection of open) protection.setDomainEdit(false);
  // Whom a range is left to is seen to where rows are protected.
  const listed = sheets.length > 0 ? editorsOf(spreadsheet) : [];
  for (const protection of sheets) leaveToEditors(protection, [], listed);
  // 单位 is left to those who may edit 参数, once that is closed.
  for (const protection of sheets.filter((each) => each.getDescription() === registerMark)) {
    leaveToEditors(protection, administrators(book, readAwardTables(book.snapshot).settings.name), []);
  }
  // Whoever could write there may have changed how it looks.
  if (open.length > 0) forgetLaid();
  properties.setProperty(closedKey, "1");
  if (open.length === 0) return "";
  return `${told}，已经关闭；其他管理员请由所有者在“${settingsSheet.label}”表的保护里重新加上。`;
}
