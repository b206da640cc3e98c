using System.Globalization;
using Republic.Core.Minions;

namespace Republic.Web.Pages.Models;

/// <summary>The address of the list of minions with another choice.</summary>
public static class MinionListAddress
{
    /// <param name="provider">Null takes the choice away, unless it is kept.</param>
    public static string Address(
        this IndexModel page,
        string? provider = null,
        bool keepsProvider = true,
        int? show = null,
        bool? attention = null,
        bool? favorites = null,
        bool? paused = null
    )
    {
        var chosen = new Dictionary<string, string?>
        {
            ["provider"] = keepsProvider ? page.Provider : provider,
            ["q"] = page.Words,
            ["tag"] = page.Tag,
            ["sort"] = page.Sort == MinionSort.Used ? null : page.Sort.ToString(),
            ["attention"] = attention ?? page.Attention ? "true" : null,
            ["favorites"] = favorites ?? page.Favorites ? "true" : null,
            ["paused"] = paused ?? page.Paused ? "true" : null,
            ["show"] = show?.ToString(CultureInfo.InvariantCulture),
        };
        return "/models" + QueryString.Create(chosen.Where(pair => pair.Value is not null));
    }
}
