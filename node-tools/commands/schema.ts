import { noticeOf } from "../../apps-script/core/award/notice-sheet.ts";
import { defaultNotice } from "../../apps-script/core/notice/built-in.ts";
import type { Notice } from "../../apps-script/core/notice/notice.ts";
import { describeRules } from "../../apps-script/core/rules/describe.ts";
import * as application from "../../apps-script/core/schema/application.ts";
import * as review from "../../apps-script/core/schema/review.ts";
import { helpOf, type SheetSpec } from "../../apps-script/core/schema/sheet-spec.ts";
import { version } from "../../apps-script/core/version.ts";
import { openForReading } from "../award-files/award-files.ts";
import { type Command, exitCode } from "../command-line/command.ts";

const describeSheet = (sheet: SheetSpec, notice: Notice) => ({
  name: sheet.label,
  hidden: sheet.hidden === true,
  columns: sheet.columns.map((column) => {
    const { key, label, kind } = column;
    const help = helpOf(column, notice);
    return { key, label, kind, ...(help === undefined ? {} : { help }) };
  }),
});

const workbooksOf = (notice: Notice) => ({
  申报工作簿: [
    application.settingsSheet,
    application.unitsSheet,
    application.submissionsSheet,
    application.textsSheet,
    application.expertsSheet,
    application.liaisonsSheet,
    application.findingsSheet,
    application.quotaSheet,
    application.progressSheet,
    application.logSheet,
    application.priorSheet,
    application.importRecordSheet,
  ],
  评审工作簿: [
    review.reviewedSheet,
    review.reviewersSheet,
    review.assignmentSheet,
    review.scoresSheet(notice),
    review.groupOverviewSheet,
    review.rankingSheet(notice),
    review.resultsSheet,
    review.decisionsSheet,
    review.expertOverviewSheet,
    application.logSheet,
  ],
  评分表: [review.scoreSheet(notice)],
  填报表: application.unitFormSheets,
});

export const schema: Command = {
  name: "schema",
  operands: "[工作簿]",
  minOperands: 0,
  maxOperands: 1,
  summary: "输出工作表、列、检查规则和通知数值（JSON）",
  details: ["写了工作簿时按该工作簿的通知输出，否则按随程序附带的通知。"],
  async run(call) {
    const [path] = call.operands;
    const notice = path === undefined ? defaultNotice : noticeOf(openForReading(path).workbook.snapshot);
    const description = {
      version,
      workbooks: Object.fromEntries(
        Object.entries(workbooksOf(notice)).map(([name, sheets]) => [
          name,
          sheets.map((sheet) => describeSheet(sheet, notice)),
        ]),
      ),
      rules: describeRules(notice),
      notice,
    };
    call.terminal.json(description);
    call.terminal.say(JSON.stringify(description, null, 2));
    return exitCode.done;
  },
};
