// A small OpenAI-style endpoint over one GGUF model: POST /v1/chat/completions, GET /v1/models.
// Usage: node server.mjs MODEL.gguf [PORT]; prints `listening PORT` when it is ready. Loopback only.
import http from "node:http";
import { getLlama, LlamaCompletion } from "node-llama-cpp";

const [path, port = "0"] = process.argv.slice(2);
const llama = await getLlama({ gpu: false, build: "never", logLevel: "error", maxThreads: 2 });
const model = await llama.loadModel({ modelPath: path });
const context = await model.createContext({ sequences: 1, contextSize: 512, threads: 1 });
const sequence = context.getSequence();
let queue = Promise.resolve();

async function complete(request) {
  // A model of stories knows no turns: what was said is the beginning of what it goes on with.
  const prompt = request.messages.map((m) => m.content).join("\n");
  const completion = new LlamaCompletion({ contextSequence: sequence });
  try {
    const tokens = model.tokenize(prompt).length;
    const stops = [].concat(request.stop ?? []);
    const enough = new AbortController();
    let written = "";
    const result = await completion.generateCompletionWithMeta(prompt, {
      maxTokens: request.max_tokens ?? 128,
      temperature: request.temperature ?? 0,
      topP: request.top_p ?? 1,
      seed: request.seed === undefined ? undefined : Number(BigInt.asUintN(31, BigInt(request.seed))),
      // This model writes a mark of its own before another story, which stop strings of the library do not look across.
      onTextChunk: (text) => {
        written += text;
        if (stops.some((s) => written.includes(s))) enough.abort();
      },
      signal: enough.signal,
      stopOnAbortSignal: true,
    });
    let said = result.response;
    for (const stop of stops) if (said.includes(stop)) said = said.slice(0, said.indexOf(stop));
    const cut = said.length === result.response.length && result.metadata.stopReason === "maxTokens";
    return {
      object: "chat.completion", model: request.model,
      choices: [{ index: 0, message: { role: "assistant", content: said }, finish_reason: cut ? "length" : "stop" }],
      usage: { prompt_tokens: tokens, completion_tokens: model.tokenize(said).length },
    };
  } finally {
    completion.dispose({ disposeSequence: false });
  }
}

const server = http.createServer((request, response) => {
  const chunks = [];
  request.on("data", (c) => chunks.push(c));
  request.on("end", () => {
    const send = (status, body) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    };
    if (request.method === "GET" && request.url === "/v1/models") return send(200, { object: "list", data: [{ id: "model", object: "model" }] });
    if (request.method !== "POST" || request.url !== "/v1/chat/completions") return send(404, { error: { message: "no such address" } });
    let asked;
    try {
      asked = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    } catch {
      return send(400, { error: { message: "not JSON" } });
    }
    queue = queue.then(() => complete(asked)).then((r) => send(200, r), (e) => send(500, { error: { message: String(e.message ?? e) } }));
  });
});
server.listen(Number(port), "127.0.0.1", () => console.log(`listening ${server.address().port}`));
process.stdin.on("end", () => process.exit(0)).resume(); // whoever started it went away
