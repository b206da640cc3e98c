using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Core.PersonalModels.Missing;
using Republic.Core.Providers;
using Republic.Core.Providers.Routing;
using Republic.Web.Api.Knowledge;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Minions;

internal static class MinionApi
{
    public static void MapMinions(this IEndpointRouteBuilder app)
    {
        var minions = app.MapGroup("/api/minions").WithTags("Minions");
        minions.MapGet("/", ListAsync).Produces<MinionList>();
        minions.MapPost("/", CreateAsync).Produces<MinionMade>(StatusCodes.Status201Created);
        minions.MapGet("/{id:guid}", GetAsync).Produces<MinionFound>();
        minions.MapPut("/{id:guid}", UpdateAsync).Produces<MinionFound>();
        minions.MapDelete("/{id:guid}", DeleteAsync);
        minions.MapPost("/{id:guid}/restore", RestoreAsync).Produces<MinionFound>();
        minions.MapPost("/{id:guid}/test", TestAsync).Produces<ConnectionTest>();
        minions.MapPost("/{id:guid}/route", RouteAsync).Produces<RoutePlanned>();
        minions.MapMinionKeys();
        app.MapMinionVersions();
        app.MapMinionKnowledge();
    }

    private static async Task<IResult> ListAsync(
        RepublicDb db,
        ProviderCatalog catalog,
        MinionRecords records,
        CurrentPerson person,
        CancellationToken ct
    )
    {
        var minions = await db.Minions.AsNoTracking().OwnedBy(person.Id).Live().OrderBy(m => m.Citizen.DisplayName).ToListAsync(ct);
        var order = catalog.Rows.Select(row => row.Name).ToList();
        var groups = (await records.OfAsync(person.Id, minions, ct))
            .GroupBy(minion => minion.Provider)
            .OrderBy(group => order.IndexOf(group.Key))
            .ToDictionary(group => group.Key, group => new MinionGroup(catalog.Find(group.Key), group));
        return TypedResults.Ok(new MinionList(true, groups));
    }

    private static async Task<IResult> CreateAsync(
        MinionEditor editor,
        MinionRecords records,
        CurrentPerson person,
        JsonElement body,
        CancellationToken ct
    )
    {
        var input = MinionJson.Read(body);
        var made = input.Ok ? await editor.CreateAsync(person.Id, input.Value, request: null, ct) : input.Failure;
        return made.Ok ? await CreatedAsync(records, made.Value, ct) : made.Failure.ToProblem();
    }

    internal static async Task<IResult> CreatedAsync(MinionRecords records, NewMinion made, CancellationToken ct) =>
        TypedResults.Created(
            $"/api/minions/{made.Minion.Id}",
            new MinionMade(true, made.Minion.Id, made.Key?.Text, await records.OfAsync(made.Minion, ct))
        );

    private static async Task<IResult> GetAsync(RepublicDb db, MinionRecords records, CurrentPerson person, Guid id, CancellationToken ct)
    {
        var minion = await db.Minions.AsNoTracking().OwnedBy(person.Id).Live().SingleOrDefaultAsync(m => m.Id == id, ct);
        return await SingleAsync(records, minion is null ? Failure.NotFound("minion") : minion, ct);
    }

    private static async Task<IResult> UpdateAsync(
        MinionEditor editor,
        MinionRecords records,
        CurrentPerson person,
        Guid id,
        JsonElement body,
        CancellationToken ct
    )
    {
        var saved = await editor.UpdateAsync(person.Id, id, current => MinionJson.Read(body, over: current), ct);
        return await SingleAsync(records, saved, ct);
    }

    private static async Task<IResult> DeleteAsync(MinionEditor editor, CurrentPerson person, Guid id, CancellationToken ct) =>
        (await editor.DeleteAsync(person.Id, id, ct)).ToResult(_ => TypedResults.Ok(new { success = true }));

    private static async Task<IResult> RestoreAsync(
        MinionEditor editor,
        MinionRecords records,
        CurrentPerson person,
        Guid id,
        CancellationToken ct
    ) => await SingleAsync(records, await editor.RestoreAsync(person.Id, id, ct), ct);

    /// <summary>A real answer: of one token, or to a question as in a chat; of its model, or of another in its place.</summary>
    private static async Task<IResult> TestAsync(
        MinionConnection connection,
        CurrentPerson person,
        Guid id,
        ModelQuestion? question,
        CancellationToken ct
    ) => (await connection.TestAsync(person.Id, id, question ?? new ModelQuestion(), ct)).ToResult(test => TypedResults.Ok(test));

    /// <summary>A dry run: who would answer, who is passed over, and why. Nobody is called.</summary>
    private static async Task<IResult> RouteAsync(
        MinionRoutes routes,
        CurrentPerson person,
        Guid id,
        RouteQuestion? question,
        CancellationToken ct
    ) =>
        (await routes.PreviewAsync(person.Id, id, question ?? new RouteQuestion(null), ct)).ToResult(route =>
            TypedResults.Ok(new RoutePlanned(route))
        );

    internal static async Task<IResult> SingleAsync(MinionRecords records, Outcome<Minion> found, CancellationToken ct) =>
        found.Ok ? TypedResults.Ok(new MinionFound(true, await records.OfAsync(found.Value, ct))) : found.Failure.ToProblem();

    internal sealed record MinionList(bool Success, IReadOnlyDictionary<string, MinionGroup> GroupedMinions);

    /// <param name="RepublicKey">Shown this once; null where the same form had made the minion before.</param>
    internal sealed record MinionMade(bool Success, Guid MinionId, string? RepublicKey, MinionRecord Minion);

    internal sealed record MinionFound(bool Success, MinionRecord Minion);

    internal sealed record RoutePlanned(RoutePreview Route);
}
