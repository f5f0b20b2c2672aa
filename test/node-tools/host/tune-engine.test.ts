import { getHeapStatistics } from "node:v8";
import { expect, test } from "vitest";
import { host } from "../../../node-tools/host/node-host.ts";

const megabyte = 1_000_000;
const external = () => getHeapStatistics().external_memory / megabyte;

function fill(held: Buffer[]): void {
  for (let i = 0; i < 600; i += 1) held.push(Buffer.alloc(megabyte));
}

test("what is no longer needed is gone after a pause where it is much", async () => {
  await host.pause();
  const held: Buffer[] = [];
  fill(held);
  const filled = external();
  expect(filled).toBeGreaterThan(590);
  held.length = 0;
  await host.pause();
  // V8 sweeps buffers in a thread of its own; what other tests have left goes with them.
  await expect.poll(() => filled - external(), { timeout: 5_000 }).toBeGreaterThan(500);
});
