using System.Globalization;
using Republic.Bench;

if (args is not [var app, var rounds])
{
    throw new InvalidOperationException("Use: <republic.dll> <rounds or quick>");
}

await Rounds.RunAsync(
    Path.GetFullPath(app),
    rounds == "quick" ? Size.Quick : new Size { Rounds = int.Parse(rounds, CultureInfo.InvariantCulture) }
);
