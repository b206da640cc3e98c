namespace Republic.Core.Training.Measuring;

/// <summary>Makes a measurement in a process of its own, and makes it again where that process died.</summary>
internal static class MeasurementRetry
{
    public static async Task<Outcome<T>> MakeAsync<T>(
        StepRun run,
        Func<CancellationToken, Task<Outcome<T>>> measure,
        TimeProvider time,
        CancellationToken ct
    )
    {
        for (var tries = 1; ; tries++)
        {
            var measured = await measure(ct);
            if (measured.Ok || measured.Failure.Kind != FailureKind.Upstream || tries == Patience.MostTries)
            {
                return measured;
            }

            await run.LogAsync($"{measured.Failure.Message} It is measured again.", ct);
            await Task.Delay(Patience.After(tries), time, ct);
        }
    }
}
