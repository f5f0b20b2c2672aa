/** Runs the commands as `casebook` does, over the work folder in memory. */
import type { ShownView } from "../../apps-script/dialogs/views.ts";
import type { Terminal } from "../command-line/terminal.ts";
import { commandsOnAnyHost } from "../commands/on-any-host.ts";
import { runCommand } from "../commands/run-command.ts";
import { InputError } from "../errors.ts";
import { host } from "./host.ts";
import type { CommandResult } from "./protocol.ts";
import { keepChanges, refreshLocks } from "./work-folder.ts";

/** What a call may do while it is answered, and what it is told then. */
export interface Turn {
  /** Tells what is being done. */
  tell(step: string): void;
  /** Ends a command before its next step; what it was about to write is not written. A look is nothing to be cancelled. */
  readonly isCancelled: boolean;
  /** Ends a look before its next step. */
  readonly isPutOff: boolean;
}

/** What only looks, and may be put off until nobody waits for anything else. */
export const isLook = (name: string) => name === "status";

/** Thrown out of a look that was put off. */
export class PutOffError extends Error {}

/** Tells what is done next. @throws InputError where the call has been cancelled */
export async function nextStep(turn: Turn, name: string, file = ""): Promise<void> {
  turn.tell(name);
  await host.pause();
  if (turn.isCancelled) throw new InputError(file, "已取消，文件没有改动。");
}

export async function run(
  name: string,
  operands: readonly string[],
  options: Readonly<Record<string, readonly string[]>>,
  turn: Turn,
): Promise<CommandResult> {
  const command = commandsOnAnyHost.find((each) => each.name === name);
  if (!command) throw new Error(`no command ${name}`);
  const said: string[] = [];
  const warned: string[] = [];
  let result: unknown;
  let gaveWay = false;
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
      if (!isLook(name)) return nextStep(turn, text, operands[0]);
      await host.pause();
      if (!turn.isPutOff) return;
      gaveWay = true;
      throw new InputError("", "");
    },
  };
  // What comes next is a matter of the page's own: with json no line says it in words of the command line.
  const [book] = operands;
  if (book !== undefined) await refreshLocks(book);
  const words = { operands: operands.map((each) => `/${each}`), options: { ...options, json: ["true"] } };
  const code = await runCommand(command, terminal, () => words);
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
