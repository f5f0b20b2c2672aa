import type { GivenFile } from "./protocol.ts";

const database = "casebook";
const store = "files";

interface Record {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly mtimeMs: number;
}

function ended<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

/** Files that the browser keeps for the next visit; one that keeps nothing (private windows) is no reason to fail. */
export class KeptFiles {
  #opened: Promise<IDBDatabase | undefined> | undefined;

  #open(): Promise<IDBDatabase | undefined> {
    this.#opened ??= (async () => {
      try {
        const request = indexedDB.open(database, 1);
        request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: "path" });
        return await ended(request);
      } catch {
        return undefined;
      }
    })();
    return this.#opened;
  }

  async #records(): Promise<Record[]> {
    const opened = await this.#open();
    return opened ? ended(opened.transaction(store).objectStore(store).getAll()) : [];
  }

  async readAll(): Promise<GivenFile[]> {
    return (await this.#records()).map(({ path, bytes }) => ({ path, bytes }));
  }

  /** All or nothing. */
  async write(files: readonly GivenFile[], gone: readonly string[]): Promise<void> {
    const opened = await this.#open();
    if (!opened) return;
    const transaction = opened.transaction(store, "readwrite");
    const records = transaction.objectStore(store);
    const mtimeMs = Date.now();
    for (const { path, bytes } of files) records.put({ path, bytes: new Uint8Array(bytes), mtimeMs } satisfies Record);
    for (const path of gone) records.delete(path);
    await completed(transaction);
  }

  async clear(): Promise<void> {
    const opened = await this.#open();
    if (!opened) return;
    const transaction = opened.transaction(store, "readwrite");
    transaction.objectStore(store).clear();
    await completed(transaction);
  }
}
