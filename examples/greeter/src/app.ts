import { createServer } from "node:http2";
import { type AddressInfo } from "node:net";
import { createEndpointHandler } from "@restatedev/restate-sdk";
import { greeter } from "./greeter.ts";
import { guestBook } from "./guestBook.ts";
import { invitation } from "./invitation.ts";

const identityKey = process.env.RESTATE_IDENTITY_KEY;
if (!identityKey) {
  console.error("Set RESTATE_IDENTITY_KEY to your environment's signing public key (publickeyv1_…): only that environment may call this service.");
  process.exit(1);
}

const server = createServer(createEndpointHandler({ services: [greeter, guestBook, invitation], identityKeys: [identityKey] }));

// PORT=0 takes any free port; the line below says which.
server.listen(Number(process.env.PORT ?? 9080), "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  console.log(`Listening on http://localhost:${port}`);
});
