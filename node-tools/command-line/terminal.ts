import { host } from "#host";
import type { ShownView } from "../../apps-script/dialogs/views.ts";

/** Where a command writes. */
export interface Streams {
  out(text: string): void;
  err(text: string): void;
  /** Whether `err` is a terminal, where a line may be replaced. */
  readonly interactive: boolean;
}

/** What a command says: Chinese for people on a terminal, one JSON object on stdout for programs. */
export interface Terminal {
  /** A line for people; silent with --json. */
  say(line: string): void;
  /** The result for programs; printed only with --json. */
  json(value: unknown): void;
  /** What a page shows of the result; made only where there is one. */
  show(make: () => ShownView): void;
  /**
   * Names the step that runs now; shown on a terminal only, never in a pipe. Work between two steps lets nothing else run, so
   * that Ctrl-C is heard here: whoever has the step awaited has not been cancelled.
   */
  step(name: string): Promise<void>;
  /** Takes the step's line away. */
  clear(): void;
  warn(line: string): void;
}

export function makeTerminal(json: boolean, streams: Streams): Terminal {
  const started = Date.now();
  let shown = false;
  const clear = () => {
    if (shown) streams.err("\r\u001b[K");
    shown = false;
  };
  return {
    say(line) {
      clear();
      if (!json) streams.out(`${line}\n`);
    },
    json(value) {
      clear();
      if (json) streams.out(`${JSON.stringify(value)}\n`);
    },
    show() {},
    async step(name) {
      if (streams.interactive) {
        const seconds = Math.floor((Date.now() - started) / 1000);
        streams.err(`\r\u001b[K… ${name}（已用 ${seconds} 秒；按 Ctrl-C 取消，原有文件不会改动）`);
        shown = true;
      }
      await host.pause();
    },
    clear,
    warn(line) {
      clear();
      streams.err(`${line}\n`);
    },
  };
}
