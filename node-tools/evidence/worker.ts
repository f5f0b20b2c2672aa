/** A thread that reads submitted files: what one of them does to the memory or the time of its reader stays here. */
import { parentPort } from "node:worker_threads";
import { readFileFacts } from "../documents/file-facts.ts";

parentPort?.on("message", ({ path }: { readonly path: string }) => {
  void readFileFacts(path).then((facts) => parentPort?.postMessage({ facts }));
});
