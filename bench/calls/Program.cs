using System.Globalization;
using Republic.Bench;

switch (args)
{
    case [var app, "kill", var kills, var seconds, var seed]:
        return await Campaign.RunAsync(Path.GetFullPath(app), Number(kills), TimeSpan.FromSeconds(Number(seconds)), Number(seed)) == 0
            ? 0
            : 1;
    default:
        throw new InvalidOperationException("Use: <republic.dll> kill <kills> <seconds> <seed>");
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
