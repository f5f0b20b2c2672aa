import { expect, test } from "vitest";
import { findDropped, readFiles, tellSkipped } from "../../../../node-tools/page/app/hand-over.ts";

const readable = { path: "收到/附件6.xlsx", file: new File(["一"], "附件6.xlsx") };

test("a file that cannot be read keeps no other from being taken, and is named", async () => {
  const file = new File([], "坏.xlsx");
  file.arrayBuffer = () => Promise.reject(new DOMException("could not be read", "NotReadableError"));
  const { given, skipped } = await readFiles({
    files: [{ path: "收到/坏.xlsx", file }, readable],
    skipped: ["收到/锁.xlsx"],
  });
  expect(given.map(({ path }) => path)).toEqual(["收到/附件6.xlsx"]);
  expect(tellSkipped(skipped).join()).toMatch(/有 2 个文件.*收到\/锁.xlsx、收到\/坏.xlsx/);
});

/** What is dropped: a folder with these files, of which the browser refuses some. */
function dropped(files: Readonly<Record<string, "refused" | File>>): DataTransfer {
  const entries = Object.entries(files).map(([name, file]) => ({
    isFile: true,
    fullPath: `/收到/${name}`,
    file: (resolve: (file: File) => void, reject: (error: Error) => void) =>
      file === "refused" ? reject(new DOMException("no", "NotReadableError")) : resolve(file),
  }));
  const batches = [entries, []];
  const folder = {
    isDirectory: true,
    fullPath: "/收到",
    createReader: () => ({ readEntries: (resolve: (some: unknown) => void) => resolve(batches.shift()) }),
  };
  return { items: [{ webkitGetAsEntry: () => folder }] } as unknown as DataTransfer;
}

test("a folder that is dropped is read without the file that the browser refuses", async () => {
  const { files, skipped } = await findDropped(dropped({ "坏.xlsx": "refused", "附件6.xlsx": readable.file }));
  expect({ files, skipped }).toEqual({ files: [readable], skipped: ["收到/坏.xlsx"] });
});

test("of a folder that the browser refuses whole, the way around is told", async () => {
  await expect(findDropped(dropped({ "坏.xlsx": "refused" }))).rejects.toThrow("请点按钮选择文件夹");
});
