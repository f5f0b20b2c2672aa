import { expect, onTestFinished, test, vi } from "vitest";
import { makeTerminal } from "../../../node-tools/command-line/terminal.ts";

function open(json: boolean, interactive: boolean) {
  const written: string[] = [];
  const streams = {
    out: (text: string) => written.push(`out ${text}`),
    err: (text: string) => written.push(`err ${text}`),
  };
  return { written, terminal: makeTerminal(json, { ...streams, interactive }) };
}

/** Takes away the line of a step. */
const away = "err \r\u001b[K";

test.for([
  { name: "people", json: false, expected: ["out 完成\n", "err 注意\n"] },
  { name: "programs", json: true, expected: ['out {"done":1}\n', "err 注意\n"] },
])("$name read their own on stdout, warnings on stderr, and nothing of steps in a pipe", ({ json, expected }) => {
  const { written, terminal } = open(json, false);
  terminal.step("读取工作簿");
  terminal.say("完成");
  terminal.json({ done: 1 });
  terminal.warn("注意");
  expect(written).toEqual(expected);
});

test("on a terminal the step that runs is shown with the seconds so far, each in place of the last", () => {
  vi.useFakeTimers({ now: 0 });
  onTestFinished(() => void vi.useRealTimers());
  const { written, terminal } = open(false, true);
  terminal.step("读取工作簿");
  vi.setSystemTime(3000);
  terminal.step("检查");
  const step = (name: string, seconds: number) =>
    `err \r\u001b[K… ${name}（已用 ${seconds} 秒；按 Ctrl-C 取消，原有文件不会改动）`;
  expect(written).toEqual([step("读取工作簿", 0), step("检查", 3)]);
});

test.for([
  { name: "say", json: false, last: "out 完\n" },
  { name: "json", json: true, last: 'out "完"\n' },
  { name: "warn", json: false, last: "err 完\n" },
] as const)("$name comes after the step's line is taken away, once", ({ name, json, last }) => {
  const { written, terminal } = open(json, true);
  terminal.step("检查");
  terminal[name]("完");
  terminal[name]("完");
  expect(written.slice(1)).toEqual([away, last, last]);
});

test("a step's line is taken away at the end", () => {
  const { written, terminal } = open(false, true);
  terminal.clear();
  expect(written).toEqual([]);
  terminal.step("检查");
  terminal.clear();
  expect(written.at(-1)).toBe(away);
});
