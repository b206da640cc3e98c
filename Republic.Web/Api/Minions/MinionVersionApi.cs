using Republic.Core.PersonalModels.Missing;
using Republic.Core.Training.Versions;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Minions;

/// <summary>What training made of a minion, version by version, and which one it answers with.</summary>
internal static class MinionVersionApi
{
    public static void MapMinionVersions(this IEndpointRouteBuilder app)
    {
        var versions = app.MapGroup("/api/minions/{id:guid}/versions").WithTags("Minions");
        versions.MapGet("/", ListAsync).Produces<MinionVersionList>();
        versions.MapPost("/{number:int}/promote", PromoteAsync).Produces<MinionApi.MinionFound>();
    }

    /// <summary>Newest first.</summary>
    private static async Task<IResult> ListAsync(
        MinionVersions versions,
        CurrentPerson person,
        Guid id,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        var asked = Cursor.ReadNumber(cursor, limit, MinionVersions.MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        return (await versions.ListAsync(person.Id, id, asked.Value.Limit, asked.Value.From, ct)).ToResult(page =>
            TypedResults.Ok(new MinionVersionList(page, asked.Value.Next(page, last => Cursor.Of(last.Version))))
        );
    }

    /// <summary>Back to an earlier version, or forward to a draft, whatever the gate said of it.</summary>
    private static async Task<IResult> PromoteAsync(
        MinionVersions versions,
        MinionRecords records,
        CurrentPerson person,
        Guid id,
        int number,
        CancellationToken ct
    )
    {
        var chosen = await versions.ChooseAsync(person.Id, id, number, ct);
        return await MinionApi.SingleAsync(records, chosen.Ok ? chosen.Value.Minion : chosen.Failure, ct);
    }

    internal sealed record MinionVersionList(IReadOnlyList<VersionCard> Versions, string? NextCursor);
}
