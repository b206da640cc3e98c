using System.Globalization;
using Republic.Bench;

switch (args)
{
    case ["bare", var port]:
        await BareServer.RunAsync(Number(port));
        break;
    case [var app, "quick", var viewers]:
        await Rounds.RunAsync(Path.GetFullPath(app), 1, Size.Quick with { Viewers = Number(viewers) });
        break;
    case [var app, var rounds, var viewers]:
        await Rounds.RunAsync(Path.GetFullPath(app), Number(rounds), new Size { Viewers = Number(viewers) });
        break;
    default:
        throw new InvalidOperationException("Use: <republic.dll> <rounds or quick> <viewers> | bare <port>");
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
