using Republic.Core.Data;

namespace Republic.Core.Citizens;

/// <summary>An uploaded picture, always a PNG that was written anew from its pixels.</summary>
public sealed class AvatarImage : IOwned
{
    private const string Folder = "/api/avatars/";
    private const string Ending = ".png";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid OwnerId { get; init; }

    public required byte[] Png { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static string? UrlOf(Guid? image) => image is null ? null : $"{Folder}{image}{Ending}";

    /// <summary>The picture that an address of ours names; null for any other address.</summary>
    public static Guid? IdOf(string? url)
    {
        var at = url?.LastIndexOf(Folder, StringComparison.Ordinal) ?? -1;
        return
            at >= 0
            && url!.EndsWith(Ending, StringComparison.Ordinal)
            && Guid.TryParseExact(url.AsSpan(at + Folder.Length)[..^Ending.Length], "D", out var id)
            ? id
            : null;
    }
}
