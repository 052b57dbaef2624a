// PostGraphile v5 on Node http + grafserv; env: DATABASE, PORT
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
const preset = {
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString: process.env.DATABASE, poolConfig: { max: 20 } })],
  grafserv: { graphiql: false, watch: false, websockets: false, maxRequestLength: 1000000 },
  grafast: { explain: false },
  disablePlugins: ["MutationPlugin"],
};
const pgl = postgraphile(preset);
const serv = pgl.createServ(grafserv);
const server = createServer();
server.keepAliveTimeout = 120000;
server.on("error", (e) => { console.error(e); process.exit(1); });
await serv.addTo(server);
server.listen(+process.env.PORT, "127.0.0.1", () => console.log("ready"));
