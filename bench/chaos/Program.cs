using System.Globalization;
using Republic.Bench;

if (args is not [var app, var seconds, var seed, var kills])
{
    throw new InvalidOperationException("Use: <republic.dll> <seconds> <seed> <most kills>");
}

var plan = new Plan(
    Path.GetFullPath(app),
    TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)),
    long.Parse(seed, CultureInfo.InvariantCulture),
    int.Parse(kills, CultureInfo.InvariantCulture)
);
await using var campaign = await Campaign.PrepareAsync(plan);
return await campaign.RunAsync() == 0 ? 0 : 1;
