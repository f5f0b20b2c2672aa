import { applicationSheetLabels, guideSheetLabel, unitsSheet } from "../../core/schema/application.ts";
import { maySettle } from "./award-book.ts";

/** Simple trigger: the menu 评案簿; officers get what they may run. */
export function onOpen(): void {
  const menu = SpreadsheetApp.getUi().createMenu("评案簿");
  const book = SpreadsheetApp.getActiveSpreadsheet();
  const guide = book.getSheetByName(guideSheetLabel);
  // Sheets may have been renamed or deleted, but not all of them.
  if (!guide && !applicationSheetLabels.some((label) => book.getSheetByName(label)))
    book.toast("第一次使用：请点菜单“评案簿 → 初始化工作簿”。", "评案簿", -1);
  // Whoever opens a workbook in which nothing is filled in is told first what it is for.
  if ((book.getSheetByName(unitsSheet.label)?.getLastRow() ?? 2) <= 1) guide?.activate();
  if (isForAdministrators()) {
    menu
      .addItem("初始化工作簿", "initializeWorkbook")
      .addItem("导入（从本表的粘贴区）", "importPasted")
      .addSeparator()
      .addItem("检查全部", "checkAll")
      .addItem("检查本单位", "checkOwnUnit")
      .addItem("一键更正", "correctCells")
      .addItem("按初评分推荐", "recommendByFirstScore")
      .addSeparator()
      .addItem("锁定填报", "lockSubmissions")
      .addItem("解锁填报", "unlockSubmissions")
      .addSeparator()
      .addItem("操作日志", "showLog");
  } else menu.addItem("检查本单位", "checkOwnUnit");
  menu.addItem("帮助", "showHelp").addToUi();
}

/** The menu is a convenience: each action looks for itself who runs it. So where a simple trigger may not ask, all is shown. */
function isForAdministrators(): boolean {
  try {
    return maySettle(SpreadsheetApp.getActiveSpreadsheet());
  } catch {
    return true;
  }
}
