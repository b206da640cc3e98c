using System.Globalization;
using Republic.Bench;

if (args is not [var cli, var given])
{
    throw new InvalidOperationException("Use: <Chroma's cli.mjs> <rounds or quick>");
}

var isQuick = given == "quick";
var rounds = isQuick ? 1 : int.Parse(given, CultureInfo.InvariantCulture);
int[] counts = isQuick ? [2_000] : [20_000, 100_000];
var stretch = TimeSpan.FromSeconds(isQuick ? 0.3 : 2);
await using var chroma = await ChromaServer.StartAsync(cli);
await using var republic = await Site.StartAsync();
foreach (var count in counts)
{
    await new Comparison(republic, chroma, new Vectors(count), rounds, stretch).RunAsync();
}

await new Words(republic, counts[^1]).RunAsync();
