using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Citizens;
using Republic.Core.Data;
using Republic.Core.Providers;

namespace Republic.Core.Minions.Profiles;

/// <summary>Minions out of card files and into them: JSON, or a PNG picture with the JSON inside.</summary>
public sealed class CardFiles(RepublicDb db, MinionEditor editor, AvatarUpload avatars, ProviderCatalog catalog)
{
    public const int MaxBytes = 8 << 20;
    private const int MaxSide = 2048;

    // V3 readers look for the first, V2 readers for the second.
    private static readonly string[] TextKeys = ["ccv3", "chara"];

    public async Task<Outcome<NewMinion>> ImportAsync(Guid owner, ReadOnlyMemory<byte> file, CancellationToken ct)
    {
        try
        {
            var (json, pixels) = Open(file.Span);
            var input = CharacterCard.Read(JsonElement.Parse(json), catalog);
            if (!input.Ok)
            {
                return input.Failure;
            }

            input.Value.Name = await editor.FreeNameAsync(owner, input.Value.Name ?? input.Value.DisplayName!, ct);
            if (pixels is not null)
            {
                input.Value.AvatarUrl = AvatarImage.UrlOf((await avatars.AddAsync(owner, pixels.Square(AvatarUpload.MaxSide), ct)).Id);
            }

            return await editor.CreateAsync(owner, input.Value, request: null, ct);
        }
        catch (PngException e)
        {
            return Failure.Invalid("file", e.Message);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return Failure.Invalid("file", "This is not a character card. Cards are JSON, or PNG pictures with one inside.");
        }
    }

    public async Task<Outcome<Minion>> FindAsync(Guid owner, Guid id, CancellationToken ct) =>
        await db.Minions.AsNoTracking().OwnedBy(owner).Live().SingleOrDefaultAsync(m => m.Id == id, ct) is { } minion
            ? minion
            : Failure.NotFound("minion");

    public async Task<byte[]> PictureAsync(Minion minion, CancellationToken ct)
    {
        var worn = minion.Citizen.AvatarImageId;
        var png = await db.AvatarImages.Where(image => image.Id == worn).Select(image => image.Png).SingleOrDefaultAsync(ct);
        var pixels = png is null ? DefaultCardImage.Draw() : PngReader.Read(png, AvatarUpload.MaxSide);
        var text = Convert.ToBase64String(Encoding.UTF8.GetBytes(CharacterCard.Of(minion).ToJsonString()));
        return PngWriter.Write(pixels, TextKeys.ToDictionary(key => key, _ => text));
    }

    private static (byte[] Json, Pixels? Pixels) Open(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(PngFile.Signature))
        {
            return (file.StartsWith("\uFEFF"u8) ? file[3..].ToArray() : file.ToArray(), null);
        }

        var (pixels, texts) = PngReader.ReadWithTexts(file, MaxSide);
        var key = TextKeys.FirstOrDefault(texts.ContainsKey) ?? throw new PngException("There is no character card inside this picture.");
        return (Convert.FromBase64String(texts[key]), pixels);
    }
}
