import { handlers, object, type ObjectContext, type ObjectSharedContext } from "@restatedev/restate-sdk";

/** A virtual object: one state a key, written by one handler at a time. */
export const guestBook = object({
  name: "GuestBook",
  handlers: {
    sign: async (ctx: ObjectContext, guest: string): Promise<number> => {
      const guests = [...((await ctx.get<string[]>("guests")) ?? []), guest];
      ctx.set("guests", guests);
      return guests.length;
    },

    // Shared handlers read beside a writer and do not wait for it.
    read: handlers.object.shared(async (ctx: ObjectSharedContext): Promise<string[]> => (await ctx.get<string[]>("guests")) ?? []),
  },
});
