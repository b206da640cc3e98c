using System.Globalization;
using Republic.Bench;

switch (args)
{
    case [var app, "board", "quick"]:
        await Board.RunAsync(Path.GetFullPath(app), 20, 200);
        return 0;
    case [var app, "board", var requests]:
        await Board.RunAsync(Path.GetFullPath(app), Number(requests), 2_000, 10_000);
        return 0;
    case [var app, "written", var characters, var seconds]:
        await Written.RunAsync(Path.GetFullPath(app), Number(characters), Number(seconds));
        return 0;
    case [var app, "kill", var kills, var seconds, var seed]:
        return await Campaign.RunAsync(Path.GetFullPath(app), Number(kills), TimeSpan.FromSeconds(Number(seconds)), Number(seed)) == 0
            ? 0
            : 1;
    default:
        throw new InvalidOperationException(
            "Use: <republic.dll> board <requests or quick> | <republic.dll> written <characters> <seconds> | <republic.dll> kill <kills> <seconds> <seed>"
        );
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
