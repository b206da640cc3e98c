using Microsoft.Extensions.Logging;

namespace Republic.Core.Citizens;

/// <summary>Writes when citizens were last seen, once in a few minutes for each who was.</summary>
internal sealed class LastSeenSweep(LastSeen seen, TimeProvider time, ILogger<LastSeenSweep> log)
    : Sweep(Every, "When citizens were last seen will be written later", time, log)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(2);

    public override Task<int> SweepAsync(CancellationToken ct) => seen.WriteAsync(ct);
}
