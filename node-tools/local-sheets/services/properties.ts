import type { Execution } from "../runtime/execution.ts";
import { refuseUnsupported, standInFor } from "./unsupported.ts";

const maxValueBytes = 9 * 1024;
const maxStoreBytes = 500 * 1024;

type Supported =
  | "getProperty"
  | "setProperty"
  | "setProperties"
  | "deleteProperty"
  | "getProperties"
  | "getKeys"
  | "deleteAllProperties";

const bytesOf = (text: string): number => Buffer.byteLength(text, "utf8");

/** The stores of all scripts by name; a bound script has one of its own for its document, itself and every user. */
export class PropertyStores {
  readonly #stores = new Map<string, Map<string, string>>();

  store(name: string): Map<string, string> {
    let store = this.#stores.get(name);
    if (store === undefined) {
      store = new Map();
      this.#stores.set(name, store);
    }
    return store;
  }

  entries(): [string, [string, string][]][] {
    return [...this.#stores].filter(([, store]) => store.size > 0).map(([name, store]) => [name, [...store]]);
  }

  restore(entries: readonly (readonly [string, readonly (readonly [string, string])[]])[]): void {
    this.#stores.clear();
    for (const [name, pairs] of entries) this.#stores.set(name, new Map(pairs));
  }
}

class FakeProperties implements Pick<GoogleAppsScript.Properties.Properties, Supported> {
  private readonly execution: Execution;
  private readonly store: Map<string, string>;

  constructor(execution: Execution, store: Map<string, string>) {
    this.execution = execution;
    this.store = store;
  }

  getProperty(key: string): string | null {
    this.execution.call("Properties.getProperty");
    return this.store.get(String(key)) ?? null;
  }

  getProperties(): Record<string, string> {
    this.execution.call("Properties.getProperties");
    return Object.fromEntries(this.store);
  }

  getKeys(): string[] {
    this.execution.call("Properties.getKeys");
    return [...this.store.keys()];
  }

  setProperty(key: string, value: string): GoogleAppsScript.Properties.Properties {
    this.execution.call("Properties.setProperty");
    this.write(new Map(this.store).set(String(key), String(value)));
    return standInFor<GoogleAppsScript.Properties.Properties>(this);
  }

  setProperties(properties: Record<string, string>, deleteAllOthers = false): GoogleAppsScript.Properties.Properties {
    this.execution.call("Properties.setProperties");
    const given = Object.entries(properties).map(([key, value]) => [key, String(value)] as const);
    this.write(new Map([...(deleteAllOthers ? [] : this.store), ...given]));
    return standInFor<GoogleAppsScript.Properties.Properties>(this);
  }

  deleteProperty(key: string): GoogleAppsScript.Properties.Properties {
    this.execution.call("Properties.deleteProperty");
    this.store.delete(String(key));
    return standInFor<GoogleAppsScript.Properties.Properties>(this);
  }

  deleteAllProperties(): GoogleAppsScript.Properties.Properties {
    this.execution.call("Properties.deleteAllProperties");
    this.store.clear();
    return standInFor<GoogleAppsScript.Properties.Properties>(this);
  }

  private write(next: ReadonlyMap<string, string>): void {
    let total = 0;
    for (const [key, value] of next) {
      if (bytesOf(value) > maxValueBytes) throw new Error("Argument too large: value");
      total += bytesOf(key) + bytesOf(value);
    }
    if (total > maxStoreBytes) {
      throw new Error("You have exceeded the property storage quota. Please remove some properties and try again.");
    }
    this.store.clear();
    for (const [key, value] of next) this.store.set(key, value);
  }
}

export function createPropertiesService(execution: Execution, stores: PropertyStores) {
  const open = (kind: string): GoogleAppsScript.Properties.Properties => {
    const store = stores.store(`${execution.spreadsheetId}/${kind}`);
    return refuseUnsupported<GoogleAppsScript.Properties.Properties>(
      "Properties",
      new FakeProperties(execution, store),
    );
  };
  const service: Pick<
    GoogleAppsScript.Properties.PropertiesService,
    "getDocumentProperties" | "getScriptProperties" | "getUserProperties"
  > = {
    getDocumentProperties() {
      execution.call("PropertiesService.getDocumentProperties");
      return open("document");
    },
    getScriptProperties() {
      execution.call("PropertiesService.getScriptProperties");
      return open("script");
    },
    getUserProperties() {
      execution.call("PropertiesService.getUserProperties");
      return open(`user/${execution.user}`);
    },
  };
  return refuseUnsupported("PropertiesService", service);
}
