// Answers calls to cedar-wasm, one JSON line each: {"method", "call"} in, {"answer"} or {"crash"} out.
// Calls and answers are JSON inside strings: cedar-wasm's glue would pass them through JavaScript numbers, which round.
const { stringify, parse } = JSON;
const path = process.argv[1];
let cedar = require(path);

class Raw {
  constructor(text) {
    this.text = text;
  }
}

function ask(method, call) {
  JSON.stringify = (value, ...rest) => (value instanceof Raw ? value.text : stringify(value, ...rest));
  JSON.parse = (text) => new Raw(text);
  try {
    return { answer: cedar[method](new Raw(call)).text };
  } catch (error) {
    // An argument it cannot read is thrown as an error. A trap (usually the end of the stack) is another thing: it leaves
    // the module in no state to go on with.
    if (!(error instanceof WebAssembly.RuntimeError)) return { answer: stringify({ type: "failure", errors: [String(error)] }) };
    delete require.cache[require.resolve(path)];
    cedar = require(path);
    return { crash: String(error) };
  } finally {
    JSON.stringify = stringify;
    JSON.parse = parse;
  }
}

require("readline")
  .createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { method, call } = parse(line);
    process.stdout.write(stringify(ask(method, call)) + "\n");
  });
