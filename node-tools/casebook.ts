import { exitCode } from "./command-line/command.ts";
import { processStreams } from "./command-line/process-streams.ts";
import { tuneEngine } from "./host/tune-engine.ts";
import { runCommandLine } from "./run-command-line.ts";

tuneEngine();

process.once("SIGINT", () => {
  processStreams.err(`${processStreams.interactive ? "\r\u001b[K" : ""}已取消，原有文件没有改动。\n`);
  process.exit(exitCode.cancelled);
});

// `casebook … | head` reads no further: that is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

process.exitCode = await runCommandLine(process.argv.slice(2), processStreams);
// What comes after the last step is too late to cancel anything, and must not say that it has.
process.removeAllListeners("SIGINT");
