using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Citizens;
using Republic.Core.Data;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Minions;

internal static class AvatarApi
{
    public static void MapAvatars(this IEndpointRouteBuilder app)
    {
        var avatars = app.MapGroup("/api/avatars").WithTags("Avatars");
        avatars.MapPost("/", UploadAsync).DisableAntiforgery();
        avatars.MapGet("/{id:guid}.png", GetAsync);
    }

    // Cookie-authenticated writes to the API are checked for the antiforgery token by one middleware for all of them.
    private static async Task<IResult> UploadAsync(
        AvatarUpload upload,
        RepublicDb db,
        CurrentPerson person,
        HttpRequest request,
        CancellationToken ct
    )
    {
        var file = request.HasFormContentType ? (await request.ReadFormAsync(ct)).Files["file"] : null;
        if (file is null)
        {
            return Failure.Invalid("file", "Send the picture as a multipart form with a part called file.").ToProblem();
        }

        await using var stream = file.OpenReadStream();
        var added = await upload.AddAsync(person.Id, stream, ct);
        if (!added.Ok)
        {
            return added.Failure.ToProblem();
        }

        await db.SaveChangesAsync(ct);
        var url = AvatarImage.UrlOf(added.Value.Id);
        return TypedResults.Created(url, new { id = added.Value.Id, avatar_url = url });
    }

    private static async Task<IResult> GetAsync(RepublicDb db, CurrentPerson person, HttpResponse response, Guid id, CancellationToken ct)
    {
        var seen = db.Citizens.VisibleTo(db, person.Id);
        var png = await db
            .AvatarImages.Where(image =>
                image.Id == id && (image.OwnerId == person.Id || seen.Any(citizen => citizen.AvatarImageId == image.Id))
            )
            .Select(image => image.Png)
            .SingleOrDefaultAsync(ct);
        if (png is null)
        {
            return Failure.NotFound("picture").ToProblem();
        }

        // What people upload never runs, even when it is opened by its own address.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return TypedResults.Bytes(png, "image/png");
    }
}
