using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Missing;
using Republic.Core.Providers;

namespace Republic.Core.Doctor.Examinations;

/// <summary>Whether the local models that minions name, also as fallbacks, are on this machine.</summary>
/// <param name="missing">Made when it is needed: it makes folders that may not be there.</param>
internal sealed class NamedModelExamination(
    IDbContextFactory<RepublicDb> databases,
    ProviderCatalog catalog,
    SharedModels shared,
    Func<MissingModels> missing
) : IExamination
{
    public string Check => "models";

    public bool NeedsTables => true;

    public async Task<IReadOnlyList<Finding>> ExamineAsync(DatabaseState database, CancellationToken ct)
    {
        var named = await NamedAsync(ct);
        List<string> gone = [];
        var minions = 0;
        foreach (var own in named)
        {
            var here = await missing().NamesAsync(own.Key, ct);
            var lacking = own.Select(names => names.Except(here, StringComparer.Ordinal).ToList()).Where(names => names.Count > 0).ToList();
            minions += lacking.Count;
            gone.AddRange(lacking.SelectMany(names => names));
        }

        return
        [
            minions > 0
                ? Finding.Warning(
                    Check,
                    $"{Counted.Of(minions, "minion names a model that is", "minions name models that are")} not on this machine: "
                        + $"{NameList.Of([.. gone.Distinct(StringComparer.Ordinal)])}.",
                    "Add these models again, or have their people take what the pages of these minions offer instead."
                )
                : Finding.Good(Check, "Each local model that a minion names is here."),
        ];
    }

    /// <summary>What each minion names beyond the models that everybody has, grouped by owner; owners without any are left out.</summary>
    private async Task<ILookup<Guid, List<string>>> NamedAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var minions = await db
            .Minions.AsNoTracking()
            .Live()
            .Select(m => new
            {
                m.OwnerId,
                m.Provider,
                m.ModelId,
                m.Fallbacks,
            })
            .ToListAsync(ct);
        var (host, everybodys) = (catalog.ModelHost.Name, shared.Names.ToHashSet(StringComparer.Ordinal));
        return minions
            .Select(m =>
                (
                    m.OwnerId,
                    Names: m.Fallbacks.Select(fallback => (fallback.Provider, fallback.ModelId))
                        .Prepend((m.Provider, m.ModelId))
                        .Where(model => model.Provider == host && !everybodys.Contains(model.ModelId))
                        .Select(model => model.ModelId)
                        .ToList()
                )
            )
            .Where(minion => minion.Names.Count > 0)
            .ToLookup(minion => minion.OwnerId, minion => minion.Names);
    }
}
