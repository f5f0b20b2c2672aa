import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { palette } from "../../../apps-script/core/workbook/theme.ts";
import { grouped, percent, points } from "../../../apps-script/dialogs/pages/common/numbers.ts";
import { callServer, closePage, connect, describeFailure } from "../../../apps-script/dialogs/pages/common/server.ts";
import { nextDelay } from "../../../apps-script/dialogs/pages/progress/pace.ts";

test("the colours of the pages are those of the workbooks", () => {
  const css = readFileSync("apps-script/dialogs/pages/common/theme.css", "utf8");
  const colours = [...css.matchAll(/--([a-z-]+): #([0-9a-f]{6});/g)].map(([, name, value]) => [
    name!.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
    value!.toUpperCase(),
  ]);
  expect(colours.length).toBeGreaterThan(10);
  expect(palette).toMatchObject(Object.fromEntries(colours));
});

describe("numbers", () => {
  test.for([
    [0, "0"],
    [999, "999"],
    [1_000, "1,000"],
    [1_234_567, "1,234,567"],
  ] as const)("grouped %d", ([value, text]) => expect(grouped(value)).toBe(text));

  test.for([
    [86, "86"],
    [86.5, "86.5"],
    [259 / 3, "86.33"],
    [86.995, "87"],
  ] as const)("points %d", ([value, text]) => expect(points(value)).toBe(text));

  test.for([
    { part: 1, whole: 4, is: 25 },
    { part: 0, whole: 0, is: 0 },
    { part: 5, whole: 4, is: 100 },
  ])("$part of $whole in percent", ({ part, whole, is }) => expect(percent(part, whole)).toBe(is));
});

describe("describeFailure", () => {
  test.for([
    { name: "the script's own words", error: new Error("单位表缺少“邮箱”列。"), told: "单位表缺少“邮箱”列。" },
    {
      name: "without the names that the platform puts before",
      error: new Error("Error: Exception: 已被占用。"),
      told: "已被占用。",
    },
    { name: "a bare text", error: "已被占用。", told: "已被占用。" },
    {
      name: "foreign words",
      error: new Error("Service timed out"),
      told: "没有收到结果，请检查网络后再试一次；仍不成功时，请把这句话告诉管理员：Service timed out",
    },
    { name: "nothing", error: undefined, told: "没有收到结果，请检查网络后再试一次。" },
  ])("$name", ({ error, told }) => expect(describeFailure(error)).toBe(told));
});

describe("nextDelay", () => {
  test("is quick while the job moves, and slower each time it does not, up to a limit", () => {
    const delays = [nextDelay(9_000, true)];
    for (let i = 0; i < 20; i++) delays.push(nextDelay(delays[delays.length - 1]!, false));
    expect(delays[0]).toBe(2_000);
    expect(delays.slice(1, 4)).toEqual([3_000, 4_500, 6_750]);
    expect(delays[20]).toBe(30_000);
  });
});

describe("callServer", () => {
  const calls: unknown[] = [];
  const answering = (answer: () => Promise<unknown>) =>
    connect({
      call: (name, args) => {
        calls.push([name, ...args]);
        return answer();
      },
      close: () => void calls.push("closed"),
    });

  test("passes name and arguments to the host that is connected, and its answer back", async () => {
    answering(async () => "已写入");
    expect(await callServer("applyAssignment", "7f")).toBe("已写入");
    closePage();
    expect(calls).toEqual([["applyAssignment", "7f"], "closed"]);
  });

  test("rejects with words for people", async () => {
    answering(() => Promise.reject(new Error("Error: Service timed out")));
    await expect(callServer("loadRanking")).rejects.toThrow("请把这句话告诉管理员：Service timed out");
  });
});
