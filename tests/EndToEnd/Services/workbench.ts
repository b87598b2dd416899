import { createServer as createHttp1Server } from "node:http";
import { createServer } from "node:http2";
import { type AddressInfo } from "node:net";
import {
  type Context, endpoint, handlers, object, type ObjectContext, type ObjectSharedContext, serde, service, workflow, type WorkflowContext,
  type WorkflowSharedContext,
} from "@restatedev/restate-sdk";

const bench = service({
  name: "Bench",
  handlers: {
    double: async (_: Context, number: number) => number * 2,

    /** Bytes back as they came, whatever they are. */
    echo: handlers.handler({ input: serde.binary, output: serde.binary }, async (_: Context, bytes: Uint8Array) => bytes),

    sleep: async (ctx: Context, milliseconds: number) => {
      await ctx.sleep(milliseconds);
      return milliseconds;
    },

    /** Headers as the handler sees them. */
    headers: async (ctx: Context) => Object.fromEntries(ctx.request().headers),
  },
});

/** Waits for an awakeable whose id can be read while it waits. */
const mailbox = object({
  name: "Mailbox",
  handlers: {
    receive: async (ctx: ObjectContext) => {
      const { id, promise } = ctx.awakeable<string>();
      ctx.set("awakeable", id);
      return promise;
    },
    awakeable: handlers.object.shared(async (ctx: ObjectSharedContext) => ctx.get<string>("awakeable")),
  },
});

const counter = object({
  name: "Counter",
  handlers: {
    add: async (ctx: ObjectContext, amount: number) => {
      const total = ((await ctx.get<number>("total")) ?? 0) + amount;
      ctx.set("total", total);
      return total;
    },
    total: handlers.object.shared(async (ctx: ObjectSharedContext) => (await ctx.get<number>("total")) ?? 0),
  },
});

/** How often this process has run a step; a step that is replayed does not run. */
let steps = 0;

/** Long enough to be interrupted: steps, timers, and an entry in a counter that must be there exactly once. */
const ledger = service({
  name: "Ledger",
  handlers: {
    enter: async (ctx: Context, entry: { number: number; rests: number }) => {
      for (let rest = 0; rest < entry.rests; rest++) {
        await ctx.run("step", () => { steps++; });
        await ctx.sleep(200);
      }
      const doubled = await ctx.run("double", () => { steps++; return entry.number * 2; });
      await ctx.objectClient<typeof counter>({ name: "Counter" }, "ledger").add(1);
      return doubled;
    },
    steps: async () => steps,

    /** The bytes come back twice: as a step's result and as the output. */
    carry: handlers.handler({ input: serde.binary, output: serde.binary }, async (ctx: Context, bytes: Uint8Array) =>
      ctx.run("keep", () => bytes, { serde: serde.binary })),
  },
});

const order = workflow({
  name: "Order",
  handlers: {
    run: async (ctx: WorkflowContext, item: string) => {
      const paidBy = await ctx.promise<string>("payment");
      return `${item} paid by ${paidBy}`;
    },
    pay: handlers.workflow.shared(async (ctx: WorkflowSharedContext, payer: string) => ctx.promise<string>("payment").resolve(payer)),
  },
});

const workbench = endpoint().bind(bench).bind(mailbox).bind(counter).bind(ledger).bind(order).withIdentityV1(...process.env.RESTATE_IDENTITY_KEYS!.split(","));
const server = process.env.HTTP_VERSION === "1.1" ? createHttp1Server(workbench.http1Handler()) : createServer(workbench.http2Handler());
server.listen(Number(process.env.PORT), "127.0.0.1", () => console.log(`Listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`));
