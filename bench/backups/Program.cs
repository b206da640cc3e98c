using System.Globalization;
using Republic.Bench;

if (args is not [var app, var folder, var backups, var kills, var cuts, var seed])
{
    throw new InvalidOperationException("Use: <republic.dll> <folder of bench/chaos> <backups> <kills> <cuts> <seed>");
}

await using var campaign = await Campaign.PrepareAsync(Path.GetFullPath(app), folder);
var isGood = await campaign.RunAsync(Number(backups), Number(kills), Number(cuts), Number(seed));
return isGood ? 0 : 1;

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
