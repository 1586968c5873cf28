// The package's own inference, to check ours against: numbers of pieces come in as JSON on standard input, vectors go out.
const path = require("path");
const folder = process.argv[2];
const core = require(path.join(folder, "@energetic-ai", "core"));
const { modelSource } = require(path.join(folder, "@energetic-ai", "model-embeddings-en"));

async function main() {
  const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
  await core.ready();
  const { model } = await modelSource();
  const vectors = [];
  for (const pieces of texts) {
    const indices = core.tensor2d(pieces.map((_, i) => [0, i]), [pieces.length, 2], "int32");
    const values = core.tensor1d(pieces, "int32");
    const vector = await model.executeAsync({ indices, values });
    vectors.push((await vector.array())[0]);
  }
  process.stdout.write(JSON.stringify(vectors));
}

main().catch(e => { process.stderr.write(String(e)); process.exit(1); });
