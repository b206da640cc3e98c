using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Sharing;

namespace Republic.Core.Search.Sources;

/// <summary>Tasks by their titles or numbers, also those that are shared with the person.</summary>
internal sealed class TaskNames(Snippets snippets) : NamedSource(SearchKinds.Task, snippets)
{
    protected override bool KnowsMinions => true;

    protected override IQueryable<SearchCandidate> Visible(RepublicDb db, Guid person) => Of(db.Tasks.AsNoTracking().VisibleTo(db, person));

    protected override IQueryable<SearchCandidate> Holding(RepublicDb db, SearchRequest request)
    {
        if (request.Question.Names is not [var name] || TaskCards.NumberIn(name) is not { } number)
        {
            return base.Holding(db, request);
        }

        var pattern = LikePattern.Containing(name);
        return Of(
            db.Tasks.AsNoTracking()
                .VisibleTo(db, request.Person)
                .Where(t => t.Number == number || EF.Functions.Like(RepublicDb.SearchFold(t.Title), pattern, LikePattern.Escape))
        );
    }

    public static IQueryable<SearchCandidate> Of(IQueryable<WorkTask> tasks) =>
        tasks.Select(t => new SearchCandidate
        {
            Id = t.Id,
            Title = t.Title,
            Text = t.Title,
            Description = t.Description == null ? null : t.Description.Substring(0, MostRead),
            At = t.UpdatedAt,
            Minion = t.AssignedTo,
        });
}
