using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Minions.Access;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Minions;

/// <summary>A minion's own key for outside clients: on which terms it is good, and a new one in its place.</summary>
internal static class MinionKeyApi
{
    public static void MapMinionKeys(this RouteGroupBuilder minions)
    {
        minions.MapGet("/{id:guid}/republic-key", TermsAsync).Produces<KeyTermsFound>();
        minions.MapPost("/{id:guid}/republic-key", ReissueAsync).RequireSession().Produces<KeyMade>();
        minions.MapPut("/{id:guid}/republic-key/origins", SetOriginsAsync).RequireSession().Produces<KeyTermsFound>();
    }

    private static async Task<IResult> TermsAsync(RepublicDb db, CurrentPerson person, Guid id, CancellationToken ct)
    {
        var minion = await db.Minions.AsNoTracking().OwnedBy(person.Id).Live().SingleOrDefaultAsync(m => m.Id == id, ct);
        return minion is null ? Failure.NotFound("minion").ToProblem() : TypedResults.Ok(TermsOf(minion));
    }

    private static async Task<IResult> ReissueAsync(
        MinionEditor editor,
        CurrentPerson person,
        Guid id,
        RepublicKeyTerms? terms,
        CancellationToken ct
    ) => (await editor.ReissueKeyAsync(person.Id, id, terms, ct)).ToResult(key => TypedResults.Ok(new KeyMade(true, key.Text)));

    private static async Task<IResult> SetOriginsAsync(
        MinionEditor editor,
        CurrentPerson person,
        Guid id,
        KeyOrigins? body,
        CancellationToken ct
    ) => (await editor.SetKeyOriginsAsync(person.Id, id, body?.AllowedOrigins, ct)).ToResult(minion => TypedResults.Ok(TermsOf(minion)));

    private static KeyTermsFound TermsOf(Minion minion) =>
        new(new RepublicKeyTerms(minion.RepublicKeyExpiresAt, minion.RepublicKeyDailyLimit, minion.RepublicKeyOrigins));

    internal sealed record KeyMade(bool Success, string RepublicKey);

    internal sealed record KeyTermsFound(RepublicKeyTerms RepublicKey);

    internal sealed record KeyOrigins(IReadOnlyList<string?>? AllowedOrigins);
}
