using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Search.Sources;

/// <summary>Documents by their names, each with that of its collection.</summary>
internal sealed class DocumentNames(Snippets snippets) : NamedSource(SearchKinds.Document, snippets)
{
    protected override IQueryable<SearchCandidate> Visible(RepublicDb db, Guid person) =>
        from document in db.Documents.AsNoTracking().OwnedBy(person)
        join collection in db.Collections on document.CollectionId equals collection.Id
        select new SearchCandidate
        {
            Id = document.Id,
            Title = document.Name,
            Text = document.Name,
            Description = collection.Name,
            At = document.UpdatedAt,
            Collection = collection.Id,
        };
}
