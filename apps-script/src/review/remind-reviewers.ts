import type { Settings } from "../../core/award/settings.ts";
import { type ExpertProgress, readExpertProgress } from "../../core/progress/expert-progress.ts";
import { mailExpert } from "../../core/progress/reminders.ts";
import { readReview } from "../../core/review-book/read-review.ts";
import { onlineStates } from "../../core/schema/review.ts";
import { cleanCode } from "../../core/text/identity.ts";
import type { WorkbookSnapshot } from "../../core/workbook/port.ts";
import { runAsked, tell } from "../actions/action.ts";
import { clockTime } from "../google/spreadsheet-clock.ts";
import { digestReview, openBooks, openSpreadsheet, readSettingsOf } from "./books.ts";
import { DailyLimitError, type JobKind, type JobWork } from "./jobs/job-host.ts";
import { logOnce } from "./log.ts";
import { OnlineSheets } from "./online-sheets.ts";
import { beginJob, goOnIfBroken } from "./run-job.ts";

const title = "催交提醒";

/** Written before the day while a mail is being sent. Where it still stands later, nobody knows whether the mail went out. */
const sending = "正在发送 ";

export interface Debtor extends ExpertProgress {
  readonly email: string;
}

/** Experts with missing scores, an address and an online score sheet. */
export function findDebtors(review: WorkbookSnapshot, { notice }: Settings, online: OnlineSheets): Debtor[] {
  const data = readReview(review, notice);
  const emails = new Map(
    data.tables.reviewers.rows.map((row) => [cleanCode(row.text("expert")), row.text("email").trim()]),
  );
  return readExpertProgress(data, notice).flatMap((debtor) => {
    const email = emails.get(debtor.expert) ?? "";
    const isReachable = email !== "" && online.get(debtor.expert)?.status === onlineStates.shared;
    return debtor.open.length > 0 && !debtor.withdrawn && isReachable ? [{ ...debtor, email }] : [];
  });
}

/** 催交提醒 as a job: one mail after another, none twice on one day. */
export const reminding: JobKind = {
  key: "remind",
  title,
  batch: 1,
  doing: "正在发送",
  open(job): JobWork {
    const books = openBooks();
    const settings = readSettingsOf(books.award);
    const online = new OnlineSheets(books.review);
    const debtors = new Map(
      findDebtors(books.review.snapshot, settings, online).map((debtor) => [debtor.expert, debtor]),
    );
    let sent = Number(job.memo.sent ?? 0);
    return {
      perform([expert = ""]) {
        const debtor = debtors.get(expert);
        const today = clockTime().slice(0, 10);
        const before = online.get(expert)?.reminded ?? "";
        if (!debtor || before === today) return { problems: [] };
        if (before === sending + today) {
          return { problems: [`${expert}：发送提醒时中断，不能确定是否已发出；为免重复，今天不再发送。`], missing: 1 };
        }
        const link = openSpreadsheet(online.get(expert)?.file ?? "", `${expert} 的评分表`).getUrl();
        const { subject, body } = mailExpert({ ...debtor, link }, settings.notice, today);
        if (MailApp.getRemainingDailyQuota() < 1) throw new DailyLimitError("email");
        online.set(expert, { reminded: sending + today });
        try {
          MailApp.sendEmail(debtor.email, subject, body, { name: "评案簿" });
        } catch (error) {
          online.set(expert, { reminded: before });
          throw error;
        }
        online.set(expert, { reminded: today });
        sent++;
        return { problems: [], memo: { sent } };
      },
      finish() {
        const outcome = `发出 ${sent} 封提醒`;
        const inputs = [digestReview(books.review)];
        logOnce(books.review, job, { action: title, parameters: "", outcome, inputs });
        return `${outcome}。`;
      },
    };
  },
};

/** 催交提醒: a mail to each expert with missing scores. */
export function remindReviewers(): void {
  runAsked(title, (context) => {
    if (goOnIfBroken(reminding)) return undefined;
    const { award, review } = openBooks();
    const online = new OnlineSheets(review);
    const debtors = findDebtors(review.snapshot, readSettingsOf(award), online);
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
      return undefined;
    }
    const question = [
      `将给 ${due.length} 名专家各发一封邮件，提醒他们还有评分没有交齐；邮件里没有案例和作者的信息。`,
      `您的账号今天还能发 ${MailApp.getRemainingDailyQuota()} 封。人数以最近一次“收集评分”为准，建议先收集再提醒。`,
    ];
    const experts = due.map(({ expert }) => expert);
    return {
      question: question.join("\n"),
      basis: experts.join("、"),
      perform: () => beginJob(context, reminding, experts),
    };
  });
}
