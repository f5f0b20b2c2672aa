import { clockTime } from "../google/spreadsheet-clock.ts";
import { ActionError } from "./action-error.ts";
import { beginAttempt, endAttempt } from "./attempt.ts";
import { inWords, tolerate } from "./platform-errors.ts";
import { inTurn } from "./turn.ts";

export interface ActionContext {
  /** undefined where nobody watches: in a time trigger. */
  readonly ui: GoogleAppsScript.Base.Ui | undefined;
  readonly user: string;
  /** `YYYY-MM-DD HH:mm:ss` in the script's zone. */
  readonly now: string;
  /** What is told at the end, when the lock is free again. */
  readonly lastWords: Words[];
}

interface Words {
  readonly title: string;
  readonly message: string;
}

/** Document property: who holds the document lock, for those who have to wait. */
const runningKey = "casebook.running";
const waitMs = 1_000;
/**
 * An execution ends after six minutes, and the time that somebody takes to answer counts: after this long in all too
 * little is left to write safely.
 */
const longestAnswers = 2.5 * 60_000;
/** How long this execution has waited for answers, in milliseconds. */
let waited = 0;
let nesting = 0;

function waitFor<T>(ask: () => T): T {
  const start = Date.now();
  try {
    return ask();
  } finally {
    waited += Date.now() - start;
  }
}

/** @throws ActionError */
function refuseLateAnswer(title: string): void {
  if (waited <= longestAnswers) return;
  throw new ActionError(
    `等待回答用了 ${Math.round(waited / 60_000)} 分钟，而谷歌一次操作只给 6 分钟，剩下的时间可能不够，所以没有做任何改动。请再点一次“${title}”，看过后尽快回答。`,
  );
}

interface Holder {
  readonly title: string;
  readonly user: string;
  readonly since: string;
}

function findUi(): GoogleAppsScript.Base.Ui | undefined {
  try {
    return SpreadsheetApp.getUi();
  } catch {
    return undefined;
  }
}

/**
 * Google lets people grant some of the permissions alone: then an action would break off in the middle. So before it begins
 * the rest is asked for, which ends this execution; afterwards the same menu item does it all.
 */
function requireConsent(): void {
  // Newer than the rest of the service.
  if ("requireAllScopes" in ScriptApp) ScriptApp.requireAllScopes(ScriptApp.AuthMode.FULL);
}

function newContext(): ActionContext {
  requireConsent();
  return {
    ui: findUi(),
    user: Session.getActiveUser().getEmail() || "（未登录的用户）",
    now: clockTime(),
    lastWords: [],
  };
}

function describeHolder(text: string | null): string {
  if (text === null) return "另一个操作正在运行";
  const { title, user, since } = JSON.parse(text) as Holder;
  return `${user} 正在运行“${title}”（${since.slice(11)} 开始）`;
}

/** The message of an error for people: ours as it is, the platform's with what to do. */
function explain(title: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const isOwn = error instanceof Error && error.name !== "Exception" && /[\u4e00-\u9fff]/.test(message);
  if (/protected (?:cell|range|sheet)|受保护/i.test(message)) {
    const where = isOwn ? message : "有受保护的单元格您不能改。";
    return `${where}\n如果您不是管理员，请让管理员来运行“${title}”。`;
  }
  if (isOwn) return message;
  return `“${title}”没有做完：${inWords(error)}\n填写的内容不会丢失。请再点一次同样的菜单；如果还是这样，请告诉管理员（脚本编辑器的“执行记录”里有谷歌的原话）。`;
}

const escapeHtml = (text: string) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

/**
 * Tells something without holding the execution up: an alert would, and it would count as run time until somebody closes
 * it. One line is a toast that stays; more, or an error, is a window beside the sheet.
 */
function show(ui: GoogleAppsScript.Base.Ui, { title, message }: Words, isError: boolean): void {
  if (!isError && !message.includes("\n")) {
    SpreadsheetApp.getActiveSpreadsheet().toast(message, title, -1);
    return;
  }
  const lines = message.split("\n");
  const rows = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 34)), 0);
  const page = HtmlService.createHtmlOutput(
    `<pre style="font:14px/1.6 system-ui,'Microsoft YaHei','PingFang SC',sans-serif;margin:0;white-space:pre-wrap;overflow-wrap:anywhere">${escapeHtml(message)}</pre>`,
  );
  ui.showModelessDialog(page.setWidth(520).setHeight(Math.min(480, 40 + rows * 23)), title);
}

function guard(context: ActionContext, title: string, run: () => void): void {
  const { ui, lastWords } = context;
  nesting++;
  try {
    run();
  } catch (error) {
    if (!ui) throw error;
    show(ui, { title, message: explain(title, error) }, true);
    return;
  } finally {
    nesting--;
    if (nesting === 0) waited = 0;
  }
  // What is done is done, whether or not it can be told.
  if (ui) for (const words of lastWords) tolerate(() => show(ui, words, false));
}

/** Runs an action that writes nothing; errors are shown in words. */
export function runReading(title: string, run: (context: ActionContext) => void): void {
  const context = newContext();
  guard(context, title, () => run(context));
}

/**
 * Runs a writing action under the document lock. A second runner hears who holds it. Errors are shown in words, or thrown
 * where nobody watches; the lock is always released. Nothing may be asked inside: see `runAsked`.
 */
export function runAction(title: string, run: (context: ActionContext) => void, also?: OtherWorkbook): void {
  const context = newContext();
  guard(context, title, () => runLocked(title, context, run, also));
}

/** As `runAction`, for a page that shows itself what went wrong. @throws what went wrong */
export function runForPage<T>(title: string, run: (context: ActionContext) => T): T {
  const context = { ...newContext(), ui: undefined };
  const results: T[] = [];
  guard(context, title, () => runLocked(title, context, (now) => void results.push(run(now))));
  return results[0] as T;
}

/** A workbook besides its own that an action writes into; undefined where it does not this time. */
type OtherWorkbook = () => GoogleAppsScript.Spreadsheet.Spreadsheet | undefined;

/** What an action would do as the workbooks stand. */
export interface Planned {
  readonly question: string;
  /** What the answer holds for, where the question does not tell all of it. */
  readonly basis?: string;
  readonly perform: () => void;
}

/**
 * Asks before it writes. A lock does not outlive a question ("LockService locks don't persist across the suspension":
 * reference of Ui.alert), so `plan` reads under the lock, its question is asked without, and under the lock it plans
 * anew: only what was asked is performed, and what has changed in between is asked again.
 *
 * @param plan undefined where there is nothing to ask; it has told why
 */
export function runAsked(
  title: string,
  plan: (context: ActionContext) => Planned | undefined,
  also?: OtherWorkbook,
): void {
  const context = newContext();
  guard(context, title, () => {
    let asked: Planned | undefined;
    for (;;) {
      const open = askOrPerform(title, context, plan, asked, also);
      if (!open) return;
      const changed = asked ? "您确认期间工作簿有了变化，下面是现在的情况，请再确认一次。\n" : "";
      if (!confirm(context, title, changed + open.question)) return;
      asked = open;
    }
  });
}

/** @returns what is still to be asked */
function askOrPerform(
  title: string,
  context: ActionContext,
  plan: (context: ActionContext) => Planned | undefined,
  asked: Planned | undefined,
  also?: OtherWorkbook,
): Planned | undefined {
  let open: Planned | undefined;
  const run = (now: ActionContext) => {
    const planned = plan(now);
    if (planned && planned.question === asked?.question && planned.basis === asked.basis) planned.perform();
    else open = planned;
  };
  runLocked(title, context, run, also);
  return open;
}

function runLocked(
  title: string,
  context: ActionContext,
  run: (context: ActionContext) => void,
  also?: OtherWorkbook,
): void {
  refuseLateAnswer(title);
  holdLock({ title, user: context.user }, (now) => {
    const own = SpreadsheetApp.getActiveSpreadsheet();
    const writer = { title, user: context.user };
    inTurn(own, writer, () => {
      const other = also?.();
      beginAttempt(title, other ? [own, other] : [own]);
      const act = () => run({ ...context, now });
      if (other) inTurn(other, writer, act);
      else act();
    });
    tolerate(endAttempt);
  });
}

/**
 * Runs something under the document lock; whoever wants it meanwhile hears who has it.
 *
 * @param run gets the time; after a question it is later than at the beginning
 * @throws ActionError while somebody else has the lock
 */
export function holdLock({ title, user }: Omit<Holder, "since">, run: (now: string) => void): void {
  const lock = LockService.getDocumentLock();
  const properties = PropertiesService.getDocumentProperties();
  if (!lock.tryLock(waitMs)) {
    throw new ActionError(`${describeHolder(properties.getProperty(runningKey))}，请等它完成后再试。`);
  }
  try {
    const now = clockTime();
    properties.setProperty(runningKey, JSON.stringify({ title, user, since: now } satisfies Holder));
    run(now);
  } finally {
    // What is done is done: that it was so is not denied because of what comes after.
    tolerate(() => properties.deleteProperty(runningKey));
    tolerate(() => lock.releaseLock());
  }
}

/** Without anybody to ask the answer is no. */
function confirm({ ui }: ActionContext, title: string, message: string): boolean {
  return ui !== undefined && waitFor(() => ui.alert(title, message, ui.ButtonSet.OK_CANCEL)) === ui.Button.OK;
}

/** Tells how it went, at the end of the action. */
export function tell({ lastWords }: ActionContext, title: string, message: string): void {
  lastWords.push({ title, message });
}

/** Asks for a text, which no lock outlives: before `runAction`. undefined when the dialog was closed or cancelled. */
export function askText({ ui }: ActionContext, title: string, message: string): string | undefined {
  if (!ui) return undefined;
  const answer = waitFor(() => ui.prompt(title, message, ui.ButtonSet.OK_CANCEL));
  return answer.getSelectedButton() === ui.Button.OK ? answer.getResponseText().trim() : undefined;
}
