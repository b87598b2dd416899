import { type Context, service, TerminalError } from "@restatedev/restate-sdk";

/** A service: stateless handlers that are retried until they succeed. */
export const greeter = service({
  name: "Greeter",
  handlers: {
    greet: async (ctx: Context, name: string): Promise<string> => {
      if (typeof name !== "string" || name.trim() === "") {
        // Retrying would not help, so the caller gets this error at once.
        throw new TerminalError("Send a name as a JSON string.", { errorCode: 400 });
      }

      // Recorded once: a retry after a crash sees the same time.
      const hour = await ctx.run("look at the clock", () => new Date().getHours());
      return hour < 12 ? `Good morning, ${name}!` : `Hello, ${name}!`;
    },
  },
});
