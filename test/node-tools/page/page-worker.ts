import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { WorkerCalls, WorkerMessage } from "../../../node-tools/page/protocol.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

const script = build({
  absWorkingDir: root,
  entryPoints: ["node-tools/page/worker.ts"],
  bundle: true,
  format: "iife",
  platform: "browser",
  target: "es2022",
  conditions: ["casebook-page", "module"],
  write: false,
  logLevel: "silent",
}).then(({ outputFiles: [file] }) => file?.text ?? "");

/** A file on a disk, as the browser gives it. */
class FakeFile {
  readonly kind = "file";
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array();
  lastModified = 1;
  /** Name of the DOMException that reading it ends in. */
  fault = "";

  constructor(readonly name: string) {}

  async getFile(): Promise<File> {
    if (this.fault !== "") throw new DOMException("A file could not be read", this.fault);
    return new File([this.bytes], this.name, { lastModified: this.lastModified });
  }

  async createWritable() {
    return {
      write: async (bytes: Uint8Array<ArrayBuffer>) => {
        this.bytes = bytes;
      },
      close: async () => {
        this.lastModified += 1;
      },
    };
  }
}

/** A folder on a disk, as the browser gives it, without folders in it. */
export class FakeFolder {
  readonly kind = "directory";
  readonly #files = new Map<string, FakeFile>();

  constructor(readonly name: string) {}

  put(name: string, bytes: Uint8Array): FakeFile {
    const file = this.#files.get(name) ?? new FakeFile(name);
    file.bytes = new Uint8Array(bytes);
    file.lastModified += 1;
    this.#files.set(name, file);
    return file;
  }

  async *entries() {
    yield* this.#files;
  }

  async getFileHandle(name: string, { create = false } = {}): Promise<FakeFile> {
    const file = this.#files.get(name);
    if (file) return file;
    if (create) return this.put(name, new Uint8Array());
    throw new DOMException("not there", "NotFoundError");
  }

  async removeEntry(name: string): Promise<void> {
    this.#files.delete(name);
  }

  get handle(): FileSystemDirectoryHandle {
    return this as unknown as FileSystemDirectoryHandle;
  }
}

/** The worker as it lies in the page, without a browser. */
export class PageWorker {
  /** All that it said, the answers included. */
  readonly said: WorkerMessage[] = [];
  readonly #scope: { onmessage?(event: { readonly data: unknown }): void; postMessage(message: WorkerMessage): void };
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  #lastId = 0;

  private constructor(code: string) {
    this.#scope = { postMessage: (message) => this.#hear(structuredClone(message)) };
    new Function("self", code)(this.#scope);
    this.#scope.onmessage?.({ data: { templates: {}, example: {} } });
  }

  static async start(): Promise<PageWorker> {
    return new PageWorker(await script);
  }

  #hear(message: WorkerMessage): void {
    this.said.push(message);
    if (message.kind !== "answer" && message.kind !== "failure") return;
    const call = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === "answer") call?.resolve(message.value);
    else call?.reject(new Error(message.message));
  }

  /** @returns the number of the call, and its answer */
  begin<Name extends keyof WorkerCalls>(
    name: Name,
    ...parameters: Parameters<WorkerCalls[Name]>
  ): { readonly id: number; readonly answer: ReturnType<WorkerCalls[Name]> } {
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#scope.onmessage?.({ data: { id, name, parameters } });
    return { id, answer: answer as ReturnType<WorkerCalls[Name]> };
  }

  call<Name extends keyof WorkerCalls>(name: Name, ...parameters: Parameters<WorkerCalls[Name]>) {
    return this.begin(name, ...parameters).answer;
  }

  cancel(id: number): void {
    this.#scope.onmessage?.({ data: { cancel: id } });
  }
}
