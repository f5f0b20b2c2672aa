import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { nodeMaterials } from "../../../node-tools/host/node-materials.ts";
import type { Materials } from "../../../node-tools/host/port.ts";
import { MaterialFiles } from "../../../node-tools/page/material-files.ts";

type Files = Pick<
  Materials,
  | "readdir"
  | "lstat"
  | "open"
  | "write"
  | "ensureFolder"
  | "rename"
  | "makeFolder"
  | "removeFolder"
  | "withPrivateFolder"
>;

const given: Readonly<Record<string, string>> = {
  "材料/A001/课件.txt": "课堂案例",
  "材料/A001/深/b.txt": "b",
  "材料/A002.zip": "",
};

/** The same files on the disk and in the page, and where they lie there. */
function both(): readonly (readonly [Files, string])[] {
  const root = mkdtempSync(join(tmpdir(), "casebook-materials-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const inPage = new MaterialFiles();
  for (const [path, text] of Object.entries(given)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    inPage.put(`/${path}`, new File([text], path, { lastModified: 5 }));
  }
  return [
    [nodeMaterials, root],
    [inPage, "/"],
  ];
}

async function outcomeOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return { value: await work() };
  } catch (error) {
    return { code: (error as { code?: string }).code };
  }
}

async function onBoth(work: (files: Files, root: string) => Promise<unknown>): Promise<unknown> {
  const [onDisk, inPage] = await Promise.all(both().map(([files, root]) => outcomeOf(() => work(files, root))));
  expect(inPage).toEqual(onDisk);
  return inPage;
}

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

describe("materials in the page", () => {
  test.for(["材料", "材料/A001", "材料/A001/深", "材料/A002.zip", "材料/none", "材料/A002.zip/x"])(
    "list and describe %s as the disk does",
    async (path) => {
      await onBoth(async (files, root) => (await files.readdir(join(root, path))).sort());
      await onBoth(async (files, root) => {
        const { kind, size } = await files.lstat(join(root, path));
        return { kind, size: kind === "file" ? size : 0 };
      });
    },
  );

  test.for([
    [0, 100],
    [3, 6],
    [11, 5],
    [100, 5],
  ] as const)("are read from %i, %i bytes", async ([offset, length]) => {
    await onBoth(async (files, root) => {
      const file = await files.open(join(root, "材料/A001/课件.txt"));
      const bytes = await file.read(offset, length);
      await file.close();
      return [file.size, bytes.toString("hex")];
    });
  });

  test("what is not there cannot be opened", async () => {
    expect(await onBoth((files, root) => files.open(join(root, "材料/none.txt")))).toEqual({ code: "ENOENT" });
  });

  test("a file that is made is whole, and goes with its folder", async () => {
    await onBoth((files) =>
      files.withPrivateFolder(async (folder) => {
        const own = await files.makeFolder(folder);
        await files.write(join(own, "长.txt"), chunks("课", "堂", "案例"), "owner");
        const file = await files.open(join(own, "长.txt"));
        const text = (await file.read(0, 100)).toString("utf8");
        await file.close();
        await files.removeFolder(own);
        return [text, await files.readdir(folder)];
      }),
    );
  });

  test("a folder that breaks off in the middle of a file leaves no part of it", async () => {
    const [, inPage] = both();
    const [files, root] = inPage!;
    const broken = async function* () {
      yield Buffer.from("课");
      throw new Error("broken");
    };
    await expect(files.write(join(root, "半.txt"), broken(), "owner")).rejects.toThrow("broken");
    expect(await files.readdir(root)).toEqual(["材料"]);
  });

  test.for([
    ["材料/A001", "材料/别处"],
    ["材料/A001/课件.txt", "材料/A001/另一个.txt"],
    ["材料/A001/课件.txt", "材料/A002.zip"],
    ["材料/none", "材料/别处"],
  ])("move %s to %s as the disk does", async ([from = "", to = ""]) => {
    const listed = async (files: Files, folder: string): Promise<unknown> => {
      if ((await files.lstat(folder)).kind === "file") return (await files.lstat(folder)).size;
      const names = (await files.readdir(folder)).sort();
      return Promise.all(names.map(async (name) => [name, await listed(files, join(folder, name))]));
    };
    await onBoth(async (files, root) => {
      await files.rename(join(root, from), join(root, to));
      return listed(files, join(root, "材料"));
    });
  });

  test("a folder is made with those around it, or was there", async () => {
    await onBoth(async (files, root) => {
      for (const path of ["新/深", "新/深", "材料/A001"]) await files.ensureFolder(join(root, path));
      return [await files.readdir(join(root, "新")), (await files.readdir(join(root, "材料/A001"))).sort()];
    });
  });
});
