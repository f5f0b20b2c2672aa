import type { Realm } from "./realm.ts";

/**
 * Stands between a script and the fakes: results become arrays, dates and objects of the script's context, errors become
 * its errors, and fakes that a script hands back arrive unwrapped. So a fake needs to know nothing about contexts.
 */
export interface Membrane {
  /** Of a fake, an array, a date or a plain value, for the script. */
  expose(value: unknown): unknown;
  /** Of an argument, for a fake. */
  unwrap(value: unknown): unknown;
  exposeError(error: unknown): unknown;
}

export function createMembrane(realm: Realm): Membrane {
  const exposed = new WeakMap<object, object>();
  const raw = new WeakMap<object, object>();

  const exposeError = (error: unknown): unknown => {
    if (!(error instanceof Error)) return error;
    return realm.error(error.message, error.name === "Error" ? "Exception" : error.name);
  };

  const guard = <T>(action: () => T): T => {
    try {
      return action();
    } catch (error) {
      throw exposeError(error);
    }
  };

  const isOwn = (value: object): boolean => realm.isArray(value) || realm.isDate(value) || realm.isPlainObject(value);

  const exposeFunction =
    (method: (...args: unknown[]) => unknown, self: object): unknown =>
    (...args: unknown[]) =>
      guard(() => expose(Reflect.apply(method, self, args.map(unwrap))));

  const exposeObject = (fake: object): object => {
    const known = exposed.get(fake);
    if (known !== undefined) return known;
    const proxy = new Proxy(
      {},
      {
        get: (_, member) =>
          guard(() => {
            const value: unknown = Reflect.get(fake, member);
            return typeof value === "function" ? exposeFunction(value as () => unknown, fake) : expose(value);
          }),
        has: (_, member) => Reflect.has(fake, member),
        ownKeys: () => [],
        set: (_, member, value) => guard(() => Reflect.set(fake, member, value)),
        getPrototypeOf: () => Object.getPrototypeOf(realm.object()) as object,
      },
    );
    exposed.set(fake, proxy);
    raw.set(proxy, fake);
    return proxy;
  };

  const expose = (value: unknown): unknown => {
    if (typeof value === "function") return exposeFunction(value as () => unknown, value);
    if (typeof value !== "object" || value === null || raw.has(value) || isOwn(value)) return value;
    if (Array.isArray(value)) return realm.array(value.map(expose));
    if (value instanceof Date) return realm.date(value.getTime());
    if (
      Object.getPrototypeOf(value) === Object.prototype &&
      Object.values(value).every((v) => typeof v !== "function")
    ) {
      return Object.assign(realm.object(), Object.fromEntries(Object.entries(value).map(([k, v]) => [k, expose(v)])));
    }
    return exposeObject(value);
  };

  const isFake = (value: unknown) => typeof value === "object" && value !== null && raw.has(value);

  /** Lists and options hold fakes at most one level down, tables where their first row does; others are passed as they are. */
  const unwrap = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    const known = raw.get(value);
    if (known !== undefined) return known;
    if (realm.isArray(value)) {
      const items = value as unknown[];
      const first = items[0];
      const holdsFakes = isFake(first) || (realm.isArray(first) && (first as unknown[]).some(isFake));
      return holdsFakes ? items.map(unwrap) : items;
    }
    if (!realm.isPlainObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, unwrap(member)]));
  };

  return { expose, unwrap, exposeError };
}
