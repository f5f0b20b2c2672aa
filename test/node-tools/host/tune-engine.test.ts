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
  const before = external();
  const held: Buffer[] = [];
  fill(held);
  // What other tests of this process have left may go meanwhile.
  expect(external() - before).toBeGreaterThan(400);
  held.length = 0;
  await host.pause();
  // V8 sweeps buffers in a thread of its own.
  await expect.poll(() => external() - before, { timeout: 5_000 }).toBeLessThan(200);
});
