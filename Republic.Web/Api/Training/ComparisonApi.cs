using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Comparisons;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Training;

/// <summary>One prompt put to several versions of a minion. While a blind one is not voted on, nothing here tells them apart.</summary>
internal static class ComparisonApi
{
    public static void MapComparisons(this IEndpointRouteBuilder app)
    {
        var comparisons = app.MapGroup("/api/training/comparisons").WithTags("Training");
        comparisons.MapGet("/", ListAsync).Produces<ComparisonList>();
        comparisons.MapPost("/", CreateAsync).Produces<ComparisonFound>(StatusCodes.Status201Created);
        comparisons.MapGet("/{id:guid}", GetAsync).Produces<ComparisonFound>();
        comparisons.MapDelete("/{id:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
        comparisons.MapPost("/{id:guid}/vote", VoteAsync).Produces<ComparisonFound>();
        comparisons.MapPost("/{id:guid}/stop", StopAsync).Produces<ComparisonFound>();
        comparisons.MapPost("/{id:guid}/answers/{position:int}/retry", RetryAsync).Produces<ComparisonFound>(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ListAsync(
        ComparisonCards cards,
        CurrentPerson person,
        [FromQuery(Name = "minion_id")] Guid? minion,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        var asked = Cursor.ReadId(cursor, limit, ComparisonCards.MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var page = await cards.ListAsync(person.Id, minion, asked.Value.Limit, asked.Value.From, ct);
        return TypedResults.Ok(new ComparisonList(page, asked.Value.Next(page, last => Cursor.Of(last.Id))));
    }

    private static async Task<IResult> CreateAsync(
        ComparisonEditor editor,
        ComparisonCards cards,
        CurrentPerson person,
        NewComparison body,
        CancellationToken ct
    )
    {
        var input = body.ToInput();
        var made = input.Ok ? await editor.CreateAsync(person.Id, input.Value, known: null, ct) : input.Failure;
        var card = made.Ok ? await cards.FindAsync(person.Id, made.Value, ct) : made.Failure;
        return card.ToResult(c => TypedResults.Created($"/api/training/comparisons/{c.Id}", new ComparisonFound(c)));
    }

    private static async Task<IResult> GetAsync(ComparisonCards cards, CurrentPerson person, Guid id, CancellationToken ct) =>
        (await cards.FindAsync(person.Id, id, ct)).ToResult(card => TypedResults.Ok(new ComparisonFound(card)));

    private static async Task<IResult> DeleteAsync(ComparisonEditor editor, CurrentPerson person, Guid id, CancellationToken ct) =>
        (await editor.DeleteAsync(person.Id, id, ct)).ToResult(_ => TypedResults.NoContent());

    private static async Task<IResult> VoteAsync(
        ComparisonEditor editor,
        ComparisonCards cards,
        CurrentPerson person,
        Guid id,
        Vote body,
        CancellationToken ct
    )
    {
        var voted = await editor.VoteAsync(person.Id, id, body.Text, ct);
        return voted.Ok ? await GetAsync(cards, person, id, ct) : voted.Failure.ToProblem();
    }

    private static async Task<IResult> StopAsync(
        ComparisonControl control,
        ComparisonCards cards,
        CurrentPerson person,
        Guid id,
        CancellationToken ct
    )
    {
        var stopped = await control.StopAsync(person.Id, id, ct);
        return stopped.Ok ? await GetAsync(cards, person, id, ct) : stopped.Failure.ToProblem();
    }

    private static async Task<IResult> RetryAsync(
        ComparisonControl control,
        ComparisonCards cards,
        CurrentPerson person,
        Guid id,
        int position,
        CancellationToken ct
    )
    {
        var begun = await control.RetryAsync(person.Id, id, position, ct);
        var card = begun.Ok ? await cards.FindAsync(person.Id, id, ct) : begun.Failure;
        return card.ToResult(c => TypedResults.Accepted($"/api/training/comparisons/{id}", new ComparisonFound(c)));
    }

    internal sealed record ComparisonList(IReadOnlyList<ComparisonCard> Comparisons, string? NextCursor);

    internal sealed record ComparisonFound(ComparisonCard Comparison);

    /// <param name="Candidates">Two to four versions of one minion; 0 is the minion before its first training.</param>
    /// <param name="IsBlind">Which version wrote which answer is told after the vote.</param>
    internal sealed record NewComparison(string? Prompt, IReadOnlyList<NewCandidate?>? Candidates, bool IsBlind = false)
    {
        public Outcome<ComparisonInput> ToInput()
        {
            List<Candidate> named = [];
            foreach (var candidate in Candidates ?? [])
            {
                if (candidate is not { MinionId: { } minion, Version: { } version })
                {
                    return Failure.Invalid("candidates", "Each candidate has a minion_id and a version.");
                }

                named.Add(new Candidate(minion, version));
            }

            return new ComparisonInput(Prompt, named, IsBlind);
        }
    }

    internal sealed record NewCandidate(Guid? MinionId, int? Version);

    /// <param name="Best">The position of the best answer, or "tie" where there is no difference.</param>
    internal sealed record Vote(JsonElement? Best)
    {
        // As it was written: to be unescaped it would have to be text, which half a surrogate pair is not. No vote needs an escape.
        internal string? Text =>
            Best is { ValueKind: JsonValueKind.String or JsonValueKind.Number } best ? best.GetRawText().Trim('"') : null;
    }
}
