using System.Globalization;
using System.Runtime.InteropServices;
using Republic.Bench;

if (args is [var program, "crashes", var times])
{
    return await new Crashes(Path.GetFullPath(program), int.Parse(times, CultureInfo.InvariantCulture)).RunAsync();
}

if (args is not [var app, var seconds, var seed, var kills, .. var quick])
{
    throw new InvalidOperationException("Use: <republic.dll> <seconds> <seed> <most kills> [quick]");
}

var plan = new Plan(
    Path.GetFullPath(app),
    TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)),
    long.Parse(seed, CultureInfo.InvariantCulture),
    int.Parse(kills, CultureInfo.InvariantCulture)
);
if (quick is ["quick"])
{
    plan = plan with { Persona = 1, Lora = 1, Calm = 1, AtOnce = 2 };
}

await using var campaign = await Campaign.PrepareAsync(plan);

// Interrupted, it ends what it started before it goes itself.
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
return await campaign.RunAsync() == 0 ? 0 : 1;

void End(PosixSignalContext signal)
{
    campaign.DisposeAsync().AsTask().Wait();
    Environment.Exit(130);
}
