using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Search.Sources;

internal sealed class CollectionNames(Snippets snippets) : NamedSource(SearchKinds.Collection, snippets)
{
    protected override IQueryable<SearchCandidate> Visible(RepublicDb db, Guid person) =>
        db
            .Collections.AsNoTracking()
            .OwnedBy(person)
            .Select(c => new SearchCandidate
            {
                Id = c.Id,
                Title = c.Name,
                Text = c.Name + " " + (c.Description ?? ""),
                Description = c.Description,
                At = c.UpdatedAt,
            });
}
