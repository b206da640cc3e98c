using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Knowledge;
using Republic.Core.Memories;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api;

/// <summary>What minions remember of the person who asks. Of nobody else: not even a superuser reads them here.</summary>
internal static class MemoryApi
{
    public static void MapMemories(this IEndpointRouteBuilder app)
    {
        var memories = app.MapGroup("/api/memories").WithTags("Memories");
        memories.MapGet("/", ListAsync).Produces<MemoryList>();
        memories.MapPost("/", AddAsync).Produces<MemoryFound>(StatusCodes.Status201Created);
        memories.MapGet("/{id:guid}", GetAsync).Produces<MemoryFound>();
        memories.MapPut("/{id:guid}", UpdateAsync).Produces<MemoryFound>();
        memories.MapDelete("/{id:guid}", ForgetAsync).Produces(StatusCodes.Status204NoContent);
        memories.MapPost("/{id:guid}/accept", AcceptAsync).Produces<MemoryFound>();
        memories.MapGet("/contradictions", CasesAsync).Produces<CaseList>();
        memories.MapPost("/contradictions/{id:guid}/settle", SettleAsync).Produces(StatusCodes.Status204NoContent);
        memories.MapGet("/settings", SettingsAsync).Produces<SettingsFound>();
        memories.MapPut("/settings", ChangeSettingsAsync).Produces<SettingsFound>();
        app.MapDelete("/api/minions/{id:guid}/memories", ForgetAllAsync).WithTags("Memories").Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>The newest first.</summary>
    /// <param name="status">proposed, active or superseded.</param>
    /// <param name="q">Words that it holds.</param>
    private static async Task<IResult> ListAsync(
        MemoryCards cards,
        CurrentPerson me,
        [FromQuery(Name = "minion_id")] Guid? minion,
        string? status,
        string? q,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        MemoryStatus? wanted = null;
        if (status is not null)
        {
            if (int.TryParse(status, out _) || !Enum.TryParse<MemoryStatus>(status, ignoreCase: true, out var known))
            {
                return Failure.Invalid("status", "status is proposed, active or superseded.").ToProblem();
            }

            wanted = known;
        }

        var asked = Cursor.ReadId(cursor, limit, MemoryCards.MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var query = new MemoryQuery(me.Id)
        {
            Minion = minion,
            Status = wanted,
            Words = q,
            Limit = asked.Value.Limit,
            Before = asked.Value.From,
        };
        var page = await cards.ListAsync(query, ct);
        return TypedResults.Ok(new MemoryList(page, asked.Value.Next(page, last => Cursor.Of(last.Id))));
    }

    private static async Task<IResult> AddAsync(
        MemoryEditor editor,
        MemoryCards cards,
        CurrentPerson me,
        NewMemory body,
        CancellationToken ct
    )
    {
        var added = body.MinionId is { } minion
            ? await editor.AddAsync(me.Id, minion, new MemoryInput(body.Content, body.Importance) { MetaData = body.MetaData }, ct)
            : Failure.Invalid("minion_id", "Say which minion remembers it: minion_id.");
        var card = added.Ok ? await cards.FindAsync(me.Id, added.Value, ct) : added.Failure;
        return card.ToResult(made => TypedResults.Created($"/api/memories/{made.Id}", new MemoryFound(made)));
    }

    private static async Task<IResult> GetAsync(MemoryCards cards, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await cards.FindAsync(me.Id, id, ct)).ToResult(card => TypedResults.Ok(new MemoryFound(card)));

    private static async Task<IResult> UpdateAsync(
        MemoryEditor editor,
        MemoryCards cards,
        CurrentPerson me,
        Guid id,
        MemoryText body,
        CancellationToken ct
    )
    {
        var input = new MemoryInput(body.Content, body.Importance) { MetaData = body.MetaData };
        var updated = await editor.UpdateAsync(me.Id, id, input, ct);
        return updated.Ok ? await GetAsync(cards, me, id, ct) : updated.Failure.ToProblem();
    }

    private static async Task<IResult> ForgetAsync(MemoryEditor editor, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await editor.ForgetAsync(me.Id, id, ct)).ToResult(_ => TypedResults.NoContent());

    /// <summary>All that one minion remembers.</summary>
    private static async Task<IResult> ForgetAllAsync(MemoryEditor editor, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await editor.ForgetAllAsync(me.Id, id, ct)).ToResult(_ => TypedResults.NoContent());

    private static async Task<IResult> AcceptAsync(MemoryEditor editor, MemoryCards cards, CurrentPerson me, Guid id, CancellationToken ct)
    {
        var accepted = await editor.AcceptAsync(me.Id, id, ct);
        return accepted.Ok ? await GetAsync(cards, me, id, ct) : accepted.Failure.ToProblem();
    }

    /// <summary>The newest first.</summary>
    private static async Task<IResult> CasesAsync(
        MemoryCards cards,
        CurrentPerson me,
        [FromQuery(Name = "minion_id")] Guid? minion,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        var asked = Cursor.ReadId(cursor, limit ?? MemoryCards.MaxPage, MemoryCards.MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var page = await cards.CasesAsync(me.Id, minion, asked.Value.Limit, asked.Value.From, ct);
        return TypedResults.Ok(new CaseList(page, asked.Value.Next(page, last => Cursor.Of(last.Id))));
    }

    /// <summary>With <c>keep</c>, the other one is superseded; without, both are right.</summary>
    private static async Task<IResult> SettleAsync(MemoryEditor editor, CurrentPerson me, Guid id, Settlement body, CancellationToken ct) =>
        (await editor.SettleAsync(me.Id, id, body.Keep, ct)).ToResult(_ => TypedResults.NoContent());

    private static async Task<IResult> SettingsAsync(MemorySwitch settings, CurrentPerson me, CancellationToken ct) =>
        TypedResults.Ok(SettingsFound.Of(await settings.ReadAsync(me.Id, ct)));

    /// <summary>Changes of the settings; what is left out stays. <c>embedding: null</c> means by words alone, and beside <c>by_words: false</c> the built-in model.</summary>
    private static async Task<IResult> ChangeSettingsAsync(MemorySwitch settings, CurrentPerson me, SettingsBody body, CancellationToken ct)
    {
        var change = body.ToChange();
        var changed = change.Ok ? await settings.ChangeAsync(me.Id, change.Value, ct) : change.Failure;
        return changed.ToResult(now => TypedResults.Ok(SettingsFound.Of(now)));
    }

    internal sealed record MemoryList(IReadOnlyList<MemoryCard> Memories, string? NextCursor);

    internal sealed record MemoryFound(MemoryCard Memory);

    internal sealed record CaseList(IReadOnlyList<MemoryCase> Contradictions, string? NextCursor);

    /// <param name="MetaData">Texts by name that say more of where it comes from: at most 20, and 2,000 characters in all.</param>
    internal sealed record NewMemory(Guid? MinionId, string? Content, double? Importance, Dictionary<string, string?>? MetaData);

    /// <inheritdoc cref="NewMemory"/>
    internal sealed record MemoryText(string? Content, double? Importance, Dictionary<string, string?>? MetaData);

    internal sealed record Settlement(Guid? Keep);

    internal sealed record SettingsFound(SettingsCard Settings)
    {
        public static SettingsFound Of(MemorySettings settings) =>
            new(new SettingsCard(settings.IsOn, settings.Proposes, settings.Embedding, settings.ByWords));
    }

    /// <param name="IsOn">False: nothing is recalled and nothing proposed.</param>
    /// <param name="Proposes">The minion's model looks for what is worth remembering, one more call for each message.</param>
    /// <param name="Embedding">The model that was chosen to recall by meaning; null: the built-in one, or by words alone.</param>
    /// <param name="ByWords">By words alone, as was chosen.</param>
    internal sealed record SettingsCard(bool IsOn, bool Proposes, EmbeddingModel? Embedding, bool ByWords);

    /// <param name="Embedding">What is left out stays; null is none.</param>
    /// <param name="ByWords">True: no embedding model is used, the built-in one neither.</param>
    internal sealed record SettingsBody(bool? IsOn, bool? Proposes, JsonElement Embedding, bool? ByWords)
    {
        /// <summary>A failure where the embedding model cannot be read.</summary>
        public Outcome<Action<MemorySettings>> ToChange()
        {
            EmbeddingModel? model = null;
            try
            {
                model = Embedding.ValueKind == JsonValueKind.Object ? Embedding.Deserialize<EmbeddingModel>(SnakeCaseJson.Options) : null;
            }
            catch (JsonException)
            {
                return Unreadable();
            }

            if (
                Embedding.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.Object)
                || model is { Provider: null } or { ModelId: null }
            )
            {
                return Unreadable();
            }

            if (ByWords == true && model is not null)
            {
                return Failure.Invalid("by_words", "Choose one: an embedding model, or by_words for none.");
            }

            return Outcome<Action<MemorySettings>>.Of(settings =>
            {
                settings.IsOn = IsOn ?? settings.IsOn;
                settings.Proposes = Proposes ?? settings.Proposes;
                var isLeftOut = Embedding.ValueKind == JsonValueKind.Undefined;
                settings.RecallBy(isLeftOut ? settings.Embedding : model, ByWords ?? (isLeftOut ? settings.ByWords : model is null));
            });
        }

        private static Failure Unreadable() => Failure.Invalid("embedding", "embedding is {provider, model_id}, or null for words alone.");
    }
}
