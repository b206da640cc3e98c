using Republic.Core;
using Republic.Core.Files;

namespace Republic.Tests.Unit.Files;

public sealed class FileQuotaTests : IDisposable
{
    private readonly SmallFiles files = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task Files_that_come_in_at_once_get_all_of_the_quota_and_not_a_byte_more()
    {
        const int Piece = 1000;
        var taken = 0L;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 16),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Ct },
            async (_, ct) =>
            {
                var reservation = await files.Quota.ReserveAsync(files.Owner, ct);
                while (reservation.Extend(Piece) is null)
                {
                    Interlocked.Add(ref taken, Piece);
                }
            }
        );

        Assert.Equal(SmallFiles.PerPerson / Piece * Piece, taken);
    }

    [Fact]
    public async Task What_is_kept_and_what_is_under_way_count_together()
    {
        files.Quota.Kept = SmallFiles.PerPerson - 1000;
        using var first = await files.Quota.ReserveAsync(files.Owner, Ct);
        using var second = await files.Quota.ReserveAsync(files.Owner, Ct);
        using var other = await files.Quota.ReserveAsync(Guid.CreateVersion7(), Ct);

        Assert.Null(first.Extend(600));
        var refused = second.Extend(600);
        Assert.Equal(
            (FailureKind.QuotaExceeded, "This would exceed your limit of 2 MB (2 MB used). Delete notes you no longer need."),
            (refused?.Kind, refused?.Message)
        );
        Assert.NotNull(await files.Quota.RefusalAsync(files.Owner, 600, Ct));
        Assert.Null(other.Extend(600));

        first.Dispose();
        first.Dispose();
        Assert.Null(await files.Quota.RefusalAsync(files.Owner, 1000, Ct));
        Assert.Null(second.Extend(1000));
    }
}
