using System.Globalization;
using Republic.Bench;

switch (args)
{
    case ["bare", var port]:
        await BareServer.RunAsync(int.Parse(port, CultureInfo.InvariantCulture));
        break;
    case [var app, var rounds, var viewers]:
        await Rounds.RunAsync(
            Path.GetFullPath(app),
            int.Parse(rounds, CultureInfo.InvariantCulture),
            int.Parse(viewers, CultureInfo.InvariantCulture)
        );
        break;
    default:
        throw new InvalidOperationException("Use: <republic.dll> <rounds> <viewers> | bare <port>");
}
