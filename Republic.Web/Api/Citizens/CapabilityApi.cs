using Republic.Core.Citizens.Capabilities;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Citizens;

/// <summary>Capabilities of a citizen. Their entries are recorded by work; the API strikes and restores them, and deletes them with their capability.</summary>
internal static class CapabilityApi
{
    public static void MapCapabilities(this RouteGroupBuilder citizens)
    {
        citizens.MapGet("/{id:guid}/capabilities", ListAsync).Produces<CapabilityList>();
        citizens.MapPost("/{id:guid}/capabilities", AddAsync).Produces<CapabilityMade>(StatusCodes.Status201Created);
        citizens.MapDelete("/{id:guid}/capabilities/{capability:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
        citizens.MapPost("/{id:guid}/capabilities/entries/{entry:guid}/strike", StrikeAsync).Produces<CapabilityList>();
        citizens.MapPost("/{id:guid}/capabilities/entries/{entry:guid}/restore", RestoreAsync).Produces<CapabilityList>();
    }

    /// <summary>The best first, each with its last hundred entries.</summary>
    private static async Task<IResult> ListAsync(CapabilityCards cards, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await cards.ListAsync(me.Id, id, ct)).ToResult(all => TypedResults.Ok(new CapabilityList(all, null)));

    private static async Task<IResult> AddAsync(
        CapabilityEditor editor,
        CapabilityCards cards,
        CurrentPerson me,
        Guid id,
        NewCapability body,
        CancellationToken ct
    )
    {
        var added = await editor.AddAsync(me.Id, id, body.Name, body.Description, ct);
        var all = added.Ok ? await cards.ListAsync(me.Id, id, ct) : added.Failure;
        return all.ToResult(known =>
            TypedResults.Created($"/api/citizens/{id}/capabilities", new CapabilityMade(known.Single(card => card.Id == added.Value)))
        );
    }

    /// <summary>Its entries go with it.</summary>
    private static async Task<IResult> DeleteAsync(
        CapabilityEditor editor,
        CurrentPerson me,
        Guid id,
        Guid capability,
        CancellationToken ct
    ) => (await editor.DeleteAsync(me.Id, id, capability, ct)).ToResult(_ => TypedResults.NoContent());

    /// <summary>The entry counts no longer; it stays in the history.</summary>
    private static async Task<IResult> StrikeAsync(
        CapabilityEditor editor,
        CapabilityCards cards,
        CurrentPerson me,
        Guid id,
        Guid entry,
        CancellationToken ct
    )
    {
        var struck = await editor.StrikeAsync(me.Id, id, entry, ct);
        return struck.Ok ? await ListAsync(cards, me, id, ct) : struck.Failure.ToProblem();
    }

    /// <summary>It counts again.</summary>
    private static async Task<IResult> RestoreAsync(
        CapabilityEditor editor,
        CapabilityCards cards,
        CurrentPerson me,
        Guid id,
        Guid entry,
        CancellationToken ct
    )
    {
        var restored = await editor.RestoreAsync(me.Id, id, entry, ct);
        return restored.Ok ? await ListAsync(cards, me, id, ct) : restored.Failure.ToProblem();
    }

    internal sealed record CapabilityList(IReadOnlyList<CapabilityCard> Capabilities, string? NextCursor);

    internal sealed record CapabilityMade(CapabilityCard Capability);

    internal sealed record NewCapability(string? Name, string? Description);
}
