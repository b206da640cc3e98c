using Republic.Core;
using Republic.Core.Citizens;
using Republic.Core.Minions;

namespace Republic.Web.Pages.Models;

/// <summary>The picture that came with a form. It is stored when the minion is, and not before.</summary>
internal static class MinionPictures
{
    public static async Task TakeAsync(this AvatarUpload upload, Guid owner, IFormFile? picture, MinionInput input, CancellationToken ct)
    {
        if (picture is not { Length: > 0 })
        {
            return;
        }

        await using var stream = picture.OpenReadStream();
        var image = await upload.AddAsync(owner, stream, ct);
        if (image.Ok)
        {
            input.AvatarUrl = AvatarImage.UrlOf(image.Value.Id);
        }
        else
        {
            input.Unreadable = [.. input.Unreadable, new FieldError("avatar", image.Failure.Message)];
        }
    }
}
