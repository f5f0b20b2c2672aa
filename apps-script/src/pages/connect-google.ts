/** Runs in the pages of the dialogs, before each page's own module: Google carries their calls to the script. */
import { connect } from "../../dialogs/pages/common/server.ts";

interface Runner {
  withSuccessHandler(handler: (result: unknown) => void): Runner;
  withFailureHandler(handler: (error: unknown) => void): Runner;
}

declare const google: {
  readonly script: {
    readonly run: Runner;
    readonly host: { close(): void };
  };
};

type Functions = Runner & Readonly<Record<string, (...args: unknown[]) => void>>;

connect({
  call: (name, args) =>
    new Promise((resolve, reject) => {
      // The platform offers every top-level function of the script by its name.
      const run = google.script.run.withSuccessHandler(resolve).withFailureHandler(reject) as Functions;
      if (run[name]) run[name](...args);
      else reject(new Error(`no function ${name}`));
    }),
  close: () => google.script.host.close(),
});
