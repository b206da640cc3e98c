using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Search.Sources;

internal sealed class PersonalModelNames(Snippets snippets) : NamedSource(SearchKinds.PersonalModel, snippets)
{
    protected override IQueryable<SearchCandidate> Visible(RepublicDb db, Guid person) =>
        db
            .PersonalModels.AsNoTracking()
            .OwnedBy(person)
            .Select(m => new SearchCandidate
            {
                Id = m.Id,
                Title = m.Name,
                Text = m.Name + " " + m.ModelId,
                Description = m.ModelId,
                At = m.UpdatedAt,
            });
}
