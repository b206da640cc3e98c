using System.Text.Json;
using Republic.Core;
using Republic.Core.Citizens;
using Republic.Core.Citizens.Fields;
using Republic.Core.Citizens.Profiles;
using Republic.Core.Memories;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Citizens;

/// <summary>
/// People and minions alike, as far as whoever asks may see them: oneself, one's minions, and people with whom one shares a task. Everybody
/// else is not found.
/// </summary>
internal static class CitizenApi
{
    public static void MapCitizens(this IEndpointRouteBuilder app)
    {
        var citizens = app.MapGroup("/api/citizens").WithTags("Citizens");
        citizens.MapGet("/", ListAsync).Produces<CitizenList>();
        citizens.MapGet("/{id:guid}", GetAsync).Produces<CitizenFound>();
        citizens.MapPut("/{id:guid}", UpdateAsync).Produces<CitizenFound>();
        citizens.MapGet("/{id:guid}/memories", MemoriesAsync).Produces<CitizenMemories>();
        citizens.MapGet("/{id:guid}/custom-fields", FieldsAsync).Produces<FieldList>();
        citizens.MapPut("/{id:guid}/custom-fields", SetFieldsAsync).Produces<FieldList>();
        citizens.MapDelete("/{id:guid}/custom-fields/{field:guid}", RemoveFieldAsync).Produces(StatusCodes.Status204NoContent);
        citizens.MapCapabilities();
    }

    /// <summary>Oneself first, then one's minions and the people with whom one shares a task.</summary>
    /// <param name="kind">person or minion.</param>
    private static async Task<IResult> ListAsync(
        CitizenCards cards,
        CurrentPerson me,
        string? kind,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        CitizenKind? wanted = null;
        if (kind is not null)
        {
            if (int.TryParse(kind, out _) || !Enum.TryParse<CitizenKind>(kind, ignoreCase: true, out var known))
            {
                return Failure.Invalid("kind", "kind is person or minion.").ToProblem();
            }

            wanted = known;
        }

        var asked = Cursor.ReadId(cursor, limit, CitizenCards.MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var page = await cards.ListAsync(me.Id, wanted, asked.Value.Limit, asked.Value.From, ct);
        return TypedResults.Ok(new CitizenList(page, asked.Value.Next(page, last => Cursor.Of(last.Id))));
    }

    private static async Task<IResult> GetAsync(CitizenCards cards, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await cards.FindAsync(me.Id, id, ct)).ToResult(card => TypedResults.Ok(new CitizenFound(card)));

    /// <summary>
    /// What is left out stays, null clears: first_name, last_name, personality_traits, skills, interests, and llm_model and embedding_model
    /// as {provider, model_id}.
    /// </summary>
    private static async Task<IResult> UpdateAsync(
        CitizenEditor editor,
        CitizenCards cards,
        CurrentPerson me,
        Guid id,
        JsonElement body,
        CancellationToken ct
    )
    {
        var saved = await editor.UpdateAsync(me.Id, id, current => CitizenInput.Read(body, over: current), ct);
        return saved.Ok ? await GetAsync(cards, me, id, ct) : saved.Failure.ToProblem();
    }

    /// <summary>Of a minion: what it remembers of whoever asks. Of oneself: what all of one's minions do. The newest first.</summary>
    private static async Task<IResult> MemoriesAsync(
        CitizenCards citizens,
        MemoryCards cards,
        CurrentPerson me,
        Guid id,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        var found = await citizens.FindAsync(me.Id, id, ct);
        if (!found.Ok || !found.Value.IsOwn)
        {
            return (found.Failure ?? Failure.NotFound("citizen")).ToProblem();
        }

        var asked = Cursor.ReadId(cursor, limit, MemoryCards.MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var query = new MemoryQuery(me.Id)
        {
            Minion = id == me.Id ? null : id,
            Limit = asked.Value.Limit,
            Before = asked.Value.From,
        };
        var page = await cards.ListAsync(query, ct);
        return TypedResults.Ok(new CitizenMemories(page, asked.Value.Next(page, last => Cursor.Of(last.Id))));
    }

    private static async Task<IResult> FieldsAsync(CitizenCards cards, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await cards.FieldsAsync(me.Id, id, ct)).ToResult(fields => TypedResults.Ok(new FieldList(fields, null)));

    /// <summary>Those that are named are made or changed, all or none; the others stay.</summary>
    private static async Task<IResult> SetFieldsAsync(
        CustomFieldEditor editor,
        CitizenCards cards,
        CurrentPerson me,
        Guid id,
        FieldsBody body,
        CancellationToken ct
    )
    {
        var set = await editor.SetAsync(me.Id, id, body.CustomFields ?? [], ct);
        return set.Ok ? await FieldsAsync(cards, me, id, ct) : set.Failure.ToProblem();
    }

    private static async Task<IResult> RemoveFieldAsync(
        CustomFieldEditor editor,
        CurrentPerson me,
        Guid id,
        Guid field,
        CancellationToken ct
    ) => (await editor.RemoveAsync(me.Id, id, field, ct)).ToResult(_ => TypedResults.NoContent());

    internal sealed record CitizenList(IReadOnlyList<CitizenCard> Citizens, string? NextCursor);

    internal sealed record CitizenFound(CitizenCard Citizen);

    internal sealed record CitizenMemories(IReadOnlyList<MemoryCard> Memories, string? NextCursor);

    internal sealed record FieldList(IReadOnlyList<CustomFieldCard> CustomFields, string? NextCursor);

    internal sealed record FieldsBody(IReadOnlyList<CustomFieldInput>? CustomFields);
}
