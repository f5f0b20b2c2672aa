import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newApplicationWorkbook } from "../../../apps-script/core/application-book/application-book.ts";
import { buildUnitForms } from "../../../apps-script/core/application-book/unit-form.ts";
import { ningxia2025 as notice } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { unitsSheet } from "../../../apps-script/core/schema/application.ts";
import { renderPatch } from "../../../node-tools/award-files/award-files.ts";
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
