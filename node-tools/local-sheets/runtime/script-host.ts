import { Script } from "node:vm";
import type { ScriptProject } from "../local-google.ts";
import { createMembrane, type Membrane } from "./membrane.ts";
import { createRealm, type Realm } from "./realm.ts";

/** What a script threw and did not catch. */
export class ScriptError extends Error {
  /** The error as the script made it. */
  readonly thrown: unknown;

  constructor(thrown: unknown) {
    const { name, message, stack } = Object(thrown) as Partial<Error>;
    super(message ?? String(thrown));
    this.name = name ?? "Error";
    this.thrown = thrown;
    if (stack !== undefined) this.stack = stack;
  }
}

/** The platform knows no function of this name. */
export class MissingFunctionError extends Error {
  constructor(functionName: string) {
    super(`Script function not found: ${functionName}`);
  }
}

const compiled = new Map<string, Script>();

/** Bundles are large and executions many, so each text is compiled once. */
function compile(code: string): Script {
  let script = compiled.get(code);
  if (script === undefined) {
    script = new Script(code, { filename: "Code.js" });
    compiled.set(code, script);
  }
  return script;
}

/** A script that was loaded for one execution; the next execution loads it afresh, so that globals do not survive. */
export interface LoadedScript {
  readonly realm: Realm;
  readonly membrane: Membrane;
  has(functionName: string): boolean;
  /**
   * @param args values of the script's own context
   * @returns a value of that context
   * @throws ScriptError | MissingFunctionError
   */
  call(functionName: string, args: readonly unknown[]): unknown;
}

/**
 * @param now milliseconds of the virtual clock
 * @param services the globals of the platform; they are wrapped here
 */
export function loadScript(
  project: ScriptProject,
  now: () => number,
  services: Readonly<Record<string, unknown>>,
): LoadedScript {
  const realm = createRealm(project.manifest.timeZone, now);
  const membrane = createMembrane(realm);
  for (const [name, service] of Object.entries(services)) realm.context[name] = membrane.expose(service);
  const guard = <T>(action: () => T): T => {
    try {
      return action();
    } catch (error) {
      throw new ScriptError(error);
    }
  };
  guard(() => compile(project.code).runInContext(realm.context));
  const has = (functionName: string): boolean =>
    Object.hasOwn(realm.context, functionName) && typeof realm.context[functionName] === "function";
  return {
    realm,
    membrane,
    has,
    call(functionName, args) {
      if (!has(functionName)) throw new MissingFunctionError(functionName);
      return guard(() => Reflect.apply(realm.context[functionName] as () => unknown, undefined, args));
    },
  };
}
