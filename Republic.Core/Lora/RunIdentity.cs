using System.Text.Json;

namespace Republic.Core.Lora;

/// <summary>What makes two runs the same run.</summary>
/// <param name="DataSha256">Of the tokens and marks that are learned, not of the file they came from.</param>
/// <param name="InitialSha256">Of the adapter that the run begins with; null where it begins with none, as in checkpoints that do not know of it.</param>
internal sealed record RunIdentity(string BaseSha256, string DataSha256, LoraSettings Settings, string? InitialSha256 = null)
{
    /// <exception cref="LoraException">The other run is of another base, data, beginning or settings; the message says which.</exception>
    public void RefuseAnother(RunIdentity other)
    {
        var difference =
            BaseSha256 != other.BaseSha256 ? "another base model"
            : DataSha256 != other.DataSha256 ? "other data, or the same cut otherwise"
            : InitialSha256 != other.InitialSha256 ? "a run that began with other weights"
            : Differences(Settings, other.Settings) is { Length: > 0 } settings ? "other settings: " + settings
            : null;
        if (difference is not null)
        {
            throw new LoraException(
                $"The checkpoint belongs to {difference}. Give back what it was made with, or make a new run (at the command line: leave --resume out)."
            );
        }
    }

    private static string Differences(LoraSettings mine, LoraSettings its)
    {
        var (here, there) = (
            JsonSerializer.SerializeToElement(mine, SnakeCaseJson.Options),
            JsonSerializer.SerializeToElement(its, SnakeCaseJson.Options)
        );
        return string.Join(
            ", ",
            here.EnumerateObject()
                .Where(field => field.Value.GetRawText() != there.GetProperty(field.Name).GetRawText())
                .Select(field => $"{field.Name} {there.GetProperty(field.Name).GetRawText()} and not {field.Value.GetRawText()}")
        );
    }
}
