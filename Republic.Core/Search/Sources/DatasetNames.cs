using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Search.Sources;

internal sealed class DatasetNames(Snippets snippets) : NamedSource(SearchKinds.Dataset, snippets)
{
    protected override IQueryable<SearchCandidate> Visible(RepublicDb db, Guid person) =>
        db
            .Datasets.AsNoTracking()
            .OwnedBy(person)
            .Select(d => new SearchCandidate
            {
                Id = d.Id,
                Title = d.Name,
                Text = d.Name + " " + (d.Description ?? ""),
                Description = d.Description,
                At = d.UpdatedAt,
            });
}
