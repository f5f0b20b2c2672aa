import type { Realm } from "./realm.ts";

/**
 * A value on its way between a page and a script: primitives, and arrays and plain objects of them. Everything else is
 * refused wherever it stands; `undefined` becomes null in an array and is left out of an object.
 *
 * @param where names the value in the message
 * @throws TypeError for dates, functions, other objects and circles
 */
export function checkPassedValue(value: unknown, where: string, realm: Realm, above: readonly unknown[] = []): unknown {
  const refuse = (kind: string): never => {
    throw new TypeError(`${where}: ${kind} cannot be passed between a page and a script`);
  };
  if (value === null || ["string", "number", "boolean", "undefined"].includes(typeof value)) return value;
  if (typeof value !== "object") return refuse(`a ${typeof value}`);
  if (above.includes(value)) return refuse("a circular object");
  const path = [...above, value];
  if (Array.isArray(value)) {
    return value.map((item, index) => checkPassedValue(item, `${where}[${index}]`, realm, path) ?? null);
  }
  if (value instanceof Date || realm.isDate(value)) return refuse("a Date");
  const isPlain = realm.isPlainObject(value) || Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain) return refuse("an object of a class");
  const members = Object.entries(value)
    .map(([key, member]) => [key, checkPassedValue(member, `${where}.${key}`, realm, path)] as const)
    .filter(([, member]) => member !== undefined);
  return Object.fromEntries(members);
}

/** The same value made in the script's context. */
export function importPassedValue(value: unknown, where: string, realm: Realm): unknown {
  const checked = checkPassedValue(value, where, realm);
  return checked === undefined ? undefined : realm.parseJson(JSON.stringify(checked));
}
