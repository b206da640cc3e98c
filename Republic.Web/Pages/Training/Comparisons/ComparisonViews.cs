using Republic.Core;
using Republic.Core.Comparisons;
using Republic.Core.Training.Versions;

namespace Republic.Web.Pages.Training.Comparisons;

/// <summary>Reads what the page of comparisons shows.</summary>
public sealed class ComparisonViews(ComparisonCards cards, MinionVersions versions, VersionStandings standings)
{
    private const int PageSize = 20;
    private const int MostMinions = 200;

    /// <param name="wanted">Null: the minion that was asked most.</param>
    public async Task<Outcome<ComparisonsView>> ReadAsync(Guid person, Guid? wanted, Guid? before, CancellationToken ct)
    {
        var minions = await cards.MinionsAsync(person, MostMinions, ct);
        if ((wanted ?? minions.MaxBy(card => card.TotalQueries)?.Id) is not { } minion)
        {
            return new ComparisonsView(minions, null);
        }

        var found = await versions.ListAsync(person, minion, MinionVersions.MaxPage, null, ct);
        var sums = await standings.ListAsync(person, minion, ct);
        if (!found.Ok || !sums.Ok)
        {
            return found.Failure ?? sums.Failure!;
        }

        var rows = await cards.ListAsync(person, minion, PageSize + 1, before, ct);
        return new ComparisonsView(minions, minion)
        {
            Versions = found.Value,
            Standings = sums.Value,
            OwnPrompts = await cards.OwnPromptsAsync(person, minion, ct),
            Rows = [.. rows.Take(PageSize)],
            Before = before,
            Older = rows.Count > PageSize ? rows[PageSize - 1].Id : null,
        };
    }
}
