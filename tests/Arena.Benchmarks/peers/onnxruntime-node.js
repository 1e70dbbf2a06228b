// The peer of `bench runner`: node onnxruntime-node.js MODEL '[batch, …]'
// Each line on standard input is a round's length in milliseconds; the answer is samples a second.
const readline = require("node:readline");
const ort = require("onnxruntime-node");

const [model, shape] = [process.argv[2], JSON.parse(process.argv[3])];

async function main() {
  const session = await ort.InferenceSession.create(model, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    extra: { session: { intra_op: { allow_spinning: "0" } } },
  });
  const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
  for (let i = 0; i < data.length; i++) data[i] = (i % 17) / 17 - 0.5;
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const length = Number(line);
    const start = performance.now();
    let samples = 0, sum = 0;
    while (performance.now() - start < length) {
      const { scores } = await session.run({ x: new ort.Tensor("float32", data, shape) });
      sum += scores.data[0];
      samples += shape[0];
    }
    console.log(Number.isNaN(sum) ? "NaN" : samples / ((performance.now() - start) / 1000));
  }
}

main();
