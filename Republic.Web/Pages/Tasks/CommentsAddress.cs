using Microsoft.AspNetCore.WebUtilities;

namespace Republic.Web.Pages.Tasks;

/// <summary>The page of a task with some of its comments, and what keeps to them.</summary>
internal static class CommentsAddress
{
    /// <summary>Leaves the history out.</summary>
    public const string CommentsOnly = "comments";

    /// <param name="path">May have a query.</param>
    /// <param name="until">The comment or activity that is shown last; null for the newest.</param>
    public static string Of(string path, bool isCommentsOnly, Guid? until) =>
        QueryHelpers.AddQueryString(
            path,
            new Dictionary<string, string?> { ["show"] = isCommentsOnly ? CommentsOnly : null, ["until"] = until?.ToString() }
        );
}
