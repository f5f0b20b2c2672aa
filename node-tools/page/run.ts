/** Runs the commands as `casebook` does, over the work folder in memory. */
import type { Terminal } from "../command-line/terminal.ts";
import { commandsOnAnyHost } from "../commands/on-any-host.ts";
import { runCommand } from "../commands/run-command.ts";
import { host } from "./host.ts";
import type { CommandResult } from "./protocol.ts";
import { keepChanges } from "./work-folder.ts";

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
  const terminal: Terminal = {
    say: (line) => said.push(line),
    warn: (line) => warned.push(line),
    json: (value) => {
      result = value;
    },
    clear: () => {},
    step(text) {
      step(text);
      return host.pause();
    },
  };
  // What comes next is a matter of the page's own: with json no line says it in words of the command line.
  const words = { operands: operands.map((each) => `/${each}`), options: { ...options, json: ["true"] } };
  const code = await runCommand(command, terminal, () => words);
  const written = await keepChanges();
  return { code, said, warned, result, written: written.map((path) => path.slice(1)) };
}
