import { createServer } from "node:http2";
import { type AddressInfo } from "node:net";
import { createEndpointHandler } from "@restatedev/restate-sdk";
import { greeter } from "./greeter.ts";
import { guestBook } from "./guestBook.ts";
import { invitation } from "./invitation.ts";

// With it only your environment may call these services; without it everybody who reaches the port may.
const identityKey = process.env.RESTATE_IDENTITY_KEY;

const services = [greeter, guestBook, invitation];
const server = createServer(createEndpointHandler({ services, identityKeys: identityKey ? [identityKey] : undefined }));

// PORT=0 takes any free port; the line below says which.
server.listen(Number(process.env.PORT ?? 9080), "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  console.log(`Listening on http://127.0.0.1:${port}`);
});
