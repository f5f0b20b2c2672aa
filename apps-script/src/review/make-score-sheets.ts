import { readAward } from "../../core/award/read-award.ts";
import { readReview } from "../../core/review-book/read-review.ts";
import { onlineStates } from "../../core/schema/review.ts";
import {
  buildScoreSheets,
  packetsAction,
  type ScoreSheetFile,
  tellHiddenMaterials,
} from "../../core/score-sheets/packets.ts";
import { updateScoreSheet } from "../../core/score-sheets/update-score-sheet.ts";
import { cleanCode } from "../../core/text/identity.ts";
import { sha256 } from "../../core/text/sha256.ts";
import { runAsked, tell } from "../actions/action.ts";
import { openWorkbook } from "../google/workbook.ts";
import { type Books, digestAward, digestReview, openBooks, openSpreadsheet, zone } from "./books.ts";
import { fitMerges } from "./fit-merges.ts";
import { tryTwice } from "./jobs/job-engine.ts";
import type { JobKind, JobWork } from "./jobs/job-host.ts";
import type { JobRecord } from "./jobs/job-store.ts";
import { logOnce } from "./log.ts";
import { OnlineSheets, scoreSheetName } from "./online-sheets.ts";
import { beginJob, goOnIfBroken } from "./run-job.ts";

const title = packetsAction;

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;

/** Digest of everything in the file that the expert has not typed. */
function digestOfSheet(file: ScoreSheetFile): string {
  return sha256(JSON.stringify(file.submissions.map(({ score: _, ...told }) => told))).slice(0, 16);
}

const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export interface ScoreSheetPlan {
  readonly files: ReadonlyMap<string, ScoreSheetFile>;
  /** By 专家编号. */
  readonly emails: ReadonlyMap<string, string>;
}

export function planScoreSheets({ award, review, notice }: Books): ScoreSheetPlan {
  const files = buildScoreSheets(award, review.snapshot, notice);
  const { tables } = readReview(review.snapshot, notice);
  const emails = new Map(
    tables.reviewers.rows.flatMap((row): [string, string][] => {
      const email = row.text("email").trim();
      return address.test(email) ? [[cleanCode(row.text("expert")), email]] : [];
    }),
  );
  return { files: new Map(files.map((file) => [file.expert, file])), emails };
}

/** 生成评分表 as a job: one expert after another. */
export const makingScoreSheets: JobKind = {
  key: "scoreSheets",
  title,
  batch: 1,
  doing: "正在生成",
  open(job): JobWork {
    const books = openBooks();
    const plan = planScoreSheets(books);
    const online = new OnlineSheets(books.review);
    const memo = { made: Number(job.memo.made ?? 0), updated: Number(job.memo.updated ?? 0) };
    const current = readAward(books.award, books.notice).settings.notice;
    const inputs = [digestAward(books.award), digestReview(books.review)];
    return {
      perform([expert = ""]) {
        const file = plan.files.get(expert);
        const email = plan.emails.get(expert);
        if (file && email) {
          const known = online.get(expert);
          const isMade = known !== undefined && known.file !== "" && known.status !== onlineStates.made;
          if (isMade) memo.updated += updateSheet(file, known.file) ? 1 : 0;
          else {
            writeSheet(file, findOrCreate(expert, job));
            memo.made++;
          }
          const { status } = online.get(expert) ?? {};
          if (status === onlineStates.written || status === onlineStates.refused) {
            const problem = share(expert, email);
            if (problem !== undefined) return { problems: [problem], missing: 1, memo: { ...memo } };
          }
        }
        return { problems: [], memo: { ...memo } };
      },
      finish() {
        const withoutAddress = [...plan.files.keys()].filter((expert) => !plan.emails.has(expert));
        const outcome = `新建 ${memo.made} 份，更新 ${memo.updated} 份，其余 ${job.total - memo.made - memo.updated} 份不变`;
        logOnce(books.review, job, { action: title, parameters: "在线", outcome, inputs });
        return `${outcome}。${describeWithoutAddress(withoutAddress)}${tellHiddenMaterials(plan.files.values())}`;
      },
    };

    /** The expert's file, empty or half written; at most one is ever made. */
    function findOrCreate(expert: string, { startedAt }: JobRecord): Spreadsheet {
      const id = online.get(expert)?.file || findAbandoned(expert, startedAt, online);
      const spreadsheet = id
        ? openSpreadsheet(id, `${expert} 的评分表`)
        : SpreadsheetApp.create(scoreSheetName(expert));
      online.set(expert, { file: spreadsheet.getId(), status: onlineStates.made });
      return spreadsheet;
    }

    function writeSheet(file: ScoreSheetFile, spreadsheet: Spreadsheet): void {
      spreadsheet.setSpreadsheetTimeZone(zone);
      const names = file.patch.sheets.map((sheet) => sheet.name);
      const present = spreadsheet.getSheets();
      const isHalfWritten = present.some((sheet) => names.includes(sheet.getName()));
      if (isHalfWritten) removeProtections(present);
      const sheets = file.patch.sheets.map((sheet) => fitMerges(isHalfWritten ? { ...sheet, clearFrom: 1 } : sheet));
      openWorkbook(spreadsheet).apply({ sheets });
      for (const sheet of spreadsheet.getSheets()) {
        if (!names.includes(sheet.getName())) spreadsheet.deleteSheet(sheet);
      }
      const first = spreadsheet.getSheetByName(names[0] ?? "");
      if (first) spreadsheet.setActiveSheet(first);
      online.set(file.expert, { status: onlineStates.written, digest: digestOfSheet(file) });
    }

    function updateSheet(file: ScoreSheetFile, id: string): boolean {
      const digest = digestOfSheet(file);
      const known = online.get(file.expert);
      if (known?.digest === digest || known?.status === onlineStates.closed) return false;
      const book = openWorkbook(openSpreadsheet(id, `${file.expert} 的评分表`));
      book.apply({ sheets: updateScoreSheet(file, book.snapshot, current).sheets.map(fitMerges) });
      online.set(file.expert, { digest });
      return true;
    }

    /**
     * Shares the file with its expert alone, once everything else in it is protected.
     *
     * @returns what to do where the platform refuses the address: the file stays, and is tried again in the next run
     */
    function share(expert: string, email: string): string | undefined {
      const spreadsheet = openSpreadsheet(online.get(expert)?.file ?? "", `${expert} 的评分表`);
      const sharing = tryTwice(() => spreadsheet.addEditor(email));
      const status = "problem" in sharing ? onlineStates.refused : onlineStates.shared;
      online.set(expert, { status });
      if (status === onlineStates.shared) return undefined;
      return `${expert}：评分表已建好，但不能与 ${email} 共享（多半不是谷歌账号，QQ、163 等邮箱常常如此；也可能是谷歌当天的共享限额用完了）。请在“评审专家”表改填对方的谷歌账号后再运行一次；没有谷歌账号的，请在电脑上用 casebook packets 生成 .xlsx 发给对方。`;
    }
  },
};

export function describeWithoutAddress(experts: readonly string[]): string {
  if (experts.length === 0) return "";
  const some = experts.slice(0, 8).join("、") + (experts.length > 8 ? " 等" : "");
  return `${experts.length} 名专家（${some}）没有可用的邮箱，没有在线评分表：请在“评审专家”表补填邮箱后再运行一次，或在电脑上用 casebook packets 生成 .xlsx 发给他们。`;
}

/** A file that an execution of this job made but could not record before it ended: not shared yet, and younger than the job. */
function findAbandoned(expert: string, startedAt: string, online: OnlineSheets): string | undefined {
  const noted = new Set(online.all().map((sheet) => sheet.file));
  const me = Session.getEffectiveUser().getEmail();
  const files = DriveApp.getFilesByName(scoreSheetName(expert));
  while (files.hasNext()) {
    const file = files.next();
    const changed = Utilities.formatDate(file.getLastUpdated(), zone, "yyyy-MM-dd HH:mm:ss");
    const isMine = file.getOwner()?.getEmail() === me;
    const isShared = [...file.getEditors(), ...file.getViewers()].some((user) => user.getEmail() !== me);
    if (!noted.has(file.getId()) && !file.isTrashed() && isMine && !isShared && changed >= startedAt)
      return file.getId();
  }
  return undefined;
}

function removeProtections(sheets: readonly GoogleAppsScript.Spreadsheet.Sheet[]): void {
  for (const sheet of sheets) {
    for (const protection of sheet.getProtections(SpreadsheetApp.ProtectionType.SHEET)) protection.remove();
  }
}

/** 生成评分表: a file for each expert who has an address; those that are there are brought up to date. */
export function makeScoreSheets(): void {
  runAsked(title, (context) => {
    if (goOnIfBroken(makingScoreSheets)) return undefined;
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
      return undefined;
    }
    const isMade = (expert: string) => (online.get(expert)?.status ?? onlineStates.made) !== onlineStates.made;
    const missing = experts.filter((expert) => !isMade(expert)).length;
    const question = [
      `将为 ${missing} 名专家新建在线评分表，并只与本人共享；已有的 ${experts.length - missing} 份只补充新分派的案例，专家填的内容不动。`,
      "份数多时分几次自动完成，可在“进度”里查看、暂停或取消。谷歌对每天新建的文件数有限制，超出的会等到限额恢复后继续。",
      describeWithoutAddress(withoutAddress),
    ];
    return {
      question: question.filter((line) => line !== "").join("\n"),
      basis: experts.join("、"),
      perform: () => beginJob(context, makingScoreSheets, experts),
    };
  });
}
