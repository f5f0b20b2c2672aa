import { noticeOf } from "../../core/award/notice-sheet.ts";
import { readAwardTables } from "../../core/award/read-award.ts";
import { askText, runAction, runReading, tell } from "../actions/action.ts";
import { ActionError } from "../actions/action-error.ts";
import { openWorkbook } from "../google/workbook.ts";
import { connectionKey, openReviewBook, openSpreadsheet } from "./books.ts";

const title = "连接申报工作簿";

/** The id in an address of Google Drive, or the text itself. */
export function idIn(text: string): string {
  return /\/(?:d|folders)\/([^/?#\s]+)/.exec(text)?.[1] ?? text.trim();
}

/** 连接申报工作簿: remembers which shared workbook is reviewed here. */
export function connectApplication(): void {
  runReading(title, (asking) => {
    const text = askText(asking, title, "请粘贴申报工作簿的网址（或文件编号）：");
    if (text !== undefined) connect(text);
  });
}

function connect(text: string): void {
  runAction(title, (context) => {
    const id = idIn(text);
    if (id === "") throw new ActionError("没有填网址，未做任何改动。");
    if (id === SpreadsheetApp.getActiveSpreadsheet().getId())
      throw new ActionError("这是评审工作簿自己的网址。请打开申报工作簿，复制它的网址再试。");
    const spreadsheet = openSpreadsheet(id, "这个工作簿");
    const { snapshot } = openWorkbook(spreadsheet, { formulasOf: () => false });
    const tables = readAwardTables(snapshot);
    openReviewBook(noticeOf(snapshot));
    PropertiesService.getDocumentProperties().setProperty(connectionKey, id);
    tell(
      context,
      title,
      `已连接“${spreadsheet.getName()}”：${tables.units.rows.length} 个单位，${tables.submissions.rows.length} 个案例，${tables.experts.rows.length} 行专家。`,
    );
  });
}
