import { onlineStates } from "../../core/schema/review.ts";
import { confirm, runAction, tell } from "../action.ts";
import { openBooks } from "./books.ts";
import { documentJobs } from "./jobs/document-jobs.ts";
import { refuseSecondJob } from "./jobs/job-engine.ts";
import { jobKinds } from "./jobs/kinds.ts";
import { describeWithoutAddress, makingScoreSheets, planScoreSheets } from "./make-score-sheets.ts";
import { OnlineSheets } from "./online-sheets.ts";
import { beginJob, goOnIfBroken } from "./run-job.ts";

const { title } = makingScoreSheets;

/** 生成评分表: a file for each expert who has an address; those that are there are brought up to date. */
export function makeScoreSheets(): void {
  runAction(title, (context) => {
    if (goOnIfBroken(makingScoreSheets)) return;
    refuseSecondJob(documentJobs(), jobKinds);
    const books = openBooks();
    const { files, emails } = planScoreSheets(books);
    const online = new OnlineSheets(books.review);
    const experts = [...files.keys()].filter((expert) => emails.has(expert));
    const withoutAddress = [...files.keys()].filter((expert) => !emails.has(expert));
    if (experts.length === 0) {
      tell(
        context,
        title,
        files.size === 0 ? "还没有分派，请先运行“分派专家”。" : describeWithoutAddress(withoutAddress),
      );
      return;
    }
    const isMade = (expert: string) => (online.get(expert)?.status ?? onlineStates.made) !== onlineStates.made;
    const missing = experts.filter((expert) => !isMade(expert)).length;
    const question = [
      `将为 ${missing} 名专家新建在线评分表，并只与本人共享；已有的 ${experts.length - missing} 份只补充新分派的案例，专家填的内容不动。`,
      "份数多时分几次自动完成，可在“进度”里查看、暂停或取消。谷歌对每天新建的文件数有限制，超出的会等到限额恢复后继续。",
      describeWithoutAddress(withoutAddress),
    ];
    if (!confirm(context, title, question.filter((line) => line !== "").join("\n"))) return;
    beginJob(context, makingScoreSheets, experts);
  });
}
