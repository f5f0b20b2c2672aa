import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type ActionContext,
  askText,
  runAction,
  runAsked,
  runReading,
  tell,
} from "../../../apps-script/src/actions/action.ts";
import { ActionError } from "../../../apps-script/src/actions/action-error.ts";
import { lastLogRow } from "../../../apps-script/src/actions/attempt.ts";
import { isLoggedSince } from "../../../apps-script/src/actions/log.ts";
import {
  showAssignmentPreview,
  showFindingsSidebar,
  showProgress,
  showRanking,
} from "../../../apps-script/src/actions/show-dialog.ts";

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;

const names = [
  "ScriptApp",
  "SpreadsheetApp",
  "Session",
  "Utilities",
  "LockService",
  "PropertiesService",
  "HtmlService",
];
/** What happened, in order. */
let events: string[];
let properties: Map<string, string>;
let isFree: boolean;
/** Who writes in the workbook, as their scripts have marked it. */
let marks: string[];
let answer: string;

const ui = {
  ButtonSet: { OK: "OK", OK_CANCEL: "OK_CANCEL" },
  Button: { OK: "OK" },
  alert: (title: string, message: string, buttons: string) => {
    events.push(`${title}|${message}|${buttons}`);
    return answer;
  },
  prompt: () => ({ getSelectedButton: () => answer, getResponseText: () => "  张三 " }),
  showSidebar: (page: object) => events.push(`sidebar ${JSON.stringify(page)}`),
  showModelessDialog: (page: { html?: string }, title: string) =>
    events.push(page.html === undefined ? `beside ${title} ${JSON.stringify(page)}` : `${title}|${page.html}`),
  showModalDialog: (page: object, title: string) => events.push(`dialog ${title} ${JSON.stringify(page)}`),
};
const context = { ui, user: "张三", now: "2025-11-01 09:00:00", lastWords: [] } as unknown as ActionContext;
const alone = { ...context, ui: undefined };

beforeEach(() => {
  [events, properties, isFree, answer, marks] = [[], new Map(), true, "OK", []];
  const page = (file: string) => {
    const shown: Record<string, unknown> = { file };
    const set = (key: string) => (value: unknown) => {
      shown[key] = value;
      return made;
    };
    const made = {
      ...{ setTitle: set("title"), setWidth: set("width"), setHeight: set("height") },
      toJSON: () => shown,
    };
    return made;
  };
  Object.assign(globalThis, {
    ScriptApp: {},
    SpreadsheetApp: {
      getUi: () => ui,
      flush: () => events.push("flush"),
      DeveloperMetadataVisibility: { DOCUMENT: "DOCUMENT" },
      getActiveSpreadsheet: () => ({
        getId: () => "own",
        getName: () => "评案簿",
        getSheetByName: () => null,
        getDeveloperMetadata: () =>
          marks.map((mark) => ({
            getKey: () => "casebook.writing",
            getValue: () => mark,
            remove: () => {
              marks = marks.filter((each) => each !== mark);
            },
          })),
        addDeveloperMetadata: (_: string, mark: string) => void marks.push(mark),
        toast: (message: string, title: string, seconds: number) => events.push(`toast ${title}|${message}|${seconds}`),
      }),
    },
    Session: { getActiveUser: () => ({ getEmail: () => "" }), getScriptTimeZone: () => "Asia/Shanghai" },
    Utilities: { formatDate: () => "2025-11-01 09:00:00" },
    LockService: {
      getDocumentLock: () => ({ tryLock: () => isFree, releaseLock: () => events.push("release") }),
    },
    PropertiesService: {
      getDocumentProperties: () => ({
        getProperty: (key: string) => properties.get(key) ?? null,
        setProperty: (key: string, value: string) => properties.set(key, value),
        deleteProperty: (key: string) => properties.delete(key),
      }),
    },
    HtmlService: {
      createHtmlOutputFromFile: page,
      createHtmlOutput: (html: string) => Object.assign(page(""), { html: html.replace(/<[^>]*>/g, "") }),
    },
  });
});
afterEach(() => {
  for (const name of names) Reflect.deleteProperty(globalThis, name);
});

describe("an action that writes", () => {
  test("is flushed before the lock is released, and leaves no holder", () => {
    runAction("导入", (own) => {
      expect(own).toMatchObject({ user: "（未登录的用户）", now: "2025-11-01 09:00:00" });
      expect([...properties.values()].map((text) => JSON.parse(text) as unknown)).toEqual([
        { title: "导入", user: "（未登录的用户）", since: "2025-11-01 09:00:00" },
        { title: "导入", rows: { own: 0 } },
      ]);
      events.push("run");
    });
    // The first flush writes out who writes.
    expect(events).toEqual(["flush", "run", "flush", "release"]);
    expect(marks).toEqual([]);
    expect(properties.size).toBe(0);
  });

  test("that fails releases the lock and says why", () => {
    runAction("导入", () => {
      throw new ActionError("没有可导入的行。");
    });
    expect(events).toEqual(["flush", "release", "导入|没有可导入的行。"]);
    expect(marks).toEqual([]);
  });

  test("waits for nobody: a second runner hears who holds the lock", () => {
    isFree = false;
    runAction("导入", () => events.push("run"));
    properties.set("casebook.running", JSON.stringify({ title: "推荐", user: "李四", since: "2025-11-01 08:59:00" }));
    runAction("导入", () => events.push("run"));
    expect(events).toEqual([
      "导入|另一个操作正在运行，请等它完成后再试。",
      "导入|李四 正在运行“推荐”（08:59:00 开始），请等它完成后再试。",
    ]);
  });

  test("throws where nobody watches", () => {
    Object.assign(globalThis, {
      SpreadsheetApp: {
        ...SpreadsheetApp,
        getUi: () => {
          throw new Error("Cannot call getUi");
        },
      },
    });
    const run = () => {
      throw new ActionError("坏了");
    };
    expect(() => runAction("导入", run)).toThrow("坏了");
    expect(() => runReading("检查", run)).toThrow("坏了");
    expect(events).toEqual(["flush", "release"]);
  });
});

test.for([
  { error: new Error("Service timed out"), says: /“检查”没有做完：谷歌的服务超时了，请稍后再试。\n.*再点一次/ },
  { error: "text", says: /没有做完：谷歌的服务出错/ },
  { error: Object.assign(new Error("服务出错"), { name: "Exception" }), says: /没有做完：谷歌的服务出错/ },
  {
    error: new Error("You are trying to edit a protected cell"),
    says: /有受保护的单元格您不能改。\n.*让管理员来运行“检查”/,
  },
  { error: new Error("“案例”受保护。"), says: /\|“案例”受保护。\n.*管理员/ },
  { error: new Error("请先填写单位。"), says: /\|请先填写单位。$/ },
])("an error in words: $error", ({ error, says }) => {
  runReading("检查", () => {
    throw error;
  });
  expect(events).toEqual([expect.stringMatching(says)]);
});

test("a text that is asked for: OK alone gives it, and nobody to ask is none", () => {
  expect(askText(context, "姓名", "？")).toBe("张三");
  answer = "CANCEL";
  expect([askText(context, "", ""), askText(alone, "", "")]).toEqual([undefined, undefined]);
});

describe("another script that writes in the same workbook", () => {
  const mark = (by: string, minutesAgo: number) =>
    JSON.stringify({ title: "移交专家名单", user: "王五", by, since: Date.now() - minutesAgo * 60_000 });

  test("is told by name, and nothing is done", () => {
    marks = [mark("review", 1)];
    runAction("导入", () => events.push("run"));
    expect(events).toEqual([
      "release",
      "导入|王五 正在另一个工作簿里对“评案簿”运行“移交专家名单”，请等它完成后再试。没有做任何改动。",
    ]);
    expect(marks).toHaveLength(1);
  });

  test.for([
    { what: "of another script, longer ago than an execution can last", left: () => mark("review", 8) },
    { what: "of this script, whose lock is free", left: () => mark("own", 1) },
  ])("a mark that was left behind holds nobody up: $what", ({ left }) => {
    marks = [left()];
    runAction("导入", () => events.push("run"));
    expect(events).toContain("run");
    expect(marks).toEqual([]);
  });

  test("both at once: whoever finds the other's mark beside the own one gives way", () => {
    const { flush } = SpreadsheetApp;
    let isFirst = true;
    SpreadsheetApp.flush = () => {
      flush();
      if (isFirst) marks.push(mark("review", 0));
      isFirst = false;
    };
    runAction("导入", () => events.push("run"));
    expect(events).not.toContain("run");
    expect(marks).toEqual([expect.stringContaining("review")]);
  });
});

describe("what is told at the end", () => {
  test("one line is a toast that stays, more a window; both after the lock is free, and nothing of it is markup", () => {
    runAction("导入", (own) => {
      tell(own, "导入", "好");
      tell(own, "导入", "一<b>\n二 & 三");
    });
    expect(events).toEqual(["flush", "flush", "release", "toast 导入|好|-1", "导入|一&lt;b&gt;\n二 &amp; 三"]);
  });

  test("where nobody watches, nothing", () => {
    tell(alone, "完成", "好");
    expect(events).toEqual([]);
  });
});

describe("an action that asks", () => {
  const plan = (state: () => string) => () => ({ question: `写入${state()}？`, perform: () => events.push(state()) });

  test("is planned under the lock, asked without it, and performed under it", () => {
    runAsked(
      "导入",
      plan(() => "甲"),
    );
    const asked = ["flush", "flush", "release", "导入|写入甲？|OK_CANCEL"];
    expect(events).toEqual([...asked, "flush", "甲", "flush", "release"]);
  });

  test("what has changed in between is asked anew, in what is not told as well", () => {
    let turn = 0;
    runAsked("导入", () => ({
      question: "写入？",
      basis: String(Math.min(++turn, 2)),
      perform: () => events.push("写"),
    }));
    expect(events.filter((event) => event.includes("|"))).toEqual([
      "导入|写入？|OK_CANCEL",
      expect.stringMatching(/^导入\|您确认期间工作簿有了变化.*\n写入？\|OK_CANCEL$/s),
    ]);
    expect(events.filter((event) => event === "写")).toHaveLength(1);
  });

  test("refused, it does nothing; without anything to do it asks nothing", () => {
    answer = "CANCEL";
    runAsked(
      "导入",
      plan(() => "甲"),
    );
    expect(events).toEqual(["flush", "flush", "release", "导入|写入甲？|OK_CANCEL"]);
    events = [];
    runAsked("导入", () => undefined);
    expect(events).toEqual(["flush", "flush", "release"]);
  });

  test("an answer after minutes leaves too little time to write", () => {
    const now = Date.now;
    try {
      Date.now = () => now() + events.filter((event) => event.endsWith("OK_CANCEL")).length * 180_000;
      runAsked(
        "导入",
        plan(() => "甲"),
      );
    } finally {
      Date.now = now;
    }
    expect(events.at(-1)).toMatch(/^导入\|等待回答用了 3 分钟.*没有做任何改动.*再点一次“导入”/);
    expect(events).not.toContain("甲");
  });
});

test("pages, with a size where they are dialogs", () => {
  showFindingsSidebar();
  showAssignmentPreview();
  showProgress();
  showRanking();
  expect(events).toEqual([
    'sidebar {"file":"findings","title":"检查结果"}',
    'dialog 分派预览 {"file":"assignment","width":760,"height":540}',
    'beside 进度 {"file":"progress","width":600,"height":600}',
    'beside 排名 {"file":"ranking","width":860,"height":640}',
  ]);
});

test("whether 日志 has got a row of an action since", () => {
  const rows = [["时间"], ["2025", "导入"], ["2025", "推荐"]];
  const sheet = {
    getLastRow: () => rows.length,
    getLastColumn: () => 2,
    getRange: (top: number, left: number, height: number, width: number) => ({
      getValues: () => rows.slice(top - 1, top - 1 + height).map((row) => row.slice(left - 1, left - 1 + width)),
    }),
  };
  const book = (found: object | null) => ({ getSheetByName: () => found }) as unknown as Spreadsheet;
  expect(lastLogRow(book(sheet))).toBe(3);
  expect(lastLogRow(book(null))).toBe(0);
  expect([1, 2, 3].map((row) => isLoggedSince(book(sheet), row, "导入"))).toEqual([true, false, false]);
  expect([1, 2, 3].map((row) => isLoggedSince(book(sheet), row, "推荐"))).toEqual([true, true, false]);
  expect(isLoggedSince(book(null), 1, "导入")).toBe(false);
});
