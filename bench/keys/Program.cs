using System.Globalization;
using Republic.Bench;

if (args is not [var app, var kills, var seed, var rows])
{
    throw new InvalidOperationException("Use: <republic.dll> <kills> <seed> <rows>");
}

await using var ring = await Ring.NewAsync(int.Parse(rows, CultureInfo.InvariantCulture));
var campaign = new Campaign(ring, Path.GetFullPath(app));
return await campaign.RunAsync(int.Parse(kills, CultureInfo.InvariantCulture), int.Parse(seed, CultureInfo.InvariantCulture)) ? 0 : 1;
