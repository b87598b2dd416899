// Times statefulIsAuthorized of cedar-wasm: policies are parsed before, entities and request are given with each call, which
// is all its interface allows.
const cedar = require(process.argv[1]);
const { scenarios, corpus } = JSON.parse(require("fs").readFileSync(process.argv[2], "utf8"));

function prepare(work, id) {
  const parsed = cedar.preparsePolicySet(id, { staticPolicies: work.policies });
  if (parsed.type !== "success") throw new Error(JSON.stringify(parsed));
  return work.requests.map((text) => {
    const { principal, action, resource, context } = JSON.parse(text);
    const call = { principal, action, resource, context: context ?? {}, entities: JSON.parse(work.entities), preparsedPolicySetId: id };
    return () => cedar.statefulIsAuthorized(call);
  });
}

// The best of at least three calls: other work on the machine counts least.
function time(decide, milliseconds) {
  decide();
  let best = Infinity;
  const end = process.hrtime.bigint() + BigInt(milliseconds * 1e6);
  for (let calls = 0; calls < 3 || process.hrtime.bigint() < end; calls++) {
    const start = process.hrtime.bigint();
    decide();
    best = Math.min(best, Number(process.hrtime.bigint() - start));
  }
  return best;
}

const prepared = scenarios.map((work, i) => prepare(work, `scenario${i}`)[0]);
const timings = {
  decisions: prepared.map((decide) => decide().response.decision),
  scenarios: prepared.map((decide) => time(decide, 300)),
  corpus: corpus.flatMap((work) => prepare(work, "corpus").map((decide) => time(decide, 0))).sort((a, b) => a - b),
};
process.stdout.write(JSON.stringify(timings));
