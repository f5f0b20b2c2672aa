import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { type Outgoing, renderAll } from "../../../node-tools/award-files/outgoing.ts";
import { renderPatchLater } from "../../../node-tools/award-files/render-patch.ts";
import type { CommandCall } from "../../../node-tools/command-line/command.ts";
import { makeTerminal } from "../../../node-tools/command-line/terminal.ts";
import { startNodeRenderer } from "../../../node-tools/host/node-renderer.ts";
import type { Renderer } from "../../../node-tools/host/port.ts";
import { temporaryFolder } from "../run-casebook.ts";

const terminal = makeTerminal(false, { out: () => {}, err: () => {}, interactive: false });
const call: CommandCall = { operands: [], options: {}, terminal };
const bundle = pathToFileURL(join(process.cwd(), "dist", "render-worker.mjs"));

const many = Array.from(
  { length: 60 },
  (_, i): Outgoing => ({
    fileName: `${i}.xlsx`,
    patch: { sheets: [{ name: "表", createBefore: null, edits: [{ row: 1, column: 1, value: `第 ${i} 份` }] }] },
  }),
);

/** A renderer that also counts what it is asked for and makes. */
function counted(renderer: Renderer) {
  const counts = { asked: 0, made: 0, ended: 0 };
  const counting: Renderer = {
    async render(patch) {
      counts.asked += 1;
      const bytes = await renderer.render(patch);
      counts.made += 1;
      return bytes;
    },
    end() {
      counts.ended += 1;
      return renderer.end();
    },
  };
  return { counts, start: () => counting };
}

test("many files are made in two threads, in their order, with the bytes that one makes", async () => {
  const folder = temporaryFolder();
  const { counts, start } = counted(startNodeRenderer(bundle));
  // The thread takes longer to begin than so few small files.
  await start().render(many[0]!.patch);
  const writes = await renderAll(call, folder, many, start);
  expect(writes.map(({ path }) => path)).toEqual(many.map(({ fileName }) => join(folder, fileName)));
  for (const [i, { patch }] of many.entries()) expect(writes[i]!.data).toEqual(await renderPatchLater(patch));
  expect(counts.made).toBeGreaterThan(1);
  expect(counts).toMatchObject({ made: counts.asked, ended: 1 });
});

test.for([
  { name: "cannot begin", start: () => startNodeRenderer(new URL("none.mjs", bundle)) },
  {
    name: "makes nothing",
    start: (): Renderer => ({ render: () => Promise.reject(new Error()), end: async () => {} }),
  },
])("where the thread $name, all is made here", async ({ start }) => {
  const { counts, ...begun } = counted(start());
  const writes = await renderAll(call, temporaryFolder(), many, begun.start);
  for (const [i, { patch }] of many.entries()) expect(writes[i]!.data).toEqual(await renderPatchLater(patch));
  expect(counts.asked).toBeGreaterThan(0);
  expect(counts).toMatchObject({ made: 0, ended: 1 });
});

test("what no workbook can hold fails with its reason, wherever it was tried, and nothing more is made", async () => {
  const tooLong: Outgoing["patch"] = {
    sheets: [{ name: "表", createBefore: null, edits: [{ row: 1, column: 1, value: "长".repeat(40_000) }] }],
  };
  const some = many.map((item, i) => (i % 5 === 4 ? { ...item, patch: tooLong } : item));
  const { counts, start } = counted(startNodeRenderer(bundle));
  await expect(renderAll(call, temporaryFolder(), some, start)).rejects.toThrow(/超过单元格的上限/);
  const { asked } = counts;
  expect(asked).toBeLessThan(10);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(counts).toMatchObject({ asked, ended: 1 });
});

test("a few files begin no thread", async () => {
  const start = () => {
    throw new Error("begun");
  };
  expect(await renderAll(call, temporaryFolder(), many.slice(0, 10), start)).toHaveLength(10);
});
