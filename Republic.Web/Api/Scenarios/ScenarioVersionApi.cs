using Republic.Core;
using Republic.Core.Scenarios.Drafts;
using Republic.Core.Scenarios.Versions;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Scenarios;

/// <summary>A scenario as it was published, which never changes.</summary>
internal static class ScenarioVersionApi
{
    public static void MapScenarioVersions(this IEndpointRouteBuilder scenarios)
    {
        scenarios.MapPost("/{id:guid}/publish", PublishAsync).Produces<ScenarioPublished>();
        var versions = scenarios.MapGroup("/{id:guid}/versions");
        versions.MapGet("/", ListAsync).Produces<ScenarioVersionList>();
        versions.MapGet("/compare", CompareAsync).Produces<ScenarioComparison>();
        versions.MapGet("/{number:int}", GetAsync).Produces<ScenarioVersionFound>();
        versions.MapPost("/{number:int}/restore", RestoreAsync).Produces<ScenarioApi.ScenarioFound>();
    }

    /// <summary>
    /// Makes the draft a version, or gives the newest one where nothing was changed since. A draft with errors is refused: 422, with
    /// <c>problems</c>.
    /// </summary>
    private static async Task<IResult> PublishAsync(ScenarioVersions versions, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await versions.PublishAsync(me.Id, id, ct)).ToResult(number => TypedResults.Ok(new ScenarioPublished(number)));

    /// <summary>The newest first.</summary>
    private static async Task<IResult> ListAsync(
        ScenarioVersions versions,
        ScenarioCards cards,
        CurrentPerson me,
        Guid id,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        if (await cards.FindAsync(me.Id, id, ct) is { Ok: false } unseen)
        {
            return unseen.Failure.ToProblem();
        }

        var asked = Cursor.ReadNumber(cursor, limit, ScenarioVersions.MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var page = await versions.ListAsync(me.Id, id, asked.Value.Limit, asked.Value.From, ct);
        return page.ToResult(rows =>
            TypedResults.Ok(
                new ScenarioVersionList([.. rows.Select(ScenarioVersionCard.Of)], asked.Value.Next(rows, last => Cursor.Of(last.Number)))
            )
        );
    }

    private static async Task<IResult> GetAsync(ScenarioVersions versions, CurrentPerson me, Guid id, int number, CancellationToken ct) =>
        (await versions.FindAsync(me.Id, id, number, ct)).ToResult(version =>
            TypedResults.Ok(new ScenarioVersionFound(ScenarioVersionText.Of(version)))
        );

    /// <summary>Makes the draft what the version is. What the draft was is gone, unless it was published.</summary>
    private static async Task<IResult> RestoreAsync(
        ScenarioVersions versions,
        ScenarioCards cards,
        CurrentPerson me,
        Guid id,
        int number,
        CancellationToken ct
    ) => await ScenarioApi.FoundAsync(await versions.RestoreAsync(me.Id, id, number, ct), cards, me, ct);

    /// <summary>What differs between two versions, or between a version and the draft.</summary>
    /// <param name="from">The number of a version.</param>
    /// <param name="to">The number of another version; without, the draft.</param>
    private static async Task<IResult> CompareAsync(
        ScenarioVersions versions,
        ScenarioCards cards,
        CurrentPerson me,
        Guid id,
        int? from,
        int? to,
        CancellationToken ct
    )
    {
        if (await cards.FindAsync(me.Id, id, ct) is { Ok: false } unseen)
        {
            return unseen.Failure.ToProblem();
        }

        if (from is not { } number)
        {
            return Failure.Invalid("from", "Say which version is compared, such as from=1.").ToProblem();
        }

        var before = await versions.DefinitionAsync(me.Id, id, number, ct);
        var after = before.Ok ? await versions.DefinitionAsync(me.Id, id, to, ct) : before.Failure;
        return after.ToResult(definition =>
            TypedResults.Ok(new ScenarioComparison(number, to, DefinitionDifferences.Of(before.Value!, definition)))
        );
    }

    internal sealed record ScenarioVersionList(IReadOnlyList<ScenarioVersionCard> Versions, string? NextCursor);

    /// <param name="Version">The number of the version.</param>
    internal sealed record ScenarioPublished(int Version);

    internal sealed record ScenarioVersionFound(ScenarioVersionText Version);

    /// <param name="Sha256">Of the canonical text, in hexadecimal digits.</param>
    internal sealed record ScenarioVersionCard(
        int Number,
        string Sha256,
        int StateCount,
        int TransitionCount,
        int RoleCount,
        DateTimeOffset CreatedAt
    )
    {
        public static ScenarioVersionCard Of(VersionCard version) =>
            new(version.Number, version.Sha256, version.StateCount, version.TransitionCount, version.RoleCount, version.CreatedAt);
    }

    /// <param name="Sha256">Of the canonical text, in hexadecimal digits.</param>
    /// <param name="Yaml">The canonical text.</param>
    internal sealed record ScenarioVersionText(
        Guid ScenarioId,
        int Number,
        string Sha256,
        int StateCount,
        int TransitionCount,
        int RoleCount,
        DateTimeOffset CreatedAt,
        string Yaml
    )
    {
        public static ScenarioVersionText Of(ScenarioVersion version) =>
            new(
                version.ScenarioId,
                version.Number,
                version.Sha256,
                version.StateCount,
                version.TransitionCount,
                version.RoleCount,
                version.CreatedAt,
                version.Yaml
            );
    }

    /// <param name="From">The number of the version before.</param>
    /// <param name="To">The number of the version after; null for the draft.</param>
    internal sealed record ScenarioComparison(int From, int? To, IReadOnlyList<DefinitionDifference> Differences);
}
