namespace Republic.Web.Cli.Tasks;

/// <summary>A comment under a task.</summary>
/// <param name="Kind">comment, hand-in or blocked.</param>
internal sealed record RemoteComment(string? UserId, string? Content, string? Kind, DateTimeOffset? CreatedAt);
