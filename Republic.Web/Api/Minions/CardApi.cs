using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Minions.Profiles;
using Republic.Core.PersonalModels.Missing;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Minions;

/// <summary>Minions as character cards.</summary>
internal static class CardApi
{
    public static void MapCards(this IEndpointRouteBuilder app)
    {
        var minions = app.MapGroup("/api/minions").WithTags("Minions");
        minions.MapGet("/{id:guid}/card", ExportAsync);
        minions.MapPost("/import", ImportAsync).WithMetadata(new RequestSizeLimitAttribute(CardFiles.MaxBytes));
    }

    private static async Task<IResult> ExportAsync(CardFiles cards, CurrentPerson person, Guid id, string? format, CancellationToken ct)
    {
        var found = await cards.FindAsync(person.Id, id, ct);
        if (!found.Ok)
        {
            return found.Failure.ToProblem();
        }

        return format == "png"
            ? TypedResults.Bytes(await cards.PictureAsync(found.Value, ct), "image/png", $"{Slug.Of(found.Value.Name)}.card.png")
            : TypedResults.Ok(CharacterCard.Of(found.Value));
    }

    /// <summary>A card as the body, or as the part <c>file</c> of a form; JSON or PNG.</summary>
    private static async Task<IResult> ImportAsync(
        MinionRecords records,
        CardFiles cards,
        CurrentPerson person,
        HttpRequest request,
        CancellationToken ct
    )
    {
        var file = request.HasFormContentType ? (await request.ReadFormAsync(ct)).Files["file"] : null;
        if (request.HasFormContentType && file is null)
        {
            return Failure.Invalid("file", "Send the card as a form's part called file, or as the body itself.").ToProblem();
        }

        using var bytes = new MemoryStream();
        await (file is null ? request.Body.CopyToAsync(bytes, ct) : file.CopyToAsync(bytes, ct));
        var made = await cards.ImportAsync(person.Id, bytes.ToArray(), ct);
        return made.Ok ? await MinionApi.CreatedAsync(records, made.Value, ct) : made.Failure.ToProblem();
    }
}
