/** A thread of its own for the world: scripts run synchronously, and an alert blocks them until somebody answers. */
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { InputError } from "../errors.ts";
import { RefusedError } from "./local-google.ts";
import type { Answer, RequestName, Requests } from "./protocol.ts";
import type { FromWorker, ToWorker, WorkerStart } from "./worker-messages.ts";
import { World } from "./world.ts";

const port = parentPort;
if (!port) throw new Error("to be started as a worker");
const { path, bundles, wake, answers } = workerData as WorkerStart;
const woken = new Int32Array(wake);
/** How often the account's clock follows the real one. */
const tickMilliseconds = 1_000;

let client = "";
const send = (message: FromWorker) => port.postMessage(message);

function ask(): Answer {
  for (;;) {
    const message = receiveMessageOnPort(answers);
    if (message) return message.message as Answer;
    Atomics.wait(woken, 0, Atomics.load(woken, 0), 1_000);
  }
}

try {
  const world = World.open(path, bundles, {
    tell: (event) => send({ kind: "event", client, event }),
    ask: (question) => {
      send({ kind: "event", client, event: question });
      return ask();
    },
  });
  setInterval(() => {
    client = "";
    world.tick();
  }, tickMilliseconds);
  port.on("message", (message: ToWorker) => {
    client = message.client;
    // A handler runs to its end before the next message; only saving ends later and then notifies every client.
    world
      .handle(message.name, message.ask as Requests[RequestName]["ask"])
      .then((get) => send({ kind: "answer", number: message.number, get }))
      .catch((error: Error) =>
        send({
          kind: "failure",
          number: message.number,
          message: error.message,
          refused: error instanceof RefusedError,
        }),
      );
  });
  send({ kind: "ready" });
} catch (error) {
  const isExplained = error instanceof InputError;
  send({
    kind: "broken",
    message: isExplained ? error.message : String((error as Error).stack),
    file: isExplained ? error.file : "",
  });
}
