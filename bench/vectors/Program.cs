using System.Globalization;
using Republic.Bench;

if (args is not [var cli, var given])
{
    throw new InvalidOperationException("Use: <Chroma's cli.mjs> <rounds>");
}

var rounds = int.Parse(given, CultureInfo.InvariantCulture);
await using var chroma = await ChromaServer.StartAsync(cli);
await using var republic = await Site.StartAsync();
foreach (var count in new[] { 20_000, 100_000 })
{
    await new Comparison(republic, chroma, new Vectors(count), rounds).RunAsync();
}

await new Words(republic, 100_000).RunAsync();
