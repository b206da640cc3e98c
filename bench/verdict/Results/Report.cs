using System.Globalization;

namespace Republic.Bench.Results;

/// <summary>The tables of a campaign: what was really better, what was promoted, and whether the reported figures hold on fresh rows.</summary>
internal sealed class Report(IReadOnlyList<RunOutcome> runs)
{
    private const double CloseShare = 0.15;

    public IEnumerable<string> Lines() => [.. Confusion(), "", .. Misses(), "", .. Losses(), "", .. Kept()];

    private IEnumerable<string> Confusion()
    {
        yield return "| rows | settings | runs | really better | of these promoted | not better | of these promoted |";
        yield return "| --- | --- | --- | --- | --- | --- | --- |";
        foreach (var sort in Sorts().Append((Kind: "all", Variant: "", Runs: runs)))
        {
            var (better, other) = (sort.Runs.Where(run => run.IsBetter).ToList(), sort.Runs.Where(run => !run.IsBetter).ToList());
            yield return $"| {sort.Kind} | {sort.Variant} | {sort.Runs.Count} | {better.Count} | {Promoted(better)} | {other.Count} | {Promoted(other)} |";
        }
    }

    private IEnumerable<string> Misses()
    {
        yield return "| miss | rows, settings, seed | verdict | fresh loss | exam |";
        yield return "| --- | --- | --- | --- | --- |";
        foreach (
            var run in runs.Where(run => run.Promoted != run.IsBetter)
                .OrderBy(run => run.Promoted)
                .ThenBy(run => run.Key, StringComparer.Ordinal)
        )
        {
            var told = run.Truth is { } truth
                ? Invariant($"{truth.Fresh?.Before:0.00} → {truth.Fresh?.After:0.00} | {truth.ExamBefore} → {truth.ExamAfter}")
                : "no weights | –";
            yield return $"| {(run.Promoted ? "promoted, not better" : "better, not promoted")} | {run.Key} | {run.Verdict} | {told} |";
        }
    }

    private IEnumerable<string> Losses()
    {
        yield return "| rows | settings | reported held-out loss, mean | loss of fresh rows, mean | within 15 % | within 15 % or the interval |";
        yield return "| --- | --- | --- | --- | --- | --- |";
        foreach (var (kind, variant, some) in Sorts())
        {
            var told = some.Where(run => run is { Truth.Fresh: not null, LossAfter: not null }).ToList();
            if (told.Count > 0)
            {
                yield return Invariant(
                    $"| {kind} | {variant} | {told.Average(run => run.LossAfter):0.00} | {told.Average(run => run.Truth!.Fresh!.After):0.00} | {told.Count(IsClose)} of {told.Count} | {told.Count(run => IsClose(run) || IsInside(run))} of {told.Count} |"
                );
            }
        }
    }

    private IEnumerable<string> Kept()
    {
        yield return "| rows | settings | exam after, of before: mean | lowest | at least 95 % | answers kept: mean | lowest | style: mean | lowest | at least 95 % |";
        yield return "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |";
        foreach (var (kind, variant, some) in Sorts())
        {
            var shares = some.Where(run => run.Truth is not null)
                .Select(run => (double)run.Truth!.ExamAfter / run.Truth.ExamBefore)
                .ToList();
            var kept = some.Where(run => run.Retention is not null).Select(run => run.KeptShare).ToList();
            var styles = some.Where(run => run.Truth?.Style is not null).Select(run => run.Truth!.Style!.Value).ToList();
            yield return $"| {kind} | {variant} | {Shares(shares)} | {Least(kept)} | {Shares(styles)} |";
        }
    }

    private IEnumerable<(string Kind, string Variant, IReadOnlyList<RunOutcome> Runs)> Sorts() =>
        runs.GroupBy(run => (run.Kind, run.Variant))
            .OrderBy(sort => Rows.DataKind.Names.ToList().IndexOf(sort.Key.Kind))
            .ThenBy(sort => sort.Key.Variant, StringComparer.Ordinal)
            .Select(sort => (sort.Key.Kind, sort.Key.Variant, (IReadOnlyList<RunOutcome>)[.. sort]));

    private static int Promoted(IEnumerable<RunOutcome> some) => some.Count(run => run.Promoted);

    private static bool IsClose(RunOutcome run) =>
        Math.Abs(run.LossAfter!.Value - run.Truth!.Fresh!.After) <= CloseShare * run.Truth.Fresh.After;

    /// <summary>The reported interval is that of how much lower the loss became.</summary>
    private static bool IsInside(RunOutcome run) =>
        run.Truth!.Fresh!.Before - run.Truth.Fresh.After is var gain && gain >= run.Low && gain <= run.High;

    private static string Least(IReadOnlyList<double> shares) =>
        shares.Count == 0 ? "– | –" : Invariant($"{shares.Average():0.0 %} | {shares.Min():0.0 %}");

    private static string Shares(IReadOnlyList<double> shares) =>
        shares.Count == 0
            ? "– | – | –"
            : Invariant($"{shares.Average():0.0 %} | {shares.Min():0.0 %} | {shares.Count(share => share >= 0.95)} of {shares.Count}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
