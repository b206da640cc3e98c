using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;
using Republic.Core.Providers.Overview;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Providers;

/// <summary>A person's keys for providers, which superusers see and do not change. <c>{provider}</c> is a key's id, or a provider's name for its default key.</summary>
internal static class ProviderApi
{
    private const string Users = "user_id";

    public static void MapProviders(this IEndpointRouteBuilder app)
    {
        var providers = app.MapGroup("/api/users/{user_id:guid}/providers").WithTags("Providers").RequireOwnUser();
        providers.MapGet("/", ListAsync).Produces<KeyList>();
        // Whoever could write here would choose where this person's words go, and with whose key.
        var own = providers.MapGroup("").RequireSelf();
        own.MapPost("/", CreateAsync).Produces<KeyFound>(StatusCodes.Status201Created);
        own.MapPost("/test", TestDraftAsync).Produces<ConnectionTest>();
        providers.MapGet("/health", HealthAsync).Produces<HealthList>();
        providers.MapGet("/{provider}", GetAsync).Produces<KeyFound>();
        own.MapPut("/{provider}", UpdateAsync).Produces<KeyFound>();
        own.MapDelete("/{provider}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
        own.MapPost("/{provider}/test", TestAsync).Produces<ConnectionTest>();
    }

    private static async Task<IResult> ListAsync(
        CredentialReader credentials,
        ProviderCatalog catalog,
        [FromRoute(Name = Users)] Guid userId,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        var asked = Cursor.ReadId(cursor, limit, CredentialReader.MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var page = await credentials.ListAsync(userId, asked.Value.Limit, asked.Value.From, ct);
        return TypedResults.Ok(
            new KeyList(
                [.. page.Select(key => new CredentialRecord(key, catalog.Find(key.Provider)))],
                asked.Value.Next(page, last => Cursor.Of(last.Id))
            )
        );
    }

    private static async Task<IResult> CreateAsync(
        CredentialEditor editor,
        ProviderCatalog catalog,
        [FromRoute(Name = Users)] Guid userId,
        JsonElement body,
        CancellationToken ct
    )
    {
        var input = CredentialJson.Read(body);
        var made = input.Ok ? await editor.CreateAsync(userId, input.Value, request: null, ct) : input.Failure;
        return made.ToResult(key =>
            TypedResults.Created($"/api/users/{userId}/providers/{key.Id}", new KeyFound(new(key, catalog.Find(key.Provider))))
        );
    }

    private static async Task<IResult> GetAsync(
        CredentialReader credentials,
        ProviderCatalog catalog,
        [FromRoute(Name = Users)] Guid userId,
        string provider,
        CancellationToken ct
    ) => (await credentials.FindAsync(userId, provider, ct)).ToResult(key => Single(key, catalog));

    private static async Task<IResult> UpdateAsync(
        CredentialReader credentials,
        CredentialEditor editor,
        ProviderCatalog catalog,
        [FromRoute(Name = Users)] Guid userId,
        string provider,
        JsonElement body,
        CancellationToken ct
    )
    {
        var found = await credentials.FindAsync(userId, provider, ct);
        var changed = found.Ok
            ? await editor.UpdateAsync(userId, found.Value.Id, current => CredentialJson.Read(body, over: current), ct)
            : found.Failure;
        return changed.ToResult(key => Single(key, catalog));
    }

    private static async Task<IResult> DeleteAsync(
        CredentialReader credentials,
        CredentialEditor editor,
        [FromRoute(Name = Users)] Guid userId,
        string provider,
        CancellationToken ct
    )
    {
        var found = await credentials.FindAsync(userId, provider, ct);
        var deleted = found.Ok ? await editor.DeleteAsync(userId, found.Value.Id, ct) : found.Failure;
        return deleted.ToResult(_ => TypedResults.NoContent());
    }

    private static async Task<IResult> TestAsync(
        CredentialReader credentials,
        CredentialConnection connection,
        [FromRoute(Name = Users)] Guid userId,
        string provider,
        string? model,
        CancellationToken ct
    )
    {
        var found = await credentials.FindAsync(userId, provider, ct);
        var test = found.Ok ? await connection.TestAsync(userId, found.Value.Id, model, ct) : found.Failure;
        return test.ToResult(answer => TypedResults.Ok(answer));
    }

    /// <summary>Tests a key before it is saved.</summary>
    private static async Task<IResult> TestDraftAsync(
        CredentialConnection connection,
        [FromRoute(Name = Users)] Guid userId,
        JsonElement body,
        string? model,
        CancellationToken ct
    )
    {
        var input = CredentialJson.Read(body);
        var test = input.Ok ? await connection.TestDraftAsync(userId, id: null, input.Value, model, ct) : input.Failure;
        return test.ToResult(answer => TypedResults.Ok(answer));
    }

    private static async Task<IResult> HealthAsync(
        ProviderOverview overview,
        [FromRoute(Name = Users)] Guid userId,
        CancellationToken ct
    ) => TypedResults.Ok(new HealthList([.. (await overview.ReadAsync(userId, ct)).Select(card => new ProviderHealthRecord(card))], null));

    private static IResult Single(Credential key, ProviderCatalog catalog) =>
        TypedResults.Ok(new KeyFound(new(key, catalog.Find(key.Provider))));

    internal sealed record KeyList(IReadOnlyList<CredentialRecord> Providers, string? NextCursor);

    internal sealed record HealthList(IReadOnlyList<ProviderHealthRecord> Providers, string? NextCursor);

    internal sealed record KeyFound(CredentialRecord Provider);
}
