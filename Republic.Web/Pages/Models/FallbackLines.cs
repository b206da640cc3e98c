using Republic.Core;
using Republic.Core.Minions;

namespace Republic.Web.Pages.Models;

/// <summary>A minion's fallbacks as a person types them: one on a line, asked from the top down.</summary>
public static class FallbackLines
{
    public static string Of(IEnumerable<MinionFallback>? fallbacks) =>
        string.Join('\n', (fallbacks ?? []).Select(fallback => $"{fallback.Provider} {fallback.ModelId} {fallback.BaseUrl}".TrimEnd()));

    public static List<MinionFallback> Read(string? text, List<FieldError> unreadable)
    {
        List<MinionFallback> fallbacks = [];
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // A model's name may hold spaces, an address may not: so the address is told by its beginning.
            var words = line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words.Length < 2 || IsAddress(words[1]))
            {
                unreadable.Add(new FieldError("fallbacks", $"“{line}” names no model. Write a provider, a space and a model."));
                continue;
            }

            var last = words[1].LastIndexOf(' ');
            fallbacks.Add(
                last > 0 && IsAddress(words[1][(last + 1)..])
                    ? new MinionFallback(words[0], words[1][..last].TrimEnd(), words[1][(last + 1)..])
                    : new MinionFallback(words[0], words[1])
            );
        }

        return fallbacks;
    }

    private static bool IsAddress(string word) =>
        word.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || word.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
}
