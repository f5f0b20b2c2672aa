/** A thread that makes new workbooks while the command makes others. */
import { parentPort } from "node:worker_threads";
import type { WorkbookPatch } from "../../apps-script/core/workbook/port.ts";
import type { RenderedMessage } from "../host/node-renderer.ts";
import { renderPatchLater } from "./render-patch.ts";

parentPort?.on("message", async ({ id, patch }: { readonly id: number; readonly patch: WorkbookPatch }) => {
  const bytes = await renderPatchLater(patch).catch(() => undefined);
  const message: RenderedMessage = bytes ? { id, bytes } : { id };
  parentPort?.postMessage(message);
});
