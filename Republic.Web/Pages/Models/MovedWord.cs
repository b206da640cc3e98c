using System.Globalization;
using Republic.Core.PersonalModels.Missing;

namespace Republic.Web.Pages.Models;

/// <summary>A minion that was moved, as a word of an address: its id, <c>o</c> for its own model, and the numbers of its fallbacks.</summary>
internal static class MovedWord
{
    public static string Write(MovedMinion moved) =>
        $"{moved.Id:N}.{(moved.IsOwn ? "o" : "")}.{string.Join('-', moved.Fallbacks.Select(i => i.ToString(CultureInfo.InvariantCulture)))}";

    /// <returns>Null for any other text.</returns>
    public static MovedMinion? Read(string? word)
    {
        if (word?.Split('.') is not [var id, var own, var fallbacks] || !Guid.TryParseExact(id, "N", out var minion))
        {
            return null;
        }

        var numbers = fallbacks
            .Split('-', StringSplitOptions.RemoveEmptyEntries)
            .Select(digits => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)
            .Where(number => number >= 0);
        return new MovedMinion(minion, "", own == "o", [.. numbers], Weights: null);
    }
}
