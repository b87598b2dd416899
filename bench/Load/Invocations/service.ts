import { createServer } from "node:http2";
import { type AddressInfo } from "node:net";
import { type Context, createEndpointHandler, service } from "@restatedev/restate-sdk";

// A handler that does nothing: what is measured is the way to it.
const bench = service({
  name: "Bench",
  handlers: { greet: async (_: Context, name: string) => `Hello, ${name}!` },
});

const server = createServer(createEndpointHandler({ services: [bench] }));
server.listen(0, "127.0.0.1", () => console.log(`Listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`));
