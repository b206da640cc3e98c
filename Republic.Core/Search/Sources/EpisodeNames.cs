using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Episodes;

namespace Republic.Core.Search.Sources;

/// <summary>Episodes by the names of their scenarios: those that the person began, and those that they play in.</summary>
internal sealed class EpisodeNames(Snippets snippets) : NamedSource(SearchKinds.Episode, snippets)
{
    protected override IQueryable<SearchCandidate> Visible(RepublicDb db, Guid person) =>
        from episode in db.Episodes.AsNoTracking().VisibleTo(db, person)
        join played in db.Scenarios on episode.ScenarioId equals played.Id
        select new SearchCandidate
        {
            Id = episode.Id,
            Title = played.Name,
            Text = played.Name,
            At = episode.UpdatedAt,
        };
}
