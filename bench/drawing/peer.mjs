// dagre in a process of its own: reads a graph a line, and answers with the points of its edges and the milliseconds of its layout.
import readline from "node:readline";
import { Graph, layout } from "@dagrejs/dagre";

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { nodes, edges, spacing } = JSON.parse(line);
  const graph = new Graph({ multigraph: true });
  // Half of what is between ranks is above the labels and half below, as in ours.
  graph.setGraph({ nodesep: spacing.nodes, edgesep: spacing.edges, ranksep: 2 * spacing.ranks, marginx: spacing.margin, marginy: spacing.margin });
  for (const { name, width, height } of nodes) graph.setNode(name, { width, height });
  const names = edges.map(({ from, to, labelWidth, labelHeight }, index) => {
    const size = labelWidth > 0 ? { width: labelWidth, height: labelHeight } : { width: 0, height: 0 };
    graph.setEdge(from, to, { ...size, labelpos: "c" }, String(index));
    return { v: from, w: to, name: String(index) };
  });
  const begun = performance.now();
  layout(graph);
  const milliseconds = performance.now() - begun;
  process.stdout.write(`${JSON.stringify({ milliseconds, edges: names.map(name => graph.edge(name).points.map(({ x, y }) => ({ x, y }))) })}\n`);
}
