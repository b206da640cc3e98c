using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions;

namespace Republic.Core.Search.Sources;

internal sealed class MinionNames(Snippets snippets) : NamedSource(SearchKinds.Minion, snippets)
{
    protected override bool KnowsMinions => true;

    protected override IQueryable<SearchCandidate> Visible(RepublicDb db, Guid person) => Of(db.Minions.Live().OwnedBy(person));

    public static IQueryable<SearchCandidate> Of(IQueryable<Minion> minions) =>
        minions
            .IgnoreAutoIncludes()
            .Select(m => new SearchCandidate
            {
                Id = m.Id,
                Title = m.Citizen.DisplayName,
                Text = m.Citizen.DisplayName + " " + m.Name + " " + (m.Description ?? ""),
                Description = m.Description,
                At = m.UpdatedAt,
                Minion = m.Id,
            });
}
