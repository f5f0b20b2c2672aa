/** What the language itself asks of every object; it is answered even where a fake has no such member. */
const languageMembers = new Set(["toString", "valueOf", "toJSON", "then", "constructor"]);

/** A fake as the type of the platform that it stands for; members that it lacks are refused by `refuseUnsupported`. */
export function standInFor<T extends object>(fake: Partial<T>): T {
  return fake as T;
}

/** The fake behind an object that a script hands back, wrapped or not. @throws TypeError for one of another kind */
export function ownFake<T>(Fake: abstract new (...args: never[]) => T, shown: unknown): T {
  if (shown instanceof Fake) return shown;
  throw new TypeError(`The parameters don't match: ${Fake.name} expected`);
}

/**
 * Wraps a fake so that a member of the real service that it lacks throws instead of being `undefined`. Methods run with
 * the unwrapped fake as `this`, so that a fake may keep state in itself; a method that returns `this` returns the wrapped one.
 *
 * @param name as the platform's documentation calls the type: `Range`, `DriveApp`
 * @throws Error `Range.setTextRotation is not supported by the local Sheets`, when a script reads or sets such a member
 */
export function refuseUnsupported<T extends object>(name: string, target: Partial<T>): T {
  const refuse = (member: string): never => {
    throw new Error(`${name}.${member} is not supported by the local Sheets`);
  };
  const wrapped = new Proxy(target as T, {
    get(object, member) {
      if (typeof member === "string" && !(member in object) && !languageMembers.has(member)) return refuse(member);
      const value: unknown = Reflect.get(object, member);
      if (typeof value !== "function" || member === "constructor") return value;
      return (...args: unknown[]) => {
        const result: unknown = Reflect.apply(value, object, args);
        return result === object ? wrapped : result;
      };
    },
    set(_object, member) {
      return refuse(String(member));
    },
  });
  return wrapped;
}
