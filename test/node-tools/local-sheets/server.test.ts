import { existsSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PageEvent, RequestName, Requests } from "../../../node-tools/local-sheets/protocol.ts";
import {
  type SheetsServer,
  type SheetsServerOptions,
  startSheetsServer,
} from "../../../node-tools/local-sheets/server.ts";
import { readSheet, temporaryFolder } from "../run-casebook.ts";
import { makeSmallWorld } from "./small-world.ts";

const administrator = "admin@example.org";
const officer = "xq@example.org";

let options: SheetsServerOptions;
let server: SheetsServer;
let streams: AbortController[];

beforeEach(async () => {
  options = await makeSmallWorld(temporaryFolder());
  server = await startSheetsServer(options);
  streams = [];
});

afterEach(async () => {
  for (const stream of streams) stream.abort();
  await server.end();
});

async function post(path: string, ask: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(server.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ client: "甲", ask }),
  });
}

async function call<Name extends RequestName>(name: Name, ask: Requests[Name]["ask"]): Promise<Requests[Name]["get"]> {
  const response = await post(name, ask);
  const body = (await response.json()) as Requests[Name]["get"] & { message?: string };
  if (!response.ok) throw new Error(body.message);
  return body;
}

/** What the page of this client hears, as it comes. */
async function listen(
  client = "甲",
): Promise<{ next<T extends PageEvent["type"]>(type: T): Promise<Extract<PageEvent, { type: T }>> }> {
  const stream = new AbortController();
  streams.push(stream);
  const response = await fetch(`${server.url}events?client=${encodeURIComponent(client)}`, { signal: stream.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const events: PageEvent[] = [];
  let text = "";
  return {
    async next(type) {
      for (;;) {
        const at = events.findIndex((event) => event.type === type);
        if (at >= 0) return events.splice(at, 1)[0] as Extract<PageEvent, { type: typeof type }>;
        const chunk = await reader?.read();
        if (!chunk || chunk.done) throw new Error(`the stream ended without ${type}`);
        text += chunk.value;
        const blocks = text.split("\n\n");
        text = blocks.pop() ?? "";
        for (const block of blocks)
          if (block.startsWith("data: ")) events.push(JSON.parse(block.slice(6)) as PageEvent);
      }
    },
  };
}

async function sharedFile(user = administrator): Promise<string> {
  const { files } = await call("account", { user });
  return files.find(({ kind }) => kind === "shared")?.id ?? "";
}

const cellsOf = async (file: string, sheet: string, user = administrator) =>
  call("cells", { file, user, sheet, top: 1, bottom: 20 });

/** A request as another site's page, or a page under another host name, would make it. */
function statusOf(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on("error", reject);
    sent.end();
  });
}

describe("who may speak to the server", () => {
  test("the page is there under its secret address alone", async () => {
    const page = await fetch(server.url);
    expect(await page.text()).toContain("评案簿");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(new URL(server.url).hostname).toBe("127.0.0.1");
    expect((await fetch(new URL("/", server.url))).status).toBe(404);
    expect((await fetch(new URL("/wrong/", server.url))).status).toBe(404);
  });

  test.for([
    ["another host name", { host: "evil.example:80" }, 403],
    ["another site", { origin: "https://evil.example" }, 403],
    ["a sandboxed frame", { origin: "null" }, 403],
    ["itself by its other name", { host: "localhost" }, 200],
  ] as const)("%s", async ([, headers, status]) => {
    const { port } = new URL(server.url);
    const sent = "host" in headers && headers.host === "localhost" ? { host: `localhost:${port}` } : headers;
    expect(await statusOf(server.url, sent)).toBe(status);
  });

  test("only JSON of known requests is taken", async () => {
    expect((await post("account", {}, { "content-type": "text/plain" })).status).toBe(415);
    expect((await post("constructor", {})).status).toBe(404);
  });
});

describe("cells", () => {
  test("values, looks, notes, drop-downs, links and formats by formula are shown", async () => {
    const file = await sharedFile();
    await call("edit", { file, user: administrator, sheet: "案例", row: 3, column: 3, values: [["乡村"]] });
    const { rows, styles, lists } = await cellsOf(file, "案例");
    expect(rows[1]?.[1]?.t).toBe("案例名称");
    expect(styles[rows[1]?.[1]?.s ?? -1]).toContain("background-color:#2F5D86");
    expect(rows[2]?.[1]).toMatchObject({ t: "<img src=x onerror=alert(1)>", note: "名称不能有标记" });
    expect(lists[rows[2]?.[3]?.list ?? -1]).toEqual(["城市", "乡村"]);
    expect(rows[2]?.[4]).toMatchObject({ t: "2025-07-15", right: true });
    expect(rows[4]?.[4]).toMatchObject({ t: "1", i: "=D3*2", right: true });
    expect(rows[6]?.[5]).toMatchObject({ t: "去单位", link: "#'单位'!B2" });
    expect(styles[rows[3]?.[1]?.s ?? -1]).toContain("background-color:#FBE0DD");
    expect(styles[rows[2]?.[1]?.s ?? -1] ?? "").not.toContain("FBE0DD");
  });

  test("typing runs onEdit, reports what changed and toasts", async () => {
    const file = await sharedFile();
    const events = await listen();
    const { before } = await call("edit", {
      file,
      user: administrator,
      sheet: "案例",
      row: 2,
      column: 1,
      values: [["新名称"]],
    });
    expect(before).toEqual([["<img src=x onerror=alert(1)>"]]);
    expect(await events.next("toast")).toMatchObject({ title: "即时检查", message: "改了 A2" });
    expect(await events.next("changed")).toEqual({ type: "changed", file });
    expect((await cellsOf(file, "案例")).rows[2]?.[2]?.t).toBe("收到 新名称");
  });

  test("what stood there, typed again, makes the same cells", async () => {
    const file = await sharedFile();
    const place = { file, user: administrator, sheet: "案例", row: 2, column: 4 };
    const { before } = await call("edit", { ...place, values: [["a"], ["b"], ["c"]] });
    expect(before).toEqual([["2025-07-15"], ["0.5"], ["=D3*2"]]);
    await call("edit", { ...place, values: before });
    const { rows } = await cellsOf(file, "案例");
    expect([rows[2]?.[4]?.t, rows[3]?.[4]?.t, rows[4]?.[4]?.t]).toEqual(["2025-07-15", "0.5", "1"]);
  });

  test("drop-downs that refuse, and locked cells for those who are not the owner", async () => {
    const file = await sharedFile();
    const edit = (user: string, sheet: string, row: number, column: number, text: string) =>
      post("edit", { file, user, sheet, row, column, values: [[text]] });
    for (const response of [await edit(officer, "案例", 2, 3, "海洋"), await edit(officer, "日志", 1, 1, "我")]) {
      expect(response.status).toBe(409);
      expect(await response.json()).toMatchObject({ refused: true });
    }
    expect((await cellsOf(file, "日志", officer)).rows[1]?.[1]).toMatchObject({ t: "时间", locked: true });
    expect((await cellsOf(file, "日志")).rows[1]?.[1]).toEqual({ t: "时间" });
  });
});

describe("users", () => {
  test("the officer of 单位 may open the shared workbook and not the review workbook", async () => {
    const account = await call("account", { user: officer });
    expect(account.users.map(({ email }) => email)).toEqual([administrator, officer]);
    expect(account.files.map(({ kind, right }) => [kind, right])).toEqual([["shared", "edit"]]);
    const all = (await call("account", { user: administrator })).files;
    const review = all.find(({ kind }) => kind === "review")?.id ?? "";
    await expect(call("open", { file: review, user: officer })).rejects.toThrow("没有打开这个文件的权限");
    await expect(call("cells", { file: review, user: officer, sheet: "工作表1", top: 1, bottom: 2 })).rejects.toThrow(
      "权限",
    );
  });

  test("a stranger gets nothing", async () => {
    const file = await sharedFile();
    await expect(call("open", { file, user: "who@example.org" })).rejects.toThrow("权限");
    await expect(call("run", { file, user: "who@example.org", functionName: "fail", args: [] })).rejects.toThrow(
      "权限",
    );
  });
});

describe("scripts", () => {
  test("the menu, an error and a result", async () => {
    const file = await sharedFile();
    const { menus, sheets } = await call("open", { file, user: administrator });
    expect(menus[0]?.items.map(({ label }) => label)).toEqual(["问候", "侧边", "", "出错", "跳转"]);
    expect(sheets.map(({ name, frozenRows }) => [name, frozenRows])).toEqual([
      ["案例", 1],
      ["单位", 0],
      ["日志", 0],
    ]);
    const run = (functionName: string, args: unknown[] = []) =>
      call("run", { file, user: administrator, functionName, args });
    expect(await run("echo", ["好"])).toEqual({ result: { said: "好" } });
    await expect(run("fail")).rejects.toThrow("案例表缺少一列");
  });

  test("a prompt waits for the answer of the page that asked", async () => {
    const file = await sharedFile();
    const events = await listen();
    const running = call("run", { file, user: administrator, functionName: "greet", args: [] });
    const { number, kind, message } = await events.next("ask");
    expect([kind, message]).toEqual(["prompt", "您叫什么？"]);
    await post("answer", { number: number + 1, button: "OK", text: "不算" });
    await post("answer", { number, button: "OK", text: "小明" });
    await running;
    expect((await cellsOf(file, "案例")).rows[5]?.[5]?.t).toBe("你好，小明");
  });

  test("a page that is loaded again gets the open question", async () => {
    const file = await sharedFile();
    const first = await listen();
    const running = call("run", { file, user: administrator, functionName: "greet", args: [] });
    const asked = await first.next("ask");
    expect(await (await listen()).next("ask")).toEqual(asked);
    await post("answer", { number: asked.number, button: "OK", text: "乙" });
    await running;
  });

  test("at the end, a script that waits is answered and all is saved", async () => {
    const file = await sharedFile();
    const events = await listen();
    await call("edit", { file, user: administrator, sheet: "单位", row: 5, column: 2, values: [["最后一笔"]] });
    const running = call("run", { file, user: administrator, functionName: "greet", args: [] }).catch(() => undefined);
    await events.next("ask");
    await server.end();
    await running;
    expect((await readSheet(options.path, "单位")).rows[4]?.[1]).toBe("最后一笔");
    server = await startSheetsServer(options);
  });
});

describe("files", () => {
  test("nothing is written when nothing has changed", async () => {
    await call("open", { file: await sharedFile(), user: administrator });
    await call("save", {});
    expect(existsSync(options.path.replace(".xlsx", ".bak.xlsx"))).toBe(false);
    expect(existsSync(options.path.replace(".xlsx", ".评审.xlsx"))).toBe(false);
  });

  test("changes are saved with a backup, looks and notes included, and read again", async () => {
    const file = await sharedFile();
    await call("edit", { file, user: administrator, sheet: "案例", row: 3, column: 1, values: [["甲", "", "城市"]] });
    await call("note", { file, user: administrator, sheet: "案例", row: 3, column: 1, note: "看过" });
    const before = await cellsOf(file, "案例");
    await server.end();
    expect(existsSync(options.path.replace(".xlsx", ".bak.xlsx"))).toBe(true);
    server = await startSheetsServer(options);
    expect(await sharedFile()).toBe(file);
    expect(await cellsOf(file, "案例")).toEqual(before);
  });

  test("files in the folder and uploads are in the drive", async () => {
    const folder = join(dirname(options.path), "小评案簿.云端硬盘");
    await call("upload", { name: "名册.csv", base64: Buffer.from("单位名称\n甲局\n").toString("base64") });
    await server.end();
    writeFileSync(join(folder, "又一份.csv"), "a,b\n");
    server = await startSheetsServer(options);
    const { files } = await call("account", { user: administrator });
    expect(files.filter(({ kind }) => kind === "file").map(({ name }) => name)).toEqual(["又一份.csv", "名册.csv"]);
    const roll = files.find(({ name }) => name === "名册.csv")?.id ?? "";
    expect(await call("text", { file: roll, user: administrator })).toEqual({ text: "单位名称\n甲局\n" });
  });

  test("a file that cannot be read is reported by name", async () => {
    writeFileSync(options.path, "no zip");
    await expect(startSheetsServer(options)).rejects.toThrow("小评案簿.xlsx");
  });
});
