import { createServer } from "node:http2";
import { type AddressInfo } from "node:net";
import { createEndpointHandler } from "@restatedev/restate-sdk";
import { greeter } from "./greeter.ts";
import { guestBook } from "./guestBook.ts";
import { invitation } from "./invitation.ts";

// With them only your environment may call these services; without them everybody who reaches the port may. Two while a key is rotated.
const identityKeys = process.env.RESTATE_IDENTITY_KEYS?.split(",");

const services = [greeter, guestBook, invitation];
const server = createServer(createEndpointHandler({ services, identityKeys }));

// PORT=0 takes any free port; the line below says which.
server.listen(Number(process.env.PORT ?? 9080), "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  console.log(`Listening on http://127.0.0.1:${port}`);
});
