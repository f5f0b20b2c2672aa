import { digestSnapshot } from "../../core/log/log.ts";
import { onlineStates, scoreSheetLabels } from "../../core/schema/review.ts";
import {
  type CollectResult,
  collectScoreSheets,
  countCollected,
  summariseCollection,
} from "../../core/score-sheets/collect.ts";
import type { CollectInput } from "../../core/score-sheets/take-file.ts";
import { cleanCode } from "../../core/text/identity.ts";
import { sha256 } from "../../core/text/sha256.ts";
import type { WorkbookPatch } from "../../core/workbook/port.ts";
import { askText, runAction, runReading, tell } from "../actions/action.ts";
import { ActionError } from "../actions/action-error.ts";
import { clockTime } from "../google/spreadsheet-clock.ts";
import { openWorkbook } from "../google/workbook.ts";
import { digestReview, openBooks, openReviewBook, openSpreadsheet, readSettingsOf } from "./books.ts";
import { tryTwice } from "./jobs/job-engine.ts";
import type { JobKind, JobWork } from "./jobs/job-host.ts";
import { reminder } from "./jobs/job-store.ts";
import { logOnce } from "./log.ts";
import { OnlineSheets, scoreSheetName } from "./online-sheets.ts";
import { beginJob, goOnIfBroken } from "./run-job.ts";

const title = "收集评分";

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;

/** 收集评分 as a job: some files at a time, so that the review workbook is written seldom. */
export const collecting: JobKind = {
  key: "collect",
  title,
  batch: 20,
  doing: "正在收集",
  open(job): JobWork {
    const books = openBooks();
    const { review } = books;
    const settings = readSettingsOf(books.award);
    const online = new OnlineSheets(review);
    const accepted = new Set(job.parameter.split("、"));
    const count = (key: string) => Number(job.memo[key] ?? 0);
    const counts = {
      sheets: count("sheets"),
      scores: count("scores"),
      rejected: count("rejected"),
      conflicts: count("conflicts"),
    };
    let digest = String(job.memo.digest ?? digestReview(review));
    const now = () => clockTime().replace(" ", "T");
    const isOver = () => now().slice(0, 10) > settings.notice.windows.review.value.to;

    const take = (inputs: readonly CollectInput[], accept: ReadonlySet<string>) =>
      collectScoreSheets(review.snapshot, settings, inputs, { accept, now: now() });

    const readOne = (expert: string): CollectInput => {
      const spreadsheet = openSpreadsheet(online.get(expert)?.file ?? "", `${expert} 的评分表`);
      if (isOver() && online.get(expert)?.status !== onlineStates.closed) {
        closeSheet(spreadsheet);
        online.set(expert, { status: onlineStates.closed });
      }
      return readFile(spreadsheet, expert);
    };

    return {
      perform(experts) {
        const problems: string[] = [];
        let missing = 0;
        const inputs: CollectInput[] = [];
        const accept = new Set<string>();
        for (const expert of experts) {
          const input = tryTwice(() => readOne(expert));
          if ("problem" in input) {
            problems.push(`${expert}：${input.problem}`);
            missing++;
          } else {
            inputs.push(input);
            if (accepted.has(expert)) accept.add(input.file);
          }
        }
        const { result, patch } = take(inputs, accept);
        review.apply(withoutLayout(patch));
        const more = countCollected(result);
        for (const key of ["sheets", "scores", "rejected", "conflicts"] as const) counts[key] += more[key];
        digest = sha256([digest, ...inputs.map((input) => input.digest)].join("\n"));
        return { problems: [...problems, ...tellResult(result)], missing, memo: { ...counts, digest } };
      },
      finish() {
        const { result, patch } = take([], new Set());
        review.apply({ sheets: patch.sheets.filter((sheet) => sheet.layout !== undefined) });
        const outcome = summariseCollection(counts);
        const parameters = ["在线评分表", ...(job.parameter === "" ? [] : [`以 ${job.parameter} 现有分数为准`])].join(
          "；",
        );
        logOnce(review, job, { action: title, parameters, outcome, inputs: [digest] });
        const waiting = result.missing.reduce((sum, entry) => sum + entry.submissions.length, 0);
        const rest =
          waiting > 0 ? `还有 ${result.missing.length} 名专家的 ${waiting} 个评分没有交齐。` : "评分已全部收齐。";
        return `${outcome}。${rest}`;
      },
    };
  },
};

/** After the review window an expert may only view the file. Called before the file is read, so that no typing is lost. */
function closeSheet(spreadsheet: Spreadsheet): void {
  const mine = new Set([Session.getEffectiveUser().getEmail(), spreadsheet.getOwner()?.getEmail()]);
  for (const editor of spreadsheet.getEditors()) {
    const email = editor.getEmail();
    if (mine.has(email)) continue;
    spreadsheet.removeEditor(email);
    spreadsheet.addViewer(email);
  }
}

/**
 * Every sheet that may hold scores: 评分 and what an expert has copied beside it. 案例正文 is read only where a title is in
 * doubt, 评分标准 never. A file that somebody has renamed is called by its expert too.
 */
function readFile(spreadsheet: Spreadsheet, expert: string): CollectInput {
  const handedOut: readonly string[] = [scoreSheetLabels.texts, scoreSheetLabels.rubric];
  const sheets = openWorkbook(spreadsheet).snapshot.sheets.filter((sheet) => sheet.name !== scoreSheetLabels.rubric);
  const names = sheets.map((sheet) => sheet.name).filter((name) => !handedOut.includes(name));
  const title = spreadsheet.getName();
  const file = title === scoreSheetName(expert) ? title : `${title}（${expert}）`;
  return { file, digest: digestSnapshot({ sheets }, names), sheets };
}

/** The look of 评分 is written once, at the end. */
function withoutLayout(patch: WorkbookPatch): WorkbookPatch {
  return { sheets: patch.sheets.map(({ layout: _, ...sheet }) => sheet) };
}

function tellResult(result: CollectResult): string[] {
  const where = (row: number) => (row > 0 ? ` 第 ${row} 行` : "");
  return [
    ...result.rejected.map(({ file, row, reason }) => `${file}${where(row)}：${reason}`),
    ...result.conflicts.map((c) =>
      c.disputed
        ? `${c.submission}（${c.expert}）在 ${c.file} 里有两处，互相不一致：${c.kept}，又有 ${c.offered}；不一致的都没有收。请专家只留一处，再收一次。`
        : `${c.submission}（${c.expert}）与先前收到的不一致：已收 ${c.kept}，评分表里现为 ${c.offered}。如以现在的为准，请再运行“收集评分”并填写 ${c.expert}。`,
    ),
    ...result.warnings.map((warning) => `${reminder}${warning}`),
  ];
}

const handedOut: readonly string[] = [onlineStates.shared, onlineStates.closed];

/** Experts with an online score sheet that has been handed out. */
function collectable(): string[] {
  return new OnlineSheets(openReviewBook())
    .all()
    .filter((sheet) => sheet.file !== "" && handedOut.includes(sheet.status))
    .map((sheet) => sheet.expert);
}

/** 收集评分: takes the scores of every online score sheet. */
export function collectScores(): void {
  let experts: string[] | undefined;
  runAction(title, (context) => {
    if (goOnIfBroken(collecting)) return;
    experts = collectable();
    if (experts.length > 0) return;
    const none = "还没有在线评分表，请先运行“生成评分表”。交回的 .xlsx 评分表请在电脑上用 casebook collect 收取。";
    tell(context, title, none);
  });
  if (!experts || experts.length === 0) return;
  const question =
    `将读取 ${experts.length} 份在线评分表。先前收到的分数不会被悄悄改掉：专家后来改了的，会列出来请您决定。\n` +
    "如要以某些专家现在的分数为准，请填写专家编号（如 E001、E002）；一般留空。";
  runReading(title, (context) => {
    const text = askText(context, title, question);
    if (text !== undefined) collect(text);
  });
}

function collect(text: string): void {
  runAction(title, (context) => {
    if (goOnIfBroken(collecting)) return;
    const experts = collectable();
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
