using System.Globalization;
using Republic.Bench;

switch (args)
{
    case ["provider", var port]:
        await Provider.RunAsync(Number(port));
        break;
    case ["bare", var port, var upstream]:
        await BareGateway.RunAsync(Number(port), new Uri(upstream));
        break;
    case [var app, .. var options]:
        await Campaign.RunAsync(Path.GetFullPath(app), Options.Read(options));
        break;
    default:
        throw new InvalidOperationException(
            "Use: <republic.dll> [quick] [rounds] [--million] [--seconds s] [--gateways names] [--parts names] | provider <port> | bare <port> <url>"
        );
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
