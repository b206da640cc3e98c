using Microsoft.AspNetCore.WebUtilities;

namespace Republic.Web.Pages.Tasks;

/// <summary>The page of a task, with other comments of it.</summary>
internal static class ThreadAddress
{
    /// <param name="until">The comment that is shown last; null for the newest.</param>
    public static string Of(DetailModel page, Guid? until) =>
        QueryHelpers.AddQueryString(
            page.Here,
            new Dictionary<string, string?> { ["show"] = page.IsCommentsOnly ? page.Show : null, ["until"] = until?.ToString() }
        );
}
