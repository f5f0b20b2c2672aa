/** What a command says: Chinese for people on a terminal, one JSON object on stdout for programs. */
export interface Terminal {
  /** A line for people; silent with --json. */
  say(line: string): void;
  /** The result for programs; printed only with --json. */
  json(value: unknown): void;
  /** Names the step that runs now; shown on a terminal only, never in a pipe. */
  step(name: string): void;
  /** Takes the step's line away. */
  clear(): void;
  warn(line: string): void;
}

export function makeTerminal(json: boolean): Terminal {
  const interactive = process.stderr.isTTY === true;
  const started = Date.now();
  let shown = false;
  const clear = () => {
    if (shown) process.stderr.write("\r\u001b[K");
    shown = false;
  };
  return {
    say(line) {
      clear();
      if (!json) process.stdout.write(`${line}\n`);
    },
    json(value) {
      clear();
      if (json) process.stdout.write(`${JSON.stringify(value)}\n`);
    },
    step(name) {
      if (!interactive) return;
      const seconds = ((Date.now() - started) / 1000).toFixed(0);
      process.stderr.write(`\r\u001b[K… ${name}（已用 ${seconds} 秒，按 Ctrl-C 可取消，文件不会改动）`);
      shown = true;
    },
    clear,
    warn(line) {
      clear();
      process.stderr.write(`${line}\n`);
    },
  };
}
