import { gzipSync } from "node:zlib";
import { beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { newApplicationWorkbook } from "../../../apps-script/core/application-book/application-book.ts";
import { buildUnitForms } from "../../../apps-script/core/application-book/unit-form.ts";
import { ningxia2025 as notice } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { unitsSheet } from "../../../apps-script/core/schema/application.ts";
import { renderPatch } from "../../../node-tools/award-files/render-patch.ts";
import { newWorkbook } from "../../../node-tools/office-files/workbook.ts";
import type { FormChange } from "../../../node-tools/page/unit/form-protocol.ts";
import { FakeFolder, PageWorker } from "./page-worker.ts";

const form = "填报表.xlsx";
let blank: Uint8Array;
let worker: PageWorker;
let folder: FakeFolder;

beforeAll(() => {
  const book = newWorkbook();
  book.apply(newApplicationWorkbook(notice));
  const values: Readonly<Record<string, string>> = { code: "1", name: "兴庆区教育局", kind: "教育局" };
  const edits = unitsSheet.columns.map(({ key }, i) => ({ row: 2, column: i + 1, value: values[key] ?? null }));
  book.apply({ sheets: [{ name: unitsSheet.label, edits }] });
  blank = renderPatch(buildUnitForms(book.snapshot, notice)[0]!.patch);
});
beforeEach(async () => {
  worker = await PageWorker.start();
  folder = new FakeFolder("征集");
  folder.put(form, blank);
});

const titled = (value: string): FormChange[] => [{ sheet: "submissions", row: 2, field: "title", value }];
const titleIn = async () => (await worker.call("openForm", form)).cases[0]?.title;

describe("a folder that is read again", () => {
  beforeEach(async () => {
    await worker.call("attachFolder", folder.handle);
    await worker.call("openForm", form);
  });

  test("has what was typed a moment before", async () => {
    const typed = worker.call("changeForm", form, titled("课堂观察"), "修改");
    const again = worker.call("attachFolder", folder.handle);
    await typed;
    expect(await again).toEqual([]);
    expect(await titleIn()).toBe("课堂观察");
  });

  test("is not read over what another program keeps from being written, until somebody says so", async () => {
    await worker.call("changeForm", form, titled("课堂观察"), "修改");
    folder.put(form, blank);
    await expect(worker.call("attachFolder", folder.handle)).rejects.toThrow("打开之后被别的程序保存过");
    expect(await titleIn()).toBe("课堂观察");
    await worker.call("attachFolder", folder.handle, true);
    expect(await titleIn()).toBeUndefined();
  });

  test("keeps what was typed before the traces in the browser are cleared", async () => {
    await worker.call("changeForm", form, titled("课堂观察"), "修改");
    await worker.call("forget");
    await worker.call("attachFolder", folder.handle);
    expect(await titleIn()).toBe("课堂观察");
  });

  test("that the browser no longer lets us read says so in Chinese", async () => {
    folder.entries = () => {
      throw new DOMException("The request is not allowed", "NotAllowedError");
    };
    await expect(worker.call("attachFolder", folder.handle)).rejects.toThrow(/^没有做成：浏览器不再允许/);
  });
});

describe("a call that is cancelled", () => {
  test("ends before its next step, and no other does", async () => {
    const [first, second] = ["一.xlsx", "二.xlsx"].map((path) => worker.begin("run", "init", [path], {}));
    worker.cancel(second!.id);
    expect((await first!.answer).code).toBe(0);
    const { code, warned } = await second!.answer;
    expect(code).toBeGreaterThan(1);
    expect(warned.join()).toContain("已取消，文件没有改动");
    worker.cancel(first!.id);
    expect((await worker.call("run", "init", ["三.xlsx"], {})).code).toBe(0);
  });

  test("has its steps told as its own", async () => {
    const { id, answer } = worker.begin("run", "init", ["一.xlsx"], {});
    await answer;
    const steps = worker.said.filter(({ kind }) => kind === "step");
    expect(steps.length).toBeGreaterThan(0);
    expect(new Set(steps.map((step) => "id" in step && step.id))).toEqual(new Set([id]));
  });
});

/** Reads nothing until it is told to fail. */
class FakeReader {
  static readonly asked: FakeReader[] = [];
  onerror?: (event: { readonly message: string; preventDefault(): void }) => void;

  postMessage(message: { readonly path?: string }): void {
    if (message.path !== undefined) FakeReader.asked.push(this);
  }

  terminate(): void {}

  fail(): void {
    this.onerror?.({ message: "", preventDefault() {} });
  }
}

describe("a folder of materials", () => {
  test("is taken without the file that cannot be read, which is named", async () => {
    folder.put("说明.docx", blank).fault = "NotReadableError";
    expect(await worker.call("giveMaterials", folder.handle)).toEqual({ count: 1, skipped: ["说明.docx"] });
  });
});

describe("a reading of materials", () => {
  const packed = gzipSync("").toString("base64");

  beforeEach(async () => {
    vi.stubGlobal("Worker", FakeReader);
    onTestFinished(() => void vi.unstubAllGlobals());
    FakeReader.asked.length = 0;
    await worker.call("put", [{ path: form, bytes: blank }]);
    await worker.call("openForm", form);
    await worker.call("changeForm", form, [{ sheet: "submissions", row: 2, field: "id", value: "N25001" }], "修改");
    await worker.call("unpackReaders", { reader: packed, mediaInfo: packed });
    await worker.call("giveMaterials", [{ path: "N25001/说明.docx", file: new File(["一"], "说明.docx") }]);
  });

  test("keeps nobody waiting who types meanwhile, and is broken off when the folder is read again", async () => {
    const { answer } = worker.begin("readFormMaterials", form);
    await vi.waitFor(() => expect(FakeReader.asked).toHaveLength(1));
    const changed = await worker.call("changeForm", form, titled("课堂观察"), "修改");
    expect(changed.cases[0]?.title).toBe("课堂观察");
    const again = worker.call("attachFolder", folder.handle);
    const broken = expect(answer).rejects.toThrow("已取消");
    FakeReader.asked[0]?.fail();
    await broken;
    expect(await again).toEqual([]);
  });

  test("waits for the one before", async () => {
    const first = worker.begin("readFormMaterials", form);
    const second = worker.begin("readFormMaterials", form);
    await vi.waitFor(() => expect(FakeReader.asked).toHaveLength(1));
    worker.cancel(first.id);
    const broken = expect(first.answer).rejects.toThrow("已取消");
    FakeReader.asked[0]?.fail();
    await broken;
    await vi.waitFor(() => expect(FakeReader.asked.length).toBeGreaterThan(1));
    FakeReader.asked.at(-1)?.fail();
    expect((await second.answer).cases.map(({ id }) => id)).toEqual(["N25001"]);
  });

  test("tells whoever closes the page that a form is not written yet, and that it is", async () => {
    await vi.waitFor(() => expect(worker.said.at(-1)).toEqual({ kind: "unsaved", unsaved: false }), 3000);
    await worker.call("changeForm", form, titled("课堂观察"), "修改");
    await vi.waitFor(() => expect(worker.said.at(-1)).toEqual({ kind: "unsaved", unsaved: true }));
    await vi.waitFor(() => expect(worker.said.at(-1)).toEqual({ kind: "unsaved", unsaved: false }), 3000);
  });
});
