/** Google carries the calls of a dialog's page to the script that it belongs to. */
import type {
  AssignmentView,
  FindingsView,
  HelpView,
  ProgressView,
  RankingView,
  RemindersView,
} from "../../dialogs/views.ts";

/** The functions of the scripts that pages call. An error's message is shown as it is when it is Chinese. */
export interface ServerFunctions {
  loadFindings(): FindingsView;
  goToCell(sheet: string, row: number, column: number): void;
  loadHelp(): HelpView;
  loadAssignmentPreview(): AssignmentView;
  /** What was written, in Chinese; nothing when there is nothing to add. */
  applyAssignment(token: string): string | undefined;
  loadProgress(): ProgressView;
  loadReminders(): RemindersView;
  pauseJob(): void;
  resumeJob(): void;
  cancelJob(): void;
  loadRanking(): RankingView;
}

interface Runner {
  withSuccessHandler(handler: (result: unknown) => void): Runner;
  withFailureHandler(handler: (error: unknown) => void): Runner;
}

declare const google: {
  readonly script: {
    readonly run: Runner;
    readonly host: { close(): void };
  };
};

const chineseText = /[\u4e00-\u9fff]/;

/** What to say when a call fails: the script's own words when they are Chinese, else what to do and the reason. */
export function describeFailure(error: unknown): string {
  const raw = error instanceof Error ? error.message : String(error ?? "");
  const message = raw.replace(/^(?:\w*(?:Error|Exception):\s*)+/, "").trim();
  if (chineseText.test(message)) return message;
  return `没有收到结果，请检查网络后再试一次${message === "" ? "。" : `；仍不成功时，请把这句话告诉管理员：${message}`}`;
}

function call(name: string, args: readonly unknown[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(new Error(describeFailure(error)));
    const run = google.script.run.withSuccessHandler(resolve).withFailureHandler(fail);
    // The platform offers every top-level function of the script by its name.
    const { [name]: called } = run as Runner & Readonly<Record<string, (...args: readonly unknown[]) => void>>;
    if (called) called(...args);
    else fail(`no function ${name}`);
  });
}

type Server = {
  readonly [N in keyof ServerFunctions]: (
    ...args: Parameters<ServerFunctions[N]>
  ) => Promise<ReturnType<ServerFunctions[N]>>;
};

/** The script's functions, as if they were here. They reject with an Error that has a message for people. */
export const server = new Proxy({} as Server, {
  get:
    (_, name: string) =>
    (...args: readonly unknown[]) =>
      call(name, args),
});

/** Closes the dialog. */
export function closeDialog(): void {
  google.script.host.close();
}
