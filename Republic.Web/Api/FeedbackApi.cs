using Republic.Core.Chats.Feedback;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api;

/// <summary>Saves and withdraws feedback on answers.</summary>
internal static class FeedbackApi
{
    public static void MapFeedback(this IEndpointRouteBuilder messages)
    {
        messages.MapPost("/{id:guid}/feedback", SaveAsync).Produces<FeedbackSaved>();
        messages.MapDelete("/{id:guid}/feedback", TakeBackAsync).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> SaveAsync(
        FeedbackEditor editor,
        CurrentPerson person,
        Guid id,
        FeedbackInput input,
        CancellationToken ct
    ) => (await editor.SaveAsync(person.Id, id, input, ct)).ToResult(feedback => TypedResults.Ok(new FeedbackSaved(feedback)));

    private static async Task<IResult> TakeBackAsync(FeedbackEditor editor, CurrentPerson person, Guid id, CancellationToken ct) =>
        (await editor.TakeBackAsync(person.Id, id, ct)).ToResult(_ => TypedResults.NoContent());

    internal sealed record FeedbackSaved(FeedbackRow Feedback);
}
