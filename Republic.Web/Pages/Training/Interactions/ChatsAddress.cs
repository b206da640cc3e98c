using System.Globalization;
using Republic.Core.Interactions;

namespace Republic.Web.Pages.Training.Interactions;

internal static class ChatsAddress
{
    /// <param name="show">Lists the pairs that are left out for this reason.</param>
    /// <param name="from">The first pair of the list, counted from 0.</param>
    public static string Of(Guid? minion, PairRefusal? show = null, int from = 0)
    {
        var chosen = new Dictionary<string, string?>
        {
            ["minion"] = minion?.ToString(),
            ["show"] = show?.ToString(),
            ["from"] = from > 0 ? from.ToString(CultureInfo.InvariantCulture) : null,
        };
        return "/training/chats" + QueryString.Create(chosen.Where(pair => pair.Value is not null));
    }
}
