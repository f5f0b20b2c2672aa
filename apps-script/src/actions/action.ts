import { clockTime } from "../google/spreadsheet-clock.ts";

export interface ActionContext {
  /** undefined where nobody watches: in a time trigger. */
  readonly ui: GoogleAppsScript.Base.Ui | undefined;
  readonly user: string;
  /** `YYYY-MM-DD HH:mm:ss` in the script's zone. */
  readonly now: string;
}

/** Something that a person can put right; the message says what and how. */
export class ActionError extends Error {}

/** Document property: who holds the document lock, for those who have to wait. */
const runningKey = "casebook.running";
const waitMs = 1_000;

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

function newContext(): ActionContext {
  return {
    ui: findUi(),
    user: Session.getActiveUser().getEmail() || "（未登录的用户）",
    now: clockTime(),
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
  return `“${title}”没有做完：${message}\n填写的内容不会丢失。请再点一次同样的菜单；如果还是这样，请把这句话告诉管理员。`;
}

function guard(context: ActionContext, title: string, run: () => void): void {
  const { ui } = context;
  if (!ui) {
    run();
    return;
  }
  try {
    run();
  } catch (error) {
    ui.alert(title, explain(title, error), ui.ButtonSet.OK);
  }
}

/** Runs an action that writes nothing; errors are shown in words. */
export function runReading(title: string, run: (context: ActionContext) => void): void {
  const context = newContext();
  guard(context, title, () => run(context));
}

/**
 * Runs a writing action under the document lock. A second runner hears who holds it. Errors are shown in words, or thrown
 * where nobody watches; the lock is always released.
 */
export function runAction(title: string, run: (context: ActionContext) => void): void {
  const context = newContext();
  guard(context, title, () => runLocked(title, context, run));
}

function runLocked(title: string, context: ActionContext, run: (context: ActionContext) => void): void {
  const lock = LockService.getDocumentLock();
  const properties = PropertiesService.getDocumentProperties();
  if (!lock.tryLock(waitMs)) {
    throw new ActionError(`${describeHolder(properties.getProperty(runningKey))}，请等它完成后再试。`);
  }
  try {
    const holder: Holder = { title, user: context.user, since: context.now };
    properties.setProperty(runningKey, JSON.stringify(holder));
    run(context);
    // Written out before the lock is released, so that the next runner sees it.
    SpreadsheetApp.flush();
    properties.deleteProperty(runningKey);
  } finally {
    lock.releaseLock();
  }
}

/** Asks before something is written; without anybody to ask the answer is no. */
export function confirm({ ui }: ActionContext, title: string, message: string): boolean {
  return ui !== undefined && ui.alert(title, message, ui.ButtonSet.OK_CANCEL) === ui.Button.OK;
}

export function tell({ ui }: ActionContext, title: string, message: string): void {
  ui?.alert(title, message, ui.ButtonSet.OK);
}

/** Asks for a text; undefined when the dialog was closed or cancelled. */
export function askText({ ui }: ActionContext, title: string, message: string): string | undefined {
  if (!ui) return undefined;
  const answer = ui.prompt(title, message, ui.ButtonSet.OK_CANCEL);
  return answer.getSelectedButton() === ui.Button.OK ? answer.getResponseText().trim() : undefined;
}
