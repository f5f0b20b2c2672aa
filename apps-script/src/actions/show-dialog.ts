function openPage(file: string, size?: { readonly width: number; readonly height: number }) {
  const page = HtmlService.createHtmlOutputFromFile(file);
  return size ? page.setWidth(size.width).setHeight(size.height) : page;
}

/** The sidebar 检查结果; its page calls `loadFindings` and `goToCell`. */
export function showFindingsSidebar(): void {
  SpreadsheetApp.getUi().showSidebar(openPage("findings").setTitle("检查结果"));
}

/** The sidebar 帮助; its page calls `loadHelp`. */
export function showHelpSidebar(): void {
  SpreadsheetApp.getUi().showSidebar(openPage("help").setTitle("评案簿 · 帮助"));
}

/** 分派预览 before anything is written; its page calls `loadAssignmentPreview` and `applyAssignment`. */
export function showAssignmentPreview(): void {
  SpreadsheetApp.getUi().showModalDialog(openPage("assignment", { width: 760, height: 540 }), "分派预览");
}

/** 进度, beside which people go on working; its page calls `loadProgress`, `loadReminders`, `pauseJob`, `resumeJob` and `cancelJob`. */
export function showProgress(): void {
  SpreadsheetApp.getUi().showModelessDialog(openPage("progress", { width: 600, height: 600 }), "进度");
}

/** 排名 as 汇总 has it; its page calls `loadRanking`. */
export function showRanking(): void {
  SpreadsheetApp.getUi().showModelessDialog(openPage("ranking", { width: 860, height: 640 }), "排名");
}
