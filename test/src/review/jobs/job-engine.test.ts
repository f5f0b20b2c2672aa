import { describe, expect, test } from "vitest";
import { ActionError } from "../../../../apps-script/src/actions/action-error.ts";
import { JobRunningError, withRequest } from "../../../../apps-script/src/review/jobs/job-engine.ts";
import type { JobKind } from "../../../../apps-script/src/review/jobs/job-host.ts";
import { saveRequest } from "../../../../apps-script/src/review/jobs/job-store.ts";
import { items, JobDesk, makingKind } from "./job-desk.ts";

const by = "admin@example.org";

describe("a job over 460 score sheets", () => {
  test("takes several executions, each within the platform's six minutes, and leaves no trigger", () => {
    const desk = new JobDesk();
    const { kind, made, finished } = makingKind(desk, { seconds: 5 });
    desk.start(kind, { items: items(460), by });
    expect(desk.triggers).toHaveLength(1);
    expect(made.size).toBe(54);
    desk.runTriggers([kind]);
    expect(desk.runs.length).toBeGreaterThan(7);
    expect(Math.max(...desk.runs)).toBeLessThan(5);
    expect([...made.keys()]).toEqual(items(460));
    expect(finished()).toBe(1);
    expect(desk.job).toMatchObject({ state: "done", index: 460, total: 460, message: "完成。" });
    expect(desk.triggers).toEqual([]);
  });

  test("a list longer than a property is kept in pieces", () => {
    const desk = new JobDesk();
    const { kind, made } = makingKind(desk, { seconds: 0 });
    desk.start(kind, { items: items(3_000), by });
    expect(made.size).toBe(3_000);
    expect(desk.job?.state).toBe("done");
  });
});

describe("an execution that ends at any moment", () => {
  const run = (endAt: number, forGood: boolean) => {
    const desk = new JobDesk();
    const { kind, made, finished } = makingKind(desk, { seconds: 60 });
    let ended = false;
    desk.beforeCall = (call) => {
      if (call === endAt || (forGood && ended)) {
        ended = true;
        throw new Error(forGood ? "Exceeded maximum execution time" : "Service invoked failed");
      }
    };
    const begin = () => desk.start(kind, { items: items(12), by });
    let thrown = false;
    try {
      begin();
    } catch {
      thrown = true;
    }
    const reached = desk.calls >= endAt;
    ended = false;
    desk.beforeCall = () => {};
    desk.runTriggers([kind]);
    // Nobody goes on before the job was noted down: the person who was told so starts it again.
    if (thrown && desk.job?.state !== "done") {
      if (desk.job?.state === "running") desk.goOn([kind]);
      else begin();
      desk.runTriggers([kind]);
    }
    return { desk, made, finished, reached };
  };

  test.for([
    { name: "by one failing call", forGood: false },
    { name: "by force", forGood: true },
  ])("$name: everything is done in the end, nothing twice", ({ forGood }) => {
    let last = 0;
    for (let endAt = 1; ; endAt++) {
      const { desk, made, finished, reached } = run(endAt, forGood);
      if (!reached) break;
      last = endAt;
      expect({ endAt, state: desk.job?.state, done: desk.job?.index }).toEqual({ endAt, state: "done", done: 12 });
      expect([...made.keys()]).toEqual(items(12));
      expect(finished()).toBeGreaterThan(0);
      expect(desk.triggers).toEqual([]);
    }
    expect(last).toBeGreaterThan(20);
  });

  test("inside an item: the item is done by the next execution", () => {
    const desk = new JobDesk();
    const { kind, made, onItem } = makingKind(desk);
    let ends = 1;
    onItem((item) => {
      if (item === "E003" && ends-- > 0) throw new Error("Exceeded maximum execution time");
    });
    expect(() => desk.start(kind, { items: items(5), by })).toThrow("execution time");
    expect(desk.triggers).toHaveLength(1);
    expect([...made.keys()]).toEqual(["E001", "E002"]);
    desk.runTriggers([kind]);
    expect([...made.keys()]).toEqual(items(5));
    expect(desk.problems).toEqual([]);
  });
});

describe("what goes wrong with single items", () => {
  test.for([
    { name: "once: tried again", failures: 1, problems: [], missing: [] },
    { name: "twice: told, and the rest goes on", failures: 2, problems: ["E003：打不开"], missing: ["E003"] },
  ])("$name", ({ failures, problems, missing }) => {
    const desk = new JobDesk();
    const { kind, made, onItem } = makingKind(desk);
    let left = failures;
    onItem((item) => {
      if (item === "E003" && left-- > 0) throw new Error("打不开");
    });
    desk.start(kind, { items: items(5), by });
    expect(desk.problems).toEqual(problems);
    expect(items(5).filter((item) => !made.has(item))).toEqual(missing);
    expect(desk.job).toMatchObject({
      state: missing.length > 0 ? "failed" : "done",
      index: 5,
      missing: missing.length,
    });
    if (missing.length > 0) expect(desk.job?.message).toContain("有 1 项没有做成");
  });

  test.for([
    { name: "two in a row are no limit", broken: ["E003", "E004"], problems: ["E003、E004：打不开"] },
    {
      name: "nor are three of different kinds",
      broken: ["E002", "E003", "E004"],
      different: true,
      problems: ["E002：E002 打不开 2", "E003：没有权限 3", "E004：E004 打不开 4"],
    },
  ])("$name: they are passed over and told, and the job is not called done", ({ broken, different, problems }) => {
    const desk = new JobDesk();
    const { kind, made, onItem } = makingKind(desk);
    onItem((item) => {
      if (!broken.includes(item)) return;
      if (!different) throw new Error("打不开");
      throw new Error(item === "E003" ? "没有权限 3" : `${item} 打不开 ${item.at(-1)}`);
    });
    desk.start(kind, { items: items(6), by });
    desk.runTriggers([kind]);
    expect(desk.problems).toEqual(problems);
    expect([...made.keys()]).toEqual(items(6).filter((item) => !broken.includes(item)));
    expect(desk.job).toMatchObject({ state: "failed", index: 6, missing: broken.length });
  });

  test("five in a row that fail alike, in whatever language, are taken for a limit; nothing is passed over", () => {
    const desk = new JobDesk();
    const { kind, made, onItem } = makingKind(desk, { seconds: 1 });
    const limitEnds = desk.clock + 20 * 3_600_000;
    onItem((item) => {
      if (made.size >= 4 && desk.clock < limitEnds) throw new Error(`一天内调用服务的次数过多：${item}`);
    });
    desk.start(kind, { items: items(9), by });
    expect(desk.job).toMatchObject({ state: "running", index: 4, waits: 1 });
    expect(desk.job?.message).toContain("每三小时自动再试一次");
    desk.runTriggers([kind]);
    expect([...made.keys()]).toEqual(items(9));
    expect(desk.problems).toEqual([]);
    expect(desk.job).toMatchObject({ state: "done", index: 9, missing: 0 });
  });

  test("what we say ourselves is no limit, however often: files that are gone keep nobody else from theirs", () => {
    const desk = new JobDesk();
    const { kind, made, onItem } = makingKind(desk, { seconds: 1 });
    onItem((item) => {
      if (item > "E002" && item < "E009") throw new ActionError(`打不开 ${item} 的评分表。`);
    });
    desk.start(kind, { items: items(10), by });
    expect([...made.keys()]).toEqual(["E001", "E002", "E009", "E010"]);
    expect(desk.job).toMatchObject({ state: "failed", index: 10, missing: 6 });
    expect(desk.triggers).toEqual([]);
  });

  test("failures that take long do not go round for ever", () => {
    const desk = new JobDesk();
    const { kind, made, onItem } = makingKind(desk, { seconds: 1 });
    onItem((item) => {
      if (item === "E010") return;
      desk.clock += 70_000;
      throw new Error("Service timed out");
    });
    desk.start(kind, { items: items(10), by });
    desk.runTriggers([kind]);
    expect(made.size).toBe(1);
    expect(desk.job).toMatchObject({ state: "failed", index: 10, missing: 9 });
    expect(desk.problems[0]).toMatch(/^E001、.*：谷歌的服务超时了，请稍后再试。$/);
  });

  test("somebody who goes on during a wait need not wait", () => {
    const desk = new JobDesk();
    const { kind, made, onItem } = makingKind(desk, { seconds: 1 });
    let isUsedUp = true;
    onItem(() => {
      if (isUsedUp) throw new Error("Service invoked too many times for one day: email.");
    });
    desk.start(kind, { items: items(3), by });
    expect(desk.job?.waitUntil).toBeGreaterThan(desk.clock);
    saveRequest(desk.host.properties, "pause");
    desk.goOn([kind]);
    isUsedUp = false;
    saveRequest(desk.host.properties, "resume");
    desk.goOn([kind]);
    expect(made.size).toBe(3);
  });

  test("what fails alike for more than a day is no limit: it is passed over and told", () => {
    const desk = new JobDesk();
    const { kind, made, onItem } = makingKind(desk, { seconds: 1 });
    onItem((item) => {
      if (item > "E002") throw new Error("没有权限");
    });
    desk.start(kind, { items: items(9), by });
    desk.runTriggers([kind]);
    expect(made.size).toBe(2);
    expect(desk.job).toMatchObject({ state: "failed", index: 9, missing: 7 });
    expect(desk.problems).toEqual([`${items(9).slice(2).join("、")}：没有权限`]);
    expect(desk.triggers).toEqual([]);
  });

  test("problems by the hundred fit into a property", () => {
    const desk = new JobDesk();
    const { kind, onItem } = makingKind(desk, { seconds: 0 });
    let turn = 0;
    onItem((item) => {
      turn++;
      const where = turn % 4 < 2 ? "在线评分表" : "评审专家";
      throw new Error(`${item} 的评分表被删除了，请在“${where}”中清空这一行后重新生成`);
    });
    desk.start(kind, { items: items(460), by });
    desk.runTriggers([kind]);
    expect(desk.problems.length).toBeGreaterThan(20);
    expect(desk.problems.at(-1)).toContain("其余问题从略");
    expect(desk.job).toMatchObject({ state: "failed", missing: 460 });
  });

  test("a daily limit: waits for the next day and loses nothing", () => {
    const desk = new JobDesk();
    const { kind, made, onItem } = makingKind(desk, { seconds: 1 });
    const tomorrow = desk.clock + 20 * 3_600_000;
    onItem(() => {
      if (made.size >= 4 && desk.clock < tomorrow)
        throw new Error("Service invoked too many times for one day: create spreadsheet.");
    });
    desk.start(kind, { items: items(9), by });
    expect(desk.job).toMatchObject({ state: "running", index: 4 });
    expect(desk.job?.message).toContain("限额已用完");
    expect(desk.triggers).toHaveLength(1);
    expect(desk.job?.waitUntil).toBe(desk.clock + 3 * 3_600_000);
    desk.runTriggers([kind]);
    expect([...made.keys()]).toEqual(items(9));
    expect(desk.problems).toEqual([]);
  });

  test("work that cannot begin: tried a few times, then the job has failed and says why", () => {
    const desk = new JobDesk();
    const kind: JobKind = {
      ...makingKind(desk).kind,
      open: () => {
        throw new Error("打不开申报工作簿。");
      },
    };
    desk.start(kind, { items: items(3), by });
    expect(desk.job?.state).toBe("running");
    desk.runTriggers([kind]);
    expect(desk.job?.state).toBe("failed");
    expect(desk.job?.message).toContain("打不开申报工作簿");
    expect(desk.runs).toHaveLength(2);
  });
});

describe("what an older job has left behind", () => {
  const longJob = () => {
    const desk = new JobDesk();
    const old = makingKind(desk, { seconds: 60 });
    old.onItem((item) => {
      if (item === "E002") throw new Error("打不开");
    });
    desk.start(old.kind, { items: items(2_000), by });
    saveRequest(desk.host.properties, "cancel");
    desk.runTriggers([old.kind]);
    expect(desk.job).toMatchObject({ state: "cancelled" });
    expect(desk.problems).toHaveLength(1);
    return desk;
  };

  test("none of its items is worked at by a new job, and its problems are gone", () => {
    const desk = longJob();
    const { kind, made } = makingKind(desk);
    desk.start(kind, { items: ["N001", "N002"], by });
    expect([...made.keys()]).toEqual(["N001", "N002"]);
    expect(desk.problems).toEqual([]);
    expect(desk.job).toMatchObject({ state: "done", index: 2, total: 2 });
    expect([...desk.properties.keys()].filter((key) => key.includes("items"))).toHaveLength(1);
  });

  test("a request that was meant for it does not stop a new one", () => {
    const desk = longJob();
    saveRequest(desk.host.properties, "pause");
    const { kind, made } = makingKind(desk);
    desk.start(kind, { items: items(3), by });
    expect(made.size).toBe(3);
  });

  test("a new job that breaks off while it is noted down leaves the older one as it ended", () => {
    const desk = longJob();
    const { kind, made } = makingKind(desk);
    desk.beforeCall = (_, name) => {
      if (name === "delete") throw new Error("Service invoked failed");
    };
    expect(() => desk.start(kind, { items: ["N001"], by })).toThrow("failed");
    desk.beforeCall = () => {};
    desk.runTriggers([kind]);
    expect(desk.job?.state).toBe("cancelled");
    expect(made.size).toBe(0);
  });
});

describe("what a person asks for", () => {
  const started = () => {
    const desk = new JobDesk();
    const making = makingKind(desk, { seconds: 60 });
    desk.start(making.kind, { items: items(20), by });
    expect(desk.job?.index).toBe(5);
    return { desk, ...making };
  };

  test("pause and resume", () => {
    const { desk, kind, made } = started();
    saveRequest(desk.host.properties, "pause");
    desk.runTriggers([kind]);
    expect(desk.job).toMatchObject({ state: "paused", index: 5 });
    // Taken up, and gone.
    expect([...desk.properties.keys()].filter((key) => key.includes("request"))).toEqual([]);
    expect(made.size).toBe(5);
    saveRequest(desk.host.properties, "resume");
    desk.host.keepAwake();
    desk.runTriggers([kind]);
    expect(desk.job).toMatchObject({ state: "done", index: 20 });
  });

  test("cancel, then begin anew", () => {
    const { desk, kind, made } = started();
    saveRequest(desk.host.properties, "cancel");
    desk.runTriggers([kind]);
    expect(desk.job).toMatchObject({ state: "cancelled", index: 5 });
    expect(made.size).toBe(5);
    desk.start(kind, { items: items(20), by });
    desk.runTriggers([kind]);
    expect(desk.job).toMatchObject({ state: "done", index: 20 });
  });

  test("while an execution is at work it is taken up at the next item", () => {
    const desk = new JobDesk();
    const { kind, made, onItem } = makingKind(desk);
    onItem((item) => {
      if (item === "E007") saveRequest(desk.host.properties, "pause");
    });
    desk.start(kind, { items: items(20), by });
    expect(desk.job?.state).toBe("paused");
    expect(made.size).toBe(7);
    expect(desk.triggers).toEqual([]);
  });

  test.for(["running", "paused"])("a second job is refused by name while one is %s", (state) => {
    const { desk, kind } = started();
    if (state === "paused") {
      saveRequest(desk.host.properties, "pause");
      desk.runTriggers([kind]);
    }
    const other: JobKind = { ...kind, key: "collect", title: "收集评分" };
    const begin = () => desk.start(other, { items: ["E001"], by });
    expect(begin).toThrow(JobRunningError);
    expect(begin).toThrow("“生成评分表”还没有做完（5/20");
    expect(desk.job?.kind).toBe("make");
  });
});

describe("a trigger that finds nothing to do", () => {
  const started = (state: "running" | "paused" | "cancelled") => {
    const desk = new JobDesk();
    const making = makingKind(desk, { seconds: 60 });
    desk.start(making.kind, { items: items(20), by });
    if (state !== "running") saveRequest(desk.host.properties, state === "paused" ? "pause" : "cancel");
    if (state !== "running") desk.runTriggers([making.kind]);
    desk.host.keepAwake();
    return desk;
  };
  const unopened: JobKind = {
    ...makingKind(new JobDesk()).kind,
    open: () => {
      throw new Error("opened");
    },
  };

  test.for([
    { name: "no job", desk: () => new JobDesk(), kind: unopened },
    { name: "a job of a kind that is no more", desk: () => started("running"), kind: { ...unopened, key: "other" } },
    { name: "a paused job", desk: () => started("paused"), kind: unopened },
    { name: "a cancelled job", desk: () => started("cancelled"), kind: unopened },
  ])("$name: opens nothing, leaves the record and no trigger", ({ desk: open, kind }) => {
    const desk = open();
    const { job } = desk;
    expect(() => desk.goOn([kind])).not.toThrow();
    expect(desk.job).toEqual(job);
    expect(desk.triggers).toEqual([]);
  });
});

test.for([
  { state: "running", request: undefined, becomes: "running" },
  { state: "running", request: "pause", becomes: "paused" },
  { state: "running", request: "resume", becomes: "running" },
  { state: "running", request: "cancel", becomes: "cancelled" },
  { state: "paused", request: undefined, becomes: "paused" },
  { state: "paused", request: "pause", becomes: "paused" },
  { state: "paused", request: "resume", becomes: "running" },
  { state: "paused", request: "cancel", becomes: "cancelled" },
  { state: "done", request: "cancel", becomes: "done" },
  { state: "failed", request: "resume", becomes: "failed" },
  { state: "cancelled", request: "resume", becomes: "cancelled" },
] as const)("a job that is $state, asked to $request, is $becomes", ({ state, request, becomes }) => {
  const desk = new JobDesk();
  desk.start(makingKind(desk).kind, { items: items(2), by });
  const job = { ...desk.job!, state, breaks: 2, message: "做到一半。", updatedAt: "2025-11-03 09:00:00" };
  const after = withRequest(job, request, "2025-11-03 10:00:00");
  expect(after.state).toBe(becomes);
  if (state === becomes) expect(after).toEqual(job);
  else expect(after.updatedAt).toBe("2025-11-03 10:00:00");
  // Whoever goes on has put right what was in the way.
  expect(after.breaks).toBe(state === "paused" && becomes === "running" ? 0 : 2);
});
