import type { Terminal } from "./terminal.ts";

/** The exit codes of DESIGN §6. */
export const exitCode = { done: 0, found: 1, usage: 2, unreadable: 3, cancelled: 130 } as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

export interface CommandOption {
  readonly name: string;
  /** Shown in the help; absent for a switch. */
  readonly value?: string;
  readonly multiple?: boolean;
  readonly help: string;
}

/** One command of `casebook`: parses its words, calls the core, writes files. */
export interface Command {
  readonly name: string;
  /** `工作簿 收到的文件…` */
  readonly operands: string;
  readonly minOperands: number;
  readonly maxOperands: number;
  readonly summary: string;
  /** In Chinese, when the command ends with `exitCode.found`; absent where it never does. */
  readonly found?: string;
  /** Paragraphs below the usage line of `casebook help NAME`. */
  readonly details?: readonly string[];
  readonly options?: readonly CommandOption[];
  run(call: CommandCall): Promise<ExitCode>;
}

export interface CommandCall {
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, readonly string[]>>;
  readonly terminal: Terminal;
}

/** A path as it may be typed again. */
export const asTyped = (path: string): string => (/[^\w./\\:~\u0080-\uffff-]|\s/.test(path) ? `"${path}"` : path);

/** A call whose words are wrong; the message says what to type. */
export class UsageError extends Error {}

export function operand(call: CommandCall, index: number): string {
  const value = call.operands[index];
  if (value === undefined) throw new UsageError("缺少参数");
  return value;
}

export function option(call: CommandCall, name: string): string | undefined {
  return call.options[name]?.[0];
}

export function requiredOption(call: CommandCall, name: string): string {
  const value = option(call, name);
  if (value === undefined) throw new UsageError(`缺少 --${name}`);
  return value;
}

/** A whole number within bounds. @throws UsageError */
export function integerOption(call: CommandCall, name: string, min: number, max: number): number | undefined {
  const text = option(call, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new UsageError(`--${name} 应为 ${min}—${max} 之间的整数，收到的是“${text}”`);
  }
  return value;
}
