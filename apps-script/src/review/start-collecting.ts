import { onlineStates } from "../../core/schema/review.ts";
import { cleanCode } from "../../core/text/identity.ts";
import { ActionError, askText, runAction, tell } from "../action.ts";
import { openReviewBook } from "./books.ts";
import { collecting } from "./collect-scores.ts";
import { documentJobs } from "./jobs/document-jobs.ts";
import { refuseSecondJob } from "./jobs/job-engine.ts";
import { jobKinds } from "./jobs/kinds.ts";
import { OnlineSheets } from "./online-sheets.ts";
import { beginJob, goOnIfBroken } from "./run-job.ts";

const { title } = collecting;

/** 收集评分: takes the scores of every online score sheet. */
export function collectScores(): void {
  runAction(title, (context) => {
    if (goOnIfBroken(collecting)) return;
    refuseSecondJob(documentJobs(), jobKinds);
    const experts = new OnlineSheets(openReviewBook())
      .all()
      .filter((sheet) => sheet.file !== "" && sheet.status !== onlineStates.made)
      .map((sheet) => sheet.expert);
    if (experts.length === 0) {
      tell(
        context,
        title,
        "还没有在线评分表，请先运行“生成评分表”。交回的 .xlsx 评分表请在电脑上用 casebook collect 收取。",
      );
      return;
    }
    const text = askText(
      context,
      title,
      `将读取 ${experts.length} 份在线评分表。先前收到的分数不会被悄悄改掉：专家后来改了的，会列出来请您决定。\n` +
        "如要以某些专家现在的分数为准，请填写专家编号（如 E001、E002）；一般留空。",
    );
    if (text === undefined) return;
    const accepted = text
      .split(/[、，,;；\s]+/)
      .filter((part) => part !== "")
      .map(cleanCode);
    const unknown = accepted.filter((expert) => !experts.includes(expert));
    if (unknown.length > 0)
      throw new ActionError(`没有专家 ${unknown.join("、")} 的在线评分表，未收取。请核对专家编号。`);
    beginJob(context, collecting, experts, accepted.join("、"));
  });
}
