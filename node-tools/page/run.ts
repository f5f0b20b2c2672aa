/** Runs the commands as `casebook` does, over the work folder in memory. */
import type { ShownView } from "../../apps-script/dialogs/views.ts";
import type { Terminal } from "../command-line/terminal.ts";
import { commandsOnAnyHost } from "../commands/on-any-host.ts";
import { runCommand } from "../commands/run-command.ts";
import { InputError } from "../errors.ts";
import { host } from "./host.ts";
import type { CommandResult } from "./protocol.ts";
import { keepChanges, refreshLocks } from "./work-folder.ts";

let isCancelled = false;

/**
 * Ends the command that runs, or is about to, before its next step; what it was about to write is not written. Looking how far
 * the award has come is nothing to be cancelled.
 */
export function cancel(): void {
  isCancelled = true;
}

/** What only looks, and may be put off until nobody waits for anything else. */
export const isLook = (name: string) => name === "status";

/** Ends a look before its next step. */
let isPutOff = false;

export function putOff(): void {
  isPutOff = true;
}

/** Thrown out of a look that was put off. */
export class PutOffError extends Error {}

/** @throws InputError */
function refuseCancelled(file: string): void {
  if (isCancelled) throw new InputError(file, "已取消，文件没有改动。");
}

/** Carries out what is no command, and may be cancelled as one between its steps. @param tell of what is being done */
export async function runSteps<T>(
  tell: (name: string) => void,
  work: (step: (name: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  try {
    return await work(async (name) => {
      tell(name);
      await host.pause();
      refuseCancelled("");
    });
  } finally {
    isCancelled = false;
  }
}

/** @param step told of what is being done */
export async function run(
  name: string,
  operands: readonly string[],
  options: Readonly<Record<string, readonly string[]>>,
  step: (name: string) => void,
): Promise<CommandResult> {
  const command = commandsOnAnyHost.find((each) => each.name === name);
  if (!command) throw new Error(`no command ${name}`);
  const said: string[] = [];
  const warned: string[] = [];
  let result: unknown;
  let gaveWay = false;
  isPutOff = false;
  let shown: ShownView | undefined;
  const terminal: Terminal = {
    say: (line) => said.push(line),
    warn: (line) => warned.push(line),
    json: (value) => {
      result = value;
    },
    show: (make) => {
      shown = make();
    },
    clear: () => {},
    async step(text) {
      step(text);
      await host.pause();
      if (!isLook(name)) refuseCancelled(operands[0] ?? "");
      else if (isPutOff) {
        gaveWay = true;
        throw new InputError("", "");
      }
    },
  };
  // What comes next is a matter of the page's own: with json no line says it in words of the command line.
  const [book] = operands;
  if (book !== undefined) await refreshLocks(book);
  const words = { operands: operands.map((each) => `/${each}`), options: { ...options, json: ["true"] } };
  let code: number;
  try {
    code = await runCommand(command, terminal, () => words);
  } finally {
    if (!isLook(name)) isCancelled = false;
  }
  if (gaveWay) throw new PutOffError();
  let written: readonly string[] = [];
  try {
    written = await keepChanges();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    // What was done stands in memory; what the command said is not lost with the keeping.
    warned.push(`还没有写入文件夹：${error.message}`);
  }
  // What is shown need not come twice.
  if (shown?.page === "findings") result = undefined;
  return { code, said, warned, result, shown, written: written.map((path) => path.slice(1)) };
}
