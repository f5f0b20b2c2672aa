import { describe, expect, test } from "vitest";
import {
  exitCode,
  integerOption,
  operand,
  option,
  requiredOption,
  UsageError,
} from "../../../node-tools/command-line/command.ts";
import { makeTerminal } from "../../../node-tools/command-line/terminal.ts";

const terminal = makeTerminal(true, { out: () => undefined, err: () => undefined, interactive: false });
const call = (words: readonly string[], options: Record<string, readonly string[]> = {}) => ({
  operands: words,
  options,
  terminal,
});

test("programs know a result by its exit code: the numbers stay", () => {
  expect(exitCode).toEqual({ done: 0, found: 1, usage: 2, unreadable: 3, cancelled: 130 });
});

test("a word or option is given as it was typed, and missed by name", () => {
  expect(operand(call(["a.xlsx", ""]), 1)).toBe("");
  expect(() => operand(call(["a.xlsx"]), 1)).toThrow(new UsageError("缺少参数"));
  expect(option(call([], { out: ["夹", "另"] }), "out")).toBe("夹");
  expect(requiredOption(call([], { out: [""] }), "out")).toBe("");
  expect(() => requiredOption(call([]), "out")).toThrow(new UsageError("缺少 --out"));
});

describe("a whole number", () => {
  const read = (text?: string) => integerOption(call([], text === undefined ? {} : { port: [text] }), "port", 1, 100);

  test.for([
    [undefined, undefined],
    ["1", 1],
    ["100", 100],
    ["007", 7],
  ] as const)("%s is read", ([text, value]) => expect(read(text)).toBe(value));

  test.for(["0", "101", "", "-5", "1.5", "1e1", "二"])("“%s” is refused with the bounds", (text) =>
    expect(() => read(text)).toThrow(new UsageError(`--port 应为 1—100 之间的整数，收到的是“${text}”`)),
  );
});
