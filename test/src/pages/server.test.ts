import { afterEach, describe, expect, test } from "vitest";
import { closeDialog, describeFailure, server } from "../../../apps-script/src/pages/server.ts";

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

describe("the script's functions in a page", () => {
  afterEach(() => Reflect.deleteProperty(globalThis, "google"));

  const calls: unknown[] = [];
  /** Stands in for the platform: it has one function, which succeeds or fails with what is given. */
  function offer(name: string, outcome: { value: unknown } | { error: unknown }): void {
    const runner = (succeed: (value: unknown) => void, fail: (error: unknown) => void): object => ({
      withSuccessHandler: (handler: typeof succeed) => runner(handler, fail),
      withFailureHandler: (handler: typeof fail) => runner(succeed, handler),
      [name]: (...args: unknown[]) => {
        calls.push([name, ...args]);
        if ("error" in outcome) fail(outcome.error);
        else succeed(outcome.value);
      },
    });
    const nothing = () => {};
    const google = { script: { run: runner(nothing, nothing), host: { close: () => calls.push("closed") } } };
    Object.assign(globalThis, { google });
  }

  test("pass name and arguments to the platform, and its answer back", async () => {
    offer("applyAssignment", { value: "已写入" });
    expect(await server.applyAssignment("7f")).toBe("已写入");
    closeDialog();
    expect(calls).toEqual([["applyAssignment", "7f"], "closed"]);
  });

  test.for([
    { name: "a failure", offered: "loadRanking", told: "请把这句话告诉管理员：Service timed out" },
    { name: "a function that the script does not have", offered: "loadHelp", told: "no function loadRanking" },
  ])("$name is told in words for people", async ({ offered, told }) => {
    offer(offered, { error: new Error("Error: Service timed out") });
    await expect(server.loadRanking()).rejects.toThrow(told);
  });
});
