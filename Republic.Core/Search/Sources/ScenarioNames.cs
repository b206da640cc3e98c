using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Search.Sources;

internal sealed class ScenarioNames(Snippets snippets) : NamedSource(SearchKinds.Scenario, snippets)
{
    protected override IQueryable<SearchCandidate> Visible(RepublicDb db, Guid person) =>
        db
            .Scenarios.AsNoTracking()
            .OwnedBy(person)
            .Select(s => new SearchCandidate
            {
                Id = s.Id,
                Title = s.Name,
                Text = s.Name + " " + (s.Description ?? ""),
                Description = s.Description,
                At = s.UpdatedAt,
            });
}
