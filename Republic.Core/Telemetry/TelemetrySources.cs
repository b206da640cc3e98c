using System.Collections.Frozen;
using Republic.Core.Providers.Telemetry;

namespace Republic.Core.Telemetry;

/// <summary>Whose traces and measurements are exported: the framework's, the database's, and the router's own.</summary>
public static class TelemetrySources
{
    public static readonly FrozenSet<string> Traces = ["Microsoft.AspNetCore", "Npgsql", RouterInstruments.Name];

    public static readonly FrozenSet<string> Meters =
    [
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "System.Net.Http",
        "System.Runtime",
        "Npgsql",
        RouterInstruments.Name,
        NodeGauges.Name,
    ];
}
