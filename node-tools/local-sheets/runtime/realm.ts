import { type Context, constants, createContext, runInContext } from "node:vm";
import { makeScriptDate } from "./script-date.ts";

/** Makes what a script gets to see with the constructors of the script's own context, so that `instanceof` holds there. */
export interface Realm {
  readonly context: Context;
  array<T>(items: readonly T[]): T[];
  object(): Record<string, unknown>;
  date(instant: number): Date;
  /** What a script catches when a service fails: its name is `Exception`, as on the platform. */
  error(message: string, name?: string): Error;
  parseJson(text: string): unknown;
  isArray(value: unknown): boolean;
  isDate(value: unknown): boolean;
  isPlainObject(value: unknown): boolean;
}

interface Intrinsics {
  readonly Array: ArrayConstructor;
  readonly Object: ObjectConstructor;
  readonly Date: DateConstructor;
  readonly Error: ErrorConstructor;
  readonly JSON: JSON;
}

/** A bare context: the language and nothing else. Node puts a console into every context, which is taken out again. */
export function createRealm(zone: string, now: () => number): Realm {
  // Without a sandbox object behind it: looking up globals through one made scripts three times slower.
  const context = createContext(constants.DONT_CONTEXTIFY);
  const intrinsics = runInContext("({ Array, Object, Date, Error, JSON })", context) as Intrinsics;
  Reflect.deleteProperty(context, "console");
  const ScriptDate = makeScriptDate(intrinsics.Date, zone, now);
  Object.defineProperty(context, "Date", { value: ScriptDate, writable: true, configurable: true, enumerable: false });
  return {
    context,
    array: (items) => intrinsics.Array.from(items),
    object: () => new intrinsics.Object() as Record<string, unknown>,
    date: (instant) => new intrinsics.Date(instant),
    error: (message, name = "Exception") => {
      const error = new intrinsics.Error(message);
      error.name = name;
      return error;
    },
    parseJson: (text) => intrinsics.JSON.parse(text),
    isArray: (value) => value instanceof intrinsics.Array,
    isDate: (value) => value instanceof intrinsics.Date,
    isPlainObject: (value) =>
      typeof value === "object" && value !== null && Object.getPrototypeOf(value) === intrinsics.Object.prototype,
  };
}
