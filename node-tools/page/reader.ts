/** A worker of the page that reads submitted files, as `evidence/worker.ts` does in Node. */
import type { FileFacts } from "../../apps-script/core/evidence/file-facts.ts";
import { readFileFacts } from "../documents/file-facts.ts";
import { materialFiles, type ReaderMessage } from "./host.ts";

/** The scope of a worker, of which the types of a page know nothing. */
declare const self: {
  postMessage(answer: { readonly facts: FileFacts }): void;
  onmessage: ((event: MessageEvent<ReaderMessage>) => void) | null;
  fetch: (address: unknown) => Promise<Response>;
};

self.onmessage = ({ data }) => {
  if ("mediaInfo" in data) {
    // MediaInfo asks for its own code by an address; it is here already, and no other address leads anywhere.
    const { mediaInfo } = data;
    self.fetch = async () => new Response(mediaInfo, { headers: { "Content-Type": "application/wasm" } });
    return;
  }
  const { path, file } = data;
  materialFiles.put(path, file);
  void readFileFacts(path).then(async (facts) => {
    await materialFiles.removeFolder(path);
    self.postMessage({ facts });
  });
};
