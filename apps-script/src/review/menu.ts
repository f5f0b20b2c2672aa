/** Simple trigger: the menu 评审. */
export function onOpen(): void {
  SpreadsheetApp.getUi()
    .createMenu("评审")
    .addItem("连接申报工作簿", "connectApplication")
    .addItem("设为单位初评", "setFirstReview")
    .addItem("导入文件（云端硬盘中的表格或 CSV）", "importDriveFile")
    .addItem("移交专家名单", "takeOverExperts")
    .addSeparator()
    .addItem("分派专家", "assignExperts")
    .addItem("填写评审材料", "fillReviewMaterials")
    .addItem("生成评分表", "makeScoreSheets")
    .addItem("催交提醒", "remindReviewers")
    .addItem("收集评分", "collectScores")
    .addSeparator()
    .addItem("汇总排名", "rankSubmissions")
    .addItem("裁定", "openDecisions")
    .addSeparator()
    .addItem("进度", "showProgressDialog")
    .addItem("操作日志", "showReviewLog")
    .addItem("复核", "replayActions")
    .addItem("帮助", "showHelp")
    .addToUi();
}
