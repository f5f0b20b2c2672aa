import type { Settings } from "../../core/award/settings.ts";
import { readReview } from "../../core/review-book/read-review.ts";
import { onlineStates } from "../../core/schema/review.ts";
import { collectScoreSheets } from "../../core/score-sheets/collect.ts";
import { writeReminder } from "../../core/score-sheets/reminder.ts";
import { cleanCode } from "../../core/text/identity.ts";
import type { WorkbookSnapshot } from "../../core/workbook/port.ts";
import { digestReview, openBooks, openSpreadsheet, readSettingsOf } from "./books.ts";
import type { JobKind, JobWork } from "./jobs/job-host.ts";
import { logOnce } from "./log-once.ts";
import { OnlineSheets } from "./online-sheets.ts";

/** Stands before the day while a mail is on its way: if nothing follows, nobody knows whether it went out. */
const sending = "正在发送 ";

export interface Debtor {
  readonly expert: string;
  readonly email: string;
  readonly missing: number;
}

/** Experts with missing scores, an address and an online score sheet. */
export function findDebtors(review: WorkbookSnapshot, settings: Settings, online: OnlineSheets, now: string): Debtor[] {
  const { missing } = collectScoreSheets(review, settings, [], { now }).result;
  const { reviewers } = readReview(review, settings.notice).tables;
  const emails = new Map(reviewers.rows.map((row) => [cleanCode(row.text("expert")), row.text("email").trim()]));
  return missing.flatMap(({ expert, submissions }) => {
    const email = emails.get(expert) ?? "";
    const isReachable = email !== "" && online.get(expert)?.status === onlineStates.shared;
    return isReachable ? [{ expert, email, missing: submissions.length }] : [];
  });
}

/** 催交提醒 as a job: one mail after another, none twice on one day. */
export const reminding: JobKind = {
  key: "remind",
  title: "催交提醒",
  batch: 1,
  doing: "正在发送",
  open(job): JobWork {
    const books = openBooks();
    const settings = readSettingsOf(books.award);
    const online = new OnlineSheets(books.review);
    const time = () => Utilities.formatDate(new Date(), Session.getScriptTimeZone(), "yyyy-MM-dd'T'HH:mm:ss");
    const debtors = new Map(
      findDebtors(books.review.snapshot, settings, online, time()).map((debtor) => [debtor.expert, debtor]),
    );
    let sent = Number(job.memo.sent ?? 0);
    return {
      perform([expert = ""]) {
        const debtor = debtors.get(expert);
        const today = time().slice(0, 10);
        const before = online.get(expert)?.reminded ?? "";
        if (!debtor || before === today) return { problems: [] };
        if (before === sending + today) {
          return { problems: [`${expert}：发送提醒时中断，不能确定是否已发出；为免重复，今天不再发送。`] };
        }
        const link = openSpreadsheet(online.get(expert)?.file ?? "", `${expert} 的评分表`).getUrl();
        const { subject, body } = writeReminder(expert, debtor.missing, link, settings.notice);
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
        logOnce(books.review, job, { action: reminding.title, parameters: "", outcome, inputs });
        return `${outcome}。`;
      },
    };
  },
};
