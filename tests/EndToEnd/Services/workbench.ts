import { createServer } from "node:http2";
import { type AddressInfo } from "node:net";
import {
  type Context, createEndpointHandler, handlers, object, type ObjectContext, type ObjectSharedContext, serde, service, workflow, type WorkflowContext,
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

const handler = createEndpointHandler({ services: [bench, mailbox, counter, order], identityKeys: process.env.RESTATE_IDENTITY_KEYS!.split(",") });
const server = createServer(handler);
server.listen(0, "127.0.0.1", () => console.log(`Listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`));
