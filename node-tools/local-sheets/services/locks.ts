import type { Execution } from "../runtime/execution.ts";
import { refuseUnsupported } from "./unsupported.ts";

type Supported = "tryLock" | "waitLock" | "releaseLock" | "hasLock";

/** Which execution holds the document lock of which bound script. */
export class LockTable {
  readonly #holders = new Map<string, Execution>();

  holder(spreadsheetId: string): Execution | undefined {
    return this.#holders.get(spreadsheetId);
  }

  take(execution: Execution): void {
    this.#holders.set(execution.spreadsheetId, execution);
  }

  /** Also at the end of every execution: the platform takes a forgotten lock back. */
  release(execution: Execution): void {
    if (this.holder(execution.spreadsheetId) === execution) this.#holders.delete(execution.spreadsheetId);
  }
}

class FakeLock implements Pick<GoogleAppsScript.Lock.Lock, Supported> {
  private readonly execution: Execution;
  private readonly locks: LockTable;
  private readonly wait: (milliseconds: number) => void;

  constructor(execution: Execution, locks: LockTable, wait: (milliseconds: number) => void) {
    this.execution = execution;
    this.locks = locks;
    this.wait = wait;
  }

  tryLock(timeoutInMillis: number): boolean {
    this.execution.call("Lock.tryLock");
    return this.take(timeoutInMillis);
  }

  waitLock(timeoutInMillis: number): void {
    this.execution.call("Lock.waitLock");
    if (this.take(timeoutInMillis)) return;
    throw new Error("Lock timeout: another process was holding the lock for too long.");
  }

  releaseLock(): void {
    this.execution.call("Lock.releaseLock");
    this.locks.release(this.execution);
  }

  hasLock(): boolean {
    this.execution.call("Lock.hasLock");
    return this.locks.holder(this.execution.spreadsheetId) === this.execution;
  }

  /** The holder can be none but an execution in whose middle this one runs, so the whole time is waited in vain. */
  private take(timeoutInMillis: number): boolean {
    const holder = this.locks.holder(this.execution.spreadsheetId);
    if (holder !== undefined && holder !== this.execution) {
      this.wait(timeoutInMillis);
      return false;
    }
    this.locks.take(this.execution);
    return true;
  }
}

/** @param wait lets time of the virtual clock pass */
export function createLockService(execution: Execution, locks: LockTable, wait: (milliseconds: number) => void) {
  const service: Pick<GoogleAppsScript.Lock.LockService, "getDocumentLock"> = {
    getDocumentLock() {
      execution.call("LockService.getDocumentLock");
      return refuseUnsupported<GoogleAppsScript.Lock.Lock>("Lock", new FakeLock(execution, locks, wait));
    },
  };
  return refuseUnsupported("LockService", service);
}
