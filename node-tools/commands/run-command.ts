import { WorkbookStructureError } from "../../apps-script/core/tables/table.ts";
import { releaseWorkbooks } from "../award-files/award-files.ts";
import { type Command, type CommandCall, type ExitCode, exitCode, UsageError } from "../command-line/command.ts";
import type { Terminal } from "../command-line/terminal.ts";
import { InputError } from "../errors.ts";

/** What a command is called with. */
export type Words = Pick<CommandCall, "operands" | "options">;

/**
 * Runs a command. Every error that a person can mend ends in a message and an exit code.
 *
 * @param read gives the words; undefined where there is nothing to run. What it throws is told as what the command throws
 */
export async function runCommand(
  command: Command,
  terminal: Terminal,
  read: () => Words | undefined,
): Promise<ExitCode> {
  let operands: readonly string[] = [];
  const fail = (code: ExitCode, message: string, file?: string): ExitCode => {
    terminal.warn(`casebook ${command.name}：${message}`);
    terminal.json({ error: { message, ...(file === undefined ? {} : { file }) } });
    return code;
  };
  try {
    const words = read();
    if (!words) return exitCode.done;
    ({ operands } = words);
    if (operands.length < command.minOperands || operands.length > command.maxOperands) {
      throw new UsageError(`用法：casebook ${command.name} ${command.operands}`);
    }
    return await command.run({ ...words, terminal });
  } catch (error) {
    if (error instanceof UsageError)
      return fail(exitCode.usage, `${error.message}（casebook help ${command.name} 查看说明）`);
    if (error instanceof InputError) return fail(exitCode.unreadable, error.message, error.file);
    if (error instanceof WorkbookStructureError) return fail(exitCode.unreadable, error.message, operands[0]);
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return fail(
      exitCode.unreadable,
      `程序出错。文件不会只写一半：要么保持原样，要么已完整保存，旧文件在 .bak 和“备份”文件夹里。请把下面的内容发给维护者。\n${trace}`,
    );
  } finally {
    releaseWorkbooks();
    terminal.clear();
  }
}
