using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Search.Sources;

internal sealed class RunNames(Snippets snippets) : NamedSource(SearchKinds.Run, snippets)
{
    protected override bool KnowsMinions => true;

    protected override IQueryable<SearchCandidate> Visible(RepublicDb db, Guid person) =>
        db
            .TrainingJobs.AsNoTracking()
            .OwnedBy(person)
            .Select(run => new SearchCandidate
            {
                Id = run.Id,
                Title = run.Name,
                Text = run.Name + " " + (run.Description ?? ""),
                Description = run.Description,
                At = run.UpdatedAt,
                Minion = run.MinionId,
            });
}
