import { noticeOf } from "../../core/award/notice-sheet.ts";
import { defaultNotice } from "../../core/notice/built-in.ts";
import { noticeSheet } from "../../core/schema/application.ts";
import { openWorkbook } from "../google/workbook.ts";

/** A text as it stands within a string of a script on a page. */
function inScript(text: string): string {
  return JSON.stringify(text).slice(1, -1).replace(/</g, "\\u003c");
}

/** 帮助: how to fill the workbook in, and whom to ask; the page is made for the built-in notice and calls nothing. */
export function showHelp(): void {
  const spreadsheet = SpreadsheetApp.getActiveSpreadsheet();
  const content = HtmlService.createHtmlOutputFromFile("help").getContent();
  const isOther = spreadsheet.getSheetByName(noticeSheet.label) !== null;
  const contact = isOther ? noticeOf(openWorkbook(spreadsheet).snapshot).contact.value : defaultNotice.contact.value;
  const told = content.split(inScript(defaultNotice.contact.value)).join(inScript(contact));
  SpreadsheetApp.getUi().showSidebar(HtmlService.createHtmlOutput(told).setTitle("评案簿 · 帮助"));
}
