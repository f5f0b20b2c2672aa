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
    "casebook help 命令 说明这个命令的选项和退出码；每个命令都可加 --json，结果以 JSON 输出。",
    "一次完整的评审：init → import → fix → check → recommend → check → assign → packets → collect → rank → export；随时可用 status、remind",
    describeExitCodes("检查发现错误、有内容没有收下或还有未定的事项"),
  ].join("\n");
}

/** The codes with which a command ends, for scripts. @param found what 1 means; undefined where it does not occur */
function describeExitCodes(found: string | undefined): string {
  const codes = [
    `${exitCode.done} 完成`,
    ...(found === undefined ? [] : [`${exitCode.found} ${found}`]),
    `${exitCode.usage} 用法不对`,
    `${exitCode.unreadable} 文件读不了或写不了（没有写入任何内容）`,
    `${exitCode.cancelled} 按 Ctrl-C 取消`,
  ];
  return `退出码：${codes.join("；")}。`;
}

/** Columns of a terminal: a Chinese character takes two. */
const widthOf = (text: string) => [...text].reduce((sum, character) => sum + (character > "\u2e7f" ? 2 : 1), 0);

function commandHelp(command: Command): string {
  const options = [
    ...(command.options ?? []).map((o) => [`--${o.name}${o.value ? ` ${o.value}` : ""}`, o.help] as const),
    ["--json", "结果以一个 JSON 对象输出到标准输出"] as const,
  ];
  const width = Math.max(...options.map(([name]) => widthOf(name))) + 2;
  return [
    `casebook ${command.name} ${command.operands}`.trimEnd(),
    "",
    command.summary,
    ...(command.details ?? []).flatMap((line) => ["", line]),
    "",
    ...options.map(([name, help]) => `  ${name}${" ".repeat(width - widthOf(name))}${help}`),
    "",
    describeExitCodes(command.found),
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
  const isHelp = name === "--help" || name === "-h" || name === "help";
  const [topic] = rest;
  if (name === undefined || (isHelp && topic === undefined)) {
    streams.out(`${generalHelp()}\n`);
    return name === undefined ? exitCode.usage : exitCode.done;
  }
  if (name === "--version" || name === "-v") {
    streams.out(`${version}\n`);
    return exitCode.done;
  }
  const wanted = isHelp ? topic : name;
  const command = commands.find((c) => c.name === wanted);
  if (!command) {
    streams.err(`casebook：没有“${wanted}”这个命令。\n\n${generalHelp()}\n`);
    return exitCode.usage;
  }
  if (isHelp) {
    streams.out(`${commandHelp(command)}\n`);
    return exitCode.done;
  }
  return runWords(command, rest, streams);
}
