using Microsoft.Extensions.Logging;

namespace Republic.Core.Providers.Idempotency;

internal sealed class KeptAnswerSweep(KeptAnswers answers, TimeProvider time, ILogger<KeptAnswerSweep> log)
    : Sweep(Every, "Kept answers will be cleaned up later", time, log)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    public override Task<int> SweepAsync(CancellationToken ct) => answers.SweepAsync(ct);
}
