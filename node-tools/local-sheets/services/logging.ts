import type { Execution } from "../runtime/execution.ts";
import { refuseUnsupported } from "./unsupported.ts";

/** `%s` and `%d` one after the other; what is left over follows after a space. */
function formatLine(values: readonly unknown[]): string {
  const rest = values.slice(1);
  const first = String(values[0] ?? "").replace(/%[sdifjo]/g, (mark) =>
    rest.length > 0 ? String(rest.shift()) : mark,
  );
  return [first, ...rest.map(String)].join(" ");
}

export function createLogger(execution: Execution, log: (line: string) => void) {
  const logger: Pick<GoogleAppsScript.Base.Logger, "log"> = {
    log(...values: unknown[]) {
      execution.call("Logger.log");
      log(formatLine(values));
      return logger as GoogleAppsScript.Base.Logger;
    },
  };
  return refuseUnsupported("Logger", logger);
}

export function createConsole(execution: Execution, log: (line: string) => void) {
  const write =
    (level: string) =>
    (...values: unknown[]): void => {
      execution.call(`console.${level}`);
      log(formatLine(values));
    };
  return refuseUnsupported("console", {
    log: write("log"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
  });
}
