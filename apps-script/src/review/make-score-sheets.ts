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
import type { SheetPatch } from "../../core/workbook/port.ts";
import { runAsked, tell } from "../actions/action.ts";
import { editorsOf, protectCopy } from "../google/protect.ts";
import { openWorkbook } from "../google/workbook.ts";
import { type Books, digestAward, digestReview, openBooks, openSpreadsheet, zone } from "./books.ts";
import { fitMerges } from "./fit-merges.ts";
import { tryTwice } from "./jobs/job-engine.ts";
import type { JobKind, JobWork } from "./jobs/job-host.ts";
import type { JobRecord } from "./jobs/job-store.ts";
import { logOnce } from "./log.ts";
import { OnlineSheets, scoreSheetName } from "./online-sheets.ts";
import { beginJob, goOnIfBroken } from "./run-job.ts";
import { groupOf, modelOf, overModel, type ScoreSheetModel, sheetsOf } from "./score-sheet-models.ts";

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
    const isMade = (expert: string) => (online.get(expert)?.status ?? onlineStates.made) !== onlineStates.made;
    const models = new Models(plan, (expert) => !isMade(expert), job, online);
    /** The files that this execution has made. */
    const open = new Map<string, Spreadsheet>();
    return {
      perform([expert = ""]) {
        const file = plan.files.get(expert);
        const email = plan.emails.get(expert);
        if (file && email) {
          const known = online.get(expert);
          if (known && known.file !== "" && isMade(expert)) memo.updated += updateSheet(file, known.file) ? 1 : 0;
          else {
            makeSheet(file, job);
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

    /** The expert's file; at most one is ever made. */
    function makeSheet(file: ScoreSheetFile, { startedAt }: JobRecord): void {
      const { expert } = file;
      const id = online.get(expert)?.file || findAbandoned(scoreSheetName(expert), startedAt, online);
      const model = id ? undefined : models.of(file);
      const spreadsheet = id
        ? opened(expert, id)
        : (model?.spreadsheet.copy(scoreSheetName(expert)) ?? SpreadsheetApp.create(scoreSheetName(expert)));
      open.set(expert, spreadsheet);
      online.set(expert, { file: spreadsheet.getId(), status: onlineStates.made });
      if (model) writeCopy(spreadsheet, file, model.model);
      else layWhole(spreadsheet, sheetsOf(file));
      online.set(expert, { status: onlineStates.written, digest: digestOfSheet(file) });
    }

    function updateSheet(file: ScoreSheetFile, id: string): boolean {
      const digest = digestOfSheet(file);
      const known = online.get(file.expert);
      if (known?.digest === digest || known?.status === onlineStates.closed) return false;
      const book = openWorkbook(opened(file.expert, id));
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
      const spreadsheet = open.get(expert) ?? opened(expert, online.get(expert)?.file ?? "");
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

const opened = (expert: string, id: string) => openSpreadsheet(id, `${expert} 的评分表`);

/** Fewer files of one group are laid one by one: a model takes as many calls as a file. */
const worthAModel = 4;

/** Document property: the job that the models were laid for, and their files by their keys. */
const modelsKey = "casebook.scoreSheetModels";

interface KeptModels {
  readonly job: string;
  readonly files: Readonly<Record<string, string>>;
}

/** The models of a job. Each is kept once it is whole: what is copied later was never half laid. */
class Models {
  private readonly ready = new Map<string, { model: ScoreSheetModel; spreadsheet: Spreadsheet } | undefined>();

  constructor(
    private readonly plan: ScoreSheetPlan,
    private readonly isMissing: (expert: string) => boolean,
    private readonly job: JobRecord,
    private readonly online: OnlineSheets,
  ) {}

  /** undefined where a model is not worth its calls. */
  of(file: ScoreSheetFile): { model: ScoreSheetModel; spreadsheet: Spreadsheet } | undefined {
    const group = groupOf(file);
    if (!this.ready.has(group)) this.ready.set(group, this.prepare(group));
    return this.ready.get(group);
  }

  private prepare(group: string) {
    const files = [...this.plan.files.values()].filter((file) => groupOf(file) === group);
    const missing = files.filter(({ expert }) => this.plan.emails.has(expert) && this.isMissing(expert));
    if (files.length < worthAModel) return undefined;
    const model = modelOf(files);
    const kept = this.kept();
    const present = kept.files[model.key];
    if (present !== undefined) {
      // One that is gone is laid anew.
      const spreadsheet = tryTwice(() => openSpreadsheet(present, "样表"));
      if (!("problem" in spreadsheet)) return { model, spreadsheet };
    }
    if (missing.length < worthAModel) return undefined;
    const name = `样表（生成评分表用，做完可删）-${model.key}`;
    const id = findAbandoned(name, this.job.startedAt, this.online);
    const spreadsheet = id ? openSpreadsheet(id, "样表") : SpreadsheetApp.create(name);
    layWhole(spreadsheet, model.sheets);
    // What is not written out yet would be missing in a copy.
    SpreadsheetApp.flush();
    const next: KeptModels = { ...kept, files: { ...kept.files, [model.key]: spreadsheet.getId() } };
    PropertiesService.getDocumentProperties().setProperty(modelsKey, JSON.stringify(next));
    return { model, spreadsheet };
  }

  /** Those of an earlier job may have been written in since. */
  private kept(): KeptModels {
    const text = PropertiesService.getDocumentProperties().getProperty(modelsKey);
    const kept = text === null ? undefined : (JSON.parse(text) as KeptModels);
    return kept?.job === this.job.id ? kept : { job: this.job.id, files: {} };
  }
}

/** Lays the sheets where there is nothing yet, or over what an execution left half written. */
function layWhole(spreadsheet: Spreadsheet, patches: readonly SheetPatch[]): void {
  spreadsheet.setSpreadsheetTimeZone(zone);
  const names = patches.map((sheet) => sheet.name);
  const present = spreadsheet.getSheets();
  const isHalfWritten = present.some((sheet) => names.includes(sheet.getName()));
  if (isHalfWritten) removeProtections(present);
  openWorkbook(spreadsheet).apply({
    sheets: patches.map((sheet) => (isHalfWritten ? { ...sheet, clearFrom: 1 } : sheet)),
  });
  for (const sheet of spreadsheet.getSheets()) {
    if (!names.includes(sheet.getName())) spreadsheet.deleteSheet(sheet);
  }
  const first = spreadsheet.getSheetByName(names[0] ?? "");
  if (first) spreadsheet.setActiveSheet(first);
}

/** Makes a copy of the model the file of an expert. */
function writeCopy(spreadsheet: Spreadsheet, file: ScoreSheetFile, model: ScoreSheetModel): void {
  spreadsheet.setSpreadsheetTimeZone(zone);
  const book = openWorkbook(spreadsheet);
  for (const { patch, surplus } of overModel(file, model)) {
    if (surplus) spreadsheet.getSheetByName(patch.name)?.deleteRows(surplus.first, surplus.count);
    book.apply({ sheets: [patch] });
  }
  const editors = editorsOf(spreadsheet);
  for (const { name, layout } of sheetsOf(file)) {
    const sheet = spreadsheet.getSheetByName(name);
    if (sheet && layout?.protected) protectCopy(sheet, layout.styles ?? [], editors);
  }
}

/** A file that an execution of this job made but could not record before it ended: not shared yet, and younger than the job. */
function findAbandoned(name: string, startedAt: string, online: OnlineSheets): string | undefined {
  const noted = new Set(online.all().map((sheet) => sheet.file));
  const me = Session.getEffectiveUser().getEmail();
  const files = DriveApp.getFilesByName(name);
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
