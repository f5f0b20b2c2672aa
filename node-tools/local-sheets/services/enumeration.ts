/** One constant of an enum of the platform: an object that is compared by identity and prints its name. */
export interface EnumConstant<Name extends string = string> {
  name(): Name;
  toString(): Name;
}

export type Enumeration<Name extends string> = { readonly [key in Name]: EnumConstant<Name> };

export function defineEnumeration<const Names extends readonly string[]>(...names: Names): Enumeration<Names[number]> {
  const entries = names.map((name) => [name, { name: () => name, toString: () => name }] as const);
  return Object.fromEntries<object>(entries) as Enumeration<Names[number]>;
}
