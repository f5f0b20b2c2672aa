/** A thread that reads submitted files: what one of them does to the memory or the time of its reader stays here. */
import { parentPort } from "node:worker_threads";
import { readFileFacts } from "../documents/file-facts.ts";
import type { ReadRequest, ReadResponse } from "./reader-pool.ts";

parentPort?.on("message", ({ path }: ReadRequest) => {
  void readFileFacts(path).then((facts) => {
    const response: ReadResponse = { facts };
    parentPort?.postMessage(response);
  });
});
