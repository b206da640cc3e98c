namespace Republic.Core.Doctor;

/// <summary>Runs all examinations at once. Each has its time, and one that fails is a finding.</summary>
public sealed class Examiner(IEnumerable<IExamination> examinations, DatabaseReader reader, TimeProvider time)
{
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static string TooLong => $"It did not end within {Limit.TotalSeconds:0} seconds.";

    public async Task<DoctorReport> ExamineAsync(CancellationToken ct)
    {
        var database = await WithinAsync(reader.ReadAsync, _ => new DatabaseState(DatabaseCondition.Away, TooLong), ct);
        var found = await Task.WhenAll(examinations.Select(examination => Task.Run(() => ExamineAsync(examination, database, ct), ct)));
        return DoctorReport.Of(time.GetUtcNow(), found.SelectMany(findings => findings));
    }

    private async Task<IReadOnlyList<Finding>> ExamineAsync(IExamination examination, DatabaseState database, CancellationToken ct)
    {
        var check = examination.Check;
        return examination.NeedsTables && !database.IsReady
            ?
            [
                Finding.Warning(
                    check,
                    "Not examined, because the tables of the database cannot be read.",
                    "Do first what is said of the database."
                ),
            ]
            : await WithinAsync<IReadOnlyList<Finding>>(
                limit => examination.ExamineAsync(database, limit),
                error => [Failed(check, error)],
                ct
            );
    }

    /// <param name="failed">Gets what went wrong; null where it took too long.</param>
    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> work, Func<Exception?, T> failed, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            // Work that does not heed its token is not waited for.
            return await work(either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return failed(null);
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            return failed(error);
        }
    }

    private static Finding Failed(string check, Exception? error) =>
        error is null
            ? Finding.Trouble(check, TooLong, "Try again when the machine has less to do; if it stays so, restart Republic.")
            : Finding.Trouble(check, $"It could not be examined: {error.FirstLine()}", "Mend what is said there, and try again.");
}
