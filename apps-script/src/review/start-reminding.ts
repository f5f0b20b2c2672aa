import { confirm, runAction, tell } from "../action.ts";
import { openBooks, readSettingsOf } from "./books.ts";
import { documentJobs } from "./jobs/document-jobs.ts";
import { refuseSecondJob } from "./jobs/job-engine.ts";
import { jobKinds } from "./jobs/kinds.ts";
import { OnlineSheets } from "./online-sheets.ts";
import { findDebtors, reminding } from "./remind-reviewers.ts";
import { beginJob, goOnIfBroken } from "./run-job.ts";

const { title } = reminding;

/** 催交提醒: a mail to each expert with missing scores. */
export function remindReviewers(): void {
  runAction(title, (context) => {
    if (goOnIfBroken(reminding)) return;
    refuseSecondJob(documentJobs(), jobKinds);
    const { award, review } = openBooks();
    const online = new OnlineSheets(review);
    const debtors = findDebtors(review.snapshot, readSettingsOf(award), online, context.now.replace(" ", "T"));
    const today = context.now.slice(0, 10);
    const due = debtors.filter(({ expert }) => online.get(expert)?.reminded !== today);
    if (due.length === 0) {
      tell(
        context,
        title,
        debtors.length === 0
          ? "已收到的评分里没有缺项，或欠交的专家没有在线评分表，无需发送。（先运行“收集评分”，数字才是最新的。）"
          : `欠交的 ${debtors.length} 名专家今天都已提醒过。`,
      );
      return;
    }
    const question = [
      `将给 ${due.length} 名专家各发一封邮件，提醒他们还有评分没有交齐；邮件里没有案例和作者的信息。`,
      `您的账号今天还能发 ${MailApp.getRemainingDailyQuota()} 封。人数以最近一次“收集评分”为准，建议先收集再提醒。`,
    ];
    if (!confirm(context, title, question.join("\n"))) return;
    beginJob(
      context,
      reminding,
      due.map(({ expert }) => expert),
    );
  });
}
