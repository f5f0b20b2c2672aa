import { parseArgs } from "node:util";
import { version } from "../apps-script/core/version.ts";
import { type Command, type ExitCode, exitCode, UsageError } from "./command-line/command.ts";
import { makeTerminal, type Streams } from "./command-line/terminal.ts";
import { commands } from "./commands/index.ts";
import { runCommand } from "./commands/run-command.ts";

function generalHelp(): string {
  const width = Math.max(...commands.map((c) => c.name.length)) + 2;
  return [
    "评案簿 casebook：教育案例征集评审，从平台导出到排名，都在 .xlsx 工作簿里完成。",
    "",
    "用法：casebook 命令 文件 [选项]",
    "",
    ...commands.map((c) => `  ${c.name.padEnd(width)}${c.summary}`),
    "",
    "每个命令都可加 --json（结果以 JSON 输出）和 --help（详细说明）。",
    "一次完整的评审：init → import → check → recommend → check → assign → packets → collect → rank → export；随时可用 status、remind",
    "退出码：0 完成；1 检查发现错误或有内容未收下；2 用法不对；3 文件无法读取（未写入任何内容）。",
  ].join("\n");
}

function commandHelp(command: Command): string {
  const options = [
    ...(command.options ?? []).map((o) => [`--${o.name}${o.value ? ` ${o.value}` : ""}`, o.help] as const),
    ["--json", "结果以一个 JSON 对象输出到标准输出"] as const,
  ];
  const width = Math.max(...options.map(([name]) => name.length)) + 2;
  return [
    `casebook ${command.name} ${command.operands}`.trimEnd(),
    "",
    command.summary,
    ...(command.details ?? []).flatMap((line) => ["", line]),
    "",
    ...options.map(([name, help]) => `  ${name.padEnd(width)}${help}`),
  ].join("\n");
}

function parseCall(command: Command, words: readonly string[]) {
  const known = Object.fromEntries([
    ...(command.options ?? []).map((o) => [
      o.name,
      { type: o.value ? ("string" as const) : ("boolean" as const), multiple: true },
    ]),
    ["json", { type: "boolean" as const, multiple: true }],
    ["help", { type: "boolean" as const, multiple: true }],
  ]);
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: known,
      allowPositionals: true,
      strict: true,
    });
    const options = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, (value as (string | boolean)[]).map(String)]),
    );
    return { options, operands: positionals };
  } catch (error) {
    throw new UsageError(explainOptions(error));
  }
}

/** The parser says in English which option it means, between quotes. */
function explainOptions(error: unknown): string {
  const { code = "", message = "" } = error as { readonly code?: string; readonly message?: string };
  const [, named = ""] = /'(-[^\s']*)/.exec(message) ?? [];
  if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") return `没有选项“${named}”`;
  if (message.includes("does not take")) return `选项“${named}”后面不带内容`;
  return `选项“${named}”后面要写上内容；内容以 - 开头的，写成 ${named}=内容`;
}

async function runWords(command: Command, words: readonly string[], streams: Streams): Promise<ExitCode> {
  const terminal = makeTerminal(words.includes("--json"), streams);
  return runCommand(command, terminal, () => {
    const { options, operands } = parseCall(command, words);
    if (options.help) {
      streams.out(`${commandHelp(command)}\n`);
      return undefined;
    }
    return { operands, options };
  });
}

/** Runs `casebook` with the words after its name. Every error that a person can mend ends in a message and an exit code. */
export async function runCommandLine(words: readonly string[], streams: Streams): Promise<ExitCode> {
  const [name, ...rest] = words;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    streams.out(`${generalHelp()}\n`);
    return name === undefined ? exitCode.usage : exitCode.done;
  }
  if (name === "--version" || name === "-v") {
    streams.out(`${version}\n`);
    return exitCode.done;
  }
  const command = commands.find((c) => c.name === name);
  if (!command) {
    streams.err(`casebook：没有“${name}”这个命令。\n\n${generalHelp()}\n`);
    return exitCode.usage;
  }
  return runWords(command, rest, streams);
}
