using Republic.Core.Minions.Models;

namespace Republic.Web.Pages.Models;

/// <summary>A fallback as it is typed.</summary>
public sealed class FallbackForm
{
    public string? Provider { get; set; }
    public string? ModelId { get; set; }
    public string? BaseUrl { get; set; }
    public Guid? CredentialId { get; set; }

    public static FallbackForm Of(MinionFallback fallback) =>
        new()
        {
            Provider = fallback.Provider,
            ModelId = fallback.ModelId,
            BaseUrl = fallback.BaseUrl,
            CredentialId = fallback.CredentialId,
        };

    public MinionFallback ToFallback() => new(Provider ?? "", ModelId ?? "", BaseUrl, CredentialId);

    /// <summary>What is pressed without JavaScript. Places that are not there change nothing.</summary>
    public static void Rearrange(List<FallbackForm> rows, int? up, int? down, int? remove)
    {
        Swap(rows, up, up - 1);
        Swap(rows, down, down + 1);
        if (remove is >= 0 and var gone && gone < rows.Count)
        {
            rows.RemoveAt(gone);
        }
    }

    private static void Swap(List<FallbackForm> rows, int? from, int? to)
    {
        if (from is >= 0 and var a && to is >= 0 and var b && a < rows.Count && b < rows.Count)
        {
            (rows[a], rows[b]) = (rows[b], rows[a]);
        }
    }
}
